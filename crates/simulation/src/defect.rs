//! The planted defects: each switches one rule off, in the replica or in a driver of the simulation. A simulation that does not
//! notice proves nothing.

use replica::Rule;

/// A rule that is switched off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Defect {
    /// A page applies a change although some before it are missing.
    NoGapCheck,
    /// A page applies a change that it has applied.
    NoDuplicateCheck,
    /// The server carries a command out as often as it arrives.
    NoIdempotency,
    /// The server forgets mutation ids after a few seconds.
    IdempotencyWithExpiry,
    /// A page takes an answer for the proof that its base holds what it sent.
    OverlayDroppedOn200,
    /// A page does not write its commands to the device.
    QueueInMemory,
    /// A page fetches what it missed before it subscribes, not after.
    FetchBeforeSubscribe,
    /// The server sends no beacons.
    NoBeacon,
    /// A page sends a request again that the server cannot read.
    PoisonWedgesQueue,
    /// The server tells of changes that it has not committed.
    PublishBeforeCommit,
    /// The server's snapshot is of another moment than the revision beside it.
    TornSnapshot,
    /// A page applies a change of another history if only the number fits.
    NoHashCheck,
    /// A page drops what was refused without a word.
    SilentRejection,
    /// A device forgets what was confirmed.
    NoJournal,
    /// A page believes outcomes of an answer that is not on its chain.
    LateAnswerTrusted,
    /// A story put after a deleted one goes to the top.
    AnchorOfDeletedStory,
    /// Whoever was removed goes on hearing the channel that they hear.
    RemovalKeepsSubscription,
    /// An answer goes out to someone who was removed while it was read.
    AnswerUnchecked,
    /// The writer carries out what an owner may, whoever asks.
    RoleUnchecked,
    /// The writer goes by the role that someone had when the request came in.
    RoleOfArrival,
}

impl Defect {
    /// All of them.
    pub const ALL: [Defect; 20] = [
        Defect::NoGapCheck,
        Defect::NoDuplicateCheck,
        Defect::NoIdempotency,
        Defect::IdempotencyWithExpiry,
        Defect::OverlayDroppedOn200,
        Defect::QueueInMemory,
        Defect::FetchBeforeSubscribe,
        Defect::NoBeacon,
        Defect::PoisonWedgesQueue,
        Defect::PublishBeforeCommit,
        Defect::TornSnapshot,
        Defect::NoHashCheck,
        Defect::SilentRejection,
        Defect::NoJournal,
        Defect::LateAnswerTrusted,
        Defect::AnchorOfDeletedStory,
        Defect::RemovalKeepsSubscription,
        Defect::AnswerUnchecked,
        Defect::RoleUnchecked,
        Defect::RoleOfArrival,
    ];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Defect::NoGapCheck => "no-gap-check",
            Defect::NoDuplicateCheck => "no-duplicate-check",
            Defect::NoIdempotency => "no-idempotency",
            Defect::IdempotencyWithExpiry => "idempotency-with-expiry",
            Defect::OverlayDroppedOn200 => "overlay-dropped-on-200",
            Defect::QueueInMemory => "queue-in-memory",
            Defect::FetchBeforeSubscribe => "fetch-before-subscribe",
            Defect::NoBeacon => "no-beacon",
            Defect::PoisonWedgesQueue => "poison-wedges-queue",
            Defect::PublishBeforeCommit => "publish-before-commit",
            Defect::TornSnapshot => "torn-snapshot",
            Defect::NoHashCheck => "no-hash-check",
            Defect::SilentRejection => "silent-rejection",
            Defect::NoJournal => "no-journal",
            Defect::LateAnswerTrusted => "late-answer-trusted",
            Defect::AnchorOfDeletedStory => "anchor-of-deleted-story",
            Defect::RemovalKeepsSubscription => "removal-keeps-subscription",
            Defect::AnswerUnchecked => "answer-unchecked",
            Defect::RoleUnchecked => "role-unchecked",
            Defect::RoleOfArrival => "role-of-arrival",
        }
    }

    /// The defect of that name.
    pub fn named(name: &str) -> Option<Defect> {
        Defect::ALL.into_iter().find(|defect| defect.name() == name)
    }

    /// The replica's rule that it breaks; none where it lives in a driver.
    pub(crate) fn rule(self) -> Option<Rule> {
        match self {
            Defect::NoGapCheck => Some(Rule::Gaps),
            Defect::NoDuplicateCheck => Some(Rule::Duplicates),
            Defect::NoHashCheck => Some(Rule::Hashes),
            Defect::OverlayDroppedOn200 => Some(Rule::Overlay),
            Defect::SilentRejection => Some(Rule::Tray),
            Defect::NoJournal => Some(Rule::Journal),
            Defect::LateAnswerTrusted => Some(Rule::OwnChain),
            Defect::NoIdempotency
            | Defect::IdempotencyWithExpiry
            | Defect::QueueInMemory
            | Defect::FetchBeforeSubscribe
            | Defect::NoBeacon
            | Defect::PoisonWedgesQueue
            | Defect::PublishBeforeCommit
            | Defect::TornSnapshot
            | Defect::AnchorOfDeletedStory
            | Defect::RemovalKeepsSubscription
            | Defect::AnswerUnchecked
            | Defect::RoleUnchecked
            | Defect::RoleOfArrival => None,
        }
    }
}

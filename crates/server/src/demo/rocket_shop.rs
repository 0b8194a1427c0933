//! The sample project as a table: what a small team that sells model rockets on the web has done, does and plans.

use backlog::StoryType::{self, Bug, Chore, Feature, Release};
use backlog::{Priority, Verdict};

/// A story of the sample.
pub(super) struct Sample {
    pub(super) story_type: StoryType,
    pub(super) points: Option<u16>,
    pub(super) title: &'static str,
    /// Separated by spaces.
    pub(super) labels: &'static str,
    pub(super) description: &'static str,
    pub(super) stage: Stage,
}

/// How far a story has come. Days are counted back from today.
#[derive(Clone, Copy)]
pub(super) enum Stage {
    Accepted { days_ago: u8 },
    Delivered,
    Finished,
    Started,
    Rejected,
    Planned,
    Idea,
}

use Stage::{Accepted, Delivered, Finished, Idea, Planned, Rejected, Started};

const fn story(story_type: StoryType, title: &'static str, labels: &'static str, description: &'static str) -> Sample {
    Sample {
        story_type,
        points: None,
        title,
        labels,
        description,
        stage: Planned,
    }
}

const fn feature(points: u16, title: &'static str, labels: &'static str, description: &'static str) -> Sample {
    Sample {
        points: Some(points),
        ..story(Feature, title, labels, description)
    }
}

const fn unestimated(title: &'static str, labels: &'static str, description: &'static str) -> Sample {
    story(Feature, title, labels, description)
}

const fn bug(title: &'static str, labels: &'static str, description: &'static str) -> Sample {
    story(Bug, title, labels, description)
}

const fn chore(title: &'static str, labels: &'static str, description: &'static str) -> Sample {
    story(Chore, title, labels, description)
}

const fn release(title: &'static str, description: &'static str) -> Sample {
    story(Release, title, "", description)
}

impl Sample {
    const fn is(self, stage: Stage) -> Sample {
        Sample { stage, ..self }
    }

    const fn done(self, days_ago: u8) -> Sample {
        self.is(Accepted { days_ago })
    }
}

/// The project's name.
pub(super) const NAME: &str = "Rocket shop";

/// Who works on it.
pub(super) const TEAM: [&str; 3] = ["Mara Lindqvist", "Tomasz Bielak", "Aiko Tanabe"];

/// The stories: those of the backlog in order, then those of the icebox.
#[rustfmt::skip]
pub(super) const STORIES: &[Sample] = &[
    chore("Set up hosting, the domain and nightly backups", "operations", "A restore was tried out once: 11 minutes.").done(29),
    feature(2, "Visitor browses the rockets of one category", "catalogue", "Categories: starter kits, high power, scale models, parts.\n\n- 24 rockets per page\n- sold-out ones last").done(28),
    feature(2, "Visitor sees one rocket with photos, price and stock", "catalogue", "").done(27),
    feature(3, "Visitor puts a rocket into the cart", "cart", "The cart survives closing the browser.").done(26),
    bug("Prices show four decimals in the cart", "cart", "12.9000 € should read 12.90 €.").done(26),
    feature(1, "Visitor changes quantities in the cart", "cart", "").done(25),
    release("First look for friends", "Browsing and a cart, nothing to pay with yet.").done(24),
    feature(3, "Customer pays by card", "checkout payments", "Through the payment provider's own form, so that no card number ever reaches us.\n\n**Test cards** are listed in the team's wiki.").done(21),
    feature(2, "Customer enters a delivery address", "checkout", "").done(20),
    chore("Put the provider's keys into the secret store", "operations payments", "").done(20),
    feature(1, "Customer gets a confirmation by e-mail", "checkout mail", "").done(19),
    bug("Double click on \u{201c}Pay\u{201d} places two orders", "checkout payments", "Seen twice on Friday. The second request has to find the first one's order.").done(18),
    feature(2, "Shopkeeper sees today's orders", "back-office", "").done(17),
    release("Open for the first 50 customers", "").done(17),
    feature(2, "Shopkeeper marks an order as sent", "back-office mail", "The customer gets the tracking number by e-mail.").done(14),
    feature(3, "Visitor searches by name and engine class", "catalogue search", "`C6` finds engines and the rockets that fly with them.").done(13),
    bug("Search forgets the category when one goes back", "search", "").done(12),
    feature(1, "Visitor sorts by price and by peak altitude", "catalogue", "").done(12),
    feature(2, "Customer pays by bank transfer", "checkout payments", "The order waits for three days, then the stock is free again.").done(11),
    chore("Move photos to their own cache", "operations speed", "").done(10),
    feature(3, "Shopkeeper keeps the stock of each rocket", "back-office", "Counts down with each paid order; warns below five.").done(7),
    bug("Umlauts in addresses break the shipping label", "back-office", "\u{201c}Müllerstraße\u{201d} became \u{201c}M?llerstra?e\u{201d}.").done(6),
    feature(2, "Customer sees delivery costs before paying", "checkout", "").done(5),
    feature(2, "Visitor filters by skill level", "catalogue search", "").done(4),
    bug("The cart's badge counts sold-out rockets", "cart", "").done(3),
    feature(1, "Customer downloads the invoice", "checkout", "").done(2),

    feature(2, "Customer follows the parcel on a page of ours", "delivery", "Shows where the parcel is without leaving the shop.\n\nDone when the three carriers that we use are covered.").is(Delivered),
    bug("Tracking mails go out twice when the carrier is slow", "delivery mail", "").is(Delivered),
    feature(3, "Customer signs in by a link in an e-mail", "accounts mail", "No passwords. The link is good for 15 minutes and for one use.").is(Finished),
    feature(2, "Customer sees earlier orders", "accounts", "").is(Started),
    bug("Countdown on the launch page stops in background tabs", "launch-day", "Browsers slow timers down there. Count from the clock, not from ticks.").is(Rejected),
    chore("Rehearse the restore from a backup again", "operations", "").is(Started),
    feature(1, "Customer orders again with one click", "accounts cart", ""),
    feature(2, "Customer keeps several addresses", "accounts checkout", ""),
    bug("Back button after paying shows an empty cart error", "checkout", ""),
    release("Accounts for everyone", "Old orders are matched by e-mail address."),
    feature(3, "Visitor sees a launch calendar of clubs nearby", "launch-day", "By postcode, the next 90 days. Clubs enter their launches themselves."),
    feature(2, "Club enters a launch with place and waiver limit", "launch-day", ""),
    feature(1, "Visitor takes a launch into the own calendar", "launch-day", "As an `.ics` file."),
    chore("Agree with the carriers on shipping engines by road", "delivery legal", "Engines are class 1.4S: no air freight, labels on two sides."),
    feature(3, "Customer cannot order engines to where they are not allowed", "checkout legal", "A table of countries and engine classes, kept by the shopkeeper."),
    feature(1, "Customer confirms the own age for high-power engines", "checkout legal", ""),
    bug("VAT is rounded per line, not per order", "checkout payments", "The bookkeeper finds a cent too much in every tenth invoice."),
    feature(2, "Shopkeeper prints a day's labels at once", "back-office delivery", ""),
    feature(2, "Shopkeeper takes a rocket back and pays the money out", "back-office payments", "Partly, too: the nose cone alone."),
    release("Engines in the shop", ""),
    feature(3, "Visitor puts a rocket together from parts that fit", "builder", "Tube, nose cone, fins, engine mount. What does not fit is greyed out and says why."),
    feature(3, "Builder shows the expected altitude", "builder", "A simple model: mass, drag, impulse. Within 15 % of the measured flights."),
    feature(2, "Visitor shares a built rocket by link", "builder", ""),
    chore("Measure the shop under the load of a launch day", "operations speed", "200 visitors at once, a tenth of them paying."),
    release("Build your own rocket", ""),

    unestimated("Customer rates a rocket after the first flight", "catalogue", "With a photo of the landing, if there was one.").is(Idea),
    unestimated("Gift vouchers", "checkout payments", "").is(Idea),
    feature(3, "The shop speaks German and Polish", "language", "").is(Idea),
    unestimated("Wish lists that grandparents can find", "accounts", "").is(Idea),
    feature(2, "Customer hears when a rocket is back in stock", "catalogue mail", "").is(Idea),
    bug("Dark photos look washed out on some phones", "catalogue", "Perhaps a wrong colour profile. Only one report so far.").is(Idea),
    chore("Try the next version of the payment provider's form", "payments", "").is(Idea),
    unestimated("Watch a club's launches live", "launch-day", "Needs someone with a camera at the launch pad. Ask the clubs first.").is(Idea),
    unestimated("Subscription: a kit every month", "checkout", "").is(Idea),
    chore("Replace the old photo scripts", "operations", "").is(Idea),
    unestimated("Shopkeeper sees which categories earn most", "back-office", "").is(Idea),
];

/// What a story of the sample carries besides its fields. Stories are named by their titles, people by their places in [`TEAM`].
pub(super) enum Part {
    /// The last day on which it may be complete, in days from today.
    Deadline(i32),
    Owner(usize),
    Task(&'static str, Tick),
    Comment(usize, &'static str),
    Obstacle(&'static str),
    /// Another story has to come first.
    After(&'static str),
    Review(&'static str, usize, Verdict),
    Urgent(Priority),
}

/// Whether a task is done.
#[derive(PartialEq)]
pub(super) enum Tick {
    Open,
    Done,
}

use Part::{After, Comment, Deadline, Obstacle, Owner, Review, Task, Urgent};

/// The parts of stories, in the order in which they were added.
#[rustfmt::skip]
pub(super) const PARTS: &[(&str, Part)] = &[
    ("Accounts for everyone", Deadline(24)),
    ("Engines in the shop", Deadline(9)),
    ("Build your own rocket", Deadline(80)),
    ("Rehearse the restore from a backup again", Deadline(5)),
    ("Customer follows the parcel on a page of ours", Owner(1)),
    ("Customer follows the parcel on a page of ours", Comment(1, "All three carriers are in. The third one answers slowly, so the page says *as of 14:05*.")),
    ("Customer follows the parcel on a page of ours", Comment(0, "Looks good on my phone. I try a parcel that is on its way tomorrow.")),
    ("Customer signs in by a link in an e-mail", Owner(0)),
    ("Customer signs in by a link in an e-mail", Owner(2)),
    ("Customer signs in by a link in an e-mail", Review("Code", 1, Verdict::Pass)),
    ("Customer signs in by a link in an e-mail", Review("Security", 2, Verdict::InReview)),
    ("Customer sees earlier orders", Owner(2)),
    ("Customer sees earlier orders", Task("Match orders by e-mail address", Tick::Done)),
    ("Customer sees earlier orders", Task("Show the invoice of each order", Tick::Open)),
    ("Customer sees earlier orders", Task("Say what to do where an order is missing", Tick::Open)),
    ("Countdown on the launch page stops in background tabs", Comment(2, "It still jumps by a second when the tab comes back. See the recording in the wiki.")),
    ("Customer orders again with one click", After("Customer sees earlier orders")),
    ("Agree with the carriers on shipping engines by road", Obstacle("The carriers' lawyers answer by the end of the month")),
    ("Agree with the carriers on shipping engines by road", Urgent(Priority::P1)),
    ("Customer cannot order engines to where they are not allowed", After("Agree with the carriers on shipping engines by road")),
    ("VAT is rounded per line, not per order", Comment(0, "The bookkeeper needs it before the end of the year.")),
    ("Builder shows the expected altitude", Task("Ask the club for measured flights", Tick::Open)),
];

/// The epics, in order: name, label, description.
pub(super) const EPICS: [(&str, &str, &str); 5] = [
    (
        "Customers have accounts",
        "accounts",
        "Sign in without a password, see earlier orders, keep addresses.",
    ),
    (
        "Paying and ordering",
        "checkout",
        "Everything between the cart and the confirmation.",
    ),
    ("Parcels arrive", "delivery", ""),
    (
        "Launch days",
        "launch-day",
        "A reason to come back: launches of clubs nearby.",
    ),
    (
        "Build your own rocket",
        "builder",
        "Parts that fit, and how high they would fly.",
    ),
];

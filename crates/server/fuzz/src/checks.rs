//! The checks themselves.

use backlog::api::{SyncAnswer, SyncRequest};
use backlog::id::Bits128;
use backlog::search::Search;
use backlog::{Actor, ActorId, Hand, ImportId, Ledger, Millis, Name, Project, ProjectId, Role, Zone, access, search};
use interchange::prepare::{Choices, Place};
use std::collections::BTreeMap;

const NOW: Millis = Millis(1_800_000_000_000);
const PROJECT: ProjectId = ProjectId(Bits128(1));

fn ada() -> Actor {
    Actor {
        id: ActorId(Bits128(7)),
        name: name("Ada"),
    }
}

fn name(text: &str) -> Name {
    Name::new(text).expect("a short word is a name")
}

/// The body of a sync request: what can be read is carried out or refused, in every role; the project that comes of it can be written down and read
/// again, and is the same to the digest; what is answered can be read.
pub fn sync(bytes: &[u8]) {
    let Ok(request) = serde_json::from_slice::<SyncRequest>(bytes) else {
        return;
    };
    let ada = ada();
    let mut ledger = Ledger::new(PROJECT, Project::new(name("Alpha"), NOW));
    for sent in request.commands.iter().take(20) {
        for role in Role::ALL {
            let _ = access::may(role, &sent.command, ledger.project(), ada.id);
        }
        if let Ok(recorded) = ledger.enter(sent, &ada, NOW) {
            let told = serde_json::to_string(&recorded).expect("what was recorded can be told");
            let heard: backlog::Recorded = serde_json::from_str(&told).expect("what was told can be heard");
            assert_eq!(heard, recorded);
        }
    }
    let (project, version) = (ledger.project(), ledger.version());
    let again = Project::read(project.snapshot());
    assert_eq!(again.digest(), project.digest());
    let mut answer = SyncAnswer::at(backlog::Epoch(Bits128(2)), version, project.digest(), Role::Member);
    answer.snapshot = Some(Box::new(project.snapshot()));
    let told = serde_json::to_string(&answer).expect("an answer can be told");
    let heard: SyncAnswer = serde_json::from_str(&told).expect("and read");
    assert_eq!(heard, answer);
}

/// The text of a search: it is one, which written out means the same, or every mistake of it has its place; and whoever types it is offered something
/// wherever they stand.
pub fn search(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    match Search::parse(text) {
        Ok(search) => {
            let said = search.to_string();
            // Quotes can make it longer than what is looked at.
            if said.chars().count() <= Search::MAX {
                assert_eq!(Search::parse(&said), Ok(search), "{said:?} of {text:?}");
            }
        }
        Err(mistakes) => {
            let has_place =
                |mistake: &search::Mistake| text.get(mistake.at.clone()).is_some() && !mistake.words.is_empty();
            assert!(
                !mistakes.is_empty() && mistakes.iter().all(has_place),
                "{mistakes:?} of {text:?}"
            );
        }
    }
    let project = Project::new(name("Alpha"), NOW);
    for cursor in [0, bytes.len() / 2, bytes.len(), bytes.len() + 1] {
        let known = search::Known {
            project: &project,
            labels: &[],
        };
        search::complete(text, cursor, known);
    }
}

/// A file to import: it is read or refused with a sentence; and what is read can be entered, in one change.
pub fn csv(bytes: &[u8]) {
    let file = match interchange::read(bytes) {
        Ok(file) => file,
        Err(bad) => return assert!(!bad.to_string().is_empty()),
    };
    let (ada, project, zone) = (ada(), Project::new(name("Alpha"), NOW), Zone::utc());
    let place = Place {
        project: &project,
        id: PROJECT,
        zone: &zone,
        hand: Hand { by: &ada, at: NOW },
    };
    let prepared = interchange::prepare(&file, &place, &Choices::none(ImportId(Bits128(3))));
    let import = prepared.expect("nobody is named in the choices").import;
    if import.stories.is_empty() && import.epics.is_empty() {
        return;
    }
    let command = backlog::Command::ImportStories(Box::new(import));
    let hand = Hand { by: &ada, at: NOW };
    let decided = project.decide(&command, hand);
    assert!(decided.is_ok(), "what was prepared is refused: {:?}", decided.err());
}

/// Markdown, as `render` makes HTML of it.
pub fn markdown(bytes: &[u8], render: impl Fn(ProjectId, &BTreeMap<ActorId, Name>, &str) -> String) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let people = BTreeMap::from([(ActorId(Bits128(7)), name("Ada"))]);
    let html = render(PROJECT, &people, text).to_lowercase();
    let mut rest = html.as_str();
    while let Some((_, after)) = rest.split_once('<') {
        let tag = after.split('>').next().unwrap_or_default();
        let word: String = tag
            .trim_start_matches('/')
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect();
        assert!(!NEVER.contains(&word.as_str()), "{word} of {text:?}");
        // Quotes in an attribute's value are escaped: names and values take turns.
        let parts: Vec<&str> = tag.split('"').collect();
        for pair in parts.chunks(2) {
            assert!(!pair[0].contains(" on"), "{tag} of {text:?}");
            if let [" href=" | "a href=", address] = pair {
                let leads = ["http:", "https:", "mailto:", "/projects/"]
                    .iter()
                    .any(|start| address.starts_with(start));
                assert!(leads, "{tag} of {text:?}");
            }
        }
        rest = after;
    }
}

/// Elements that run something, load something or send something.
const NEVER: [&str; 14] = [
    "script", "style", "iframe", "object", "embed", "img", "svg", "math", "form", "base", "link", "meta", "button",
    "video",
];

//! Commands in words: what one wished for, what was done, and what was typed. Knows titles; never how they are shown.

pub mod parts;
pub mod settings;

use super::scene::attention::Way;
use backlog::command::NewStory;
use backlog::{
    ActorId, Command, Edit, Estimate, Label, Name, Panel, Project, Rejection, State, StoryEdits, StoryId, StoryType,
    Title, Transition,
};
use replica::{Refusal, Stage};

/// A command in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// What one wished for, as a heading: `Rename “Cart” to “Basket”`.
    pub wish: String,
    /// What was done, as the rest of a sentence: `renamed “Cart” to “Basket”`.
    pub done: String,
}

impl Phrase {
    /// What was done, as a sentence of its own.
    pub fn done_capital(&self) -> String {
        capital(&self.done)
    }
}

/// The titles that stories are called by: those that they have, unless a command says what they had before.
#[derive(Clone, Copy, Debug)]
pub struct Titles<'a> {
    /// The stories.
    pub view: Option<&'a Project>,
    /// What sets earlier titles.
    pub before: &'a [Command],
    /// Who looks at it, whom the project may not know yet.
    pub me: Option<(ActorId, &'a Name)>,
}

impl Titles<'_> {
    /// A story in quotes.
    pub fn of(&self, id: StoryId) -> String {
        let earlier = self.before.iter().find_map(|command| title_set(id, command));
        let present = || {
            let view = self.view?;
            Some(&view.at(view.slot(id)?).title)
        };
        earlier.or_else(present).map_or_else(|| "a story".to_owned(), quoted)
    }

    /// What a person is called.
    pub fn person(&self, id: ActorId) -> String {
        let me = self.me.filter(|(me, _)| *me == id).map(|(_, name)| name);
        let name = self.view.and_then(|view| view.people().get(&id)).or(me);
        name.map_or_else(|| "someone".to_owned(), |name| name.as_str().to_owned())
    }

    /// One story in quotes, or how many they are.
    pub fn of_all(&self, stories: &[StoryId]) -> String {
        match stories {
            [one] => self.of(*one),
            many => format!("{} stories", many.len()),
        }
    }
}

fn title_set(story: StoryId, command: &Command) -> Option<&Title> {
    let Command::EditStory { id, edits } = command else {
        return None;
    };
    fn title(edit: &Edit) -> Option<&Title> {
        match edit {
            Edit::Title(title) => Some(title),
            _ => None,
        }
    }
    edits.iter().filter(|_| *id == story).find_map(title)
}

/// A command in words.
pub fn phrase(command: &Command, titles: Titles<'_>) -> Phrase {
    match command {
        Command::CreateStory(new) => say(("Add", "added"), &quoted(&new.title)),
        Command::EditStory { id, edits } => edited(edits, (&titles.of(*id), titles)),
        Command::EditStories { stories } => several_edited(stories, titles),
        Command::TransitionStories { stories, transition } => say(verb(*transition), &titles.of_all(stories)),
        Command::EditSettings { edits } => settings::phrase(edits),
        Command::PutEpic { words, .. } => say(("Save", "saved"), &format!("the epic {}", quoted(&words.name))),
        Command::MoveEpic { .. } => say(("Move", "moved"), "an epic"),
        Command::RemoveEpic { .. } => say(("Remove", "removed"), "an epic"),
        Command::SaveSearch { name, .. } => say(("Save", "saved"), &format!("the search “{}”", name.as_str())),
        Command::RemoveSearch { .. } => say(("Remove", "removed"), "a saved search"),
        Command::ImportStories(import) => say(("Import", "imported"), &format!("{} stories", import.stories.len())),
        Command::DeleteImport { .. } => say(("Take", "took"), "an import back"),
        Command::RestoreImport { .. } => say(("Restore", "restored"), "an import"),
        Command::Join { role } => say(("Join", "joined"), &format!("as {} {role}", role.article())),
        Command::Leave { id } => left(*id, titles),
        Command::TransitionStory { id, transition, .. } => say(verb(*transition), &titles.of(*id)),
        Command::MoveStories { stories, panel, .. } => moved(titles, stories, *panel),
        Command::DeleteStories { stories } => say(("Delete", "deleted"), &titles.of_all(stories)),
        Command::RestoreStories { stories } => say(("Restore", "restored"), &titles.of_all(stories)),
        Command::ReturnStories { stories } => {
            let stories: Vec<StoryId> = stories.iter().map(|story| story.id).collect();
            say(("Put back", "put back"), &titles.of_all(&stories))
        }
        Command::RenameProject { name } => say(("Rename", "renamed"), &format!("the project to “{}”", name.as_str())),
    }
}

fn several_edited(stories: &[StoryEdits], titles: Titles<'_>) -> Phrase {
    let ids: Vec<StoryId> = stories.iter().map(|story| story.id).collect();
    let which = titles.of_all(&ids);
    match stories.split_first() {
        Some((first, others)) if others.iter().all(|other| other.edits == first.edits) => {
            edited(&first.edits, (&which, titles))
        }
        Some(_) | None => say(("Change", "changed"), &which),
    }
}

fn moved(titles: Titles<'_>, stories: &[StoryId], panel: Panel) -> Phrase {
    let which = titles.of_all(stories);
    let stays = |id: &StoryId| {
        let story = titles.view.and_then(|view| Some(view.at(view.slot(*id)?)));
        story.is_some_and(|story| story.panel() == panel)
    };
    let to = match stories.iter().all(stays) {
        true => format!("to another place in the {}", panel_word(panel)),
        false => format!("to the {}", panel_word(panel)),
    };
    Phrase {
        wish: format!("Move {which} {to}"),
        done: format!("moved {which}"),
    }
}

fn left(id: ActorId, titles: Titles<'_>) -> Phrase {
    match titles.me {
        Some((me, _)) if me == id => Phrase {
            wish: "Leave the project".to_owned(),
            done: "left".to_owned(),
        },
        Some(_) | None => say(("Remove", "removed"), &titles.person(id)),
    }
}

fn say((wish, done): (&str, &str), what: &str) -> Phrase {
    Phrase {
        wish: format!("{wish} {what}"),
        done: format!("{done} {what}"),
    }
}

fn verb(transition: Transition) -> (&'static str, &'static str) {
    match transition {
        Transition::Start => ("Start", "started"),
        Transition::Finish => ("Finish", "finished"),
        Transition::Deliver => ("Deliver", "delivered"),
        Transition::Accept => ("Accept", "accepted"),
        Transition::Reject => ("Reject", "rejected"),
        Transition::Restart => ("Restart", "restarted"),
    }
}

fn edited(edits: &[Edit], (story, titles): (&str, Titles<'_>)) -> Phrase {
    match edits {
        [Edit::Title(title)] => say(("Rename", "renamed"), &format!("{story} to {}", quoted(title))),
        [Edit::Type(story_type)] => say(("Make", "made"), &format!("{story} a {}", type_word(*story_type))),
        [Edit::Estimate(Some(estimate))] => say(("Estimate", "estimated"), &format!("{story} at {}", size(*estimate))),
        [Edit::Estimate(None)] => say(("Take", "took"), &format!("the estimate of {story} away")),
        [Edit::LabelAdded(label)] => say(("Label", "labelled"), &format!("{story} with “{}”", label.as_str())),
        [Edit::LabelRemoved(label)] => say(("Take", "took"), &format!("the label “{}” off {story}", label.as_str())),
        [Edit::ConflictDropped(_)] => say(("Drop", "dropped"), &format!("a kept text of {story}")),
        [edit] => match parts::phrase(edit, story, titles) {
            Some((verb, what)) => say(verb, &what),
            None => say(("Change", "changed"), &format!("the {} of {story}", parts::field(edit))),
        },
        edits => {
            let mut fields: Vec<&str> = Vec::new();
            for field in edits.iter().map(parts::field) {
                if !fields.contains(&field) {
                    fields.push(field);
                }
            }
            say(("Change", "changed"), &format!("the {} of {story}", listed(fields)))
        }
    }
}

/// Words as people list them: `title, type and labels`.
pub fn listed<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let words: Vec<&str> = words.into_iter().collect();
    match words.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
        None => String::new(),
    }
}

const ADDED: &str = "Labels added";
const REMOVED: &str = "Labels removed";

/// What was typed or chosen in a command, whole: each field's name and its text.
pub fn typed(command: &Command) -> Vec<(&'static str, String)> {
    match command {
        Command::CreateStory(new) => typed_anew(new),
        Command::EditStory { edits, .. } => typed_edits(edits),
        Command::RenameProject { name } => vec![("Name", name.as_str().to_owned())],
        Command::EditStories { stories } => stories.first().map_or(Vec::new(), |story| typed_edits(&story.edits)),
        Command::TransitionStory { comment, .. } => {
            let remark = comment.iter();
            remark
                .map(|remark| ("Comment", remark.text.as_str().to_owned()))
                .collect()
        }
        Command::PutEpic { words, .. } => vec![
            ("Epic", words.name.as_str().to_owned()),
            ("Label", words.label.as_str().to_owned()),
            ("Description", words.description.as_str().to_owned()),
        ],
        Command::SaveSearch { name, query, .. } => vec![
            ("Search", name.as_str().to_owned()),
            ("Looks for", query.as_str().to_owned()),
        ],
        Command::TransitionStories { .. }
        | Command::MoveStories { .. }
        | Command::DeleteStories { .. }
        | Command::RestoreStories { .. }
        | Command::ReturnStories { .. }
        | Command::EditSettings { .. }
        | Command::MoveEpic { .. }
        | Command::RemoveEpic { .. }
        | Command::RemoveSearch { .. }
        | Command::ImportStories(_)
        | Command::DeleteImport { .. }
        | Command::RestoreImport { .. }
        | Command::Join { .. }
        | Command::Leave { .. } => Vec::new(),
    }
}

fn typed_anew(new: &NewStory) -> Vec<(&'static str, String)> {
    let labels: Vec<&str> = new.labels.iter().map(Label::as_str).collect();
    let fields = [
        ("Title", new.title.as_str().to_owned()),
        ("Type", type_word(new.story_type).to_owned()),
        ("Estimate", new.estimate.map(size).unwrap_or_default()),
        ("Labels", labels.join(", ")),
        ("Description", new.description.as_str().to_owned()),
    ];
    fields.into_iter().filter(|(_, text)| !text.is_empty()).collect()
}

// Labels come one by one and are read in one line.
fn typed_edits(edits: &[Edit]) -> Vec<(&'static str, String)> {
    let mut fields: Vec<(&'static str, String)> = Vec::new();
    for (name, text) in edits.iter().filter_map(typed_edit) {
        match fields.iter_mut().find(|(other, _)| *other == name) {
            Some((ADDED | REMOVED, labels)) => *labels = format!("{labels}, {text}"),
            Some(_) | None => fields.push((name, text)),
        }
    }
    fields
}

fn typed_edit(edit: &Edit) -> Option<(&'static str, String)> {
    match edit {
        Edit::Title(title) => Some(("Title", title.as_str().to_owned())),
        Edit::Type(story_type) => Some(("Type", type_word(*story_type).to_owned())),
        Edit::Estimate(estimate) => Some(("Estimate", estimate_words(*estimate))),
        Edit::Description(text) | Edit::DescriptionRevised { to: text, .. } => {
            Some(("Description", text.as_str().to_owned()))
        }
        Edit::LabelAdded(label) => Some((ADDED, label.as_str().to_owned())),
        Edit::LabelRemoved(label) => Some((REMOVED, label.as_str().to_owned())),
        Edit::ConflictKept(_) | Edit::ConflictDropped(_) => None,
        edit => parts::words_of(edit).map(|words| (parts::heading(edit), words.to_owned())),
    }
}

/// Why a command waits for a person, in a sentence, and what to do about it in another.
pub fn why(stage: &Stage) -> (String, &'static str) {
    match stage {
        Stage::Pending | Stage::Confirmed { .. } => (String::new(), ""),
        Stage::Lost => (
            "The server was put back to an earlier time and does not have this change.".to_owned(),
            "Apply it again if it is still wanted.",
        ),
        Stage::Refused(refusal) => (refusal.to_string(), advice(refusal)),
    }
}

/// What one can do about a refusal.
pub fn advice(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::TooMany => "Wait until the server has confirmed some, then try again.",
        Refusal::Failing => "Tell whoever runs the server, and try again later; copy the text first to be sure of it.",
        Refusal::Unreadable(_) => "Reload the page, then try again; copy the text first to be sure of it.",
        Refusal::Rejected(rejection) => rejected(rejection),
    }
}

/// What one can do about a command that the project refuses, in the way that is open to it.
pub fn way_on(rejection: &Rejection, way: Way) -> &'static str {
    match way {
        Way::AddAnew => "Add a story with what is kept here.",
        Way::Closed if *rejection == Rejection::UnknownStory => "There is nothing left to do it to.",
        Way::TryAgain | Way::RestoreAndApply | Way::ApplyAgain | Way::Fulfilled | Way::Closed => rejected(rejection),
    }
}

fn rejected(rejection: &Rejection) -> &'static str {
    match rejection {
        Rejection::DeletedStory => "Restore the story to apply your change to it.",
        Rejection::UnknownStory => "Add the story anew with what is kept here.",
        Rejection::UnknownAnchor | Rejection::AnchorMoves => "Put it where it belongs by hand.",
        Rejection::BadSelection => "Select fewer stories and do it in parts.",
        Rejection::TooManyEdits => "Do it in smaller parts.",
        Rejection::ClosedTransition { .. } => "Look where the story stands by now.",
        Rejection::Unestimated => "Estimate it, then try again.",
        Rejection::NotEstimable { .. } => "Make it a feature, or leave it without an estimate.",
        Rejection::OffScale { .. } => "Choose points of the project's scale.",
        Rejection::ImpossibleType { .. } | Rejection::ImpossiblePanel { .. } => {
            "Change the story's state first, then try again."
        }
        Rejection::AlreadyAccepted => "Leave it where it is, or restart it first.",
        Rejection::Overtaken => "Look into the story's history to see what happened.",
        Rejection::ConflictAsked => "Save the text in the description instead.",
        Rejection::TooMany { .. } => "Take some away first, then try again.",
        Rejection::UnknownPart | Rejection::UnknownEpic | Rejection::UnknownSearch | Rejection::UnknownImport => {
            "Add it anew if it is still wanted."
        }
        Rejection::UnknownPerson => "Choose someone who has worked in this project.",
        Rejection::NotYours => "Answer with a comment of your own.",
        Rejection::BlocksItself => "Look which of the two has to come first.",
        Rejection::NothingToSay => "Write it as a comment instead.",
        Rejection::NoSuchIteration { .. } => "Choose another iteration.",
        Rejection::NoSuchDay => "Choose another date.",
        Rejection::LabelTaken { .. } => "Choose another label.",
        Rejection::AlreadyImported => "Look at the stories that it brought.",
        Rejection::BadImport { .. } => "Import the file again.",
        Rejection::NotAllowed => "Ask an owner of the project, who can do it or give you another role.",
        Rejection::Other => "Reload the page, then try again.",
    }
}

/// A title in quotes.
pub fn quoted(title: &Title) -> String {
    format!("“{}”", title.as_str())
}

/// A panel.
pub fn panel_word(panel: Panel) -> &'static str {
    match panel {
        Panel::Backlog => "backlog",
        Panel::Icebox => "icebox",
    }
}

/// A type.
pub fn type_word(story_type: StoryType) -> &'static str {
    match story_type {
        StoryType::Feature => "feature",
        StoryType::Bug => "bug",
        StoryType::Chore => "chore",
        StoryType::Release => "release",
    }
}

/// A state.
pub fn state_word(state: State) -> &'static str {
    match state {
        State::Unscheduled => "unscheduled",
        State::Unstarted => "unstarted",
        State::Started => "started",
        State::Finished => "finished",
        State::Delivered => "delivered",
        State::Accepted => "accepted",
        State::Rejected => "rejected",
    }
}

/// An estimate, or that there is none.
pub fn estimate_words(estimate: Option<Estimate>) -> String {
    estimate.map_or_else(|| "not estimated".to_owned(), size)
}

fn size(Estimate(points): Estimate) -> String {
    self::points(u32::from(points))
}

/// So many points.
pub fn points(points: u32) -> String {
    match points {
        1 => "1 point".to_owned(),
        many => format!("{many} points"),
    }
}

/// So many weeks.
pub fn weeks(weeks: u16) -> String {
    match weeks {
        1 => "1 week".to_owned(),
        many => format!("{many} weeks"),
    }
}

/// A text with its first letter large.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string());
    format!("{}{}", first.unwrap_or_default(), letters.as_str())
}

//! How one edit of a story is written: `title=Pay`, `+web`, `owner+bo`, `task+t:Buy_milk@s`, `comment-k`.

use super::reading::{read_estimate, read_remark, read_word};
use super::showing::show_word;
use super::{bits, id, name, name_of};
use crate::{
    ActorId, Blocker, Day, Description, Destination, Edit, Label, Line, Link, Obstacle, PartId, Remark, Review, Task,
    Title, Web,
};

pub(crate) fn read_edit(word: &str) -> Edit {
    let label = |text: &str| Label::new(text).unwrap();
    match (word.split_at(1), word.split_once('=')) {
        (("+", text), _) => Edit::LabelAdded(label(text)),
        (("-", text), _) => Edit::LabelRemoved(label(text)),
        (_, Some(("title", text))) => Edit::Title(Title::new(text).unwrap()),
        (_, Some(("type", text))) => Edit::Type(read_word(text)),
        (_, Some(("estimate", text))) => Edit::Estimate(read_estimate(text)),
        (_, Some(("description", text))) => Edit::Description(read_text(text)),
        (_, Some(("revised", texts))) => {
            let (from, to) = texts.split_once('>').expect("revised=FROM>TO");
            Edit::DescriptionRevised {
                from: read_text(from),
                to: read_text(to),
            }
        }
        (_, Some(("kept", text))) => Edit::ConflictKept(read_text(text)),
        (_, Some(("dropped", text))) => Edit::ConflictDropped(read_text(text)),
        (_, Some(("priority", text))) => Edit::Priority(read_unless_none(text).map(read_word)),
        (_, Some(("requester", text))) => Edit::Requester(read_unless_none(text).map(person)),
        (_, Some(("deadline", text))) => Edit::Deadline(read_unless_none(text).map(read_day)),
        (_, Some(("current", text))) => Edit::Current(text == "yes"),
        _ => read_part(word),
    }
}

/// Reads what is more or less, or different, of a list: `owner+bo`, `task=t:Buy`, `comment-k`.
fn read_part(word: &str) -> Edit {
    let place = word.find(['+', '-', '=', '>', '^']);
    let place = place.unwrap_or_else(|| panic!("not an edit: {word:?}"));
    let (list, rest) = word.split_at(place);
    let (mark, rest) = rest.split_at(1);
    match (list, mark) {
        ("owner", "+") => Edit::OwnerAdded(person(rest)),
        ("owner", "-") => Edit::OwnerRemoved(person(rest)),
        ("follower", "+") => Edit::FollowerAdded(person(rest)),
        ("follower", "-") => Edit::FollowerRemoved(person(rest)),
        ("task", "+") => read_task(rest),
        ("task", "=") => {
            let (id, text) = rest.split_once(':').expect("task=ID:TEXT");
            Edit::TaskReworded {
                id: part(id),
                text: line(text),
            }
        }
        ("tick" | "untick", "=") => Edit::TaskTicked {
            id: part(rest),
            done: word.starts_with("tick"),
        },
        ("task", ">") => {
            let (id, after) = read_anchored(rest);
            Edit::TaskMoved { id: part(id), after }
        }
        ("task", "-") => Edit::TaskRemoved(part(rest)),
        ("comment", "+") => Edit::CommentAdded(read_remark(rest)),
        ("comment", "=") => Edit::CommentReworded(read_remark(rest)),
        ("comment", "-") => Edit::CommentRemoved(part(rest)),
        ("comment", "^") => Edit::CommentRestored(part(rest)),
        ("blocker", "+") => Edit::BlockerPut(read_blocker(rest)),
        ("blocker", "-") => Edit::BlockerRemoved(part(rest)),
        ("review", "+") => Edit::ReviewPut(read_review(rest)),
        ("review", "-") => Edit::ReviewRemoved(part(rest)),
        ("link", "+") => Edit::LinkPut(read_link(rest)),
        ("link", "-") => Edit::LinkRemoved(part(rest)),
        _ => panic!("not an edit: {word:?}"),
    }
}

/// Reads `t:Buy_milk`, `t!:Buy_milk` for one that is done, `t:Buy_milk@s` for one that follows another.
fn read_task(word: &str) -> Edit {
    let (task, after) = read_anchored(word);
    let (id, text) = task.split_once(':').expect("task+ID:TEXT");
    let task = Task {
        id: part(id.trim_end_matches('!')),
        text: line(text),
        done: id.ends_with('!'),
    };
    Edit::TaskAdded { task, after }
}

fn read_anchored(word: &str) -> (&str, Option<PartId>) {
    match word.split_once('@') {
        Some((before, after)) => (before, Some(part(after))),
        None => (word, None),
    }
}

/// Reads `k:Waiting_for_Bo`, `k:#b` for a story, `k!:..` for one that is resolved.
fn read_blocker(word: &str) -> Blocker {
    let (name, what) = word.split_once(':').expect("blocker+ID:WHAT");
    Blocker {
        id: part(name.trim_end_matches('!')),
        what: match what.strip_prefix('#') {
            Some(story) => Obstacle::Story(id(story)),
            None => Obstacle::Text(line(what)),
        },
        resolved: name.ends_with('!'),
    }
}

/// Reads `r:code`, `r:code/pass`, `r:code/pass@bo`.
fn read_review(word: &str) -> Review {
    let (rest, reviewer) = match word.split_once('@') {
        Some((rest, name)) => (rest, Some(person(name))),
        None => (word, None),
    };
    let (id, rest) = rest.split_once(':').expect("review+ID:KIND");
    let (kind, verdict) = rest.split_once('/').unwrap_or((rest, "unstarted"));
    Review {
        id: part(id),
        kind: line(kind),
        reviewer,
        verdict: read_word(verdict),
    }
}

/// Reads `l:pull:https://..`, `l:branch:fix`, `l:file:https://..`, `l:file:https://..@Name`.
fn read_link(word: &str) -> Link {
    let (id, rest) = word.split_once(':').expect("link+ID:KIND:TO");
    let (kind, to) = rest.split_once(':').expect("link+ID:KIND:TO");
    let web = |text: &str| Web::new(text).unwrap();
    let to = match (kind, to.split_once('@')) {
        ("pull", _) => Destination::PullRequest(web(to)),
        ("branch", _) => Destination::Branch(line(to)),
        ("file", Some((url, name))) => Destination::Attachment {
            url: web(url),
            name: Some(line(name)),
        },
        ("file", None) => Destination::Attachment {
            url: web(to),
            name: None,
        },
        _ => panic!("not a destination: {word:?}"),
    };
    Link { id: part(id), to }
}

fn read_unless_none(text: &str) -> Option<&str> {
    (text != "none").then_some(text)
}

/// Reads `2026-11-21`.
pub(super) fn read_day(text: &str) -> Day {
    let numbers: Vec<u32> = text
        .split('-')
        .map(|number| number.parse().expect("a number"))
        .collect();
    let [year, month, day] = numbers[..] else {
        panic!("not a date: {text:?}")
    };
    Day::of_date(year as i32, month, day).expect("a date")
}

fn show_day(day: Day) -> String {
    let (year, month, day) = day.date();
    format!("{year}-{month:02}-{day:02}")
}

/// A description of several words and lines in one word: `_` is a space, `/` a line end.
pub(crate) fn read_text(word: &str) -> Description {
    Description::new(&word.replace('_', " ").replace('/', "\n")).unwrap()
}

pub(crate) fn show_text(text: &Description) -> String {
    text.as_str().replace(' ', "_").replace('\n', "/")
}

fn person(name: &str) -> ActorId {
    ActorId(bits(name))
}

fn part(name: &str) -> PartId {
    PartId(bits(name))
}

fn line(text: &str) -> Line {
    Line::new(&text.replace('_', " ")).unwrap()
}

/// Edits in the order in which they are listed.
pub(crate) fn show_edits(edits: &[Edit]) -> String {
    edits.iter().map(show_edit).collect::<Vec<_>>().join(" ")
}

pub(crate) fn show_edit(edit: &Edit) -> String {
    let or_none = |text: Option<String>| text.unwrap_or("none".into());
    match edit {
        Edit::Title(title) => format!("title={}", title.as_str()),
        Edit::Type(story_type) => format!("type={}", show_word(story_type)),
        Edit::Estimate(estimate) => format!("estimate={}", or_none(estimate.map(|e| e.0.to_string()))),
        Edit::Description(text) => format!("description={}", show_text(text)),
        Edit::DescriptionRevised { from, to } => format!("revised={}>{}", show_text(from), show_text(to)),
        Edit::ConflictKept(text) => format!("kept={}", show_text(text)),
        Edit::ConflictDropped(text) => format!("dropped={}", show_text(text)),
        Edit::LabelAdded(label) => format!("+{}", label.as_str()),
        Edit::LabelRemoved(label) => format!("-{}", label.as_str()),
        Edit::Priority(priority) => format!("priority={}", or_none(priority.map(|priority| show_word(&priority)))),
        Edit::Requester(person) => format!("requester={}", or_none(person.map(|person| name_of(person.0)))),
        Edit::Deadline(day) => format!("deadline={}", or_none(day.map(show_day))),
        Edit::Current(true) => "current=yes".to_owned(),
        Edit::Current(false) => "current=no".to_owned(),
        Edit::OwnerAdded(person) => format!("owner+{}", name_of(person.0)),
        Edit::OwnerRemoved(person) => format!("owner-{}", name_of(person.0)),
        Edit::FollowerAdded(person) => format!("follower+{}", name_of(person.0)),
        Edit::FollowerRemoved(person) => format!("follower-{}", name_of(person.0)),
        Edit::TaskAdded { task, after } => format!("task+{}{}", show_task(task), show_anchor(*after)),
        Edit::TaskReworded { id, text } => format!("task={}:{}", name_of(id.0), show_line(text)),
        Edit::TaskTicked { id, done: true } => format!("tick={}", name_of(id.0)),
        Edit::TaskTicked { id, done: false } => format!("untick={}", name_of(id.0)),
        Edit::TaskMoved { id, after } => format!("task>{}{}", name_of(id.0), show_anchor(*after)),
        Edit::TaskRemoved(id) => format!("task-{}", name_of(id.0)),
        Edit::CommentAdded(remark) => format!("comment+{}", show_remark(remark)),
        Edit::CommentReworded(remark) => format!("comment={}", show_remark(remark)),
        Edit::CommentRemoved(id) => format!("comment-{}", name_of(id.0)),
        Edit::CommentRestored(id) => format!("comment^{}", name_of(id.0)),
        Edit::BlockerPut(blocker) => format!("blocker+{}", show_blocker(blocker)),
        Edit::BlockerRemoved(id) => format!("blocker-{}", name_of(id.0)),
        Edit::ReviewPut(review) => format!("review+{}", show_review(review)),
        Edit::ReviewRemoved(id) => format!("review-{}", name_of(id.0)),
        Edit::LinkPut(link) => format!("link+{}", show_link(link)),
        Edit::LinkRemoved(id) => format!("link-{}", name_of(id.0)),
    }
}

pub(super) fn show_task(task: &Task) -> String {
    let done = if task.done { "!" } else { "" };
    format!("{}{done}:{}", name_of(task.id.0), show_line(&task.text))
}

fn show_anchor(after: Option<PartId>) -> String {
    after.map_or(String::new(), |after| format!("@{}", name_of(after.0)))
}

fn show_remark(remark: &Remark) -> String {
    format!("{}:{}", name_of(remark.id.0), remark.text.as_str().replace(' ', "_"))
}

pub(super) fn show_blocker(blocker: &Blocker) -> String {
    let resolved = if blocker.resolved { "!" } else { "" };
    let what = match &blocker.what {
        Obstacle::Text(text) => show_line(text),
        Obstacle::Story(story) => format!("#{}", name(*story)),
    };
    format!("{}{resolved}:{what}", name_of(blocker.id.0))
}

pub(super) fn show_review(review: &Review) -> String {
    let by = review
        .reviewer
        .map_or(String::new(), |person| format!("@{}", name_of(person.0)));
    let (id, kind) = (name_of(review.id.0), show_line(&review.kind));
    format!("{id}:{kind}/{}{by}", show_word(&review.verdict))
}

pub(super) fn show_link(link: &Link) -> String {
    let to = match &link.to {
        Destination::PullRequest(web) => format!("pull:{}", web.as_str()),
        Destination::Branch(line) => format!("branch:{}", show_line(line)),
        Destination::Attachment { url, name: None } => format!("file:{}", url.as_str()),
        Destination::Attachment { url, name: Some(name) } => format!("file:{}@{}", url.as_str(), show_line(name)),
    };
    format!("{}:{to}", name_of(link.id.0))
}

fn show_line(line: &Line) -> String {
    line.as_str().replace(' ', "_")
}

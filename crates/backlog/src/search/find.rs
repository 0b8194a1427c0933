//! Which stories a search finds. What is the same for all stories (who is called so, which labels are an epic's) is found out once.

use super::called::{epic_labels, labels_of_epics, people_called};
use super::condition::{Condition, Moment, Part, Place, Quality, Role, Term};
use super::fold::fold;
use super::needle::Needle;
use super::texts::Texts;
use super::{Search, value};
use crate::{ActorId, Day, Label, Panel, Plan, Project, State, Story, Zone};
use std::collections::BTreeSet;

/// Where and for whom one searches.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The project.
    pub project: &'a Project,
    /// Its backlog as it is planned. Without it nothing stands in an iteration.
    pub plan: Option<&'a Plan>,
    /// Where its days begin.
    pub zone: &'a Zone,
    /// The day that it is there.
    pub today: Day,
    /// Whoever searches, where that is known.
    pub me: Option<ActorId>,
}

impl Search {
    /// Whether it finds a story. Makes the story's texts for this one question; whoever asks of many keeps an [`super::Index`].
    pub fn matches(&self, story: &Story, context: Context<'_>) -> bool {
        let project = context.project;
        let slot = project.slot(story.id);
        let candidate = Candidate {
            story,
            texts: &Texts::of(story),
            place: project.order(Panel::Backlog).position(|other| Some(other) == slot),
        };
        Finder::new(self, context).finds(&candidate)
    }
}

/// A story that may be found.
pub(super) struct Candidate<'a> {
    pub story: &'a Story,
    /// Its texts as they are compared.
    pub texts: &'a Texts,
    /// Its place in the plan; none in the icebox.
    pub place: Option<usize>,
}

/// A search made ready for one project.
pub(super) struct Finder<'a>(Test<'a>);

type Test<'a> = Box<dyn Fn(&Candidate<'_>) -> bool + 'a>;

impl<'a> Finder<'a> {
    pub fn new(search: &'a Search, context: Context<'a>) -> Finder<'a> {
        Finder(test(search.condition(), context))
    }

    pub fn finds(&self, candidate: &Candidate<'_>) -> bool {
        (self.0)(candidate)
    }
}

fn test<'a>(condition: &'a Condition, context: Context<'a>) -> Test<'a> {
    match condition {
        Condition::All(all) => {
            let tests = tests(all, context);
            Box::new(move |candidate| tests.iter().all(|test| test(candidate)))
        }
        Condition::Any(any) => {
            let tests = tests(any, context);
            Box::new(move |candidate| tests.iter().any(|test| test(candidate)))
        }
        Condition::Not(inner) => {
            let test = test(inner, context);
            Box::new(move |candidate| !test(candidate))
        }
        Condition::Term(term) => test_term(term, context),
    }
}

/// Tests of several conditions, those that read texts last.
fn tests<'a>(conditions: &'a [Condition], context: Context<'a>) -> Vec<Test<'a>> {
    let (reading, others): (Vec<_>, Vec<_>) = conditions.iter().partition(|condition| reads_texts(condition));
    let in_order = others.into_iter().chain(reading);
    in_order.map(|condition| test(condition, context)).collect()
}

fn reads_texts(condition: &Condition) -> bool {
    match condition {
        Condition::All(inner) | Condition::Any(inner) => inner.iter().any(reads_texts),
        Condition::Not(inner) => reads_texts(inner),
        Condition::Term(term) => matches!(term, Term::Text(_) | Term::In(..)),
    }
}

fn test_term<'a>(term: &'a Term, context: Context<'a>) -> Test<'a> {
    match term {
        Term::Text(text) => text_anywhere(text, context.project),
        Term::In(place, texts) => text_in(*place, texts),
        Term::Type(types) => Box::new(|candidate| types.contains(&candidate.story.story_type)),
        Term::State(states) => Box::new(|candidate| states.contains(&candidate.story.state)),
        Term::Priority(priorities) => Box::new(|candidate| {
            let priority = candidate.story.priority;
            priority.is_some_and(|priority| priorities.contains(&priority))
        }),
        Term::Label(labels) => {
            let needles: Vec<String> = labels.iter().map(|label| fold(label)).collect();
            Box::new(move |candidate| candidate.story.labels.iter().any(|label| is_one_of(label, &needles)))
        }
        Term::Epic(epics) => {
            let labels = labels_of_epics(epics, context.project);
            Box::new(move |candidate| candidate.story.labels.iter().any(|label| labels.contains(label)))
        }
        Term::Person(role, people) => {
            let people = people_called(people, context);
            let role = *role;
            Box::new(move |candidate| any_in_role(candidate.story, role, |id| people.contains(&id)))
        }
        Term::Estimate(spans) => Box::new(|candidate| {
            let points = candidate.story.estimate.map(|estimate| estimate.0);
            points.is_some_and(|points| spans.iter().any(|span| span.holds(points, (|n| n, |n| n))))
        }),
        Term::Number(spans) => Box::new(|candidate| {
            let mut numbers = [Some(candidate.story.number), candidate.story.origin]
                .into_iter()
                .flatten();
            numbers.any(|number| spans.iter().any(|span| span.holds(number, (|n| n, |n| n))))
        }),
        Term::Date(moment, spans) => Box::new(move |candidate| {
            let today = context.today;
            let day = day_of(candidate.story, *moment, context.zone);
            day.is_some_and(|day| {
                let holds = |date: &super::Span<super::Date>| {
                    date.holds(
                        day,
                        (
                            |date: super::Date| date.first(today),
                            |date: super::Date| date.last(today),
                        ),
                    )
                };
                spans.iter().any(holds)
            })
        }),
        Term::Is(qualities) => {
            Box::new(move |candidate| qualities.iter().any(|quality| is_so(candidate, *quality, context)))
        }
        Term::Has(parts) => {
            let epics = epic_labels(context.project);
            Box::new(move |candidate| parts.iter().any(|part| has(candidate.story, *part, &epics)))
        }
        Term::Lacks(parts) => {
            let epics = epic_labels(context.project);
            Box::new(move |candidate| parts.iter().any(|part| !has(candidate.story, *part, &epics)))
        }
    }
}

fn text_anywhere<'a>(text: &'a str, project: &'a Project) -> Test<'a> {
    let needle = Needle::new(fold(text));
    let number: Option<u32> = value::number(needle.text());
    let named = |(_, name): &(&ActorId, &crate::Name)| needle.is_in(&fold(name.as_str()));
    let people: BTreeSet<ActorId> = project.people().iter().filter(named).map(|(id, _)| *id).collect();
    Box::new(move |candidate| {
        let story = candidate.story;
        number.is_some_and(|number| story.number == number || story.origin == Some(number))
            || !people.is_empty() && has_to_do_with(story, &people)
            || needle.is_among(candidate.texts, Texts::all)
    })
}

/// Followers are left out: who hears of everything would be found everywhere.
fn has_to_do_with(story: &Story, people: &BTreeSet<ActorId>) -> bool {
    let is_one = |id: ActorId| people.contains(&id);
    let roles = [Role::Owner, Role::Requester, Role::Reviewer];
    roles.into_iter().any(|role| any_in_role(story, role, is_one))
        || story.said().filter_map(|comment| comment.author).any(is_one)
}

fn text_in<'a>(place: Place, texts: &[String]) -> Test<'a> {
    let needles: Vec<Needle> = texts.iter().map(|text| Needle::new(fold(text))).collect();
    Box::new(move |candidate| {
        let is_there = |needle: &Needle| needle.is_among(candidate.texts, |texts| texts.of_place(place));
        needles.iter().any(is_there)
    })
}

/// Whether it is one of these labels; they are as they are compared.
fn is_one_of(label: &Label, needles: &[String]) -> bool {
    let label = label.as_str();
    // Labels are in small letters: most are compared as they are.
    if label.is_ascii() && !label.contains("  ") {
        return needles.iter().any(|needle| needle == label);
    }
    let folded = fold(label);
    needles.contains(&folded)
}

fn any_in_role(story: &Story, role: Role, is_one: impl Fn(ActorId) -> bool) -> bool {
    match role {
        Role::Owner => story.owners.iter().copied().any(is_one),
        Role::Requester => story.requester.is_some_and(is_one),
        Role::Follower => story.followers.iter().copied().any(is_one),
        Role::Reviewer => story.reviews.iter().filter_map(|review| review.reviewer).any(is_one),
    }
}

fn day_of(story: &Story, moment: Moment, zone: &Zone) -> Option<Day> {
    match moment {
        Moment::Created => Some(zone.day(story.created_at)),
        Moment::Started => story.started_at.map(|at| zone.day(at)),
        Moment::Accepted => story.accepted_at.map(|at| zone.day(at)),
        Moment::Deadline => story.deadline,
    }
}

fn is_so(candidate: &Candidate<'_>, quality: Quality, context: Context<'_>) -> bool {
    let story = candidate.story;
    let stands_in = |there: fn(&Plan, usize) -> bool| {
        context
            .plan
            .zip(candidate.place)
            .is_some_and(|(plan, place)| there(plan, place))
    };
    match quality {
        Quality::Blocked => context.project.is_blocked(story),
        Quality::Late => is_late(candidate, context),
        Quality::Mine => context.me.is_some_and(|me| story.owners.contains(&me)),
        Quality::Unestimated => story.estimate.is_none() && context.project.settings().carries_points(story.story_type),
        Quality::Open => story.state != State::Accepted,
        Quality::Done => stands_in(|plan, place| place < plan.current.stories.start),
        Quality::Current => stands_in(|plan, place| plan.current.stories.contains(&place)),
        Quality::Planned => stands_in(|plan, place| place >= plan.current.stories.end),
        Quality::State(state) => story.state == state,
        Quality::Type(story_type) => story.story_type == story_type,
    }
}

fn is_late(candidate: &Candidate<'_>, context: Context<'_>) -> bool {
    let Some(deadline) = candidate
        .story
        .deadline
        .filter(|_| candidate.story.state != State::Accepted)
    else {
        return false;
    };
    let iteration = context
        .plan
        .zip(candidate.place)
        .and_then(|(plan, place)| plan.iteration_of(place));
    context.today > deadline || iteration.is_some_and(|iteration| iteration.last_day() > deadline)
}

fn has(story: &Story, part: Part, epics: &BTreeSet<&Label>) -> bool {
    match part {
        Part::Owner => !story.owners.is_empty(),
        Part::Requester => story.requester.is_some(),
        Part::Follower => !story.followers.is_empty(),
        Part::Label => !story.labels.is_empty(),
        Part::Epic => story.labels.iter().any(|label| epics.contains(label)),
        Part::Estimate => story.estimate.is_some(),
        Part::Priority => story.priority.is_some(),
        Part::Description => !story.description.as_str().is_empty(),
        Part::Comment => story.said().next().is_some(),
        Part::Task => !story.tasks.is_empty(),
        Part::Blocker => !story.blockers.is_empty(),
        Part::Review => !story.reviews.is_empty(),
        Part::Link => !story.links.is_empty(),
        Part::Deadline => story.deadline.is_some(),
    }
}

//! What a search costs in a backlog of 10,000 stories, as the page runs it at every letter that is typed: about 1,000 characters a story,
//! in titles, descriptions, tasks and comments.

use super::stopwatch::{measure, print};
use backlog::id::Bits128;
use backlog::search::{Context, Index, Known, Search, complete};
use backlog::{
    ActorId, Comment, Day, Description, Estimate, Label, Line, Millis, Name, PartId, Person, Plan, Project, Settings,
    Snapshot, State, Story, StoryId, StoryType, Task, Terms, Title, Words, Zone, plan,
};
use std::hint::black_box;
use std::sync::Arc;

const STORIES: u32 = 10_000;
/// 2026-11-16, a Monday.
const MONDAY: Day = Day(20_773);

/// Words of backlogs, the most frequent first.
const WORDS: &str = "the a to of and in is it for on that as with we user can be when not this by page should from card pay order \
    email list button error after story show save new all one import export label team test click login account cart checkout refund \
    price search result open close mobile browser server request answer slow fast image upload profile password reset filter sort date \
    time week report chart admin customer address shipping receipt invoice discount voucher stock warehouse notification settings \
    language translation currency rounding tax overview detail draft publish archive permission role invite member comment mention \
    attachment preview keyboard focus contrast dark theme layout overflow scroll freeze crash log trace timeout retry queue worker cache \
    index migration backup restore deploy release staging certificate domain redirect header cookie session token expiry webhook api \
    Zürich café naïve façade Ångström résumé über Größe";

/// The same on every machine, and no word after a fixed other one.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % most
    }

    /// So many words; frequent ones more often, and now and then a number.
    fn words(&mut self, count: usize) -> String {
        let known: Vec<&str> = WORDS.split_whitespace().collect();
        let mut text = String::new();
        for _ in 0..count {
            let place = self.below(known.len()).min(self.below(known.len()));
            text.push_str(known[place]);
            if self.below(40) == 0 {
                text.push_str(&format!(" {}", self.below(100_000)));
            }
            text.push(if self.below(12) == 0 { '\n' } else { ' ' });
        }
        text
    }
}

fn story(number: u32, dice: &mut Dice) -> Story {
    let state = match number {
        0..4_000 => State::Accepted,
        4_000..4_020 => State::Started,
        4_020..7_000 => State::Unstarted,
        _ => State::Unscheduled,
    };
    let story_type = if number.is_multiple_of(4) {
        StoryType::Bug
    } else {
        StoryType::Feature
    };
    let length = 4 + dice.below(6);
    let title = Title::new(&format!("Story {number} {}", dice.words(length))).expect("a title");
    let mut story = Story::new(StoryId(Bits128(number.into())), title, (story_type, state), Millis(0));
    story.number = number + 1;
    story.accepted_at = (state == State::Accepted).then_some(Millis(i64::from(number) * 3_600_000));
    story.estimate = (story_type == StoryType::Feature).then_some(Estimate(number as u16 % 4));
    let length = [0, 20, 60, 150, 300][dice.below(5)];
    story.description = Description::new(&dice.words(length)).expect("a description");
    let known: Vec<&str> = WORDS.split_whitespace().collect();
    story.labels = (0..dice.below(3))
        .map(|_| Label::new(known[24 + dice.below(60)]).expect("a label"))
        .collect();
    story.owners = (0..dice.below(3))
        .map(|_| ActorId(Bits128(dice.below(20) as u128)))
        .collect();
    story.tasks = (0..dice.below(4) as u128)
        .map(|part| Task {
            id: PartId(Bits128(part)),
            text: Line::new(&dice.words(5)).expect("a line"),
            done: part == 0,
        })
        .collect();
    story.comments = (0..dice.below(4) as u128)
        .map(|part| Comment {
            id: PartId(Bits128(part)),
            author: Some(ActorId(Bits128(dice.below(20) as u128))),
            at: Millis(0),
            edited_at: None,
            text: Words::new(&dice.words(30)).expect("words"),
            removed: false,
        })
        .collect();
    story
}

fn project() -> Project {
    let mut dice = Dice(42);
    let people = (0..20).map(|n| Person {
        id: ActorId(Bits128(n)),
        name: Name::new(&format!("Person {n}")).expect("a name"),
    });
    Project::read(Snapshot {
        people: people.collect(),
        stories: (0..STORIES).map(|number| Arc::new(story(number, &mut dice))).collect(),
        ..Snapshot::of_nothing(Name::new("Measured").expect("a name"), Settings::new(Day(0)))
    })
}

fn planned(project: &Project, zone: &Zone) -> Plan {
    let facts: Vec<_> = project
        .order(backlog::Panel::Backlog)
        .map(|slot| project.facts(slot))
        .collect();
    plan(&facts, &Terms::new(project.settings(), zone, MONDAY))
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
#[ignore = "a measurement: cargo xtask bench search"]
fn bench_search() {
    let (project, zone) = (project(), Zone::utc());
    let plan = planned(&project, &zone);
    let context = Context {
        project: &project,
        plan: Some(&plan),
        zone: &zone,
        today: MONDAY,
        me: Some(ActorId(Bits128(1))),
    };
    let letters: usize = project
        .snapshot()
        .stories
        .iter()
        .map(|story| serde_json::to_string(story).map_or(0, |text| text.len()))
        .sum();
    print(&format!(
        "bench {STORIES} stories, {} characters each as JSON",
        letters / STORIES as usize
    ));

    measure("texts of all stories made", || {
        black_box(Index::default().follow(&project, usize::MAX));
    });
    measure("texts of 500 stories made", || {
        black_box(Index::default().follow(&project, 500));
    });
    let mut index = Index::default();
    index.follow(&project, usize::MAX);
    measure("texts that are all there", || {
        black_box(index.follow(&project, usize::MAX));
    });
    for text in [
        "c",
        "ca",
        "car",
        "card",
        "card refund",
        "zebra",
        "\"pay by card\"",
        "über -checkout",
        "type:bug state:started",
        "owner:me OR label:checkout",
        "is:late OR is:blocked",
        "description:refund",
        "estimate:>=2 created:>=today-7",
    ] {
        let search = || Search::parse(text).expect("it means something");
        let found = index.find(&search(), context).len();
        measure(&format!("{text} ({found} found)"), || {
            black_box(index.find(&search(), context));
        });
    }
    let labels = index.labels(&project).to_vec();
    measure("completion of la", || {
        black_box(complete(
            "card la",
            7,
            Known {
                project: &project,
                labels: &labels,
            },
        ));
    });
}

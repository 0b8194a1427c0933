//! Points by iteration, and the velocity that was expected of each.

use super::Drawn;
use super::legend::{Form, Mark, legend, patterns};
use super::plot::{Scale, Slots, line, picture, table};
use crate::components::{clock_words, words};
use backlog::api::charts::{Charts, IterationFigures};
use yew::prelude::*;

const NAME: &str = "velocity";
/// Bars of more iterations would be too thin to tell apart.
const MOST_BARS: usize = 24;
const KINDS: [Mark; 3] = [
    Mark {
        key: "feature",
        words: "Features",
        form: Form::Plain,
    },
    Mark {
        key: "bug",
        words: "Bugs",
        form: Form::Rising,
    },
    Mark {
        key: "chore",
        words: "Chores",
        form: Form::Dotted,
    },
];
const EXPECTED: Mark = Mark {
    key: "expected",
    words: "Velocity until then",
    form: Form::Line,
};

fn points(one: &IterationFigures) -> [u32; 3] {
    [one.features, one.bugs, one.chores]
}

/// The chart; none where nothing was accepted.
pub fn draw(figures: &Charts) -> Option<Drawn> {
    if figures.iterations.iter().all(|one| one.accepted == 0) {
        return None;
    }
    let shown = &figures.iterations[figures.iterations.len().saturating_sub(MOST_BARS)..];
    let most = shown
        .iter()
        .map(|one| points(one).iter().sum::<u32>().max(one.velocity))
        .max()?;
    let (scale, slots) = (Scale::holding(most), Slots(shown.len()));
    let used: Vec<Mark> = KINDS
        .into_iter()
        .enumerate()
        .filter(|(kind, _)| *kind == 0 || shown.iter().any(|one| points(one)[*kind] > 0))
        .map(|(_, mark)| mark)
        .collect();
    let says = says(shown);
    let inside = html! {<>
        { patterns(NAME, &KINDS) }
        { scale.lines() }
        { for shown.iter().enumerate().map(|(place, one)| bar(one, slots.middle(place), (scale, slots))) }
        <path class="mark-line line-expected" d={expected(shown, scale, slots)} />
        { slots.labels(|place| clock_words::day(shown[place].start)) }
    </>};
    let legends: Vec<Mark> = used.into_iter().chain([EXPECTED]).collect();
    Some(Drawn {
        picture: html! {<>{ picture(says.clone(), inside) }{ legend(NAME, &legends) }</>},
        says,
        table: as_table(shown),
    })
}

fn says(shown: &[IterationFigures]) -> String {
    let Some(current) = shown.last() else {
        return String::new();
    };
    let so_far = words::points(points(current).iter().sum());
    let velocity = words::points(current.velocity);
    format!(
        "{so_far} accepted in iteration {} so far; the velocity is {velocity}.",
        current.number
    )
}

fn bar(one: &IterationFigures, middle: f64, (scale, slots): (Scale, Slots)) -> Html {
    let width = (slots.width() * 0.72).min(30.0);
    let mut below = 0;
    let part = |(kind, points): (usize, u32)| {
        let (bottom, top) = (scale.y(below), scale.y(below + points));
        below += points;
        html! {
            <rect key={kind} class="mark-edge" x={format!("{:.1}", middle - width / 2.0)} y={format!("{top:.1}")}
                width={format!("{width:.1}")} height={format!("{:.1}", bottom - top)} fill={KINDS[kind].fill(NAME)} />
        }
    };
    let total: u32 = points(one).iter().sum();
    let told = format!(
        "Iteration {}, {}: {} accepted, {} expected",
        one.number,
        clock_words::range(one.start, one.last),
        words::points(total),
        one.velocity
    );
    let parts: Vec<Html> = points(one)
        .into_iter()
        .enumerate()
        .filter(|(_, points)| *points > 0)
        .map(part)
        .collect();
    html! { <g key={one.number}><title>{ told }</title>{ parts }</g> }
}

fn expected(shown: &[IterationFigures], scale: Scale, slots: Slots) -> String {
    let half = slots.width() / 2.0;
    let ends = shown.iter().enumerate().flat_map(|(place, one)| {
        let (middle, y) = (slots.middle(place), scale.y(one.velocity));
        [(middle - half, y), (middle + half, y)]
    });
    line(ends)
}

fn as_table(shown: &[IterationFigures]) -> Html {
    let row = |one: &IterationFigures| {
        vec![
            one.number.to_string(),
            clock_words::range(one.start, one.last),
            one.features.to_string(),
            one.bugs.to_string(),
            one.chores.to_string(),
            one.velocity.to_string(),
            format!("{} %", one.strength),
        ]
    };
    let heads = [
        "Iteration",
        "Dates",
        "Features",
        "Bugs",
        "Chores",
        "Velocity until then",
        "Team",
    ];
    table("Points by iteration", &heads, shown.iter().rev().map(row).collect())
}

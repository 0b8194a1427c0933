//! How long stories take from their start to their acceptance, by the iteration in which they were accepted.

use super::Drawn;
use super::legend::{Form, Mark, legend};
use super::plot::{Scale, Slots, line, picture, table};
use crate::components::{clock_words, words};
use backlog::api::charts::{Charts, CycleFigures, IterationFigures};
use yew::prelude::*;

const NAME: &str = "cycle-time";
const MOST_MARKS: usize = 24;
/// Below so many hours, people count in hours.
const TWO_DAYS: u32 = 48;
const MEDIAN: Mark = Mark {
    key: "median",
    words: "Half of the stories took no longer",
    form: Form::Line,
};
const MOST: Mark = Mark {
    key: "most",
    words: "85 of 100 took no longer",
    form: Form::Broken,
};

/// The chart; none where no story has a cycle time.
pub fn draw(figures: &Charts) -> Option<Drawn> {
    let timed = |one: &IterationFigures| Some((one.clone(), one.cycle?));
    let all: Vec<(IterationFigures, CycleFigures)> = figures.iterations.iter().filter_map(timed).collect();
    let shown = &all[all.len().saturating_sub(MOST_MARKS)..];
    let (last, _) = shown.last()?;
    let most = shown.iter().map(|(_, cycle)| cycle.most).max()?;
    let unit = if most <= TWO_DAYS { Unit::Hours } else { Unit::Days };
    let (scale, slots) = (Scale::holding(most.div_ceil(unit.hours())), Slots(shown.len()));
    let through = |of: fn(&CycleFigures) -> u32| {
        let points = shown.iter().enumerate();
        line(points.map(|(place, (_, cycle))| (slots.middle(place), height(scale, unit, of(cycle)))))
    };
    let says = says(shown, (last.number, figures.untimed), unit);
    let inside = html! {<>
        { scale.lines() }
        <path class="mark-line line-most" d={through(|cycle| cycle.most)} />
        <path class="mark-line line-median" d={through(|cycle| cycle.median)} />
        { for shown.iter().enumerate().map(|(place, one)| dot(one, slots.middle(place), (scale, unit))) }
        { slots.labels(|place| clock_words::day(shown[place].0.start)) }
    </>};
    Some(Drawn {
        picture: html! {<>{ picture(says.clone(), inside) }{ legend(NAME, &[MEDIAN, MOST]) }</>},
        says,
        table: as_table(shown),
    })
}

/// What the scale counts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Hours,
    Days,
}

impl Unit {
    fn hours(self) -> u32 {
        match self {
            Unit::Hours => 1,
            Unit::Days => 24,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Unit::Hours => "hours",
            Unit::Days => "days",
        }
    }
}

// A time within a unit stands between two lines of the scale.
fn height(scale: Scale, unit: Unit, hours: u32) -> f64 {
    let (whole, rest) = (hours / unit.hours(), hours % unit.hours());
    let (low, high) = (scale.y(whole), scale.y(whole + 1));
    low + (high - low) * f64::from(rest) / f64::from(unit.hours())
}

fn says(shown: &[(IterationFigures, CycleFigures)], (iteration, untimed): (u32, u32), unit: Unit) -> String {
    let Some((_, cycle)) = shown.last() else {
        return String::new();
    };
    let left_out = match untimed {
        0 => String::new(),
        count => format!(
            " Of {} nobody knows when they were started.",
            words::stories(count as usize)
        ),
    };
    format!(
        "In {}. Of the stories accepted in iteration {iteration}, half took no longer than {}, and 85 of 100 no longer than {}.{left_out}",
        unit.words(),
        spelled(cycle.median),
        spelled(cycle.most)
    )
}

/// A time as people say it: in hours below two days, in days and their tenths above.
fn spelled(hours: u32) -> String {
    match hours {
        1 => "1 hour".to_owned(),
        0..TWO_DAYS => format!("{hours} hours"),
        _ => format!("{}.{} days", hours / 24, hours % 24 * 10 / 24),
    }
}

fn dot((one, cycle): &(IterationFigures, CycleFigures), middle: f64, (scale, unit): (Scale, Unit)) -> Html {
    let told = format!(
        "Iteration {}: {}, median {}, 85 of 100 within {}",
        one.number,
        words::stories(cycle.stories as usize),
        spelled(cycle.median),
        spelled(cycle.most)
    );
    let at = |hours: u32| format!("{:.1}", height(scale, unit, hours));
    let x = format!("{middle:.1}");
    html! {
        <g key={one.number}>
            <title>{ told }</title>
            <circle class="mark-dot dot-most" cx={x.clone()} cy={at(cycle.most)} r="2.5" />
            <circle class="mark-dot dot-median" cx={x} cy={at(cycle.median)} r="3.5" />
        </g>
    }
}

fn as_table(shown: &[(IterationFigures, CycleFigures)]) -> Html {
    let row = |(one, cycle): &(IterationFigures, CycleFigures)| {
        vec![
            one.number.to_string(),
            clock_words::range(one.start, one.last),
            cycle.stories.to_string(),
            spelled(cycle.median),
            spelled(cycle.most),
        ]
    };
    let heads = ["Iteration", "Dates", "Stories", "Half within", "85 of 100 within"];
    table("Cycle time by iteration", &heads, shown.iter().rev().map(row).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_said_in_hours_and_then_in_days() {
        let said: Vec<String> = [0, 1, 47, 48, 60, 240].into_iter().map(spelled).collect();
        assert_eq!(
            said,
            ["0 hours", "1 hour", "47 hours", "2.0 days", "2.5 days", "10.0 days"]
        );
    }
}

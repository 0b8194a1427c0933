//! How many stories were in which state, day by day.

use super::Drawn;
use super::legend::{Form, Mark, legend, patterns};
use super::plot::{Days, Scale, line, picture, table};
use crate::components::{clock_words, words};
use backlog::api::charts::{Charts, DayFigures};
use yew::prelude::*;

const NAME: &str = "states";
/// In the order of the figures: what is furthest stands below.
const STATES: [Mark; 7] = [
    mark("accepted", "Accepted", Form::Plain),
    mark("delivered", "Delivered", Form::Rising),
    mark("finished", "Finished", Form::Falling),
    mark("started", "Started", Form::Plain),
    mark("rejected", "Rejected", Form::Lying),
    mark("unstarted", "Unstarted", Form::Dotted),
    mark("unscheduled", "Icebox", Form::Empty),
];

const fn mark(key: &'static str, words: &'static str, form: Form) -> Mark {
    Mark { key, words, form }
}

/// The chart; none where nothing happened.
pub fn draw(figures: &Charts) -> Option<Drawn> {
    let (first, last) = (figures.days.first()?, figures.days.last()?);
    let most = figures.days.iter().map(|day| day.stories.iter().sum()).max()?;
    // The last day is the present: what is so stays so until today.
    let days = Days {
        first: first.day,
        last: figures.today.max(last.day.plus(1)),
    };
    let scale = Scale::holding(most);
    let is_used = |state: &usize| figures.days.iter().any(|day| day.stories[*state] > 0);
    let used: Vec<usize> = (0..STATES.len()).filter(is_used).collect();
    let marks: Vec<Mark> = used.iter().map(|state| STATES[*state]).collect();
    let says = says(last);
    let inside = html! {<>
        { patterns(NAME, &marks) }
        { for used.iter().map(|state| area(*state, &figures.days, (days, scale))) }
        { scale.lines() }
        { days.labels() }
    </>};
    Some(Drawn {
        picture: html! {<>{ picture(says.clone(), inside) }{ legend(NAME, &marks) }</>},
        says,
        table: as_table(&figures.days),
    })
}

fn says(now: &DayFigures) -> String {
    let [accepted, delivered, finished, started, rejected, unstarted, unscheduled] = now.stories;
    let going = delivered + finished + started + rejected;
    format!(
        "{} accepted, {going} in progress, {unstarted} not started, {unscheduled} in the icebox.",
        words::stories(accepted as usize)
    )
}

fn area(state: usize, all: &[DayFigures], (days, scale): (Days, Scale)) -> Html {
    let below = |day: &DayFigures| day.stories[..state].iter().sum::<u32>();
    let above = |day: &DayFigures| below(day) + day.stories[state];
    let path = format!(
        "{}{}Z",
        line(
            steps(all, days, above)
                .into_iter()
                .map(|(x, count)| (x, scale.y(count)))
        ),
        line(
            steps(all, days, below)
                .into_iter()
                .rev()
                .map(|(x, count)| (x, scale.y(count)))
        )
        .replace('M', "L")
    );
    html! {
        <path key={state} class="mark-edge" fill={STATES[state].fill(NAME)} d={path}><title>{ STATES[state].words }</title></path>
    }
}

/// A count stays as it is until the next day of which something is known.
fn steps(all: &[DayFigures], days: Days, count: impl Fn(&DayFigures) -> u32) -> Vec<(f64, u32)> {
    let ends = all.iter().skip(1).map(|day| day.day).chain([days.last]);
    all.iter()
        .zip(ends)
        .flat_map(|(day, end)| [(days.x(day.day), count(day)), (days.x(end), count(day))])
        .collect()
}

fn as_table(all: &[DayFigures]) -> Html {
    let row = |day: &DayFigures| {
        let counts = day.stories.iter().map(u32::to_string);
        [clock_words::day_and_year(day.day)].into_iter().chain(counts).collect()
    };
    let heads: Vec<&'static str> = ["Day"]
        .into_iter()
        .chain(STATES.iter().map(|state| state.words))
        .collect();
    table("Stories by state", &heads, all.iter().rev().map(row).collect())
}

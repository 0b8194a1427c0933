//! The forecast: when each release is expected, and what the coming iterations bring. For people who do not plan; it prints.

use super::due::due_words;
use super::{clock_words, icons, maybe, words};
use crate::board::phrases::capital;
use crate::board::scene::forecast::{Coming, ComingStory, ForecastScene, Later, PaceScene, ReleaseLine};
use crate::board::scene::plan::{Due, Sample};
use backlog::State;
use backlog::plan::Lateness;
use yew::prelude::*;

/// What the sheet shows.
pub fn forecast_sheet(scene: &ForecastScene) -> Html {
    html! {
        <div class="forecast">
            <p class="forecast-of">
                <strong dir="auto">{ scene.project.clone() }</strong>
                { format!(", as it looks on {}", clock_words::day_and_year(scene.today)) }
            </p>
            <section class="forecast-part" aria-labelledby="forecast-releases">
                <h3 id="forecast-releases">{ "Releases" }</h3>
                { releases(&scene.releases) }
            </section>
            <section class="forecast-part" aria-labelledby="forecast-pace">
                <h3 id="forecast-pace">{ "What this rests on" }</h3>
                <p>{ pace(&scene.pace) }</p>
            </section>
            <section class="forecast-part" aria-labelledby="forecast-iterations">
                <h3 id="forecast-iterations">{ "Now and next" }</h3>
                { for scene.iterations.iter().enumerate().map(|(place, coming)| iteration(place, coming)) }
                { maybe(scene.later.as_ref().map(later)) }
            </section>
        </div>
    }
}

fn releases(releases: &[ReleaseLine]) -> Html {
    if releases.is_empty() {
        return html! { <p>{ "No release is planned." }</p> };
    }
    html! { <ul class="forecast-releases">{ for releases.iter().map(release) }</ul> }
}

fn release(line: &ReleaseLine) -> Html {
    let day = clock_words::day_and_year;
    let (class, word) = standing(&line.due);
    html! {
        <li key={line.number} class={classes!("forecast-release", class)}>
            <p class="forecast-title" dir="auto">{ line.title.clone() }</p>
            <p class="forecast-date">
                { maybe(line.due.expected.map(|date| html! { <strong>{ day(date) }</strong> })) }
                { maybe(word.map(|word| html! { <span class="forecast-standing" title={due_words(&line.due)}>{ word }</span> })) }
            </p>
            { maybe(bounds(&line.due).map(|words| html! { <p class="forecast-bounds">{ words }</p> })) }
        </li>
    }
}

// Told by a sign and a word, not by colour alone.
fn standing(due: &Due) -> (&'static str, Option<Html>) {
    match due.lateness {
        Some(Lateness::Late) => ("is-late", Some(html! {<>{ icons::late() }{ "Late" }</>})),
        Some(Lateness::AtRisk) => ("is-at-risk", Some(html! {<>{ icons::late() }{ "At risk" }</>})),
        Some(Lateness::InTime) => ("is-in-time", Some(html! {<>{ icons::check() }{ "In time" }</>})),
        None => ("", None),
    }
}

fn bounds(due: &Due) -> Option<String> {
    let day = clock_words::day;
    let bounds = due.bounds.map(|(early, late)| match late {
        Some(late) => format!("between {} and {}", day(early), day(late)),
        None => format!("{} at the earliest; nobody can tell the latest day", day(early)),
    });
    let deadline = due.deadline.map(|deadline| format!("due {}", day(deadline)));
    let all: Vec<String> = [bounds, deadline].into_iter().flatten().collect();
    (!all.is_empty()).then(|| capital(&all.join(", ")))
}

fn pace(pace: &PaceScene) -> String {
    if let Some(what_if) = pace.what_if {
        let tried = words::points(what_if);
        return format!(
            "You try out {tried} per iteration; measured were {}. All dates here follow from what you try out.",
            pace.points
        );
    }
    let (points, many) = (words::points(pace.points), pace.window.len());
    if pace.window.iter().all(|sample| sample.points == 0) {
        return format!("Nothing is done yet that could be measured. The team expects {points} per iteration.");
    }
    let since = pace.window.last().map_or_else(String::new, |first| from(first, many));
    let range = match pace.volatility {
        0 => " The iterations were alike, so the dates are sharp.".to_owned(),
        percent => {
            format!(" They differed by {percent} % of their mean; the early and late dates take that into account.")
        }
    };
    format!("The team finishes {points} per iteration, measured over {since}.{range}")
}

fn from(first: &Sample, many: usize) -> String {
    let start = clock_words::day(first.start);
    match many {
        1 => format!("the last iteration, since {start}"),
        many => format!("the last {many} iterations, since {start}"),
    }
}

fn iteration(place: usize, coming: &Coming) -> Html {
    let title = match place {
        0 => format!("Now, until {}", clock_words::day(coming.last)),
        _ => clock_words::range(coming.start, coming.last),
    };
    let more = (coming.more > 0)
        .then(|| html! { <li class="forecast-more">{ format!("and {} more", words::stories(coming.more)) }</li> });
    html! {
        <section class="forecast-iteration" key={coming.number} aria-label={format!("Iteration {}", coming.number)}>
            <h4>
                <span>{ title }</span>
                <span class="forecast-points">{ format!("Iteration {}, {}", coming.number, words::points(coming.points)) }</span>
            </h4>
            { match coming.stories.is_empty() {
                true => html! { <p class="forecast-more">{ "Nothing is planned for it." }</p> },
                false => html! {
                    <ul class="forecast-stories">
                        { for coming.stories.iter().map(story) }
                        { maybe(more) }
                    </ul>
                },
            } }
        </section>
    }
}

fn story(shown: &ComingStory) -> Html {
    html! {
        <li key={shown.line.number}>
            { icons::story_type(shown.story_type) }
            <span class="sr-only">{ words::story_type_capital(shown.story_type) }{ ": " }</span>
            <span dir="auto">{ shown.line.title.as_str().to_owned() }</span>
            { maybe(begun(shown.line.state).map(|word| html! { <span class="forecast-state">{ word }</span> })) }
        </li>
    }
}

// That something has not begun says its place.
fn begun(state: State) -> Option<&'static str> {
    match state {
        State::Unscheduled | State::Unstarted => None,
        State::Started | State::Finished | State::Delivered | State::Accepted | State::Rejected => {
            Some(words::state(state))
        }
    }
}

fn later(later: &Later) -> Html {
    html! {
        <p class="forecast-more">
            { format!("Later: {}, until {}.", words::stories(later.stories), clock_words::day_and_year(later.until)) }
        </p>
    }
}

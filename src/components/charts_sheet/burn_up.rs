//! A release on its way: the points that it covers, those that were accepted, and where that leads.

use super::Drawn;
use super::legend::{Form, Mark, legend};
use super::plot::{Days, Scale, line, picture, table};
use crate::board::msg::{ChartsMsg, Msg};
use crate::components::{clock_words, words};
use backlog::api::charts::{BurnDay, BurnUp, Charts};
use backlog::{Day, StoryId};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

const NAME: &str = "burn-up";
const SCOPE: Mark = mark("scope", "Points that it covers", Form::Line);
const ACCEPTED: Mark = mark("accepted", "Points accepted", Form::Line);
const PROJECTED: Mark = mark("projected", "Where that leads", Form::Broken);
const DEADLINE: Mark = mark("deadline", "Deadline", Form::Broken);

const fn mark(key: &'static str, words: &'static str, form: Form) -> Mark {
    Mark { key, words, form }
}

/// Which release is drawn, where there are several.
pub fn choice(figures: &Charts, chosen: Option<StoryId>, dispatch: &Callback<Msg>) -> Html {
    if figures.releases.len() < 2 {
        return html! {};
    }
    let releases: Vec<StoryId> = figures.releases.iter().map(|release| release.story).collect();
    let dispatch = dispatch.clone();
    let on_chosen = Callback::from(move |event: Event| {
        let place = event.target_unchecked_into::<HtmlSelectElement>().selected_index();
        if let Some(release) = usize::try_from(place).ok().and_then(|place| releases.get(place)) {
            dispatch.emit(Msg::Charts(ChartsMsg::ReleaseChosen(*release)));
        }
    });
    let option = |release: &BurnUp| {
        html! {
            <option key={release.number} selected={Some(release.story) == chosen}>{ release.title.as_str().to_owned() }</option>
        }
    };
    html! {
        <label class="chart-choice">
            <span class="sr-only">{ "Release" }</span>
            <select class="field" onchange={on_chosen}>{ for figures.releases.iter().map(option) }</select>
        </label>
    }
}

/// The chart; none where nothing is known of the release.
pub fn draw(release: &BurnUp, today: Day) -> Option<Drawn> {
    let (first, now) = (release.days.first()?, release.days.last()?);
    let ends = [Some(release.date), release.late, release.deadline, Some(today)];
    let days = Days {
        first: first.day,
        last: ends.into_iter().flatten().max()?.max(first.day.plus(1)),
    };
    let scale = Scale::holding(release.days.iter().map(|day| day.scope).max()?);
    let stairs = |of: fn(&BurnDay) -> u32| stairs(release, today, (days, scale), of);
    let from = (days.x(today), scale.y(now.accepted));
    let to = |day: Day| line([from, (days.x(day), scale.y(now.scope))].into_iter());
    let says = says(release, now);
    let inside = html! {<>
        { scale.lines() }
        { between(release, (days, scale), (from, now.scope)) }
        { vertical("line-deadline", release.deadline, days) }
        <path class="mark-line line-scope" d={stairs(|day| day.scope)} />
        <path class="mark-line line-projected" d={to(release.date)} />
        <path class="mark-line line-accepted" d={stairs(|day| day.accepted)} />
        { days.labels() }
    </>};
    let marks = [
        Some(SCOPE),
        Some(ACCEPTED),
        Some(PROJECTED),
        release.deadline.map(|_| DEADLINE),
    ];
    let marks: Vec<Mark> = marks.into_iter().flatten().collect();
    Some(Drawn {
        picture: html! {<>{ picture(says.clone(), inside) }{ legend(NAME, &marks) }</>},
        says,
        table: as_table(release),
    })
}

fn stairs(release: &BurnUp, today: Day, (days, scale): (Days, Scale), of: fn(&BurnDay) -> u32) -> String {
    let ends = release.days.iter().skip(1).map(|day| day.day).chain([today]);
    let corners = release.days.iter().zip(ends).flat_map(|(day, end)| {
        let y = scale.y(of(day));
        [(days.x(day.day), y), (days.x(end.max(day.day)), y)]
    });
    line(corners)
}

/// What lies between the early and the late day.
fn between(release: &BurnUp, (days, scale): (Days, Scale), (from, scope): ((f64, f64), u32)) -> Html {
    let y = scale.y(scope);
    let late = release.late.unwrap_or(days.last);
    let corners = [from, (days.x(release.early), y), (days.x(late), y)];
    html! { <path class="chart-between" d={format!("{}Z", line(corners.into_iter()))} /> }
}

fn vertical(class: &'static str, day: Option<Day>, days: Days) -> Html {
    let Some(day) = day else { return html! {} };
    let x = format!("{:.1}", days.x(day));
    let (top, bottom) = ("10".to_owned(), (super::plot::HEIGHT - 26.0).to_string());
    html! { <line class={classes!("mark-line", class)} x1={x.clone()} x2={x} y1={top} y2={bottom} /> }
}

fn says(release: &BurnUp, now: &BurnDay) -> String {
    let date = clock_words::day_and_year(release.date);
    let (early, late) = (
        clock_words::day_and_year(release.early),
        release.late.map(clock_words::day_and_year),
    );
    let bounds = match late {
        Some(late) if late == early => String::new(),
        Some(late) => format!(", between {early} and {late}"),
        None => format!(", {early} at the earliest, and nobody can tell how late"),
    };
    let deadline = match release.deadline {
        Some(day) if release.date > day => format!(" That is after the deadline, {}.", clock_words::day_and_year(day)),
        Some(day) => format!(" The deadline is {}.", clock_words::day_and_year(day)),
        None => String::new(),
    };
    format!(
        "{} of {} accepted. Complete on {date}{bounds}.{deadline}",
        now.accepted,
        words::points(now.scope)
    )
}

fn as_table(release: &BurnUp) -> Html {
    let row = |day: &BurnDay| {
        vec![
            clock_words::day_and_year(day.day),
            day.scope.to_string(),
            day.accepted.to_string(),
        ]
    };
    let heads = ["Day", "Points that it covers", "Points accepted"];
    table("Release burn-up", &heads, release.days.iter().rev().map(row).collect())
}

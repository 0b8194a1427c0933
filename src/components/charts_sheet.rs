//! The sheet of charts. Each is a figure with a sentence that says what it shows, and can be read as a table.

mod burn_up;
mod cycle_time;
mod legend;
mod plot;
mod states;
mod velocity;

use super::maybe;
use crate::board::msg::{ChartsMsg, Msg};
use crate::board::scene::charts::{Chart, ChartsScene};
use backlog::api::charts::Charts;
use yew::prelude::*;

/// What the sheet shows.
#[derive(Properties, PartialEq)]
pub struct ChartsSheetProps {
    /// The charts.
    pub scene: ChartsScene,
    /// Takes what a hand does.
    pub dispatch: Callback<Msg>,
}

/// A chart as it is drawn, as a table, and in words.
struct Drawn {
    /// What it shows, in a sentence.
    says: String,
    picture: Html,
    table: Html,
}

/// The sheet of charts.
#[component]
pub fn ChartsSheet(props: &ChartsSheetProps) -> Html {
    let ChartsSheetProps { scene, dispatch } = props;
    let trouble = scene.trouble.as_ref();
    let trouble = trouble.map(|words| html! { <p class="chart-trouble" role="status">{ words.clone() }</p> });
    html! {
        <div class="charts">
            { maybe(trouble) }
            { match &scene.figures {
                Some(figures) => all(scene, figures, dispatch),
                None => html! { <p class="chart-none">{ "Reading the history…" }</p> },
            } }
        </div>
    }
}

fn all(scene: &ChartsScene, figures: &Charts, dispatch: &Callback<Msg>) -> Html {
    let release = figures
        .releases
        .iter()
        .find(|release| Some(release.story) == scene.release);
    let burn_up = release.and_then(|release| burn_up::draw(release, figures.today));
    html! {<>
        { figure((Chart::Velocity, scene), velocity::draw(figures), html! {}, dispatch) }
        { figure((Chart::BurnUp, scene), burn_up, burn_up::choice(figures, scene.release, dispatch), dispatch) }
        { figure((Chart::CycleTime, scene), cycle_time::draw(figures), html! {}, dispatch) }
        { figure((Chart::States, scene), states::draw(figures), html! {}, dispatch) }
    </>}
}

fn figure((chart, scene): (Chart, &ChartsScene), drawn: Option<Drawn>, choice: Html, dispatch: &Callback<Msg>) -> Html {
    let is_table = scene.tables.contains(&chart);
    let heading = format!("chart-{}", chart.key());
    let toggle = drawn.is_some().then(|| {
        html! {
            <button type="button" class="button quiet chart-toggle" aria-pressed={is_table.to_string()}
                aria-label={format!("{} as a table", chart.title())}
                onclick={dispatch.reform(move |_| Msg::Charts(ChartsMsg::TableToggled(chart)))}>{ "As a table" }</button>
        }
    });
    html! {
        <figure class="chart" data-chart={chart.key()} aria-labelledby={heading.clone()}>
            <figcaption class="chart-head">
                <h3 id={heading}>{ chart.title() }</h3>
                { maybe(toggle) }
            </figcaption>
            { choice }
            { match drawn {
                None => html! { <p class="chart-none">{ nothing(chart) }</p> },
                Some(drawn) => html! {<>
                    <p class="chart-says">{ drawn.says }</p>
                    { if is_table { drawn.table } else { drawn.picture } }
                </>},
            } }
        </figure>
    }
}

fn nothing(chart: Chart) -> &'static str {
    match chart {
        Chart::Velocity => "Nothing was accepted yet. Each iteration will have a bar here.",
        Chart::BurnUp => "There is no release to follow. Add a story of type release below those that ship with it.",
        Chart::CycleTime => "No story was started and accepted yet. How long that takes will show here.",
        Chart::States => "Nothing happened yet. How many stories are in which state will show here, day by day.",
    }
}

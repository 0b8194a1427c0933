//! What stands in the page while nothing is known yet: the page's own shape. `index.html` holds the same, for the time
//! before this program runs.

use crate::board::column::Column;
use yew::prelude::*;

// How wide the titles to come look, in rows; uneven, as titles are.
const WIDTHS: [&str; 8] = ["w5", "w3", "w4", "w2", "w5", "w4", "w3", "w2"];

/// The columns to come.
#[component]
pub fn Skeleton() -> Html {
    html! {
        <div class="columns skeleton" data-shown="current" aria-busy="true">
            { for [Column::Current, Column::Backlog, Column::Icebox].map(empty_column) }
        </div>
    }
}

fn empty_column(column: Column) -> Html {
    html! {
        <section class="panel" key={column.key()} data-panel={column.key()}>
            <header class="panel-head"><h2>{ column.title() }</h2></header>
            <div class="ghosts" aria-hidden="true">
                { for WIDTHS.map(|width| html! { <span class={classes!("ghost", width)}></span> }) }
            </div>
        </section>
    }
}

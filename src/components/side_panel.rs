//! The sheet beside the columns: its heading, and what it holds.

use crate::board::msg::Msg;
use crate::board::sheet::SheetScene;
use yew::prelude::*;

/// What the sheet shows.
#[derive(Properties, PartialEq)]
pub struct SidePanelProps {
    /// The sheet.
    pub sheet: SheetScene,
    /// Takes what a hand does.
    pub dispatch: Callback<Msg>,
}

/// The sheet.
#[component]
pub fn SidePanel(props: &SidePanelProps) -> Html {
    let SidePanelProps { sheet: scene, dispatch } = props;
    let sheet = scene.sheet;
    html! {
        <section class="sheet" role="region" aria-label={sheet.title()} data-sheet={sheet.key()}>
            <header class="panel-head">
                <h2>{ sheet.title() }</h2>
                <button type="button" class="button quiet sheet-close" aria-label={format!("Close {}", sheet.title())}
                    onclick={dispatch.reform(move |_| Msg::SheetToggled(sheet))}>{ "Close" }</button>
            </header>
            <div class="sheet-body" tabindex="0"></div>
        </section>
    }
}

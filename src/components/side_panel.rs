//! The sheet beside the columns: its heading, and what it holds.

use super::charts_sheet::ChartsSheet;
use super::epics_sheet::epics_sheet;
use super::exchange_sheet::exchange_sheet;
use super::forecast_sheet::forecast_sheet;
use super::settings_sheet::settings_sheet;
use crate::board::msg::Msg;
use crate::board::sheet::{SheetBody, SheetScene};
use yew::prelude::*;

/// What the sheet shows.
#[derive(Properties, PartialEq)]
pub struct SidePanelProps {
    /// The sheet.
    pub sheet: SheetScene,
    /// Takes what a hand does.
    pub dispatch: Callback<Msg>,
}

/// The sheet. Escape closes it, from wherever in it.
#[component]
pub fn SidePanel(props: &SidePanelProps) -> Html {
    let SidePanelProps { sheet: scene, dispatch } = props;
    let sheet = scene.sheet;
    let escaped = dispatch.clone();
    let on_key = Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Escape" && !event.default_prevented() {
            event.stop_propagation();
            escaped.emit(Msg::SheetToggled(sheet));
        }
    });
    html! {
        <section class="sheet" role="region" aria-label={scene.title} data-sheet={sheet.key()} data-reading="true"
            onkeydown={on_key}>
            <header class="panel-head">
                <h2 id="sheet-title" tabindex="-1">{ scene.title }</h2>
                <button type="button" class="button quiet sheet-close" aria-label={format!("Close {}", scene.title)}
                    onclick={dispatch.reform(move |_| Msg::SheetToggled(sheet))}>{ "Close" }</button>
            </header>
            <div class="sheet-body" key={sheet.key()} tabindex="0" role="group" aria-label={scene.title}>{ body(scene, dispatch) }</div>
        </section>
    }
}

fn body(scene: &SheetScene, dispatch: &Callback<Msg>) -> Html {
    match &scene.body {
        SheetBody::Nothing => html! {},
        SheetBody::Charts(charts) => html! { <ChartsSheet scene={charts.clone()} dispatch={dispatch.clone()} /> },
        SheetBody::Forecast(forecast) => forecast_sheet(forecast),
        SheetBody::Epics(epics) => epics_sheet(epics, dispatch),
        SheetBody::Settings(settings) => settings_sheet(settings, dispatch),
        SheetBody::Exchange(exchange) => exchange_sheet(exchange, dispatch),
    }
}

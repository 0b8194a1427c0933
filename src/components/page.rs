//! The project's page: header, notice, columns, and the switcher between them where there is room for one.

use super::board_header::BoardHeader;
use super::board_nav::board_nav;
use super::help::Help;
use super::left_bar::LeftBar;
use super::notice_bar::NoticeBar;
use super::removed::removed;
use super::resize::use_resize;
use super::selection_bar::SelectionBar;
use super::side_panel::SidePanel;
use super::signed_out_bar::signed_out_bar;
use super::toast::ToastBar;
use super::velocity::what_if_bar;
use super::{AttentionTray, Panel, Skeleton, maybe};
use crate::board::column::Column;
use crate::board::msg::Msg;
use crate::board::scene::{Body, ColumnScene, Scene};
use std::rc::Rc;
use yew::prelude::*;

/// What the page shows.
#[derive(Properties, PartialEq)]
pub struct BoardPageProps {
    /// The scene.
    pub scene: Rc<Scene>,
    /// Takes what a hand does.
    pub dispatch: Callback<Msg>,
}

/// The project's page.
#[component]
pub fn BoardPage(props: &BoardPageProps) -> Html {
    let BoardPageProps { scene, dispatch } = props;
    let ruler = use_node_ref();
    use_resize(&ruler, dispatch, |row| Msg::RowMeasured(row.offset_height()));
    html! {
        <div class={classes!("page", scene.moving.then_some("is-moving"), scene.selection.as_ref().map(|_| "is-selecting"))}>
            <BoardHeader header={scene.header.clone()} search={scene.search.clone()} dispatch={dispatch.clone()} />
            { maybe(scene.notice.as_ref().map(|notice| html! {
                <NoticeBar notice={notice.clone()} dispatch={dispatch.clone()} />
            })) }
            { maybe(scene.signed_out.as_ref().map(signed_out_bar)) }
            { maybe(scene.left.as_ref().map(|left| html! {
                <LeftBar left={left.clone()} dispatch={dispatch.clone()} />
            })) }
            { board_nav(&scene.header, dispatch) }
            <main class="main">
                { maybe(scene.header.velocity.as_ref().map(|velocity| what_if_bar(velocity, dispatch))) }
                { body(scene, dispatch) }
            </main>
            { maybe(scene.toast.as_ref().map(|toast| html! {
                <ToastBar toast={toast.clone()} dispatch={dispatch.clone()} />
            })) }
            { maybe(scene.hint.map(|hint| html! { <p class="toast hint">{ hint }</p> })) }
            { maybe(scene.tray.as_ref().map(|tray| html! {
                <AttentionTray tray={tray.clone()} dispatch={dispatch.clone()} />
            })) }
            { maybe(scene.help.then(|| html! {
                <Help rights={scene.header.standing.map(|standing| standing.rights).unwrap_or_default()} dispatch={dispatch.clone()} />
            })) }
            <div id="announcer" class="sr-only" aria-live="polite" aria-atomic="true"></div>
            <div ref={ruler} class="row-ruler" aria-hidden="true"></div>
        </div>
    }
}

fn body(scene: &Scene, dispatch: &Callback<Msg>) -> Html {
    match &scene.body {
        Body::Loading => html! { <Skeleton /> },
        Body::Unavailable => sentence(
            "The server does not answer",
            "This page keeps trying and comes back by itself. If the server is yours, see that it runs.",
            html! {},
        ),
        Body::NoProject => sentence(
            "There is no such project",
            "The address may be mistyped, or the project is gone.",
            html! { <a class="button" href="/">{ "See all projects" }</a> },
        ),
        Body::Removed(scene) => removed(scene, dispatch),
        Body::Columns(columns) => html! {<>
            <div class="desk">
                <div class="columns" data-shown={scene.shown.key()}>
                    { for columns.iter().map(|column| panel(column, dispatch)) }
                </div>
                { maybe(scene.sheet.as_ref().map(|sheet| html! {
                    <SidePanel sheet={sheet.clone()} dispatch={dispatch.clone()} />
                })) }
            </div>
            { maybe(scene.selection.as_ref().map(|selection| html! {
                <SelectionBar scene={selection.clone()} dispatch={dispatch.clone()} />
            })) }
            { switcher(scene.shown, columns, dispatch) }
        </>},
    }
}

fn panel(scene: &ColumnScene, dispatch: &Callback<Msg>) -> Html {
    html! { <Panel key={scene.column.key()} scene={scene.clone()} dispatch={dispatch.clone()} /> }
}

fn sentence(what: &'static str, then: &'static str, way_on: Html) -> Html {
    html! {
        <div class="sentence">
            <h2>{ what }</h2>
            <p>{ then }</p>
            { way_on }
        </div>
    }
}

// Seen only where the page is narrow. A column that is not shown is shown from then on.
fn switcher(shown: Column, columns: &[ColumnScene], dispatch: &Callback<Msg>) -> Html {
    let tab = |column: Column| {
        let scene = columns.iter().find(|scene| scene.column == column);
        let on_clicked = match scene {
            Some(_) => dispatch.reform(move |_| Msg::ColumnChosen(column)),
            None => dispatch.reform(move |_| Msg::PanelToggled(column)),
        };
        html! {
            <button type="button" class="tab" key={column.key()} data-drop={scene.map(|_| column.key())}
                aria-current={(column == shown).then_some("true")} onclick={on_clicked}>
                { column.title() }
                { for scene.map(|scene| html! { <span class="tab-count" aria-hidden="true">{ scene.stories }</span> }) }
            </button>
        }
    };
    html! { <nav class="switcher" aria-label="Columns">{ for Column::ALL.map(tab) }</nav> }
}

//! A column: its heading, and its rows in a scroller of their own. Only the rows in sight are in the page; gaps keep
//! the room of the others.

use super::iteration_form::iteration_form;
use super::iteration_line::{empty_iterations, iteration_button};
use super::resize::use_resize;
use super::selection_mark::select_button;
use super::{IterationRule, StoryCard, StoryForm, icons, maybe, words};
use crate::board::column::Column;
use crate::board::msg::Msg;
use crate::board::scene::plan::IterationForm;
use crate::board::scene::{Adds, ColumnScene, Row};
use web_sys::HtmlElement;
use yew::prelude::*;

/// What the column shows.
#[derive(Properties, PartialEq)]
pub struct PanelProps {
    /// The column.
    pub scene: ColumnScene,
    /// Takes what a hand does.
    pub dispatch: Callback<Msg>,
}

/// A column.
#[component]
pub fn Panel(props: &PanelProps) -> Html {
    let PanelProps { scene, dispatch } = props;
    let (column, sets) = (scene.column, scene.sets_iterations);
    // A list without items is no list to those who hear the page.
    let has_rows = !scene.rows.is_empty();
    let scroller = use_node_ref();
    use_resize(&scroller, dispatch, move |scroller| scrolled(column, scroller));
    let on_scrolled =
        dispatch.reform(move |event: Event| scrolled(column, &event.target_unchecked_into::<HtmlElement>()));
    html! {
        <section class="panel" role="region" aria-label={column.title()} data-panel={column.key()}>
            <header class="panel-head">
                <h2>{ column.title() }</h2>
                { counts(scene) }
                { maybe(scene.selects.then(|| select_button(scene, dispatch))) }
                { maybe((scene.adds != Adds::No).then(|| add_button(scene, dispatch))) }
            </header>
            { maybe(scene.line.as_ref().map(|line| html! {
                <div class="iteration is-pinned">{ iteration_button((line, sets), dispatch) }</div>
            })) }
            { maybe(form_at(scene, Pinned::Yes).map(|form| iteration_form(form, dispatch))) }
            <div class="scroller" ref={scroller} data-column={column.key()} onscroll={on_scrolled}>
                <div class="content" style={content_style(scene.height)}>
                    <ul class="rows" role={has_rows.then_some("list")}>
                        { rows(scene, dispatch) }
                    </ul>
                    { maybe(scene.drop_at.map(|at| drop_line(at, scene.carried))) }
                    { maybe(form_at(scene, Pinned::No).map(|form| iteration_form(form, dispatch))) }
                </div>
                { maybe(is_empty(scene).then(|| empty_words(scene))) }
            </div>
        </section>
    }
}

fn scrolled(column: Column, scroller: &HtmlElement) -> Msg {
    Msg::Scrolled {
        column,
        top: scroller.scroll_top(),
        height: scroller.client_height(),
    }
}

// The room of all rows, whichever of them are in the page: while rows are exchanged the list is shorter for a moment, and a
// browser that measures it then would scroll up for good.
fn content_style(height: i32) -> String {
    format!("min-block-size:max(var(--row), {height}px)")
}

fn counts(scene: &ColumnScene) -> Html {
    html! {
        <p class="panel-counts">
            <span class="panel-stories">{ words::stories(scene.stories) }</span>
            <span class="panel-points">{ words::points(scene.points) }</span>
        </p>
    }
}

fn add_button(scene: &ColumnScene, dispatch: &Callback<Msg>) -> Html {
    let column = scene.column;
    let is_begun = scene.adds == Adds::Begun;
    let title = if is_begun {
        "Go on with the story that you began (a)"
    } else {
        "Add story (a)"
    };
    html! {
        <button type="button" class={classes!("button", "quiet", "panel-add", is_begun.then_some("is-begun"))} aria-label="Add story" {title}
            onclick={dispatch.reform(move |_| Msg::AddClicked(column))}>
            { icons::plus() }<span class="panel-add-words">{ "Add story" }</span>
        </button>
    }
}

// The rows above the open form and those below it are lists of their own: a row that changes sides is then made anew, and the
// form's element is never the one that is moved, which would take the focus from the field in which one writes.
fn rows(scene: &ColumnScene, dispatch: &Callback<Msg>) -> Html {
    let (rows, sets) = (&*scene.rows, scene.sets_iterations);
    let is_form = |row: &Row| match row {
        Row::Form(_) => true,
        Row::Gap { .. } | Row::Iteration(_) | Row::EmptyIterations(_) | Row::Card(_) => false,
    };
    let place = rows.iter().position(is_form);
    let (above, rest) = rows.split_at(place.unwrap_or(rows.len()));
    let (form, below) = rest.split_at(rest.len().min(1));
    let all = |rows: &[Row]| rows.iter().map(|shown| row((shown, sets), dispatch)).collect::<Html>();
    html! {<>
        <>{ all(above) }</>
        <>{ all(form) }</>
        <>{ all(below) }</>
    </>}
}

// Keyed, so that a row keeps its element when others come and go around it.
fn row((row, sets): (&Row, bool), dispatch: &Callback<Msg>) -> Html {
    match row {
        Row::Gap { key, height } => html! {
            <li key={format!("gap-{key}")} class="gap" role="presentation" aria-hidden="true"
                style={format!("height:{height}px")}></li>
        },
        Row::Iteration(line) => {
            html! {
                <IterationRule key={format!("iteration-{}", line.number)} line={line.clone()} {sets} dispatch={dispatch.clone()} />
            }
        }
        Row::EmptyIterations(line) => empty_iterations(line),
        Row::Card(card) => html! {
            <StoryCard key={card.story.id.0.0} card={card.clone()} dispatch={dispatch.clone()} />
        },
        Row::Form(form) => html! {
            <StoryForm key={form.id.0.0} form={(**form).clone()} dispatch={dispatch.clone()} />
        },
    }
}

/// Whether something stands above the rows, where it is not scrolled.
#[derive(PartialEq)]
enum Pinned {
    Yes,
    No,
}

fn form_at(scene: &ColumnScene, pinned: Pinned) -> Option<&IterationForm> {
    let is_pinned = |form: &&IterationForm| form.at.is_none() == (pinned == Pinned::Yes);
    scene.iteration.as_ref().filter(is_pinned)
}

fn drop_line(at: i32, carried: usize) -> Html {
    let count = (carried > 1).then(|| html! { <span class="drop-count">{ words::stories(carried) }</span> });
    html! {
        <div class="drop-line" aria-hidden="true" style={format!("inset-block-start:{at}px")}>{ maybe(count) }</div>
    }
}

fn is_empty(scene: &ColumnScene) -> bool {
    let open = scene.rows.iter().any(|row| match row {
        Row::Form(_) => true,
        Row::Gap { .. } | Row::Iteration(_) | Row::EmptyIterations(_) | Row::Card(_) => false,
    });
    scene.stories == 0 && !open
}

fn empty_words(scene: &ColumnScene) -> Html {
    let (what, then) = match scene.column {
        column if scene.searching => ("Nothing found here", searched_words(column)),
        Column::Done => (
            "Nothing is done yet",
            "What is accepted moves here when its iteration is over.",
        ),
        Column::Current if scene.adds == Adds::No => ("Nothing to do now", "What the team works on stands here."),
        Column::Backlog if scene.adds == Adds::No => ("Nothing is planned", "What the team will do next stands here."),
        Column::Icebox if scene.adds == Adds::No => ("No ideas yet", "What may become a story one day stands here."),
        Column::Current => ("Nothing to do now", "Add a story, or start one of the backlog."),
        Column::Backlog => ("Nothing is planned", "Add a story, or drag one here out of the icebox."),
        Column::Icebox => ("No ideas yet", "Put here what may become a story one day."),
    };
    html! { <p class="panel-empty"><strong>{ what }</strong><span>{ then }</span></p> }
}

fn searched_words(column: Column) -> &'static str {
    match column {
        Column::Done => "No story that is done is like that.",
        Column::Current => "No story of this iteration is like that.",
        Column::Backlog => "No story that is planned is like that.",
        Column::Icebox => "No idea is like that.",
    }
}

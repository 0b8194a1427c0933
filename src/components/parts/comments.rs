//! What was said about a story, oldest first, and the field for more.

use super::comment_field::CommentField;
use super::{Opened, field, section};
use crate::board::may::Deed;
use crate::board::msg::{Aside, PartsMsg};
use crate::components::markdown::markdown;
use crate::components::{clock_words, maybe};
use backlog::{Comment, Edit, Story};
use yew::prelude::*;

/// So many comments are shown; earlier ones at a click.
const SHOWN: usize = 30;

/// Whether there is anything to show.
pub fn are_shown(opened: Opened<'_>) -> bool {
    opened.may(Deed::Comment) || opened.story.said().next().is_some()
}

/// The comments.
pub fn comments(opened: Opened<'_>) -> Html {
    let count = opened.story.said().count();
    let shown = (count > 0).then(|| html! { <span class="part-count">{ count }</span> });
    let earlier = count.saturating_sub(SHOWN);
    let all: Vec<Html> = opened.story.said().map(|said| comment(opened, said)).collect();
    let (folded, latest) = all.split_at(earlier);
    let folded = (!folded.is_empty()).then(|| {
        html! {
            <details class="comments-earlier">
                <summary>{ format!("{earlier} earlier comments") }</summary>
                <ul class="comments">{ for folded.iter().cloned() }</ul>
            </details>
        }
    });
    let body = html! {<>
        { maybe(folded) }
        { maybe((!latest.is_empty()).then(|| html! { <ul class="comments">{ for latest.iter().cloned() }</ul> })) }
        { maybe(opened.may(Deed::Comment).then(|| fresh(opened))) }
    </>};
    section("Comments", maybe(shown), body)
}

/// Where a new one is written.
fn fresh(opened: Opened<'_>) -> Html {
    html! {
        <div class="comment-new">
            { text_field(opened, Aside::Comment) }
            <div class="part-line">
                <button type="button" class="button" title="Ctrl or Cmd with Enter" onclick={opened.says(PartsMsg::Sent(opened.story.id, Aside::Comment))}>
                    { "Post comment" }
                </button>
            </div>
        </div>
    }
}

fn text_field(opened: Opened<'_>, aside: Aside) -> Html {
    let asides = &opened.parts.asides;
    let touched = asides.get(aside).is_some_and(|typed| typed.text != typed.from);
    html! {
        <CommentField story={opened.story.id} {aside} {touched} text={asides.text(aside).to_owned()}
            problem={opened.parts.problem(aside).map(str::to_owned)} people={opened.parts.people.clone()}
            dispatch={opened.dispatch.clone()} />
    }
}

fn comment(opened: Opened<'_>, said: &Comment) -> Html {
    let aside = Aside::Reworded(said.id);
    let is_written = opened.parts.asides.get(aside).is_some();
    let author = said.author.map_or("Someone", |who| opened.parts.name(who)).to_owned();
    let edited = said.edited_at.map(|at| {
        html! { <span class="comment-edited" title={clock_words::date_and_time(at)}>{ "edited" }</span> }
    });
    let own = said.author == Some(opened.parts.me) && !is_written && opened.may(Deed::Comment);
    html! {
        <li key={said.id.0.to_string()} class="comment">
            <p class="comment-head">
                <strong dir="auto">{ author }</strong>
                <span class="comment-when" title={clock_words::date_and_time(said.at)}>{ clock_words::ago(said.at, opened.parts.now) }</span>
                { maybe(edited) }
                { maybe(own.then(|| own_buttons(opened, said))) }
            </p>
            { if is_written { written(opened, aside) } else { words(opened, said) } }
        </li>
    }
}

fn words(opened: Opened<'_>, said: &Comment) -> Html {
    let text = markdown(said.text.as_str(), &opened.parts.readings, opened.dispatch);
    html! { <div class="comment-text">{ text }</div> }
}

fn own_buttons(opened: Opened<'_>, said: &Comment) -> Html {
    let (story, id): (&Story, _) = (opened.story, said.id);
    html! {
        <span class="part-buttons">
            <button type="button" class="button quiet part-do" data-part={id.0.to_string()}
                onclick={opened.says(PartsMsg::Opened(story.id, Aside::Reworded(id)))}>{ "Edit" }</button>
            <button type="button" class="button quiet part-do" onclick={opened.edits(Edit::CommentRemoved(id))}>{ "Take back" }</button>
        </span>
    }
}

fn written(opened: Opened<'_>, aside: Aside) -> Html {
    html! {<>
        { text_field(opened, aside) }
        <div class="part-line">{ field::buttons(opened, aside, "Save") }</div>
    </>}
}

//! Drawings: 16 by 16, of our own, in the colour of the text around them. They say nothing to those who hear the page;
//! the words stand beside them.

use backlog::{State, StoryType};
use yew::prelude::*;

/// The shape of a story type: star, beetle, cog, flag.
pub fn story_type(story_type: StoryType) -> Html {
    match story_type {
        StoryType::Feature => drawn(
            "icon icon-feature",
            html! {
                <path fill="currentColor" stroke="currentColor" stroke-width="1.2" stroke-linejoin="round"
                    d="M8 2.2 9.7 6l4.1.4-3.1 2.8.9 4.1L8 11.1l-3.6 2.2.9-4.1L2.2 6.4 6.3 6z" />
            },
        ),
        StoryType::Bug => drawn(
            "icon icon-bug",
            html! {<>
                <ellipse cx="8" cy="9.2" rx="3.4" ry="4.3" fill="currentColor" />
                <path fill="none" stroke="currentColor" stroke-width="1.3" stroke-linecap="round"
                    d="M5.9 4.6A2.1 2.1 0 0 1 8 2.8a2.1 2.1 0 0 1 2.1 1.8" />
                <path fill="none" stroke="currentColor" stroke-width="1.3" stroke-linecap="round"
                    d="M4.4 7.2 2.2 5.9M4.2 9.6H1.7M4.6 11.8l-2 1.6M11.6 7.2l2.2-1.3M11.8 9.6h2.5M11.4 11.8l2 1.6" />
            </>},
        ),
        StoryType::Chore => drawn(
            "icon icon-chore",
            html! {<>
                <circle cx="8" cy="8" r="3.6" fill="none" stroke="currentColor" stroke-width="2" />
                <circle cx="8" cy="8" r="5.6" fill="none" stroke="currentColor" stroke-width="2" pathLength="16"
                    stroke-dasharray="1 1" />
            </>},
        ),
        StoryType::Release => drawn(
            "icon icon-release",
            html! {<>
                <path fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" d="M3.5 2v12" />
                <path fill="currentColor" d="M4.6 2.6c2.6-1.2 4.8 1.2 8.6 0l-1.8 3.2 1.8 3.2c-3.8 1.2-6-1.2-8.6 0z" />
            </>},
        ),
    }
}

/// The shape of a state: a ring that fills.
pub fn state(state: State) -> Html {
    match state {
        State::Unscheduled => ring("icon icon-state", "1.6 1.6", html! {}),
        State::Unstarted => ring("icon icon-state", "none", html! {}),
        State::Started => ring("icon icon-state icon-started", "none", pie("7.07 14.14")),
        State::Finished => ring("icon icon-state icon-finished", "none", pie("10.6 14.14")),
        State::Delivered => ring("icon icon-state icon-delivered", "none", pie("14.14 0")),
        State::Accepted => disc("icon icon-state icon-accepted", "m5.2 8.2 2 2 3.6-4.2"),
        State::Rejected => disc("icon icon-state icon-rejected", "m5.8 5.8 4.4 4.4M10.2 5.8l-4.4 4.4"),
    }
}

/// Late: a clock.
pub fn late() -> Html {
    drawn(
        "icon icon-late",
        html! {<>
            <circle cx="8" cy="8" r="5.8" fill="none" stroke="currentColor" stroke-width="1.5" />
            <path fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"
                d="M8 4.8V8l2.2 1.6" />
        </>},
    )
}

/// Two texts in one place.
pub fn conflict() -> Html {
    drawn(
        "icon icon-conflict",
        html! {<>
            <path fill="none" stroke="currentColor" stroke-width="1.4" stroke-linejoin="round" d="M2.5 2.5h7v7h-7z" />
            <path fill="currentColor" stroke="currentColor" stroke-width="1.4" stroke-linejoin="round" opacity="0.85"
                d="M6.5 6.5h7v7h-7z" />
        </>},
    )
}

/// Something to add.
pub fn plus() -> Html {
    drawn(
        "icon",
        html! {
            <path fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" d="M8 3v10M3 8h10" />
        },
    )
}

/// Something to take hold of.
pub fn grip() -> Html {
    drawn(
        "icon icon-grip",
        html! {
            <path fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"
                d="M6 4h.01M10 4h.01M6 8h.01M10 8h.01M6 12h.01M10 12h.01" />
        },
    )
}

/// Something checked.
pub fn check() -> Html {
    drawn(
        "icon icon-check",
        html! {
            <path fill="none" stroke="currentColor" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round"
                d="m3.6 8.4 2.9 2.9 5.9-6.4" />
        },
    )
}

/// Something that opens upwards.
pub fn more() -> Html {
    drawn(
        "icon icon-more",
        html! {
            <path fill="none" stroke="currentColor" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round"
                d="m3 10.5 5-5 5 5" />
        },
    )
}

/// The program's mark: a list whose first line is true.
pub fn mark() -> Html {
    drawn(
        "icon icon-mark",
        html! {
            <path fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"
                d="m2 4.6 1.6 1.6L6.4 3M9.2 4.6H14M2.4 9.4H14M2.4 13.2h7.8" />
        },
    )
}

/// Something to take away.
pub fn cross() -> Html {
    stroked("icon", "m4.5 4.5 7 7m0-7-7 7")
}

/// One place higher.
pub fn up() -> Html {
    stroked("icon", "m4.5 9.5 3.5-4 3.5 4")
}

/// One place lower.
pub fn down() -> Html {
    stroked("icon", "m4.5 6.5 3.5 4 3.5-4")
}

/// Kept from going on: a bar across a ring.
pub fn blocked() -> Html {
    stroked(
        "icon icon-blocked",
        "M8 2.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 8 2.2zM5 8h6",
    )
}

/// Out of the way.
pub fn resolved() -> Html {
    stroked("icon icon-resolved", "m3.5 8.5 3 3 6-7")
}

/// Something was said.
pub fn comment() -> Html {
    stroked("icon icon-quiet", "M2.5 3.5h11v7h-6l-3 2.5v-2.5h-2z")
}

/// A checklist.
pub fn tasks() -> Html {
    stroked(
        "icon icon-quiet",
        "m2.5 5 1.4 1.4L6.5 3.6M9 5h4.5M2.5 11l1.4 1.4 2.6-2.8M9 11h4.5",
    )
}

/// A look at the work.
pub fn review() -> Html {
    stroked(
        "icon icon-review",
        "M1.8 8S4 4 8 4s6.2 4 6.2 4S12 12 8 12 1.8 8 1.8 8zM8 6.6a1.4 1.4 0 1 0 0 2.8 1.4 1.4 0 0 0 0-2.8z",
    )
}

/// A search: a lens.
pub fn search() -> Html {
    stroked("icon", "M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM10.3 10.3l3.4 3.4")
}

/// Something kept for later: a bookmark.
pub fn bookmark() -> Html {
    stroked("icon", "M4.5 2.5h7v11L8 10.6l-3.5 2.9z")
}

fn stroked(class: &'static str, path: &'static str) -> Html {
    drawn(
        class,
        html! {
            <path fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" d={path} />
        },
    )
}

fn drawn(class: &'static str, shape: Html) -> Html {
    html! {
        <svg {class} viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">{ shape }</svg>
    }
}

fn ring(class: &'static str, dashes: &'static str, filling: Html) -> Html {
    drawn(
        class,
        html! {<>
            <circle cx="8" cy="8" r="5.75" fill="none" stroke="currentColor" stroke-width="1.5"
                stroke-dasharray={dashes} />
            { filling }
        </>},
    )
}

// A thick dash around a small circle is a slice of a disc; it begins at the top.
fn pie(dashes: &'static str) -> Html {
    html! {
        <circle cx="8" cy="8" r="2.25" fill="none" stroke="currentColor" stroke-width="3" stroke-dasharray={dashes}
            transform="rotate(-90 8 8)" />
    }
}

fn disc(class: &'static str, sign: &'static str) -> Html {
    drawn(
        class,
        html! {<>
            <circle cx="8" cy="8" r="6.5" fill="currentColor" />
            <path class="icon-sign" fill="none" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"
                d={sign} />
        </>},
    )
}

//! Hooks for [Yew](https://yew.rs): a provider connects, components hear channels for as long as they are there.
//!
//! Knows components and what they hold on to. Must never decide anything about the connection, nor hold a socket: the
//! [`browser`](crate::browser) driver does.
//!
//! ```
//! use pusher_channels::{ChannelName, yew::{ChannelsProvider, use_channel, use_connection_state, use_event}};
//! use yew::prelude::*;
//!
//! #[component]
//! fn Page() -> Html {
//!     html! { <ChannelsProvider app_key="app-key"><Stories /></ChannelsProvider> }
//! }
//!
//! #[component]
//! fn Stories() -> Html {
//!     let moved = use_state(String::new);
//!     let state = use_connection_state();
//!     let name = use_memo((), |()| ChannelName::new("private-project-1").expect("letters and hyphens"));
//!     let project = use_channel(&name);
//!     let setter = moved.setter();
//!     use_event(&project, "story-moved", move |title: String| setter.set(title));
//!     html! { <p>{ state.as_str() }{ ": " }{ &*moved }</p> }
//! }
//! ```
//!
//! - Components that hear the same channel share one subscription; the last one to go unsubscribes. Another name moves it.
//! - Handlers are called for each event, not for each rendering, and always the newest closure is called. Several events may
//!   come between two renderings: change state by a reducer or an `Rc<RefCell<..>>`, not by `set(*old + 1)`.
//! - What a hook returns is true at the moment of rendering; the component is rendered again when it changes, once for all
//!   changes that came together.

mod channel;
mod connection;
mod event;
mod kept;
mod people;
mod provider;
mod resume;

pub use channel::{use_channel, use_subscribed};
pub use connection::{use_channels, use_connection_state};
pub use event::{use_all_events, use_event, use_raw_event};
pub use people::{
    Trigger, TriggerError, use_client_event, use_presence, use_sign_in, use_subscription_count, use_trigger,
    use_user_event, use_watchlist,
};
pub use provider::{ChannelsProvider, ChannelsProviderProps, OptionsProvider, OptionsProviderProps};
pub use resume::{Resumption, use_resume, use_vitals};

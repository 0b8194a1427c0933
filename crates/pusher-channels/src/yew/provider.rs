//! Who connects, for all components inside. Knows where; not what is heard.

use std::rc::Rc;

use ::yew::prelude::*;

use crate::browser::{Channels, Options};

/// Where [`ChannelsProvider`] connects.
#[derive(Clone, Debug, PartialEq, Properties)]
pub struct ChannelsProviderProps {
    /// The app's key. (`key` itself belongs to Yew.)
    pub app_key: AttrValue,
    /// Host, with `:port` unless it is the scheme's own; the page's own host when left out. TLS if the page has it.
    #[prop_or_default]
    pub host: Option<AttrValue>,
    /// Who shares the connection.
    #[prop_or_default]
    pub children: Html,
}

/// Connects, and lets all components inside share the connection. It is closed when this goes away.
///
/// Another key or host is another connection: all channels are subscribed there. For more than a key and a host, see
/// [`OptionsProvider`]; for a connection that lives longer, give a [`Channels`] to Yew's own `ContextProvider`.
#[component]
pub fn ChannelsProvider(props: &ChannelsProviderProps) -> Html {
    let place = (props.app_key.clone(), props.host.clone());
    let options = use_memo(place, |(app_key, host)| {
        let mut options = Options::same_origin(app_key);
        if let Some(host) = host {
            options.config.address.host = host.to_string();
        }
        options
    });
    html! { <OptionsProvider {options}>{ props.children.clone() }</OptionsProvider> }
}

/// How [`OptionsProvider`] connects.
#[derive(Clone, Debug, Properties)]
pub struct OptionsProviderProps {
    /// Where, how patiently, and who authorises. Compared by pointer: keep it in a `use_memo` or outside of the component.
    pub options: Rc<Options>,
    /// Who shares the connection.
    #[prop_or_default]
    pub children: Html,
}

impl PartialEq for OptionsProviderProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.options, &other.options) && self.children == other.children
    }
}

/// As [`ChannelsProvider`], with all options. Other options are another connection.
#[component]
pub fn OptionsProvider(props: &OptionsProviderProps) -> Html {
    let channels = use_memo(Same(props.options.clone()), |Same(options)| {
        Channels::connect(Options::clone(options))
    });
    html! {
        <ContextProvider<Channels> context={(*channels).clone()}>{ props.children.clone() }</ContextProvider<Channels>>
    }
}

/// Options that are equal only to themselves: functions cannot be compared.
struct Same(Rc<Options>);

impl PartialEq for Same {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

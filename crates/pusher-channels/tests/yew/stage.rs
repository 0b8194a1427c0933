//! A component on a page with played sockets. Knows how to render and wait for it; no hook.

use std::{cell::RefCell, rc::Rc};

use pusher_channels::{ChannelName, Config, browser::Options, yew::OptionsProvider};
use web_sys::Element;
use yew::{html::BaseComponent, prelude::*};

use super::page::Page;

pub const ORDERS: &str = r#"{"event":"pusher:subscribe","data":{"auth":"","channel":"orders"}}"#;
pub const NO_ORDERS: &str = r#"{"event":"pusher:unsubscribe","data":{"channel":"orders"}}"#;

/// What handlers were told, in order.
#[derive(Clone, Default)]
pub struct Log(Rc<RefCell<Vec<String>>>);

impl PartialEq for Log {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Log {
    pub fn note(&self, text: impl Into<String>) {
        self.0.borrow_mut().push(text.into());
    }

    pub fn len(&self) -> usize {
        self.0.borrow().len()
    }

    pub fn take(&self) -> Vec<String> {
        self.0.take()
    }
}

/// What a test tells its component.
#[derive(Clone, PartialEq, Properties)]
pub struct Told {
    /// Whatever the component makes of it.
    pub word: AttrValue,
    pub log: Log,
}

/// A rendered component `C`, inside a provider.
pub struct Stage<C: BaseComponent<Properties = Told>> {
    pub page: Page,
    pub log: Log,
    root: Element,
    app: Option<AppHandle<Provided<C>>>,
    options: Rc<Options>,
    /// How many there were before.
    listeners: i32,
}

#[derive(PartialEq, Properties)]
pub struct ProvidedProps {
    told: Told,
    options: ByPointer,
}

#[derive(Clone)]
struct ByPointer(Rc<Options>);

impl PartialEq for ByPointer {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// The component `C` with a provider around it.
pub struct Provided<C>(std::marker::PhantomData<C>);

impl<C: BaseComponent<Properties = Told>> Component for Provided<C> {
    type Message = ();
    type Properties = ProvidedProps;

    fn create(_: &Context<Self>) -> Self {
        Self(std::marker::PhantomData)
    }

    fn view(&self, context: &Context<Self>) -> Html {
        let ProvidedProps { told, options } = context.props();
        let options = options.0.clone();
        html! { <OptionsProvider {options}><C ..told.clone() /></OptionsProvider> }
    }
}

impl<C: BaseComponent<Properties = Told>> Stage<C> {
    /// Rendered with this word, connected as 1.2, nothing subscribed.
    pub async fn new(word: &'static str) -> Self {
        let page = Page::new();
        let document = web_sys::window().unwrap().document().unwrap();
        let root = document.create_element("div").unwrap();
        let mut stage = Self {
            page,
            log: Log::default(),
            root,
            app: None,
            options: Rc::new(Options::new(Config::new("host", "key"))),
            listeners: 0,
        };
        // Yew's own, which it adds with the first rendering.
        stage.listeners = stage.page.listeners();
        let props = stage.props(word);
        let app = yew::Renderer::<Provided<C>>::with_root_and_props(stage.root.clone(), props).render();
        stage.app = Some(app);
        stage.settle().await;
        stage.page.say_hello("1.2");
        stage.settle().await;
        stage
    }

    /// Renders again with another word.
    pub async fn tell(&mut self, word: &'static str) {
        let props = self.props(word);
        self.app.as_mut().unwrap().update(props);
        self.settle().await;
    }

    /// Takes the component away, and looks whether anything is left. Every test ends with it: what stays would hear the
    /// next test's page.
    pub async fn leave(mut self) {
        self.app.take().unwrap().destroy();
        self.settle().await;
        assert!(self.page.is_closed(), "the socket was left open");
        assert_eq!(
            (self.page.timers(), self.page.listeners() - self.listeners),
            (0, 0),
            "timers and listeners that were left"
        );
    }

    pub async fn settle(&self) {
        yew::scheduler::flush().await;
    }

    /// What one sees.
    pub fn text(&self) -> String {
        self.root.text_content().unwrap()
    }

    pub fn say_event(&self, channel: &str, event: &str, data: &str) {
        let data = data.replace('"', "\\\"");
        self.page.say(&format!(
            r#"{{"event":"{event}","channel":"{channel}","data":"{data}"}}"#
        ));
    }

    fn props(&self, word: &'static str) -> ProvidedProps {
        let told = Told {
            word: word.into(),
            log: self.log.clone(),
        };
        ProvidedProps {
            told,
            options: ByPointer(self.options.clone()),
        }
    }
}

pub fn name(name: &str) -> ChannelName {
    ChannelName::new(name).unwrap()
}

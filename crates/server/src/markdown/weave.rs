//! From the parser's events to those that are written: numbers, names and addresses become links, HTML becomes text, images become
//! links, headings step down below the page's own.

use super::Renderer;
use super::allowed::leads_out;
use super::passage::{Piece, pieces};
use pulldown_cmark::{CowStr, Event, HeadingLevel, LinkType, Tag, TagEnd, TextMergeStream};

/// Quotes, lists and emphasis nested deeper than this are let go, and their words stay: nobody reads them, and a browser would have
/// to lay them out.
const DEEPEST: usize = 40;

/// What becomes of something that has begun and not ended.
enum Open {
    /// It is written as it is.
    Kept,
    /// It is not written; what it holds is.
    LetGo,
    /// It is a link, in which nothing else may link.
    Link,
    /// It is a block of code, in which nothing means more than it says.
    Code,
    /// It is an image, which becomes words that link to it.
    Image {
        address: String,
        /// Whether it has words of its own.
        told: bool,
        /// What ends the link, where it is one.
        ending: &'static str,
    },
}

/// Makes the events that are written.
pub(super) struct Weave<'a> {
    renderer: &'a Renderer,
    open: Vec<Open>,
    // The levels of the headings under which the text stands, each deeper than the one before.
    headings: Vec<HeadingLevel>,
    out: Vec<Event<'a>>,
}

impl<'a> Weave<'a> {
    pub(super) fn new(renderer: &'a Renderer) -> Weave<'a> {
        Weave {
            renderer,
            open: Vec::new(),
            headings: Vec::new(),
            out: Vec::new(),
        }
    }

    /// The events that are written for a text's.
    pub(super) fn events(mut self, parsed: impl Iterator<Item = Event<'a>>) -> Vec<Event<'a>> {
        let as_text = parsed.map(|event| match event {
            Event::Html(html) | Event::InlineHtml(html) => Event::Text(html),
            other => other,
        });
        for event in TextMergeStream::new(as_text) {
            match event {
                Event::Start(tag) => self.begin(tag),
                Event::End(end) => self.end(end),
                Event::Text(text) => self.text(&text),
                Event::Code(_) => {
                    self.told();
                    self.out.push(event);
                }
                // Who breaks a line means it.
                Event::SoftBreak => self.out.push(Event::HardBreak),
                Event::TaskListMarker(true) => self.mark("☑", "done"),
                Event::TaskListMarker(false) => self.mark("☐", "not done"),
                other => self.out.push(other),
            }
        }
        self.out
    }

    fn begin(&mut self, tag: Tag<'a>) {
        let (open, tag) = match tag {
            Tag::Image { dest_url, .. } => {
                self.begin_image(dest_url.into_string());
                return;
            }
            Tag::Link {
                link_type,
                dest_url,
                title,
                ..
            } => {
                self.begin_link(link_type, &dest_url, &title);
                return;
            }
            Tag::CodeBlock(_) => (Open::Code, tag),
            Tag::Heading { level, .. } => (Open::Kept, self.heading(level)),
            Tag::HtmlBlock => (Open::Kept, Tag::Paragraph),
            Tag::Item if matches!(self.open.last(), Some(Open::LetGo)) => (Open::LetGo, tag),
            Tag::BlockQuote(_) | Tag::List(_) | Tag::Emphasis | Tag::Strong | Tag::Strikethrough
                if self.open.len() >= DEEPEST =>
            {
                (Open::LetGo, tag)
            }
            _ => (Open::Kept, tag),
        };
        if !matches!(open, Open::LetGo) {
            self.out.push(Event::Start(tag));
        }
        self.open.push(open);
    }

    fn end(&mut self, end: TagEnd) {
        match self.open.pop() {
            Some(Open::Kept | Open::Code) => self.out.push(Event::End(match end {
                TagEnd::Heading(_) => TagEnd::Heading(self.level()),
                TagEnd::HtmlBlock => TagEnd::Paragraph,
                other => other,
            })),
            Some(Open::Link) => self.out.push(html("</a>")),
            Some(Open::Image { address, told, ending }) => {
                if !told {
                    self.out.push(Event::Text(address.into()));
                }
                self.out.push(html(ending));
            }
            Some(Open::LetGo) | None => {}
        }
    }

    fn heading(&mut self, level: HeadingLevel) -> Tag<'static> {
        self.headings.retain(|above| *above < level);
        self.headings.push(level);
        Tag::Heading {
            level: self.level(),
            id: None,
            classes: Vec::new(),
            attrs: Vec::new(),
        }
    }

    /// Where the last heading stands on the page, whose own end at the second level. However a text counts, no level is passed over.
    fn level(&self) -> HeadingLevel {
        match self.headings.len() {
            0 | 1 => HeadingLevel::H3,
            2 => HeadingLevel::H4,
            3 => HeadingLevel::H5,
            _ => HeadingLevel::H6,
        }
    }

    fn begin_link(&mut self, link_type: LinkType, address: &str, title: &str) {
        let address = match link_type {
            LinkType::Email => format!("mailto:{address}"),
            _ => address.to_owned(),
        };
        if self.in_link() || !leads_out(&address) {
            self.open.push(Open::LetGo);
            return;
        }
        self.told();
        self.out.push(link(&address, title));
        self.open.push(Open::Link);
    }

    /// No image is loaded from elsewhere: that would tell others who reads what, and when.
    fn begin_image(&mut self, address: String) {
        let links = !self.in_link() && leads_out(&address);
        if links {
            self.out.push(link(&address, ""));
        }
        let ending = if links { "</a>" } else { "" };
        self.open.push(Open::Image {
            address,
            told: false,
            ending,
        });
    }

    fn text(&mut self, text: &str) {
        self.told();
        if self.in_link() || matches!(self.open.last(), Some(Open::Code)) {
            self.out.push(Event::Text(text.to_owned().into()));
            return;
        }
        // Only HTML that became text holds several lines.
        for (place, line) in text.trim_end_matches('\n').split('\n').enumerate() {
            if place > 0 {
                self.out.push(Event::HardBreak);
            }
            for piece in pieces(line, &self.renderer.people) {
                self.piece(piece);
            }
        }
    }

    fn piece(&mut self, piece: Piece<'_>) {
        let (before, words, after) = match piece {
            Piece::Words(words) => {
                self.out.push(Event::Text(words.to_owned().into()));
                return;
            }
            Piece::Number(words, number) => (self.story_link(number), words, "</a>"),
            Piece::Mention(words, person) => {
                let mention = format!("<span class=\"mention\" data-person=\"{}\">", person.0);
                (html(mention), words, "</span>")
            }
            Piece::Address(address) => (link(address, ""), address, "</a>"),
        };
        self.out
            .extend([before, Event::Text(words.to_owned().into()), html(after)]);
    }

    fn story_link(&self, number: u32) -> Event<'a> {
        let project = self.renderer.project;
        html(format!(
            "<a class=\"story-link\" href=\"/projects/{project}#story-{number}\" data-number=\"{number}\">"
        ))
    }

    /// A box that is ticked or not, as a sign: it cannot be ticked here.
    fn mark(&mut self, sign: &str, says: &str) {
        self.out.push(html(format!(
            "<span class=\"task-mark\" role=\"img\" aria-label=\"{says}\">{sign}</span> "
        )));
    }

    fn in_link(&self) -> bool {
        let links = |open: &Open| matches!(open, Open::Link | Open::Image { .. });
        self.open.iter().any(links)
    }

    /// There are words for all images that are open.
    fn told(&mut self) {
        for open in &mut self.open {
            if let Open::Image { told, .. } = open {
                *told = true;
            }
        }
    }
}

/// A link to elsewhere, in a window of its own.
fn link(address: &str, title: &str) -> Event<'static> {
    let title = match title {
        "" => String::new(),
        title => format!(" title=\"{}\"", escaped(title)),
    };
    html(format!("<a href=\"{}\"{title} target=\"_blank\">", escaped(address)))
}

fn html<'a>(html: impl Into<CowStr<'a>>) -> Event<'a> {
    Event::InlineHtml(html.into())
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('"', "&quot;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

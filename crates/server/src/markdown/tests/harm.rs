//! What others write to harm, and that nothing of it comes out: neither by way of a text nor straight through the allow-list.

use super::{check, renderer};
use crate::markdown::allowed;

/// What would run, if it came out as it went in. By both ways: as a text, and straight through the allow-list.
const SCRIPTS: &[&str] = &[
    "<script>alert(1)</script>",
    "<SCRIPT SRC=https://x.example/a.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<p onclick=\"alert(1)\">a</p>",
    "<a href=\"javascript:alert(1)\">a</a>",
    "<a href=\"JaVaScRiPt:alert(1)\">a</a>",
    "<a href=\" java\nscript:alert(1)\">a</a>",
    "<a href=\"&#106;avascript:alert(1)\">a</a>",
    "<a href=\"data:text/html,<script>alert(1)</script>\">a</a>",
    "<a href=\"vbscript:msgbox(1)\">a</a>",
    "<a href=\"//x.example\">a</a>",
    "<a href=\"/api/session\">a</a>",
    "<a href=\"/projects/0000000000000000000000000000000a#story-1/../../x\">a</a>",
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<style>body{background:url(https://x.example)}</style>",
    "<p style=\"background:url(javascript:alert(1))\">a</p>",
    "<td style=\"text-align: center; position: fixed\">a</td>",
    "<iframe src=\"https://x.example\"></iframe>",
    "<object data=\"x\"></object><embed src=\"x\">",
    "<form action=\"https://x.example\"><input name=a><button>b</button></form>",
    "<base href=\"https://x.example\">",
    "<meta http-equiv=refresh content=\"0;url=https://x.example\">",
    "<link rel=stylesheet href=\"https://x.example\">",
    "<a class=\"toast\" id=\"announcer\" name=\"x\" href=\"https://x.example\" target=\"_top\" ping=\"x\">a</a>",
    "<span data-story=\"1\" aria-hidden=\"true\" role=\"button\" tabindex=\"0\">a</span>",
    "<textarea><p onclick=alert(1)></textarea>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>",
    "<template><script>alert(1)</script></template>",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "[a](javascript:alert(1))",
    "[a](<java\tscript:alert(1)>)",
    "[a](JAVASCRIPT&colon;alert(1))",
    "[a](data:text/html;base64,AAAA)",
    "[a](//x.example)",
    "[a](/api/session)",
    "[a](https://x.example/\"onmouseover=\"alert(1))",
    "[a](<https://x.example/\" onmouseover=\"alert(1)>)",
    "[a](https://x.example 'x\" onmouseover=\"alert(1)')",
    "![a](javascript:alert(1))",
    "![\"><script>alert(1)</script>](https://x.example)",
    "<javascript:alert(1)>",
    "[a]\n\n[a]: javascript:alert(1)",
    "```\"><script>alert(1)</script>\na\n```",
    "| <script>alert(1)</script> |\n|--|\n| <img src=x onerror=alert(1)> |",
    "# <svg onload=alert(1)>\n- <img src=x onerror=alert(1)>\n> <iframe>",
    "https://x.example/\"><script>alert(1)</script>",
    "https://x.example/'onmouseover='alert(1)",
];

const TAGS: [&str; 24] = [
    "a",
    "blockquote",
    "br",
    "code",
    "del",
    "em",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "span",
    "strong",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];
const ATTRIBUTES: [&str; 11] = [
    "class",
    "href",
    "title",
    "target",
    "rel",
    "style",
    "start",
    "role",
    "aria-label",
    "data-number",
    "data-person",
];
const LEADS_TO: [&str; 4] = [
    "http://",
    "https://",
    "mailto:",
    "/projects/0000000000000000000000000000000a#story-",
];

/// The tags of well-formed HTML, with their attributes.
fn tags(html: &str) -> impl Iterator<Item = &str> {
    html.split('<')
        .skip(1)
        .map(|rest| rest.split('>').next().unwrap_or(rest))
}

#[track_caller]
fn assert_harmless(text: &str) {
    for html in [renderer().html(text), allowed::clean(text)] {
        for tag in tags(&html) {
            let name = tag.trim_start_matches('/').split(' ').next().unwrap_or_default();
            assert!(TAGS.contains(&name), "<{tag}> of {text:?} in {html:?}");
            // Values are quoted and hold no quotes: names and values take turns.
            let parts: Vec<&str> = tag.split('"').collect();
            for pair in parts.chunks(2) {
                let Some(name) = pair[0].split_whitespace().last().filter(|_| pair.len() == 2) else {
                    continue;
                };
                assert!(
                    ATTRIBUTES.contains(&name.trim_end_matches('=')),
                    "{name} of {text:?} in {html:?}"
                );
                if name == "href=" {
                    let address = pair[1].to_ascii_lowercase();
                    assert!(
                        LEADS_TO.iter().any(|start| address.starts_with(start)),
                        "{address} of {text:?}"
                    );
                    assert!(
                        tag.contains("rel=\"noopener noreferrer nofollow ugc\""),
                        "{tag} of {text:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn nothing_that_runs_comes_out() {
    for text in SCRIPTS {
        assert_harmless(text);
    }
}

/// Pieces that mean something to Markdown, to HTML or to what is made of both.
const PIECES: [&str; 44] = [
    "a",
    " ",
    "\n",
    "\n\n",
    "*",
    "**",
    "_",
    "~~",
    "`",
    "```",
    "[",
    "]",
    "(",
    ")",
    "![",
    "](",
    "](https://x.example",
    "<",
    ">",
    "\"",
    "'",
    "&",
    "&quot;",
    "&#106;",
    "\\",
    "#1",
    "@Ada",
    "https://x.example/",
    "javascript:",
    "data:",
    "<script>",
    "</script>",
    "<a href=\"",
    "<img src=x onerror=",
    "<svg",
    "<!--",
    "-->",
    "<style>",
    " onclick=\"x\"",
    "| a |\n|--|\n",
    "- [ ] ",
    "> ",
    "    ",
    "\u{0}",
];

#[test]
fn nor_out_of_any_mixture() {
    for seed in 1..4_000_u64 {
        let mut random = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mut next = |below: usize| {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            (random % below as u64) as usize
        };
        let text: String = (0..2 + next(14)).map(|_| PIECES[next(PIECES.len())]).collect();
        assert_harmless(&text);
    }
}

#[test]
fn some_of_them_to_the_letter() {
    check(
        "<script>alert(1)</script>",
        "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>",
    );
    check("[a](javascript:alert(1))", "<p>a</p>");
    check("[a](//x.example)", "<p>a</p>");
    check(
        "[a](<https://x.example/\" onmouseover=\"alert(1)>)",
        "<p><a href=\"https://x.example/&quot; onmouseover=&quot;alert(1)\" {out}>a</a></p>",
    );
    assert_eq!(
        allowed::clean("<a href=\"/api/session\" onclick=\"x\">a</a>"),
        "<a rel=\"noopener noreferrer nofollow ugc\">a</a>"
    );
    assert_eq!(
        allowed::clean("<td style=\"position: fixed\">a</td><p id=x>b"),
        "a<p>b</p>"
    );
    assert_eq!(
        allowed::clean("<span class=\"mention toast\" role=\"button\">a</span>"),
        "<span class=\"mention\">a</span>"
    );
}

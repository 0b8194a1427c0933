//! Texts and the HTML that they become.

mod harm;

use super::Renderer;
use backlog::id::Bits128;
use backlog::{ActorId, Name, ProjectId};

const PROJECT: &str = "/projects/0000000000000000000000000000000a";
const OUT: &str = "target=\"_blank\" rel=\"noopener noreferrer nofollow ugc\"";

fn renderer() -> Renderer {
    let people = [
        (1, "Ada"),
        (2, "Ada Lovelace"),
        (3, "Zoë Çelik"),
        (4, "J_o"),
        (5, "Ada"),
    ];
    let people = people.map(|(id, name)| (ActorId(Bits128(id)), Name::new(name).expect("a name")));
    Renderer::new(ProjectId(Bits128(10)), &people.into())
}

#[track_caller]
fn check(text: &str, html: &str) {
    let got = renderer().html(text);
    let wanted = html.replace("{out}", OUT).replace("{project}", PROJECT);
    assert_eq!(got.trim_end(), wanted, "of {text:?}");
}

fn story(number: u32) -> String {
    format!(
        "<a class=\"story-link\" href=\"{PROJECT}#story-{number}\" data-number=\"{number}\" \
         rel=\"noopener noreferrer nofollow ugc\">#{number}</a>"
    )
}

fn mention(id: u128, words: &str) -> String {
    format!("<span class=\"mention\" data-person=\"{}\">{words}</span>", Bits128(id))
}

#[test]
fn markdown_as_people_know_it() {
    check(
        "*a* **b** ~~c~~ `d`",
        "<p><em>a</em> <strong>b</strong> <del>c</del> <code>d</code></p>",
    );
    check("one\ntwo\n\nthree", "<p>one<br>\ntwo</p>\n<p>three</p>");
    check("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>");
    check("3. a\n4. b", "<ol start=\"3\">\n<li>a</li>\n<li>b</li>\n</ol>");
    check("> a", "<blockquote>\n<p>a</p>\n</blockquote>");
    check(
        "```rust\nlet a = 1 < 2;\n```",
        "<pre><code>let a = 1 &lt; 2;\n</code></pre>",
    );
    check("a\n\n---", "<p>a</p>\n<hr>");
    check("# a\n## b\n### c", "<h3>a</h3>\n<h4>b</h4>\n<h5>c</h5>");
    check(
        "### a\n# b\n### c\n###### d\n## e",
        "<h3>a</h3>\n<h3>b</h3>\n<h4>c</h4>\n<h5>d</h5>\n<h4>e</h4>",
    );
    check(
        "| a | b |\n|--|:-:|\n| 1 | 2 |",
        "<table><thead><tr><th>a</th><th style=\"text-align: center\">b</th></tr></thead><tbody>\n\
         <tr><td>1</td><td style=\"text-align: center\">2</td></tr>\n</tbody></table>",
    );
    check(
        "- [x] a\n- [ ] b",
        "<ul>\n<li><span class=\"task-mark\" role=\"img\" aria-label=\"done\">☑</span> a</li>\n\
         <li><span class=\"task-mark\" role=\"img\" aria-label=\"not done\">☐</span> b</li>\n</ul>",
    );
    check("", "");
}

#[test]
fn links_open_elsewhere_and_tell_nothing() {
    check(
        "[a](https://x.example/b \"t\")",
        "<p><a href=\"https://x.example/b\" title=\"t\" {out}>a</a></p>",
    );
    check(
        "<https://x.example>",
        "<p><a href=\"https://x.example\" {out}>https://x.example</a></p>",
    );
    check(
        "<ada@x.example>",
        "<p><a href=\"mailto:ada@x.example\" {out}>ada@x.example</a></p>",
    );
    check(
        "[a]\n\n[a]: http://x.example",
        "<p><a href=\"http://x.example\" {out}>a</a></p>",
    );
    // An address is a link where it stands.
    check(
        "See https://x.example/a_b?c=1&d=2#e.",
        "<p>See <a href=\"https://x.example/a_b?c=1&amp;d=2#e\" {out}>https://x.example/a_b?c=1&amp;d=2#e</a>.</p>",
    );
    check(
        "(https://x.example/a_(b))",
        "<p>(<a href=\"https://x.example/a_(b)\" {out}>https://x.example/a_(b)</a>)</p>",
    );
    check(
        "https:// http://? xhttps://x.example",
        "<p>https:// http://? xhttps://x.example</p>",
    );
    check("`https://x.example`", "<p><code>https://x.example</code></p>");
    // A link holds no other one.
    check(
        "[https://y.example #1](https://x.example)",
        "<p><a href=\"https://x.example\" {out}>https://y.example #1</a></p>",
    );
}

#[test]
fn images_are_not_loaded_but_linked() {
    check(
        "![a *b*](https://x.example/i.png)",
        "<p><a href=\"https://x.example/i.png\" {out}>a <em>b</em></a></p>",
    );
    check(
        "![](https://x.example/i.png)",
        "<p><a href=\"https://x.example/i.png\" {out}>https://x.example/i.png</a></p>",
    );
    check(
        "![`a`](https://x.example/i.png)",
        "<p><a href=\"https://x.example/i.png\" {out}><code>a</code></a></p>",
    );
    check(
        "[![a](https://x.example/i.png)](https://y.example)",
        "<p><a href=\"https://y.example\" {out}>a</a></p>",
    );
    check(
        "[![](https://x.example/i.png)](https://y.example)",
        "<p><a href=\"https://y.example\" {out}>https://x.example/i.png</a></p>",
    );
    check("![](data:image/png;base64,AAAA)", "<p>data:image/png;base64,AAAA</p>");
}

#[test]
fn numbers_lead_to_stories() {
    let (one, twelve) = (story(1), story(12));
    check("#12", &format!("<p>{twelve}</p>"));
    check(
        "See #12, (#1) and *#12*.",
        &format!("<p>See {twelve}, ({one}) and <em>{twelve}</em>.</p>"),
    );
    check("#4294967295", &format!("<p>{}</p>", story(u32::MAX)));
    for plain in [
        "#0",
        "#012",
        "#4294967296",
        "a#12",
        "#12a",
        "#12_",
        "##12",
        "/#12",
        "x/#12",
        "# ",
        "#",
    ] {
        let html = renderer().html(&format!("say {plain}"));
        assert_eq!(html.trim_end(), format!("<p>say {}</p>", plain.trim_end()));
    }
    check("`#12`", "<p><code>#12</code></p>");
    check("```\n#12\n```", "<pre><code>#12\n</code></pre>");
    check("&#12;", "<p>\u{c}</p>");
}

#[test]
fn names_of_people_are_mentions() {
    let (ada, lovelace, zoe) = (
        mention(1, "@Ada"),
        mention(2, "@Ada Lovelace"),
        mention(3, "@zoë çelik"),
    );
    check("@Ada Lovelace and @Ada.", &format!("<p>{lovelace} and {ada}.</p>"));
    check("@Ada Lovelacey", &format!("<p>{ada} Lovelacey</p>"));
    check("(@zoë çelik)", &format!("<p>({zoe})</p>"));
    check("@J_o", &format!("<p>{}</p>", mention(4, "@J_o")));
    check("**@Ada**:", &format!("<p><strong>{ada}</strong>:</p>"));
    for plain in ["@Adam", "@Bob", "a@Ada", "@@Ada", "@", "@ Ada", "@Ada_"] {
        check(&format!("to {plain}"), &format!("<p>to {plain}</p>"));
    }
    check("`@Ada`", "<p><code>@Ada</code></p>");
}

#[test]
fn html_is_text() {
    check("a Vec<T> b", "<p>a Vec&lt;T&gt; b</p>");
    check("<b>a</b> <!-- c -->", "<p>&lt;b&gt;a&lt;/b&gt; &lt;!-- c --&gt;</p>");
    check(
        "<div>\n#12\n</div>",
        &format!("<p>&lt;div&gt;<br>\n{}<br>\n&lt;/div&gt;</p>", story(12)),
    );
    check("a &amp; &lt;b&gt;", "<p>a &amp; &lt;b&gt;</p>");
    check(
        "<span class=\"mention\">@x</span>",
        "<p>&lt;span class=\"mention\"&gt;@x&lt;/span&gt;</p>",
    );
}

/// Texts that are made to take long: each is rendered in no time, and what comes out is no monster.
#[test]
fn absurd_texts_cost_no_more_than_others() {
    for unit in [
        ">",
        "> ",
        "- ",
        "*a ",
        "**",
        "[",
        "![",
        "[a](",
        "`",
        "~~",
        "|",
        "&",
        "<",
        "<a ",
        "@Ada",
        "#1 ",
        "\\",
        "_a*",
        "https://",
        "(https://a))",
        "1. ",
    ] {
        let text: String = unit.chars().cycle().take(20_000).collect();
        let html = renderer().html(&text);
        assert!(html.len() < 20_000 * 140, "{} bytes of {unit:?}", html.len());
        let deepest = html
            .bytes()
            .zip(html.bytes().skip(1))
            .fold((0_i32, 0_i32), |(now, most), pair| match pair {
                (b'<', b'/') => (now - 1, most),
                (b'<', _) => (now + 1, most.max(now + 1)),
                _ => (now, most),
            });
        // Breaks are never closed, so that lines count as depth here.
        assert!(deepest.1 < 60, "{} deep of {unit:?}", deepest.1);
    }
}

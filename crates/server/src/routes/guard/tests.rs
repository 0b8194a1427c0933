//! The policy for pages made by hand.

use super::policy;

#[test]
fn the_pages_own_script_is_allowed_by_its_hash_and_no_other() {
    let html = r#"<html><head><link rel="modulepreload" href="/a.js"><script src="/b.js"></script>
        <script type="module">init()</script></head></html>"#;
    let policy = policy(html);
    let scripts = policy
        .split("; ")
        .find(|rule| rule.starts_with("script-src "))
        .expect("a rule for scripts");
    // printf 'init()' | openssl dgst -sha256 -binary | base64
    let hash = "'sha256-w4ujnOpjBoH2vcasx+reJRUwYivG8Q3afx/XevGJod8='";
    assert_eq!(scripts, format!("script-src 'self' 'wasm-unsafe-eval' {hash}"));
}

#[test]
fn a_page_without_a_script_of_its_own_needs_none() {
    assert!(policy("<html></html>").contains("script-src 'self' 'wasm-unsafe-eval';"));
}

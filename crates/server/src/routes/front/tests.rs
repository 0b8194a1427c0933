//! Names of files.

use super::bears_hash;

#[test]
fn only_names_with_a_hash_are_kept_for_ever() {
    for (path, forever) in [
        ("/truestory-app-f2fe25743f4a9d44.js", true),
        ("/truestory-app-f2fe25743f4a9d44_bg.wasm", true),
        ("/tokens-aecfc209508d3531.css", true),
        ("/snippets/gloo-0123456789abcdef/inline0.js", false),
        ("/index.html", false),
        ("/icon.svg", false),
        ("/projects/00000000000000000000000000000001", false),
        ("/", false),
    ] {
        assert_eq!(bears_hash(path), forever, "{path}");
    }
}

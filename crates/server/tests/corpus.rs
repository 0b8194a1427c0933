//! The bytes that fuzzing found worth keeping, once more through the same checks, on any toolchain. `cargo xtask fuzz` searches for
//! others.

#[path = "../fuzz/src/checks.rs"]
mod checks;

use std::fs;
use std::path::Path;
use truestory_server::markdown::Renderer;

fn markdown(bytes: &[u8]) {
    checks::markdown(bytes, |project, people, text| Renderer::new(project, people).html(text));
}

type Check = fn(&[u8]);

const CHECKS: [(&str, Check); 4] = [
    ("sync", checks::sync),
    ("search", checks::search),
    ("csv", checks::csv),
    ("markdown", markdown),
];

#[test]
fn what_the_fuzzer_kept_still_holds() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    for (name, check) in CHECKS {
        let files = fs::read_dir(corpus.join(name)).expect("every check has a folder of its name");
        let mut count = 0;
        for file in files {
            let path = file.expect("the folder can be read").path();
            // The test's output names the file that failed.
            println!("{}", path.display());
            check(&fs::read(&path).expect("the file can be read"));
            count += 1;
        }
        assert!(count > 10, "{name}: {count} inputs are no corpus");
    }
}

//! Embeds the page: `dist/`, as Trunk leaves it at the root of the workspace, or a placeholder where it was not built, so
//! that the server and its tests compile without it.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

fn main() {
    let here = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("Cargo sets it for build scripts"));
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("Cargo sets it for build scripts"));
    let root = here
        .ancestors()
        .nth(2)
        .expect("the crate lies two folders below the root");
    let built = root.join("dist");
    let page = if built.join("index.html").is_file() {
        built.clone()
    } else {
        here.join("placeholder")
    };

    // A debug build embeds as well: where the page comes from does not depend on how the server was built.
    let assets = memory_serve::assets_to_code("page", &page, &out, true, |_| {});
    write(&out.join("memory_serve_assets.rs"), &format!("&[(\"page\", {assets})]"));
    let index = fs::read_to_string(page.join("index.html")).expect("one of the two was found to have it");
    write(&out.join("index.html"), &index);

    println!("cargo::rerun-if-changed={}", built.display());
    println!("cargo::rerun-if-changed=placeholder");
    println!("cargo::rerun-if-changed=migrations");
    println!("cargo::rerun-if-changed=build.rs");
}

fn write(path: &Path, text: &str) {
    fs::write(path, text).expect("Cargo's output folder can be written");
}

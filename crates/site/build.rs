//! Takes the browser's editor into the program where `web/prepare` has bundled it; without it the newsroom has its plain form.

use std::{env, fs, io, path::Path};

fn main() -> io::Result<()> {
    let from = Path::new("../../web/dist");
    let into = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("Cargo gives no OUT_DIR"))?;
    println!("cargo:rerun-if-changed=build.rs");
    for name in ["editor.js", "style.css"] {
        let source = from.join(name);
        // The folder is watched where the file is not there yet: a file that is missing would be built anew each time.
        let watched = if source.is_file() { source.as_path() } else { from };
        println!("cargo:rerun-if-changed={}", watched.display());
        fs::write(Path::new(&into).join(name), fs::read(&source).unwrap_or_default())?;
    }
    Ok(())
}

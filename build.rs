//! Gives the program a digest of all that it is built from, so that what one version made is
//! never taken for what another would make.

#![allow(clippy::disallowed_methods, reason = "this reads the program, and no site")]

use std::fs;
use std::io;
use std::path::Path;

use sha2::{Digest, Sha256};

fn main() -> io::Result<()> {
    let mut hasher = Sha256::new();
    for path in ["Cargo.toml", "src"] {
        println!("cargo::rerun-if-changed={path}");
        take(Path::new(path), &mut hasher)?;
    }
    // Libraries decide what is made as well; a crate from the registry may come without this file.
    if Path::new("Cargo.lock").exists() {
        println!("cargo::rerun-if-changed=Cargo.lock");
        take(Path::new("Cargo.lock"), &mut hasher)?;
    }
    let digits: String = hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    println!("cargo::rustc-env=XIANGWEI_SEAL={digits}");
    Ok(())
}

/// Takes in a file, or all files of a folder in the order of their names.
fn take(path: &Path, hasher: &mut Sha256) -> io::Result<()> {
    if !path.is_dir() {
        hasher.update(path.to_string_lossy().replace('\\', "/"));
        hasher.update(fs::read(path)?);
        return Ok(());
    }
    let mut paths = fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    paths.iter().try_for_each(|path| take(path, hasher))
}

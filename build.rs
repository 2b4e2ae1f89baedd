//! Gives the program a digest of all that it is built from, so that what one version made is
//! never taken for what another would make; and its version with the commit, for people.

#![allow(clippy::disallowed_methods, reason = "this reads the program, and no site")]

#[path = "build/commit.rs"]
mod commit;

use std::fs;
use std::io;
use std::path::Path;

use sha2::{Digest, Sha256};

fn main() -> io::Result<()> {
    seal()?;
    version();
    Ok(())
}

/// The digest: of the sources and the theme in the program alone, and not of the commit, since a
/// commit that changes neither makes no other site.
fn seal() -> io::Result<()> {
    let mut hasher = Sha256::new();
    for path in ["Cargo.toml", "src", "themes"] {
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

/// The version as `--version` says it: `0.1.0 (034dbeb 2026-11-28)`.
fn version() {
    let commit = commit::of(Path::new("."));
    for path in &commit.watched {
        println!("cargo::rerun-if-changed={}", path.display());
    }
    println!("cargo::rustc-env=XIANGWEI_VERSION={}{}", env!("CARGO_PKG_VERSION"), commit.words);
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

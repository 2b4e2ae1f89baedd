//! Writes an invented archive to measure with: `generate-archive DIR REPORTS [--places N]`.
//! The folder must be new or empty, so that nobody's own content is mixed with it.

mod archive;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use archive::Size;

const USAGE: &str = "usage: generate-archive DIR REPORTS [--places N]";

#[allow(clippy::print_stderr, reason = "a small program of its own, which says what is wrong")]
fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match asked(&arguments).and_then(|(folder, size)| generate(&folder, size)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("generate-archive: {why}");
            ExitCode::from(2)
        }
    }
}

/// What the arguments ask for.
fn asked(arguments: &[String]) -> Result<(PathBuf, Size), String> {
    let number = |text: &String| text.parse::<usize>().ok().filter(|number| *number > 0);
    let (folder, reports, places) = match arguments {
        [folder, reports] => (folder, reports, None),
        [folder, reports, option, places] if option == "--places" => (folder, reports, Some(places)),
        _ => return Err(USAGE.to_owned()),
    };
    let places = places.map(|places| number(places).ok_or(USAGE)).transpose()?;
    let size = Size::new(number(reports).ok_or(USAGE)?, places);
    Ok((folder.into(), size.ok_or("there cannot be so many places, or so many years of one place")?))
}

fn generate(folder: &Path, size: Size) -> Result<(), String> {
    let occupied = std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some());
    if occupied {
        return Err(format!("{} is not empty", folder.display()));
    }
    archive::write(folder, size).map_err(|error| format!("{}: {error}", folder.display()))
}

//! `xiangwei check`: everything that is wrong, at once. Every page is drawn as well, and
//! thrown away, so that a mistake in a template is found.

use camino::Utf8PathBuf;

use super::{Stop, Voice, below};
use crate::build::{self, Obstacle, Searching, Wishes};
use crate::check;
use crate::diag::{Diagnostic, Words, explain, nearest};
use crate::disk;
use crate::plan;
use crate::site::Entry;

/// What can be said with `check`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Only what is wrong in these files and folders
    #[arg(value_name = "PATH")]
    paths: Vec<Utf8PathBuf>,
    /// Treat warnings as errors
    #[arg(long)]
    strict: bool,
    /// Explain a code, such as `ordinal/skipped`
    #[arg(long, value_name = "CODE")]
    explain: Option<String>,
}

pub(super) fn run(args: &Args, voice: &Voice) -> Result<(), Stop> {
    if let Some(code) = &args.explain {
        return tell(code, voice);
    }
    let wishes = Wishes { today: voice.today()?, ..Wishes::default() };
    let site = voice.site()?;
    let read = disk::read(&site)?;
    let mut diagnostics = read.diagnostics;
    let (archive, theme) = build::prepare(read.value, &wishes).into(&mut diagnostics);
    let planned = plan::plan(&archive, false).into(&mut diagnostics);
    diagnostics.extend(check::check(&planned));
    if let Some(theme) = theme
        && let Err(Obstacle::Diagnosed(more)) =
            build::make(&planned, &theme, &Searching::anew(), &|_, _, _| Ok::<_, ()>(Entry::of(b"")))
    {
        diagnostics.extend(more);
    }
    let paths: Vec<Utf8PathBuf> = args.paths.iter().map(|path| below(&site, path)).collect();
    let wanted = |diagnostic: &Diagnostic| {
        paths.is_empty() || paths.iter().any(|path| diagnostic.path.starts_with(path))
    };
    diagnostics.retain(wanted);
    let documents = archive.reports.len();
    voice.judge(diagnostics, &archive.sources, args.strict)?;
    voice.say(&Words::new(format!("已检查 {documents} 份文件"), format!("documents checked: {documents}")));
    Ok(())
}

fn tell(code: &str, voice: &Voice) -> Result<(), Stop> {
    if let Some(found) = explain(code) {
        let (title, text) = (found.title(voice.language), found.text(voice.language));
        return voice.print(&format!("{code}: {title}\n\n{text}\n"));
    }
    let near = nearest(code, crate::diag::CODES.iter().map(|code| code.name)).unwrap_or_default();
    Err(Stop::Failure(match near {
        "" => Words::new(format!("没有 `{code}` 这个代码"), format!("there is no code `{code}`")),
        near => Words::new(
            format!("没有 `{code}` 这个代码；是不是想写 `{near}`？"),
            format!("there is no code `{code}`; did you mean `{near}`?"),
        ),
    }))
}

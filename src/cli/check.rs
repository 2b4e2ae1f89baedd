//! `xiangwei check`: everything that is wrong, at once. Every page is drawn as well, and
//! thrown away, so that a mistake in a template is found.

use camino::{Utf8Path, Utf8PathBuf};

use super::ground::{Chosen, Ground};
use super::{Stop, Voice};
use crate::ask::Planned;
use crate::build::{self, Wishes};
use crate::check;
use crate::diag::{Words, explain, nearest};
use crate::disk;
use crate::outline;

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
    let ground = Ground::new(&site);
    let paths = args.paths.iter().map(|path| Ok((path.as_path(), ground.below(path)?)));
    let paths: Vec<(&Utf8Path, Utf8PathBuf)> = paths.collect::<Result<_, Stop>>()?;
    let read = disk::read(&site)?;
    let wanted = Chosen::new(&paths, &read.value, &read.diagnostics)?;
    let mut diagnostics = read.diagnostics;
    let (archive, theme) = build::prepare(read.value, &wishes).into(&mut diagnostics);
    let outline = outline::outline(&archive, false).into(&mut diagnostics);
    let planned = Planned::new(&archive, &outline);
    diagnostics.extend(check::check(&planned));
    if let Some(theme) = theme {
        diagnostics.extend(build::rehearse(&planned, &theme, &|path| wanted.has(path)));
    }
    diagnostics.retain(|diagnostic| wanted.has(&diagnostic.path));
    voice.judge(diagnostics, &archive.sources, args.strict)?;
    let (documents, files) = (archive.reports.len(), wanted.count(&archive.sources));
    voice.say(&match wanted.is_all() {
        true => Words::new(format!("已检查 {documents} 份文件"), format!("documents checked: {documents}")),
        false => Words::new(format!("已检查 {files} 个文件"), format!("files checked: {files}")),
    });
    Ok(())
}

fn tell(code: &str, voice: &Voice) -> Result<(), Stop> {
    if let Some(found) = explain(code) {
        let (title, text) = (found.title(voice.language), found.text(voice.language));
        return voice.print(&format!("{code}: {title}\n\n{text}\n"));
    }
    let near = nearest(code, crate::diag::codes().into_iter().map(|code| code.name)).unwrap_or_default();
    Err(Stop::Failure(match near {
        "" => Words::new(format!("没有 `{code}` 这个代码"), format!("there is no code `{code}`")),
        near => Words::new(
            format!("没有 `{code}` 这个代码；是不是想写 `{near}`？"),
            format!("there is no code `{code}`; did you mean `{near}`?"),
        ),
    }))
}

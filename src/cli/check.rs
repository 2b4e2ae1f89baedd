//! `xiangwei check`: everything that is wrong, at once. Pages are drawn as well, all or some of each sort, and
//! thrown away, so that a mistake in a template is found.

use camino::{Utf8Path, Utf8PathBuf};

use super::ground::{ChosenFiles, WorkingPlace};
use super::{Speech, Stop, external};
use crate::ask::Planned;
use crate::build::{self, Prepared, Recalled, Wishes};
use crate::check::{self, Attachments};
use crate::diag::{Code, CodeWeight, Diagnostic, Language, Words, explain, nearest};
use crate::disk::{self, FolderReading};
use crate::outline;
use crate::source::Blob;

/// What can be said with `check`.
#[derive(Debug, clap::Args)]
pub(super) struct CheckArgs {
    /// Only what is wrong in these files and folders
    #[arg(value_name = "PATH")]
    paths: Vec<Utf8PathBuf>,
    /// Treat warnings as errors
    #[arg(long)]
    strict: bool,
    /// Ask other sites whether the addresses are there that texts lead to
    #[arg(long)]
    external: bool,
    /// Explain a code, such as `ordinal/skipped`
    #[arg(long, value_name = "CODE")]
    explain: Option<String>,
}

pub(super) fn run(args: &CheckArgs, voice: &Speech) -> Result<(), Stop> {
    if let Some(code) = &args.explain {
        return tell(code, voice);
    }
    let wishes = Wishes { today: voice.today()?, ..Wishes::default() };
    let site = voice.site()?;
    let ground = WorkingPlace::new(&site);
    let paths = args.paths.iter().map(|path| Ok((path.as_path(), ground.below(path)?)));
    let paths: Vec<(&Utf8Path, Utf8PathBuf)> = paths.collect::<Result<_, Stop>>()?;
    let output = site.join("public");
    // What the last build has read need not be read again.
    let FolderReading { read, folder, .. } = disk::read_knowing(&site, disk::known(&output))?;
    let wanted = ChosenFiles::new(&paths, &read.value, &read.diagnostics)?;
    let mut diagnostics = read.diagnostics;
    let recalled = disk::recalled(&output).map(|bytes| Recalled::read(bytes, &read.value, &wishes));
    let prepared = build::prepare_recalling(read.value, &wishes, recalled.unwrap_or_default());
    let Prepared { archive, theme, .. } = prepared.into(&mut diagnostics);
    let outline = outline::outline(&archive, false).into(&mut diagnostics);
    let planned = Planned::new(&archive, &outline);
    diagnostics.extend(check::check(&planned));
    let note = attachments(&planned, (&site, disk::examined(&output)), &mut diagnostics);
    disk::keep_examined(&output, &note);
    if let Some(theme) = theme {
        diagnostics.extend(build::rehearse(&planned, &theme, &|path| wanted.has(path)));
    }
    folder.is_steady()?;
    if args.external {
        diagnostics.extend(external::visit(&planned, (&output, &|path| wanted.has(path)), voice));
    }
    let mut weighed = check::weigh(&archive, diagnostics);
    weighed.retain(|path| wanted.has(path));
    voice.judge(weighed, &archive.sources, args.strict)?;
    let (documents, files) = (archive.reports.len(), wanted.count(&archive.sources));
    voice.say(&match wanted.is_all() {
        true => Words::new(format!("已检查 {documents} 份文件"), format!("documents checked: {documents}")),
        false => Words::new(format!("已检查 {files} 个文件"), format!("files checked: {files}")),
    });
    Ok(())
}

/// Looks through what the site in a folder passes on, but for what is noted, and gives the new note.
pub(super) fn attachments(
    planned: &Planned<'_>,
    (site, noted): (&Utf8Path, Option<Vec<u8>>),
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<u8> {
    let bytes = |blob: &Blob| disk::bytes(site, &blob.path);
    let attachments = Attachments { bytes: &bytes, noted };
    let (personal, note) = attachments.check(planned);
    diagnostics.extend(personal);
    note
}

/// All that is known of a code.
fn explanation(code: &Code, language: Language) -> String {
    let (title, text) = (code.title(language), code.text(language));
    let weight = match code.weight {
        CodeWeight::Fatal => language.pick(
            "错误，site.yaml 不能调低或者放行",
            "an error, which site.yaml can neither lower nor allow",
        ),
        CodeWeight::Error => language.pick("错误", "an error"),
        CodeWeight::Warning => language.pick("警告", "a warning"),
        CodeWeight::Note => language.pick("说明", "a note"),
    };
    let source = code.source(language).map(|source| match language {
        Language::Chinese => format!("依据：{source}\n"),
        Language::English => format!("Stands on: {source}\n"),
    });
    let weight = match language {
        Language::Chinese => format!("轻重：{weight}\n"),
        Language::English => format!("Weighs as: {weight}\n"),
    };
    format!("{}: {title}\n\n{text}\n\n{weight}{}", code.name, source.unwrap_or_default())
}

fn tell(code: &str, voice: &Speech) -> Result<(), Stop> {
    if let Some(found) = explain(code) {
        return voice.print(&explanation(found, voice.language));
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

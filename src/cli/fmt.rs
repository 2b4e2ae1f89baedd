//! `xiangwei fmt`: the repairs of an import, on reports that are there.

use camino::Utf8PathBuf;
use imara_diff::{Algorithm, BasicLineDiffPrinter, Diff, InternedInput, UnifiedDiffConfig};

use super::ground::{ChosenFiles, WorkingPlace};
use super::{Speech, Stop, import};
use crate::diag::Words;
use crate::disk;
use crate::import::{FileToImport, mend};
use crate::route::Leaf;

/// What can be said with `fmt`.
#[derive(Debug, clap::Args)]
pub(super) struct FmtArgs {
    /// Only these files and folders
    #[arg(value_name = "PATH")]
    paths: Vec<Utf8PathBuf>,
    /// Write nothing, and say which reports would change
    #[arg(long)]
    check: bool,
    /// Switch off a rule of repair
    #[arg(long, value_name = "RULE")]
    without: Vec<String>,
}

/// No text of a site is larger.
const LARGEST: u64 = 16 << 20;

pub(super) fn run(args: &FmtArgs, voice: &Speech) -> Result<(), Stop> {
    let without = import::switched_off(&args.without)?;
    let site = voice.site()?;
    let ground = WorkingPlace::new(&site);
    let paths = args.paths.iter().map(|path| Ok((path.as_path(), ground.below(path)?)));
    let paths: Vec<_> = paths.collect::<Result<_, Stop>>()?;
    let read = disk::read(&site)?;
    let wanted = ChosenFiles::new(&paths, &read.value, &read.diagnostics)?;
    let reports = read.value.texts().iter().map(|text| text.path().to_owned()).filter(|path| {
        let below = path.strip_prefix("content").ok();
        wanted.has(path) && below.is_some_and(|below| matches!(Leaf::of(below), Ok(Leaf::Report(_))))
    });
    let (mut changed, mut all) = (0, 0);
    for path in reports {
        all += 1;
        let bytes = disk::get(&site.join(&path), LARGEST)?;
        let Ok(mended) = mend(&FileToImport { name: path.as_str(), bytes: &bytes }, &without) else {
            continue;
        };
        if mended.text.as_bytes() == bytes {
            continue;
        }
        changed += 1;
        if args.check {
            voice.print(&format!(
                "=== {path}\n{}",
                difference(&String::from_utf8_lossy(&bytes), &mended.text)
            ))?;
        } else {
            disk::put(&site, &path.with_extension("fmt.json"), mended.log.to_json().as_bytes())?;
            disk::put(&site, &path, mended.text.as_bytes())?;
            let count = mended.log.changes.len();
            let words = (format!("{path}：改动 {count} 处\n"), format!("{path}: changes: {count}\n"));
            voice.print(voice.pick(&words.0, &words.1))?;
        }
    }
    voice.say(&match args.check {
        true => Words::new(
            format!("{all} 份报告中有 {changed} 份需要修整"),
            format!("reports: {all}, to be mended: {changed}"),
        ),
        false => Words::new(
            format!("{all} 份报告中修整了 {changed} 份"),
            format!("reports: {all}, mended: {changed}"),
        ),
    });
    match args.check && changed > 0 {
        true => Err(Stop::Mistakes),
        false => Ok(()),
    }
}

/// How one text differs from another, by lines.
pub(super) fn difference(old: &str, new: &str) -> String {
    let input = InternedInput::new(old, new);
    let mut diff = Diff::compute(Algorithm::Histogram, &input);
    diff.postprocess_lines(&input);
    diff.unified_diff(&BasicLineDiffPrinter(&input.interner), UnifiedDiffConfig::default(), &input)
        .to_string()
}

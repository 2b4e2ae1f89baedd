//! `xiangwei prove`: one file by which anybody knows, without the site, that a text stood at an address on a day.

use camino::Utf8PathBuf;
use jiff::civil::Date;

use super::{Speech, Stop, inspect};
use crate::archive::Archive;
use crate::build::{self, Wishes};
use crate::diag::Words;
use crate::disk;
use crate::proof::Proof;
use crate::publications::{self, PublicationEntry, text_path};
use crate::report::matter::parse_day;
use crate::route::Route;
use crate::tlog::Checkpoint;

/// What can be said with `prove`.
#[derive(Debug, clap::Args)]
pub(super) struct ProveArgs {
    /// The page's address, such as `/jiangmen/2019/`
    address: String,
    /// The day on which it stood there [default: the last that is recorded]
    #[arg(long, value_name = "DATE")]
    on: Option<String>,
    /// Where the proof goes [default: a file here that is named after the address]
    #[arg(long, short, value_name = "FILE")]
    file: Option<Utf8PathBuf>,
}

pub(super) fn run(args: &ProveArgs, voice: &Speech) -> Result<(), Stop> {
    let day = args.on.as_deref().map(day).transpose()?;
    let read = disk::read(&voice.site()?)?;
    let (archive, _) = build::prepare(read.value, &Wishes::default()).into(&mut Vec::new());
    let unknown = || {
        Stop::Failure(Words::new(
            format!("公开记录里没有 {} 在这一天的文件", args.address),
            format!("the record knows of no document at {} on that day", args.address),
        ))
    };
    let route = inspect::route(&args.address).ok_or_else(unknown)?;
    let is_by_then = |entry: &&PublicationEntry| day.is_none_or(|day| entry.time.date() <= day);
    let entry = archive.log.of(&route).rev().find(is_by_then).ok_or_else(unknown)?;
    let checkpoint = checkpoint(&archive)?;
    let text = text(&archive, entry)?;
    let proof = Proof::of(&archive.log, entry, checkpoint, text).ok_or_else(unsigned)?;
    let file = args.file.clone().unwrap_or_else(|| named(&route));
    disk::make_file(&file, |out| std::io::Write::write_all(out, proof.written().as_bytes()))?;
    let words = proof.words();
    voice.say(&Words::new(format!("{file} 证明：{}", words.zh), format!("{file} proves: {}", words.en)));
    Ok(())
}

/// The signed head of the record.
fn checkpoint(archive: &Archive) -> Result<Checkpoint, Stop> {
    let source = archive.sources.text(&publications::checkpoint_path()).ok_or_else(unsigned)?;
    Checkpoint::read(source.text()).map_err(|doubt| Stop::Failure(doubt.words()))
}

fn unsigned() -> Stop {
    Stop::Failure(Words::new(
        "这条记录还没有签名；先用 xiangwei publish --sign 发布",
        "this entry is not signed yet; publish with xiangwei publish --sign first",
    ))
}

/// The text that an entry is about, where one can be read after it.
fn text(archive: &Archive, entry: &PublicationEntry) -> Result<Option<String>, Stop> {
    if !entry.event.stands() {
        return Ok(None);
    }
    let kept = archive.sources.text(&text_path(&entry.sha256)).or_else(|| archive.sources.text(&entry.path));
    let is_it = |text: &&str| crate::site::FileDigest::of(text.as_bytes()).sha256 == entry.sha256;
    let text = kept.map(|source| source.text()).filter(is_it).map(str::to_owned);
    text.map(Some).ok_or_else(|| {
        Stop::Failure(Words::new(
            "记录里的那份正文已不再保存（撤回时删去），不能出具证明",
            "the text that the entry is about is not kept any more, since it was withdrawn, and cannot be proved",
        ))
    })
}

/// `/jiangmen/2019/` is proved in `jiangmen-2019.proof`.
fn named(route: &Route) -> Utf8PathBuf {
    format!("{}.proof", route.as_str().trim_matches('/').replace('/', "-")).into()
}

fn day(text: &str) -> Result<Date, Stop> {
    parse_day(text).ok_or_else(|| {
        Stop::Failure(Words::new(
            format!("`--on {text}` 不是日期；写成 2026-04-01 这样"),
            format!("`--on {text}` is not a date; write one such as 2026-04-01"),
        ))
    })
}

//! `xiangwei verify`: every byte of a published or built site, held against its manifest, and the manifest and the log
//! against their signatures; or what a proof or a web archive says.

use super::vouch::Vouchers;
use super::{Speech, Stop, progress};
use crate::deliver::PublishTarget;
use crate::diag::Words;
use crate::remote::{self, Differences, Patience};

/// What can be said with `verify`.
#[derive(Debug, clap::Args)]
pub(super) struct VerifyArgs {
    /// A folder, an address as of `publish`, or a file: a proof or a web archive
    #[arg(value_name = "TARGET")]
    target: String,
    #[command(flatten)]
    vouchers: Vouchers,
}

pub(super) fn run(args: &VerifyArgs, voice: &Speech) -> Result<(), Stop> {
    if let Some(done) = args.vouchers.file(args.target.as_str().into(), voice) {
        return done;
    }
    let target = PublishTarget::parse(&args.target).map_err(Stop::Failure)?;
    let patience = Patience::default();
    let store = remote::open(&target, &patience)?;
    let bar = progress::clock(voice, &Words::new("核对", "verifying"));
    let found = remote::verify(&*store, &patience, &|| bar.tick());
    bar.finish_and_clear();
    let found = found?;
    voice.print(&differences_in_words(&found, voice))?;
    let files = found.files;
    if found.are_none() {
        voice.say(&Words::new(
            format!("{target} 的 {files} 个文件与清单一致"),
            format!("{target}: all {files} files are what the manifest says"),
        ));
        return args.vouchers.site(&|path| Ok(remote::get(&*store, path, &patience)?), voice);
    }
    let (missing, changed, extra) = (found.missing.len(), found.changed.len(), found.extra.len());
    voice.say(&Words::new(
        format!("{target} 与清单不一致：清单上 {files} 个文件，缺少 {missing} 个，被改动 {changed} 个，多出 {extra} 个"),
        format!("{target} differs from its manifest: of {files} files {missing} are missing and {changed} changed, and {extra} are not in it"),
    ));
    Err(Stop::Mistakes)
}

fn differences_in_words(found: &Differences, voice: &Speech) -> String {
    let Differences { missing, changed, extra, is_unfinished, files: _ } = found;
    let kinds = [
        (voice.pick("缺少", "missing"), missing),
        (voice.pick("被改动", "changed"), changed),
        (voice.pick("多出", "extra"), extra),
    ];
    let lines =
        kinds.into_iter().flat_map(|(kind, paths)| paths.iter().map(move |path| format!("{kind}  {path}\n")));
    let mut text: String = lines.collect();
    if *is_unfinished {
        let words =
            voice.pick("有一次发布没有完成，请再发布一次", "a publication did not end; publish again");
        text.push_str(&format!("{words}\n"));
    }
    text
}

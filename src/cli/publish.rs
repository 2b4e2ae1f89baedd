//! `xiangwei publish` and `xiangwei rollback`: the gate, the build, and the way to the server. What does not pass the
//! gate without a warning is not built, and what is not built is not published.

use std::env;

use camino::{Utf8Path, Utf8PathBuf};
use jiff::Timestamp;

use super::{Speech, Stop, build, key, progress, record, sign};
use crate::deliver::{Plan, PublishTarget, SendCause};
use crate::diag::Words;
use crate::disk::{self, Keepsake};
use crate::publications::checkpoint_path;
use crate::remote::{
    self, FinishedSite, LockClaim, Patience, Publication, PublicationResult, PublishEvent, Store,
    TargetTrouble,
};
use crate::seal::SecretKey;
use crate::site::Manifest;

/// What can be said with `publish`.
#[derive(Debug, clap::Args)]
pub(super) struct PublishArgs {
    /// A folder, or an address that begins with s3://, oss://, cos://, azblob://, gs:// or webdav(s)://; keys are read from the environment
    #[arg(value_name = "TARGET")]
    target: String,
    /// Say what would be done, and touch nothing there
    #[arg(long)]
    dry_run: bool,
    /// Remove published files that are no longer there, however many
    #[arg(long)]
    allow_delete: bool,
    /// Take no notice of the lock of a publisher that is certainly not at work any more
    #[arg(long)]
    break_lock: bool,
    /// Keep nothing of the publication before, so that one cannot go back to it
    #[arg(long)]
    forget: bool,
    /// Sign the manifest and the log with this secret key: a file, or env:NAME for one in the environment
    #[arg(long, value_name = "KEY")]
    sign: Option<String>,
    /// Publish without a signature, although the last publication was signed
    #[arg(long, conflicts_with = "sign")]
    unsigned: bool,
    /// Where the finished site is built [default: public in the site's folder]
    #[arg(long, short, value_name = "DIR")]
    output: Option<Utf8PathBuf>,
    /// Another address than the one in site.yaml
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
}

/// What can be said with `rollback`.
#[derive(Debug, clap::Args)]
pub(super) struct RollbackArgs {
    /// Where the site was published
    #[arg(value_name = "TARGET")]
    target: String,
    /// Take no notice of the lock of a publisher that is certainly not at work any more
    #[arg(long)]
    break_lock: bool,
    /// Where the finished site was built [default: public in the site's folder]
    #[arg(long, short, value_name = "DIR")]
    output: Option<Utf8PathBuf>,
}

pub(super) fn run(args: &PublishArgs, voice: &Speech) -> Result<(), Stop> {
    let target = PublishTarget::parse(&args.target).map_err(Stop::Failure)?;
    is_signed_again(args, voice)?;
    let store = remote::open(&target, &Patience::default())?;
    // The gate: with an error or a warning nothing is built and nothing is published.
    let wanted =
        build::BuildArgs::of_publication(args.output.clone(), args.base_url.clone(), args.allow_delete);
    let output = build::make(&wanted, voice)?;
    is_apart(&target, &output, voice)?;
    // The sources are told what is published; then the site is built once more from them.
    let secret = args.sign.as_deref().map(|name| key::secret(name, voice)).transpose()?;
    if !args.dry_run && is_told(args, &output, secret.as_ref(), voice)? {
        build::make(&wanted, voice)?;
    }
    let manifest = disk::published(&output)?;
    let signature = secret.map(|secret| sign::manifest(&secret, &manifest));
    let site = FinishedSite { folder: &output, manifest: &manifest };
    if args.dry_run {
        let (_, plan) = remote::planned(&*store, &Patience::default(), site, args.allow_delete)?;
        return voice.print(&plan_in_words(&plan, voice));
    }
    let way = PublishWay { store: &*store, target: &target, output: &output, break_lock: args.break_lock };
    let done = way.go(voice, |publication| {
        let publication = Publication {
            allow_delete: args.allow_delete,
            forget: args.forget,
            signature: signature.as_deref(),
            ..publication
        };
        remote::publish(&publication, site)
    })?;
    say(&done, &target, &manifest, voice);
    Ok(())
}

/// A site that was signed is signed again, unless somebody says that it should not be: to those who verify it, a
/// publication without a signature looks like a stranger's.
fn is_signed_again(args: &PublishArgs, voice: &Speech) -> Result<(), Stop> {
    let is_meant = args.sign.is_some() || args.unsigned || args.dry_run;
    match is_meant || !voice.site()?.join(checkpoint_path()).is_file() {
        true => Ok(()),
        false => Err(Stop::Failure(Words::new(
            "这个网站上一次发布签过名：请加上 --sign 密钥；这一次确实不签的，加上 --unsigned，读者用 verify 核对时会得知最近的发布没有签名",
            "the last publication of this site was signed: add --sign KEY; if this one is not to be, add --unsigned, and readers who verify the site will be told that the last publication was not signed",
        ))),
    }
}

/// Adds to the record what is published, and signs it; says whether the sources are others than before.
fn is_told(
    args: &PublishArgs,
    output: &Utf8Path,
    secret: Option<&SecretKey>,
    voice: &Speech,
) -> Result<bool, Stop> {
    let is_more = record::add(output, voice)?;
    let base = args.base_url.as_deref().map(build::base_url).transpose()?;
    let is_signed = secret.map(|secret| sign::record(secret, output, base, voice)).transpose()?;
    Ok(is_more || is_signed.unwrap_or_default())
}

pub(super) fn roll_back(args: &RollbackArgs, voice: &Speech) -> Result<(), Stop> {
    let target = PublishTarget::parse(&args.target).map_err(Stop::Failure)?;
    let store = remote::open(&target, &Patience::default())?;
    let output = match &args.output {
        Some(output) => output.clone(),
        None => voice.site()?.join("public"),
    };
    let way = PublishWay { store: &*store, target: &target, output: &output, break_lock: args.break_lock };
    let done = way.go(voice, |publication| {
        remote::roll_back(&Publication { allow_delete: true, forget: true, ..publication })
    })?;
    let (sent, removed) = (done.plan.sendings().count(), done.plan.removals().count());
    voice.say(&Words::new(
        format!("{target} 已退回上一次发布：恢复 {sent} 个文件，删除 {removed} 个。来源没有变，改好后再发布"),
        format!("{target} is back at the publication before: {sent} files restored, {removed} removed. The sources are as they were; mend them and publish again"),
    ));
    Ok(())
}

/// The way from a folder on this computer to a target.
struct PublishWay<'a> {
    store: &'a dyn Store,
    target: &'a PublishTarget,
    output: &'a Utf8Path,
    break_lock: bool,
}

impl PublishWay<'_> {
    /// Does the work as this user of this computer, with a bar that moves with what is done.
    fn go(
        &self,
        voice: &Speech,
        work: impl FnOnce(Publication<'_>) -> Result<PublicationResult, TargetTrouble>,
    ) -> Result<PublicationResult, Stop> {
        let bar = progress::bar(voice, 0, &Words::new("发布", "publishing"));
        let keepsake = Keepsake::open(self.output, &self.target.to_string(), |words| voice.say(words))?;
        let done = work(Publication {
            store: self.store,
            patience: &Patience::default(),
            keepsake: &keepsake,
            publisher: LockClaim { owner: &owner(), since: &since(), break_lock: self.break_lock },
            allow_delete: false,
            forget: false,
            signature: None,
            told: &|deed| match deed {
                PublishEvent::Planned(plan) => {
                    bar.set_length((plan.sendings().count() + plan.removals().count()) as u64);
                }
                PublishEvent::Sent(_) | PublishEvent::Removed(_) => bar.inc(1),
            },
        });
        bar.finish_and_clear();
        Ok(done?)
    }
}

/// A target is no folder of sources and not the folder in which the site is built.
fn is_apart(target: &PublishTarget, output: &Utf8Path, voice: &Speech) -> Result<(), Stop> {
    let PublishTarget::Folder(folder) = target else { return Ok(()) };
    disk::apart(&voice.site()?, folder)?;
    let real = |path: &Utf8Path| path.canonicalize_utf8().unwrap_or_else(|_| path.to_owned());
    let (folder, output) = (real(folder), real(output));
    match folder.starts_with(&output) || output.starts_with(&folder) {
        true => Err(Stop::Failure(Words::new(
            format!("目标 {folder} 与生成网站的文件夹 {output} 重叠；请换一个目标"),
            format!(
                "the target {folder} and the folder {output}, in which the site is built, overlap; choose another target"
            ),
        ))),
        false => Ok(()),
    }
}

/// Who publishes, as others are told.
fn owner() -> String {
    let of =
        |names: &[&str]| names.iter().find_map(|name| env::var(name).ok()).filter(|value| !value.is_empty());
    let user = of(&["USER", "LOGNAME", "USERNAME"]).unwrap_or_else(|| "?".to_owned());
    let kernel =
        || std::fs::read_to_string("/proc/sys/kernel/hostname").ok().map(|name| name.trim().to_owned());
    let host = kernel().or_else(|| of(&["COMPUTERNAME", "HOSTNAME"])).unwrap_or_else(|| "?".to_owned());
    format!("{user}@{host}").chars().filter(|c| !c.is_control()).collect()
}

/// The time, to the second. It is told to who finds the lock, and nothing is made of it.
fn since() -> String {
    let now = Timestamp::try_from(std::time::SystemTime::now());
    let now = now.ok().and_then(|now| Timestamp::from_second(now.as_second()).ok());
    now.map_or_else(|| "?".to_owned(), |now| now.to_string())
}

/// So many files are named of a plan.
const NAMED: usize = 20;

/// What a plan would do.
fn plan_in_words(plan: &Plan, voice: &Speech) -> String {
    let mut text = counted(plan).get(voice.language).to_owned() + "\n";
    let most = if voice.verbose { usize::MAX } else { NAMED };
    let removed = plan.removals().map(|removal| (voice.pick("删除", "remove"), &removal.path));
    let sent = plan.sendings().map(|sending| (cause(sending.cause).get(voice), &sending.path));
    let sent = sent.filter(|_| voice.verbose);
    let left = plan.left.iter().map(|path| (voice.pick("留下", "leave"), path));
    for (what, path) in sent.chain(removed.take(most)).chain(left) {
        text.push_str(&format!("  {what}  {path}\n"));
    }
    let hidden = plan.removals().count().saturating_sub(most);
    if hidden > 0 {
        text.push_str(&format!(
            "  {}\n",
            Words::new(
                format!("还要删除 {hidden} 个，加 --verbose 全部列出"),
                format!("and {hidden} more to remove; --verbose names all")
            )
            .get(voice.language)
        ));
    }
    text
}

/// Two words for a cause.
struct CauseName(&'static str, &'static str);

impl CauseName {
    fn get(&self, voice: &Speech) -> &'static str {
        voice.language.pick(self.0, self.1)
    }
}

fn cause(cause: SendCause) -> CauseName {
    match cause {
        SendCause::New => CauseName("新增", "new"),
        SendCause::Changed => CauseName("更新", "changed"),
        SendCause::Headers => CauseName("改响应头", "headers"),
        SendCause::Lost => CauseName("补上", "lost"),
        SendCause::Unsure => CauseName("重传", "again"),
    }
}

/// A plan in numbers.
fn counted(plan: &Plan) -> Words {
    let of = |wanted: &[SendCause]| plan.sendings().filter(|sending| wanted.contains(&sending.cause)).count();
    let (new, changed, again) = (
        of(&[SendCause::New]),
        of(&[SendCause::Changed]),
        of(&[SendCause::Headers, SendCause::Lost, SendCause::Unsure]),
    );
    let bytes: u64 = plan.sendings().map(|sending| sending.entry.size).sum();
    let (unchanged, removed) = (plan.unchanged, plan.removals().count());
    let size = size(bytes);
    Words::new(
        format!(
            "新增 {new} 个文件，更新 {changed} 个，重传 {again} 个（共 {size}），删除 {removed} 个，未变 {unchanged} 个"
        ),
        format!(
            "{new} new files, {changed} changed, {again} sent again ({size}), {removed} removed, {unchanged} unchanged"
        ),
    )
}

fn size(bytes: u64) -> String {
    match bytes {
        0..10_000 => format!("{bytes} B"),
        10_000..10_000_000 => format!("{} kB", bytes / 1000),
        _ => format!("{} MB", bytes / 1_000_000),
    }
}

fn say(done: &PublicationResult, target: &PublishTarget, manifest: &Manifest, voice: &Speech) {
    let counts = counted(&done.plan);
    voice.say(&Words::new(
        format!("已发布到 {target}：{}", counts.zh),
        format!("published to {target}: {}", counts.en),
    ));
    for path in &done.plan.left {
        voice.say(&Words::new(
            format!("{path} 已被改动，没有删除"),
            format!("{path} has been changed since it was published and is left"),
        ));
    }
    if voice.verbose {
        let files = manifest.files().len();
        let returns = match done.returns {
            true => Words::new("可以用 xiangwei rollback 退回", "xiangwei rollback goes back"),
            false => Words::new("不能退回", "one cannot go back"),
        };
        voice.say(&Words::new(
            format!("共 {files} 个文件；{}", returns.zh),
            format!("{files} files in all; {}", returns.en),
        ));
    }
}

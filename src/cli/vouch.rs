//! What `verify` is told by signatures: a proof, a web archive, and the log of a site.

use std::io::Cursor;

use camino::{Utf8Path, Utf8PathBuf};
use jiff::Timestamp;

use super::{Speech, Stop, key, witness};
use crate::bundle;
use crate::diag::Words;
use crate::disk;
use crate::proof::{self, Proof};
use crate::seal::{Minisig, PublicKey};
use crate::site::Manifest;
use crate::tlog::{Checkpoint, LogKey};

/// No proof is longer, in bytes: a text has at most 16 MiB.
const LONGEST_PROOF: u64 = (16 << 20) + (1 << 17);

/// No web archive that is read whole is longer, in bytes.
const LONGEST_ARCHIVE: u64 = 8 << 30;

/// Where the checkpoint of a site's log is.
const CHECKPOINT: &str = "log/checkpoint";

/// Reads a file of a site; none where it is not there.
type SiteFileReader<'a> = &'a dyn Fn(&str) -> Result<Option<Vec<u8>>, Stop>;

/// What can be said of who vouches.
#[derive(Debug, clap::Args)]
pub(super) struct Vouchers {
    /// The publisher's public key: a file, or the key itself
    #[arg(long, value_name = "KEY")]
    public_key: Option<String>,
    /// A witness's public key, name+id+base64, that must have signed as well
    #[arg(long, value_name = "KEY")]
    witness: Vec<String>,
    /// An older checkpoint of the log, which it must go on from
    #[arg(long, value_name = "CHECKPOINT")]
    since: Option<Utf8PathBuf>,
}

impl Vouchers {
    fn key(&self) -> Result<Option<PublicKey>, Stop> {
        self.public_key.as_deref().map(key::public).transpose()
    }

    fn witnesses(&self) -> Result<Vec<LogKey>, Stop> {
        let read = |text: &String| {
            LogKey::read(text).filter(LogKey::is_witness).ok_or_else(|| {
                Stop::Failure(Words::new(
                    format!("{text} 不是见证人的公钥：应为“名称+编号+base64”"),
                    format!("{text} is no witness's public key: it should be name+id+base64"),
                ))
            })
        };
        self.witness.iter().map(read).collect()
    }

    /// Whether what is in the file at `path` proves what it says; `None` where it is neither a proof nor a web archive.
    pub(super) fn file(&self, path: &Utf8Path, voice: &Speech) -> Option<Result<(), Stop>> {
        if !path.is_file() {
            return None;
        }
        match path.extension() {
            Some("wacz") => Some(self.archive(path, voice)),
            _ => Some(self.proof(path, voice)),
        }
    }

    fn proof(&self, path: &Utf8Path, voice: &Speech) -> Result<(), Stop> {
        let bytes = disk::get(path, LONGEST_PROOF)?;
        let text = String::from_utf8_lossy(&bytes);
        let proof = Proof::read(&text).map_err(|flaw| untrue(&flaw.words(), voice))?;
        match self.key()? {
            Some(key) => proof.check(&key),
            None => proof.holds(),
        }
        .map_err(|flaw| untrue(&flaw.words(), voice))?;
        voice.print(&format!("{}\n", proof.words().get(voice.language)))?;
        self.seen(&proof.proof.checkpoint, voice)?;
        self.unnamed(voice);
        Ok(())
    }

    fn archive(&self, path: &Utf8Path, voice: &Speech) -> Result<(), Stop> {
        let bytes = disk::get(path, LONGEST_ARCHIVE)?;
        let opened = bundle::opened(Cursor::new(bytes), self.key()?.as_ref())
            .map_err(|words| untrue(&words, voice))?;
        if opened.is_signed == Some(false) {
            let words = Words::new(
                "存档没有这把密钥的签名，或签名与内容不符",
                "the archive is not signed by this key, or the signature is not of it",
            );
            return Err(untrue(&words, voice));
        }
        let (main, created) = (&opened.main, &opened.created);
        voice.say(&Words::new(
            format!("存档完整：{main} 在 {created} 的样子"),
            format!("the archive is whole: {main} as of {created}"),
        ));
        self.unnamed(voice);
        Ok(())
    }

    /// Whether the log of a site is whole and signed, goes on from what was seen before, and has the texts that the site
    /// has. `read` gives the files of the site. A site without a log passes, unless somebody asks for one.
    pub(super) fn site(&self, read: SiteFileReader<'_>, voice: &Speech) -> Result<(), Stop> {
        let key = self.key()?;
        let text =
            |path: &str| Ok::<_, Stop>(read(path)?.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()));
        let listed = text(Manifest::PATH)?.unwrap_or_default();
        if let Some(key) = &key {
            let signature = text(Manifest::SIGNATURE)?;
            is_signed(key, &listed, signature.as_deref()).map_err(|words| untrue(&words, voice))?;
        }
        let Some(head) = text(CHECKPOINT)? else {
            return match (&key, &self.since) {
                (None, None) => Ok(()),
                _ => {
                    let words = Words::new(
                        format!("网站上没有签名的日志（{CHECKPOINT}）"),
                        format!("the site has no signed log ({CHECKPOINT})"),
                    );
                    Err(untrue(&words, voice))
                }
            };
        };
        let checkpoint = Checkpoint::read(&head).map_err(|doubt| untrue(&doubt.words(), voice))?;
        if let Some(key) = &key {
            checkpoint.check(key).map_err(|doubt| untrue(&doubt.words(), voice))?;
        }
        let manifest = Manifest::read(&listed).map_err(Stop::Failure)?;
        let below = |path: &str| read(&format!("log/{path}")).ok().flatten();
        let ledger = proof::audit(&checkpoint, &manifest, &below).map_err(|words| untrue(&words, voice))?;
        if let Some(since) = &self.since {
            let before = witness::read(since)?;
            if !proof::is_of(&ledger.tree, &before.head) {
                return Err(untrue(&proof::rewritten(&before), voice));
            }
        }
        let (origin, size) = (&checkpoint.origin, checkpoint.head.size);
        voice.say(&Words::new(
            format!("日志 {origin} 的 {size} 条记录完整，与网站上的正文一致"),
            format!("the {size} entries of the log {origin} are whole and agree with the texts on the site"),
        ));
        self.seen(&checkpoint, voice)?;
        self.unnamed(voice);
        Ok(())
    }

    /// Says which witnesses saw the checkpoint, all of whom must have.
    fn seen(&self, checkpoint: &Checkpoint, voice: &Speech) -> Result<(), Stop> {
        for key in self.witnesses()? {
            let name = &key.name;
            let Some(seen) = checkpoint.cosigned(&key) else {
                let words = Words::new(
                    format!("{name} 没有为这个检查点签名"),
                    format!("{name} did not sign this checkpoint"),
                );
                return Err(untrue(&words, voice));
            };
            let time = Timestamp::from_second(seen.time).map(|time| time.to_string()).unwrap_or_default();
            voice.say(&Words::new(
                format!("{name} 于 {time} 见证过这个日志"),
                format!("{name} saw the log like this at {time}"),
            ));
        }
        Ok(())
    }

    /// Says what is not known without a key.
    fn unnamed(&self, voice: &Speech) {
        if self.public_key.is_none() {
            voice.say(&Words::new(
                "没有给出公钥（--public-key），所以不知道是谁签的名",
                "no public key was given (--public-key), so that it is not known who signed it",
            ));
        }
    }
}

/// Says that something is not as it is said to be.
fn untrue(words: &Words, voice: &Speech) -> Stop {
    voice.mouth.say(&format!("{}: {}", voice.pick("错误", "error"), words.get(voice.language)));
    Stop::Mistakes
}

/// Whether the key signed the manifest `listed`.
fn is_signed(key: &PublicKey, listed: &str, signature: Option<&str>) -> Result<(), Words> {
    let name = Manifest::SIGNATURE;
    let no = |why: Words| {
        let (zh, en) = (why.zh, why.en);
        Words::new(
            format!("清单的签名（{name}）：{zh}"),
            format!("the signature of the manifest ({name}): {en}"),
        )
    };
    let signature = signature.ok_or_else(|| no(Words::new("没有", "there is none")))?;
    let signature = Minisig::read(signature).map_err(|trouble| no(trouble.words()))?;
    signature.check(key, listed.as_bytes()).map_err(|trouble| no(trouble.words()))
}

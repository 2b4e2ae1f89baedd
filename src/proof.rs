//! The record of what was published as a log that cannot be rewritten unseen, and the proof that one text stood at one
//! address on one day. A proof is one file of text that needs neither the site nor this program: the entry, its way to
//! the signed head of the log, and the text itself.

use std::collections::BTreeMap;

use crate::config::BaseUrl;
use crate::diag::Words;
use crate::publications::{Event, PublicationEntry, PublicationLog};
use crate::route::Route;
use crate::seal::{PublicKey, SecretKey};
use crate::site::{self, Manifest};
use crate::tlog::{self, Checkpoint, CheckpointDoubt, InclusionProof, LogKey, MerkleTree, Tile, TreeHead};

/// What a proof begins with.
const FIRST: &str = "xiangwei-proof/v1";

/// The name of the log of a site: the address of its files without the scheme (C2SP tlog-tiles, “Parameters”).
#[must_use]
pub fn origin(base: &BaseUrl) -> String {
    let whole = base.absolute("/log");
    whole.split_once("://").map_or(whole.clone(), |(_, name)| name.to_owned())
}

/// The tree over the entries of the record.
#[must_use]
pub fn tree(log: &PublicationLog) -> MerkleTree {
    let mut tree = MerkleTree::default();
    log.entries().iter().for_each(|entry| tree.push(entry.line().as_bytes()));
    tree
}

/// Whether a head is that of the record, now or when it was shorter.
#[must_use]
pub fn is_of(tree: &MerkleTree, head: &TreeHead) -> bool {
    tree.head_at(head.size) == Some(*head)
}

/// The entries of a log, taken from the files of its site.
#[derive(Debug)]
pub struct LogLedger {
    /// The entries, oldest first.
    pub entries: Vec<PublicationEntry>,
    /// The tree over them.
    pub tree: MerkleTree,
}

/// The entries of the log with this head. `file` gives the files of the log by their paths below it.
///
/// # Errors
/// When a file is missing, an entry is none, or the entries are not those of the head.
pub fn entries(head: &TreeHead, file: &dyn Fn(&str) -> Option<Vec<u8>>) -> Result<LogLedger, Words> {
    let mut ledger = LogLedger { entries: Vec::new(), tree: MerkleTree::default() };
    for tile in tlog::bundles(head.size) {
        let path = tile.path();
        let bundle = part(&tile, file).ok_or_else(|| lacks(&path))?;
        for line in tlog::entries(&bundle).ok_or_else(|| not_signed(&path))? {
            let next = ledger.entries.len() as u64 + 1;
            let entry = std::str::from_utf8(line).ok().and_then(PublicationEntry::read);
            let entry = entry.filter(|entry| entry.number == next).ok_or_else(|| not_signed(&path))?;
            ledger.tree.push(line);
            ledger.entries.push(entry);
        }
    }
    match ledger.tree.head() == *head {
        true => Ok(ledger),
        false => Err(not_signed(tlog::CHECKPOINT)),
    }
}

/// Whether the files of a log are those of its head, and `manifest` has the texts that its last entries are about.
///
/// # Errors
/// What is wrong with them.
pub fn audit(
    checkpoint: &Checkpoint,
    manifest: &Manifest,
    file: &dyn Fn(&str) -> Option<Vec<u8>>,
) -> Result<LogLedger, Words> {
    let ledger = entries(&checkpoint.head, file)?;
    let line = |index: u64| {
        let entry = usize::try_from(index).ok().and_then(|index| ledger.entries.get(index));
        entry.map(|entry| entry.line().into_bytes()).unwrap_or_default()
    };
    for tile in tlog::tiles(checkpoint.head.size, &[]) {
        let path = tile.path();
        if part(&tile, file).ok_or_else(|| lacks(&path))? != tile.bytes(line) {
            return Err(not_signed(&path));
        }
    }
    let mut last: BTreeMap<&Route, (&PublicationEntry, bool)> = BTreeMap::new();
    for entry in &ledger.entries {
        let gone = entry.from.as_ref().and_then(|from| last.remove(from));
        let before = last.get(&entry.address).copied().or(gone);
        // What has moved is as readable as it was.
        let is_readable = match (entry.event, before) {
            (Event::Moved, Some((_, is_readable))) => is_readable,
            (event, _) => event.stands(),
        };
        last.insert(&entry.address, (entry, is_readable));
    }
    if let Some(size) = reach(manifest).filter(|size| *size > checkpoint.head.size) {
        return Err(unsigned(checkpoint.head.size, size));
    }
    let other = last.into_values().find(|told| !stands(*told, manifest));
    match other.map(|(entry, _)| unrecorded(&entry.address)) {
        Some(words) => Err(words),
        None => Ok(ledger),
    }
}

/// A file of the log, or the beginning of the one that it has grown into since.
fn part(tile: &Tile, file: &dyn Fn(&str) -> Option<Vec<u8>>) -> Option<Vec<u8>> {
    file(&tile.path()).or_else(|| tile.beginning(&file(&tile.whole().path())?))
}

/// How many entries the files of a site's log have.
fn reach(manifest: &Manifest) -> Option<u64> {
    let paths = manifest.below("log/tile".into()).map(|(path, _)| path.as_str());
    paths.filter_map(|path| tlog::reaches(path.strip_prefix("log/")?)).max()
}

/// Whether the site has the text that an entry is about, if one can be read after it.
fn stands((entry, is_readable): (&PublicationEntry, bool), manifest: &Manifest) -> bool {
    let source = entry.address.beside("index.md").map(|route| route.output());
    let found = source.and_then(|path| manifest.get(&path)).map(|found| &found.sha256);
    if is_readable { found == Some(&entry.sha256) } else { found != Some(&entry.sha256) }
}

fn lacks(path: &str) -> Words {
    Words::new(format!("日志缺 {path}"), format!("the log lacks {path}"))
}

fn not_signed(path: &str) -> Words {
    Words::new(
        format!("日志的 {path} 与签名的检查点不符：记录被改动过"),
        format!("{path} of the log is not what the checkpoint says: the record was changed"),
    )
}

fn unrecorded(address: &Route) -> Words {
    Words::new(
        format!("{address} 的正文不是签名的日志里最后登记的那份：正文改动过"),
        format!("the text at {address} is not the one that the signed log recorded last: it was changed"),
    )
}

fn unsigned(signed: u64, size: u64) -> Words {
    Words::new(
        format!(
            "最近的发布没有签名：日志有 {size} 条，签名的检查点只到第 {signed} 条，以后的无从核对；请发布者用 publish --sign 再发布一次"
        ),
        format!(
            "the last publication was not signed: the log has {size} entries and the signed checkpoint {signed}, and nobody vouches for those behind it; the publisher should publish once more with --sign"
        ),
    )
}

/// The head of the record under `secret`. Whoever signed `before` cannot sign a record that contradicts it.
///
/// # Errors
/// When the record is not what was signed before with something added.
pub fn sign(
    log: &PublicationLog,
    base: &BaseUrl,
    secret: &SecretKey,
    before: Option<&Checkpoint>,
) -> Result<Checkpoint, Words> {
    let tree = tree(log);
    if let Some(before) = before.filter(|before| !is_of(&tree, &before.head)) {
        return Err(rewritten(before));
    }
    let origin = origin(base);
    Checkpoint::signed(&origin, tree.head(), secret).ok_or_else(|| {
        Words::new(format!("{origin} 不能作日志的名称"), format!("{origin} cannot be the name of a log"))
    })
}

/// What is said of a record that contradicts a checkpoint.
#[must_use]
pub fn rewritten(checkpoint: &Checkpoint) -> Words {
    let size = checkpoint.head.size;
    Words::new(
        format!("公开记录的前 {size} 条与签过名的检查点不符：历史被改写过"),
        format!(
            "the first {size} entries of the record are not those of the signed checkpoint: history was rewritten"
        ),
    )
}

/// The proof that one text stood at one address.
#[derive(Clone, Debug, PartialEq)]
pub struct Proof {
    /// What was published, and when.
    pub entry: PublicationEntry,
    /// The entry's way to the signed head.
    pub proof: InclusionProof,
    /// The text as it stood there; none where the entry says that none does any more.
    pub text: Option<String>,
}

/// Why a proof proves nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// It is written as none.
    Form,
    /// The entry is not in the log with this head.
    Entry,
    /// The text is not the one that the entry is about.
    Text,
    /// The head is not the log's.
    Checkpoint(CheckpointDoubt),
}

impl Flaw {
    /// What it says to people.
    #[must_use]
    pub fn words(self) -> Words {
        match self {
            Self::Form => {
                Words::new("不是完整的证明文件，或被改动过", "this is no whole proof, or it was changed")
            }
            Self::Entry => Words::new(
                "这条公开记录不在签名的日志里：记录、次序或日志改动过",
                "this entry is not in the log that was signed: the entry, its place or the log was changed",
            ),
            Self::Text => Words::new(
                "正文不是记录里的那份：文字改动过，或缺少正文",
                "the text is not the one that the entry is about: it was changed, or is missing",
            ),
            Self::Checkpoint(doubt) => doubt.words(),
        }
    }
}

impl Proof {
    /// The proof of `entry`, whose text was `text`, in the record with this signed head; `None` where the head is not of
    /// this record or older than the entry.
    #[must_use]
    pub fn of(
        log: &PublicationLog,
        entry: &PublicationEntry,
        checkpoint: Checkpoint,
        text: Option<String>,
    ) -> Option<Self> {
        let tree = tree(log);
        let index = entry.number.checked_sub(1)?;
        let inclusion =
            tree.inclusion(index, checkpoint.head.size).filter(|_| is_of(&tree, &checkpoint.head))?;
        let text = text.filter(|_| entry.event.stands());
        Some(Self { entry: entry.clone(), proof: InclusionProof { inclusion, checkpoint }, text })
    }

    /// The text of its file.
    #[must_use]
    pub fn written(&self) -> String {
        let (entry, proof) = (self.entry.line(), self.proof.text());
        format!("{FIRST}\n{entry}\n{proof}\n{}", self.text.as_deref().unwrap_or_default())
    }

    /// A proof from the text of its file.
    ///
    /// # Errors
    /// [`Flaw::Form`].
    pub fn read(text: &str) -> Result<Self, Flaw> {
        Self::taken(text).ok_or(Flaw::Form)
    }

    fn taken(text: &str) -> Option<Self> {
        let rest = text.strip_prefix(FIRST)?.strip_prefix('\n')?;
        let (line, rest) = rest.split_once('\n')?;
        let entry = PublicationEntry::read(line)?;
        // The way, the head and its signatures each end with an empty line.
        let ends: Vec<usize> = rest.match_indices("\n\n").map(|(at, _)| at).take(3).collect();
        let end = *ends.get(2)? + 1;
        let proof = InclusionProof::read(&rest[..end])?;
        let words = Some(rest[end + 1..].to_owned()).filter(|words| !words.is_empty());
        let proof = Self { entry, proof, text: words };
        (proof.written() == text).then_some(proof)
    }

    /// Whether it proves what it says, as far as it can be known without the log's key.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn holds(&self) -> Result<(), Flaw> {
        let (entry, proof) = (&self.entry, &self.proof);
        if entry.number.checked_sub(1) != Some(proof.inclusion.index) || !proof.leads(entry.line().as_bytes())
        {
            return Err(Flaw::Entry);
        }
        match &self.text {
            Some(text)
                if entry.event.stands() && site::FileDigest::of(text.as_bytes()).sha256 == entry.sha256 =>
            {
                Ok(())
            }
            None if !entry.event.stands() => Ok(()),
            _ => Err(Flaw::Text),
        }
    }

    /// Whether it proves what it says, under the log's key.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn check(&self, key: &PublicKey) -> Result<(), Flaw> {
        self.holds()?;
        self.proof.checkpoint.check(key).map_err(Flaw::Checkpoint)
    }

    /// What it proves, in plain words.
    #[must_use]
    pub fn words(&self) -> Words {
        let PublicationEntry { number, time, address, title, .. } = &self.entry;
        let Checkpoint { origin, head, .. } = &self.proof.checkpoint;
        let site = origin.strip_suffix("/log").unwrap_or(origin);
        let (zh, en) = match self.text {
            Some(_) => (
                format!("这份正文于 {} 在 {site}{address} 公开（《{title}》）", time.label()),
                format!("this text stood at {site}{address} on {} (+08:00): {title}", time.label()),
            ),
            None => (
                format!("{site}{address}（《{title}》）的正文于 {} 不再公开", time.label()),
                format!(
                    "the text at {site}{address} stood there no more from {} (+08:00) on: {title}",
                    time.label()
                ),
            ),
        };
        let size = head.size;
        Words::new(
            format!("{zh}，是日志 {origin} 共 {size} 条记录中的第 {number} 条"),
            format!("{en}. It is entry {number} of the {size} in the log {origin}"),
        )
    }

    /// When the witness with this key saw the log with the entry in it, in seconds from 1970.
    #[must_use]
    pub fn witnessed(&self, key: &LogKey) -> Option<i64> {
        self.proof.checkpoint.cosigned(key).map(|cosigned| cosigned.time)
    }
}

//! What was published cannot be rewritten unseen: every proof holds, and nothing that was changed does. Trees are held
//! against the definition of RFC 6962, written down here once more; the programs `minisign`, `wacz`, `warcio` and a
//! verifier of another language are asked by `scripts/proofs.sh`.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test reads what it made")]

mod support;

use std::collections::BTreeMap;
use std::io::Cursor;

use jiff::civil::date;
use sha2::{Digest, Sha256};
use support::Project;
use xiangwei::bundle::{self, BundleDetails, BundledFile};
use xiangwei::config::BaseUrl;
use xiangwei::proof::{self, Proof};
use xiangwei::publications::{PublicationEntry, PublicationLog};
use xiangwei::seal::SecretKey;
use xiangwei::site::{self, Manifest};
use xiangwei::tlog::{self, Checkpoint, Consistency, Hash, Inclusion, MerkleTree, Witness};

/// MTH of RFC 6962, section 2.1, as it stands there.
fn mth(entries: &[Vec<u8>]) -> [u8; 32] {
    match entries {
        [] => Sha256::digest([]).into(),
        [one] => Sha256::digest([&[0], one.as_slice()].concat()).into(),
        many => {
            let half = 1 << (usize::BITS - 1 - (many.len() - 1).leading_zeros());
            let (left, right) = many.split_at(half);
            Sha256::digest([&[1], &mth(left)[..], &mth(right)[..]].concat()).into()
        }
    }
}

fn some(count: usize) -> Vec<Vec<u8>> {
    (0..count).map(|number| format!("entry {number}").into_bytes()).collect()
}

fn grown(entries: &[Vec<u8>]) -> MerkleTree {
    entries.iter().map(Vec::as_slice).collect()
}

/// Each of `hashes` in turn with one bit turned, another one each time.
fn turned(hashes: &[Hash]) -> impl Iterator<Item = Vec<Hash>> + '_ {
    (0..hashes.len()).map(|at| {
        let mut hashes = hashes.to_vec();
        let bit = at * 37 % 256;
        hashes[at].0[bit / 8] ^= 1 << (bit % 8);
        hashes
    })
}

/// Sizes at which trees change their shape, and all small ones.
fn sizes() -> impl Iterator<Item = u64> {
    (1..=40).chain([63, 64, 65, 127, 255, 256, 257, 777, 1023, 1024, 1025, 2000])
}

#[test]
fn every_entry_is_proved_to_be_in_the_tree_and_no_changed_proof_holds() {
    let entries = some(2000);
    let tree = grown(&entries);
    for size in sizes() {
        let head = tree.head_at(size).unwrap();
        assert_eq!(head.root.0, mth(&entries[..usize::try_from(size).unwrap()]), "{size}");
        for index in 0..size {
            let entry = Hash::of_entry(&entries[usize::try_from(index).unwrap()]);
            let proof = tree.inclusion(index, size).unwrap();
            assert!(proof.leads(entry, &head), "{index} of {size}");
            let beside = Inclusion { index: index ^ 1, hashes: proof.hashes.clone() };
            assert!(size == 1 || !beside.leads(entry, &head), "{index} of {size} at another place");
            let step = if size > 300 { 5 } else { 1 };
            for hashes in turned(&proof.hashes).step_by(step) {
                assert!(!Inclusion { index, hashes }.leads(entry, &head), "{index} of {size}");
            }
        }
    }
}

#[test]
fn every_older_tree_is_proved_to_be_the_beginning_and_no_changed_proof_holds() {
    let entries = some(2000);
    let tree = grown(&entries);
    for size in sizes() {
        let head = tree.head_at(size).unwrap();
        for old in 1..=size {
            let before = tree.head_at(old).unwrap();
            let proof = tree.consistency(old, size).unwrap();
            assert!(proof.leads(&before, &head), "{old} of {size}");
            let step = if size > 300 { 5 } else { 1 };
            for hashes in turned(&proof.hashes).step_by(step) {
                assert!(!Consistency { hashes }.leads(&before, &head), "{old} of {size}");
            }
            let mut other = before;
            other.root.0[7] ^= 1;
            assert!(!proof.leads(&other, &head), "{old} of {size} with another beginning");
        }
    }
}

fn text(number: u64) -> String {
    format!("---\ntitle: 第{number}份\n---\n一、全年办结行政复议案件{number}件。\n")
}

fn entry(number: u64) -> PublicationEntry {
    let (day, sha256) = (number % 28 + 1, site::FileDigest::of(text(number).as_bytes()).sha256);
    let line = format!(
        r#"{{"number":{number},"time":"2026-03-{day:02}T09:30:00+08:00","event":"published","address":"/a{number}/2019/","path":"content/a{number}/2019.md","title":"第{number}份","kind":"annual-report","sha256":"{sha256}","words":"{sha256}","published":"2026-03-20"}}"#
    );
    PublicationEntry::read(&line).unwrap()
}

fn record(count: u64) -> PublicationLog {
    let mut log = PublicationLog::default();
    (1..=count).for_each(|number| log.push(entry(number)));
    log
}

fn base() -> BaseUrl {
    BaseUrl::parse("https://www.example.gov.cn/fzzf/").unwrap()
}

fn key() -> SecretKey {
    SecretKey::new(&[7; 32], *b"a number")
}

fn proved(number: u64) -> Proof {
    let log = record(300);
    let checkpoint = proof::sign(&log, &base(), &key(), None).unwrap();
    let entry = &log.entries()[usize::try_from(number - 1).unwrap()];
    Proof::of(&log, entry, checkpoint, Some(text(number))).unwrap()
}

#[test]
fn a_proof_is_small_and_says_in_plain_words_what_it_proves() {
    let proof = proved(17);
    let file = proof.written();
    assert!(file.len() - text(17).len() < 2000, "{} bytes", file.len());
    let read = Proof::read(&file).unwrap();
    assert_eq!(read, proof);
    assert_eq!(read.check(&key().public()), Ok(()));
    assert!(read.check(&SecretKey::new(&[8; 32], [0; 8]).public()).is_err());
    insta::assert_snapshot!(proof.words().en, @"this text stood at www.example.gov.cn/fzzf/a17/2019/ on 2026-03-18 09:30 (+08:00): 第17份. It is entry 17 of the 300 in the log www.example.gov.cn/fzzf/log");
}

#[test]
fn whatever_is_changed_in_a_proof_is_found() {
    let file = proved(17).written();
    let bytes = file.as_bytes();
    let is_found = |bytes: &[u8]| {
        let read = std::str::from_utf8(bytes).ok().and_then(|text| Proof::read(text).ok());
        read.is_none_or(|proof| proof.check(&key().public()).is_err())
    };
    assert!(!is_found(bytes));
    // Every byte of it: entry, date, way, head, signature and text.
    for at in 0..bytes.len() {
        for change in [1, 0x20] {
            let mut other = bytes.to_vec();
            other[at] ^= change;
            assert!(is_found(&other), "byte {at} of {}", bytes.len());
        }
        assert!(is_found(&bytes[..at]), "cut after {at}");
    }
    assert!(is_found(&[bytes, b"x"].concat()));
    // Parts of another proof that holds.
    let (own, other) = (proved(17), proved(18));
    let swapped = [
        Proof { text: other.text.clone(), ..own.clone() },
        Proof { text: None, ..own.clone() },
        Proof { entry: other.entry.clone(), ..own.clone() },
        Proof { proof: other.proof.clone(), ..own.clone() },
        Proof { entry: other.entry, text: other.text, ..own },
    ];
    assert!(swapped.iter().all(|proof| is_found(proof.written().as_bytes())));
}

/// The files of a site with this record, and its manifest.
fn published(log: &PublicationLog) -> (BTreeMap<String, Vec<u8>>, Manifest) {
    let line = |index: u64| log.entries()[usize::try_from(index).unwrap()].line().into_bytes();
    let tiles = tlog::tiles(log.entries().len() as u64, &[]);
    let files = tiles.into_iter().map(|tile| (tile.path(), tile.bytes(line))).collect();
    let source = |entry: &PublicationEntry| {
        let path = format!("{}index.md", &entry.address.as_str()[1..]);
        (path.into(), site::FileDigest::of(text(entry.number).as_bytes()))
    };
    (files, log.entries().iter().map(source).collect())
}

#[test]
fn whatever_is_changed_in_the_log_of_a_site_is_found() {
    let log = record(300);
    let checkpoint = proof::sign(&log, &base(), &key(), None).unwrap();
    let (files, manifest) = published(&log);
    let audit = |files: &BTreeMap<String, Vec<u8>>, manifest: &Manifest| {
        proof::audit(&checkpoint, manifest, &|path| files.get(path).cloned())
    };
    assert_eq!(audit(&files, &manifest).unwrap().entries.len(), 300);
    for path in files.keys() {
        let whole = files[path].len();
        for at in (0..whole).step_by(whole / 12 + 1).chain([whole - 1]) {
            let mut other = files.clone();
            other.get_mut(path).unwrap()[at] ^= 1;
            assert!(audit(&other, &manifest).is_err(), "byte {at} of {path}");
        }
        let mut other = files.clone();
        other.remove(path);
        assert!(audit(&other, &manifest).is_err(), "{path} is missing");
    }
    // Signed before the last publication, whose tiles have grown over those of the head.
    let early = proof::sign(&record(200), &base(), &key(), None).unwrap();
    let ledger = proof::entries(&early.head, &|path| files.get(path).cloned()).unwrap();
    assert_eq!(ledger.entries.len(), 200);
    let (mut other, _) = published(&record(299));
    assert!(audit(&other, &manifest).is_err(), "an entry less");
    (other, _) = published(&log);
    let mut texts: BTreeMap<_, _> = manifest.files().clone();
    texts.insert("a7/2019/index.md".into(), site::FileDigest::of(b"another text"));
    let changed: Manifest = texts.into_iter().map(|(path, entry)| (path.into(), entry)).collect();
    assert!(audit(&other, &changed).is_err(), "a text was changed and not recorded");
}

#[test]
fn a_rewritten_history_is_neither_signed_nor_witnessed() {
    let (short, long) = (record(200), record(300));
    let before = proof::sign(&short, &base(), &key(), None).unwrap();
    let after = proof::sign(&long, &base(), &key(), Some(&before)).unwrap();
    assert!(proof::is_of(&proof::tree(&long), &before.head));
    let mut rewritten = PublicationLog::default();
    for entry in long.entries() {
        let mut entry = entry.clone();
        if entry.number == 150 {
            entry.published = "2026-03-19".into();
        }
        rewritten.push(entry);
    }
    assert!(proof::sign(&rewritten, &base(), &key(), Some(&before)).is_err());
    assert!(proof::sign(&short, &base(), &key(), Some(&after)).is_err(), "a shorter record");
    assert!(!proof::is_of(&proof::tree(&rewritten), &before.head));
    let witness = Witness { name: "library.example.cn".into(), secret: SecretKey::new(&[9; 32], [9; 8]) };
    let seen = witness.cosign(&after, 1_774_000_000).unwrap();
    assert_eq!(seen.check(&key().public()), Ok(()));
    let proof = Proof::of(&long, &long.entries()[16], seen, Some(text(17))).unwrap();
    assert_eq!(Proof::read(&proof.written()).unwrap().witnessed(&witness.key()), Some(1_774_000_000));
    assert!(proof.written().len() - text(17).len() < 2000);
    let text = after.text();
    for at in 0..text.len() {
        let mut bytes = text.clone().into_bytes();
        bytes[at] ^= 1;
        let read = String::from_utf8(bytes).ok().and_then(|text| Checkpoint::read(&text).ok());
        assert!(read.is_none_or(|other| other.check(&key().public()).is_err()), "byte {at}");
    }
}

fn about() -> BundleDetails {
    BundleDetails {
        base: base(),
        title: "档案".into(),
        description: String::new(),
        published: date(2026, 3, 20).at(1, 30, 0, 0),
        software: "xiangwei".into(),
    }
}

#[test]
fn a_web_archive_is_the_same_each_time_and_shows_every_change() {
    let site = Project::in_world("").site();
    let pieces =
        || site.iter().map(|(path, bytes)| Ok(BundledFile { path: path.to_string(), bytes: bytes.clone() }));
    let made =
        || bundle::wacz(Cursor::new(Vec::new()), &about(), (0, pieces()), Some(&key())).unwrap().into_inner();
    let bytes = made();
    assert_eq!(bytes, made());
    let opened = bundle::opened(Cursor::new(&bytes), Some(&key().public())).unwrap();
    assert_eq!((&*opened.main, opened.is_signed), ("https://www.example.gov.cn/fzzf/", Some(true)));
    let other =
        bundle::opened(Cursor::new(&bytes), Some(&SecretKey::new(&[8; 32], [0; 8]).public())).unwrap();
    assert_eq!(other.is_signed, Some(false));
    // In the data of the archive; what a zip says of itself besides nobody reads.
    let data = bytes.windows(4).position(|bytes| bytes == [0x1f, 0x8b, 8, 0]).unwrap();
    for at in (data..data + 20_000).step_by(397) {
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        assert!(bundle::opened(Cursor::new(changed), None).is_err(), "byte {at}");
    }
}

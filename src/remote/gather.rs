//! Reads what offices publish, for a federated site: each office's manifest every time, and of what that names only what
//! is not kept already. What is wrong with an office ends the reading of its site, and of what was read of it before the
//! last whole copy is shown; the others are read all the same, within bounds of time and bytes for each.

mod reading;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Mutex, PoisonError};
use std::thread;

use camino::Utf8Path;

use super::visit::Manners;
use crate::config::{MemberOffice, Sites};
use crate::disk::{Failure, MAX_TEXT, Stock};
use crate::federation::{self, AskedOffice, LARGEST_MANIFEST, OfficeCopy, OfficeFault, RememberedOffice};
use crate::offices::OfficeStanding;
use crate::publications::Stamp;
use crate::seal::PublicKey;
use crate::site::{FileDigest, Manifest};
use reading::OfficeFiles;

/// What offices are read with.
pub struct OfficeGathering<'a> {
    /// The offices.
    pub sites: &'a Sites,
    /// The folder from which the folders of offices are named.
    pub folder: &'a Utf8Path,
    /// What is kept of them.
    pub stock: &'a Stock,
    /// How they are asked.
    pub manners: &'a Manners,
    /// The time.
    pub now: Stamp,
}

/// What is between an office and a fresh copy of its site.
enum OfficeObstacle {
    /// Something of the office's.
    Fault(OfficeFault),
    /// Something of this computer's, which stops everything.
    Failure(Failure),
}

impl From<OfficeFault> for OfficeObstacle {
    fn from(fault: OfficeFault) -> Self {
        Self::Fault(fault)
    }
}

impl From<Failure> for OfficeObstacle {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

/// So many hosts are asked at once.
const AT_ONCE: usize = 8;

/// No more is read of one office in one run, in bytes.
const MOST_BYTES: u64 = 8 << 30;

/// No signature is longer, in bytes.
const LARGEST_SIGNATURE: u64 = 16 << 10;

/// Asks every office, and says what became of each, in their order; `told` is called whenever one is done with.
///
/// # Errors
/// When this computer cannot keep what was read.
pub fn gather(
    gathering: &OfficeGathering<'_>,
    told: &(dyn Fn() + Sync),
) -> Result<Vec<AskedOffice>, Failure> {
    let needed = Mutex::new(BTreeSet::new());
    let queue = Mutex::new(by_host(gathering.sites));
    let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
    let done = Mutex::new(BTreeMap::new());
    let work = || {
        while let Some(of_host) = next() {
            for at in of_host {
                let office = GatheredOffice::new(gathering, &gathering.sites.offices[at]);
                let asked = office.asked();
                needed.lock().unwrap_or_else(PoisonError::into_inner).extend(office.into_needed());
                done.lock().unwrap_or_else(PoisonError::into_inner).insert(at, asked);
                told();
            }
        }
    };
    thread::scope(|scope| (0..AT_ONCE).for_each(|_| drop(scope.spawn(work))));
    let done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    let asked = done.into_values().collect::<Result<Vec<_>, _>>()?;
    let needed: BTreeSet<String> = needed.into_inner().unwrap_or_else(PoisonError::into_inner);
    let names = gathering.sites.offices.iter().map(|member| &*member.name.value).collect();
    gathering.stock.tidy(&names, &needed.iter().map(String::as_str).collect())?;
    Ok(asked)
}

/// The offices of each host together, by their places in the list: a host is asked one thing at a time.
fn by_host(sites: &Sites) -> VecDeque<Vec<usize>> {
    let mut hosts: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, member) in sites.offices.iter().enumerate() {
        hosts.entry(member.url.origin()).or_default().push(at);
    }
    hosts.into_values().collect()
}

/// An office that is being read.
struct GatheredOffice<'a> {
    gathering: &'a OfficeGathering<'a>,
    member: &'a MemberOffice,
    /// What was believed of it last, if that was at the same address.
    before: Option<RememberedOffice>,
    reading: OfficeFiles<'a>,
    needed: Mutex<NeededFiles>,
}

/// What is needed of the files that are kept, and how much was read.
#[derive(Default)]
struct NeededFiles {
    digests: BTreeSet<String>,
    bytes: u64,
}

impl<'a> GatheredOffice<'a> {
    fn new(gathering: &'a OfficeGathering<'a>, member: &'a MemberOffice) -> Self {
        let note = gathering.stock.note(&member.name.value);
        let before = note.and_then(|note| serde_json::from_slice::<RememberedOffice>(&note).ok());
        let before = before.filter(|before| before.url == member.url.absolute("/"));
        let reading = OfficeFiles::of(member, gathering.folder, gathering.manners);
        Self { gathering, member, before, reading, needed: Mutex::default() }
    }

    fn into_needed(self) -> BTreeSet<String> {
        self.needed.into_inner().unwrap_or_else(PoisonError::into_inner).digests
    }

    /// What becomes of asking it.
    fn asked(&self) -> Result<AskedOffice, Failure> {
        let is_signed = self.member.key.is_some();
        match self.fresh() {
            Ok((copy, remembered)) => {
                let note =
                    serde_json::to_vec_pretty(&remembered).expect("texts and digests are plain strings");
                self.gathering.stock.keep_note(&self.member.name.value, &note)?;
                let read = Some(remembered.read);
                Ok(AskedOffice {
                    copy: Some(copy),
                    read,
                    standing: OfficeStanding::Current,
                    is_signed,
                    faults: Vec::new(),
                })
            }
            Err(OfficeObstacle::Failure(failure)) => Err(failure),
            Err(OfficeObstacle::Fault(fault)) => {
                let earlier = self.trusted().and_then(|before| Some((self.earlier(before)?, before.read)));
                let standing =
                    if earlier.is_some() { OfficeStanding::Earlier } else { OfficeStanding::Absent };
                let (copy, read) = earlier.map_or((None, None), |(copy, read)| (Some(copy), Some(read)));
                let is_signed = is_signed && copy.is_some();
                Ok(AskedOffice { copy, read, standing, is_signed, faults: vec![fault] })
            }
        }
    }

    /// What was believed last, if the same key had signed it that has to now.
    fn trusted(&self) -> Option<&RememberedOffice> {
        self.before.as_ref().filter(|before| before.key == self.member.key.as_ref().map(PublicKey::minisign))
    }

    /// Its site as it is now.
    fn fresh(&self) -> Result<(OfficeCopy, RememberedOffice), OfficeObstacle> {
        let bytes = self.reading.read(Manifest::PATH, LARGEST_MANIFEST)?;
        let (entry, manifest) = (FileDigest::of(&bytes), federation::manifest(&bytes)?);
        let same = self.trusted().filter(|before| before.manifest == entry);
        let checkpoint = match same {
            Some(before) => before.checkpoint.clone(),
            None => {
                self.is_vouched(&bytes)?;
                self.history(&manifest)?
            }
        };
        let [(records, records_entry), (places, places_entry)] = federation::listing(&manifest)?;
        let (records, places) = (self.taken(&records, &records_entry)?, self.taken(&places, &places_entry)?);
        let copy = federation::copy(&manifest, &records, &places, MAX_TEXT)?;
        for document in &copy.documents {
            self.hold(&document.source, &document.entry)?;
        }
        self.keep(&entry, &bytes)?;
        let remembered = RememberedOffice {
            url: self.member.url.absolute("/"),
            manifest: entry,
            key: self.member.key.as_ref().map(PublicKey::minisign),
            read: self.gathering.now,
            checkpoint,
        };
        Ok((copy, remembered))
    }

    /// Its site as it was believed last, if all of it is kept.
    fn earlier(&self, before: &RememberedOffice) -> Option<OfficeCopy> {
        let kept = |entry: &FileDigest| {
            self.needs(entry);
            self.gathering.stock.get(entry)
        };
        let manifest = federation::manifest(&kept(&before.manifest)?).ok()?;
        let [(_, records), (_, places)] = federation::listing(&manifest).ok()?;
        let copy = federation::copy(&manifest, &kept(&records)?, &kept(&places)?, MAX_TEXT).ok()?;
        copy.documents.iter().for_each(|document| self.needs(&document.entry));
        copy.documents.iter().all(|document| self.gathering.stock.has(&document.entry)).then_some(copy)
    }

    /// Holds that its key has signed the manifest, where one is known.
    fn is_vouched(&self, manifest: &[u8]) -> Result<(), OfficeFault> {
        let Some(key) = &self.member.key else { return Ok(()) };
        let signature = self.reading.read(Manifest::SIGNATURE, LARGEST_SIGNATURE)?;
        federation::vouched(key, manifest, &signature)
    }

    /// Holds that its log, where it has one, goes on from the head that was seen last, and gives the head.
    fn history(&self, manifest: &Manifest) -> Result<Option<String>, OfficeObstacle> {
        let before = self.before.as_ref().and_then(|before| before.checkpoint.as_deref());
        let Some((path, entry)) = federation::checkpoint(manifest, before)? else { return Ok(None) };
        let now = String::from_utf8_lossy(&self.taken(&path, &entry)?).into_owned();
        if before == Some(&*now) {
            return Ok(Some(now));
        }
        let mut files = BTreeMap::new();
        for (path, entry) in federation::log_files(manifest, &now, self.member.key.as_ref())? {
            self.taken(&path, &entry)?;
            files.insert(path, entry);
        }
        let file = |path: &str| self.gathering.stock.get(files.get(&format!("log/{path}"))?);
        federation::follows(&now, before, &file)?;
        Ok(Some(now))
    }

    /// The bytes of a file of the manifest.
    fn taken(&self, path: &str, entry: &FileDigest) -> Result<Vec<u8>, OfficeObstacle> {
        if let Some(bytes) = self.gathering.stock.get(entry) {
            self.needs(entry);
            return Ok(bytes);
        }
        let bytes = self.fetched(path, entry)?;
        self.keep(entry, &bytes)?;
        Ok(bytes)
    }

    /// Makes sure that a text of the manifest is kept.
    fn hold(&self, path: &str, entry: &FileDigest) -> Result<(), OfficeObstacle> {
        if self.gathering.stock.has(entry) {
            self.needs(entry);
            return Ok(());
        }
        let bytes = self.fetched(path, entry)?;
        if str::from_utf8(&bytes).is_err() {
            return Err(OfficeFault::nonsense(path, "不是 UTF-8 文本", "it is no text in UTF-8").into());
        }
        self.keep(entry, &bytes)
    }

    /// The bytes of a file of the manifest, from the office.
    fn fetched(&self, path: &str, entry: &FileDigest) -> Result<Vec<u8>, OfficeObstacle> {
        let mut needed = self.needed.lock().unwrap_or_else(PoisonError::into_inner);
        needed.bytes = needed.bytes.saturating_add(entry.size);
        if needed.bytes > MOST_BYTES {
            return Err(OfficeFault::too_large(path, MOST_BYTES).into());
        }
        drop(needed);
        // One byte more than there should be tells that it is another file.
        let bytes = self.reading.read(path, entry.size + 1)?;
        match FileDigest::of(&bytes) == *entry {
            true => Ok(bytes),
            false => Err(OfficeFault::digest(path).into()),
        }
    }

    fn keep(&self, entry: &FileDigest, bytes: &[u8]) -> Result<(), OfficeObstacle> {
        self.needs(entry);
        if self.gathering.stock.get(entry).is_none() {
            self.gathering.stock.keep(entry, bytes)?;
        }
        Ok(())
    }

    fn needs(&self, entry: &FileDigest) {
        let mut needed = self.needed.lock().unwrap_or_else(PoisonError::into_inner);
        needed.digests.insert(entry.sha256.clone());
    }
}

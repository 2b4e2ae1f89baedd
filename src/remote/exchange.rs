//! Where the parts of a build on many machines tell each other what they have read and drawn: a folder that all see, or
//! a place in a store. A file is put there whole, and once: who makes a part again makes the same files.

use std::time::{Duration, Instant};

use super::store::{Store, get, open};
use super::{Patience, TargetTrouble};
use crate::deliver::PublishTarget;
use crate::parts::{FileHash, JoinRefusal, PartFileSort, Seal, opened, proved};

/// Where parts tell each other something.
pub struct Exchange {
    store: Box<dyn Store>,
    patience: Patience<'static>,
}

/// How one waits for others: for so long, and how somebody is told that one waits.
pub struct Waiting<'a> {
    /// For so long.
    pub most: Duration,
    /// Told once, with the parts that are waited for.
    pub told: &'a dyn Fn(&[usize]),
}

/// The first pause between two looks, and the longest.
const FIRST: Duration = Duration::from_millis(50);
const LONGEST: Duration = Duration::from_secs(5);

impl Exchange {
    /// The exchange at `target`, which may be empty.
    ///
    /// # Errors
    /// When too little is known of it, or there are no credentials for it.
    pub fn open(target: &PublishTarget) -> Result<Self, TargetTrouble> {
        let patience = Patience::default();
        Ok(Self { store: open(target, &patience)?, patience })
    }

    /// What the first part has put down.
    ///
    /// # Errors
    /// When the target cannot be read, or nothing is put down in time.
    pub fn seal(&self, waiting: &Waiting<'_>) -> Result<Seal, TargetTrouble> {
        let mut rest = RemainingTime::of(waiting);
        loop {
            if let Some(bytes) = self.bytes(Seal::NAME)? {
                return Ok(Seal::read(&bytes)?);
            }
            if !rest.take(&[1], self.patience.pause) {
                return Err(JoinRefusal::Empty.into());
            }
        }
    }

    /// Puts down what every part has to have the same, or makes sure that it is what the first has put down.
    ///
    /// # Errors
    /// When something is another, or the target cannot be read or written.
    pub fn agree(&self, seal: &Seal) -> Result<(), TargetTrouble> {
        match self.settle(Seal::NAME, &seal.bytes())? {
            None => Ok(()),
            Some(first) => Ok(seal.agrees_with(&Seal::read(&first)?)?),
        }
    }

    /// Puts a file of a part in place, and says what proves it.
    ///
    /// # Errors
    /// When another file of this name is there, or the target cannot be read or written.
    pub fn put(&self, part: usize, name: &str, bytes: Vec<u8>) -> Result<FileHash, TargetTrouble> {
        let (bytes, sum) = proved(bytes);
        match self.settle(name, &bytes)?.map(opened) {
            None => Ok(sum),
            Some(Some((_, there))) if there == sum => Ok(sum),
            Some(Some(_)) => Err(JoinRefusal::Unlike { part }.into()),
            Some(None) => Err(JoinRefusal::Damaged { name: name.to_owned() }.into()),
        }
    }

    /// What is in a file, and what proves it; nothing where it is not there.
    ///
    /// # Errors
    /// When it is damaged, or the target cannot be read.
    pub fn get(&self, name: &str) -> Result<Option<(Vec<u8>, FileHash)>, TargetTrouble> {
        let damaged = || JoinRefusal::Damaged { name: name.to_owned() }.into();
        self.bytes(name)?.map(|bytes| opened(bytes).ok_or_else(damaged)).transpose()
    }

    /// Gives the file of a sort of each of these parts to `take`, in any order, each as soon as it is there.
    ///
    /// # Errors
    /// What `take` says; when some are still not there in time, or the target cannot be read.
    pub fn gather<E: From<TargetTrouble>>(
        &self,
        (sort, parts): (PartFileSort, impl IntoIterator<Item = usize>),
        waiting: &Waiting<'_>,
        take: &mut dyn FnMut(usize, Vec<u8>, FileHash) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut missing: Vec<usize> = parts.into_iter().collect();
        let mut rest = RemainingTime::of(waiting);
        loop {
            let mut absent = Vec::new();
            for part in missing {
                match self.get(&sort.name(part))? {
                    Some((bytes, sum)) => take(part, bytes, sum)?,
                    None => absent.push(part),
                }
            }
            if absent.is_empty() {
                return Ok(());
            }
            if !rest.take(&absent, self.patience.pause) {
                return Err(TargetTrouble::from(JoinRefusal::Missing { sort, parts: absent }).into());
            }
            missing = absent;
        }
    }

    fn bytes(&self, name: &str) -> Result<Option<Vec<u8>>, TargetTrouble> {
        get(&*self.store, name, &self.patience)
    }

    /// Puts a file in place unless one is there, and gives that one.
    fn settle(&self, name: &str, bytes: &[u8]) -> Result<Option<Vec<u8>>, TargetTrouble> {
        self.patience.with(|| {
            if self.store.create(name, bytes)? {
                return Ok(None);
            }
            // A store may refuse a file because somebody is putting one there at this moment.
            let there = self.bytes(name)?;
            there.map(Some).ok_or_else(|| {
                TargetTrouble::passing(format!("{name} 正在写入"), format!("{name} is being written"))
            })
        })
    }
}

/// The time that is left to wait.
struct RemainingTime<'a> {
    waiting: &'a Waiting<'a>,
    begun: Instant,
    pause: Duration,
}

impl<'a> RemainingTime<'a> {
    fn of(waiting: &'a Waiting<'a>) -> Self {
        Self { waiting, begun: Instant::now(), pause: Duration::ZERO }
    }

    /// Waits a while for these parts; false once the time is over.
    fn take(&mut self, parts: &[usize], pause: &dyn Fn(Duration)) -> bool {
        let left = self.waiting.most.saturating_sub(self.begun.elapsed());
        if left.is_zero() {
            return false;
        }
        if self.pause.is_zero() {
            (self.waiting.told)(parts);
        }
        self.pause = (self.pause * 2).clamp(FIRST, LONGEST);
        pause(self.pause.min(left));
        true
    }
}

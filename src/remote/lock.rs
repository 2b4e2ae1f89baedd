//! One publisher at a time: an object that only one can make. It stays where a publisher is killed; the next one
//! on the same computer knows it by its token, and everybody else is told whose it is.

use super::publish::LockClaim;
use super::store::get;
use super::{Patience, Store, TargetTrouble};
use crate::deliver::{LOCK, LockHolder};
use crate::disk::Keepsake;
use crate::source::hex;

/// The right to publish to a target.
pub(super) struct TargetLock<'a> {
    store: &'a dyn Store,
    patience: &'a Patience<'a>,
    held: LockHolder,
}

impl<'a> TargetLock<'a> {
    /// Takes the lock, also from a publisher of this computer that is not there any more, and from anybody if it is
    /// to be broken.
    pub(super) fn take(
        store: &'a dyn Store,
        patience: &'a Patience<'a>,
        LockClaim { owner, since, break_lock }: LockClaim<'_>,
        keepsake: &Keepsake,
    ) -> Result<Self, TargetTrouble> {
        let own = keepsake.tokens();
        let held = LockHolder { owner: owner.to_owned(), since: since.to_owned(), token: token()? };
        // Before anything is made with it; those of the dead are known until theirs is taken.
        keepsake.keep_tokens(&[&own[..], std::slice::from_ref(&held.token)].concat())?;
        let lock = Self { store, patience, held };
        if let Some(other) = lock.look()? {
            if !break_lock && !own.contains(&other.token) {
                keepsake.keep_tokens(&own)?;
                return Err(refused(&other));
            }
            patience.with(|| store.remove(LOCK))?;
        }
        let is_made = patience.with(|| store.create(LOCK, &lock.held.json()))?;
        // An answer may have been lost, so that only what stands there tells. A store that does not know how to make
        // a file only where none is shows here as well.
        match lock.look()? {
            Some(now) if now.token == lock.held.token => {
                keepsake.keep_tokens(&[now.token])?;
                Ok(lock)
            }
            Some(other) => Err(refused(&other)),
            None if is_made => Err(TargetTrouble::new(
                "锁刚刚被别人删去，请重新发布",
                "somebody has just removed the lock; publish again",
            )),
            None => Err(refused(&LockHolder::read(b""))),
        }
    }

    /// Holds that nobody has broken the lock.
    pub(super) fn is_held(&self) -> Result<(), TargetTrouble> {
        match self.look()? {
            Some(now) if now.token == self.held.token => Ok(()),
            Some(other) => Err(refused(&other)),
            None => Err(TargetTrouble::new(
                "锁被别人删去了，发布已停下；确定没有别人在发布后，重新发布",
                "somebody removed the lock, and publishing has stopped; publish again when nobody else does",
            )),
        }
    }

    /// Gives the lock back.
    pub(super) fn release(self) -> Result<(), TargetTrouble> {
        self.patience.with(|| self.store.remove(LOCK))
    }

    fn look(&self) -> Result<Option<LockHolder>, TargetTrouble> {
        Ok(get(self.store, LOCK, self.patience)?.map(|bytes| LockHolder::read(&bytes)))
    }
}

fn refused(held: &LockHolder) -> TargetTrouble {
    TargetTrouble { words: held.words(), is_passing: false }
}

fn token() -> Result<String, TargetTrouble> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| {
        TargetTrouble::new(
            format!("系统没有给出随机数：{error}"),
            format!("the system gave no random numbers: {error}"),
        )
    })?;
    Ok(hex(&bytes))
}

//! One request at a time to a host, with a pause in between; and none to a host that does not answer or wants to be
//! left alone.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::VisitHindrance;
use crate::check::external::NoAnswer;

/// Whose turn it is, by host.
#[derive(Default)]
pub(super) struct Turns(Mutex<HashMap<String, Arc<Host>>>);

/// What is known of a host.
#[derive(Default)]
pub(super) struct Host(Mutex<Turn>);

/// The turn of a request. While one has it, no other request goes to its host.
#[derive(Default)]
pub(super) struct Turn {
    /// When the next request may go.
    free: Option<Instant>,
    /// How often one after another there was no answer.
    silences: u8,
    /// Why it is not asked any more.
    given_up: Option<VisitHindrance>,
}

/// A host that is silent so often is not asked any more.
const MOST_SILENCES: u8 = 2;

impl Turns {
    /// The host of this name.
    pub(super) fn of(&self, host: &str) -> Arc<Host> {
        let mut hosts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(hosts.entry(host.to_owned()).or_default())
    }
}

impl Host {
    /// Waits until nobody else asks it.
    pub(super) fn lock(&self) -> MutexGuard<'_, Turn> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Turn {
    /// Waits until the host may be asked.
    pub(super) fn wait(&self, deadline: Instant) -> Result<(), VisitHindrance> {
        if let Some(hindrance) = self.given_up {
            return Err(hindrance);
        }
        let now = Instant::now();
        let free = self.free.unwrap_or(now).max(now);
        if free >= deadline {
            return Err(VisitHindrance::Later);
        }
        thread::sleep(free - now);
        Ok(())
    }

    /// Notes that a request has ended, and what went wrong with it.
    pub(super) fn has_answered(&mut self, hindrance: Option<VisitHindrance>, pause: Duration) {
        self.rest(pause);
        let of_host = [NoAnswer::NoHost, NoAnswer::NoConnection, NoAnswer::TimedOut, NoAnswer::Untrusted];
        match hindrance {
            Some(VisitHindrance::Silent(silence)) if of_host.contains(&silence) => self.silences += 1,
            _ => self.silences = 0,
        }
        if self.silences >= MOST_SILENCES {
            self.given_up = hindrance;
        }
    }

    /// Leaves the host alone for so long.
    pub(super) fn rest(&mut self, wait: Duration) {
        self.free = Some(Instant::now() + wait);
    }

    /// Leaves the host alone for good.
    pub(super) fn leave_alone(&mut self) -> VisitHindrance {
        self.given_up = Some(VisitHindrance::Later);
        VisitHindrance::Later
    }
}

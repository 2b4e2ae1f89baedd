//! Why a target did not do as it was asked.

use std::fmt;
use std::io;

use crate::deliver::DeliveryRefusal;
use crate::diag::Words;
use crate::disk::{self, Failure};
use crate::parts;

/// Why a target did not do as it was asked.
#[derive(Clone, Debug)]
pub struct TargetTrouble {
    /// What happened and what to do about it.
    pub words: Words,
    /// Whether it may be over in a moment.
    pub(super) is_passing: bool,
}

impl TargetTrouble {
    /// Trouble that stays.
    pub(super) fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { words: Words::new(zh, en), is_passing: false }
    }

    /// Trouble that may be over in a moment.
    pub(super) fn passing(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { is_passing: true, ..Self::new(zh, en) }
    }

    /// The system refused something with a file or folder of this computer.
    pub(super) fn of(path: impl fmt::Display) -> impl FnOnce(io::Error) -> Self {
        move |error| {
            let why = disk::reason(&error);
            Self::new(format!("{path}：{}", why.zh), format!("{path}: {}", why.en))
        }
    }

    /// The same trouble, with the file that it was about.
    pub(super) fn with(mut self, path: &str) -> Self {
        self.words = Words::new(format!("{path}：{}", self.words.zh), format!("{path}: {}", self.words.en));
        self
    }
}

impl From<DeliveryRefusal> for TargetTrouble {
    fn from(refusal: DeliveryRefusal) -> Self {
        Self { words: refusal.words(), is_passing: false }
    }
}

impl From<parts::JoinRefusal> for TargetTrouble {
    fn from(refusal: parts::JoinRefusal) -> Self {
        Self { words: refusal.words(), is_passing: false }
    }
}

impl From<Failure> for TargetTrouble {
    fn from(failure: Failure) -> Self {
        Self { words: failure.words(), is_passing: false }
    }
}

impl fmt::Display for TargetTrouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words.en)
    }
}

impl std::error::Error for TargetTrouble {}

//! The keys of a mapping, as data: how each is written, what people call it, what stands behind it
//! and what the manual says of it. One table of them serves the reader, its advice, the writer, the
//! manual and the schemas that editors understand.

use super::names::{WrittenName, plain};
use crate::diag::Language;

/// Something that is said in Chinese and in English.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BothLanguages {
    pub(crate) zh: &'static str,
    pub(crate) en: &'static str,
}

impl BothLanguages {
    pub(crate) const fn new(zh: &'static str, en: &'static str) -> Self {
        Self { zh, en }
    }

    pub(crate) fn get(self, language: Language) -> &'static str {
        language.pick(self.zh, self.en)
    }
}

/// The keys that a mapping can have.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Keys {
    /// These alone.
    Fixed(&'static [KeyDescription]),
    /// Keys that the author chooses, such as ids.
    Chosen {
        /// What such a key looks like, as a regular expression.
        pattern: &'static str,
        /// What stands behind each.
        shape: &'static ValueShape,
    },
}

impl Keys {
    /// The keys of a mapping that holds nothing.
    pub(crate) const NONE: &'static Self = &Self::Fixed(&[]);

    /// The fields, where the keys are fixed.
    pub(crate) fn fields(&self) -> &'static [KeyDescription] {
        match self {
            Self::Fixed(fields) => fields,
            Self::Chosen { .. } => &[],
        }
    }

    /// The field that is written `key`.
    pub(crate) fn field(&self, key: &str) -> Option<&'static KeyDescription> {
        self.fields().iter().find(|field| field.key == key)
    }

    /// The key that people call `name`, script and width aside.
    pub(crate) fn called(&self, name: &str) -> Option<&'static str> {
        let name = plain(name);
        let is_meant = |field: &&KeyDescription| field.called.iter().any(|called| plain(called) == name);
        self.fields().iter().find(is_meant).map(|field| field.key)
    }

    /// The keys of the mapping that stands at `key`.
    pub(crate) fn below(&self, key: &str) -> &'static Self {
        let shape = match self {
            Self::Fixed(_) => self.field(key).map(|field| &field.shape),
            Self::Chosen { shape, .. } => Some(*shape),
        };
        shape.and_then(ValueShape::keys).unwrap_or(Self::NONE)
    }
}

/// A key that a mapping can have.
#[derive(Clone, Copy, Debug)]
pub(crate) struct KeyDescription {
    /// How it is written.
    pub(crate) key: &'static str,
    /// What people call it, in forms and on portals; the first is what this project calls it.
    pub(crate) called: &'static [&'static str],
    /// What stands behind it.
    pub(crate) shape: ValueShape,
    /// Whether a mapping without it is a mistake.
    pub(crate) is_required: bool,
    /// What it takes, in the manual's words.
    pub(crate) takes: BothLanguages,
    /// An entry with it, as it may be written.
    pub(crate) example: &'static str,
    /// Where it shows, or what holds where it is not given.
    pub(crate) effect: BothLanguages,
}

impl KeyDescription {
    pub(crate) const fn new(
        key: &'static str,
        called: &'static [&'static str],
        shape: ValueShape,
        takes: BothLanguages,
    ) -> Self {
        Self {
            key,
            called,
            shape,
            is_required: false,
            takes,
            example: "",
            effect: BothLanguages::new("", ""),
        }
    }

    pub(crate) const fn required(self) -> Self {
        Self { is_required: true, ..self }
    }

    pub(crate) const fn such_as(self, example: &'static str) -> Self {
        Self { example, ..self }
    }

    /// Where it shows, or what holds where it is not given.
    pub(crate) const fn so_that(self, zh: &'static str, en: &'static str) -> Self {
        Self { effect: BothLanguages::new(zh, en), ..self }
    }
}

/// What can stand behind a key.
#[derive(Clone, Copy, Debug)]
pub(crate) enum ValueShape {
    /// A word, a number, a date: whatever it looks like, it is read as it is written.
    Text,
    /// A text that matches a regular expression.
    Like(&'static str),
    /// Digits, or a text that matches a regular expression.
    Digits(&'static str),
    /// A number.
    Number,
    /// `true` or `false`.
    Switch,
    /// One of a few.
    OneOf(fn() -> Vec<WrittenName<'static>>),
    /// One of a few that every site has, or a name of the site's own, of this pattern.
    OneOfOrOwn(fn() -> Vec<WrittenName<'static>>, &'static str),
    /// One or a list.
    Many(&'static ValueShape),
    /// A list.
    List(&'static ValueShape),
    /// A mapping.
    Group(&'static Keys),
    /// This or that.
    Either(&'static ValueShape, &'static ValueShape),
    /// Whatever it is, nobody reads it.
    Anything,
}

impl ValueShape {
    /// The keys of the mapping that it is, or that its entries are.
    fn keys(&self) -> Option<&'static Keys> {
        match self {
            Self::Group(keys) => Some(keys),
            Self::Many(shape) | Self::List(shape) => shape.keys(),
            Self::Either(one, other) => one.keys().or_else(|| other.keys()),
            _ => None,
        }
    }
}

/// A day, `2020-03-02`.
pub(crate) const DAY: ValueShape = ValueShape::Like("^[0-9]{4}-[0-9]{2}-[0-9]{2}$");

/// One name or a list of names.
pub(crate) const TEXTS: ValueShape = ValueShape::Many(&ValueShape::Text);

//! A `.docx` file as a package of parts (ECMA-376 part 2): unpacked within limits, found by their
//! relationships and not by their names.

use std::collections::{BTreeMap, BTreeSet};

use super::fault;
use super::tree::XmlTree;
use crate::import::draft::Limits;
use crate::import::refused::Refused;
use crate::zipped::{UnreadablePart, Zipped};

/// The most files of an archive. Documents with a hundred pictures have fewer than 200.
const MOST_PARTS: usize = 4_000;

/// How many times the limit of one part all texts of a package may take together.
const ALL_PARTS: usize = 4;

/// A package whose parts are unpacked when they are asked for.
pub(super) struct DocxPackage<'a> {
    archive: Zipped<'a>,
    /// The parts by their names in lower case, since names are equal whatever their case.
    parts: BTreeMap<String, usize>,
    /// The parts that somebody has read.
    read: BTreeSet<String>,
    limits: Limits,
    /// Bytes of text that were unpacked so far.
    texts: usize,
    /// Bytes of files that were unpacked so far.
    files: usize,
}

/// A relationship of a part with another one, or with something outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PartRelation {
    pub(super) id: String,
    /// The last word of its type, which is the same in both editions: `styles`, `image`.
    pub(super) kind: String,
    /// The name of the part, or the address outside.
    pub(super) target: String,
    pub(super) outside: bool,
}

impl<'a> DocxPackage<'a> {
    /// Opens an archive.
    ///
    /// # Errors
    ///
    /// What is no zip archive, has too many files, one that is named twice or whose name leads out.
    pub(super) fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, Refused> {
        let archive = Zipped::open(bytes).ok_or_else(fault::no_archive)?;
        if archive.len() > MOST_PARTS {
            return Err(fault::too_many_parts(MOST_PARTS));
        }
        let mut parts = BTreeMap::new();
        for (index, name) in archive.names().enumerate() {
            let name = str::from_utf8(name).map_err(|_| fault::bad_name(&String::from_utf8_lossy(name)))?;
            if name.ends_with('/') {
                continue;
            }
            let plain = is_plain(name) && parts.insert(name.to_lowercase(), index).is_none();
            if !plain {
                return Err(fault::bad_name(name));
            }
        }
        if archive.has_duplicate_names() {
            return Err(fault::bad_name("?"));
        }
        Ok(Self { archive, parts, read: BTreeSet::new(), limits: *limits, texts: 0, files: 0 })
    }

    /// The names of all parts, in lower case.
    pub(super) fn names(&self) -> BTreeSet<String> {
        self.parts.keys().cloned().collect()
    }

    /// The names of all parts that hold XML and that nobody has read.
    pub(super) fn unread(&self) -> Vec<String> {
        let text = |name: &&String| name.ends_with(".xml") && !self.read.contains(*name);
        self.parts.keys().filter(text).cloned().collect()
    }

    /// The text of a part. `None` if there is no such part.
    ///
    /// # Errors
    ///
    /// A part that cannot be unpacked, is longer than the limit, or is no Unicode.
    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>, Refused> {
        let most = self.limits.bytes.min((ALL_PARTS * self.limits.bytes).saturating_sub(self.texts));
        let Some(bytes) = self.unpacked(name, most)? else {
            return Ok(None);
        };
        self.texts += bytes.len();
        unicode(bytes).map(Some).ok_or_else(|| fault::malformed(name))
    }

    /// The bytes of a part. `None` if there is no such part.
    ///
    /// # Errors
    ///
    /// A part that cannot be unpacked, or that is more than the limit with those before it.
    pub(super) fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, Refused> {
        let bytes = self.unpacked(name, self.limits.files.saturating_sub(self.files))?;
        self.files += bytes.as_ref().map_or(0, Vec::len);
        Ok(bytes)
    }

    fn unpacked(&mut self, name: &str, most: usize) -> Result<Option<Vec<u8>>, Refused> {
        let key = name.to_lowercase();
        let Some(index) = self.parts.get(&key).copied() else {
            return Ok(None);
        };
        self.read.insert(key);
        match self.archive.part(index, most) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(UnreadablePart::TooLong) => Err(fault::too_long(name, most)),
            Err(UnreadablePart::Broken) => Err(fault::unpacked(name)),
        }
    }

    /// The relationships of a part; of the package itself for the empty name.
    ///
    /// # Errors
    ///
    /// As of [`Self::text`], and a part that is no XML.
    pub(super) fn relations(&mut self, part: &str) -> Result<Vec<PartRelation>, Refused> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let name = format!("{folder}/_rels/{file}.rels");
        let name = name.trim_start_matches('/');
        let Some(text) = self.text(name)? else {
            return Ok(Vec::new());
        };
        let tree = XmlTree::read(&text, name)?;
        let elements = tree.root().into_iter().flat_map(|root| root.elements());
        Ok(elements
            .filter_map(|element| {
                let kind = element.attribute("Type")?;
                let target = element.attribute("Target")?;
                let outside = element.attribute("TargetMode").as_deref() == Some("External");
                Some(PartRelation {
                    id: element.attribute("Id")?.into_owned(),
                    kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                    target: if outside { target.into_owned() } else { resolved(folder, &target) },
                    outside,
                })
            })
            .collect())
    }
}

/// Whether a name of the archive stays in it.
fn is_plain(name: &str) -> bool {
    let odd = name.is_empty() || name.contains(['\\', '\0', ':']) || name.starts_with('/');
    !odd && name.split('/').all(|step| !matches!(step, "" | "." | ".."))
}

/// The name of the part that `target` leads to from a part in `folder`.
fn resolved(folder: &str, target: &str) -> String {
    let target = target.split('#').next().unwrap_or_default().replace('\\', "/");
    let from = if target.starts_with('/') { "" } else { folder };
    let mut steps: Vec<&str> = Vec::new();
    for step in from.split('/').chain(target.split('/')) {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    percent_encoding::percent_decode_str(&steps.join("/")).decode_utf8_lossy().into_owned()
}

/// The text of a part: UTF-8, or UTF-16 with its mark, as the standard allows (part 2, §8.1.1).
fn unicode(bytes: Vec<u8>) -> Option<String> {
    match encoding_rs::Encoding::for_bom(&bytes) {
        Some((encoding, mark)) => {
            let text = encoding.decode_without_bom_handling_and_without_replacement(&bytes[mark..])?;
            Some(text.into_owned())
        }
        None => String::from_utf8(bytes).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_found_from_their_part() {
        for (folder, target, name) in [
            ("word", "styles.xml", "word/styles.xml"),
            ("word", "/word/styles.xml", "word/styles.xml"),
            ("word", "../customXml/item1.xml", "customXml/item1.xml"),
            ("word", "../../../etc/passwd", "etc/passwd"),
            ("", "word/document.xml", "word/document.xml"),
            ("word", "media/%E5%9B%BE.png", "word/media/图.png"),
            ("word", "./media\\1.png", "word/media/1.png"),
        ] {
            assert_eq!(resolved(folder, target), name, "{target}");
        }
    }

    #[test]
    fn names_that_lead_out_are_not_plain() {
        for name in ["../a", "a/../../b", "/etc/passwd", "a\\b", "C:/a", "a//b", "a/./b", ""] {
            assert!(!is_plain(name), "{name}");
        }
        assert!(is_plain("word/document.xml") && is_plain("[Content_Types].xml"));
    }
}

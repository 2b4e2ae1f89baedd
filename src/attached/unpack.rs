//! Archives, within their bounds: what is in them is read part by part, and archives in them too.

use std::io::Read;

use flate2::read::ZlibDecoder;

use super::office::OfficePackage;
use super::{AttachmentReader, BOUNDS};
use crate::source::FileNature;
use crate::zipped::Zipped;

/// Names in an archive longer than this are cut where they are told.
const LONGEST_NAME: usize = 80;

impl AttachmentReader {
    /// An archive, and every part of it.
    pub(super) fn archive(&mut self, name: &str, bytes: &[u8]) {
        if self.depth == BOUNDS.depth {
            return self.blind("压缩包层层嵌套，过深", "archives within archives, too deep");
        }
        let Some(mut archive) = Zipped::open(bytes) else {
            return self.blind("压缩包已损坏", "a damaged archive");
        };
        self.depth += 1;
        if self.depth > 1 {
            self.trail.push(name.chars().take(LONGEST_NAME).collect());
        }
        let names: Vec<String> = archive.names().map(name_of).collect();
        let mut office = OfficePackage::of(&names, |at| self.part(&mut archive, at).unwrap_or_default());
        for (at, name) in names.iter().enumerate() {
            if self.parts >= BOUNDS.parts || self.unpacked >= BOUNDS.all {
                self.blind("内容过多，没有读完", "more than is read of an attachment");
                break;
            }
            if name.ends_with('/') {
                continue;
            }
            match self.part(&mut archive, at) {
                Some(part) => office.part(self, name, &part),
                None => {
                    let shown: String = name.chars().take(LONGEST_NAME).collect();
                    self.blind(
                        &format!("{shown}：加密、损坏或过大"),
                        &format!("{shown}: encrypted, damaged or too large"),
                    );
                }
            }
        }
        office.end(self);
        if self.depth > 1 {
            self.trail.pop();
        }
        self.depth -= 1;
    }

    /// The bytes of a part; nothing where it cannot be unpacked within the bounds.
    fn part(&mut self, archive: &mut Zipped<'_>, at: usize) -> Option<Vec<u8>> {
        let most = BOUNDS.part.min(BOUNDS.all.saturating_sub(self.unpacked));
        self.parts += 1;
        let bytes = archive.part(at, most).ok()?;
        self.unpacked += bytes.len();
        Some(bytes)
    }

    /// What a stream of zlib holds, within the bounds: as much of it as can be read.
    pub(super) fn inflated(&mut self, bytes: &[u8]) -> Option<Vec<u8>> {
        let most = BOUNDS.part.min(BOUNDS.all.saturating_sub(self.unpacked));
        let mut plain = Vec::new();
        // A damaged end does not hide what stands before it.
        let _ = ZlibDecoder::new(bytes).take(most as u64 + 1).read_to_end(&mut plain);
        self.unpacked += plain.len();
        (plain.len() <= most && (!plain.is_empty() || bytes.len() < 16)).then_some(plain)
    }
}

/// The name of a part, in UTF-8 or as the computers of offices wrote it.
fn name_of(name: &[u8]) -> String {
    match str::from_utf8(name) {
        Ok(name) => name.to_owned(),
        Err(_) => encoding_rs::GB18030.decode(name).0.into_owned(),
    }
}

/// Whether bytes are of an archive.
pub(super) fn is_archive(bytes: &[u8]) -> bool {
    FileNature::of(bytes) == FileNature::Zip
}

//! Photographs: the place where one was taken (Exif 2.32, 4.6.6, in JPEG, TIFF, PNG and WebP), and the words that
//! cameras and programs write beside it.

use super::{AttachmentReader, rich};

/// No directory of a TIFF has more entries.
const MOST_ENTRIES: usize = 512;
/// The entry that leads to the directory of places, and two of its entries.
const GPS: u16 = 0x8825;
const LATITUDE: u16 = 2;
const LONGITUDE: u16 = 4;

/// Looks through a picture.
pub(super) fn read(reading: &mut AttachmentReader, bytes: &[u8]) {
    let mut is_placed = false;
    for block in blocks(bytes) {
        is_placed |= match block {
            MetadataBlock::Exif(tiff) => {
                rich::strings(reading, tiff);
                has_place(tiff)
            }
            MetadataBlock::Words(words) => {
                let words = String::from_utf8_lossy(words);
                reading.text(&words, |_, _| crate::diag::Words::new("图片的说明", "words in a picture"));
                words.contains("GPSLatitude")
            }
        };
    }
    if is_placed {
        reading
            .whereabouts("照片带有拍摄地点（GPS）", "a photograph with the place where it was taken (GPS)");
    }
}

/// What stands beside the dots of a picture.
enum MetadataBlock<'a> {
    Exif(&'a [u8]),
    Words(&'a [u8]),
}

fn blocks(bytes: &[u8]) -> Vec<MetadataBlock<'_>> {
    match bytes {
        [0xff, 0xd8, ..] => jpeg(bytes),
        [0x89, b'P', b'N', b'G', ..] => chunks(bytes, 8, false),
        [b'R', b'I', b'F', b'F', ..] => chunks(bytes, 12, true),
        [b'I', b'I', ..] | [b'M', b'M', ..] => vec![MetadataBlock::Exif(bytes)],
        _ => Vec::new(),
    }
}

/// The segments of a JPEG before its dots begin.
fn jpeg(bytes: &[u8]) -> Vec<MetadataBlock<'_>> {
    let (mut blocks, mut at) = (Vec::new(), 2);
    while let Some([0xff, mark, high, low]) = bytes.get(at..at + 4) {
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        let Some(segment) = bytes.get(at + 4..at + 2 + length.max(2)) else { break };
        match (*mark, segment) {
            (0xda, _) => break,
            (0xe1, [b'E', b'x', b'i', b'f', 0, 0, tiff @ ..]) => blocks.push(MetadataBlock::Exif(tiff)),
            (0xe1 | 0xed | 0xfe, words) => blocks.push(MetadataBlock::Words(words)),
            _ => {}
        }
        at += 2 + length.max(2);
    }
    blocks
}

/// The chunks of a PNG, or of a WebP, where lengths stand behind names, the small end first, and are even.
fn chunks(bytes: &[u8], from: usize, is_webp: bool) -> Vec<MetadataBlock<'_>> {
    let (mut blocks, mut at) = (Vec::new(), from);
    while let Some(head) = bytes.get(at..at + 8).and_then(|head| <[u8; 8]>::try_from(head).ok()) {
        let [a, b, c, d, e, f, g, h] = head;
        let (name, length) = match is_webp {
            true => ([a, b, c, d], u32::from_le_bytes([e, f, g, h])),
            false => ([e, f, g, h], u32::from_be_bytes([a, b, c, d])),
        };
        let length = length as usize;
        let Some(chunk) = bytes.get(at + 8..(at + 8).saturating_add(length)) else { break };
        match &name {
            b"eXIf" => blocks.push(MetadataBlock::Exif(chunk)),
            b"EXIF" => blocks.push(MetadataBlock::Exif(chunk.strip_prefix(b"Exif\0\0").unwrap_or(chunk))),
            b"tEXt" | b"iTXt" | b"XMP " => blocks.push(MetadataBlock::Words(chunk)),
            _ => {}
        }
        at += 8 + length + if is_webp { length % 2 } else { 4 };
    }
    blocks
}

/// Whether the directory of places of a TIFF has one that is not zero.
fn has_place(tiff: &[u8]) -> bool {
    let Some(reader) = Tiff::of(tiff) else { return false };
    let Some(first) = reader.long(4) else { return false };
    let Some(places) = reader.entries(first as usize).find(|entry| entry.tag == GPS) else { return false };
    let is_told = |tag: u16| {
        let mut entries = reader.entries(places.value as usize);
        let entry = entries.find(|entry| entry.tag == tag);
        entry.is_some_and(|entry| {
            (0..6).any(|at| reader.long(entry.value as usize + at * 8).is_some_and(|part| part > 0))
        })
    };
    is_told(LATITUDE) && is_told(LONGITUDE)
}

/// The bytes of a TIFF, and which end of a number comes first.
struct Tiff<'a> {
    bytes: &'a [u8],
    is_big: bool,
}

/// An entry of a directory.
struct TiffEntry {
    tag: u16,
    value: u32,
}

impl<'a> Tiff<'a> {
    fn of(bytes: &'a [u8]) -> Option<Self> {
        match bytes.get(..2)? {
            b"II" => Some(Self { bytes, is_big: false }),
            b"MM" => Some(Self { bytes, is_big: true }),
            _ => None,
        }
    }

    fn short(&self, at: usize) -> Option<u16> {
        let bytes = self.bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if self.is_big { u16::from_be_bytes(bytes) } else { u16::from_le_bytes(bytes) })
    }

    fn long(&self, at: usize) -> Option<u32> {
        let bytes = self.bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if self.is_big { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) })
    }

    fn entries(&self, at: usize) -> impl Iterator<Item = TiffEntry> {
        let count = self.short(at).map_or(0, usize::from).min(MOST_ENTRIES);
        (0..count).filter_map(move |number| {
            let start = at + 2 + number * 12;
            Some(TiffEntry { tag: self.short(start)?, value: self.long(start + 8)? })
        })
    }
}

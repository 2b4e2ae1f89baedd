//! PDF (ISO 32000-1): the words of every page, and everything else that is written in the file, what an earlier
//! version of it said included. Objects are found where they stand and not by the table of contents, which
//! leaves out what was taken away. What cannot be read says so: encrypted, pages of pictures alone,
//! glyphs of which nobody says what letters they are.

mod content;
mod font;
mod object;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::AttachmentReader;
use crate::diag::Words;
use crate::encoding;
use content::ShownText;
use font::Font;
use object::{PdfFile, PdfObject, PdfValue};

/// How far a page's resources are looked for above it.
const HIGHEST: usize = 32;
/// A page with fewer characters than this beside a picture is one that was scanned.
const FEWEST: usize = 12;

/// Looks through a PDF.
pub(super) fn read(reading: &mut AttachmentReader, bytes: &[u8]) {
    if is_encrypted(bytes) {
        return reading.blind("PDF 已加密", "an encrypted PDF");
    }
    let mut file = PdfFile::read(bytes);
    file.unpack(|packed| reading.inflated(packed));
    if !file.is_whole {
        reading.blind("PDF 内容过多，没有读完", "more in a PDF than is read of one");
    }
    let mut pdf =
        Pdf { reading, file: &file, fonts: BTreeMap::new(), done: BTreeSet::new(), unknown: 0, form_text: 0 };
    pdf.rest();
    pdf.pages();
    pdf.strings();
    if pdf.unknown > 0 {
        reading.blind(
            "PDF 中有些字形没有注明对应的文字（无 ToUnicode）",
            "glyphs in a PDF that do not say which letters they are (no ToUnicode)",
        );
    }
}

/// Whether a trailer says that strings and streams are encrypted.
fn is_encrypted(bytes: &[u8]) -> bool {
    memchr::memmem::find_iter(bytes, b"/Encrypt").any(|at| {
        let behind = bytes[at + 8..].trim_ascii_start();
        behind.first().is_some_and(|byte| byte.is_ascii_digit()) || behind.starts_with(b"<<")
    })
}

/// A PDF while its words are read.
struct Pdf<'a, 'r> {
    reading: &'r mut AttachmentReader,
    file: &'a PdfFile<'a>,
    fonts: BTreeMap<u32, Rc<Font>>,
    /// The streams that were read, by where they stand among the objects.
    done: BTreeSet<usize>,
    /// Glyphs of which nobody knows the letter.
    unknown: usize,
    /// Characters in forms, which pages show.
    form_text: usize,
}

type Fonts = BTreeMap<Vec<u8>, Rc<Font>>;

impl<'a> Pdf<'a, '_> {
    /// The pages, in order.
    fn pages(&mut self) {
        let mut scanned = 0;
        let pages = self.file.pages();
        for (number, at) in pages.iter().enumerate() {
            let file = self.file;
            let Some(page) = file.objects.get(*at).map(|object| &object.value) else { continue };
            let resources = self.resources(page);
            let fonts = self.fonts_of(resources);
            let mut content = Vec::new();
            for part in self.file.list(page.get("Contents")) {
                content.extend(self.stream(part).unwrap_or_default());
                content.push(b'\n');
            }
            let number = number + 1;
            let place = Words::new(format!("第 {number} 页"), format!("page {number}"));
            let count = self.show(&content, &fonts, &place);
            let is_form = self.form_text > 0;
            scanned += usize::from(count < FEWEST && !is_form && self.has_picture(resources, &content));
        }
        if scanned > 0 && scanned == pages.len() {
            self.reading.scanned(&format!("共 {scanned} 页"), &format!("pages: {scanned}"));
        } else if scanned > 0 {
            self.reading.blind(
                &format!("PDF 有 {scanned} 页只是图片，没有文字（扫描件）"),
                &format!("pages of a PDF that are pictures without text: {scanned}"),
            );
        }
        if pages.is_empty() {
            self.reading.blind("PDF 没有可读的页", "a PDF without a page that can be read");
        }
    }

    /// Whether a page shows a picture.
    fn has_picture(&self, resources: &PdfValue, content: &[u8]) -> bool {
        let objects = self.file.follow(resources.get("XObject"));
        let is_picture = |value: &PdfValue| self.file.follow(value).get("Subtype").is_name("Image");
        objects.entries().any(|(_, value)| is_picture(value))
            || memchr::memmem::find(content, b"\nBI").is_some()
    }

    /// The resources of a page, or those that the nodes above it share.
    fn resources(&self, page: &'a PdfValue) -> &'a PdfValue {
        let (file, mut node) = (self.file, page);
        for _ in 0..HIGHEST {
            let own = file.follow(node.get("Resources"));
            if own != &PdfValue::Other {
                return own;
            }
            node = file.follow(node.get("Parent"));
        }
        &PdfValue::Other
    }

    fn fonts_of(&self, resources: &PdfValue) -> Vec<(Vec<u8>, u32)> {
        let fonts = self.file.follow(resources.get("Font"));
        fonts.entries().filter_map(|(name, value)| Some((name.to_vec(), value.reference()?))).collect()
    }

    /// Reads a stream of signs, and says how many characters it shows.
    fn show(&mut self, content: &[u8], names: &[(Vec<u8>, u32)], place: &Words) -> usize {
        let fonts: Fonts = names.iter().map(|(name, at)| (name.clone(), self.font(*at))).collect();
        let ShownText { text, unknown } = content::shown(content, &fonts);
        self.unknown += unknown;
        self.reading.text(&text, |_, _| place.clone());
        text.chars().filter(|c| !c.is_whitespace()).count() + unknown
    }

    fn font(&mut self, at: u32) -> Rc<Font> {
        if let Some(font) = self.fonts.get(&at) {
            return Rc::clone(font);
        }
        let value = self.file.object(at).map_or(&PdfValue::Other, |object| &object.value);
        let map = self.file.at(value.get("ToUnicode")).and_then(|at| self.stream(at));
        let font = Rc::new(Font::of(self.file, value, map.as_deref()));
        self.fonts.insert(at, Rc::clone(&font));
        font
    }

    /// What the stream of an object holds; nothing for pictures and what else is no text.
    fn stream(&mut self, at: usize) -> Option<Vec<u8>> {
        self.done.insert(at);
        let object = self.file.objects.get(at)?;
        let bytes = object.stream?;
        let filters = self.file.filters(&object.value);
        let mut plain: Option<Vec<u8>> = None;
        for filter in filters {
            let from = plain.as_deref().unwrap_or(bytes);
            let decoded = match filter {
                b"FlateDecode" | b"Fl" => self.reading.inflated(from),
                b"ASCIIHexDecode" | b"AHx" => Some(object::from_hex(from)),
                b"ASCII85Decode" | b"A85" => Some(object::from_85(from)),
                b"DCTDecode" | b"DCT" | b"JPXDecode" | b"CCITTFaxDecode" | b"JBIG2Decode" => return None,
                _ => None,
            };
            let Some(decoded) = decoded else {
                self.reading.blind("PDF 中有无法解开的数据流", "a stream in a PDF that cannot be unpacked");
                return None;
            };
            plain = Some(decoded);
        }
        Some(plain.unwrap_or_else(|| bytes.to_vec()))
    }

    /// Streams that are no page's own: forms, files, properties, and pages of an earlier version.
    fn rest(&mut self) {
        let of_pages: BTreeSet<usize> = self
            .file
            .pages()
            .into_iter()
            .flat_map(|at| self.file.list(self.file.objects[at].value.get("Contents")))
            .collect();
        let all: Vec<(Vec<u8>, u32)> = self
            .file
            .objects
            .iter()
            .flat_map(|object| self.fonts_of(self.file.follow(object.value.get("Resources"))))
            .collect();
        for (at, object) in self.file.objects.iter().enumerate() {
            if object.stream.is_none() || of_pages.contains(&at) || is_dumb(&object.value) {
                continue;
            }
            if self.file.filters(&object.value).iter().any(|filter| *filter == b"DCTDecode") {
                self.reading.file("", object.stream.unwrap_or_default());
                continue;
            }
            self.other(at, object, &all);
        }
    }

    fn other(&mut self, at: usize, object: &PdfObject<'_>, all: &[(Vec<u8>, u32)]) {
        let (value, file) = (&object.value, self.file);
        let Some(plain) = self.stream(at) else { return };
        let is = |kind: &str| value.get("Type").is_name(kind);
        if is("EmbeddedFile") {
            self.reading.trail.push("PDF 内嵌文件".to_owned());
            self.reading.file("", &plain);
            self.reading.trail.pop();
        } else if is("Metadata") {
            let place = || Words::new("PDF 属性", "properties of a PDF");
            self.reading.text(&String::from_utf8_lossy(&plain), |_, _| place());
        } else if memchr::memmem::find(&plain, b"BT").is_some()
            && memchr::memmem::find(&plain, b"begincmap").is_none()
        {
            let own = self.fonts_of(file.follow(value.get("Resources")));
            let place =
                Words::new("PDF 的图层、旧版本或批注", "a form, an earlier version or a remark of a PDF");
            let fonts = if own.is_empty() { all } else { &own };
            self.form_text += self.show(&plain, fonts, &place);
        }
    }

    /// The strings of all objects: properties, remarks, fields, bookmarks.
    fn strings(&mut self) {
        for object in &self.file.objects {
            // A signature is a long string of no characters.
            if object.value.get("ByteRange") != &PdfValue::Other {
                continue;
            }
            object.value.strings(&mut |bytes| {
                let text = match bytes {
                    [0xfe, 0xff, rest @ ..] => {
                        encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0.into_owned()
                    }
                    bytes => encoding::decode(bytes).map_or_else(|_| latin(bytes), |decoded| decoded.text),
                };
                self.reading.text(&text, |_, _| {
                    Words::new("PDF 的属性、批注或表单", "properties, remarks or fields of a PDF")
                });
            });
        }
    }
}

fn latin(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}

/// Streams of no words: fonts, tables of contents, colours, pictures.
fn is_dumb(value: &PdfValue) -> bool {
    ["Length1", "FunctionType", "ShadingType", "N"].iter().any(|key| value.get(key) != &PdfValue::Other)
        || ["XRef", "ObjStm"].iter().any(|kind| value.get("Type").is_name(kind))
        || ["Type1C", "CIDFontType0C", "OpenType"].iter().any(|kind| value.get("Subtype").is_name(kind))
}

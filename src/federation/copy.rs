//! What is read of an office's site: its manifest, its records, its places, and of each document the source. All of it
//! came from somebody else, so that nothing is believed for its own sake: what is not in the manifest with its digest is
//! not there, and what is not written as this program writes it costs the office its place.

use camino::Utf8Path;
use serde::Deserialize;

use super::OfficeFault;
use crate::config::{LEVELS, Level};
use crate::diag::Words;
use crate::outline::data::{OpenDataFile, RECORDS_SCHEMA, Register, TableFormat};
use crate::route::{Address, Leaf};
use crate::seal::{Minisig, PublicKey};
use crate::site::{FileDigest, Manifest};

/// No larger manifest is read, in bytes; that of 100,000 documents has half of it.
pub const LARGEST_MANIFEST: u64 = 128 << 20;

/// No longer list of records or places is read, in bytes.
const LARGEST_LIST: u64 = 128 << 20;

/// No more documents are taken from one office.
const MOST_DOCUMENTS: usize = 200_000;

/// No longer name of a place is taken, in characters.
const LONGEST_NAME: usize = 200;

/// An office's site, as far as a federated one needs it.
#[derive(Clone, Debug, Default)]
pub struct OfficeCopy {
    /// Its public documents.
    pub documents: Vec<OfficeDocument>,
    /// Its places.
    pub places: Vec<PlaceRow>,
}

/// A document of an office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficeDocument {
    /// Where it stands there.
    pub address: Address,
    /// Where its source is, below the office's site.
    pub source: String,
    /// What that is.
    pub entry: FileDigest,
}

/// A place of an office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceRow {
    /// Its name in addresses.
    pub slug: String,
    /// What it is called.
    pub name: String,
    /// What it is called in English.
    pub name_en: Option<String>,
    /// Its level.
    pub level: Level,
    /// Its division code.
    pub code: Option<String>,
    /// The place that it belongs to, by its name in addresses.
    pub parent: Option<String>,
    /// Whether it is invented.
    pub invented: bool,
}

/// The manifest of an office from its bytes.
///
/// # Errors
/// When it is none, or names a file that no site can have.
pub fn manifest(bytes: &[u8]) -> Result<Manifest, OfficeFault> {
    let text = str::from_utf8(bytes).map_err(|_| not_text(Manifest::PATH))?;
    Manifest::read(text).map_err(|why| OfficeFault::nonsense(Manifest::PATH, why.zh, why.en))
}

/// Whether the key has signed the manifest of these bytes.
///
/// # Errors
/// When it has not.
pub fn vouched(key: &PublicKey, manifest: &[u8], signature: &[u8]) -> Result<(), OfficeFault> {
    let text = String::from_utf8_lossy(signature);
    let signature = Minisig::read(&text).map_err(|trouble| OfficeFault::signature(&trouble.words()))?;
    signature.check(key, manifest).map_err(|trouble| OfficeFault::signature(&trouble.words()))
}

/// The files that say what a site has: its records and its places, each with its entry in the manifest.
///
/// # Errors
/// When it has none, or longer ones than are read.
pub fn listing(manifest: &Manifest) -> Result<[(String, FileDigest); 2], OfficeFault> {
    let [records, places] = [(Register::Records, TableFormat::Lines), (Register::Places, TableFormat::Json)]
        .map(|(register, format)| format!("data/{}", OpenDataFile::Register(register, format).path()));
    let one = |path: String| {
        let entry = entry(manifest, &path, LARGEST_LIST)?;
        Ok((path, entry))
    };
    Ok([one(records)?, one(places)?])
}

/// What is in the manifest at `path`, at most `most` bytes of it.
///
/// # Errors
/// When nothing is, or more.
pub fn listed(manifest: &Manifest, path: &str, most: u64) -> Result<Option<FileDigest>, OfficeFault> {
    match manifest.get(Utf8Path::new(path)) {
        Some(entry) if entry.size > most => Err(OfficeFault::too_large(path, most)),
        found => Ok(found.cloned()),
    }
}

fn entry(manifest: &Manifest, path: &str, most: u64) -> Result<FileDigest, OfficeFault> {
    listed(manifest, path, most)?.ok_or_else(|| {
        OfficeFault::nonsense(
            path,
            "清单里没有；那家网站的 open_data 关着，或者程序的版本太旧",
            "the manifest has none; that site has open_data switched off, or its program is too old",
        )
    })
}

/// What an office's site has, from its manifest and the bytes of its records and its places.
///
/// # Errors
/// When one of them is not written as this version of the program writes it.
pub fn copy(
    manifest: &Manifest,
    records: &[u8],
    places: &[u8],
    largest: u64,
) -> Result<OfficeCopy, OfficeFault> {
    Ok(OfficeCopy { documents: documents(manifest, records, largest)?, places: rows(places)? })
}

/// A line of the records, as far as it is asked.
#[derive(Deserialize)]
struct RecordedDocument {
    path: String,
    source: Option<String>,
}

/// The schema of a line that may be of another version, and so have anything else in it.
#[derive(Deserialize)]
struct LineSchema {
    schema: usize,
}

fn documents(manifest: &Manifest, records: &[u8], largest: u64) -> Result<Vec<OfficeDocument>, OfficeFault> {
    let path = format!("data/{}", OpenDataFile::Register(Register::Records, TableFormat::Lines).path());
    let text = str::from_utf8(records).map_err(|_| not_text(&path))?;
    let mut documents = Vec::new();
    for (at, line) in text.lines().enumerate() {
        if at >= MOST_DOCUMENTS {
            let (zh, en) =
                (format!("超过 {MOST_DOCUMENTS} 份文件"), format!("more than {MOST_DOCUMENTS} documents"));
            return Err(OfficeFault::nonsense(&path, zh, en));
        }
        let said = recorded_document(line).map_err(|why| {
            let (zh, en) = (format!("第 {} 行：{}", at + 1, why.zh), format!("line {}: {}", at + 1, why.en));
            OfficeFault::nonsense(&path, zh, en)
        })?;
        documents.extend(document(manifest, &said, largest)?);
    }
    Ok(documents)
}

fn recorded_document(line: &str) -> Result<RecordedDocument, Words> {
    let not = |_| Words::new("不是记录的写法", "it is not written as a record");
    let LineSchema { schema } = serde_json::from_str(line).map_err(not)?;
    if schema != RECORDS_SCHEMA {
        return Err(Words::new(
            format!("格式版本是 {schema}，本程序只认 {RECORDS_SCHEMA}；请更新程序"),
            format!("its schema is {schema}, and this program knows {RECORDS_SCHEMA} alone; update it"),
        ));
    }
    serde_json::from_str(line).map_err(not)
}

/// A document that has a source; a withdrawn one has none.
fn document(
    manifest: &Manifest,
    said: &RecordedDocument,
    largest: u64,
) -> Result<Option<OfficeDocument>, OfficeFault> {
    let Some(source) = &said.source else { return Ok(None) };
    let shown = shown(&said.path);
    let leaf = said.path.strip_suffix('/').map(|path| Leaf::of(path.into()));
    let address = match leaf {
        Some(Ok(Leaf::Report(address))) if *source == format!("{}index.md", said.path) => address,
        _ => return Err(OfficeFault::nonsense(&shown, "不是文件的路径", "no document can stand there")),
    };
    let entry = listed(manifest, source, largest)?.ok_or_else(|| {
        OfficeFault::nonsense(&shown, "源文件不在清单里", "its source is not in the manifest")
    })?;
    Ok(Some(OfficeDocument { address, source: source.clone(), entry }))
}

/// A row of the places, as far as it is asked.
#[derive(Deserialize)]
struct DescribedPlace {
    place: String,
    place_name: String,
    name_en: Option<String>,
    level: String,
    division_code: Option<String>,
    parent: Option<String>,
    invented: bool,
}

fn rows(places: &[u8]) -> Result<Vec<PlaceRow>, OfficeFault> {
    let path = format!("data/{}", OpenDataFile::Register(Register::Places, TableFormat::Json).path());
    let said: Vec<DescribedPlace> = serde_json::from_slice(places).map_err(|_| {
        OfficeFault::nonsense(&path, "不是地方名录的写法", "it is not written as a list of places")
    })?;
    let row = |said: DescribedPlace| {
        let shown = shown(&said.place);
        place(said).ok_or_else(|| {
            OfficeFault::nonsense(
                &path,
                format!("`{shown}` 不能作地方"),
                format!("`{shown}` cannot be a place"),
            )
        })
    };
    said.into_iter().map(row).collect()
}

fn place(said: DescribedPlace) -> Option<PlaceRow> {
    let is_slug =
        |slug: &str| matches!(Leaf::of(format!("{slug}/_index.md").as_str().into()), Ok(Leaf::Place(_)));
    let is_name = |name: &str| {
        !name.trim().is_empty() && name.chars().count() <= LONGEST_NAME && !name.chars().any(char::is_control)
    };
    let is_code = |code: &str| code.len() <= 12 && code.bytes().all(|byte| byte.is_ascii_digit());
    let level = LEVELS.iter().find(|choice| choice.name == said.level)?.value;
    let is_sound = is_slug(&said.place)
        && is_name(&said.place_name)
        && said.name_en.as_deref().is_none_or(is_name)
        && said.division_code.as_deref().is_none_or(is_code)
        && said.parent.as_deref().is_none_or(is_slug);
    is_sound.then_some(PlaceRow {
        slug: said.place,
        name: said.place_name,
        name_en: said.name_en,
        level,
        code: said.division_code,
        parent: said.parent,
        invented: said.invented,
    })
}

fn not_text(path: &str) -> OfficeFault {
    OfficeFault::nonsense(path, "不是 UTF-8 文本", "it is no text in UTF-8")
}

/// The beginning of a name that somebody else chose, without what a terminal would obey.
fn shown(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).take(80).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest_of(paths: &[&str]) -> Manifest {
        paths.iter().map(|path| ((*path).into(), FileDigest::of(path.as_bytes()))).collect()
    }

    fn line(path: &str, schema: usize, source: &str) -> String {
        format!("{{\"path\":{path:?},\"schema\":{schema},\"title\":\"甲\",\"source\":{source}}}\n")
    }

    #[test]
    fn a_record_leads_to_a_source_that_the_manifest_has() {
        let manifest = manifest_of(&["a/2019/index.md", "a/2019/plan/index.md"]);
        let good = line("a/2019/", 1, "\"a/2019/index.md\"")
            + &line("a/2019/plan/", 1, "\"a/2019/plan/index.md\"")
            + &line("a/2018/", 1, "null");
        let documents = documents(&manifest, good.as_bytes(), 100).unwrap();
        assert_eq!(documents.len(), 2);
        assert_eq!(documents[1].address.slug.as_deref(), Some("plan"));
    }

    #[test]
    fn what_is_no_record_is_refused() {
        let manifest = manifest_of(&["a/2019/index.md", "index.md", "search/2019/index.md"]);
        for bad in [
            "nonsense\n".to_owned(),
            "{}\n".to_owned(),
            line("a/2019/", 2, "\"a/2019/index.md\""),
            line("a/2019/", 1, "\"../a/2019/index.md\""),
            line("a/2019/", 1, "\"a/2020/index.md\""),
            line("../a/2019/", 1, "\"../a/2019/index.md\""),
            line("a/2020/", 1, "\"a/2020/index.md\""),
            line("search/2019/", 1, "\"search/2019/index.md\""),
            line("", 1, "\"index.md\""),
            "\n".to_owned(),
        ] {
            let found = documents(&manifest, bad.as_bytes(), 100).unwrap_err();
            assert_eq!(found.code, "office/nonsense", "{bad}");
        }
        let large = line("a/2019/", 1, "\"a/2019/index.md\"");
        assert_eq!(documents(&manifest, large.as_bytes(), 3).unwrap_err().code, "office/too-large");
        assert_eq!(documents(&manifest, b"\xff", 3).unwrap_err().code, "office/nonsense");
    }

    #[test]
    fn a_place_is_what_a_place_can_be() {
        let row = |slug: &str, name: &str, level: &str, code: Option<&str>| {
            let said = serde_json::json!([{
                "place": slug, "place_name": name, "name_en": null, "level": level, "division_code": code,
                "parent": null, "invented": false, "more": 1,
            }]);
            said.to_string()
        };
        assert_eq!(rows(row("a", "甲", "county", Some("440700")).as_bytes()).unwrap()[0].name, "甲");
        let long = "长".repeat(LONGEST_NAME + 1);
        for bad in [
            row("../a", "甲", "county", None),
            row("years", "甲", "county", None),
            row("a", " ", "county", None),
            row("a", "甲\u{7}", "county", None),
            row("a", &long, "county", None),
            row("a", "甲", "city", None),
            row("a", "甲", "county", Some("x")),
            "{}".to_owned(),
            String::new(),
        ] {
            assert!(rows(bad.as_bytes()).is_err(), "{bad}");
        }
    }
}

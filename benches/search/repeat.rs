//! Makes a large search index out of a smaller one, to measure with: `repeat-search SITE TIMES OUT`.
//!
//! The documents of a built site are taken as its own index has them, each as often as said, from the second time on under the name
//! and address of another place, among their year in another order and each text beginning elsewhere, since what is written the same
//! way four times would be packed as if it were there once. An index of all of them is made as a build makes it. So 400,000 documents
//! come from a hundred thousand without that anybody writes or checks as many reports. OUT gets the search page with its scripts as well;
//! it has no documents that results could lead to. The copies of a bundle come behind it.

#![allow(clippy::disallowed_methods, reason = "it makes what is measured, and no site")]

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use rayon::prelude::*;
use serde::Deserialize;
use serde_json::Value;
use xiangwei::disk::spool::Spool;
use xiangwei::exports::{Card, Findable, Landmark, LandmarkSort, Makings, PlainBlock, SearchFigure};
use xiangwei::search::{self, Aside, Bundle, Made, Making, Sealed, Stood, Unmade};

type Failed = Box<dyn std::error::Error + Send + Sync>;

#[allow(clippy::print_stderr, reason = "a small program of its own, which says what is wrong")]
fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [site, times, out] = &arguments[..] else { return usage() };
    let Some(times) = times.parse().ok().filter(|times| *times > 0) else { return usage() };
    match repeat(&Site(site.into()), times, Path::new(out)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("repeat-search: {why}");
            ExitCode::FAILURE
        }
    }
}

#[allow(clippy::print_stderr, reason = "as above")]
fn usage() -> ExitCode {
    eprintln!("usage: repeat-search SITE TIMES OUT");
    ExitCode::from(2)
}

fn repeat(site: &Site, times: usize, out: &Path) -> Result<(), Failed> {
    for folder in ["assets", "search"] {
        copy(&site.0.join(folder), &out.join(folder))?;
    }
    let mut writing = Writing { out, spool: Spool::open(), sealed: Vec::new(), stood: Vec::new() };
    for HeadOf { name, head } in site.contents()?.bundles {
        let documents = site.documents(&name, &head)?;
        let made: Result<Vec<_>, Failed> =
            (0..times).into_par_iter().map(|time| bundle(&name, &documents, time)).collect();
        made?.into_iter().try_for_each(|(sealed, made)| writing.take(sealed, made))?;
    }
    writing.close(&site.landmarks(times)?)
}

/// The files of a folder in another one.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            fs::copy(entry.path(), to.join(entry.file_name()))?;
        }
    }
    Ok(())
}

/// A built site.
struct Site(PathBuf);

#[derive(Deserialize)]
struct Contents {
    bundles: Vec<HeadOf>,
    names: String,
}

#[derive(Deserialize)]
struct HeadOf {
    name: String,
    head: String,
}

/// Where the things of a bundle stand.
#[derive(Deserialize)]
struct Head {
    cards: Vec<String>,
    listed: Vec<usize>,
    texts: Vec<String>,
    lengths: Vec<usize>,
}

/// What a document is listed with.
#[derive(Clone, Deserialize)]
struct Listed {
    url: String,
    title: String,
    place: String,
    places: Vec<String>,
    year: i16,
    kind: (String, String),
    level: (String, String),
    published: Option<String>,
    #[serde(default)]
    numbers: Vec<String>,
    #[serde(default)]
    issuers: Vec<String>,
}

/// The text of a document by its sections, each of blocks of paragraphs.
type Sections = Vec<(String, Vec<Vec<String>>)>;

impl Site {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        fs::read(self.0.join(search::FOLDER).join(path))
    }

    fn contents(&self) -> Result<Contents, Failed> {
        Ok(serde_json::from_slice(&self.read("contents.json")?)?)
    }

    /// The documents of a bundle, in its order.
    fn documents(&self, name: &str, head: &str) -> Result<Vec<(Listed, Sections)>, Failed> {
        let head: Head = serde_json::from_slice(&opened(&self.read(&format!("{name}/{head}.pack"))?)?)?;
        let cards = self.pieces(&format!("{name}/cards"), &head.cards, &head.listed)?;
        let cards: Result<Vec<Vec<Listed>>, _> =
            cards.iter().map(|piece| serde_json::from_slice(piece)).collect();
        let texts = self.pieces(&format!("{name}/text"), &head.texts, &head.lengths)?;
        let texts: Result<Vec<(String, Sections)>, _> =
            texts.iter().map(|piece| serde_json::from_slice(piece)).collect();
        Ok(cards?.into_iter().flatten().zip(texts?.into_iter().map(|(_, sections)| sections)).collect())
    }

    /// What pieces of these lengths were made of, which stand in a row of files.
    fn pieces(&self, folder: &str, packs: &[String], lengths: &[usize]) -> Result<Vec<Vec<u8>>, Failed> {
        let files: io::Result<Vec<_>> =
            packs.iter().map(|pack| self.read(&format!("{folder}/{pack}.pack"))).collect();
        let files = files?;
        let mut rest = files.iter().map(Vec::as_slice);
        let mut file: &[u8] = &[];
        let mut found = Vec::new();
        for length in lengths {
            if file.is_empty() {
                file = rest.next().ok_or("a file is missing")?;
            }
            let (piece, behind) = file.split_at_checked(*length).ok_or("a file is too short")?;
            found.push(opened(piece)?);
            file = behind;
        }
        Ok(found)
    }

    /// The landmarks of the site, and its places as often as said.
    fn landmarks(&self, times: usize) -> Result<Vec<Landmark>, Failed> {
        let Contents { names, .. } = self.contents()?;
        if names.is_empty() {
            return Ok(Vec::new());
        }
        let table: Value = serde_json::from_slice(&self.read("names/landmarks.json")?)?;
        let all = table["landmarks"].as_array().ok_or("there are no landmarks")?;
        let mut found = Vec::new();
        for value in all {
            let times = if value["sort"] == "place" { times } else { 1 };
            for time in 0..times {
                found.push(self.landmark(value, time)?);
            }
        }
        Ok(found)
    }

    fn landmark(&self, value: &Value, time: usize) -> Result<Landmark, Failed> {
        let text = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
        let names = value["names"].as_array().into_iter().flatten().filter_map(Value::as_str);
        let over = value["over"].as_array().into_iter().flatten().filter_map(Value::as_str);
        let number =
            |name: &str| usize::try_from(value[name].as_u64().unwrap_or_default()).unwrap_or_default();
        let sort = match &*text("sort") {
            "place" => LandmarkSort::Place {
                id: again(&text("id"), time),
                over: over.map(|slug| again(slug, time)).collect(),
                level: number("level"),
                count: number("count"),
            },
            "indicator" => LandmarkSort::Indicator { id: text("id"), readings: self.readings(&text("id"))? },
            "kind" => LandmarkSort::Kind { id: text("id") },
            _ => LandmarkSort::Page,
        };
        Ok(Landmark {
            url: text("url"),
            title: again(&text("title"), time),
            detail: text("detail"),
            names: names.map(|name| again(name, time)).collect(),
            sort,
            spoken: BTreeMap::new(),
        })
    }

    /// The figures of an indicator.
    fn readings(&self, id: &str) -> Result<Vec<SearchFigure>, Failed> {
        let file: Value = serde_json::from_slice(&self.read(&format!("names/figures/{id}.json"))?)?;
        let figure = |value: &Value| {
            let text = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
            let year = value["year"].as_i64().and_then(|year| year.try_into().ok()).unwrap_or_default();
            SearchFigure {
                place: text("place"),
                name: text("name"),
                year,
                text: text("text"),
                url: text("url"),
            }
        };
        Ok(file["figures"].as_array().into_iter().flatten().map(figure).collect())
    }
}

/// What a piece was made of: behind its digest stands whether it is packed.
fn opened(piece: &[u8]) -> io::Result<Vec<u8>> {
    let (is_packed, content) =
        piece.get(8..).and_then(<[u8]>::split_first).ok_or(io::ErrorKind::UnexpectedEof)?;
    if *is_packed == 0 {
        return Ok(content.to_vec());
    }
    let mut bytes = Vec::new();
    flate2::read::GzDecoder::new(content).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// A name as it is at the time, counted from nought.
fn again(name: &str, time: usize) -> String {
    match time {
        0 => name.to_owned(),
        _ => format!("{name}-{time}"),
    }
}

/// A bundle at the time.
fn bundle(name: &str, documents: &[(Listed, Sections)], time: usize) -> Result<(Sealed, Made), Failed> {
    let bundle = Bundle { name: again(name, time), leads: Vec::new() };
    let mut documents: Vec<_> = documents.iter().collect();
    documents.sort_by_key(|(listed, _)| (Reverse(listed.year), chance(&listed.url, time)));
    let all: Vec<Findable> =
        documents.into_iter().map(|(listed, text)| findable(card(listed, time), text, time)).collect();
    let makings = all.iter().map(|one| Makings { card: one.card.clone(), source: [0; 32] });
    let sealed = search::sealed(bundle, makings).map_err(said)?;
    let mut making = Making::default();
    for some in all.chunks(search::SOME) {
        making.add(some.to_vec()).map_err(said)?;
    }
    let made = making.close(&sealed).map_err(said)?;
    Ok((sealed, made))
}

fn said(why: xiangwei::diag::Words) -> Failed {
    why.en.into()
}

/// What a document is listed with at the time.
fn card(listed: &Listed, time: usize) -> Card {
    let Listed { url, title, place, places, year, kind, level, published, numbers, issuers } = listed.clone();
    let other = again(&place, time);
    let slug = places.last().cloned().unwrap_or_default();
    Card {
        url: url.replacen(&slug, &again(&slug, time), 1),
        title: title.replacen(&place, &other, 1),
        place: other,
        places: places.iter().map(|place| again(place, time)).collect(),
        year,
        kind,
        level,
        extent: None,
        published,
        numbers,
        issuers: issuers.iter().map(|issuer| again(issuer, time)).collect(),
    }
}

/// A number that is the same for the same, and another for every other time; at the first time nought.
fn chance(url: &str, time: usize) -> u64 {
    if time == 0 {
        return 0;
    }
    let mut hasher = DefaultHasher::new();
    (url, time).hash(&mut hasher);
    hasher.finish()
}

/// A document with its text, of which the names that stand before it are those of its card. At other times than the first the text
/// begins at another of its blocks.
fn findable(card: Card, sections: &Sections, time: usize) -> Findable {
    let block = |section: &str, paragraphs: &Vec<String>| PlainBlock {
        section: section.to_owned(),
        paragraphs: paragraphs.clone(),
    };
    let blocks =
        sections.iter().flat_map(|(section, blocks)| blocks.iter().map(move |own| block(section, own)));
    let names = 2 + card.numbers.len() + card.issuers.len();
    let mut blocks: Vec<_> = blocks.skip(names).collect();
    let start = usize::try_from(chance(&card.url, time)).unwrap_or_default() % blocks.len().max(1);
    blocks.rotate_left(start);
    Findable { card, lines: Vec::new(), blocks }
}

/// An index while its bundles are made.
struct Writing<'a> {
    out: &'a Path,
    spool: Spool,
    sealed: Vec<Sealed>,
    stood: Vec<Stood>,
}

impl Writing<'_> {
    fn take(&mut self, sealed: Sealed, Made { files, standing, telling }: Made) -> Result<(), Failed> {
        files.into_iter().try_for_each(|file| write(self.out, file))?;
        let aside: Aside = telling
            .into_bytes()
            .map(|bytes| -> Box<dyn Read + Send> { Box::new(self.spool.put(bytes).reader()) });
        self.sealed.push(sealed);
        self.stood.push(Stood { standing, aside: Some(aside) });
        Ok(())
    }

    /// Writes what is made of all bundles.
    fn close(self, landmarks: &[Landmark]) -> Result<(), Failed> {
        let Self { out, sealed, stood, .. } = self;
        let names = search::names(landmarks.to_vec(), &Vec::new(), &sealed).map_err(said)?;
        let put = &mut |file| write(out, file);
        match search::shared((&sealed, stood), None, &names, put) {
            Ok(()) => {}
            Err(Unmade::Why(why)) => return Err(said(why)),
            Err(Unmade::Put(error)) => return Err(error.into()),
        }
        names.files.into_iter().try_for_each(|file| write(out, file).map_err(Failed::from))
    }
}

fn write(out: &Path, (path, bytes): search::File) -> io::Result<()> {
    let path = out.join(path);
    fs::create_dir_all(path.parent().unwrap_or(out))?;
    fs::write(path, bytes)
}

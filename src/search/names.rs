//! Places, indicators, kinds and pages, found by their names: a small index in Pagefind's own form,
//! which Pagefind's engine reads in the browser. Texts are another matter (`search/bundle.rs`): there
//! every place of a phrase counts, and here whatever begins as it is typed.
//!
//! Names are also the vocabulary by which a question is cut apart, before anything is found. Those of places are many, so that
//! they stand in a table like words (`search/table.rs`), of which that is read which the question may name; all
//! others are one file, with the words that mean the same.
//!
//! Everything about Pagefind stays in this file.

use std::collections::{BTreeMap, BTreeSet};

use foldhash::HashMap;
use pagefind::api::{PagefindIndex, SyntheticFile};
use pagefind::options::PagefindServiceConfig;
use rayon::prelude::*;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::merge::WordSource;
use super::pack::piece;
use super::postings::row;
use super::table::{Leading, Rows, table};
use super::{FOLDER, File, Sealed, Unmade, failed, number, self_proving};
use crate::config::Synonyms;
use crate::diag::Words;
use crate::exports::{Landmark, LandmarkSort, SearchFigure};
use crate::han::fold;
use crate::source::hex;

/// The folder of this index, in that of all search files.
const NAMES: &str = "names";

/// Where the files of this index stand in a site.
#[must_use]
pub fn names_folder() -> String {
    format!("{FOLDER}/{NAMES}")
}

/// The language of no language: Pagefind then neither cuts words apart nor takes off endings.
const LANGUAGE: &str = "zxx";

/// The most letters of a name by which it is found; nobody types more.
const LONGEST: usize = 40;

/// What a result of the engine stands for.
#[derive(Serialize)]
struct NameTable<'a> {
    /// Landmarks in their order: places by their slugs, then indicators, kinds, pages.
    landmarks: &'a [Landmark],
    /// Words that mean the same, in groups.
    synonyms: &'a Synonyms,
    /// The place of each in `landmarks`, by the id that the engine knows it by.
    ids: BTreeMap<String, usize>,
}

/// The names by which every question is cut apart, but for those of places.
#[derive(Serialize)]
struct OtherNames<'a> {
    landmarks: Vec<&'a Landmark>,
    synonyms: &'a Synonyms,
}

/// A place as a question names it.
#[derive(Serialize)]
struct CalledPlace<'a> {
    title: &'a str,
    #[serde(flatten)]
    sort: &'a LandmarkSort,
}

/// The figures of an indicator, in a file of their own.
#[derive(Serialize)]
struct Figures<'a> {
    figures: &'a [SearchFigure],
}

/// An index of names.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// Its files.
    pub files: Vec<File>,
    /// A digest of all of them; empty without any.
    pub digest: String,
    /// With which two characters names of places begin, one pair behind the other: what holds none of them names no
    /// place, and is answered before it is known what it means. Names in Latin letters and codes are not among them.
    pub begins: String,
    /// What leads to the places by what they are called.
    pub(super) called: Leading,
}

/// The index by which `landmarks` are found, with the words that mean the same, on a site of these bundles; no files are
/// needed where there is nothing to find.
///
/// # Errors
/// When Pagefind cannot make an index.
pub fn names(landmarks: Vec<Landmark>, synonyms: &Synonyms, bundles: &[Sealed]) -> Result<Names, Words> {
    if landmarks.is_empty() {
        return Ok(Names::default());
    }
    let yielded = yielded(&landmarks)?;
    let begins = begins(&landmarks);
    let ids = yielded.iter().filter_map(id).collect();
    let documents = Documents::of(bundles);
    let figures: Result<Vec<[File; 2]>, Words> =
        landmarks.par_iter().filter_map(|landmark| figures(landmark, &documents)).collect();
    let mut files: Vec<File> = figures?.into_iter().flatten().collect();
    files.extend(yielded.into_iter().filter(is_read).map(|file| (path(&file), file.contents)));
    let called = called(&landmarks, &mut files)?;
    let others = landmarks.iter().filter(|landmark| !is_place(landmark)).collect();
    let table = self_proving(&NameTable { landmarks: &landmarks, synonyms, ids })?;
    files.push((format!("{}/landmarks.json", names_folder()), table));
    let vocabulary = self_proving(&OtherNames { landmarks: others, synonyms })?;
    files.push((format!("{}/vocabulary.json", names_folder()), vocabulary));
    files.sort();
    let mut hasher = Sha256::new();
    for (path, bytes) in &files {
        hasher.update(path);
        hasher.update(Sha256::digest(bytes));
    }
    Ok(Names { files, digest: hex(&hasher.finalize()), begins, called })
}

/// With which two characters names of places begin.
fn begins(landmarks: &[Landmark]) -> String {
    let places = landmarks.iter().filter(|landmark| is_place(landmark));
    let begin = |name: &String| -> Option<String> {
        let two: String = letters(name).chars().take(2).collect();
        (two.chars().count() == 2 && !two.is_ascii()).then_some(two)
    };
    let begins: BTreeSet<String> = places.flat_map(|place| &place.names).filter_map(begin).collect();
    begins.into_iter().collect()
}

fn is_place(landmark: &Landmark) -> bool {
    matches!(landmark.sort, LandmarkSort::Place { .. })
}

/// Makes a table of places by each of their names, of which the files go to `files`; what leads to it. A row is all places of
/// the name.
fn called(landmarks: &[Landmark], files: &mut Vec<File>) -> Result<Leading, Words> {
    let mut found: BTreeMap<String, Vec<CalledPlace<'_>>> = BTreeMap::new();
    for Landmark { title, names, sort, .. } in landmarks.iter().filter(|landmark| is_place(landmark)) {
        let names: BTreeSet<String> = names.iter().map(|name| letters(name)).collect();
        for name in names {
            found.entry(name).or_default().push(CalledPlace { title, sort });
        }
    }
    let mut rows = Rows::default();
    for (name, places) in &found {
        rows.add(name.as_bytes(), &serde_json::to_vec(places).map_err(failed)?);
    }
    let source = WordSource::of_bundle(0, Box::new(std::io::Cursor::new(rows.into_bytes())));
    let put = &mut |file| -> Result<(), Words> {
        files.push(file);
        Ok(())
    };
    match table(vec![source], &format!("{}/called", names_folder()), put) {
        Ok(leading) => Ok(leading),
        Err(Unmade::Why(words) | Unmade::Put(words)) => Err(words),
    }
}

/// A name without what is no letter or figure, as a question is looked through for it.
fn letters(name: &str) -> String {
    fold::squeeze_str(name).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The file with the figures of an indicator, and that which says which documents tell them.
fn figures(landmark: &Landmark, documents: &Documents<'_>) -> Option<Result<[File; 2], Words>> {
    let LandmarkSort::Indicator { id, readings } = &landmark.sort else { return None };
    let path = |ending: &str| format!("{}/figures/{id}.{ending}", names_folder());
    let figures = self_proving(&Figures { figures: readings });
    let told = piece(&documents.telling(readings)).map_err(failed);
    Some(figures.and_then(|figures| Ok([(path("json"), figures), (path("bin"), told?)])))
}

/// The documents of some bundles by their addresses: each by its bundle, counted from the oldest on, and its number there.
struct Documents<'a> {
    /// Only looked up in, since the order is nobody's.
    spots: HashMap<&'a str, (usize, u32)>,
    /// How many documents each bundle has.
    counts: Vec<u32>,
}

impl<'a> Documents<'a> {
    fn of(bundles: &'a [Sealed]) -> Self {
        let (mut spots, mut counts) = (HashMap::default(), Vec::new());
        for (bundle, sealed) in bundles.iter().rev().enumerate() {
            let documents = (0..).zip(&sealed.filed);
            spots.extend(documents.map(|(number, filed)| (filed.url(), (bundle, number))));
            counts.push(u32::try_from(sealed.filed.len()).unwrap_or(u32::MAX));
        }
        Self { spots, counts }
    }

    /// Which documents tell one of these figures, as a table has it of a word.
    fn telling(&self, readings: &[SearchFigure]) -> Vec<u8> {
        let spot = |reading: &SearchFigure| self.spots.get(reading.url.split('#').next()?).copied();
        let mut spots: Vec<(usize, u32)> = readings.iter().filter_map(spot).collect();
        spots.sort_unstable();
        spots.dedup();
        let mut told = Vec::new();
        let mut before = 0;
        for own in spots.chunk_by(|(one, _), (other, _)| one == other) {
            let bundle = own[0].0;
            let documents: Vec<u32> = own.iter().map(|(_, number)| *number).collect();
            number::write(&mut told, bundle - before);
            number::write_bytes(&mut told, &row(&documents, self.counts[bundle]));
            before = bundle;
        }
        told
    }
}

/// All that Pagefind makes of the landmarks, each a record whose address is its place among them.
/// A runtime is started here, so this must not be called from within an asynchronous task.
fn yielded(landmarks: &[Landmark]) -> Result<Vec<SyntheticFile>, Words> {
    let runtime = tokio::runtime::Builder::new_current_thread().build().map_err(failed)?;
    runtime.block_on(async {
        let config = PagefindServiceConfig::builder().force_language(LANGUAGE.to_owned()).build();
        let mut index = PagefindIndex::new(Some(config)).map_err(failed)?;
        for (at, landmark) in landmarks.iter().enumerate() {
            let (content, language) = (spoken(&landmark.names), LANGUAGE.to_owned());
            let record = index.add_custom_record(at.to_string(), content, language, None, None, None);
            record.await.map_err(failed)?;
        }
        index.get_files().await.map_err(failed)
    })
}

/// The words of a record: each name from each of its letters on, since the engine finds a word
/// by its beginning, and nobody need know how a name begins.
fn spoken(names: &[String]) -> String {
    let mut words = Vec::new();
    for name in names {
        let letters = letters(name);
        let from = |(at, _): (usize, char)| letters[at..].chars().take(LONGEST).collect::<String>();
        // Latin words are typed from their beginning.
        let is_latin = letters.is_ascii();
        words.extend(letters.char_indices().take(if is_latin { 1 } else { LONGEST }).map(from));
        if is_latin {
            words.extend(name.split_whitespace().map(fold::squeeze_str));
        }
    }
    words.join(" ")
}

/// Whether the search page reads a file; Pagefind yields interfaces of its own as well. What its
/// fragments say stands in our table, in one file.
fn is_read(file: &SyntheticFile) -> bool {
    let name = file.filename.to_string_lossy();
    [".pf_index", ".pf_meta"].iter().any(|end| name.ends_with(end))
        || ["pagefind.js", "wasm.unknown.pagefind", "pagefind-entry.json"].contains(&&*name)
}

fn path(file: &SyntheticFile) -> String {
    format!("{}/{}", names_folder(), file.filename.to_string_lossy().replace('\\', "/"))
}

/// The id of the record that a fragment is of, and its place among the landmarks.
fn id(file: &SyntheticFile) -> Option<(String, usize)> {
    #[derive(serde::Deserialize)]
    struct Fragment {
        url: String,
    }
    let name = file.filename.file_name()?.to_string_lossy().into_owned();
    let id = name.strip_suffix(".pf_fragment")?;
    let mut json = Vec::new();
    std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(&*file.contents), &mut json).ok()?;
    let begin = json.iter().position(|byte| *byte == b'{')?;
    let fragment: Fragment = serde_json::from_slice(&json[begin..]).ok()?;
    Some((id.to_owned(), fragment.url.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::pack::opened;

    fn landmark(title: &str, names: &[&str]) -> Landmark {
        Landmark {
            url: format!("/{title}/"),
            title: title.into(),
            detail: String::new(),
            names: names.iter().map(|name| (*name).to_owned()).collect(),
            sort: LandmarkSort::Page,
            spoken: std::collections::BTreeMap::new(),
        }
    }

    fn landmarks() -> Vec<Landmark> {
        let many = (0..300)
            .map(|at| landmark(&format!("第{at}县"), &[&format!("第{at}县"), &format!("county-{at}")]));
        many.chain([landmark("江门市", &["江门市", "Jiangmen", "440700"])]).collect()
    }

    fn made(landmarks: Vec<Landmark>) -> Names {
        names(landmarks, &vec![vec!["复议".into(), "行政复议".into()]], &[]).unwrap()
    }

    #[test]
    fn a_name_is_found_from_each_of_its_letters_on_and_a_latin_one_from_each_word() {
        assert_eq!(spoken(&["江門市".into()]), "江门市 门市 市");
        assert_eq!(spoken(&["“一次办”占比".into()]), "一次办占比 次办占比 办占比 占比 比");
        assert_eq!(spoken(&["Work plan".into()]), "workplan work plan");
    }

    #[test]
    fn the_engine_comes_with_an_index_and_every_id_leads_to_a_landmark() {
        let Names { files, digest, .. } = made(landmarks());
        let paths: Vec<&str> = files.iter().map(|(path, _)| &**path).collect();
        for name in ["pagefind.js", "wasm.unknown.pagefind", "pagefind-entry.json", "landmarks.json"] {
            assert!(paths.contains(&&*format!("pagefind/names/{name}")), "{name} of {paths:?}");
        }
        assert!(paths.iter().any(|path| path.ends_with(".pf_index")));
        assert!(!paths.iter().any(|path| path.ends_with(".pf_fragment") || path.contains("ui")));
        let table = &files.iter().find(|(path, _)| path.ends_with("landmarks.json")).unwrap().1;
        let table: serde_json::Value = serde_json::from_slice(table).unwrap();
        let ids = table["ids"].as_object().unwrap();
        let mut places: Vec<u64> = ids.values().map(|at| at.as_u64().unwrap()).collect();
        places.sort_unstable();
        assert_eq!(places, (0..301).collect::<Vec<_>>());
        assert_eq!(digest.len(), 64);
    }

    #[test]
    fn it_is_told_with_what_names_of_places_begin() {
        let place = |names: &[&str]| Landmark {
            sort: LandmarkSort::Place { id: "a".into(), over: Vec::new(), level: 2, count: 1 },
            ..landmark("江门市", names)
        };
        let found = begins(&[
            place(&["江門市", "江门", "Jiangmen", "440700", "第12县", "闵"]),
            landmark("行政", &["行政"]),
        ]);
        assert_eq!(found, "江门第1");
    }

    #[test]
    fn places_are_led_to_by_each_of_their_names() {
        let place = |id: &str, names: &[&str]| Landmark {
            sort: LandmarkSort::Place { id: id.into(), over: vec!["gd".into()], level: 2, count: 1 },
            ..landmark(names[0], names)
        };
        let made = made(vec![
            place("a", &["江門市", "江门", "Jiang Men"]),
            place("b", &["江门"]),
            landmark("行政", &["行政"]),
        ]);
        let (_, others) = made.files.iter().find(|(path, _)| path.ends_with("/vocabulary.json")).unwrap();
        let others = String::from_utf8_lossy(others);
        assert!(others.contains("行政") && !others.contains("江门"), "{others}");
        assert_ne!(made.called, Leading::default());
        let files = made.files.iter().filter(|(path, _)| path.contains("/called/"));
        let pieces: Vec<Vec<u8>> = files.map(|(_, bytes)| opened(bytes).unwrap()).collect();
        let text =
            pieces.iter().map(|bytes| String::from_utf8_lossy(bytes)).max_by_key(|text| text.len()).unwrap();
        let both = r#"[{"title":"江門市","sort":"place","id":"a","over":["gd"],"level":2,"count":1},{"title":"江门","sort":"place","id":"b""#;
        assert!(text.contains("jiangmen") && text.contains(both), "{text}");
    }

    #[test]
    fn the_figures_of_an_indicator_have_a_file_of_their_own() {
        let reading = SearchFigure {
            place: "jiangmen".into(),
            name: "江门市".into(),
            year: 2019,
            text: "40.02%".into(),
            url: "/jiangmen/2019/#fig-1".into(),
        };
        let sort = LandmarkSort::Indicator { id: "rate".into(), readings: vec![reading] };
        let files = made(vec![Landmark { sort, ..landmark("纠错率", &["纠错率"]) }]).files;
        let text = |end: &str| {
            let file = files.iter().find(|(path, _)| path.ends_with(end)).unwrap();
            String::from_utf8(file.1.clone()).unwrap()
        };
        assert!(text("names/figures/rate.json").contains("40.02%"));
        assert!(files.iter().any(|(path, _)| path.ends_with("names/figures/rate.bin")));
        let table = text("landmarks.json");
        assert!(!table.contains("40.02%") && table.contains("\"sort\":\"indicator\""), "{table}");
        assert!(table.contains("[[\"复议\",\"行政复议\"]]"), "{table}");
    }

    #[test]
    fn the_same_names_give_the_same_bytes() {
        assert!(made(landmarks()) == made(landmarks()));
        assert!(made(landmarks()).digest != made(landmarks().split_off(1)).digest);
        assert_eq!(made(Vec::new()), Names::default());
    }
}

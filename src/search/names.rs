//! Places, indicators, kinds and pages, found by their names: a small index in Pagefind's own form,
//! which Pagefind's engine reads in the browser. Texts are another matter (`search/bundle.rs`): there
//! every place of a phrase counts, and here whatever begins as it is typed. The table of names is
//! also the vocabulary by which a question is cut apart, and has the words that mean the same.
//!
//! Everything about Pagefind stays in this file.

use std::collections::{BTreeMap, BTreeSet};

use pagefind::api::{PagefindIndex, SyntheticFile};
use pagefind::options::PagefindServiceConfig;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::{FOLDER, File, failed, self_proving};
use crate::config::Synonyms;
use crate::diag::Words;
use crate::exports::{Landmark, LandmarkSort, SearchFigure};
use crate::han::fold;
use crate::source::hex;

/// The folder of this index, in that of all search files.
const NAMES: &str = "names";

/// The language of no language: Pagefind then neither cuts words apart nor takes off endings.
const LANGUAGE: &str = "zxx";

/// The most letters of a name by which it is found; nobody types more.
const LONGEST: usize = 40;

/// What a result of the engine stands for.
#[derive(Serialize)]
struct NameTable {
    /// Landmarks in their order: places by their slugs, then indicators, kinds, pages.
    landmarks: Vec<Landmark>,
    /// Words that mean the same, in groups.
    synonyms: Synonyms,
    /// The place of each in `landmarks`, by the id that the engine knows it by.
    ids: BTreeMap<String, usize>,
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
    /// place, and is answered before the table of names has come. Names in Latin letters and codes are not among them.
    pub begins: String,
}

/// The index by which `landmarks` are found, with the words that mean the same; no files are needed
/// where there is nothing to find.
///
/// # Errors
/// When Pagefind cannot make an index.
pub fn names(landmarks: Vec<Landmark>, synonyms: &Synonyms) -> Result<Names, Words> {
    if landmarks.is_empty() {
        return Ok(Names::default());
    }
    let yielded = yielded(&landmarks)?;
    let begins = begins(&landmarks);
    let ids = yielded.iter().filter_map(id).collect();
    let figures: Result<Vec<File>, Words> = landmarks.iter().filter_map(figures).collect();
    let table = self_proving(&NameTable { landmarks, synonyms: synonyms.clone(), ids })?;
    let mut files = figures?;
    files.extend(yielded.into_iter().filter(is_read).map(|file| (path(&file), file.contents)));
    files.push((format!("{FOLDER}/{NAMES}/landmarks.json"), table));
    files.sort();
    let mut hasher = Sha256::new();
    for (path, bytes) in &files {
        hasher.update(path);
        hasher.update(Sha256::digest(bytes));
    }
    Ok(Names { files, digest: hex(&hasher.finalize()), begins })
}

/// With which two characters names of places begin.
fn begins(landmarks: &[Landmark]) -> String {
    let places = landmarks.iter().filter(|landmark| matches!(landmark.sort, LandmarkSort::Place { .. }));
    let begin = |name: &String| -> Option<String> {
        let two: String = letters(name).chars().take(2).collect();
        (two.chars().count() == 2 && !two.is_ascii()).then_some(two)
    };
    let begins: BTreeSet<String> = places.flat_map(|place| &place.names).filter_map(begin).collect();
    begins.into_iter().collect()
}

/// A name without what is no letter or figure, as a question is looked through for it.
fn letters(name: &str) -> String {
    fold::squeeze_str(name).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The file with the figures of an indicator.
fn figures(landmark: &Landmark) -> Option<Result<File, Words>> {
    let LandmarkSort::Indicator { id, readings } = &landmark.sort else { return None };
    let written = self_proving(&Figures { figures: readings });
    Some(written.map(|bytes| (format!("{FOLDER}/{NAMES}/figures/{id}.json"), bytes)))
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
    format!("{FOLDER}/{NAMES}/{}", file.filename.to_string_lossy().replace('\\', "/"))
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
        names(landmarks, &vec![vec!["复议".into(), "行政复议".into()]]).unwrap()
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
            sort: LandmarkSort::Place { id: "a".into(), parent: None, level: 2, count: 1 },
            ..landmark("江门市", names)
        };
        let found = begins(&[
            place(&["江門市", "江门", "Jiangmen", "440700", "第12县", "闵"]),
            landmark("行政", &["行政"]),
        ]);
        assert_eq!(found, "江门第1");
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

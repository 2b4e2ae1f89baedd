//! Ordinals beside a model of their own: `tests/docx/generate.py` writes files with automatic numbering and
//! what is printed before each of their paragraphs. A few of them are kept as texts; `scripts/ordinals.sh`
//! makes a thousand, and asks a word processor as well.

use std::path::{Path, PathBuf};

use super::Parts;
use super::read;
use crate::import::draft::{Draft, Limits, Paragraph};

/// A case: a file, and what is printed, line by line.
struct Case {
    name: String,
    bytes: Vec<u8>,
    printed: String,
}

/// The cases of `folder`, by their names: a text alone holds its parts, one beside a file what is printed.
fn cases(folder: &Path) -> Vec<Case> {
    let entries = folder.read_dir().unwrap().map(|entry| entry.unwrap().path());
    let mut texts: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|it| it == "txt")).collect();
    texts.sort();
    texts.iter().map(|path| case(path)).collect()
}

#[allow(clippy::disallowed_methods, reason = "a test reads its cases")]
fn case(path: &Path) -> Case {
    let name = path.display().to_string();
    let text = std::fs::read_to_string(path).unwrap();
    match std::fs::read(path.with_extension("docx")) {
        Ok(bytes) => Case { name, bytes, printed: text },
        Err(_) => {
            let (parts, printed) = text.split_once("-- printed --\n").unwrap();
            Case { name, bytes: package(parts).zipped(), printed: printed.to_owned() }
        }
    }
}

/// The package of parts in a text, each in one line behind its name: `-- document --`.
pub(super) fn package(text: &str) -> Parts {
    let part = |name: &str| {
        let rest = text.split_once(&format!("-- {name} --\n")).map(|(_, rest)| rest);
        rest.and_then(|rest| rest.lines().next()).unwrap_or_default().to_owned()
    };
    let names = ["styles", "numbering", "footnotes"].into_iter().filter(|name| !part(name).is_empty());
    let files: Vec<_> = names.map(|name| (name, format!("{name}.xml"))).collect();
    let relations: Vec<_> = files.iter().map(|(name, file)| (*name, *name, file.as_str())).collect();
    let document = Parts::of_document(&part("document")).related(&relations);
    files.iter().fold(document, |parts, (name, file)| parts.with(&format!("word/{file}"), &part(name)))
}

/// Each word `T001` of a draft and what is printed before it.
fn printed(draft: &Draft) -> Vec<(String, String)> {
    draft.paragraphs().flat_map(words).collect()
}

fn words(paragraph: &Paragraph) -> Vec<(String, String)> {
    let (mut ordinal, mut text) = (String::new(), String::new());
    for run in &paragraph.runs {
        match run.at {
            None => ordinal.push_str(&run.text),
            Some(_) => text.push_str(&run.text),
        }
    }
    let ordinal = ordinal.trim_end().to_owned();
    let starts = text.match_indices('T').map(|(at, _)| text[at..at + 4].to_owned());
    starts
        .enumerate()
        .map(|(at, word)| (word, if at == 0 { ordinal.clone() } else { String::new() }))
        .collect()
}

/// How many paragraphs of `folder` have the ordinal that is expected, and the others.
fn compare(folder: &Path) -> (usize, Vec<String>) {
    let (mut equal, mut different) = (0, Vec::new());
    for case in cases(folder) {
        let draft = read(&case.bytes, &Limits::default()).unwrap();
        draft.account().unwrap();
        let ours = printed(&draft);
        let lines: Vec<_> = case.printed.lines().collect();
        assert_eq!(ours.len(), lines.len(), "{}", case.name);
        for (line, (word, ordinal)) in lines.iter().zip(ours) {
            let mut columns = line.split('\t');
            let expected = (columns.next().unwrap_or_default(), columns.next().unwrap_or_default());
            match (word.as_str(), ordinal.as_str()) == expected {
                true => equal += 1,
                false => different.push(format!("{}: {word} «{ordinal}», expected {line}", case.name)),
            }
        }
    }
    (equal, different)
}

/// The seed of a fuzzer that has every construct once.
#[test]
#[allow(clippy::disallowed_methods, reason = "a test reads its case")]
fn everything_is_accounted_for_together() {
    let text = std::fs::read_to_string(folder().join("everything.txt")).unwrap();
    let draft = read(&package(&text).zipped(), &Limits::default()).unwrap();
    draft.account().unwrap();
    assert!(draft.asides.len() >= 18, "{:?}", draft.asides);
}

pub(super) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/docx")
}

#[test]
fn ordinals_are_those_of_the_model() {
    let kept = folder().join("ordinals");
    #[allow(clippy::disallowed_methods, reason = "a thousand more are made by a script")]
    let made = std::env::var("XIANGWEI_ORDINALS").ok().map(PathBuf::from);
    for folder in std::iter::once(kept).chain(made) {
        let (equal, different) = compare(&folder);
        assert!(
            different.is_empty(),
            "{}\n{} of {}",
            different.join("\n"),
            different.len(),
            equal + different.len()
        );
        assert!(equal > 300, "{equal} paragraphs are not enough to tell");
        #[allow(clippy::print_stdout, reason = "`scripts/ordinals.sh` shows how many there were")]
        {
            println!("{equal} ordinals of {} are as the model says", folder.display());
        }
    }
}

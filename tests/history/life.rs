//! An archive that lives: places are renamed, merged and split, documents come, are corrected, moved,
//! withdrawn and restored. The same size gives the same life.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use camino::Utf8Path;
use xiangwei::ask::Planned;
use xiangwei::build::{self, FileContent, MadeSite, Prepared, Recalled, Recipes, SearchReuse, Wishes};
use xiangwei::check;
use xiangwei::diag::Diagnostic;
use xiangwei::outline;
use xiangwei::site::FileDigest;

use crate::support::{Project, Site};

/// How large the archive is to begin with.
#[derive(Clone, Copy)]
pub(crate) struct Size {
    pub(crate) places: usize,
    /// Notices that each place publishes a year.
    pub(crate) notices: usize,
}

struct Place {
    name: String,
    aliases: Vec<String>,
}

/// A document, from which its file is written.
#[derive(Clone)]
struct Document {
    kind: &'static str,
    /// Words that stand in it and nowhere else.
    secret: String,
    figure: u32,
    /// The titles of its sections; those without an ordinal have an anchor from their words.
    sections: Vec<String>,
    corrections: Vec<String>,
    keywords: u32,
    withdrawn: Option<&'static str>,
    aliases: Vec<String>,
}

/// An archive over the years.
pub(crate) struct Life {
    pub(crate) project: Project,
    size: Size,
    places: BTreeMap<String, Place>,
    /// The documents by place and the path below it, without its ending.
    documents: BTreeMap<(String, String), Document>,
    count: u32,
    chance: u64,
    before: Option<Built>,
}

/// A site that was made, with what it was made from.
struct Built {
    site: Site,
    recipes: Recipes,
    readings: Vec<u8>,
}

impl Life {
    pub(crate) fn begin(size: Size) -> Self {
        let mut project = Project::in_world("");
        project.remove("content/jiangmen/2018.md").remove("content/jiangmen/_index.md");
        let (places, documents) = (BTreeMap::new(), BTreeMap::new());
        let mut life = Self { project, size, places, documents, count: 0, chance: 2026, before: None };
        for _ in 0..size.places {
            life.found();
        }
        life
    }

    /// A number below `most`, the same in every life.
    fn any(&mut self, most: usize) -> usize {
        self.chance =
            self.chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.chance >> 33).unwrap() % most
    }

    fn found(&mut self) -> String {
        self.count += 1;
        let slug = format!("p{}", self.count);
        let place = Place { name: format!("第{}县", self.count), aliases: Vec::new() };
        self.places.insert(slug.clone(), place);
        slug
    }

    fn any_place(&mut self) -> String {
        let at = self.any(self.places.len());
        self.places.keys().nth(at).unwrap().clone()
    }

    /// One year of deeds; the files are written at its end.
    pub(crate) fn year(&mut self, year: u32) {
        for slug in self.places.keys().cloned().collect::<Vec<_>>() {
            self.write(&slug, format!("{}", 2015 + year), "annual-report");
            for number in 0..self.size.notices {
                self.write(&slug, format!("{}/notice-{number}", 2015 + year), "notice");
            }
        }
        if year > 0 {
            for _ in 0..self.size.places {
                self.correct();
            }
            self.describe();
            self.withdraw(if year.is_multiple_of(2) { "personal-data" } else { "error" });
            self.restore();
            self.move_one();
            match year % 3 {
                0 => self.rename(),
                1 => self.merge(),
                _ => self.split(),
            }
        }
        self.lay();
    }

    fn write(&mut self, slug: &str, below: String, kind: &'static str) {
        self.count += 1;
        let number = self.count;
        let sections = ["## 一、总体情况", "## 二、主要做法", "### （一）加强领导", "### （二）规范执法"];
        let mut sections: Vec<String> = sections.map(str::to_owned).into();
        sections.push(format!("## 附记{number}"));
        let document = Document {
            kind,
            secret: format!("暗号{number}号结束"),
            figure: 100 + number,
            sections,
            corrections: Vec::new(),
            keywords: 0,
            withdrawn: None,
            aliases: Vec::new(),
        };
        self.documents.insert((slug.to_owned(), below), document);
    }

    /// One of the documents that `is_meant`, if there is any.
    fn one(&mut self, is_meant: fn(&(String, String), &Document) -> bool) -> Option<(String, String)> {
        let all: Vec<_> = self
            .documents
            .iter()
            .filter(|(key, one)| is_meant(key, one))
            .map(|(key, _)| key.clone())
            .collect();
        (!all.is_empty()).then(|| all[self.any(all.len())].clone())
    }

    fn correct(&mut self) {
        let Some(key) = self.one(|_, document| document.withdrawn.is_none()) else { return };
        let (how, number) = (self.any(4), self.count);
        self.count += 1;
        let document = self.documents.get_mut(&key).unwrap();
        match how {
            0 => document.figure += 1,
            1 => *document.sections.last_mut().unwrap() = format!("## 补记{number}"),
            2 if document.sections.len() == 5 => {
                document.sections[3] = format!("### （二）规范公正文明执法{number}");
            }
            3 if document.sections.len() == 5 => drop(document.sections.remove(3)),
            _ => document.figure += 2,
        }
        document.corrections.push(format!("更正{number}"));
    }

    fn describe(&mut self) {
        if let Some(key) = self.one(|_, document| document.withdrawn.is_none()) {
            self.documents.get_mut(&key).unwrap().keywords += 1;
        }
    }

    fn withdraw(&mut self, reason: &'static str) {
        if let Some(key) = self.one(|_, document| document.withdrawn.is_none()) {
            self.documents.get_mut(&key).unwrap().withdrawn = Some(reason);
        }
    }

    fn restore(&mut self) {
        if self.any(2) == 0
            && let Some(key) = self.one(|_, document| document.withdrawn == Some("error"))
        {
            self.documents.get_mut(&key).unwrap().withdrawn = None;
        }
    }

    /// A notice has another name in its address.
    fn move_one(&mut self) {
        let Some((slug, below)) = self.one(|(_, below), _| below.contains("/notice-")) else { return };
        self.count += 1;
        let (year, _) = below.split_once('/').unwrap();
        let there = format!("{year}/moved-{}", self.count);
        self.carry((&slug, &below), (&slug, &there), true);
    }

    /// Moves a document, and says where it was if that is not said of its place.
    fn carry(&mut self, from: (&str, &str), to: (&str, &str), is_said: bool) {
        let own = |(place, below): (&str, &str)| (place.to_owned(), below.to_owned());
        let mut document = self.documents.remove(&own(from)).unwrap();
        if is_said {
            document.aliases.push(format!("/{}/{}/", from.0, from.1));
        }
        assert!(self.documents.insert(own(to), document).is_none(), "{to:?} was there");
    }

    fn of_place(&self, slug: &str) -> Vec<String> {
        self.documents.keys().filter(|(place, _)| place == slug).map(|(_, below)| below.clone()).collect()
    }

    /// A place has another name in addresses.
    fn rename(&mut self) {
        let old = self.any_place();
        self.count += 1;
        let new = format!("r{}", self.count);
        let mut place = self.places.remove(&old).unwrap();
        place.aliases.push(format!("/{old}/"));
        self.places.insert(new.clone(), place);
        for below in self.of_place(&old) {
            self.carry((&old, &below), (&new, &below), false);
        }
    }

    /// A place becomes a part of another one.
    fn merge(&mut self) {
        let (old, new) = (self.any_place(), self.any_place());
        if old == new {
            return;
        }
        let place = self.places.remove(&old).unwrap();
        let heir = self.places.get_mut(&new).unwrap();
        heir.aliases.extend(place.aliases);
        heir.aliases.push(format!("/{old}/"));
        for below in self.of_place(&old) {
            let year = below.split('/').next().unwrap().to_owned();
            self.count += 1;
            let there = format!("{year}/of-{old}-{}", self.count);
            self.carry((&old, &below), (&new, &there), true);
        }
    }

    /// Some documents of a place become those of a new one.
    fn split(&mut self) {
        let old = self.any_place();
        let new = self.found();
        for below in self.of_place(&old).into_iter().skip(1).step_by(2) {
            self.carry((&old, &below), (&new, &below), true);
        }
    }

    /// Writes every file anew, but for the record.
    fn lay(&mut self) {
        let content: Vec<String> =
            self.project.files().keys().filter(|path| path.starts_with("content/")).cloned().collect();
        for path in content {
            self.project.remove(&path);
        }
        let is_used: BTreeSet<&String> = self.documents.keys().map(|(place, _)| place).collect();
        for (slug, place) in self.places.iter().filter(|(slug, _)| is_used.contains(slug)) {
            let aliases = place.aliases.join(", ");
            let text = format!("---\nname: {}\nlevel: county\naliases: [{aliases}]\n---\n", place.name);
            self.project.edit(&format!("content/{slug}/_index.md"), text);
        }
        for ((slug, below), document) in &self.documents {
            let folder = format!("content/{slug}/{below}");
            self.project.edit(&format!("{folder}/index.md"), document.text());
            if document.kind == "notice" {
                self.project.edit(&format!("{folder}/附件.csv"), format!("{},1\n", document.secret));
            }
        }
    }

    /// The files of the record that may never be written to.
    pub(crate) fn records(&self) -> Vec<(String, Vec<u8>)> {
        let files = self.project.files().iter().filter(|(path, _)| path.ends_with(".jsonl"));
        files.map(|(path, bytes)| (path.clone(), bytes.clone())).collect()
    }

    /// Words that nobody may find on the site, and those of which no text may be kept either.
    pub(crate) fn secrets(&self) -> (Vec<&str>, Vec<&str>) {
        let of = |is_meant: fn(&str) -> bool| {
            let withdrawn = self.documents.values().filter(move |one| one.withdrawn.is_some_and(is_meant));
            withdrawn.map(|one| one.secret.as_str()).collect()
        };
        (of(|_| true), of(|reason| reason == "personal-data"))
    }

    /// Builds from what was built before, and holds it against a clean build.
    pub(crate) fn build(&mut self) {
        let clean = made(&self.project, None);
        let built = made(&self.project, self.before.as_ref());
        for (path, bytes) in &clean.site {
            assert!(built.site.get(path) == Some(bytes), "{path} is another one");
        }
        assert_eq!(built.site.len(), clean.site.len());
        self.before = Some(built);
    }

    /// The site as it was built last.
    pub(crate) fn site(&self) -> &Site {
        &self.before.as_ref().unwrap().site
    }
}

impl Document {
    fn text(&self) -> String {
        let list = |items: &[String]| items.join(", ");
        let mut text = format!(
            "---\ntitle: 关于{}的文件\nkind: {}\nissuer: 县政府\npublished: 2030-03-20\nkeywords: [词{}]\n",
            self.figure / 1000,
            self.kind,
            self.keywords
        );
        if let Some(reason) = self.withdrawn {
            text += &format!("status: withdrawn\nwithdrawal: {{ date: 2030-05-06, reason: {reason} }}\n");
        } else {
            text += &format!("indicators: {{ reconsideration_closed: {} }}\n", self.figure);
        }
        for note in &self.corrections {
            if text.contains("corrections:") {
                text += &format!("  - {{ date: 2030-05-06, note: {note} }}\n");
            } else {
                text += &format!("corrections:\n  - {{ date: 2030-05-06, note: {note} }}\n");
            }
        }
        if self.kind == "notice" {
            text += "attachments: [{ file: 附件.csv, title: 附件 }]\n";
        }
        text += &format!("aliases: [{}]\n---\n", list(&self.aliases));
        for (at, section) in self.sections.iter().enumerate() {
            text += &format!("{section}\n\n第{at}节说了第{at}件事，文中有{}。\n\n", self.secret);
            if at == 0 {
                text += &format!("全年办结行政复议案件{}件。\n\n", self.figure);
            }
        }
        text
    }
}

/// The site, made from what was built before as far as that can be taken over.
fn made(project: &Project, before: Option<&Built>) -> Built {
    let wishes = Wishes::default();
    let sources = project.sources();
    let recalled = before.map(|before| Recalled::read(before.readings.clone(), &sources, &wishes));
    let mut diagnostics = Vec::new();
    let prepared = build::prepare_recalling(sources, &wishes, recalled.unwrap_or_default());
    let Prepared { mut archive, theme, faults, recalled } = prepared.into(&mut diagnostics);
    let outline = outline::outline(&archive, false).into(&mut diagnostics);
    diagnostics.extend(check::check(&Planned::new(&archive, &outline)));
    diagnostics.retain(|found: &Diagnostic| found.is_error() || found.code.starts_with("change/"));
    assert!(diagnostics.is_empty(), "{diagnostics:#?}");
    let site = Mutex::new(Site::new());
    let keep_file = |path: &Utf8Path, _| {
        let bytes = before?.site.get(path)?;
        site.lock().unwrap().insert(path.to_owned(), bytes.clone());
        Some(FileDigest::of(bytes))
    };
    let earlier = SearchReuse {
        head: Recipes::head(&archive.sources, &wishes),
        recipes: before.map(|before| &before.recipes),
        keep_file: &keep_file,
        ..SearchReuse::anew()
    };
    let made = build::make((&mut archive, &outline), &theme.unwrap(), &earlier, &|route, _, piece| {
        let bytes = match piece {
            FileContent::Bytes(bytes) => bytes.to_vec(),
            FileContent::Text(source) => source.text().into(),
            FileContent::Copy(blob) => project.files()[blob.path.as_str()].clone(),
        };
        let entry = FileDigest::of(&bytes);
        site.lock().unwrap().insert(route.output(), bytes);
        Ok::<_, ()>(entry)
    });
    let MadeSite { recipes, .. } = made.expect("every page can be drawn");
    let mut readings = Vec::new();
    recalled.write((&archive, &faults), &wishes, &mut readings).unwrap();
    Built { site: site.into_inner().unwrap(), recipes, readings }
}

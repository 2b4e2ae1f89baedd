//! A build that makes only what changed gives what a clean build gives, after anything.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test edits a folder of its own")]

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;
use std::sync::Mutex;

use camino::Utf8Path;
use proptest::prelude::*;
use proptest::sample::Index;
use support::{Folder, Project, Site};
use xiangwei::ask::Planned;
use xiangwei::build::{self, Earlier, Made, Piece, Prepared, Recalled, Recipes, Wishes};
use xiangwei::check;
use xiangwei::diag::Diagnostic;
use xiangwei::outline;
use xiangwei::site::Entry;

/// One thing that happens to the files of a site.
#[derive(Clone, Debug)]
enum Deed {
    /// Words are added to the end of a text.
    Say(Index, u8),
    /// A sentence is added that other documents may have.
    Repeat(Index, usize),
    /// A text's title, name or value is another one.
    Replace(Index, usize, u8),
    /// A line is added to front matter.
    Declare(Index, usize),
    /// A file goes.
    Remove(Index),
    /// A text stands at another address as well.
    Copy(Index, usize),
    /// A file that is passed on has other bytes.
    Touch(Index, u8),
    /// A part of the theme is another one.
    Template(u8),
    /// The site is published, so that its record says what stands there.
    Publish,
    /// Nothing happens.
    Rest,
}

/// What is said, of which some is told of only where several documents are looked at together.
const SAID: [&str; 6] = [
    "又说了#句话。",
    "全年开会#次，其中专题会议100次，其余2次。",
    "由市政务服务和大数据管理局牵头，开会#次。",
    "由市政府服务和大数据管理局牵头，开会#次。",
    "低保户户主张建国，家有#人。",
    "残疾人户主张建国，家有#人。",
];

/// What is replaced by what; `#` stands for a number.
const REPLACED: [(&str, &str); 8] = [
    ("title: ", "title: 第#版"),
    ("name: ", "name: 新#"),
    ("level: county", "level: prefecture"),
    ("parent: jiangmen", "parent: pengjiang"),
    ("2020-03", "2020-0#"),
    ("kind: work-plan", "kind: notice"),
    ("件。", "件，其中#件为新收。"),
    ("## 一、", "## 一、第#"),
];

const DECLARED: [&str; 6] = [
    "status: withdrawn\n",
    "summary: 一句话。\n",
    "relations: { related: /jiangmen/2019/ }\n",
    "keywords: [复议, 执法]\n",
    "extent: excerpt\n",
    "aliases: [/old/gone.html]\n",
];

/// Long enough to be looked for in other documents; the last two differ in figures alone.
const REPEATED: [&str; 4] = [
    "市政府每季度听取一次依法行政情况汇报，研究解决突出问题。",
    "推行包容审慎监管，编制轻微违法不予处罚事项清单。",
    "全年共评查行政执法案卷312件，逐案反馈并限期整改到位。",
    "全年共评查行政执法案卷405件，逐案反馈并限期整改到位。",
];

const NAMES: [&str; 5] = ["2016.md", "2021.md", "2019/notice.md", "2019/another.md", "2018.md"];

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let any_file = any::<Index>;
    let deed = prop_oneof![
        6 => (any_file(), 0u8..99).prop_map(|(file, words)| Deed::Say(file, words)),
        6 => (any_file(), 0..REPEATED.len()).prop_map(|(file, at)| Deed::Repeat(file, at)),
        6 => (any_file(), 0..REPLACED.len(), 1u8..9).prop_map(|(file, at, number)| Deed::Replace(file, at, number)),
        4 => (any_file(), 0..DECLARED.len()).prop_map(|(file, at)| Deed::Declare(file, at)),
        2 => any_file().prop_map(Deed::Remove),
        3 => (any_file(), 0..NAMES.len()).prop_map(|(file, to)| Deed::Copy(file, to)),
        1 => (any_file(), any::<u8>()).prop_map(|(file, byte)| Deed::Touch(file, byte)),
        1 => any::<u8>().prop_map(Deed::Template),
        4 => Just(Deed::Publish),
        1 => Just(Deed::Rest),
    ];
    proptest::collection::vec(deed, 1..8)
}

fn act(project: &mut Project, deed: &Deed) {
    let texts = |project: &Project| -> Vec<String> {
        let paths = project.files().keys();
        paths.filter(|path| path.starts_with("content/") && path.ends_with(".md")).cloned().collect()
    };
    let all = texts(project);
    let chosen = |index: &Index| all[index.index(all.len())].clone();
    let text = |project: &Project, path: &str| String::from_utf8(project.files()[path].clone()).unwrap();
    match deed {
        _ if all.is_empty() => {}
        Deed::Say(file, words) => {
            let path = chosen(file);
            let words = SAID[usize::from(*words) % SAID.len()].replace('#', &words.to_string());
            let said = format!("{}\n\n{words}\n", text(project, &path));
            project.edit(&path, said);
        }
        Deed::Repeat(file, at) => {
            let path = chosen(file);
            let said = format!("{}\n\n{}\n", text(project, &path), REPEATED[*at]);
            project.edit(&path, said);
        }
        Deed::Replace(file, at, number) => {
            let path = chosen(file);
            let (old, new) = REPLACED[*at];
            let said = text(project, &path).replacen(old, &new.replace('#', &number.to_string()), 1);
            project.edit(&path, said);
        }
        Deed::Declare(file, at) => {
            let path = chosen(file);
            let said = text(project, &path).replacen("---\n", &format!("---\n{}", DECLARED[*at]), 1);
            project.edit(&path, said);
        }
        Deed::Remove(file) => drop(project.remove(&chosen(file))),
        Deed::Copy(file, to) => {
            let path = chosen(file);
            let said = text(project, &path);
            let place = path.split('/').nth(1).unwrap();
            project.edit(&format!("content/{place}/{}", NAMES[*to]), said);
        }
        Deed::Touch(file, byte) => {
            let files: Vec<String> = project
                .files()
                .keys()
                .filter(|path| !path.ends_with(".md") && path.starts_with("content/"))
                .cloned()
                .collect();
            if !files.is_empty() {
                project.edit(&files[file.index(files.len())], format!("%PDF-1.4\n{byte}\n"));
            }
        }
        Deed::Template(words) => {
            project.edit("templates/parts/footer.html", format!("<p>{words}</p>\n"));
        }
        Deed::Publish => drop(project.publish("2026-01-02T09:00:00+08:00")),
        Deed::Rest => {}
    }
}

/// A site that was made, with what it was made from.
#[derive(Clone, Default)]
struct Built {
    site: Site,
    recipes: Recipes,
    /// What came of reading the documents.
    readings: Vec<u8>,
    made: BTreeSet<String>,
    /// What is wrong, and does not stop a build.
    diagnostics: Vec<Diagnostic>,
}

/// Builds the site, taking over from `before` what it can; nothing where the sources have errors.
fn build(project: &Project, before: Option<&Built>) -> Option<Built> {
    let wishes = Wishes::default();
    let mut diagnostics = Vec::new();
    let sources = project.sources();
    let recalled = before.map(|before| Recalled::read(before.readings.clone(), &sources, &wishes));
    let prepared = build::prepare_recalling(sources, &wishes, recalled.unwrap_or_default());
    let Prepared { mut archive, theme, faults, recalled } = prepared.into(&mut diagnostics);
    let outline = outline::outline(&archive, false).into(&mut diagnostics);
    let planned = Planned::new(&archive, &outline);
    diagnostics.extend(check::check(&planned));
    if diagnostics.iter().any(Diagnostic::is_error) {
        return None;
    }
    let (site, made) = (Mutex::new(Site::new()), Mutex::new(BTreeSet::new()));
    let keep_file = |path: &Utf8Path, _| {
        let bytes = before?.site.get(path)?;
        site.lock().unwrap().insert(path.to_owned(), bytes.clone());
        Some(Entry::of(bytes))
    };
    let earlier = Earlier {
        head: Recipes::head(&archive.sources, &wishes),
        recipes: before.map(|before| &before.recipes),
        keep_file: &keep_file,
        ..Earlier::anew()
    };
    let Made { recipes, .. } =
        build::make((&mut archive, &outline), &theme.unwrap(), &earlier, &|route, _, piece| {
            let bytes = match piece {
                Piece::Bytes(bytes) => bytes.to_vec(),
                Piece::Text(source) => source.text().into(),
                Piece::Copy(blob) => project.files()[blob.path.as_str()].clone(),
            };
            let entry = Entry::of(&bytes);
            made.lock().unwrap().insert(route.to_string());
            site.lock().unwrap().insert(route.output(), bytes);
            Ok::<_, ()>(entry)
        })
        .ok()?;
    let recipes = Recipes::read(&recipes.bytes()).expect("what was written down can be read");
    xiangwei::diag::sort(&mut diagnostics);
    let mut readings = Vec::new();
    recalled.write((&archive, &faults), &wishes, &mut readings).unwrap();
    Some(Built {
        site: site.into_inner().unwrap(),
        recipes,
        readings,
        made: made.into_inner().unwrap(),
        diagnostics,
    })
}

/// Sites that together have something of everything.
const SITES: [&str; 8] = [
    "across",
    "ancestry",
    "attachments",
    "compared",
    "coverage",
    "many-kinds",
    "open-data",
    "plan-and-report",
];

fn cases() -> u32 {
    std::env::var("XIANGWEI_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(12)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_taken_over_is_what_a_clean_build_makes(site in 0..SITES.len(), deeds in deeds()) {
        let mut project = Project::fixture(SITES[site]);
        // In a second language stand pages that ask the same, and whether others stand in it too.
        let settings = String::from_utf8(project.files()["site.yaml"].clone()).unwrap();
        project.edit("site.yaml", format!("{settings}languages: [zh-CN, en]\n"));
        let mut built = build(&project, None).expect("the world has no errors");
        for deed in &deeds {
            act(&mut project, deed);
            let Some(clean) = build(&project, None) else { continue };
            built = build(&project, Some(&built)).expect("a clean build was made of the same");
            for (path, bytes) in &clean.site {
                prop_assert!(built.site.get(path) == Some(bytes), "{path} is another one after {deed:?}");
            }
            prop_assert_eq!(built.site.len(), clean.site.len());
            prop_assert!(built.recipes == clean.recipes, "recipes are others after {deed:?}");
            prop_assert_eq!(&built.diagnostics, &clean.diagnostics);
            prop_assert!(built.readings == clean.readings, "readings are others after {deed:?}");
        }
    }
}

#[test]
fn a_build_costs_what_changed() {
    let mut project = Project::fixture("across");
    let first = build(&project, None).expect("the world has no errors");
    let pages = |built: &Built| -> Vec<String> {
        built.made.iter().filter(|route| !route.starts_with("/assets/")).cloned().collect()
    };
    let again = build(&project, Some(&first)).unwrap();
    assert_eq!(pages(&again), [""; 0], "nothing changed, so nothing is made");
    let path = "content/xiahe/2021.md".to_owned();
    let slug = path.split('/').nth(1).unwrap().to_owned();
    let text = String::from_utf8(project.files()[&path].clone()).unwrap();
    project.edit(&path, format!("{text}\n\n又说了一句话。\n"));
    let edited = build(&project, Some(&first)).unwrap();
    for route in pages(&edited) {
        assert!(route.starts_with(&format!("/{slug}/")), "{route} tells nothing of a sentence of {slug}");
    }
    assert!(edited.made.contains(&format!("/{slug}/2021/")), "{:?}", edited.made);
}

/// A page is made again when a sentence of it stood first somewhere else, and not because somebody else
/// says something.
#[test]
fn what_others_say_costs_those_who_say_it_later() {
    let mut project = Project::fixture("ancestry");
    let edit = |project: &mut Project, path: &str, old: &str, new: &str| {
        let text = String::from_utf8(project.files()[path].clone()).unwrap();
        assert!(text.contains(old), "{path}");
        project.edit(path, text.replacen(old, new, 1));
    };
    let first = build(&project, None).expect("the world has no errors");
    edit(
        &mut project,
        "content/beiyuan/2021.md",
        "建立涉企",
        "设立行政执法监督员二十名，参加重点领域联合检查。建立涉企",
    );
    let other = build(&project, Some(&first)).unwrap();
    let is_of_anhe = |route: &&String| route.starts_with("/anhe/");
    assert_eq!(other.made.iter().find(is_of_anhe), None, "nothing that it says stands there");
    assert!(
        other.made.contains("/ancestry/") && other.made.contains("/data/ancestry.csv"),
        "{:?}",
        other.made
    );
    edit(&mut project, "content/linze/2020.md", "推行包容审慎监管，编制轻微违法不予处罚事项清单。", "");
    let gone = build(&project, Some(&other)).unwrap();
    assert!(gone.made.contains("/anhe/2021/"), "a sentence of it is new now: {:?}", gone.made);
    assert!(!gone.made.contains("/anhe/2020/"), "it never said so");
}

fn run(folder: &Utf8Path, more: &[&str]) {
    let program = env!("CARGO_BIN_EXE_xiangwei");
    let done = Command::new(program).arg("build").args(more).current_dir(folder).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

/// Every file of the finished site in `folder`.
fn finished(folder: &Utf8Path) -> Project {
    Project::folder(&folder.join("public"))
}

#[test]
fn what_somebody_changed_in_the_finished_site_is_made_whole() {
    let folder: Folder = Project::fixture("attachments").on_disk();
    let root = folder.path();
    run(root, &[]);
    let whole = finished(root);
    let documents: Vec<_> = whole.files().keys().filter(|path| path.ends_with("2019/index.html")).collect();
    let changed = root.join("public").join(documents[0]);
    let text = fs::read_to_string(&changed).unwrap();
    // The same size, and a time of change that was set back.
    let times = fs::metadata(&changed).unwrap().modified().unwrap();
    fs::write(&changed, text.replacen("html", "htnl", 1)).unwrap();
    fs::File::options().write(true).open(&changed).unwrap().set_modified(times).unwrap();
    fs::remove_file(root.join("public/index.html")).unwrap();
    for more in [&[][..], &["--verify"]] {
        run(root, more);
        assert!(finished(root).files() == whole.files(), "with {more:?}");
    }
    for note in ["recipes", "stats", "program", "readings", "sources"] {
        let note = root.join(".public.xiangwei").join(note);
        let bytes = fs::read(&note).unwrap();
        fs::write(&note, &bytes[..bytes.len() / 2]).unwrap();
        run(root, &[]);
        assert!(finished(root).files() == whole.files(), "{note} was damaged");
    }
}

//! The preview: it shows what a build would write, sees every way of saving, and answers
//! nobody but the editor's own browser.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test edits a folder of its own")]

#[path = "support/running.rs"]
mod running;
mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use camino::{Utf8Path, Utf8PathBuf};
use proptest::prelude::*;
use running::Running;
use support::{Folder, Project, Site};
use xiangwei::build::Wishes;
use xiangwei::serve::{ADDITIONS, Desk, Reply, ShownSite};

const PLACES: [&str; 3] = ["jiangmen", "pengjiang", "xinhui"];
const YEARS: [i16; 4] = [2018, 2019, 2020, 2021];

/// One thing that an editor does.
#[derive(Clone, Debug)]
enum Deed {
    Write(usize, usize, u8),
    Break(usize, usize),
    Delete(usize, usize),
    Rename((usize, usize), (usize, usize)),
    DeletePlace(usize),
    Title(u8),
    BreakSettings,
    Template(Option<u8>),
    BreakTemplate,
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let slot = || (0..PLACES.len(), 0..YEARS.len());
    let deed = prop_oneof![
        8 => (slot(), 0u8..64).prop_map(|((place, year), words)| Deed::Write(place, year, words)),
        3 => slot().prop_map(|(place, year)| Deed::Break(place, year)),
        2 => slot().prop_map(|(place, year)| Deed::Delete(place, year)),
        2 => (slot(), slot()).prop_map(|(from, to)| Deed::Rename(from, to)),
        1 => (1..PLACES.len()).prop_map(Deed::DeletePlace),
        1 => (0u8..9).prop_map(Deed::Title),
        1 => Just(Deed::BreakSettings),
        1 => proptest::option::of(0u8..9).prop_map(Deed::Template),
        1 => Just(Deed::BreakTemplate),
    ];
    proptest::collection::vec(deed, 1..14)
}

/// What stands on disk, and what of it was last good.
struct Edited {
    folder: Folder,
    disk: BTreeMap<String, String>,
    good: Project,
    writes: usize,
}

impl Edited {
    fn new() -> Self {
        let mut edited = Self {
            folder: Project::default().on_disk(),
            disk: BTreeMap::new(),
            good: Project::default(),
            writes: 0,
        };
        edited.write("site.yaml", &settings(0));
        edited.write("indicators.yaml", REGISTRY);
        for (place, slug) in PLACES.iter().enumerate() {
            edited.write(&format!("content/{slug}/_index.md"), &described(place));
            edited.write(&path(place, 0), &report(place, 0, 0));
        }
        edited
    }

    fn write(&mut self, path: &str, text: &str) {
        self.good.edit(path, text);
        self.spoil(path, text);
    }

    /// Writes what is not good to disk alone.
    fn spoil(&mut self, path: &str, text: &str) {
        self.folder.write(path, text.as_bytes());
        self.disk.insert(path.to_owned(), text.to_owned());
    }

    fn remove(&mut self, path: &str) -> Option<String> {
        let text = self.disk.remove(path)?;
        fs::remove_file(self.folder.path().join(path)).unwrap();
        if self.good.files().contains_key(path) {
            self.good.remove(path);
        }
        Some(text)
    }

    /// Does it, and gives the paths that a watcher would tell.
    fn act(&mut self, deed: &Deed) -> Vec<Utf8PathBuf> {
        let told = |path: &str| vec![Utf8PathBuf::from(path)];
        match *deed {
            Deed::Write(place, year, words) => {
                let index = format!("content/{}/_index.md", PLACES[place]);
                self.write(&index, &described(place));
                // A renamed report takes its old address along: none is ever given twice.
                self.writes += 1;
                let text = report(place, year, words).replace("/old/", &format!("/old/{}-", self.writes));
                self.write(&path(place, year), &text);
                [told(&path(place, year)), told(&index)].concat()
            }
            Deed::Break(place, year) if self.is_there(place) => {
                self.spoil(&path(place, year), "---\ntitle: [\n---\n坏\n");
                told(&path(place, year))
            }
            Deed::Delete(place, year) => {
                self.remove(&path(place, year));
                told(&path(place, year))
            }
            Deed::Rename(from, to) if self.is_there(to.0) => {
                self.rename(&path(from.0, from.1), &path(to.0, to.1))
            }
            Deed::DeletePlace(place) => {
                let folder = format!("content/{}", PLACES[place]);
                let below: Vec<_> = self
                    .disk
                    .keys()
                    .filter(|path| path.starts_with(&format!("{folder}/")))
                    .cloned()
                    .collect();
                below.iter().for_each(|path| drop(self.remove(path)));
                told(&folder)
            }
            Deed::Title(words) => {
                self.write("site.yaml", &settings(words));
                told("site.yaml")
            }
            Deed::BreakSettings => {
                self.spoil("site.yaml", "title: [\n");
                told("site.yaml")
            }
            Deed::Template(Some(words)) => {
                self.write(TEMPLATE, &format!("<p class=\"own\">{words}</p>\n"));
                told(TEMPLATE)
            }
            Deed::Template(None) => {
                self.remove(TEMPLATE);
                told(TEMPLATE)
            }
            Deed::BreakTemplate => {
                self.spoil(TEMPLATE, "{% if %}\n");
                told(TEMPLATE)
            }
            Deed::Break(..) | Deed::Rename(..) => Vec::new(),
        }
    }

    fn is_there(&self, place: usize) -> bool {
        self.disk.contains_key(&format!("content/{}/_index.md", PLACES[place]))
    }

    fn rename(&mut self, from: &str, to: &str) -> Vec<Utf8PathBuf> {
        let is_good = self.good.files().get(from).map(|bytes| &bytes[..])
            == self.disk.get(from).map(|text| text.as_bytes());
        if from == to || !self.disk.contains_key(from) {
            return Vec::new();
        }
        let text = self.remove(from).unwrap();
        match is_good {
            true => self.write(to, &text),
            false => self.spoil(to, &text),
        }
        vec![from.into(), to.into()]
    }
}

const TEMPLATE: &str = "templates/parts/footer.html";

fn path(place: usize, year: usize) -> String {
    format!("content/{}/{}.md", PLACES[place], YEARS[year])
}

fn settings(words: u8) -> String {
    format!("title: 法治政府建设档案{words}\nbase_url: https://www.example.org/fzzf/\n")
}

fn described(place: usize) -> String {
    let (name, level) = [("江门市", "prefecture"), ("蓬江区", "county"), ("新会区", "county")][place];
    let parent = if place == 0 { "" } else { "parent: jiangmen\n" };
    format!("---\nname: {name}\nlevel: {level}\n{parent}---\n")
}

const REGISTRY: &str = "closed: { name: 办结行政复议案件, unit: 件, kind: flow }\n";

/// A report. The lower half of `words` is a number that no page but its own shows; each of the
/// upper bits changes something that other pages count: an old address, a figure, a
/// withdrawal.
fn report(place: usize, year: usize, words: u8) -> String {
    let (name, slug, year) = (["江门市", "蓬江区", "新会区"][place], PLACES[place], YEARS[year]);
    let is_set = |bit: u8| words & bit != 0;
    let mut matter = format!("title: {name}{year}年度法治政府建设情况报告\nissuer: {name}人民政府\n");
    matter += if is_set(4) { "published: 2022-03-20\n" } else { "published: 2023-05-20\n" };
    if is_set(8) {
        matter += &format!("aliases: [/old/{slug}-{year}.html]\n");
    }
    if is_set(16) {
        matter += &format!("indicators: {{ closed: {words} }}\n");
    }
    if is_set(32) {
        matter += "status: withdrawn\n";
    }
    format!("---\n{matter}---\n一、总体情况\n\n全年办结行政复议案件{words}件。\n")
}

/// The finished site as `build` writes it, apart from the search files.
fn built(project: &Project) -> Site {
    let (mut site, _) = project.make(project.sources(), &Wishes::default(), true);
    site.retain(|path, _| !path.starts_with("pagefind"));
    site
}

/// Every page that is shown, by the path of its file.
fn pages(shown: &ShownSite<'_>, folder: &Utf8Path) -> Site {
    let base = shown.home();
    let routes = shown.site().outline.routes().map(|(route, _)| route);
    let page = |route: &xiangwei::route::Route| {
        let bytes = match shown.answer(&format!("{}{}", base.trim_end_matches('/'), route)) {
            Reply::Bytes { bytes, .. } => bytes,
            Reply::File { path, .. } => fs::read(folder.join(path)).unwrap(),
            Reply::Broken(bytes) => panic!("{route}: {}", String::from_utf8_lossy(&bytes)),
            other => panic!("{route}: {other:?}"),
        };
        (route.output(), bytes)
    };
    routes.map(page).collect()
}

fn same(shown: &Site, built: &Site) -> Result<(), TestCaseError> {
    let names = |site: &Site| {
        site.keys().filter(|path| !path.starts_with("assets")).cloned().collect::<BTreeSet<_>>()
    };
    prop_assert_eq!(names(shown), names(built));
    for (path, bytes) in shown {
        prop_assert!(built[path] == *bytes, "{} differs", path);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// The master property. Where texts are broken, it is the build of those that were last
    /// good; where none is, of the folder as it is.
    #[test]
    fn what_is_shown_is_what_is_built(deeds in deeds(), is_published: bool) {
        let mut edited = Edited::new();
        let root = edited.folder.path().to_owned();
        if is_published {
            publish(&root);
        }
        let mut desk = Desk::open(&root, Wishes::default()).unwrap();
        // Only what has been shown can have been good, and what the last build knew is only held once all was looked at.
        desk.show(|shown| is_published && shown.check(&|| true));
        for deed in &deeds {
            let told: BTreeSet<_> = edited.act(deed).into_iter().collect();
            desk.take_in(&told).unwrap();
            let shown = desk.show(|shown| pages(shown, &root));
            same(&shown, &built(&edited.good))?;
            let is_wrong = desk.show(|shown| {
                shown.check(&|| true);
                shown.diagnostics().any(xiangwei::diag::Diagnostic::is_error)
            });
            let is_broken = edited.disk.iter().any(|(path, text)| {
                edited.good.files().get(path).is_none_or(|good| &good[..] != text.as_bytes())
            });
            prop_assert_eq!(is_wrong, is_broken);
        }
    }
}

/// Each of the two texts is good by itself, so both are shown; what they do to each other is told
/// until one of them gives way.
#[test]
fn two_reports_that_claim_one_address_are_both_shown_and_the_quarrel_is_told() {
    let mut edited = Edited::new();
    let root = edited.folder.path().to_owned();
    let mut desk = Desk::open(&root, Wishes::default()).unwrap();
    desk.show(|_| ());
    let claim = |place, words| report(place, 1, words).replace(PLACES[place], "one");
    let quarrel = |desk: &mut Desk| {
        desk.show(|shown| shown.diagnostics().filter(|told| told.code == "route/alias").count())
    };
    for (place, words, quarrels, report) in [(0, 9, 0, 9), (1, 10, 1, 10), (1, 2, 0, 2)] {
        edited.write(&path(place, 1), &claim(place, words));
        desk.take_in(&BTreeSet::from([path(place, 1).into()])).unwrap();
        let shown = desk.show(|shown| pages(shown, &root));
        let page = &shown[Utf8Path::new(&format!("{}/2019/index.html", PLACES[place]))];
        assert!(String::from_utf8_lossy(page).contains(&format!("案件{report}件")));
        assert_eq!(quarrel(&mut desk), quarrels, "{place} {words}");
    }
}

/// What the last build knew is not read before somebody asks for its words, and by then it may say something else.
#[test]
fn a_text_that_changes_before_it_was_read_is_shown_as_it_is() {
    let mut edited = Edited::new();
    let root = edited.folder.path().to_owned();
    // What changed about the moment of a build is not believed afterwards.
    std::thread::sleep(Duration::from_millis(30));
    publish(&root);
    let mut desk = Desk::open(&root, Wishes::default()).unwrap();
    let is_held = |desk: &mut Desk, path: &str| {
        desk.show(|shown| shown.site().archive.sources.text(path.into()).unwrap().is_read())
    };
    assert!(!is_held(&mut desk, &path(0, 0)) && !is_held(&mut desk, &path(1, 0)));
    let take_in = |desk: &mut Desk, path: &str| desk.take_in(&BTreeSet::from([path.into()])).unwrap();
    let codes = |desk: &mut Desk| {
        desk.show(|shown| {
            shown
                .diagnostics()
                .filter(|told| told.is_error())
                .map(|told| told.path.to_string())
                .collect::<Vec<_>>()
        })
    };
    for place in [0, 1] {
        edited.spoil(&path(place, 0), "---\ntitle: [\n---\n坏\n");
        assert!(take_in(&mut desk, &path(place, 0)));
        assert!(codes(&mut desk).contains(&path(place, 0)), "there is no older text that could stand in");
    }
    for place in [0, 1] {
        edited.write(&path(place, 0), &report(place, 0, 7));
        assert!(take_in(&mut desk, &path(place, 0)));
    }
    assert_eq!(codes(&mut desk), Vec::<String>::new());
    same(&desk.show(|shown| pages(shown, &root)), &built(&edited.good)).unwrap();
    desk.show(|shown| shown.check(&|| true));
    assert!(is_held(&mut desk, &path(2, 0)));
}

#[test]
fn a_look_at_the_folder_that_finds_nothing_new_says_so() {
    let folder = Project::fixture("many-kinds").on_disk();
    let mut desk = Desk::open(folder.path(), Wishes::default()).unwrap();
    desk.show(|_| ());
    assert!(!desk.take_in(&xiangwei::disk::everything()).unwrap());
}

#[test]
fn every_page_over_http_begins_with_the_bytes_of_the_build() {
    let project = Project::fixture("many-kinds");
    let folder = project.on_disk();
    let running = Running::start(folder.path());
    for (output, bytes) in built(&project) {
        let path = output.as_str().strip_suffix("index.html").unwrap_or(output.as_str());
        let (status, mut body) = running.get(&xiangwei::route::encode(&format!("/{path}")));
        assert_eq!(status, 200, "{output}");
        if let Some(at) = body.windows(ADDITIONS.len()).rposition(|window| window == ADDITIONS.as_bytes()) {
            body.truncate(at);
        }
        assert!(body == bytes, "{output} differs");
    }
    assert_eq!(running.get("/no/such/").0, 404);
}

/// The search files as `build` writes them.
fn search_files(project: &Project) -> Site {
    let (mut site, _) = project.make(project.sources(), &Wishes::default(), true);
    site.retain(|path, _| path.starts_with("pagefind"));
    site
}

#[test]
fn the_preview_is_searched_with_the_files_of_the_build() {
    let mut project = Project::fixture("many-kinds");
    let folder = project.on_disk();
    let running = Running::start(folder.path());
    let same = |project: &Project| {
        let begin = search_files(project)[Utf8Path::new("pagefind/contents.json")].clone();
        running.until("/pagefind/contents.json", |_, body| body.as_bytes() == begin);
        for (path, bytes) in search_files(project) {
            assert!(running.get(&format!("/{path}")) == (200, bytes), "{path} differs");
        }
    };
    same(&project);
    let path = "content/jiangmen/2019.md";
    let text = String::from_utf8(project.files()[path].to_vec()).unwrap() + "\n新写的一段，别处没有。\n";
    fs::write(folder.path().join(path), &text).unwrap();
    project.edit(path, text);
    running.until("/jiangmen/2019/", |_, body| body.contains("新写的一段"));
    // Nothing is made anew before somebody searches; then it says that it is being made.
    assert_eq!(running.get("/pagefind/contents.json").0, 503);
    same(&project);
    assert_eq!(running.get("/pagefind/2019/nothing.json").0, 404);
}

#[test]
fn what_a_build_has_indexed_is_taken_over_as_long_as_it_stands() {
    let project = Project::fixture("many-kinds");
    let folder = project.on_disk();
    let build = || {
        let mut build = Command::new(env!("CARGO_BIN_EXE_xiangwei"));
        assert!(
            build.args(["--site", folder.path().as_str(), "build", "--quiet"]).status().unwrap().success()
        );
    };
    build();
    let running = Running::start(folder.path());
    let is_shared = |path: &Utf8PathBuf| path.as_str().contains("/directory/");
    let bundle = search_files(&project).into_keys().find(is_shared).unwrap();
    let address = format!("/{bundle}");
    let bytes = fs::read(folder.path().join("public").join(&bundle)).unwrap();
    let text = String::from_utf8_lossy(&bytes);
    let is_right = |status: u16, body: &str| status == 200 && body == text;
    running.until("/pagefind/contents.json", |status, _| status == 200);
    running.until(&address, is_right);
    // A file that somebody changed is not shown; its bundle is made here instead.
    fs::write(folder.path().join("public").join(&bundle), "{}").unwrap();
    assert_eq!(running.get(&address).0, 503);
    running.until(&address, is_right);
    build();
    running.until("/pagefind/contents.json", |status, _| status == 200);
    running.until(&address, is_right);
}

#[test]
fn every_way_of_saving_is_seen() {
    let edited = Edited::new();
    let root = edited.folder.path();
    let file = root.join("content/jiangmen/2018.md");
    let running = Running::start(root);
    let says = |number: u8| {
        move |status: u16, body: &str| status == 200 && body.contains(&format!("案件{number}件"))
    };
    let page = "/fzzf/jiangmen/2018/";
    running.until(page, says(0));
    // In place.
    fs::write(&file, report(0, 0, 1)).unwrap();
    running.until(page, says(1));
    // Beside, and renamed over it.
    let beside = root.join("content/jiangmen/.2018.md.swp");
    fs::write(&beside, report(0, 0, 2)).unwrap();
    fs::rename(&beside, &file).unwrap();
    running.until(page, says(2));
    // The old one becomes a backup.
    fs::rename(&file, root.join("content/jiangmen/2018.md~")).unwrap();
    fs::write(&file, report(0, 0, 3)).unwrap();
    running.until(page, says(3));
    // Emptied, and written in pieces.
    let text = report(0, 0, 4);
    let mut open = fs::File::create(&file).unwrap();
    for piece in text.as_bytes().chunks(40) {
        open.write_all(piece).unwrap();
        open.flush().unwrap();
    }
    drop(open);
    running.until(page, says(4));
    // A file that goes and comes back.
    fs::remove_file(&file).unwrap();
    running.until(page, |status, _| status == 404);
    fs::write(&file, report(0, 0, 5)).unwrap();
    running.until(page, says(5));
    // A broken one keeps what was last good, and its mistake is told.
    fs::write(&file, "---\ntitle: [\n---\n").unwrap();
    running.until("/@preview/state?path=/fzzf/jiangmen/2018/", |_, json| {
        json.contains("content/jiangmen/2018.md:")
    });
    running.until(page, says(5));
    fs::write(&file, report(0, 0, 6)).unwrap();
    running.until(page, says(6));
    running.until("/@preview/state?path=/fzzf/jiangmen/2018/", |_, json| json.contains("\"mistakes\":[]"));
    // What only shows when the archive is looked at as a whole is told a little later.
    fs::write(&file, report(0, 0, 7) + "\n[没有](2011.md)\n").unwrap();
    running.until("/@preview/state?path=/fzzf/jiangmen/2018/", |_, json| json.contains("link/"));
}

#[test]
fn folders_come_move_and_go() {
    let edited = Edited::new();
    let root = edited.folder.path();
    let running = Running::start(root);
    // A folder that is moved in with everything in it.
    let outside = root.join("outside");
    fs::create_dir_all(outside.join("taishan")).unwrap();
    fs::write(outside.join("taishan/_index.md"), "---\nname: 台山市\nlevel: county\n---\n").unwrap();
    fs::write(outside.join("taishan/2020.md"), report(0, 2, 7)).unwrap();
    fs::rename(outside.join("taishan"), root.join("content/taishan")).unwrap();
    running.until("/fzzf/taishan/2020/", |status, _| status == 200);
    fs::rename(root.join("content/taishan"), root.join("content/kaiping")).unwrap();
    running.until("/fzzf/kaiping/2020/", |status, _| status == 200);
    running.until("/fzzf/taishan/2020/", |status, _| status == 404);
    // What is written into a folder that has just come is seen as well.
    fs::write(root.join("content/kaiping/2021.md"), report(0, 3, 8)).unwrap();
    running.until("/fzzf/kaiping/2021/", |status, body| status == 200 && body.contains("案件8件"));
    fs::remove_dir_all(root.join("content/kaiping")).unwrap();
    running.until("/fzzf/kaiping/2021/", |status, _| status == 404);
    // Folders at the top that were not there before.
    fs::create_dir_all(root.join("templates/parts")).unwrap();
    fs::write(root.join(TEMPLATE), "<p>自己的页脚</p>\n").unwrap();
    running.until("/fzzf/", |_, body| body.contains("自己的页脚"));
    fs::remove_dir_all(root.join("templates")).unwrap();
    running.until("/fzzf/", |_, body| !body.contains("自己的页脚"));
    fs::create_dir_all(root.join("static")).unwrap();
    fs::write(root.join("static/notice.txt"), "告示").unwrap();
    running.until("/fzzf/notice.txt", |status, body| status == 200 && body == "告示");
    // Settings that are broken, gone and back.
    fs::write(root.join("site.yaml"), "title: [").unwrap();
    running.until("/@preview/state?path=/fzzf/", |_, json| json.contains("site.yaml:1"));
    fs::remove_file(root.join("site.yaml")).unwrap();
    running.until("/fzzf/", |status, _| status == 200);
    fs::write(root.join("site.yaml"), settings(9)).unwrap();
    running.until("/fzzf/", |_, body| body.contains("法治政府建设档案9"));
}

#[test]
fn bursts_end_with_what_is_on_disk() {
    let edited = Edited::new();
    let root = edited.folder.path();
    let running = Running::start(root);
    for burst in 0..10u8 {
        for edit in 0..50u8 {
            let (place, year) = (usize::from(edit) % 3, usize::from(edit / 3) % 4);
            let is_bad = edit % 7 == 0;
            let text =
                if is_bad { "---\ntitle: [\n".into() } else { report(place, year, burst * 10 + edit % 10) };
            fs::write(root.join(path(place, year)), text).unwrap();
        }
        if burst % 3 == 0 {
            running.get("/fzzf/");
        }
    }
    let mut last = Project::default();
    for (place, slug) in PLACES.iter().enumerate() {
        last.edit(&format!("content/{slug}/_index.md"), described(place));
        for year in 0..4 {
            fs::write(root.join(path(place, year)), report(place, year, 67)).unwrap();
            last.edit(&path(place, year), report(place, year, 67));
        }
    }
    last.edit("site.yaml", settings(0));
    last.edit("indicators.yaml", REGISTRY);
    running.until("/@preview/state?path=/fzzf/", |_, json| json.contains("\"mistakes\":[],\"elsewhere\":0"));
    running.until("/fzzf/xinhui/2021/", |_, body| body.contains("案件67件"));
    for (output, bytes) in built(&last).into_iter().filter(|(path, _)| path.as_str().ends_with("index.html"))
    {
        let path = output.as_str().strip_suffix("index.html").unwrap();
        running.until(&xiangwei::route::encode(&format!("/fzzf/{path}")), |_, body| {
            body.as_bytes().starts_with(&bytes)
        });
    }
}

#[test]
fn hundreds_of_files_at_once_are_seen() {
    let edited = Edited::new();
    let root = edited.folder.path();
    let running = Running::start(root);
    for number in 0..100 {
        let folder = root.join(format!("content/place-{number}"));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("_index.md"), format!("---\nname: 地方{number}\nlevel: county\n---\n"))
            .unwrap();
        for (year, name) in YEARS.iter().enumerate() {
            fs::write(folder.join(format!("{name}.md")), report(0, year, 1)).unwrap();
        }
    }
    for number in [0, 50, 99] {
        for year in YEARS {
            running.until(&format!("/fzzf/place-{number}/{year}/"), |status, _| status == 200);
        }
    }
    for number in 0..100 {
        fs::remove_dir_all(root.join(format!("content/place-{number}"))).unwrap();
    }
    running.until("/fzzf/place-99/", |status, _| status == 404);
    running.until("/fzzf/place-0/2018/", |status, _| status == 404);
}

#[test]
fn nothing_outside_the_site_can_be_read() {
    let edited = Edited::new();
    let root = edited.folder.path();
    fs::write(root.join("secret.txt"), "秘密").unwrap();
    fs::create_dir_all(root.join("static")).unwrap();
    fs::write(root.join("static/open.txt"), "公开").unwrap();
    let running = Running::start(root);
    running.until("/fzzf/open.txt", |status, _| status == 200);
    let paths = [
        "/../secret.txt",
        "/fzzf/../secret.txt",
        "/fzzf/%2e%2e/secret.txt",
        "/fzzf/..%2fsecret.txt",
        "/fzzf/%252e%252e/secret.txt",
        "/fzzf/..%5csecret.txt",
        "/fzzf//etc/passwd",
        "//etc/passwd",
        "/fzzf/static/../../secret.txt",
        "/fzzf/secret.txt",
        "/fzzf/site.yaml",
        "/fzzf/content/jiangmen/2018.md",
        "/@preview/../secret.txt",
        "/fzzf/open.txt%00",
    ];
    for path in paths {
        let (status, body) = running.get(path);
        assert!(matches!(status, 400 | 404), "{path}: {status}");
        assert!(!String::from_utf8_lossy(&body).contains("秘密"), "{path}");
    }
    // A file that becomes a link out of the folder is not followed.
    #[cfg(unix)]
    {
        fs::remove_file(root.join("static/open.txt")).unwrap();
        std::os::unix::fs::symlink("/etc/hostname", root.join("static/open.txt")).unwrap();
        running.until("/fzzf/open.txt", |status, _| status == 404);
    }
}

#[test]
fn strangers_and_strange_requests_are_refused() {
    let folder = Project::fixture("minimal").on_disk();
    let running = Running::start(folder.path());
    let status = |request: String| running.send(&request).0;
    let from = |host: &str| status(format!("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"));
    assert_eq!((from("localhost"), from("127.0.0.1:4000"), from("[::1]")), (200, 200, 200));
    for host in ["evil.example", "127.0.0.1.evil.example:4000", ""] {
        assert_eq!(from(host), 421, "{host}");
    }
    let own = ["events", "state?path=/", "bar?path=/jiangmen/2019/", "frame", "client.js", "bar.js"];
    for path in own.map(|name| format!("/@preview/{name}")) {
        let asked = status(format!("GET {path} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"));
        assert_eq!(asked, 421, "{path}");
    }
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "PROPFIND"] {
        let asked = status(format!(
            "{method} / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        ));
        assert_eq!(asked, 405, "{method}");
    }
    let long = "a".repeat(64 * 1024);
    let huge =
        status(format!("GET / HTTP/1.1\r\nHost: localhost\r\nX-A: {long}\r\nConnection: close\r\n\r\n"));
    assert_eq!(huge, 431);
    let many = "X-A: b\r\n".repeat(500);
    assert!(matches!(status(format!("GET / HTTP/1.1\r\nHost: localhost\r\n{many}\r\n")), 400 | 431));
    assert_eq!(
        status(format!(
            "GET /{} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
            "a".repeat(20_000)
        )),
        414
    );
    assert_eq!(status("nonsense\r\n\r\n".into()), 400);
    assert_eq!(from("localhost"), 200);
}

/// What the editor's bar on the page at `path` is told.
fn bar(running: &Running, path: &str) -> serde_json::Value {
    let path = xiangwei::route::encode(&xiangwei::route::encode(path));
    let (status, body) = running.get(&format!("/@preview/bar?path={path}"));
    assert_eq!(status, 200, "{path}");
    serde_json::from_slice(&body).unwrap()
}

/// Builds the site into its own folder, as an editor does.
fn publish(root: &Utf8Path) {
    let built = Command::new(env!("CARGO_BIN_EXE_xiangwei"))
        .args(["--site", root.as_str(), "--quiet", "build"])
        .status();
    assert!(built.unwrap().success());
}

/// Asks until the bar is told as wished: an edit takes a moment to be seen.
fn until_told(running: &Running, path: &str, key: &str, value: &str) -> serde_json::Value {
    let end = Instant::now() + Duration::from_secs(20);
    loop {
        let told = bar(running, path);
        if told.pointer(key).is_some_and(|found| found == value) {
            return told;
        }
        assert!(Instant::now() < end, "{path} has no {value} at {key}: {told:#}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

const BEFORE: &str = "\
---
title: 江门市人民政府2018年度法治政府建设情况报告
issuer: 江门市人民政府
document_number: 江府〔2019〕5号
source: 江门市司法局
published: 2019-03-20
indicators: { reconsideration_closed: 512 }
---
一、全年办结行政复议案件512件。
";

const AFTER: &str = "\
---
title: 江门市人民政府2019年度法治政府建设情况报告
issuer: 江门市人民政府
written: 2020-03-02
published: 2020-03-20
indicators: { reconsideration_corrected_rate: 40.02 }
---
## 一、化解行政争议

复议案件综合纠错率为40.02%。

## 二、培训

开展**执法**培训6期。
";

#[test]
fn the_bar_tells_what_is_missing_and_what_the_year_before_had() {
    let mut project = Project::in_world("");
    project.edit("content/jiangmen/2018.md", BEFORE).edit("content/jiangmen/2019.md", AFTER);
    let folder = project.on_disk();
    let running = Running::start(folder.path());
    let told = bar(&running, "/jiangmen/2019/");
    let missing: Vec<_> =
        told["missing"].as_array().unwrap().iter().map(|field| field["key"].as_str().unwrap()).collect();
    assert_eq!(missing, ["index_number", "document_number", "source", "keywords", "summary"]);
    assert_eq!(told["missing"][1]["before"], "江府〔2019〕5号");
    assert_eq!(told["figures"][0]["sentence"], "复议案件综合纠错率为40.02%。");
    assert_eq!(told["figures"][0]["href"], "#fig-reconsideration_corrected_rate");
    assert_eq!(told["dropped"][0]["name"], "办结行政复议案件");
    assert_eq!(told["dropped"][0]["href"], "/jiangmen/2018/#fig-reconsideration_closed");
    assert_eq!(
        (&told["last"], &told["compare"]["href"]),
        (&2018.into(), &"/jiangmen/compare/2018-2019/".into())
    );
    assert_eq!((&told["status"], &told["since"]["state"]), (&"published".into(), &"unbuilt".into()));
}

#[test]
fn the_bar_tells_what_changed_since_the_last_publication() {
    let mut project = Project::in_world("");
    project.edit("content/jiangmen/2018.md", BEFORE).edit("content/jiangmen/2019.md", AFTER);
    let folder = project.on_disk();
    let root = folder.path();
    let file = root.join("content/jiangmen/2019.md");
    let running = Running::start(root);
    publish(root);
    assert_eq!(bar(&running, "/jiangmen/2019/")["since"]["state"], "same");
    fs::write(
        root.join("content/jiangmen/2020.md"),
        AFTER.replace("2019年度", "2020年度").replace("2020-0", "2021-0"),
    )
    .unwrap();
    until_told(&running, "/jiangmen/2020/", "/since/state", "new");
    // The page of the year before now leads on to the new one.
    assert_eq!(bar(&running, "/jiangmen/2019/")["since"]["state"], "around");
    fs::write(
        &file,
        AFTER.replace("40.02%。", "40.02%。\n\n新设法律援助站三处。").replace("培训6期", "培训12期"),
    )
    .unwrap();
    let told = until_told(&running, "/jiangmen/2019/", "/since/state", "changed");
    let changes = &told["since"]["changes"];
    assert_eq!((&changes[0]["kind"], &changes[0]["line"]), (&"added".into(), &12.into()));
    assert_eq!(
        (&changes[0]["words"], &changes[0]["anchor"]),
        (&"新设法律援助站三处。".into(), &"sec-1".into())
    );
    assert_eq!(changes[1]["pieces"][2], serde_json::json!({"kind": "new", "text": "12"}));
    assert_eq!(
        (&changes[1]["words"], &changes[1]["anchor"]),
        (&"开展执法培训12期。".into(), &"sec-2".into())
    );
    assert!(changes[1]["link"].as_str().unwrap().ends_with("content/jiangmen/2019.md:16:1"));
    for (status, state) in [("withdrawn", "withdrawn"), ("draft", "gone")] {
        fs::write(&file, AFTER.replacen("issuer:", &format!("status: {status}\nissuer:"), 1)).unwrap();
        until_told(&running, "/jiangmen/2019/", "/since/state", state);
    }
    assert_eq!(bar(&running, "/jiangmen/2019/")["status"], "hidden");
    fs::remove_file(&file).unwrap();
    let told = until_told(&running, "/jiangmen/2019/", "/status", "absent");
    assert_eq!(told["since"]["state"], "gone");
}

#[test]
fn a_finished_site_that_somebody_changed_is_not_believed() {
    let mut project = Project::in_world("");
    project.edit("content/jiangmen/2019.md", AFTER);
    let folder = project.on_disk();
    let root = folder.path();
    let running = Running::start(root);
    publish(root);
    let published = root.join("public/jiangmen/2019/index.md");
    fs::write(&published, "别人写的\n").unwrap();
    assert_eq!(bar(&running, "/jiangmen/2019/")["since"]["state"], "doubtful");
    fs::write(root.join("secret.txt"), AFTER).unwrap();
    #[cfg(unix)]
    {
        // A link out of the finished site is not followed, even to the very bytes.
        fs::remove_file(&published).unwrap();
        std::os::unix::fs::symlink(root.join("secret.txt"), &published).unwrap();
        assert_eq!(bar(&running, "/jiangmen/2019/")["since"]["state"], "doubtful");
    }
    fs::write(root.join("public/manifest.json"), "{\"files\": {\"../secret.txt\": {}}}").unwrap();
    assert_eq!(bar(&running, "/jiangmen/2019/")["since"]["state"], "doubtful");
}

#[test]
fn the_bar_of_no_document_is_told_nothing() {
    let folder = Project::in_world("").on_disk();
    let root = folder.path();
    let running = Running::start(root);
    publish(root);
    fs::write(root.join("secret.txt"), "秘密").unwrap();
    for path in [
        "/",
        "/jiangmen/",
        "/no/such/",
        "/jiangmen/1999/",
        "/jiangmen/2018",
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/jiangmen/2018/../../../secret.txt",
        "//etc/passwd",
        "/@preview/bar",
    ] {
        assert_eq!(bar(&running, path), serde_json::Value::Null, "{path}");
    }
    for query in ["", "?path", "?path=%2500", "?path=%255c", "?path=%25", "?other=/"] {
        let (status, body) = running.get(&format!("/@preview/bar{query}"));
        assert!(status == 400 || body == b"null", "{query}: {status}");
    }
}

#[test]
fn a_taken_port_gives_the_next() {
    let folder = Project::fixture("minimal").on_disk();
    let first = Running::start(folder.path());
    let port = first.address.split(':').nth(1).unwrap();
    let mut second = Command::new(env!("CARGO_BIN_EXE_xiangwei"))
        .args(["--site", folder.path().as_str(), "--message-language", "en", "serve", "--port", port])
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(second.stderr.take().unwrap()).lines().map(Result::unwrap);
    let said: Vec<String> = lines.take(2).collect();
    second.kill().unwrap();
    second.wait().unwrap();
    assert!(said[0].starts_with(&format!("port {port} is taken; this is ")), "{said:?}");
    assert!(said[1].contains("preview: http://127.0.0.1:"), "{said:?}");
}

/// How a program ends that was told to.
#[cfg(target_os = "linux")]
fn ended(child: &mut std::process::Child) -> std::process::ExitStatus {
    for _ in 0..600 {
        if let Some(status) = child.try_wait().unwrap() {
            return status;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    child.kill().unwrap();
    panic!("it goes on after a minute");
}

/// Ctrl+C, `kill` and a terminal that is closed, with a browser that listens for news and a film half sent.
#[test]
#[cfg(target_os = "linux")]
fn whoever_asks_it_to_end_is_obeyed_and_nothing_is_left() {
    let project = Project::fixture("two-years");
    let folder = project.on_disk();
    folder.write("static/film.mp4", &vec![7; 8 << 20]);
    let before = walk(folder.path());
    for signal in ["-INT", "-TERM", "-HUP"] {
        let spare = tempfile::tempdir().unwrap();
        // The tests may be run by `nohup` or behind a shell, which have programs ignore some signals.
        let mut command = Command::new("env");
        command.args(["--default-signal=INT,TERM,HUP", env!("CARGO_BIN_EXE_xiangwei")]);
        command.env("TMPDIR", spare.path());
        let mut running = Running::by(command, folder.path(), &[]);
        let mut open: Vec<TcpStream> = Vec::new();
        for path in ["/@preview/events", "/film.mp4"] {
            let mut stream = TcpStream::connect(&running.address).unwrap();
            write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
            stream.read_exact(&mut [0; 64]).unwrap();
            open.push(stream);
        }
        assert!(
            Command::new("kill").args([signal, &running.child.id().to_string()]).status().unwrap().success()
        );
        let status = ended(&mut running.child);
        assert_eq!(status.code(), Some(0), "{signal}: {status}");
        assert_eq!(fs::read_dir(spare.path()).unwrap().count(), 0, "{signal} leaves files behind");
        assert_eq!(walk(folder.path()), before);
    }
}

/// Who starts it by `nohup` wants it to outlive the terminal.
#[test]
#[cfg(target_os = "linux")]
fn a_closed_terminal_does_not_end_what_was_told_to_ignore_it() {
    let folder = Project::fixture("minimal").on_disk();
    let mut command = Command::new("nohup");
    command.arg(env!("CARGO_BIN_EXE_xiangwei"));
    let mut running = Running::by(command, folder.path(), &[]);
    let tell = |signal: &str| {
        Command::new("kill").args([signal, &running.child.id().to_string()]).status().unwrap();
    };
    tell("-HUP");
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(running.get("/").0, 200);
    tell("-TERM");
    assert_eq!(ended(&mut running.child).code(), Some(0));
}

#[test]
fn a_film_is_answered_in_parts() {
    let folder = Project::fixture("two-years").on_disk();
    let film: Vec<u8> = (0..200_000_u32).map(|at| (at * 31 % 251).to_le_bytes()[0]).collect();
    folder.write("static/film.mp4", &film);
    let running = Running::start(folder.path());
    let ask = |method: &str, headers: &str| {
        let path = "/film.mp4";
        running.ask(&format!(
            "{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n"
        ))
    };
    let whole = ask("GET", "");
    assert_eq!((whole.status, whole.header("accept-ranges")), (200, Some("bytes")));
    assert!(whole.body == film);
    let tag = whole.header("etag").unwrap().to_owned();
    for (range, expected, told) in [
        ("bytes=0-99", 0..100, "bytes 0-99/200000"),
        ("bytes=150000-", 150_000..200_000, "bytes 150000-199999/200000"),
        ("bytes=-1", 199_999..200_000, "bytes 199999-199999/200000"),
    ] {
        for condition in [String::new(), format!("If-Range: {tag}\r\n")] {
            let part = ask("GET", &format!("Range: {range}\r\n{condition}"));
            assert_eq!((part.status, part.header("content-range")), (206, Some(told)), "{range}");
            assert_eq!(part.header("content-length"), Some(&*expected.len().to_string()));
            assert_eq!(part.header("content-type"), Some("video/mp4"));
            assert!(part.body == film[expected.clone()], "{range} gives other bytes");
        }
    }
    let beyond = ask("GET", "Range: bytes=200000-\r\n");
    assert_eq!((beyond.status, beyond.header("content-range")), (416, Some("bytes */200000")));
    // Of another film than the one that the browser has the beginning of, no part is of use.
    let other = ask("GET", "Range: bytes=100-\r\nIf-Range: \"other\"\r\n");
    assert!(other.status == 200 && other.body == film);
    let many = ask("GET", "Range: bytes=0-1,5-6\r\n");
    assert!(many.status == 200 && many.body == film);
    let head = ask("HEAD", "Range: bytes=0-1\r\n");
    assert_eq!((head.status, head.header("content-length"), head.body.len()), (200, Some("200000"), 0));
}

#[test]
fn the_folder_of_the_site_leads_to_its_home_page() {
    let mut project = Project::fixture("minimal");
    project.edit("site.yaml", "title: 档案\nbase_url: https://www.example.org/fzzf/\n");
    let folder = project.on_disk();
    let running = Running::start(folder.path());
    for path in ["/", "/fzzf"] {
        let moved =
            running.ask(&format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
        assert_eq!((moved.status, moved.header("location")), (307, Some("/fzzf/")), "{path}");
    }
    assert_eq!(running.get("/fzzf/").0, 200);
    assert_eq!(running.get("/fzzfx").0, 404);
}

#[test]
fn other_machines_are_told_an_address_and_a_name_that_is_let_in() {
    let folder = Project::fixture("minimal").on_disk();
    let running = Running::with(folder.path(), &["--host", "0.0.0.0", "--allow-host", "desk.lan"]);
    assert!(running.address.starts_with("127.0.0.1:"), "a browser opens no {}", running.address);
    let from =
        |host: &str| running.send(&format!("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")).0;
    assert_eq!((from("desk.lan:4000"), from("DESK.lan"), from("other.lan")), (200, 200, 421));
    let refused = Command::new(env!("CARGO_BIN_EXE_xiangwei"))
        .args(["--site", folder.path().as_str(), "serve", "--allow-host", "http://desk.lan:4000"])
        .output()
        .unwrap();
    assert_eq!(refused.status.code(), Some(2));
    // Where this machine has a network, others are told by which address it is theirs.
    let own = xiangwei::serve::reachable("0.0.0.0:4000".parse().unwrap());
    assert_eq!(own[0].to_string(), "127.0.0.1:4000");
    for other in &own[1..] {
        assert!(
            TcpStream::connect((other.ip(), running.address.split(':').nth(1).unwrap().parse().unwrap()))
                .is_ok()
        );
    }
}

#[test]
fn an_open_page_learns_that_a_picture_was_overwritten() {
    let folder = Project::fixture("two-years").on_disk();
    let picture = |shade: u8| format!("<svg xmlns=\"http://www.w3.org/2000/svg\"><!-- {shade} --></svg>");
    let path = "content/jiangmen/2019.md";
    let text = fs::read_to_string(folder.path().join(path)).unwrap();
    fs::remove_file(folder.path().join(path)).unwrap();
    folder.write("content/jiangmen/2019/index.md", format!("{text}\n![图](map.svg)\n").as_bytes());
    folder.write("content/jiangmen/2019/map.svg", picture(1).as_bytes());
    let running = Running::start(folder.path());
    let state = || {
        let (_, body) = running.get("/@preview/state?path=%2Fjiangmen%2F2019%2F");
        let state: serde_json::Value = serde_json::from_slice(&body).unwrap();
        (state["digest"].clone(), state["pictures"].clone())
    };
    let before = state();
    assert_ne!(before.1, "", "no picture is found in the page");
    running.until("/jiangmen/2019/", |_, page| page.contains(before.1.as_str().unwrap()));
    folder.write("content/jiangmen/2019/map.svg", picture(2).as_bytes());
    let end = Instant::now() + Duration::from_secs(20);
    while state().1 == before.1 {
        assert!(Instant::now() < end, "nobody is told");
    }
    assert_eq!(before.0, state().0, "the page itself is as it was");
}

fn walk(folder: &Utf8Path) -> BTreeSet<Utf8PathBuf> {
    let entries = folder.read_dir_utf8().unwrap().map(|entry| entry.unwrap().into_path());
    entries.flat_map(|path| if path.is_dir() { walk(&path) } else { BTreeSet::from([path]) }).collect()
}

#[test]
fn connections_that_say_nothing_do_not_stay() {
    let folder = Project::fixture("two-years").on_disk();
    let running = Running::start(folder.path());
    let mut idle: Vec<TcpStream> = (0..500).map(|_| TcpStream::connect(&running.address).unwrap()).collect();
    // One sends its head a byte now and then, and is no better.
    idle[0].write_all(b"GET / HTTP/1.1\r\nHost: local").unwrap();
    let end = Instant::now() + Duration::from_secs(30);
    while running.get("/").0 != 200 {
        assert!(Instant::now() < end, "nobody is let in any more");
    }
    for stream in &mut idle[..300] {
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        let mut answer = Vec::new();
        assert!(stream.read_to_end(&mut answer).is_ok() || !answer.is_empty(), "a connection stays");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn what_could_not_be_read_is_read_later_without_another_edit() {
    let folder = Project::fixture("two-years").on_disk();
    let running = Running::start(folder.path());
    running.until("/jiangmen/2019/", |status, _| status == 200);
    let limit = |soft: &str| {
        let mut command = Command::new("prlimit");
        let limited = command.args(["--pid", &running.child.id().to_string(), &format!("--nofile={soft}:")]);
        limited.status().is_ok_and(|status| status.success())
    };
    let open = fs::read_dir(format!("/proc/{}/fd", running.child.id())).unwrap().count();
    if !limit(&open.to_string()) {
        return;
    }
    let path = folder.path().join("content/jiangmen/2019.md");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replacen("2019年度", "某年度", 1)).unwrap();
    std::thread::sleep(Duration::from_millis(600));
    assert!(limit("1024"));
    running.until("/jiangmen/2019/", |_, body| body.contains("某年度"));
}

//! A server that is a map, sites that are a few linked files, and a publisher that is killed anywhere.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;

/// A file: what it says, and what it links to.
type Files = BTreeMap<String, String>;

/// A site of documents by year, each of some version, in a style of some version. Each document links to the one
/// before, so that others change when one goes.
fn site(documents: &BTreeMap<u16, u8>, style: u8) -> Files {
    let style = format!("assets/style.{style:08x}.css");
    let page = |year: &u16| format!("a/{year}/index.html");
    let mut files = Files::from([(style.clone(), String::new())]);
    for (year, version) in documents {
        let before = documents.range(..year).next_back().map(|(year, _)| page(year)).unwrap_or_default();
        files.insert(page(year), format!("{style} {before} a/index.html\nversion {version}"));
    }
    let all: Vec<String> = documents.keys().map(page).collect();
    files.insert("a/index.html".into(), format!("{style} {}\n", all.join(" ")));
    files.insert("index.html".into(), format!("{style} a/index.html\n"));
    files
}

fn manifest(files: &Files) -> Manifest {
    files.iter().map(|(path, text)| (path.into(), FileDigest::of(text.as_bytes()))).collect()
}

/// What stands on the server.
#[derive(Clone, Default)]
struct Server {
    files: Files,
    manifest: Manifest,
    state: TargetState,
    journal: PublishJournal,
}

impl Server {
    fn there(&self) -> ServerSite {
        let listed = |(path, text): (&String, &String)| {
            let (size, md5) = (Some(text.len() as u64), Some(FileDigest::of(text.as_bytes()).sha256));
            (path.clone(), ServerFile { size, md5 })
        };
        ServerSite {
            manifest: self.manifest.clone(),
            state: self.state.clone(),
            journal: self.journal.clone(),
            listing: self.files.iter().map(listed).collect(),
            is_tree: false,
            has_headers: true,
        }
    }

    /// Publishes until `steps` are done; whether that was all.
    fn publish(&mut self, site: &Files, steps: usize) -> bool {
        let local = manifest(site);
        let is_same = |path: &str, listed: &ServerFile| {
            listed.md5.as_ref() == local.files().get(path).map(|entry| &entry.sha256)
        };
        let plan = plan(&local, &self.there(), &is_same, true).unwrap();
        let mut left = steps;
        let mut may = || {
            left = left.wrapping_sub(1);
            left != usize::MAX
        };
        if plan.is_empty() {
            return true;
        }
        if !may() {
            return false;
        }
        self.journal = plan.journal.clone();
        for sending in plan.sendings() {
            if !may() {
                return false;
            }
            self.files.insert(sending.path.clone(), site[&sending.path].clone());
            self.is_whole();
        }
        for note in 0..2 {
            if !may() {
                return false;
            }
            if note == 0 { self.state = plan.state.clone() } else { self.manifest = local.clone() }
        }
        for removal in &plan.remove {
            if !may() {
                return false;
            }
            self.files.remove(&removal.path);
            self.is_whole();
        }
        let is_done = may();
        if is_done {
            self.journal = PublishJournal::default();
        }
        is_done
    }

    /// Holds that every link that a reader can follow leads somewhere, and that pages of the last whole site find
    /// their style.
    fn is_whole(&self) {
        let mut seen = BTreeSet::new();
        let mut open = vec!["index.html".to_owned()];
        open.retain(|path| self.files.contains_key(path));
        while let Some(path) = open.pop() {
            let text =
                self.files.get(&path).unwrap_or_else(|| panic!("a link leads to {path}, which is not there"));
            if seen.insert(path) {
                open.extend(text.lines().next().unwrap_or_default().split_whitespace().map(str::to_owned));
            }
        }
        for path in self.manifest.files().keys().filter(|path| is_named_by_content(path)) {
            assert!(self.files.contains_key(path), "{path} is gone, and pages of the site before ask for it");
        }
    }
}

fn some_site() -> impl Strategy<Value = Files> {
    let documents = proptest::collection::btree_map(2015u16..2023, 0u8..3, 1..6);
    (documents, 0u8..3).prop_map(|(documents, style)| site(&documents, style))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_publisher_may_be_killed_anywhere(runs in proptest::collection::vec((some_site(), 0usize..24), 1..7)) {
        let mut server = Server::default();
        server.files.insert("foreign/page.html".into(), "somebody else's".into());
        let mut before = Files::new();
        let (last, _) = runs.last().unwrap().clone();
        for (site, steps) in &runs {
            if server.publish(site, *steps) {
                before.clone_from(site);
            }
            server.is_whole();
        }
        prop_assert!(server.publish(&last, usize::MAX - 1));
        let mut right = last.clone();
        right.insert("foreign/page.html".into(), "somebody else's".into());
        right.extend(server.state.kept.keys().map(|path| (path.clone(), String::new())));
        prop_assert_eq!(&server.files, &right);
        let is_same = |_: &str, _: &ServerFile| false;
        prop_assert!(plan(&manifest(&last), &server.there(), &is_same, false).unwrap().is_empty());
        // The style of the site before is there for one publication more, and not for two.
        server.publish(&last, usize::MAX - 1);
        let other = site(&BTreeMap::from([(2020, 9)]), 8);
        prop_assert!(server.publish(&other, usize::MAX - 1));
        let styles: Vec<&String> = server.files.keys().filter(|path| is_named_by_content(path)).collect();
        prop_assert_eq!(styles.len(), 2, "{:?}", styles);
    }
}

#[test]
fn a_style_that_comes_again_is_not_orphaned_when_its_publisher_is_killed() {
    // The first style is kept beside the second site, and the third site has it again. Once the state is that of the
    // third site and the manifest still that of the second, neither tells of it.
    for steps in 0.. {
        let mut server = Server::default();
        for style in [1, 2] {
            server.publish(&site(&BTreeMap::from([(2020, style)]), style), usize::MAX - 1);
        }
        let is_done = server.publish(&site(&BTreeMap::from([(2020, 3)]), 1), steps);
        let last = site(&BTreeMap::from([(2020, 4)]), 4);
        server.publish(&last, usize::MAX - 1);
        let mut right = last;
        right.extend(server.state.kept.keys().map(|path| (path.clone(), String::new())));
        assert_eq!(server.files, right, "after {steps} steps");
        if is_done {
            return;
        }
    }
}

fn refused(server: &Server, site: &Files, allow_delete: bool) -> Option<DeliveryRefusal> {
    plan(&manifest(site), &server.there(), &|_, _| false, allow_delete).err()
}

#[test]
fn somebody_elses_file_is_not_touched() {
    let mut server = Server::default();
    server.files.insert("index.html".into(), "a portal".into());
    let site = site(&BTreeMap::from([(2020, 1)]), 1);
    assert_eq!(refused(&server, &site, true), Some(DeliveryRefusal::Foreign(vec!["index.html".into()])));
}

#[test]
fn more_than_a_tenth_goes_only_when_that_is_meant() {
    let mut server = Server::default();
    let all: BTreeMap<u16, u8> = (2000..2020).map(|year| (year, 0)).collect();
    server.publish(&site(&all, 1), usize::MAX - 1);
    let without = |count: usize| all.iter().skip(count).map(|(year, version)| (*year, *version)).collect();
    assert_eq!(refused(&server, &site(&without(2), 2), false), None);
    let refusal = refused(&server, &site(&without(3), 2), false);
    assert!(matches!(refusal, Some(DeliveryRefusal::TooMany { gone: 3, all: 22, .. })), "{refusal:?}");
    assert_eq!(refused(&server, &site(&without(3), 2), true), None);
}

#[test]
fn other_headers_and_lost_files_are_sent_again() {
    let mut server = Server::default();
    let site = site(&BTreeMap::from([(2020, 1)]), 1);
    server.publish(&site, usize::MAX - 1);
    let causes = |server: &Server| {
        let plan = plan(&manifest(&site), &server.there(), &|_, _| false, false).unwrap();
        plan.sendings().map(|sending| (sending.path.clone(), sending.cause)).collect::<Vec<_>>()
    };
    assert_eq!(causes(&server), []);
    server.state.headers.insert("#css".into(), "text/css".into());
    assert_eq!(causes(&server), [("assets/style.00000001.css".into(), SendCause::Headers)]);
    server.files.remove("a/2020/index.html");
    server.files.insert("a/index.html".into(), "defaced".into());
    let lost = |path: &str| (path.to_owned(), SendCause::Lost);
    assert_eq!(causes(&server)[..2], [lost("a/2020/index.html"), lost("a/index.html")]);
}

#[test]
fn a_file_that_somebody_changed_is_not_removed() {
    let mut server = Server::default();
    server.publish(&site(&BTreeMap::from([(2019, 1), (2020, 1)]), 1), usize::MAX - 1);
    server.files.insert("a/2019/index.html".into(), "changed on the server".into());
    let site = site(&BTreeMap::from([(2020, 1)]), 1);
    let plan = plan(&manifest(&site), &server.there(), &|_, _| false, true).unwrap();
    assert_eq!(plan.left, ["a/2019/index.html"]);
    assert_eq!(plan.remove, []);
}

#[test]
fn on_a_disk_a_file_goes_before_the_folder_of_its_name_comes() {
    let files =
        |paths: &[&str]| paths.iter().map(|path| ((*path).to_owned(), "x".to_owned())).collect::<Files>();
    let mut server = Server::default();
    server.publish(&files(&["a", "b/c/index.html", "d"]), usize::MAX - 1);
    let there = ServerSite { is_tree: true, ..server.there() };
    let plan = plan(&manifest(&files(&["a/index.html", "b"])), &there, &|_, _| false, true).unwrap();
    let paths =
        |removals: &[Removal]| removals.iter().map(|removal| removal.path.clone()).collect::<Vec<_>>();
    assert_eq!(
        (paths(&plan.clear), paths(&plan.remove)),
        (vec!["a".to_owned(), "b/c/index.html".to_owned()], vec!["d".to_owned()])
    );
    let mut others = there;
    others.listing.insert("b/theirs".into(), ServerFile::default());
    let refused = super::plan(&manifest(&files(&["a/index.html", "b"])), &others, &|_, _| false, true);
    assert_eq!(refused.err(), Some(DeliveryRefusal::Foreign(vec!["b/theirs".into()])));
}

#[test]
fn the_site_keeps_out_of_the_publishers_folder() {
    let site = Files::from([(".xiangwei/lock".to_owned(), String::new())]);
    assert!(matches!(refused(&Server::default(), &site, false), Some(DeliveryRefusal::Private(_))));
}

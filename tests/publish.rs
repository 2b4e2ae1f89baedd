//! Publishing: to folders and to stores of every manner, through every kind of trouble, killed anywhere, by two at
//! once, and back. After each step the site at the target is walked through as a reader's browser would.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::exit,
    reason = "a test reads and writes folders of its own, is the publisher that is killed, and says how often"
)]

#[path = "support/store.rs"]
mod store;
mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fs;
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use camino::{Utf8Path, Utf8PathBuf};
use store::{Fault, Manner, Store};
use support::Project;
use tempfile::TempDir;
use xiangwei::deliver::{JOURNAL, LOCK, PRIVATE, PublishTarget, STATE, TargetState, is_named_by_content};
use xiangwei::disk::{self, Keepsake};
use xiangwei::remote::{self, FinishedSite, LockClaim, Patience, Publication};
use xiangwei::site::{FileDigest, Manifest};

/// Files by path.
type Files = BTreeMap<String, Vec<u8>>;

/// Numbers that look like chance and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }
}

/// A small site: some documents in some versions, each linking to its neighbour; lists of them; a style.
fn site(dice: &mut Dice) -> Files {
    let style = format!("assets/style.{:08x}.css", dice.below(4));
    let years: Vec<u64> = (2012..2024).filter(|_| dice.below(4) > 0).collect();
    let head = format!("<link rel=stylesheet href=\"/{style}\">");
    let mut files = Files::from([
        (style, b"body {}".to_vec()),
        ("data/all.csv".into(), format!("year\n{years:?}").into_bytes()),
        ("pagefind/contents.json".into(), format!("{years:?}").into_bytes()),
    ]);
    let mut before = String::new();
    for year in &years {
        let file = format!("甲/{year}/附件 1.pdf");
        let page = format!("{head}<a href=\"/甲/{year}/附件 1.pdf\">{before}<p>version {}", dice.below(3));
        files.insert(file, vec![0; usize::try_from(dice.below(3000)).unwrap()]);
        files.insert(format!("甲/{year}/index.html"), page.into_bytes());
        before = format!("<a href=\"/甲/{year}/\">before</a>");
    }
    let links: String = years.iter().map(|year| format!("<a href='/甲/{year}/'>{year}</a>")).collect();
    files.insert("甲/index.html".into(), format!("{head}{links}").into_bytes());
    files.insert(
        "index.html".into(),
        format!("{head}<a href=\"/甲/\">甲</a><a href=\"/data/all.csv\">data</a>").into_bytes(),
    );
    files
}

fn manifest(files: &Files) -> Manifest {
    files.iter().map(|(path, bytes)| (path.into(), FileDigest::of(bytes))).collect()
}

/// A folder in memory where there is one: hundreds of publishers bring their notes to the disk.
fn place() -> TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
}

/// The folder of a computer on which a site is built, with the site in it.
struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        Self(place())
    }

    fn path(&self) -> Utf8PathBuf {
        Utf8Path::from_path(self.0.path()).unwrap().join("public")
    }

    fn build(&self, files: &Files) {
        let public = self.path();
        let _ = fs::remove_dir_all(&public);
        for (path, bytes) in
            files.iter().chain([(&Manifest::PATH.to_owned(), &manifest(files).json().into_bytes())])
        {
            let path = public.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
    }

    /// A publisher in a process of its own.
    fn publisher(&self, target: &str) -> Command {
        let mut command = Command::new(env::current_exe().unwrap());
        command.args(["--exact", "one_publisher", "--ignored", "--nocapture", "--quiet"]);
        command.env("PUBLISH_FROM", self.path()).env("PUBLISH_TO", target);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        with_keys(&mut command);
        command
    }

    fn publish(&self, target: &str) {
        let done = self.publisher(target).output().unwrap();
        assert!(done.status.success(), "{}", said(&done));
    }
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// The credentials of all services, and none of the machine's own.
fn with_keys(command: &mut Command) {
    for key in ["AWS_ACCESS_KEY_ID", "ALIBABA_CLOUD_ACCESS_KEY_ID", "TENCENTCLOUD_SECRET_ID"] {
        command.env(key, "test-key");
    }
    for secret in ["AWS_SECRET_ACCESS_KEY", "ALIBABA_CLOUD_ACCESS_KEY_SECRET", "TENCENTCLOUD_SECRET_KEY"] {
        command.env(secret, "test-secret");
    }
    for name in ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY", "AWS_PROFILE", "AWS_REGION"] {
        command.env_remove(name);
    }
}

/// Publishes as the environment says. It is started by the other tests, so that they can kill it.
#[test]
#[ignore = "it is a program that other tests start"]
fn one_publisher() {
    let (Ok(from), Ok(to)) = (env::var("PUBLISH_FROM"), env::var("PUBLISH_TO")) else { return };
    let from = Utf8PathBuf::from(from);
    let target = PublishTarget::parse(&to).unwrap();
    let silence = env::var("PUBLISH_SILENCE").map_or(5000, |silence| silence.parse().unwrap());
    let silence = Duration::from_millis(silence);
    let patience = Patience { pause: &|_| {}, silence, ..Patience::default() };
    let keepsake = Keepsake::open(&from, &to, |_| {}).unwrap_or_else(|failure| panic!("{failure}"));
    let store = remote::open(&target, &patience).unwrap_or_else(|trouble| panic!("{trouble}"));
    let publication = Publication {
        store: &*store,
        patience: &patience,
        keepsake: &keepsake,
        publisher: LockClaim {
            owner: "wang@office",
            since: "2026-04-01T08:00:00Z",
            break_lock: env::var("PUBLISH_BREAK_LOCK").is_ok(),
        },
        allow_delete: true,
        signature: None,
        forget: false,
        told: &|_| {},
    };
    let manifest = disk::published(&from).unwrap();
    // A panic would look for its own words for a second.
    if let Err(trouble) = remote::publish(&publication, FinishedSite { folder: &from, manifest: &manifest }) {
        eprintln!("{trouble}");
        std::process::exit(2);
    }
}

/// Walks through a site as a browser would; every link of every page that is reached has to lead somewhere.
fn is_whole(files: &Files) {
    let mut seen = BTreeSet::new();
    let mut open: Vec<String> =
        files.contains_key("index.html").then(|| "index.html".to_owned()).into_iter().collect();
    while let Some(path) = open.pop() {
        let bytes = files.get(&path).unwrap_or_else(|| panic!("a link leads to {path}, which is not there"));
        if !seen.insert(path.clone()) || !path.ends_with(".html") {
            continue;
        }
        let text = String::from_utf8_lossy(bytes);
        for mark in ["href=\"", "href='", "src=\""] {
            for rest in text.split(mark).skip(1) {
                let link = rest.split(['"', '\'', '#', '?']).next().unwrap();
                let Some(link) = link.strip_prefix('/').filter(|link| !link.starts_with('/')) else {
                    continue;
                };
                let link = percent_encoding::percent_decode_str(link).decode_utf8_lossy().into_owned();
                open.push(if link.is_empty() || link.ends_with('/') {
                    format!("{link}index.html")
                } else {
                    link
                });
            }
        }
    }
    let styles =
        files.get(Manifest::PATH).map(|bytes| Manifest::read(&String::from_utf8_lossy(bytes)).unwrap());
    for path in
        styles.iter().flat_map(|manifest| manifest.files().keys()).filter(|path| is_named_by_content(path))
    {
        assert!(files.contains_key(path), "{path} is gone while pages of its site may be open");
    }
}

/// Holds that the target has this site, whole and nothing else but what is somebody else's or kept.
fn is_site(there: &Files, site: &Files, others: &Files) {
    let mut there = there.clone();
    let state = there.remove(STATE).map(|bytes| TargetState::read(&bytes).unwrap()).unwrap_or_default();
    assert!(!there.contains_key(JOURNAL) && !there.contains_key(LOCK), "a journal or a lock is left");
    there.retain(|path, _| !state.kept.contains_key(path));
    let mut right = site.clone();
    right.insert(Manifest::PATH.into(), manifest(site).json().into_bytes());
    right.extend(others.clone());
    let names = |files: &Files| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&there), names(&right));
    assert!(there == right, "a file has other bytes");
}

fn files_of(store: &Store) -> Files {
    let of =
        |(key, object): (String, store::Object)| Some((key.strip_prefix("档案/")?.to_owned(), object.bytes));
    store.objects().into_iter().filter_map(of).collect()
}

fn files_in(folder: &Utf8Path) -> Files {
    let mut files = Files::new();
    for entry in
        walkdir::WalkDir::new(folder).into_iter().flatten().filter(|entry| entry.file_type().is_file())
    {
        let path = Utf8Path::from_path(entry.path()).unwrap().strip_prefix(folder).unwrap().to_string();
        files.insert(path, fs::read(entry.path()).unwrap());
    }
    files
}

/// Kills a process and waits for its end.
fn kill(child: &Arc<Mutex<Option<Child>>>) {
    // The request that kills may come before the child is handed over.
    let end = Instant::now() + Duration::from_secs(10);
    loop {
        if let Some(mut child) = child.lock().unwrap().take() {
            let _ = child.kill();
            let _ = child.wait();
            return;
        }
        if Instant::now() > end {
            return;
        }
        std::thread::yield_now();
    }
}

/// Publishes to a store and is killed so many times, each at a request that chance chooses: before it is heard, or after
/// it is done and before it is answered.
fn killed_at_requests(manner: Manner, times: usize, seed: u64) {
    let (store, desk, mut dice) = (Store::start(manner), Desk::new(), Dice(seed));
    let others = Files::from([("别人的/page.html".to_owned(), b"somebody else's".to_vec())]);
    store.put("档案/别人的/page.html", &others["别人的/page.html"]);
    store.put("elsewhere/index.html", b"another site");
    let target = store.target("档案");
    let mut requests = 60;
    let (mut killed, mut runs) = (0, 0);
    // A publisher that was done before is none that was killed.
    while killed < times {
        runs += 1;
        assert!(runs < 4 * times + 10, "killed {killed} of {runs} times");
        let site = site(&mut dice);
        desk.build(&site);
        let at = 1 + usize::try_from(dice.below(requests)).unwrap();
        let fault = [Fault::Cut, Fault::CutAfter][usize::try_from(dice.below(2)).unwrap()];
        let child = Arc::new(Mutex::new(None));
        let (victim, is_killed) = (Arc::clone(&child), Arc::new(AtomicBool::new(false)));
        let was_killed = Arc::clone(&is_killed);
        store.hook(move |request| match request.number {
            number if number < at => Fault::None,
            number => {
                // What else is under way is not heard any more: the publisher is dead.
                if number == at && fault == Fault::CutAfter {
                    was_killed.store(true, Ordering::SeqCst);
                    return Fault::CutAfter;
                }
                kill(&victim);
                was_killed.store(true, Ordering::SeqCst);
                Fault::Cut
            }
        });
        let running = desk.publisher(&target).spawn().unwrap();
        *child.lock().unwrap() = Some(running);
        wait(&child);
        killed += usize::from(is_killed.load(Ordering::SeqCst));
        is_whole(&files_of(&store));
        store.hook(|_| Fault::None);
        desk.publish(&target);
        requests = u64::try_from(store.count()).unwrap() + 20;
        is_site(&files_of(&store), &site, &others);
        is_whole(&files_of(&store));
    }
    assert_eq!(store.objects()["elsewhere/index.html"].bytes, b"another site");
    assert_eq!(store.wrong(), [""; 0]);
    println!("{manner:?}: killed {killed} of {runs} publishers");
}

/// Waits until the process has ended, by itself or killed.
fn wait(child: &Arc<Mutex<Option<Child>>>) {
    loop {
        let mut running = child.lock().unwrap();
        match running.as_mut().map(Child::try_wait) {
            None | Some(Ok(Some(_)) | Err(_)) => {
                *running = None;
                return;
            }
            Some(Ok(None)) => {}
        }
        drop(running);
        std::thread::sleep(Duration::from_millis(1));
    }
}

/// Publishes to a folder and is killed so many times, each at a moment that chance chooses.
fn killed_at_moments(times: usize, seed: u64) {
    let (desk, there, mut dice) = (Desk::new(), place(), Dice(seed));
    let folder = Utf8Path::from_path(there.path()).unwrap().join("www");
    let others = Files::from([("别人的/page.html".to_owned(), b"somebody else's".to_vec())]);
    fs::create_dir_all(folder.join("别人的")).unwrap();
    fs::write(folder.join("别人的/page.html"), &others["别人的/page.html"]).unwrap();
    let mut longest = 20_000;
    let (mut killed, mut runs) = (0, 0);
    while killed < times {
        runs += 1;
        assert!(runs < 4 * times + 10, "killed {killed} of {runs} times");
        let site = site(&mut dice);
        desk.build(&site);
        let mut child = desk.publisher(folder.as_str()).spawn().unwrap();
        std::thread::sleep(Duration::from_micros(dice.below(longest)));
        let _ = child.kill();
        killed += usize::from(!child.wait().unwrap().success());
        let seen = files_in(&folder);
        is_whole(
            &seen
                .into_iter()
                .filter(|(path, _)| !path.starts_with(PRIVATE) || path == Manifest::PATH)
                .collect(),
        );
        let begun = Instant::now();
        desk.publish(folder.as_str());
        longest = u64::try_from(begun.elapsed().as_micros()).unwrap().max(1000);
        is_site(&files_in(&folder), &site, &others);
    }
    println!("a folder: killed {killed} of {runs} publishers");
}

#[test]
fn a_publisher_that_is_killed_anywhere_leaves_a_whole_site_and_the_next_one_ends_it() {
    std::thread::scope(|scope| {
        scope.spawn(|| killed_at_requests(Manner::S3, 30, 1));
        scope.spawn(|| killed_at_requests(Manner::Oss, 25, 2));
        scope.spawn(|| killed_at_requests(Manner::Cos, 25, 3));
        scope.spawn(|| killed_at_moments(20, 4));
    });
}

#[test]
#[ignore = "a thousand kills take minutes"]
fn a_publisher_that_is_killed_a_thousand_times_leaves_a_whole_site_and_the_next_one_ends_it() {
    killed_at_requests(Manner::S3, 300, 11);
    killed_at_requests(Manner::Oss, 250, 12);
    killed_at_requests(Manner::Cos, 250, 13);
    killed_at_moments(200, 14);
}

/// Publishes to servers that others wrote (scripts/publish.sh starts them), with kills at moments that chance chooses,
/// and holds every byte that the servers give back against the site.
#[test]
#[ignore = "scripts/publish.sh starts the servers"]
fn a_site_goes_to_servers_of_others() {
    let targets = env::var("PUBLISH_REAL").expect("PUBLISH_REAL names targets");
    let kills = env::var("PUBLISH_KILLS").map_or(10, |kills| kills.parse().unwrap());
    for (target, seed) in targets.split_whitespace().zip(20..) {
        let (desk, mut dice) = (Desk::new(), Dice(seed));
        let patience = Patience::default();
        let store = remote::open(&PublishTarget::parse(target).unwrap(), &patience)
            .unwrap_or_else(|trouble| panic!("{trouble}"));
        let (mut killed, mut longest) = (0, 300_000);
        for _ in 0..kills {
            desk.build(&site(&mut dice));
            let mut child = desk.publisher(target).spawn().unwrap();
            std::thread::sleep(Duration::from_micros(dice.below(longest)));
            let _ = child.kill();
            killed += usize::from(!child.wait().unwrap().success());
            let begun = Instant::now();
            desk.publish(target);
            longest = u64::try_from(begun.elapsed().as_micros()).unwrap().max(1000);
            let found =
                remote::verify(&*store, &patience, &|| {}).unwrap_or_else(|trouble| panic!("{trouble}"));
            assert!(found.are_none(), "{target}: {found:?}");
            assert_eq!(found.files, manifest(&files_in(&desk.path())).files().len() - 1);
        }
        println!("{target}: killed {killed} of {kills} times");
        if let Ok(folder) = env::var("PUBLISH_LAST") {
            let to = Utf8PathBuf::from(folder).join(format!("{seed}"));
            for (path, bytes) in files_in(&desk.path()) {
                fs::create_dir_all(to.join(&path).parent().unwrap()).unwrap();
                fs::write(to.join(&path), bytes).unwrap();
            }
        }
    }
}

#[test]
fn a_second_publisher_stops_and_is_told_who_publishes() {
    for manner in [Manner::S3, Manner::Oss, Manner::Cos] {
        let (store, one, other, mut dice) = (Store::start(manner), Desk::new(), Desk::new(), Dice(5));
        let (first, second) = (site(&mut dice), site(&mut dice));
        one.build(&first);
        other.build(&second);
        let target = store.target("档案");
        let answer = Arc::new(Mutex::new(None));
        // When the first one comes to its manifest, the second is started and heard to its end.
        let (told, to) = (Arc::clone(&answer), target.clone());
        let is_once = AtomicBool::new(true);
        let publisher = Mutex::new(other.publisher(&to));
        store.hook(move |request| {
            let is_manifest = request.method == "PUT" && request.key.ends_with(Manifest::PATH);
            if is_manifest && is_once.swap(false, Ordering::SeqCst) {
                *told.lock().unwrap() = Some(publisher.lock().unwrap().output().unwrap());
            }
            Fault::None
        });
        one.publish(&target);
        let second_said = answer.lock().unwrap().take().unwrap();
        assert!(!second_said.status.success());
        let words = said(&second_said);
        assert!(words.contains("wang@office has been publishing here since 2026-04-01T08:00:00Z"), "{words}");
        is_site(&files_of(&store), &first, &Files::new());
        // What a publisher of another computer left is taken only when that is said.
        store.put(
            &format!("档案/{LOCK}"),
            br#"{"owner": "li@elsewhere", "since": "2026-03-31T08:00:00Z", "token": "x"}"#,
        );
        let stopped = other.publisher(&target).output().unwrap();
        assert!(
            said(&stopped).contains("li@elsewhere") && said(&stopped).contains("--break-lock"),
            "{}",
            said(&stopped)
        );
        let broken = other.publisher(&target).env("PUBLISH_BREAK_LOCK", "1").output().unwrap();
        assert!(broken.status.success(), "{}", said(&broken));
        is_site(&files_of(&store), &second, &Files::new());
    }
}

#[test]
fn of_two_publishers_at_once_each_is_done_or_told_to_wait() {
    let (there, mut dice) = (place(), Dice(15));
    let folder = Utf8Path::from_path(there.path()).unwrap().join("www");
    let stores = [Manner::S3, Manner::Oss, Manner::Cos].map(Store::start);
    let at_once = |target: &str, seen: &dyn Fn() -> Files, dice: &mut Dice| {
        let (desks, sites) = ([Desk::new(), Desk::new()], [site(dice), site(dice)]);
        desks.iter().zip(&sites).for_each(|(desk, site)| desk.build(site));
        let started = desks.each_ref().map(|desk| desk.publisher(target).spawn().unwrap());
        let ended = started.map(|child| child.wait_with_output().unwrap());
        let mut done = Vec::new();
        for (output, site) in ended.iter().zip(&sites) {
            match output.status.success() {
                true => done.push(site),
                false => {
                    let words = said(output);
                    assert!(words.contains("has been publishing here since"), "{words}");
                }
            }
        }
        let there = seen();
        is_whole(&there);
        let stands = |site: &&&Files| there[Manifest::PATH] == manifest(site).json().into_bytes();
        is_site(&there, done.iter().find(stands).unwrap(), &Files::new());
    };
    for _ in 0..8 {
        at_once(folder.as_str(), &|| files_in(&folder), &mut dice);
        for store in &stores {
            at_once(&store.target("档案"), &|| files_of(store), &mut dice);
        }
    }
}

#[test]
fn a_server_that_hardly_answers_is_not_waited_for() {
    let (store, desk, mut dice) = (Store::start(Manner::S3), Desk::new(), Dice(16));
    let target = store.target("档案");
    let first = site(&mut dice);
    desk.build(&first);
    desk.publish(&target);
    desk.build(&site(&mut dice));
    let slowly = [
        ("GET", Manifest::PATH, Fault::Slow),
        ("PUT", "index.html", Fault::Silent),
        ("GET", "", Fault::Slow),
    ];
    for (method, path, fault) in slowly {
        store.hook(move |request| match request.method == method && request.key.ends_with(path) {
            true if !request.key.contains(PRIVATE) => fault,
            _ => Fault::None,
        });
        let done = desk.publisher(&target).env("PUBLISH_SILENCE", "300").output().unwrap();
        assert!(said(&done).contains("the connection"), "{method} {path}: {}", said(&done));
        let there = files_of(&store);
        is_whole(&there);
        assert_eq!(there[Manifest::PATH], manifest(&first).json().into_bytes());
    }
    store.hook(|_| Fault::None);
    let last = site(&mut dice);
    desk.build(&last);
    desk.publish(&target);
    is_site(&files_of(&store), &last, &Files::new());
}

#[test]
#[cfg(unix)]
fn a_link_to_a_folder_is_published_to_and_a_link_in_it_is_not_followed() {
    let (desk, there, mut dice) = (Desk::new(), place(), Dice(17));
    let root = Utf8Path::from_path(there.path()).unwrap();
    let (www, real, elsewhere) = (root.join("www"), root.join("releases/1"), root.join("elsewhere"));
    let link = |to: &Utf8Path, at: &Utf8Path| std::os::unix::fs::symlink(to, at).unwrap();
    link(&real, &www);
    let site = site(&mut dice);
    desk.build(&site);
    let stopped = desk.publisher(www.as_str()).output().unwrap();
    assert!(!stopped.status.success() && said(&stopped).contains("www"), "{}", said(&stopped));
    fs::create_dir_all(&real).unwrap();
    fs::create_dir_all(&elsewhere).unwrap();
    link(&elsewhere, &real.join("甲"));
    let stopped = desk.publisher(www.as_str()).output().unwrap();
    assert!(said(&stopped).contains("did not publish stand where"), "{}", said(&stopped));
    assert!(files_in(&elsewhere).is_empty() && !real.join("index.html").exists());
    fs::remove_file(real.join("甲")).unwrap();
    desk.publish(www.as_str());
    is_site(&files_in(&real), &site, &Files::new());
    assert!(www.is_symlink());
    // A link that is made later is no way out either.
    fs::rename(real.join("甲"), elsewhere.join("甲")).unwrap();
    link(&elsewhere.join("甲"), &real.join("甲"));
    let before = files_in(&elsewhere);
    let stopped = desk.publisher(www.as_str()).output().unwrap();
    assert!(!stopped.status.success(), "{}", said(&stopped));
    assert_eq!(files_in(&elsewhere), before);
}

/// A folder with room for so much in a file system of its own; gone at the end.
struct Room(TempDir);

impl Room {
    fn new(size: &str) -> Self {
        let room = Self(tempfile::tempdir().unwrap());
        room.mount(&["-t", "tmpfs", "-o", size, "none"]);
        room
    }

    fn mount(&self, how: &[&str]) {
        let done = Command::new("mount").args(how).arg(self.0.path()).status().unwrap();
        assert!(done.success(), "only root can mount");
    }

    fn folder(&self) -> Utf8PathBuf {
        Utf8Path::from_path(self.0.path()).unwrap().join("www")
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0.path()).status();
    }
}

/// A disk that is full after one more page each time, then one that nobody may write to.
#[test]
#[ignore = "scripts/publish.sh asks whether it is root, who alone can mount"]
fn a_full_disk_and_a_closed_one_leave_the_site_as_it_was() {
    let (desk, room, mut dice) = (Desk::new(), Room::new("size=512k"), Dice(18));
    let folder = room.folder();
    let first = site(&mut dice);
    desk.build(&first);
    desk.publish(folder.as_str());
    let (mut full, mut runs) = (0, 0);
    for left in 0..40 {
        let next = site(&mut dice);
        desk.build(&next);
        // What others left on the disk, but for so many pages of it.
        let filler = folder.parent().unwrap().join("filler");
        let _ = fs::remove_file(&filler);
        fs::write(&filler, "").unwrap();
        let mut file = fs::File::options().append(true).open(&filler).unwrap();
        while std::io::Write::write_all(&mut file, &[0; 4096]).is_ok() {}
        let size = file.metadata().unwrap().len();
        file.set_len(size.saturating_sub(left * 4096)).unwrap();
        drop(file);
        let done = desk.publisher(folder.as_str()).output().unwrap();
        runs += 1;
        if !done.status.success() {
            full += 1;
            assert!(said(&done).contains("the disk is full"), "{}", said(&done));
        }
        let seen = files_in(&folder);
        assert!(!seen.contains_key(LOCK), "the lock is left");
        is_whole(&seen);
        fs::remove_file(&filler).unwrap();
        desk.publish(folder.as_str());
        is_site(&files_in(&folder), &next, &Files::new());
    }
    println!("a full disk: {full} of {runs} publications ended by it");
    assert!(full > 5 && full < runs, "{full} of {runs}");
    let last = files_in(&folder);
    room.mount(&["-o", "remount,ro"]);
    desk.build(&first);
    let done = desk.publisher(folder.as_str()).output().unwrap();
    assert!(said(&done).contains("read-only") || said(&done).contains("Read-only"), "{}", said(&done));
    assert_eq!(files_in(&folder), last);
}

/// How long a publication takes of the site in the folder PUBLISH_SITE, and how many requests: the first one, one
/// that changes nothing, and one that changes a page.
#[test]
#[ignore = "scripts/slow.sh builds a site of 10,000 reports"]
fn a_large_site_is_not_asked_for_file_by_file() {
    let Ok(from) = env::var("PUBLISH_SITE") else { return };
    let (desk, there) = (Desk::new(), place());
    let public = desk.path();
    std::os::unix::fs::symlink(fs::canonicalize(from).unwrap(), &public).unwrap();
    let store = Store::start(Manner::S3);
    let folder = Utf8Path::from_path(there.path()).unwrap().join("www");
    let count = disk::published(&public).unwrap().files().len();
    let is_near = |requests: usize| requests < 20 + count / 1000;
    for target in [&*store.target("档案"), folder.as_str()] {
        for run in ["the first one", "nothing changed"] {
            store.hook(|_| Fault::None);
            let begun = Instant::now();
            desk.publish(target);
            let (time, requests) = (begun.elapsed(), store.count());
            println!("{target}: {run}: {count} files, {requests} requests, {time:?}");
            assert!(run == "the first one" || is_near(requests), "{requests} requests for {count} files");
        }
    }
}

#[test]
fn trouble_that_passes_is_waited_out() {
    for (manner, seed) in [(Manner::S3, 6), (Manner::Oss, 7), (Manner::Cos, 8)] {
        let (store, desk, mut dice) = (Store::start(manner), Desk::new(), Dice(seed));
        let target = store.target("档案");
        let refused: Mutex<BTreeMap<String, usize>> = Mutex::default();
        store.hook(move |request| {
            // No request is refused more often in a row than a publisher tries.
            let mut refused = refused.lock().unwrap();
            let times = refused.entry(format!("{} {}", request.method, request.key)).or_default();
            *times += 1;
            let number = u64::try_from(request.number).unwrap() + seed;
            match Dice(number.wrapping_mul(0x9e37_79b9_7f4a_7c15)).below(12) {
                _ if times.is_multiple_of(5) => Fault::None,
                0 => Fault::Status(500),
                1 => Fault::Status(503),
                2 => Fault::Cut,
                3 => Fault::CutAfter,
                4 => Fault::CutWithin,
                _ => Fault::None,
            }
        });
        let mut last = Files::new();
        for _ in 0..4 {
            last = site(&mut dice);
            desk.build(&last);
            desk.publish(&target);
            is_site(&files_of(&store), &last, &Files::new());
        }
        is_whole(&files_of(&store));
        assert_eq!(store.wrong(), [""; 0]);
        assert!(!last.is_empty());
    }
}

#[test]
fn trouble_that_stays_is_told_and_the_site_is_as_whole_as_before() {
    let (store, desk, mut dice) = (Store::start(Manner::S3), Desk::new(), Dice(9));
    let target = store.target("档案");
    desk.build(&site(&mut dice));
    desk.publish(&target);
    for (status, words) in
        [(403, "the server refused: 403"), (507, "has no room: 507"), (503, "at the moment: 503")]
    {
        for from in 0..3 {
            let next = site(&mut dice);
            desk.build(&next);
            let puts = AtomicUsize::new(0);
            store.hook(move |request| {
                let is_full = request.method == "PUT" && puts.fetch_add(1, Ordering::SeqCst) >= from * 3;
                if is_full { Fault::Status(status) } else { Fault::None }
            });
            let done = desk.publisher(&target).output().unwrap();
            if done.status.success() {
                assert!(from > 0);
            } else {
                assert!(said(&done).contains(words), "{}", said(&done));
            }
            is_whole(&files_of(&store));
            store.hook(|_| Fault::None);
            desk.publish(&target);
            is_site(&files_of(&store), &next, &Files::new());
        }
    }
}

#[test]
fn files_are_told_with_their_types_and_ages() {
    for manner in [Manner::S3, Manner::Oss, Manner::Cos] {
        let (store, desk, mut dice) = (Store::start(manner), Desk::new(), Dice(10));
        desk.build(&site(&mut dice));
        desk.publish(&store.target("档案"));
        let objects = store.objects();
        let told = |key: &str| {
            let headers = &objects[key].headers;
            (headers["content-type"].clone(), headers["cache-control"].clone())
        };
        let is = |kind: &str, age: &str| (kind.to_owned(), age.to_owned());
        assert_eq!(told("档案/index.html"), is("text/html; charset=utf-8", "public, max-age=60"));
        assert_eq!(told("档案/data/all.csv"), is("text/csv; charset=utf-8", "public, max-age=60"));
        let style = objects.keys().find(|key| key.ends_with(".css")).unwrap();
        assert_eq!(told(style), is("text/css; charset=utf-8", "public, max-age=31536000, immutable"));
        // Nothing has changed, so that only what is there is looked at.
        store.hook(|_| Fault::None);
        desk.publish(&store.target("档案"));
        assert!(store.count() < 20, "{} requests for nothing", store.count());
        // A table of headers that was another one is sent again, and its files alone.
        let state = String::from_utf8(objects[&format!("档案/{STATE}")].bytes.clone()).unwrap();
        store.put(&format!("档案/{STATE}"), state.replace("text/css", "text/plain").as_bytes());
        let sent = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&sent);
        store.hook(move |request| {
            if request.method == "PUT" && !request.key.contains(PRIVATE) {
                seen.lock().unwrap().push(request.key.clone());
            }
            Fault::None
        });
        desk.publish(&store.target("档案"));
        assert_eq!(*sent.lock().unwrap(), [style.clone(), "档案/manifest.json".to_owned()]);
    }
}

#[test]
fn a_file_that_is_changed_meanwhile_stops_the_publication() {
    let (store, desk, mut dice) = (Store::start(Manner::S3), Desk::new(), Dice(12));
    let first = site(&mut dice);
    desk.build(&first);
    desk.publish(&store.target("档案"));
    let next = site(&mut dice);
    desk.build(&next);
    fs::write(desk.path().join("甲/index.html"), "changed").unwrap();
    let done = desk.publisher(&store.target("档案")).output().unwrap();
    assert!(said(&done).contains("was changed since the site was built"), "{}", said(&done));
    let there = files_of(&store);
    assert_eq!(there[Manifest::PATH], manifest(&first).json().into_bytes());
    is_whole(&there);
}

#[test]
fn alibabas_store_at_an_address_of_amazons_is_told_to_be_none() {
    let (store, desk, mut dice) = (Store::start(Manner::S3), Desk::new(), Dice(13));
    desk.build(&site(&mut dice));
    store.hook(|request| match request.headers.contains_key("if-none-match") {
        true => Fault::Status(501),
        false => Fault::None,
    });
    let done = desk.publisher(&store.target("档案")).output().unwrap();
    assert!(said(&done).contains("use an oss:// address"), "{}", said(&done));
    assert!(files_of(&store).is_empty());
}

/// The program, on a site's folder.
fn program(root: &Utf8Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xiangwei"));
    command.args(["--site", root.as_str(), "--message-language", "en"]).args(arguments);
    with_keys(&mut command);
    command.output().unwrap()
}

fn done(root: &Utf8Path, arguments: &[&str]) -> String {
    let output = program(root, arguments);
    assert!(output.status.success(), "{arguments:?}: {}", said(&output));
    said(&output)
}

#[test]
fn a_site_goes_out_and_comes_back_as_the_manual_says() {
    let store = Store::start(Manner::Oss);
    let (there, target) = (place(), store.target("档案"));
    let www = Utf8Path::from_path(there.path()).unwrap().join("www").to_string();
    for target in [&*target, &*www] {
        let seen = || if target == www { files_in(www.as_str().into()) } else { files_of(&store) };
        let folder = Project::fixture("attachments").on_disk();
        let root = folder.path();
        // Nothing goes out before somebody has looked at the attachments that the gate cannot read.
        let looked_at = fs::read_to_string(root.join("site.yaml")).unwrap();
        let (unseen, _) = looked_at.split_once("checks:").unwrap();
        folder.write("site.yaml", unseen.as_bytes());
        let stopped = program(root, &["publish", target]);
        assert!(said(&stopped).contains("personal/unreadable") && seen().is_empty(), "{}", said(&stopped));
        folder.write("site.yaml", looked_at.as_bytes());
        let told = done(root, &["publish", target, "--dry-run"]);
        assert!(told.contains(" new files, 0 changed") && seen().is_empty(), "{told}");
        done(root, &["publish", target]);
        is_whole(&seen());
        let first = files_in(&root.join("public"));
        assert!(done(root, &["verify", target]).contains("files are what the manifest says"));
        // A document is edited, and that is gone back from.
        let document = fs::read_to_string(root.join("content/jiangmen/2019/index.md")).unwrap();
        let corrected = "---\ncorrections: [{ date: 2026-01-01, note: 又一段 }]\n";
        let edited = format!("{document}\n\n又一段。\n").replacen("---\n", corrected, 1);
        folder.write("content/jiangmen/2019/index.md", edited.as_bytes());
        let told = done(root, &["publish", target, "--verbose"]);
        assert!(told.contains("xiangwei rollback goes back"), "{told}");
        let second = files_in(&root.join("public"));
        assert_ne!(first, second);
        let told = done(root, &["rollback", target]);
        assert!(told.contains("is back at the publication before"), "{told}");
        let back: Files = seen().into_iter().filter(|(path, _)| first.contains_key(path)).collect();
        assert!(back == first, "the site of before is not there");
        assert_eq!(program(root, &["rollback", target]).status.code(), Some(2));
        // A document that is withdrawn does not come again, and nothing of it stays at the target.
        done(root, &["publish", target]);
        let (kept, _) = document.split_once("全年工作").unwrap();
        let withdrawal = "---\nwithdrawal: { date: 2026-01-02, reason: error }\n";
        let withdrawn = kept.replacen("---\n", withdrawal, 1) + "全年工作见附件。\n";
        folder.write("content/jiangmen/2019/index.md", withdrawn.as_bytes());
        for attachment in ["附件1.pdf", "figures.csv", "flow.png"] {
            fs::remove_file(root.join("content/jiangmen/2019").join(attachment)).unwrap();
        }
        let told = said(&program(root, &["publish", target, "--allow-delete"]));
        assert!(told.contains("published to"), "{told}");
        assert!(
            !seen().contains_key("jiangmen/2019/附件1.pdf"),
            "an attachment of a withdrawn document stays"
        );
        let back = program(root, &["rollback", target]);
        assert_eq!(back.status.code(), Some(2));
        assert!(said(&back).contains("withdrew or removed documents"), "{}", said(&back));
    }
}

#[test]
fn a_site_that_was_signed_is_signed_again_or_says_that_it_is_not() {
    let folder = Project::fixture("minimal").on_disk();
    let (root, there) = (folder.path(), place());
    let there = Utf8Path::from_path(there.path()).unwrap();
    let (www, key) = (there.join("www").to_string(), there.join("office.key").to_string());
    done(root, &["key", &key, "--no-password"]);
    let public = fs::read_to_string(format!("{key}.pub")).unwrap().lines().last().unwrap().to_owned();
    let verified = || program(root, &["verify", &www]);
    done(root, &["publish", &www, "--sign", &key]);
    assert!(done(root, &["verify", &www, "--public-key", &public]).contains("are whole and agree"));
    let refused = program(root, &["publish", &www]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(said(&refused).contains("add --sign KEY") && said(&refused).contains("--unsigned"));
    // Another document, within the same second or not.
    let text =
        "---\ntitle: 江门市2017年度报告\nissuer: 江门市人民政府\npublished: 2018-03-20\n---\n一、概况。\n";
    folder.write("content/jiangmen/2017.md", text.as_bytes());
    done(root, &["publish", &www, "--unsigned"]);
    let found = verified();
    assert_eq!(found.status.code(), Some(1), "{}", said(&found));
    assert!(said(&found).contains("the last publication was not signed"), "{}", said(&found));
    done(root, &["publish", &www, "--sign", &key]);
    assert!(done(root, &["verify", &www, "--public-key", &public]).contains("are whole and agree"));
}

#[test]
fn a_published_site_that_somebody_touched_is_told_file_by_file() {
    let folder = Project::fixture("minimal").on_disk();
    let there = place();
    let www = Utf8Path::from_path(there.path()).unwrap().join("www");
    done(folder.path(), &["publish", www.as_str()]);
    fs::write(www.join("index.html"), "defaced").unwrap();
    fs::write(www.join("shell.php"), "theirs").unwrap();
    fs::remove_file(www.join("robots.txt")).unwrap();
    let found = program(folder.path(), &["verify", www.as_str()]);
    assert_eq!(found.status.code(), Some(1));
    assert_eq!(
        String::from_utf8_lossy(&found.stdout),
        "missing  robots.txt\nchanged  index.html\nextra  shell.php\n"
    );
    done(folder.path(), &["publish", www.as_str()]);
    fs::remove_file(www.join("shell.php")).unwrap();
    done(folder.path(), &["verify", www.as_str()]);
    done(folder.path(), &["verify", folder.path().join("public").as_str()]);
}

#[test]
fn what_must_not_be_published_is_not() {
    let folder = Project::fixture("minimal").on_disk();
    let root = folder.path();
    let there = place();
    let www = Utf8Path::from_path(there.path()).unwrap().join("www");
    let refused = |arguments: &[&str], code: i32, words: &str| {
        let output = program(root, arguments);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {}", said(&output));
        assert!(said(&output).contains(words), "{arguments:?}: {}", said(&output));
    };
    refused(&["publish", "s3://key:secret@bucket/x"], 2, "holds no user and no key");
    refused(&["publish", "ftp://host/x"], 2, "nothing can be published to ftp://");
    refused(&["publish", root.join("content").as_str()], 2, "overlap");
    refused(&["publish", root.join("public/www").as_str()], 2, "overlap");
    fs::create_dir_all(&www).unwrap();
    fs::write(www.join("index.html"), "the portal's own").unwrap();
    refused(&["publish", www.as_str()], 2, "did not publish stand where");
    assert_eq!(fs::read_to_string(www.join("index.html")).unwrap(), "the portal's own");
    fs::remove_file(www.join("index.html")).unwrap();
    // A warning does not pass the gate.
    folder.write(
        "content/jiangmen/2018.md",
        "---\ntitle: 江门市2018年度报告\npublished: unknown\n---\n一、概况。\n".as_bytes(),
    );
    refused(&["publish", www.as_str()], 1, "");
    assert!(!www.join("manifest.json").exists());
}

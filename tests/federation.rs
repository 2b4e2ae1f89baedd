//! A site over those of many offices: five sites built by the program stand on small servers of this test, one of them
//! does everything that can go wrong, and that costs the others nothing.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test has servers of its own")]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::thread;

use support::{Folder, Project};
use xiangwei::build::Wishes;
use xiangwei::config::BaseUrl;
use xiangwei::proof;
use xiangwei::seal::{Minisig, SecretKey};
use xiangwei::site::Manifest;

/// What a server does instead of what it should.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Fault {
    #[default]
    None,
    /// It hangs up as soon as somebody calls.
    Down,
    /// It takes a request and never answers.
    Slow,
    /// It hangs up in the middle of an answer.
    Cut,
    /// It says that it has a fault.
    Broken,
    /// It gives a page to log in for everything.
    Login,
    /// It leads round and round.
    Round,
    /// It sends more and more.
    Endless,
}

/// What a server has, and what it was asked for.
#[derive(Default)]
struct Served {
    files: BTreeMap<String, Vec<u8>>,
    fault: Fault,
    asked: Vec<String>,
}

/// A web server on this computer.
struct Server {
    url: String,
    served: Arc<Mutex<Served>>,
}

impl Server {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://127.0.0.1:{}/", listener.local_addr().unwrap().port());
        let served: Arc<Mutex<Served>> = Arc::default();
        let shared = Arc::clone(&served);
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let served = Arc::clone(&shared);
                thread::spawn(move || answer(&stream, &served));
            }
        });
        Self { url, served }
    }

    fn serving(files: BTreeMap<String, Vec<u8>>) -> Self {
        let server = Self::start();
        server.serve(files);
        server
    }

    fn serve(&self, files: BTreeMap<String, Vec<u8>>) {
        self.served.lock().unwrap().files = files;
    }

    fn fail(&self, fault: Fault) {
        self.served.lock().unwrap().fault = fault;
    }

    /// What it was asked for since this was last asked.
    fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.served.lock().unwrap().asked)
    }
}

/// Answers on one connection until either side has enough.
fn answer(mut stream: &TcpStream, served: &Mutex<Served>) {
    if served.lock().unwrap().fault == Fault::Down {
        return;
    }
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    while let Some(first) = lines.next() {
        lines.by_ref().take_while(|line| !line.is_empty()).for_each(drop);
        let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
        let (fault, found) = {
            let mut served = served.lock().unwrap();
            served.asked.push(path.clone());
            let found = served.files.get(path.trim_start_matches('/')).cloned();
            (served.fault, found)
        };
        let head =
            |status: u16, length: usize| format!("HTTP/1.1 {status} x\r\nContent-Length: {length}\r\n\r\n");
        let whole = |status, body: &[u8]| [head(status, body.len()).as_bytes(), body].concat();
        let said = match (fault, found) {
            // Until the client has waited long enough and hangs up.
            (Fault::Slow, _) => return drop(lines.next()),
            (Fault::Broken, _) => whole(500, b"oops"),
            (Fault::Login, _) => whole(200, b"<!doctype html><title>Login</title><script>alert(1)</script>"),
            (Fault::Round, _) => {
                format!("HTTP/1.1 302 x\r\nLocation: {path}\r\nContent-Length: 0\r\n\r\n").into_bytes()
            }
            (Fault::Cut, Some(body)) => {
                let half = [head(200, body.len()).as_bytes(), &body[..body.len() / 2]].concat();
                let _ = stream.write_all(&half);
                return;
            }
            (Fault::Endless, _) => {
                let _ = stream.write_all(b"HTTP/1.1 200 x\r\nContent-Length: 99999999999\r\n\r\n");
                while stream.write_all(&[b' '; 65_536]).is_ok() {}
                return;
            }
            (_, Some(body)) => whole(200, &body),
            (_, None) => whole(404, b"nothing"),
        };
        if stream.write_all(&said).is_err() {
            return;
        }
    }
}

/// The places of the five offices.
const PLACES: [(&str, &str); 5] = [
    ("anhe", "安河市"),
    ("beiyuan", "北园市"),
    ("linze", "临泽市"),
    ("nanping", "南屏市"),
    ("qingchuan", "清川市"),
];

const INDICATORS: &str = "reconsideration_closed: { name: 办结行政复议案件, unit: 件, kind: flow }\n";

/// The site of an office, whose reports say this of the year 2021.
fn office((slug, name): (&str, &str), word: &str) -> Project {
    let mut project = Project::default();
    project.edit(
        "site.yaml",
        format!("title: {name}法治政府建设\nbase_url: https://{slug}.example/\nsearch: false\n"),
    );
    project.edit("indicators.yaml", INDICATORS);
    project
        .edit(&format!("content/{slug}/_index.md"), format!("---\nname: {name}\nlevel: prefecture\n---\n"));
    for year in [2020, 2021] {
        let said = if year == 2021 { word } else { "" };
        let text = format!(
            "---\ntitle: {name}{year}年法治政府建设年度报告{said}\nissuer: {name}人民政府\npublished: {}-03-10\n\
             indicators:\n  reconsideration_closed: {{ value: {year}, quote: 办结行政复议案件{year}件 }}\n---\n\n\
             ## 一、工作情况\n\n{name}全年办结行政复议案件{year}件。\n",
            year + 1
        );
        project.edit(&format!("content/{slug}/{year}.md"), text);
    }
    project
}

/// The finished site of an office with its manifest, by the paths at which it is asked for.
fn published(project: &Project) -> BTreeMap<String, Vec<u8>> {
    let (site, manifest) = project.make(project.sources(), &Wishes::default(), false);
    let mut files: BTreeMap<String, Vec<u8>> =
        site.into_iter().map(|(path, bytes)| (path.to_string(), bytes)).collect();
    files.insert(Manifest::PATH.to_owned(), manifest.json().into_bytes());
    files
}

fn key(seed: u8) -> SecretKey {
    SecretKey::new(&[seed; 32], *b"a number")
}

/// The same, recorded and signed at this moment, as `publish --sign` does.
fn signed(mut project: Project, when: &str) -> (Project, BTreeMap<String, Vec<u8>>) {
    project.publish(when);
    let base = BaseUrl::parse("https://qingchuan.example/").unwrap();
    let head = proof::sign(&project.archive().log, &base, &key(7), None).unwrap();
    project.edit("publications/checkpoint", head.text());
    let mut files = published(&project);
    sign(&mut files, &key(7));
    (project, files)
}

fn sign(files: &mut BTreeMap<String, Vec<u8>>, key: &SecretKey) {
    let signature = Minisig::of(key, &files[Manifest::PATH], "a publication").text();
    files.insert(Manifest::SIGNATURE.to_owned(), signature.into_bytes());
}

/// The manifest again, after somebody has changed files.
fn with_manifest(mut files: BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Vec<u8>> {
    let ours = [Manifest::PATH, Manifest::SIGNATURE];
    let named = files.iter().filter(|(path, _)| !ours.contains(&path.as_str()));
    let entry = |bytes: &Vec<u8>| xiangwei::site::FileDigest::of(bytes);
    let manifest: Manifest = named.map(|(path, bytes)| (path.into(), entry(bytes))).collect();
    files.insert(Manifest::PATH.to_owned(), manifest.json().into_bytes());
    files
}

/// A federated site on disk.
struct Hub(Folder);

/// What came of a run.
struct Run {
    code: i32,
    said: String,
}

impl Hub {
    /// Over these offices: name, title, address, and more keys.
    fn over(offices: &[(&str, &str, &str, &str)]) -> Self {
        let mut project = Project::default();
        project.edit(
            "site.yaml",
            "title: 全省法治政府建设档案\nbase_url: https://hub.example/\nlanguages: [zh-CN, en]\n",
        );
        project.edit("indicators.yaml", INDICATORS);
        project.edit("content/guangdong/_index.md", "---\nname: 广东省\nlevel: province\n---\n");
        let line = |(name, title, url, more): &(&str, &str, &str, &str)| {
            format!(
                "- {{ name: {name}, title: {title}, url: '{url}', inner: true, under: guangdong{more} }}\n"
            )
        };
        let lines: String = offices.iter().map(line).collect();
        project.edit("sites.yaml", format!("offices:\n{lines}"));
        Self(project.on_disk())
    }

    /// A run that waits as long as it takes, so that a machine that is busy makes no difference.
    fn run(&self, more: &[&str]) -> Run {
        self.run_for(60_000, more)
    }

    fn run_for(&self, patience: u64, more: &[&str]) -> Run {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xiangwei"));
        let site = self.0.path();
        command.args(["federate", site.join("sites.yaml").as_str(), "--site", site.as_str()]);
        command.args(["--message-language", "en", "--format", "short"]);
        command.args(["--patience", &patience.to_string()]);
        // The servers are on this computer, whatever stands between it and others.
        for proxy in ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
            command.env_remove(proxy);
        }
        let output = command.args(more).output().unwrap();
        let said = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
        Run { code: output.status.code().unwrap(), said }
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.0.path().join("public").join(path)).unwrap()
    }

    /// The part of the page of offices that is about one.
    fn state(&self, page: &str, name: &str) -> String {
        let page = self.read(page);
        let start = page.split(&format!("id=\"office-{name}\"")).nth(1).unwrap();
        start.split("<li").next().unwrap().to_owned()
    }

    /// The addresses of all documents in the catalogue, with their titles.
    fn documents(&self) -> BTreeMap<String, String> {
        let rows: Vec<serde_json::Value> = serde_json::from_str(&self.read("data/documents.json")).unwrap();
        let text = |row: &serde_json::Value, key: &str| row[key].as_str().unwrap().to_owned();
        rows.iter().map(|row| (text(row, "address"), text(row, "title"))).collect()
    }
}

/// The five offices on their servers, the last of which signs what it publishes, and a hub over them.
struct World {
    servers: Vec<Server>,
    last: Project,
    hub: Hub,
}

impl World {
    fn new() -> Self {
        let mut servers: Vec<Server> =
            PLACES[..4].iter().map(|place| Server::serving(published(&office(*place, "")))).collect();
        let (last, files) = signed(office(PLACES[4], ""), "2022-03-10T09:00:00+08:00");
        servers.push(Server::serving(files));
        let key = format!(", public_key: {}", key(7).public().minisign().lines().nth(1).unwrap());
        let offices: Vec<(&str, &str, &str, &str)> = PLACES
            .iter()
            .zip(&servers)
            .map(|((slug, name), server)| {
                (*slug, *name, server.url.as_str(), if *slug == "qingchuan" { &*key } else { "" })
            })
            .collect();
        let hub = Hub::over(&offices);
        Self { servers, last, hub }
    }

    fn last(&self) -> &Server {
        &self.servers[4]
    }

    /// The next publication of the last office.
    fn next(&self) -> BTreeMap<String, Vec<u8>> {
        let mut project = office(PLACES[4], "（更正）");
        for (path, bytes) in self.last.files().iter().filter(|(path, _)| path.starts_with("publications/")) {
            project.edit(path, bytes.clone());
        }
        signed(project, "2022-04-10T09:00:00+08:00").1
    }
}

/// The path of the last office's report of the year that changes.
const SOURCE: &str = "qingchuan/2021/index.md";

#[test]
fn every_result_leads_to_the_office_and_what_has_not_changed_is_not_read_again() {
    let world = World::new();
    let run = world.hub.run(&[]);
    assert_eq!(run.code, 0, "{}", run.said);
    let documents = world.hub.documents();
    assert_eq!(documents.len(), 10);
    let pages = [
        "index.html",
        "years/2021/index.html",
        "indicators/reconsideration_closed/index.html",
        "coverage/index.html",
        "kinds/annual-report/index.html",
        "en/years/2021/index.html",
    ];
    for ((slug, name), server) in PLACES.iter().zip(&world.servers) {
        assert_eq!(
            documents[&format!("{}{slug}/2021/", server.url)],
            format!("{name}2021年法治政府建设年度报告")
        );
        for page in pages {
            let text = world.hub.read(page);
            assert!(text.contains(&format!("href=\"{}{slug}/2021/", server.url)), "{slug} in {page}");
        }
        let text = world.hub.read(&format!("{slug}/index.html"));
        assert!(
            text.contains(&format!("href=\"{}{slug}/2020/", server.url)) && text.contains("广东省"),
            "{slug}"
        );
        assert!(!world.hub.0.path().join(format!("public/{slug}/2021")).exists(), "{slug} has no page here");
        let state = world.hub.state("offices/index.html", slug);
        let (is_signed, is_last) = (state.contains("签名已核对"), *slug == "qingchuan");
        assert!(state.contains("最新") && state.contains("2份文件") && is_signed == is_last, "{state}");
        assert!(!server.asked().is_empty());
    }
    assert!(world.hub.state("en/offices/index.html", "anhe").contains("signature not checked"));
    assert_eq!(run.said.matches("warning").count(), 0, "{}", run.said);
    // Every text that search finds is told with the address at its office.
    assert!(fs::read_dir(world.hub.0.path().join("public/pagefind")).unwrap().count() > 0);
    assert!(!world.hub.0.path().join("public/data/records.ndjson").exists(), "no document stands here");
    let run = world.hub.run(&[]);
    assert_eq!(run.code, 0, "{}", run.said);
    for server in &world.servers {
        assert_eq!(server.asked(), ["/manifest.json"], "nothing has changed");
    }
    // One document has changed: its source, and what lists documents, and nothing else.
    world.last().serve(world.next());
    assert_eq!(world.hub.run(&[]).code, 0);
    let asked = world.last().asked();
    assert!(
        asked.contains(&format!("/{SOURCE}")) && !asked.iter().any(|path| path.ends_with("2020/index.md")),
        "{asked:?}"
    );
    assert!(world.hub.documents()[&format!("{}qingchuan/2021/", world.last().url)].ends_with("（更正）"));
}

/// What the last office serves in a fault, what its server does, the code, and what the page of offices says.
struct Case {
    files: BTreeMap<String, Vec<u8>>,
    fault: Fault,
    code: &'static str,
    told: &'static str,
}

fn cases(world: &World) -> Vec<Case> {
    let next = world.next();
    let served = |fault, told| Case { files: next.clone(), fault, code: "office/unreachable", told };
    let mut damaged = next.clone();
    let text = damaged.get_mut(SOURCE).unwrap();
    let at = text.len() - 4;
    text[at] ^= 1;
    let mut forged = next.clone();
    sign(&mut forged, &key(8));
    let mut unsigned = next.clone();
    unsigned.remove(Manifest::SIGNATURE);
    let (_, rewritten) = signed(office(PLACES[4], "（改写）"), "2022-03-11T09:00:00+08:00");
    let mut silent = published(&office(PLACES[4], "（没有记录）"));
    sign(&mut silent, &key(7));
    let mut versions = next.clone();
    let records = String::from_utf8(versions["data/records.ndjson"].clone()).unwrap();
    versions
        .insert("data/records.ndjson".into(), records.replace("\"schema\":1", "\"schema\":2").into_bytes());
    let mut versions = with_manifest(versions);
    sign(&mut versions, &key(7));
    let manifest = String::from_utf8(next[Manifest::PATH].clone()).unwrap();
    let mut escaping = next.clone();
    escaping.insert(Manifest::PATH.into(), manifest.replace(SOURCE, "../../../etc/passwd").into_bytes());
    sign(&mut escaping, &key(7));
    let own = |files, code, told| Case { files, fault: Fault::None, code, told };
    vec![
        served(Fault::Down, "没有读到 manifest.json"),
        served(Fault::Slow, "服务器没有及时回答"),
        served(Fault::Cut, "没有传完就断了"),
        served(Fault::Broken, "服务器回答 500"),
        served(Fault::Round, "转来转去"),
        Case { code: "office/too-large", ..served(Fault::Endless, "超过上限") },
        Case { code: "office/nonsense", ..served(Fault::Login, "不是清单的写法") },
        own(versions, "office/nonsense", "格式版本是 2"),
        own(escaping, "office/nonsense", "不能是网站里的文件"),
        own(damaged, "office/digest", "与清单上的摘要不符"),
        own(forged, "office/signature", "签名"),
        own(unsigned, "office/unreachable", "manifest.json.minisig"),
        own(rewritten, "office/history", "历史被改写过"),
        own(silent, "office/history", "现在没有了"),
    ]
}

#[test]
fn one_office_in_trouble_costs_itself_and_nothing_else() {
    let world = World::new();
    assert_eq!(world.hub.run(&[]).code, 0);
    let good = world.hub.documents();
    let first = world.last().served.lock().unwrap().files.clone();
    for case in cases(&world) {
        let Case { files, fault, code, told } = case;
        world.last().serve(files);
        world.last().fail(fault);
        let run = match fault {
            // Who waits for a silent server gives up; the others answer one request each, at once.
            Fault::Slow => world.hub.run_for(10_000, &[]),
            _ => world.hub.run(&[]),
        };
        assert_eq!(run.code, 3, "{fault:?} {code}: {}", run.said);
        assert!(
            run.said.contains(&format!("sites.yaml:6:11: warning[{code}]")),
            "{fault:?} {code}: {}",
            run.said
        );
        // The copy that was last whole is shown, with the others as they are.
        assert_eq!(world.hub.documents(), good, "{fault:?} {code}");
        let state = world.hub.state("offices/index.html", "qingchuan");
        assert!(
            state.contains("以前读到的") && state.contains(told) && state.contains("2份文件"),
            "{fault:?} {code}: {state}"
        );
        for (slug, _) in &PLACES[..4] {
            assert!(world.hub.state("offices/index.html", slug).contains("最新"), "{fault:?} {code}");
        }
        world.last().serve(first.clone());
        world.last().fail(Fault::None);
    }
    let run = world.hub.run(&[]);
    assert_eq!((run.code, world.hub.documents()), (0, good), "{}", run.said);
}

#[test]
fn an_office_that_was_never_read_is_told_and_shown_by_nothing() {
    let world = World::new();
    world.last().fail(Fault::Broken);
    let run = world.hub.run(&[]);
    assert_eq!(run.code, 3, "{}", run.said);
    let documents = world.hub.documents();
    assert_eq!(documents.len(), 8);
    assert!(documents.keys().all(|address| !address.starts_with(&world.last().url)));
    let state = world.hub.state("en/offices/index.html", "qingchuan");
    assert!(state.contains("nothing shown") && state.contains("the server answered 500"), "{state}");
    // What was cut off goes on from where it was, and a history that was rewritten is taken when somebody says so.
    world.last().fail(Fault::None);
    assert_eq!(world.hub.run(&[]).code, 0);
    world.last().serve(signed(office(PLACES[4], "（改写）"), "2022-03-11T09:00:00+08:00").1);
    assert_eq!(world.hub.run(&[]).code, 3);
    assert_eq!(world.hub.run(&["--forget", "qingchuan"]).code, 0);
    assert!(world.hub.documents()[&format!("{}qingchuan/2021/", world.last().url)].ends_with("（改写）"));
}

#[test]
fn what_an_office_says_is_text_and_its_places_do_not_take_those_of_others() {
    let hostile = "<script>alert(1)</script><img src=x onerror=alert(2)>";
    let mut one = office(("anhe", "安河市"), "");
    let text = String::from_utf8(one.files()["content/anhe/2021.md"].clone()).unwrap();
    let text = text.replace(
        "title: 安河市2021年法治政府建设年度报告",
        &format!("title: '安河市2021年{hostile}'\naliases: [/linze/2021/, /stolen/]"),
    );
    one.edit("content/anhe/2021.md", text);
    // Another place of the same name in addresses, and one that is the same.
    let mut two = office(("anhe", "暗河县"), "");
    two.edit("content/guangdong/_index.md", "---\nname: 广东省\nlevel: province\n---\n");
    two.edit(
        "content/guangdong/2021.md",
        String::from_utf8(two.files()["content/anhe/2021.md"].clone()).unwrap(),
    );
    let personal = String::from_utf8(two.files()["content/anhe/2020.md"].clone()).unwrap();
    let secret = personal + "\n张三，身份证号码11010519491231002X。\n";
    let mut files = published(&two);
    files.insert("anhe/2020/index.md".into(), secret.into_bytes());
    let servers = [Server::serving(published(&one)), Server::serving(with_manifest(files))];
    let hub = Hub::over(&[("one", "甲", &servers[0].url, ""), ("two", "'<b>乙</b>'", &servers[1].url, "")]);
    let run = hub.run(&[]);
    assert_eq!(run.code, 0, "{}", run.said);
    assert!(run.said.contains("sites.yaml:3:11: warning[office/place]"), "{}", run.said);
    assert!(run.said.contains("sites.yaml:3:11: warning[office/document]"), "{}", run.said);
    assert!(!run.said.contains("11010519491231002X"));
    let documents = hub.documents();
    let expected = [("anhe/2020/", 0), ("anhe/2021/", 0), ("anhe/2021/", 1), ("guangdong/2021/", 1)];
    let mut expected: Vec<String> =
        expected.iter().map(|(path, at)| format!("{}{path}", servers[*at].url)).collect();
    expected.sort();
    assert_eq!(documents.keys().cloned().collect::<Vec<_>>(), expected);
    assert!(
        hub.read("two-anhe/index.html").contains("暗河县") && hub.read("anhe/index.html").contains("安河市")
    );
    assert!(!hub.0.path().join("public/stolen").exists());
    for page in ["anhe/index.html", "years/2021/index.html", "offices/index.html", "feed.xml"] {
        let text = hub.read(page);
        assert!(
            !text.contains("<script>alert") && !text.contains("<img src=x") && !text.contains("<b>乙"),
            "{page}"
        );
    }
    assert!(hub.read("years/2021/index.html").contains("&lt;script&gt;alert(1)"));
}

#[test]
fn a_site_is_read_from_a_folder_and_one_in_an_inner_network_only_where_that_is_said() {
    let folder = Project::default().on_disk();
    for (path, bytes) in published(&office(PLACES[0], "")) {
        folder.write(&format!("anhe/{path}"), &bytes);
    }
    let server = Server::serving(published(&office(PLACES[1], "")));
    let hub = Hub::over(&[
        ("anhe", "安河市", "https://anhe.example/fzzf/", &format!(", folder: '{}/anhe'", folder.path())),
        ("beiyuan", "北园市", &server.url, ""),
    ]);
    let sheet = fs::read_to_string(hub.0.path().join("sites.yaml")).unwrap();
    let (first, second) = sheet.split_once("- { name: beiyuan").unwrap();
    let sheet = format!("{first}- {{ name: beiyuan{}", second.replace("inner: true, ", ""));
    hub.0.write("sites.yaml", sheet.as_bytes());
    let run = hub.run(&[]);
    assert_eq!(run.code, 3, "{}", run.said);
    assert!(server.asked().is_empty(), "an inner network is not spoken to");
    assert!(run.said.contains("inner network"), "{}", run.said);
    let expected = ["https://anhe.example/fzzf/anhe/2020/", "https://anhe.example/fzzf/anhe/2021/"];
    assert_eq!(hub.documents().into_keys().collect::<Vec<_>>(), expected);
}

#[test]
fn a_list_with_mistakes_asks_nobody_and_writes_nothing() {
    let server = Server::serving(published(&office(PLACES[0], "")));
    let hub =
        Hub::over(&[("anhe", "安河市", &server.url, ", public_key: RWQ"), ("anhe", "又一", &server.url, "")]);
    let run = hub.run(&[]);
    assert_eq!(run.code, 1, "{}", run.said);
    assert_eq!(run.said.matches("error[matter/value]").count(), 2, "{}", run.said);
    assert!(server.asked().is_empty() && !hub.0.path().join("public").exists());
}

#[test]
fn a_damaged_store_is_read_anew() {
    let world = World::new();
    assert_eq!(world.hub.run(&[]).code, 0);
    let files = world.hub.0.path().join(".public.xiangwei/offices/files");
    let source = world.last().served.lock().unwrap().files[SOURCE].clone();
    let name = files.join(xiangwei::site::FileDigest::of(&source).sha256);
    fs::remove_file(&name).unwrap();
    world.servers.iter().for_each(|server| drop(server.asked()));
    let run = world.hub.run(&[]);
    assert_eq!(run.code, 0, "{}", run.said);
    assert_eq!(world.last().asked(), ["/manifest.json".to_owned(), format!("/{SOURCE}")]);
    assert_eq!(fs::read(&name).unwrap(), source);
}

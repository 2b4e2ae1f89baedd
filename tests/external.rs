//! Other sites are asked for the addresses that texts lead to: what is said of each kind of answer, how politely it is
//! asked, and that nothing in a text makes this computer speak to a network that is not public.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test has a server of its own")]

mod support;

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{IpAddr, Ipv4Addr, TcpListener, TcpStream};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use support::Project;
use xiangwei::check::external::{ExternalLink, NoAnswer, ReachedAddress, RememberedAnswers, link_findings};
use xiangwei::diag::{Language, Severity};
use xiangwei::remote::{Manners, visit};
use xiangwei::source::Span;

/// A request as it came.
#[derive(Clone, Debug)]
struct Request {
    method: String,
    path: String,
    agent: String,
    at: Instant,
}

/// A web server on this computer that answers as its paths say.
struct Server {
    port: u16,
    requests: Arc<Mutex<Vec<Request>>>,
    most_at_once: Arc<AtomicUsize>,
}

impl Server {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let server = Self {
            port: listener.local_addr().unwrap().port(),
            requests: Arc::default(),
            most_at_once: Arc::default(),
        };
        let (requests, most) = (Arc::clone(&server.requests), Arc::clone(&server.most_at_once));
        let port = server.port;
        let now = Arc::new(AtomicUsize::new(0));
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (requests, most, now) = (Arc::clone(&requests), Arc::clone(&most), Arc::clone(&now));
                thread::spawn(move || {
                    serve(&stream, port, &requests, &|is_begun| {
                        if is_begun {
                            most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                        } else {
                            now.fetch_sub(1, Ordering::SeqCst);
                        }
                    })
                });
            }
        });
        server
    }

    fn at(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }

    /// What comes of asking for these paths.
    fn visited(&self, paths: &[&str], manners: &Manners) -> BTreeMap<String, ReachedAddress> {
        let addresses: Vec<String> = paths.iter().map(|path| self.at(path)).collect();
        let found = visit(&addresses, manners, &|| ());
        let start = self.at("").len();
        found.into_iter().map(|(address, reached)| (address[start..].to_owned(), reached)).collect()
    }
}

fn serve(stream: &TcpStream, port: u16, requests: &Mutex<Vec<Request>>, busy: &dyn Fn(bool)) {
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    while let Some(first) = lines.next() {
        let head: Vec<String> = lines.by_ref().take_while(|line| !line.is_empty()).collect();
        let mut words = first.split(' ').map(str::to_owned);
        let (method, path) = (words.next().unwrap(), words.next().unwrap());
        let agent =
            head.iter().find_map(|line| line.to_lowercase().strip_prefix("user-agent: ").map(str::to_owned));
        busy(true);
        let is_second = {
            let mut requests = requests.lock().unwrap();
            let is_second = requests.iter().any(|before| before.path == path);
            requests.push(Request {
                method: method.clone(),
                path: path.clone(),
                agent: agent.unwrap_or_default(),
                at: Instant::now(),
            });
            is_second
        };
        let said = answered(&method, &path, port, is_second);
        busy(false);
        let mut to = stream;
        let Some(said) = said else { return };
        if to.write_all(said.as_bytes()).is_err() {
            return;
        }
        // A body without an end: who reads it never comes back.
        if path == "/endless" && method == "GET" {
            while to.write_all(&[b'x'; 65_536]).is_ok() {}
            return;
        }
    }
}

/// What the server says; nothing where it hangs up.
fn answered(method: &str, path: &str, port: u16, is_second: bool) -> Option<String> {
    let plain = |status: u16| Some(format!("HTTP/1.1 {status} x\r\nContent-Length: 0\r\n\r\n"));
    let leads = |status: u16, to: &str| {
        Some(format!("HTTP/1.1 {status} x\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n"))
    };
    let later = |status: u16, wait: &str| {
        Some(format!("HTTP/1.1 {status} x\r\nRetry-After: {wait}\r\nContent-Length: 0\r\n\r\n"))
    };
    match path {
        "/no-head" if method == "HEAD" => plain(405),
        "/head-lies" if method == "HEAD" => plain(404),
        "/endless" if method == "HEAD" => plain(501),
        "/endless" => Some("HTTP/1.1 200 x\r\nContent-Length: 99999999999\r\n\r\n".into()),
        "/gone" => plain(410),
        "/missing" => plain(404),
        "/closed" => plain(403),
        "/fault" => plain(500),
        "/old" => leads(301, "/new?a=1#part"),
        "/older" => leads(308, "/old"),
        "/for-now" => leads(302, "/new"),
        "/old-then-for-now" => leads(301, "/for-now"),
        "/to-nothing" => leads(301, "/missing"),
        "/home" => leads(302, "/"),
        "/round" => leads(302, "/round"),
        "/script" => leads(302, "javascript:alert(1)"),
        "/file" => leads(301, "file:///etc/passwd"),
        "/inside" => leads(302, &format!("http://127.0.0.2:{port}/secret")),
        "/cloud" => leads(301, "http://169.254.169.254/latest/meta-data/"),
        "/busy" if !is_second => later(429, "1"),
        "/very-busy" => later(503, "Fri, 31 Dec 2027 23:59:59 GMT"),
        "/hangs-up" => None,
        "/slow" => {
            thread::sleep(Duration::from_secs(30));
            None
        }
        _ => plain(200),
    }
}

/// Manners that are usual but for being quick, and let 127.0.0.1 alone be visited.
fn quick() -> Manners {
    fn is_test(address: IpAddr) -> bool {
        address == IpAddr::V4(Ipv4Addr::LOCALHOST)
    }
    Manners {
        pause: Duration::ZERO,
        patience: Duration::from_secs(2),
        is_public: is_test,
        ..Manners::of("https://档案.gov.cn/")
    }
}

#[test]
fn each_answer_is_told_for_what_it_is() {
    let server = Server::start();
    let expected = [
        ("/there", ReachedAddress::There),
        ("/no-head", ReachedAddress::There),
        ("/head-lies", ReachedAddress::There),
        ("/endless", ReachedAddress::There),
        ("/for-now", ReachedAddress::There),
        ("/busy", ReachedAddress::There),
        ("/gone", ReachedAddress::Gone(410)),
        ("/missing", ReachedAddress::Gone(404)),
        ("/to-nothing", ReachedAddress::Gone(404)),
        ("/closed", ReachedAddress::Refused(403)),
        ("/fault", ReachedAddress::Troubled(500)),
        ("/old", ReachedAddress::Moved(server.at("/new?a=1"))),
        ("/older", ReachedAddress::Moved(server.at("/new?a=1"))),
        ("/old-then-for-now", ReachedAddress::Moved(server.at("/for-now"))),
        ("/home", ReachedAddress::Home(server.at("/"))),
        ("/round", ReachedAddress::Silent(NoAnswer::Circle)),
        ("/script", ReachedAddress::Silent(NoAnswer::Nonsense)),
        ("/file", ReachedAddress::Silent(NoAnswer::Nonsense)),
        ("/inside", ReachedAddress::Inner("127.0.0.2".into())),
        ("/cloud", ReachedAddress::Inner("169.254.169.254".into())),
    ];
    let paths: Vec<&str> = expected.iter().map(|(path, _)| *path).collect();
    let begun = Instant::now();
    let found = server.visited(&paths, &quick());
    for (path, reached) in &expected {
        assert_eq!(found.get(*path), Some(reached), "{path}");
    }
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
    let requests = server.requests();
    assert!(requests.iter().all(|request| request.path != "/secret"));
    assert!(requests.iter().all(|request| request.agent.starts_with("xiangwei/")), "{requests:?}");
    let of = |path: &str| -> Vec<String> {
        let of = requests.iter().filter(|request| request.path == path);
        of.map(|request| request.method.clone()).collect()
    };
    assert_eq!((of("/there"), of("/no-head")), (vec!["HEAD".into()], vec!["HEAD".into(), "GET".into()]));
}

#[test]
fn a_host_is_asked_one_thing_at_a_time_and_left_alone_when_it_says_so() {
    let server = Server::start();
    let manners = Manners { pause: Duration::from_millis(120), ..quick() };
    let paths: Vec<String> = (0..5).map(|at| format!("/page-{at}")).collect();
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    assert_eq!(server.visited(&paths, &manners).len(), 5);
    let requests = server.requests();
    for pair in requests.windows(2) {
        assert!(pair[1].at - pair[0].at >= manners.pause, "{requests:?}");
    }
    assert_eq!(server.most_at_once.load(Ordering::SeqCst), 1);
    // It wants to be asked another day, and is.
    let found = server.visited(&["/a", "/very-busy", "/z"], &quick());
    assert_eq!(found.into_keys().collect::<Vec<_>>(), ["/a"]);
    assert!(server.requests().iter().all(|request| request.path != "/z"));
    // No request is begun when the time is over.
    let manners = Manners { total: Duration::from_millis(300), ..manners };
    let found = server.visited(&["/1", "/2", "/3", "/4", "/5", "/6", "/7"], &manners);
    assert!((2..5).contains(&found.len()), "{found:?}");
}

#[test]
fn a_host_that_is_silent_is_given_up_soon() {
    let server = Server::start();
    let manners = Manners { patience: Duration::from_millis(700), ..quick() };
    let begun = Instant::now();
    let found = server.visited(&["/slow", "/slow?2", "/3", "/4"], &manners);
    assert_eq!(found["/slow"], ReachedAddress::Silent(NoAnswer::TimedOut));
    assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
    let found = server.visited(&["/hangs-up"], &quick());
    assert!(matches!(found["/hangs-up"], ReachedAddress::Silent(_)), "{found:?}");
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let addresses = [
        format!("http://127.0.0.1:{closed}/"),
        format!("https://127.0.0.1:{}/", server.port),
        "http://no-such-host.invalid/".to_owned(),
    ];
    let found = visit(&addresses, &quick(), &|| ());
    assert_eq!(found[&addresses[0]], ReachedAddress::Silent(NoAnswer::NoConnection));
    assert!(matches!(found[&addresses[1]], ReachedAddress::Silent(_)));
    assert_eq!(found[&addresses[2]], ReachedAddress::Silent(NoAnswer::NoHost));
}

#[test]
fn no_inner_network_is_spoken_to_by_any_name() {
    let server = Server::start();
    let port = server.port;
    let names = ["127.0.0.1", "localhost", "0x7f.1", "2130706433", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0"];
    let addresses: Vec<String> = names.iter().map(|name| format!("http://{name}:{port}/secret")).collect();
    let found =
        visit(&addresses, &Manners { pause: Duration::ZERO, ..Manners::of("https://a.gov.cn/") }, &|| ());
    for address in &addresses {
        assert!(matches!(found[address], ReachedAddress::Inner(_)), "{address}: {:?}", found[address]);
    }
    assert_eq!(server.requests().len(), 0);
}

/// A report that leads to these addresses.
fn report(addresses: &[String]) -> Project {
    let links: String = addresses.iter().map(|address| format!("\n见[原文]({address})。\n")).collect();
    let text = format!(
        "---\ntitle: 江门市人民政府2019年度法治政府建设情况报告\nissuer: 江门市人民政府\npublished: 2020-03-20\n---\n\n## 一、概况\n{links}"
    );
    let mut project = Project::in_world("");
    project.edit("content/jiangmen/2019.md", text);
    project
}

#[test]
fn a_check_asks_only_when_it_is_told_to_and_never_this_computer() {
    let server = Server::start();
    let folder = report(&[server.at("/missing#part"), server.at("/there")]).on_disk();
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xiangwei"));
        command.args(arguments).args(["--site", folder.path().as_str(), "--message-language", "en"]);
        let output = command.output().unwrap();
        String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap()
    };
    let plain = run(&["check", "--format", "short"]);
    assert!(!plain.contains("external/"), "{plain}");
    let asked = run(&["check", "--external", "--format", "short"]);
    let lines: Vec<&str> = asked.lines().filter(|line| line.contains("external/private")).collect();
    assert_eq!(lines.len(), 2, "{asked}");
    assert!(lines[0].contains("content/jiangmen/2019.md:9:2: warning"), "{asked}");
    assert!(asked.contains("addresses of other sites: 2"), "{asked}");
    let built = run(&["build", "--no-search"]);
    assert!(!built.contains("external/"), "{built}");
    assert_eq!(server.requests().len(), 0);
}

#[test]
fn what_was_answered_is_told_where_the_link_stands() {
    let mention = |address: &str| ExternalLink {
        path: "content/a/2019.md".into(),
        span: Span::new(3..9),
        address: address.to_owned(),
    };
    let answers = BTreeMap::from([
        ("there".to_owned(), ReachedAddress::There),
        ("gone".to_owned(), ReachedAddress::Gone(404)),
        ("moved".to_owned(), ReachedAddress::Moved("https://b.gov.cn/".into())),
        ("home".to_owned(), ReachedAddress::Home("https://b.gov.cn/".into())),
        ("inner".to_owned(), ReachedAddress::Inner("10.0.0.1".into())),
        ("closed".to_owned(), ReachedAddress::Refused(403)),
        ("silent".to_owned(), ReachedAddress::Silent(NoAnswer::TimedOut)),
    ]);
    // They are kept, and told in the same way.
    let answers = RememberedAnswers::read(Some(&RememberedAnswers::default().with(0, &answers))).at(0);
    let names = ["unknown", "there", "gone", "moved", "home", "closed", "silent", "gone"];
    let mentions: Vec<ExternalLink> = names.into_iter().map(mention).collect();
    let findings = link_findings(&mentions, &answers);
    let lines: Vec<String> = findings
        .iter()
        .map(|found| format!("{:?} {} {}", found.severity, found.code, found.message.get(Language::Chinese)))
        .collect();
    assert!(findings.iter().all(|found| found.span == Some(Span::new(3..9))));
    assert_eq!(findings.iter().filter(|found| found.severity == Severity::Warning).count(), 2);
    insta::assert_snapshot!(lines.join("\n"));
}

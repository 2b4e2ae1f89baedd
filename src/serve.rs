//! The preview: the site as it is now, one page at a time, while somebody edits it. A door:
//! it watches files and answers browsers.
//!
//! One thread owns the archive. While it waits for files to change, others answer requests
//! from the archive; when something has changed they stop, the archive is taken apart, the
//! changed files are read, and it is put together again. So nothing that is shown is shared
//! or can be stale, and a request that comes meanwhile waits for the newer archive.

mod bar;
mod desk;
mod ending;
mod finished;
mod front;
mod gate;
mod intake;
mod key;
mod order;
mod pen;
mod places;
mod press;
mod range;
mod shelf;
mod since;
mod sketch;
mod watch;

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, UdpSocket};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use camino::{Utf8Path, Utf8PathBuf};
use rayon::{ThreadPool, ThreadPoolBuilder};

pub use desk::Desk;
pub use front::ADDITIONS;
pub use press::{FindingManner, Reply, ShownSite};

use crate::ask::Ask;
use crate::build::Wishes;
use crate::diag::{self, Words};
use crate::disk::Failure;
use crate::exports;
use front::Front;
use key::DeskKey;
use order::{AnswerPrint, PageOrder};
use pen::Pen;
use places::{Choices, DocumentWhereabouts};
use shelf::SearchShelf;
use sketch::Sketch;
use watch::{Signal, WakeReason, Watch};

/// So many ports are tried when the first is taken.
const PORTS: u16 = 50;

/// So long nobody saves anything, and there is time for what takes longer.
const REST: Duration = Duration::from_millis(200);

/// What could not be read is tried again after so long, and each time after twice as long, since
/// nothing tells when files that a system could not open for want of room can be opened.
const RETRY: Duration = Duration::from_secs(1);
const LONGEST_RETRY: Duration = Duration::from_secs(60);

/// So long is waited for what is being saved when the preview ends.
const PARTING: Duration = Duration::from_secs(3);

/// What is wished of a preview.
#[derive(Debug)]
pub struct Preview {
    /// What is shown.
    pub wishes: Wishes,
    /// How mistakes are told.
    pub manner: FindingManner,
    /// The name or address of this machine that is listened on.
    pub host: String,
    /// The port that is tried first.
    pub port: u16,
    /// More names by which a browser may call this machine.
    pub names: Vec<String>,
    /// Whether documents can be edited by whoever has the printed link.
    pub is_desk: bool,
}

/// What the preview tells while it runs.
pub enum PreviewNews {
    /// It listens here; the second is whether another port was asked for.
    Listens(SocketAddr, bool),
    /// The site is read: so many documents, and the link of its home page.
    Ready(usize, String),
    /// What is wrong has changed: this is wrong now, or nothing.
    Wrong(Option<Words>),
}

impl Preview {
    /// Serves until the system asks the process to end.
    ///
    /// # Errors
    /// When the site's folder cannot be read or watched, or no port is free.
    pub fn run(self, tell: &dyn Fn(PreviewNews)) -> Result<(), Words> {
        let root = self.root()?;
        let (signals, changes) = channel();
        let own = signals.clone();
        // What changes while everything is read for the first time is read again.
        let watch = Watch::start(&root, signals.clone())?;
        let listener = listen(&self.host, self.port)?;
        let address = listener.local_addr().map_err(|error| unheard(&error))?;
        tell(PreviewNews::Listens(address, self.port != 0 && address.port() != self.port));
        let (orders, taken) = channel();
        let (number, news) = tokio::sync::watch::channel(0);
        let shelf = Arc::new(SearchShelf::default());
        let (sketches, asked) = channel();
        let key = self.is_desk.then(DeskKey::new).transpose()?;
        let fragment = key.as_ref().map(DeskKey::fragment).unwrap_or_default();
        let (to, signs) = (orders.clone(), signals.clone());
        let language = self.manner.language;
        let pen =
            key.map(|key| Pen { key, root: root.clone(), language, orders: to, sketches, signals: signs });
        let front = Front {
            is_desk: self.is_desk,
            root: root.clone(),
            hosts: self.hosts(),
            chinese: language == crate::diag::Language::Chinese,
            orders: orders.clone(),
            news,
            shelf: Arc::clone(&shelf),
        };
        let (going, gone) = tokio::sync::oneshot::channel();
        let server = thread::spawn(move || {
            // A server that has broken down ends the preview.
            let _ = answer(listener, front::router(front, pen.map(pen::router)), gone);
            drop(signals.send(Signal::End));
        });
        alone()?.spawn({
            let (shelf, orders, root) = (Arc::clone(&shelf), orders.clone(), root.clone());
            move || shelf.keep_up(&orders, &root)
        });
        let desk = Desk::open(&root, self.wishes.clone()).map_err(|failure| failure.words())?;
        // Until here there is nothing to be finished, and the system ends the program at once.
        ending::listen(own.clone()).map_err(|error| unheard(&error))?;
        let work = ThreadWork {
            watch,
            changes,
            signals: own,
            orders,
            taken: Mutex::new(taken),
            number,
            retry: RETRY,
            shelf,
            asked,
            fragment,
        };
        let done = work.go(desk, &self.manner, tell).map_err(|failure| failure.words());
        drop(going);
        // A server that broke down has nothing to be waited for.
        let _ = server.join();
        done
    }

    /// Where the site's folder stands.
    fn root(&self) -> Result<Utf8PathBuf, Words> {
        let root = self.manner.root.canonicalize_utf8();
        root.map_err(|error| Words::new(error.to_string(), error.to_string()))
    }

    /// The names under which browsers may ask for the site.
    fn hosts(&self) -> Vec<String> {
        self.names.iter().chain([&self.host]).cloned().collect()
    }
}

/// A thread for what would else be done on all of them, which stay free for edits and requests.
/// If it breaks down, it alone ends and not the preview, as with every thread here.
fn alone() -> Result<ThreadPool, Words> {
    ThreadPoolBuilder::new().num_threads(1).panic_handler(drop).build().map_err(|error| {
        Words::new(format!("无法启动线程：{error}"), format!("a thread cannot be started: {error}"))
    })
}

/// What the thread works with that owns the archive.
struct ThreadWork {
    watch: Watch,
    changes: Receiver<Signal>,
    signals: Sender<Signal>,
    orders: Sender<PageOrder>,
    taken: Mutex<Receiver<PageOrder>>,
    number: tokio::sync::watch::Sender<u64>,
    /// How long it takes until what could not be read is tried again.
    retry: Duration,
    shelf: Arc<SearchShelf>,
    /// What somebody wants to see without saving it.
    asked: Receiver<Sketch>,
    /// What the printed link ends with.
    fragment: String,
}

/// Why an archive is no longer shown.
enum ArchiveEnd {
    /// These files are others by now.
    Changed(BTreeSet<Utf8PathBuf>),
    /// Somebody wants to see a text that is not saved.
    Sketched,
    /// The preview ends.
    Over,
}

/// The archive that is shown, and its number.
#[derive(Clone, Copy)]
struct CurrentArchive<'a> {
    shown: &'a ShownSite<'a>,
    archive: u64,
}

impl ThreadWork {
    fn go(
        mut self,
        mut desk: Desk,
        manner: &FindingManner,
        tell: &dyn Fn(PreviewNews),
    ) -> Result<(), Failure> {
        let (mut archive, mut ready, mut told) = (1, 0, None);
        self.shelf.renew(archive);
        loop {
            let ended = desk.show(|shown| {
                if ready == 0 {
                    let link = format!("{}{}", shown.home(), self.fragment);
                    tell(PreviewNews::Ready(shown.site().archive.reports.len(), link));
                }
                if ready != archive {
                    self.number.send_modify(|number| *number += 1);
                }
                ready = archive;
                self.answer_until_ended(CurrentArchive { shown, archive }, manner, &mut |wrong| {
                    if wrong != told {
                        tell(PreviewNews::Wrong(wrong.clone()));
                        told = wrong;
                    }
                })
            });
            match ended {
                ArchiveEnd::Changed(paths) if desk.take_in(&paths)? => {
                    archive += 1;
                    self.shelf.renew(archive);
                    self.retry = RETRY;
                }
                ArchiveEnd::Changed(_) => self.retry = (self.retry * 2).min(LONGEST_RETRY),
                ArchiveEnd::Sketched => {}
                ArchiveEnd::Over => break,
            }
            while let Ok(sketch) = self.asked.try_recv() {
                sketch.answer(&mut desk, manner);
            }
        }
        self.shelf.end();
        Ok(())
    }

    /// Answers requests until files have changed or somebody wants to see another text. When it has
    /// been quiet for a while, the archive is looked at as a whole, and no further once something
    /// changes.
    fn answer_until_ended(
        &mut self,
        current: CurrentArchive<'_>,
        manner: &FindingManner,
        tell: &mut dyn FnMut(Option<Words>),
    ) -> ArchiveEnd {
        let Self { watch, changes, signals, orders, taken, number, retry, .. } = self;
        let (shown, retry) = (current.shown, *retry);
        let hands = thread::available_parallelism().map_or(2, |count| count.get().clamp(2, 8));
        let is_over = AtomicBool::new(false);
        let check = || {
            let checked =
                diag::guarded("site.yaml".into(), || shown.check(&|| !is_over.load(Ordering::Relaxed)));
            if checked.is_ok_and(|is_whole| is_whole) {
                // Whoever owns the archive outlives this thread, and listens.
                drop(signals.send(Signal::Checked));
            }
        };
        thread::scope(|scope| {
            for _ in 0..hands {
                scope.spawn(|| take_orders(taken, current, manner));
            }
            let unread = shown.unreadable();
            let retry = (!unread.is_empty()).then_some(retry);
            let (mut rest, mut has_rested) = (Some(REST), shown.is_checked());
            if has_rested {
                rest = retry;
            }
            let ended = loop {
                match watch.wait(changes, rest) {
                    WakeReason::Idle if has_rested => break ArchiveEnd::Changed(unread),
                    WakeReason::Idle => {
                        (rest, has_rested) = (retry, true);
                        scope.spawn(check);
                    }
                    // Word of an archive that is no longer shown may come late.
                    WakeReason::Checked if !shown.is_checked() => {}
                    WakeReason::Checked => {
                        number.send_modify(|number| *number += 1);
                        tell(shown.digest(manner.language));
                    }
                    WakeReason::Changed(paths) => break ArchiveEnd::Changed(paths),
                    WakeReason::Sketched => break ArchiveEnd::Sketched,
                    WakeReason::End => break ArchiveEnd::Over,
                }
            };
            is_over.store(true, Ordering::Relaxed);
            for _ in 0..hands {
                // The receiver is this very struct's.
                drop(orders.send(PageOrder::Stop));
            }
            ended
        })
    }
}

/// Answers one order after another until it is told to stop. A browser that went away in the
/// meantime is not missed.
fn take_orders(orders: &Mutex<Receiver<PageOrder>>, current: CurrentArchive<'_>, manner: &FindingManner) {
    loop {
        let order = orders.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let order = match order {
            Ok(PageOrder::Stop) | Err(_) => return,
            Ok(order) => order,
        };
        // Whoever waits for an answer that the program fails to give is told that there is none.
        drop(diag::guarded("site.yaml".into(), || take_order(order, current, manner)));
    }
}

fn take_order(order: PageOrder, current: CurrentArchive<'_>, manner: &FindingManner) {
    let CurrentArchive { shown, archive } = current;
    match order {
        PageOrder::Page(path, reply) => {
            let answer = shown.answer(&path);
            let digests = shown.digests(&answer);
            drop(reply.send(AnswerPrint { answer, digests }));
        }
        PageOrder::State(path, reply) => {
            let json = serde_json::to_string(&shown.state(&path, manner));
            drop(json.map(|json| reply.send(json)));
        }
        PageOrder::Bar(path, reply) => drop(reply.send(bar::bar_reply(shown, &path, manner))),
        PageOrder::Where(address, reply) => drop(reply.send(DocumentWhereabouts::of(shown, &address))),
        PageOrder::Import(task, reply) => drop(reply.send(intake::import(shown, &task, manner))),
        PageOrder::Blank(unwritten, reply) => drop(reply.send(intake::blank(shown, &unwritten))),
        PageOrder::Choices(reply) => drop(reply.send(Choices::of(shown, manner))),
        PageOrder::Leads(of, reply) => drop(reply.send((of == archive).then(|| shown.leads()))),
        PageOrder::Landmarks(of, reply) => {
            drop(reply.send((of == archive).then(|| shown.landmarks())));
        }
        PageOrder::Makings(of, at, reply) => {
            drop(reply.send((of == archive).then(|| Box::new(exports::makings(&Ask::of(shown.site()), at)))));
        }
        PageOrder::Findable(of, at, reply) => {
            drop(
                reply.send((of == archive).then(|| Box::new(exports::findable(&Ask::of(shown.site()), at)))),
            );
        }
        PageOrder::Stop => {}
    }
}

/// Listens on the first free port from `port` on.
fn listen(host: &str, port: u16) -> Result<TcpListener, Words> {
    let mut refused = None;
    for port in port..port.saturating_add(if port == 0 { 1 } else { PORTS }) {
        match TcpListener::bind((host, port)) {
            Ok(listener) => return Ok(listener),
            Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => refused = Some(error),
            Err(error) => return Err(unheard(&error)),
        }
    }
    Err(refused.map_or_else(|| Words::new("没有空闲端口", "no port is free"), |error| unheard(&error)))
}

fn unheard(error: &std::io::Error) -> Words {
    Words::new(format!("无法监听：{error}"), format!("it cannot be listened there: {error}"))
}

/// The server's own thread; pages are made by others. It ends when nobody is left who could say so
/// by `gone`, and lets be finished what is being written.
fn answer(
    listener: TcpListener,
    router: axum::Router,
    gone: tokio::sync::oneshot::Receiver<()>,
) -> std::io::Result<()> {
    listener.set_nonblocking(true)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let listener = {
        let _here = runtime.enter();
        tokio::net::TcpListener::from_std(listener)?
    };
    runtime.spawn(gate::open(listener, router));
    // It is told by there being nobody any more.
    let _ = runtime.block_on(gone);
    runtime.shutdown_timeout(PARTING);
    Ok(())
}

/// The addresses by which browsers reach what listens at `address`, this machine's own first: the
/// address itself, or where that stands for every one of the machine, those that it has. Nothing is sent:
/// the system is only asked by which way it would be.
#[must_use]
pub fn reachable(address: SocketAddr) -> Vec<SocketAddr> {
    let (own, here, there): (IpAddr, IpAddr, IpAddr) = match address.ip() {
        // The far ends are of blocks for documentation (RFC 5737, RFC 3849), where nobody is.
        IpAddr::V4(ip) if ip.is_unspecified() => {
            (Ipv4Addr::LOCALHOST.into(), ip.into(), Ipv4Addr::new(192, 0, 2, 1).into())
        }
        IpAddr::V6(ip) if ip.is_unspecified() => {
            (Ipv6Addr::LOCALHOST.into(), ip.into(), Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1).into())
        }
        _ => return vec![address],
    };
    let way = UdpSocket::bind((here, 0)).and_then(|socket| {
        socket.connect((there, 9))?;
        socket.local_addr()
    });
    let outer = way.ok().map(|way| way.ip()).filter(|ip| !ip.is_loopback() && !ip.is_unspecified());
    [Some(own), outer].into_iter().flatten().map(|ip| SocketAddr::new(ip, address.port())).collect()
}

/// Whether only this machine can reach what listens on `host`.
#[must_use]
pub fn is_loopback(host: &str) -> bool {
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Whether `name` can be what a browser calls a machine: a name alone, without scheme and port.
#[must_use]
pub fn is_host_name(name: &str) -> bool {
    !name.is_empty()
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_'))
}

/// The editors that a link can open, by name, and what the link is.
pub const EDITORS: [(&str, &str); 4] = [
    ("vscode", "vscode://file{path}:{line}:{column}"),
    ("vscodium", "vscodium://file{path}:{line}:{column}"),
    ("zed", "zed://file{path}:{line}:{column}"),
    ("idea", "idea://open?file={path}&line={line}&column={column}"),
];

/// The link that opens the editor of this name, or that is written out here.
#[must_use]
pub fn editor_link(editor: &str) -> &str {
    EDITORS.iter().find(|(name, _)| *name == editor).map_or(editor, |(_, link)| link)
}

/// Whether `editor` is one that is known, or a link with a place for the path.
#[must_use]
pub fn is_editor(editor: &str) -> bool {
    editor_link(editor).contains("{path}")
}

/// The folder that is watched, as a link to an editor needs it.
#[must_use]
pub fn absolute_folder(root: &Utf8Path) -> Utf8PathBuf {
    root.canonicalize_utf8().unwrap_or_else(|_| root.to_owned())
}

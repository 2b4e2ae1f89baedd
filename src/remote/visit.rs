//! Visits to other sites: whether the addresses are there that texts lead to. It is done only where somebody asks for
//! it, politely (one request at a time to a host, and a pause), within a bounded time, and never in a network that is
//! not public, whatever a text, a name or a redirect says.

mod caller;
mod net;
mod turns;

use std::collections::{BTreeMap, VecDeque};
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use url::Url;

use super::wire;
use crate::check::external::{NoAnswer, ReachedAddress};
pub(super) use caller::{Caller, UnreadFile};

/// How other sites are visited.
#[derive(Clone, Debug)]
pub struct Manners {
    /// Who asks, as servers are told.
    pub name: String,
    /// The pause between two requests to one host.
    pub pause: Duration,
    /// How long one request may take.
    pub patience: Duration,
    /// No longer is waited where a server wants to be left alone; else it is asked another day.
    pub longest_wait: Duration,
    /// After this no request is begun.
    pub total: Duration,
    /// Whether an address of the network is public. Others are not connected to.
    pub is_public: fn(IpAddr) -> bool,
    /// Whether no other host is asked than the one that was named, wherever that leads.
    pub stays: bool,
}

impl Manners {
    /// The usual manners of the site at the address `base`, of which servers are told whose links are checked.
    #[must_use]
    pub fn of(base: &str) -> Self {
        Self::saying("checks the links of", base)
    }

    /// The manners of a federated site at the address `base`, which reads the files of an office's site. These are small
    /// and many, and meant to be read.
    #[must_use]
    pub fn of_federation(base: &str) -> Self {
        Self { pause: Duration::from_millis(20), ..Self::saying("gathers archives for", base) }
    }

    fn saying(what: &str, base: &str) -> Self {
        let base: String = base.chars().filter(char::is_ascii_graphic).take(200).collect();
        Self {
            name: format!("xiangwei/{} ({what} {base})", env!("CARGO_PKG_VERSION")),
            pause: Duration::from_secs(1),
            patience: Duration::from_secs(20),
            longest_wait: Duration::from_secs(60),
            total: Duration::from_secs(600),
            is_public: net::is_public,
            stays: false,
        }
    }
}

/// Why a request has no answer.
#[derive(Clone, Copy, Debug)]
pub(super) enum VisitHindrance {
    /// There is no time for it, or the server wants to be left alone.
    Later,
    /// There was none.
    Silent(NoAnswer),
    /// The host is in a network that is not public.
    Inner,
}

/// So many hosts are asked at once.
const AT_ONCE: usize = 8;

/// What comes of asking for each address; `visited` is told whenever one is done with. Those for which there was no
/// time are not among the answers.
pub fn visit(
    addresses: &[String],
    manners: &Manners,
    visited: &(dyn Fn() + Sync),
) -> BTreeMap<String, ReachedAddress> {
    let caller = Caller::new(manners);
    let queue = Mutex::new(by_host(addresses));
    let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
    let found = Mutex::new(BTreeMap::new());
    let work = || {
        while let Some(of_host) = next() {
            for address in of_host {
                if let Some(reached) = caller.ask(address) {
                    found.lock().unwrap_or_else(PoisonError::into_inner).insert(address.clone(), reached);
                }
                visited();
            }
        }
    };
    thread::scope(|scope| (0..AT_ONCE).for_each(|_| drop(scope.spawn(work))));
    found.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// The addresses of each host together, those of which there are most first: their host takes longest.
fn by_host(addresses: &[String]) -> VecDeque<Vec<&String>> {
    let mut hosts: BTreeMap<Option<String>, Vec<&String>> = BTreeMap::new();
    for address in addresses {
        let host = Url::parse(address).ok().and_then(|url| url.host_str().map(str::to_owned));
        hosts.entry(host).or_default().push(address);
    }
    let mut hosts: Vec<Vec<&String>> = hosts.into_values().collect();
    hosts.sort_by_key(|addresses| std::cmp::Reverse(addresses.len()));
    hosts.into()
}

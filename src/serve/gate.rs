//! Who is let in at a time, and for how long one may say nothing: connections that somebody opens
//! and forgets would else stay, and take the files that a system gives to one process.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

/// So many connections at a time; others wait at the door. A system gives a process about a
/// thousand files, and pages need some.
const MOST: usize = 400;

/// A browser sends the head of a request at once. Between two requests it may be quiet for as long,
/// and opens another connection when it needs one.
const SILENCE: Duration = Duration::from_secs(5);

/// When the system has no room for a connection, so long until it is asked again.
const PAUSE: Duration = Duration::from_millis(200);

/// Answers by `router` whoever comes to `listener`, for ever.
pub(super) async fn open(listener: TcpListener, router: Router) {
    let room = Arc::new(Semaphore::new(MOST));
    loop {
        let Ok(place) = Arc::clone(&room).acquire_owned().await else { return };
        let Ok((stream, _)) = listener.accept().await else {
            tokio::time::sleep(PAUSE).await;
            continue;
        };
        let router = router.clone();
        tokio::spawn(async move {
            attend(stream, router).await;
            drop(place);
        });
    }
}

/// Answers the requests of one connection until it ends or falls silent.
async fn attend(stream: TcpStream, router: Router) {
    // A file's head and body are sent one after the other; neither waits for word of the other.
    let _ = stream.set_nodelay(true);
    let mut server = http1::Builder::new();
    server.timer(TokioTimer::new()).header_read_timeout(SILENCE);
    // Whoever breaks off or falls silent is not missed.
    let _ = server.serve_connection(TokioIo::new(stream), TowerToHyperService::new(router)).await;
}

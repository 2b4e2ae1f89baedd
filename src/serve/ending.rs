//! Being told to end: Ctrl+C, `kill`, and a terminal that is closed. The preview then lets what is
//! being saved be saved, and ends as a command that has done its work.

use std::sync::mpsc::Sender;

use super::watch::Signal;

/// Sends word when the system asks the program to end. Who asks twice does not want to wait.
#[cfg(unix)]
pub(super) fn listen(signals: Sender<Signal>) -> std::io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::{iterator::Signals, low_level};

    let ignored = ignored();
    let heard = [SIGHUP, SIGINT, SIGTERM].into_iter().filter(|signal| ignored >> (signal - 1) & 1 == 0);
    let mut asked = Signals::new(heard)?;
    std::thread::spawn(move || {
        let mut has_asked = false;
        for signal in asked.forever() {
            if has_asked || signals.send(Signal::End).is_err() {
                // There is nothing to be done where even this fails.
                let _ = low_level::emulate_default_handler(signal);
            }
            has_asked = true;
        }
    });
    Ok(())
}

/// Elsewhere the system ends the program, whose files without names it takes away.
#[cfg(not(unix))]
pub(super) fn listen(_: Sender<Signal>) -> std::io::Result<()> {
    Ok(())
}

/// The signals that whoever started the program wants it not to hear, as `nohup` does, a bit each;
/// none where the system does not tell.
#[cfg(unix)]
#[allow(clippy::disallowed_methods, reason = "it is a question to the system, and no file of the site")]
fn ignored() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0)
}

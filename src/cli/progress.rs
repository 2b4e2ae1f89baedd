//! Progress of work that takes longer than a moment: on a terminal, and nowhere else.

use std::io::IsTerminal;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::Voice;

/// A bar for `length` steps of the work called `zh` or `en`.
pub(super) fn bar(voice: &Voice, length: usize, what: (&str, &str)) -> ProgressBar {
    drawn(voice, Some(length as u64), ("{msg} {bar:30} {pos}/{len}", what))
}

/// The seconds that pass with the work called `zh` or `en`, of which nobody knows how long it
/// takes.
pub(super) fn clock(voice: &Voice, what: (&str, &str)) -> ProgressBar {
    drawn(voice, None, ("{spinner} {msg} {elapsed}", what))
}

fn drawn(voice: &Voice, length: Option<u64>, look: (&str, (&str, &str))) -> ProgressBar {
    let (template, what) = look;
    let shown = !voice.quiet && std::io::stderr().is_terminal();
    let target = if shown { ProgressDrawTarget::stderr_with_hz(10) } else { ProgressDrawTarget::hidden() };
    let bar = ProgressBar::with_draw_target(length, target);
    let style = ProgressStyle::with_template(template);
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar.set_message(voice.pick(what.0, what.1).to_owned());
    if shown {
        bar.enable_steady_tick(Duration::from_millis(100));
    }
    bar
}

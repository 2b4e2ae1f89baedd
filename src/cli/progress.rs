//! Progress of work that takes longer than a moment: on a terminal, and nowhere else.

use std::io::IsTerminal;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::Speech;
use crate::diag::Words;

/// A bar for `length` steps of the work that is called so.
pub(super) fn bar(voice: &Speech, length: usize, work: &Words) -> ProgressBar {
    progress_bar(voice, Some(length as u64), "{msg} {bar:30} {pos}/{len}", work)
}

/// The seconds that pass with the work that is called so, of which nobody knows how long it takes.
pub(super) fn clock(voice: &Speech, work: &Words) -> ProgressBar {
    progress_bar(voice, None, "{spinner} {msg} {elapsed}", work)
}

fn progress_bar(voice: &Speech, length: Option<u64>, template: &str, work: &Words) -> ProgressBar {
    let shown = !voice.quiet && std::io::stderr().is_terminal();
    let target = if shown { ProgressDrawTarget::stderr_with_hz(10) } else { ProgressDrawTarget::hidden() };
    let bar = ProgressBar::with_draw_target(length, target);
    let style = ProgressStyle::with_template(template);
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar.set_message(work.get(voice.language).to_owned());
    if shown {
        bar.enable_steady_tick(Duration::from_millis(100));
    }
    bar
}

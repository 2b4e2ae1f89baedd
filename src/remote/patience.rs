//! Trying again. What may be over in a moment is tried a few times, each time after twice as long a pause, of
//! which chance takes a part away: many publishers that were refused at once do not come back at once.

use std::thread;
use std::time::Duration;

use super::TargetTrouble;

/// How often something is tried, and how one waits in between.
pub struct Patience<'a> {
    /// How many times a thing is tried.
    pub tries: u32,
    /// How long a server may say nothing.
    pub silence: Duration,
    /// Waits so long.
    pub pause: &'a (dyn Fn(Duration) + Sync),
}

/// The first pause, and the longest.
const FIRST: Duration = Duration::from_millis(250);
const LONGEST: Duration = Duration::from_secs(20);

impl Default for Patience<'_> {
    fn default() -> Self {
        Self { tries: 7, silence: Duration::from_secs(60), pause: &thread::sleep }
    }
}

impl Patience<'_> {
    /// What `deed` gives, tried again while its trouble may pass.
    pub(super) fn with<T>(
        &self,
        mut deed: impl FnMut() -> Result<T, TargetTrouble>,
    ) -> Result<T, TargetTrouble> {
        let mut tried = 1;
        loop {
            match deed() {
                Err(trouble) if trouble.is_passing && tried < self.tries => {
                    (self.pause)(pause(tried, chance()))
                }
                done => return done,
            }
            tried += 1;
        }
    }
}

/// How long to wait after so many tries: half of the time at least, and the rest by `chance` of 256.
fn pause(tried: u32, chance: u8) -> Duration {
    let whole = FIRST.saturating_mul(1 << (tried - 1).min(16)).min(LONGEST);
    whole / 2 + whole * u32::from(chance) / 512
}

fn chance() -> u8 {
    let mut byte = [128];
    // Without chance the pause is as good.
    let _ = getrandom::fill(&mut byte);
    byte[0]
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::sync::Mutex;

    use super::*;

    #[test]
    fn what_passes_is_tried_again_ever_later() {
        let pauses = Mutex::new(Vec::new());
        let pause = |time: Duration| pauses.lock().unwrap().push(time);
        let patience = Patience { tries: 4, pause: &pause, ..Patience::default() };
        let tries = Cell::new(0);
        let failing = |is_passing| {
            tries.set(tries.get() + 1);
            Err::<(), _>(TargetTrouble { is_passing, ..TargetTrouble::new("", "") })
        };
        assert!(patience.with(|| failing(true)).is_err());
        assert_eq!(tries.replace(0), 4);
        assert!(patience.with(|| failing(false)).is_err());
        assert_eq!(tries.get(), 1);
        let pauses = pauses.lock().unwrap();
        assert_eq!(pauses.len(), 3);
        for (at, time) in pauses.iter().enumerate() {
            let whole = FIRST * (1 << at);
            assert!(*time >= whole / 2 && *time <= whole, "{time:?} after {at}");
        }
    }

    #[test]
    fn no_pause_is_longer_than_the_longest() {
        assert!(pause(60, 255) <= LONGEST && pause(60, 0) >= LONGEST / 2);
    }
}

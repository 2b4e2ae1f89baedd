//! A planned site against the record of what was published: what the next publication adds to the
//! record ([`append`]), and what changed without a word. Nothing here reads a clock or writes a file.

mod append;
mod changes;
mod state;

pub use append::{Appendix, append};
pub use changes::changes;

#[cfg(test)]
mod tests;

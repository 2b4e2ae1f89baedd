//! Arithmetic that a text states itself: parts and their whole, shares and rates, growth from a base. What is
//! found is that a figure cannot be worked out from the others that its sentence names, never which is wrong.
//! Roundings are respected, bounds (近, 余, 不少于) and 约 too, and 其中 does not claim to be complete.

mod counts;
mod finding;
mod growth;
mod judge;
mod parts;
mod rates;

pub(super) use growth::steps;
pub use growth::{ChangeUnit, YearlyChange};
pub(super) use judge::judge;

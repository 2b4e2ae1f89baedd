//! The tables that the law prescribes for reports on disclosure (政府信息公开工作年度报告), whether their
//! figures agree, and what goes from one year into the next.

mod carried;
mod judge;
mod tables;
#[cfg(test)]
mod tests;

pub use carried::CarriedRequests;
pub(super) use judge::judge;
pub(super) use tables::StatuteTables;

//! **xiangwei** turns governments' yearly rule-of-law reports, one Markdown file per place and
//! year, into a searchable static disclosure site.
//!
//! # One idea
//!
//! A page is a pure function of the archive and its address. [`pages::view`] says what a page
//! shows, [`render::render`] says how it looks; `build` maps every address onto disk. A view
//! learns about the archive by asking ([`ask::Ask`]) and in no other way.
//!
//! # The way of the data
//!
//! ```text
//!        content/  themes/                                                       public/
//!           │         │                                                             ▲
//!  doors  disk::read  │                                                         disk::Output
//!           ▼         ▼                                                             ▲
//!        Sources    Theme ───────────────────────────────────┐                      │
//!           │                                                │                      │
//!           ▼                                                ▼                      │
//!        Report ──► Archive ──► Outline ──► Ask ──► View ──► page ──► search ──► Manifest
//!           │          │          │
//!           └──────────┴──────────┴───► Diagnostic ──► draw
//! ```
//!
//! Stages are types, and each is made from the one before. Every module uses only modules
//! that stand above it in the list below; `tests/architecture.rs` holds that order.
//!
//! # Invariants
//!
//! - Nothing but [`disk`], [`remote`], [`serve`] and [`cli`] reads a file, the clock or the environment.
//! - A template reads nothing but its view.
//! - The same sources give the same bytes, whatever the order of files or number of threads.
//! - Memory grows with the sources and not with the site: a page is drawn, staged, forgotten.
//! - An address is a function of the file's path, and permanent.
//! - Broken input is a value, [`diag::Diagnosed`]; only doors return `Result`.
//! - A build with an error writes nothing, and a file that the program did not write is never
//!   deleted or overwritten.

pub mod listing;

pub mod source;

mod scan;

pub mod personal;

pub mod diag;

mod encoding;

mod zipped;

pub mod attached;

pub mod interface;

pub mod route;

pub mod seal;

pub mod tlog;

mod han;

pub mod compare;

pub mod beside;

mod yaml;

mod statute;

pub mod config;

pub mod report;

pub mod page;

pub mod schema;

pub mod publications;

pub mod offices;

pub mod archive;

pub mod coverage;

pub mod ancestry;

pub mod outline;

pub mod history;

pub mod view;

mod words;

pub mod ask;

pub mod pages;

pub mod exports;

pub mod site;

pub mod proof;

pub mod federation;

pub mod bundle;

pub mod deliver;

pub mod theme;

pub mod render;

pub mod search;

pub mod check;

pub mod parts;

pub mod start;

pub mod import;

pub mod form;

pub mod build;

pub mod disk;

pub mod remote;

pub mod serve;

pub mod cli;

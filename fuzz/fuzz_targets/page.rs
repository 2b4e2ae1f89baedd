//! Saved pages and what is put into the clipboard: whatever they hold, they are read or refused.

#![no_main]

use libfuzzer_sys::fuzz_target;
use xiangwei::config::{Config, Registry};
use xiangwei::import::{FileToImport, WantedDocument, import};
use xiangwei::route::Year;

fuzz_target!(|text: &str| {
    let page = format!("<html><body>{text}</body></html>");
    let (config, registry) = (Config::default(), Registry::default());
    let Some(year) = Year::parse("2020") else { return };
    let wanted = WantedDocument::new("jiangmen", year, &config, &registry);
    let _ = import(&FileToImport { name: "page.html", bytes: page.as_bytes() }, &wanted);
});

//! Front matter and settings: whatever the text is, reading it ends, without a panic, and
//! every complaint is about words that are there.

#![no_main]

use libfuzzer_sys::fuzz_target;
use xiangwei::archive;
use xiangwei::config::{Config, Registry};
use xiangwei::diag::Diagnostic;
use xiangwei::source::Source;

/// Where a text can lie, and so which reader it comes to.
const PATHS: [&str; 4] = [
    "content/jiangmen/2019.md",
    "content/jiangmen/2019/work-plan.md",
    "content/jiangmen/_index.md",
    "content/guide.md",
];

fuzz_target!(|text: &str| {
    let settings = (&Config::default(), &Registry::default());
    for path in PATHS {
        let source = Source::new(path, format!("---\n{text}\n---\n"));
        verify(&source, &archive::read(&source, settings).diagnostics);
    }
    let source = Source::new("site.yaml", text);
    verify(&source, &Config::parse(&source).diagnostics);
    let source = Source::new("indicators.yaml", text);
    verify(&source, &Registry::parse(&source).diagnostics);
});

fn verify(source: &Source, diagnostics: &[Diagnostic]) {
    for span in diagnostics.iter().filter_map(|diagnostic| diagnostic.span) {
        assert!(source.text().get(span.range()).is_some(), "{span:?} is not in the text");
    }
}

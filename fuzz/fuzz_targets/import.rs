//! Texts to import: whatever the bytes are, reading them ends, without a panic; every character goes somewhere
//! and comes back; what was imported is mended already.

#![no_main]

use std::collections::BTreeSet;

use libfuzzer_sys::fuzz_target;
use xiangwei::config::{Config, Registry};
use xiangwei::import::{FileToImport, WantedDocument, import, mend};
use xiangwei::route::Year;

fuzz_target!(|bytes: &[u8]| {
    let (config, registry) = (Config::default(), Registry::default());
    let wanted = WantedDocument::new("jia", Year::parse("2020").expect("a year"), &config, &registry);
    let Ok(imported) = import(&FileToImport { name: "a.txt", bytes }, &wanted) else { return };
    assert!(imported.log.adds_up());
    let start = imported.text.find("\n---\n").expect("front matter ends") + 5;
    let source = imported.log.undo(&imported.text[start..]).expect("the way back");
    if imported.log.source.encoding.as_deref() == Some("UTF-8") {
        assert_eq!(imported.log.file(&source).as_deref(), Some(bytes));
    }
    let again = mend(&FileToImport { name: "a.md", bytes: imported.text.as_bytes() }, &BTreeSet::new()).expect("a text");
    assert_eq!(again.text, imported.text);
});

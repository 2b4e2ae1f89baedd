//! Two years of a report, parted by a line `=====`: whatever they are, both are read, compared,
//! and every page that is made of them is made, without a panic.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use xiangwei::build::{self, Wishes};
use xiangwei::config::Config;
use xiangwei::ask::Planned;
use xiangwei::source::{Source, Sources};
use xiangwei::theme::Theme;

const SETTINGS: &str = "title: 档案\nbase_url: https://www.example.org/\n";

const REGISTRY: &str = "closed: { name: 办结案件, unit: 件, kind: flow }\n\
    rate: { name: 纠错率, unit: \"%\", kind: ratio }\n\
    place: { name: 位次, unit: 名, kind: rank }\n";

const PLACE: &str = "---\nname: 江门市\nlevel: prefecture\n---\n";

static THEME: LazyLock<Theme> = LazyLock::new(|| {
    Theme::load(&Sources::default(), &Config::default()).value.expect("the theme in the program is whole")
});

fuzz_target!(|text: &str| {
    let (before, after) = text.split_once("\n=====\n").unwrap_or((text, text));
    let files = [
        ("site.yaml", SETTINGS),
        ("indicators.yaml", REGISTRY),
        ("content/jiangmen/_index.md", PLACE),
        ("content/jiangmen/2019.md", before),
        ("content/jiangmen/2020.md", after),
    ];
    let texts = files.map(|(path, text)| Source::new(path, text)).into();
    let (archive, _) = build::prepare(Sources::new(texts, Vec::new()), &Wishes::default()).value;
    let outline = xiangwei::outline::outline(&archive, false).value;
    let planned = Planned::new(&archive, &outline);
    for page in outline.routes() {
        if let Err(complaint) = build::draw(&planned, &THEME, page) {
            panic!("{}: {}", page.0, complaint.message.en);
        }
    }
});

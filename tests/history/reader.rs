//! Somebody who remembers every address and every section that was ever published, and asks for all of
//! them again.

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};

use crate::life::Life;
use crate::support::{Site, unpacked};

/// What was ever there.
#[derive(Default)]
pub(crate) struct Reader {
    /// Every file, but for those that pages are made with.
    files: BTreeSet<Utf8PathBuf>,
    /// The anchors of sections and figures by the page on which they were.
    anchors: BTreeMap<Utf8PathBuf, BTreeSet<String>>,
}

impl Reader {
    /// How many addresses are known.
    pub(crate) fn known(&self) -> usize {
        self.files.len()
    }

    /// Asks for everything again, and takes in what is new.
    pub(crate) fn visit(&mut self, life: &Life) {
        let site = life.site();
        for path in &self.files {
            let is_there =
                site.contains_key(path) || has_grown(site, path) || goes_with_a_withdrawn_text(site, path);
            assert!(is_there, "{path} was published and is gone");
        }
        for (path, anchors) in &self.anchors {
            let page = followed(site, path);
            let now = self::anchors(&page);
            for anchor in anchors.iter().filter(|_| !is_tombstone(&page)) {
                assert!(now.contains(anchor), "{path}#{anchor} leads nowhere");
            }
        }
        self.search(site, life);
        let is_lasting = |path: &&Utf8PathBuf| !path.starts_with("assets") && !path.starts_with("pagefind");
        self.files.extend(site.keys().filter(is_lasting).cloned());
        for (path, bytes) in site.iter().filter(|(path, _)| is_document(path)) {
            self.anchors
                .entry(path.clone())
                .or_default()
                .extend(anchors(std::str::from_utf8(bytes).unwrap()));
        }
    }

    /// Nothing that is withdrawn is found, neither on the site nor, where it must not be kept, in the
    /// record.
    fn search(&self, site: &Site, life: &Life) {
        let (hidden, erased) = life.secrets();
        for (path, bytes) in site {
            let text = match path.extension() {
                Some("gz") => unpacked(bytes),
                _ => String::from_utf8_lossy(bytes).into_owned(),
            };
            let told = hidden.iter().find(|word| text.contains(**word));
            assert_eq!(told, None, "{path} has what is withdrawn");
        }
        for (path, bytes) in life.project.files().iter().filter(|(path, _)| path.starts_with("publications/"))
        {
            let text = std::str::from_utf8(bytes).unwrap();
            let kept = erased.iter().find(|word| text.contains(**word));
            assert_eq!(kept, None, "{path} has what must not be kept");
        }
    }
}

/// Whether a page is that of a document or leads to one, and not one of its versions or a list.
fn is_document(path: &Utf8Path) -> bool {
    let parts: Vec<&str> = path.as_str().split('/').collect();
    let is_year = |part: &str| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_place = |part: &str| part[1..].bytes().all(|byte| byte.is_ascii_digit());
    matches!(parts[..], [place, year, "index.html"] | [place, year, _, "index.html"] if is_place(place) && is_year(year))
}

fn anchors(page: &str) -> BTreeSet<String> {
    let ids = page.split(" id=").skip(1).map(|rest| rest.trim_start_matches('"'));
    let ids = ids.filter_map(|rest| rest.split(['"', '>', ' ']).next());
    let is_lasting = |id: &&str| id.starts_with("sec-") || id.starts_with("fig-") || id.contains("记");
    ids.filter(is_lasting).map(str::to_owned).collect()
}

/// The page that a reader comes to who asks for the one at `path`.
fn followed(site: &Site, path: &Utf8Path) -> String {
    let mut path = path.to_owned();
    for _ in 0..3 {
        let page = String::from_utf8(site[&path].clone()).unwrap();
        let Some(rest) = page.split("http-equiv=refresh content=\"0; url=/").nth(1) else {
            return page;
        };
        let to = rest.split('"').next().unwrap();
        path = Utf8PathBuf::from(format!("{to}index.html"));
        assert!(site.contains_key(&path), "{path} is led to, and is not there");
    }
    panic!("{path} leads on and on");
}

fn is_tombstone(page: &str) -> bool {
    page.contains("本文件已撤回")
}

/// Whether a file was the first part of a tile of the log that is full now, in which clients then look for it (C2SP
/// tlog-tiles, “Partial Tiles”).
fn has_grown(site: &Site, path: &Utf8Path) -> bool {
    let whole = path.as_str().strip_prefix("log/").and_then(|below| below.split_once(".p/"));
    whole.is_some_and(|(whole, _)| site.contains_key(Utf8Path::new(&format!("log/{whole}"))))
}

/// Whether a file belongs to a text that was withdrawn, so that it is meant to be gone: its source, what
/// stands beside it, and figures of a place that has no others.
fn goes_with_a_withdrawn_text(site: &Site, path: &Utf8Path) -> bool {
    let page = path.with_file_name("index.html");
    let is_data = path.starts_with("data") || path.as_str().ends_with("texts.json.gz");
    is_data
        || path.file_name() != Some("index.html")
            && site.contains_key(&page)
            && is_tombstone(&followed(site, &page))
}

//! What a publication adds to the record, and that nothing is added twice.

use camino::Utf8PathBuf;

use super::*;
use crate::build::{Wishes, prepare};
use crate::outline::outline;
use crate::publications::Stamp;
use crate::source::{Source, Sources};

/// A site's files, published step by step.
#[derive(Default)]
struct Site {
    files: std::collections::BTreeMap<Utf8PathBuf, String>,
    day: u32,
}

impl Site {
    fn new() -> Self {
        let mut site = Self::default();
        site.write("site.yaml", "title: 站\nbase_url: https://www.example.org/\n");
        site.write("content/jm/_index.md", "---\nname: 江门市\nlevel: prefecture\n---\n");
        site
    }

    fn write(&mut self, path: &str, text: &str) -> &mut Self {
        self.files.insert(path.into(), text.to_owned());
        self
    }

    fn report(&mut self, path: &str, matter: &str, text: &str) -> &mut Self {
        self.write(
            path,
            &format!("---\ntitle: 报告\nissuer: 江门市\npublished: 2020-03-20\n{matter}---\n{text}\n"),
        )
    }

    /// Publishes, and says what was added: event, address and where it moved from.
    fn publish(&mut self) -> Vec<String> {
        self.day += 1;
        let texts = self.files.iter().map(|(path, text)| Source::new(path, text.as_str())).collect();
        let read = prepare(Sources::new(texts, vec![]), &Wishes::default());
        assert!(read.diagnostics.iter().all(|found| !found.is_error()), "{:?}", read.diagnostics);
        let (archive, _) = read.value;
        let outline = outline(&archive, false).value;
        let when = Stamp::parse(&format!("2026-01-{:02}T09:00:00+08:00", self.day)).expect("a moment");
        let Appendix { entries, files, erased, rewritten } = append((&archive, &outline), when);
        for (path, text) in files {
            assert_eq!(self.files.insert(path, text), None, "a file of the record is made once");
        }
        self.files.extend(rewritten);
        for path in erased {
            self.files.remove(&path);
        }
        let told = |entry: &crate::publications::PublicationEntry| {
            let from = entry.from.as_ref().map(|from| format!(" from {from}")).unwrap_or_default();
            format!("{} {}{from}", entry.event.name(), entry.address)
        };
        entries.iter().map(told).collect()
    }
}

#[test]
fn what_happens_to_a_document_is_entered_once() {
    let mut site = Site::new();
    site.report("content/jm/2019.md", "", "一、办结案件7件。");
    assert_eq!(site.publish(), ["published /jm/2019/"]);
    assert!(site.publish().is_empty(), "an unchanged site adds nothing");
    site.report("content/jm/2019.md", "keywords: [复议]\n", "一、办结案件7件。");
    assert_eq!(site.publish(), ["described /jm/2019/"]);
    site.report(
        "content/jm/2019.md",
        "corrections: [{ date: 2020-05-06, note: 更正 }]\n",
        "一、办结案件8件。",
    );
    assert_eq!(site.publish(), ["corrected /jm/2019/"]);
    let text = site.files.remove(&Utf8PathBuf::from("content/jm/2019.md")).expect("it is there");
    site.files.remove(&Utf8PathBuf::from("content/jm/_index.md"));
    site.write("content/jh/_index.md", "---\nname: 江海市\nlevel: prefecture\naliases: [/jm/]\n---\n");
    site.write("content/jh/2019.md", &text);
    assert_eq!(site.publish(), ["moved /jh/2019/ from /jm/2019/"]);
    let withdrawal = "status: withdrawn\nwithdrawal: { date: 2026-01-06, reason: personal-data }\n";
    site.report("content/jh/2019.md", withdrawal, "");
    let texts = |site: &Site| site.files.keys().filter(|path| path.as_str().contains("/texts/")).count();
    assert_eq!(texts(&site), 3);
    assert_eq!(site.publish(), ["withdrawn /jh/2019/", "erased /jh/2019/"]);
    assert_eq!(texts(&site), 0, "no text is kept");
    assert!(site.publish().is_empty());
    site.report("content/jh/2019.md", "", "一、办结案件8件。");
    assert_eq!(site.publish(), ["restored /jh/2019/"]);
    site.files.remove(&Utf8PathBuf::from("content/jh/2019.md"));
    site.report("content/jh/2020.md", "", "一、办结案件9件。");
    assert_eq!(site.publish(), ["published /jh/2020/", "removed /jh/2019/"]);
    assert!(site.publish().is_empty());
}

//! Every file of the planned site can be put where it belongs, on the disks of others too: what
//! the door to the disk would refuse at the end is refused here, with its place.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization;

use crate::ask::Planned;
use crate::diag::{Diagnostic, Words};
use crate::outline::{Subject, origin};
use crate::route::Route;
use crate::site;

/// An address of the site, and what is there.
#[derive(Clone, Copy)]
struct PlannedAddress<'a> {
    route: &'a Route,
    subject: &'a Subject,
}

/// A complaint about every file that cannot be where it is planned, or not everywhere.
pub(super) fn check(site: &Planned<'_>) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = Vec::new();
    let mut first: BTreeMap<String, PlannedAddress<'_>> = BTreeMap::new();
    let mut folders: BTreeSet<String> = BTreeSet::new();
    for (route, subject) in site.outline.routes() {
        let address = PlannedAddress { route, subject };
        let path = route.output();
        found.extend(unfit(site, address, path.as_str()));
        let key = folded(path.as_str());
        match first.get(&key) {
            Some(other) => found.push(twins(site, address, *other)),
            None => {
                folders.extend(key.rmatch_indices('/').map(|(at, _)| key[..at].to_owned()));
                first.insert(key, address);
            }
        }
    }
    let is_plain = |(key, address): &(&String, &PlannedAddress<'_>)| {
        **key == address.route.as_str()[1..] || address.route.is_page()
    };
    let both = first.iter().filter(|(key, _)| folders.contains(*key)).filter(|both| !is_plain(both));
    found.extend(both.map(|(_, address)| in_the_way(site, *address)));
    found
}

/// The path as a disk sees it that tells neither capitals nor how marks are composed.
fn folded(path: &str) -> String {
    match path.is_ascii() {
        true => path.to_ascii_lowercase(),
        false => path.nfc().flat_map(char::to_lowercase).nfc().collect(),
    }
}

/// A complaint at the place where an address comes from.
fn complaint_at(
    site: &Planned<'_>,
    address: PlannedAddress<'_>,
    code: &'static str,
    words: Words,
) -> Diagnostic {
    let PlannedAddress { route, subject } = address;
    let path = origin(site.archive, subject);
    let Subject::Redirect(to) = subject else {
        return Diagnostic::of(code, path, words);
    };
    let archive = site.archive;
    let of_place = || archive.places.get(to.first()).map(|place| &place.aliases[..]);
    let aliases =
        archive.at(to).map(|report| &report.matter.aliases[..]).or_else(of_place).unwrap_or_default();
    let complaint = Diagnostic::error("route/alias", path, words);
    match aliases.iter().find(|alias| alias.value == *route) {
        Some(alias) => complaint.at(alias.span),
        None => complaint,
    }
}

fn unfit(site: &Planned<'_>, address: PlannedAddress<'_>, path: &str) -> Option<Diagnostic> {
    if let Some(why) = site::unfit(path) {
        let words = Words::new(
            format!("这个地址放不下：{}", why.zh),
            format!("nothing can be put at this address: {}", why.en),
        );
        let complaint = complaint_at(site, address, "file/name", words);
        return Some(complaint.help("改短或改名", "shorten it or give it another name"));
    }
    let name = path.split('/').find(|name| is_strange_to_windows(name))?;
    let words = Words::new(
        format!("Windows 上不能有叫 `{name}` 的文件"),
        format!("no file can be called `{name}` on Windows"),
    );
    let complaint = complaint_at(site, address, "file/portable", words);
    let complaint =
        Diagnostic { code: "file/portable", severity: crate::diag::Severity::Warning, ..complaint };
    Some(complaint.help("换一个名称", "give it another name"))
}

/// Whether Windows has no file of this name: a device's, one that ends in a dot or a space, or one
/// with a sign that stands for something else in a command
/// (<https://learn.microsoft.com/windows/win32/fileio/naming-a-file>).
fn is_strange_to_windows(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_ascii_lowercase();
    let numbered = ["com", "lpt"].iter().any(|device| {
        stem.strip_prefix(device)
            .is_some_and(|number| matches!(number, "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9"))
    });
    numbered
        || matches!(&*stem, "con" | "prn" | "aux" | "nul")
        || name.ends_with(['.', ' '])
        || name.contains(['<', '>', ':', '"', '|', '?', '*'])
}

/// A complaint about two files that are one on many disks. It is told where an author chose the
/// name rather than the site.
fn twins(site: &Planned<'_>, one: PlannedAddress<'_>, other: PlannedAddress<'_>) -> Diagnostic {
    let is_chosen = |subject: &Subject| matches!(subject, Subject::Copy(_) | Subject::Redirect(_));
    let (chosen, other) = if is_chosen(one.subject) { (one, other) } else { (other, one) };
    let words = Words::new(
        format!("{} 与 {} 只差大小写或字符的合成方式，在许多磁盘上是同一个文件", chosen.route, other.route),
        format!(
            "{} and {} differ in capitals or composed marks alone, and are one file on many disks",
            chosen.route, other.route
        ),
    );
    complaint_at(site, chosen, "route/duplicate", words)
        .help("改名或移走其中一个", "rename or move one of the two")
}

/// A complaint about a file that is, on many disks, where the site needs a folder.
fn in_the_way(site: &Planned<'_>, address: PlannedAddress<'_>) -> Diagnostic {
    let words = Words::new(
        format!("在许多磁盘上，文件 {} 占了一个文件夹的位置", address.route),
        format!("on many disks the file {} is where the site needs a folder", address.route),
    );
    complaint_at(site, address, "route/duplicate", words)
        .help("改名或移走这个文件", "rename or move this file")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_windows_cannot_hold_are_known() {
        for name in ["con.pdf", "CON", "nul.tar.gz", "Com1.txt", "lpt9", "a.", "a ", "a:b", "a?b", "aux .txt"]
        {
            assert!(is_strange_to_windows(name), "{name}");
        }
        for name in
            ["console.pdf", "com10.txt", "com.pdf", "附件1.pdf", "a.b", ".well-known", "公函（一）.pdf"]
        {
            assert!(!is_strange_to_windows(name), "{name}");
        }
    }

    #[test]
    fn a_disk_may_see_two_paths_as_one() {
        assert_eq!(folded("A/Ä.PDF"), folded("a/a\u{308}.pdf"));
        assert_ne!(folded("a/附件1.pdf"), folded("a/附件2.pdf"));
    }
}

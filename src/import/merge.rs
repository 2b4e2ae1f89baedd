//! A report that is imported again: what its editor has written meanwhile stays.

use super::log::{ImportLog, digest};
use crate::diag::Words;

/// The file that an import makes of one that is there: the new text, and front matter in which the editor's
/// lines stay. `log` is that of the import before.
///
/// # Errors
///
/// Says why the two cannot be put together: the editor has changed the text, and the source has changed too.
pub fn merge(there: &str, log: Option<&ImportLog>, fresh: (&str, &ImportLog)) -> Result<String, Words> {
    let (text, fresh_log) = fresh;
    let Some((ours, body)) = parts(there) else { return Ok(text.to_owned()) };
    let Some((theirs, new_body)) = parts(text) else { return Ok(text.to_owned()) };
    let base = log.map_or("", |log| log.result.front_matter.as_str());
    let front = three_way(base, ours, theirs);
    let untouched = log.is_some_and(|log| log.result.sha256 == digest(body.as_bytes()));
    let same_source = log.is_some_and(|log| log.source.text_sha256 == fresh_log.source.text_sha256);
    let body = match () {
        () if untouched || body == new_body => new_body,
        () if same_source => body,
        () => {
            return Err(Words::new(
                "正文在导入之后改动过，来源文件也变了，不能自动合并；先把现有的报告改名保存，再导入，然后对照两份",
                "the text was changed after it was imported, and the source has changed too, so they cannot be put \
                 together; keep the report that is there under another name, import, and compare the two",
            ));
        }
    };
    Ok(format!("---\n{front}---\n{body}"))
}

/// The front matter of a file, and its text.
fn parts(text: &str) -> Option<(&str, &str)> {
    let rest = text.strip_prefix("---\n")?;
    if let Some(body) = rest.strip_prefix("---\n") {
        return Some(("", body));
    }
    let end = rest.find("\n---\n")?;
    Some((&rest[..end + 1], &rest[end + 5..]))
}

/// A key with all its lines, and the comments above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct KeyLines<'a> {
    /// The key; empty for comments at the end.
    key: &'a str,
    lines: &'a str,
}

/// The entries of front matter, in order.
fn entries(text: &str) -> Vec<KeyLines<'_>> {
    let mut entries = Vec::new();
    let (mut start, mut at, mut key) = (0, 0, "");
    for line in text.split_inclusive('\n') {
        let top = line.starts_with(|c: char| c.is_alphanumeric() || c == '_' || c == '"');
        let comment = line.starts_with('#');
        if (top || comment) && !key.is_empty() {
            entries.push(KeyLines { key, lines: &text[start..at] });
            (start, key) = (at, "");
        }
        if top {
            key = line.split(':').next().unwrap_or_default().trim().trim_matches('"');
        }
        at += line.len();
    }
    if start < text.len() {
        entries.push(KeyLines { key, lines: &text[start..] });
    }
    entries
}

/// The editor's front matter (`ours`) with what changed from `base` to `theirs`, where the editor left it
/// was.
fn three_way(base: &str, ours: &str, theirs: &str) -> String {
    let (base, ours, theirs) = (entries(base), entries(ours), entries(theirs));
    let of = |entries: &[KeyLines<'_>], key: &str| {
        entries.iter().find(|entry| entry.key == key).map(|entry| bare(entry.lines))
    };
    let mut out = String::new();
    for entry in &ours {
        let untouched = of(&base, entry.key).as_deref() == Some(bare(entry.lines).as_str());
        match theirs.iter().find(|other| other.key == entry.key && !entry.key.is_empty()) {
            Some(fresh) if untouched => out.push_str(fresh.lines),
            // What the source no longer has and nobody has touched goes.
            None if untouched && !entry.key.is_empty() => {}
            _ => out.push_str(entry.lines),
        }
    }
    for fresh in theirs.iter().filter(|fresh| !fresh.key.is_empty()) {
        let known = of(&ours, fresh.key).is_some();
        let removed = of(&base, fresh.key).is_some();
        if !known && !removed {
            out.push_str(fresh.lines);
        }
    }
    out
}

/// The lines of an entry without comments.
fn bare(lines: &str) -> String {
    lines.split_inclusive('\n').filter(|line| !line.trim_start().starts_with('#')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_editors_lines_stay_and_the_rest_is_new() {
        let base = "title: 甲\nkind: a\nissuer: [乙]\nsource: 丙\n";
        let ours = "# 说明\ntitle: 甲（改）\nkind: a\nissuer: [乙]\nsource: 丙\nsummary: |\n  一\n  二\n";
        let theirs = "title: 甲二\nkind: a\nissuer: [丁]\nwritten: 2020-01-02\n";
        assert_eq!(
            three_way(base, ours, theirs),
            "# 说明\ntitle: 甲（改）\nkind: a\nissuer: [丁]\nsummary: |\n  一\n  二\nwritten: 2020-01-02\n"
        );
    }

    #[test]
    fn without_a_log_everything_of_the_editors_stays() {
        assert_eq!(three_way("", "title: 甲\n", "title: 乙\nkind: a\n"), "title: 甲\nkind: a\n");
    }

    #[test]
    fn what_an_editor_removed_stays_away() {
        let base = "title: 甲\nsource: 丙\n";
        assert_eq!(three_way(base, "title: 甲\n", base), "title: 甲\n");
    }
}

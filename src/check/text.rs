//! Signs that a text was damaged on its way here: copied from a site that mixes pinyin into
//! what it copies, or read in the wrong encoding. Left in, they corrupt names and dates.

use memchr::{memchr_iter, memmem};
use rayon::prelude::*;

use super::GoOn;
use crate::archive::Archive;
use crate::diag::{Diagnostic, Words};
use crate::report::Report;
use crate::source::Span;

/// A warning about every document whose text looks damaged, at the first place.
pub(super) fn check(archive: &Archive, go_on: GoOn<'_>) -> Vec<Diagnostic> {
    let of_report = |report: &Report| {
        let source = archive.source(&report.path);
        let body = report.body.wrapper.map_or(report.body.main.start, |wrapper| wrapper.start);
        let offset = body as usize;
        let text = &source.text()[offset..];
        let at = |(start, end): (usize, usize)| Span::new(start..end).shifted(offset);
        let damaged = damage(text).map(|found| damaged(report, at(found)));
        let pinyin = pinyin(text).map(|(first, count)| with_pinyin(report, at(first), count));
        damaged.into_iter().chain(pinyin)
    };
    archive.reports.par_iter().take_any_while(|_| go_on()).flat_map_iter(of_report).collect()
}

fn damaged(report: &Report, span: Span) -> Diagnostic {
    let words = Words::new("这里的文字已损坏", "the text is damaged here");
    Diagnostic::warning("text/damaged", &*report.path, words)
        .at(span)
        .help("对照原件补正", "mend it from the original")
}

fn with_pinyin(report: &Report, span: Span, count: usize) -> Diagnostic {
    let words = Words::new(
        format!("正文里夹杂拼音，共 {count} 处"),
        format!("pinyin is mixed into the text, places: {count}"),
    );
    Diagnostic::warning("text/pinyin", &*report.path, words).at(span).help(
        "这是转载网站插入的，删去括号和拼音",
        "copying sites insert it; remove the brackets and the pinyin",
    )
}

/// What a broken tag leaves.
const REMAINS: [&str; 5] = ["/span>", "/p>", "/div>", "/td>", "/font>"];

/// The first place of a character that stands for lost bytes, or of the rest of a broken tag.
/// Every text is looked through, so only rare bytes are looked at closely.
fn damage(text: &str) -> Option<(usize, usize)> {
    let lost = memmem::find(text.as_bytes(), "\u{fffd}".as_bytes());
    let lost = lost.map(|at| (at, at + '\u{fffd}'.len_utf8()));
    let broken = memchr_iter(b'>', text.as_bytes()).find_map(|at| {
        let before = &text[..=at];
        let rest = REMAINS.iter().find(|rest| before.ends_with(*rest))?;
        let start = before.len() - rest.len();
        // A whole tag is an author's own HTML, which is looked after elsewhere.
        (!before[..start].ends_with('<')).then_some((start, before.len()))
    });
    lost.into_iter().chain(broken).min()
}

/// The first syllable in brackets behind a Han character, and how many there are.
fn pinyin(text: &str) -> Option<((usize, usize), usize)> {
    let half = memchr_iter(b'(', text.as_bytes()).map(|at| (at, 1));
    let full = memmem::find_iter(text.as_bytes(), "（").map(|at| (at, "（".len()));
    let found = half.chain(full).filter_map(|(at, length)| Some((at, syllable(text, at, length)?)));
    found.fold(None, |seen, found| match seen {
        Some((first, count)) => Some((found.min(first), count + 1)),
        None => Some((found, 1)),
    })
}

/// Where the bracket that opens at `at` ends, if one syllable of lower-case pinyin stands in
/// it and a Han character before it. One without a tone could be a word of its own: (app).
fn syllable(text: &str, at: usize, bracket: usize) -> Option<usize> {
    let han = |c: char| ('\u{3400}'..='\u{9fff}').contains(&c);
    text[..at].chars().next_back().filter(|c| han(*c))?;
    let inner = &text[at + bracket..];
    let toned = |c: char| "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü".contains(c);
    let length = inner.find(|c: char| !c.is_ascii_lowercase() && !toned(c))?;
    let close = inner[length..].chars().next().filter(|c| matches!(c, ')' | '）'))?;
    let short = (1..=6).contains(&inner[..length].chars().count());
    (short && inner[..length].contains(toned)).then_some(at + bracket + length + close.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pinyin_behind_a_character_is_seen_and_words_are_not() {
        let (first, count) = pinyin("推(tuī)进建設（shè）的(GDP)与(app)，(三)").unwrap();
        assert_eq!((&"推(tuī)进"[first.0..first.1], count), ("(tuī)", 2));
        assert!(pinyin("(一)手机(app) (tuī)").is_none());
    }

    #[test]
    fn lost_bytes_and_broken_tags_are_seen_and_whole_tags_are_not() {
        assert!(damage("專家?guī)臁?/span>").is_some());
        assert!(damage("某\u{fffd}局").is_some());
        assert!(damage("<span>x</span> a > b").is_none());
    }
}

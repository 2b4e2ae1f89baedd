//! The sentences of a comparison as HTML. Themes style it by the classes that the theme guide
//! names; without any style it reads as one text with what was deleted and inserted. Of what stayed it
//! is said how much there is, since both documents have it; each other sentence
//! stands here once: who shows the two texts side by side makes both columns of that. A paragraph ends
//! where the next one begins, as HTML has it.

use std::ops::Range;

use pulldown_cmark_escape::escape_html_body_text;

use super::address::{self, SentenceName};
use crate::compare::{ComparedText, SentenceChange, SentenceRow, words};

/// One of the two texts, with what tells its sentences apart in addresses.
#[derive(Clone, Copy)]
pub(super) struct NamedText<'a> {
    /// The text.
    pub(super) text: &'a ComparedText<'a>,
    /// A name a sentence.
    pub(super) names: &'a [SentenceName],
}

/// The earlier text and the later one.
type Sides<'a> = (NamedText<'a>, NamedText<'a>);

/// What is said beside the sentences: where a moved one stands, by section, and of those that stayed.
pub(super) struct SentenceNotes<'a> {
    /// The link to a section of the earlier text, by its number.
    pub(super) before: &'a dyn Fn(usize) -> String,
    /// The link to a section of the later text, by its number.
    pub(super) after: &'a dyn Fn(usize) -> String,
    /// What stands for so many sentences that stayed.
    pub(super) stayed: &'a dyn Fn(usize) -> String,
}

/// Sentences that stayed are shown where all of a run have no more bytes than this, some twenty-five
/// characters: what would stand for them is not much shorter.
const SHORT: usize = 75;

/// What a sentence is that only one of the two texts has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LoneSentence {
    /// It is new or gone.
    Changed,
    /// The other text, of which only a part is held, may have it elsewhere.
    Only,
}

/// The rows of one part, as paragraphs.
pub(super) fn rows(rows: &[SentenceRow], texts: Sides<'_>, said: &SentenceNotes<'_>) -> String {
    paragraphs(rows, texts, (said, LoneSentence::Changed))
}

/// The rows of one part of texts that are not held whole.
pub(super) fn rows_held(rows: &[SentenceRow], texts: Sides<'_>, said: &SentenceNotes<'_>) -> String {
    paragraphs(rows, texts, (said, LoneSentence::Only))
}

/// Both texts of one part, each under its year, with nothing said of what changed.
pub(super) fn apart(
    rows: &[SentenceRow],
    texts: (&ComparedText<'_>, &ComparedText<'_>),
    years: (i16, i16),
) -> String {
    // A sentence that stands elsewhere is a row in both places; here it stands in its own.
    let before = rows.iter().filter(|row| !row.elsewhere || row.is_origin).filter_map(|row| row.before);
    let after = rows.iter().filter(|row| !row.is_origin).filter_map(|row| row.after);
    let (mut before, mut after): (Vec<usize>, Vec<usize>) = (before.collect(), after.collect());
    before.sort_unstable();
    after.sort_unstable();
    let mut html = String::new();
    for (class, year, text, sentences) in [("a", years.0, texts.0, before), ("b", years.1, texts.1, after)] {
        if sentences.is_empty() {
            continue;
        }
        html.push_str(&format!("<p class=\"{class}\"><b class=\"of-year\">{year}</b> "));
        sentences.iter().for_each(|at| escape(&mut html, text.sentences[*at].text));
        html.push_str("</p>");
    }
    if html.is_empty() { html } else { format!("<div class=\"apart\">{html}</div>\n") }
}

fn paragraphs(rows: &[SentenceRow], texts: Sides<'_>, manner: (&SentenceNotes<'_>, LoneSentence)) -> String {
    let mut html = String::new();
    let mut rest = rows;
    while let Some((first, behind)) = rest.split_first() {
        match staying(rest) {
            Some(sentences) => {
                rest = &rest[sentences.len()..];
                stayed(&mut html, sentences, (texts.1.text, manner.0));
            }
            None => {
                rest = behind;
                changed(&mut html, first, texts, manner);
            }
        }
    }
    html
}

/// The sentences of the later text that the first rows are of, as far as these stay and stand one behind
/// the other.
fn staying(rows: &[SentenceRow]) -> Option<Range<usize>> {
    let stays = |row: &SentenceRow| row.change == SentenceChange::Same && !row.elsewhere;
    let first = rows.first().filter(|row| stays(row))?.after?;
    let count = (first..).zip(rows).take_while(|(at, row)| stays(row) && row.after == Some(*at)).count();
    Some(first..first + count)
}

/// A run of sentences that stayed: they stand in both documents, and here only how many there are, and
/// which, for a script that shows them.
fn stayed(html: &mut String, run: Range<usize>, (text, said): (&ComparedText<'_>, &SentenceNotes<'_>)) {
    let sentences = &text.sentences[run.clone()];
    if sentences.iter().map(|sentence| sentence.text.len()).sum::<usize>() <= SHORT {
        html.push_str("<p>");
        sentences.iter().for_each(|sentence| escape(html, sentence.text));
    } else {
        html.push_str(&format!("<p data-stayed={}-{}>", run.start, run.end));
        escape(html, &(said.stayed)(run.len()));
    }
    html.push('\n');
}

/// Writes the address of a row on the page.
fn anchor(html: &mut String, row: &SentenceRow, (old, new): Sides<'_>) {
    match (row.before, row.after) {
        (Some(before), _) if row.is_origin => old.names[before].write(html, address::BEFORE),
        (_, Some(after)) => new.names[after].write(html, address::AFTER),
        (Some(before), None) => old.names[before].write(html, address::BEFORE),
        (None, None) => {}
    }
}

fn changed(
    html: &mut String,
    row: &SentenceRow,
    texts: Sides<'_>,
    (said, alone): (&SentenceNotes<'_>, LoneSentence),
) {
    let class = match row.change {
        _ if row.elsewhere => "moved",
        SentenceChange::Added | SentenceChange::Removed if alone == LoneSentence::Only => "only",
        SentenceChange::Same => "same",
        SentenceChange::Figures => "figures",
        SentenceChange::Reworded => "reworded",
        SentenceChange::Added => "added",
        SentenceChange::Removed => "removed",
    };
    // Without quotation marks, which HTML lets go where there are only letters, figures and hyphens: a page has
    // hundreds of these.
    html.extend(["<p class=", class, " id="]);
    anchor(html, row, texts);
    html.push('>');
    let old = row.before.map(|at| &texts.0.text.sentences[at]);
    let new = row.after.map(|at| &texts.1.text.sentences[at]);
    match (old, new) {
        (Some(old), Some(new)) if row.elsewhere => {
            let (text, link) = match row.is_origin {
                true => (old.text, (said.after)(new.section)),
                false => (new.text, (said.before)(old.section)),
            };
            match row.change {
                SentenceChange::Figures | SentenceChange::Reworded if !row.is_origin => {
                    merged(html, old.text, new.text)
                }
                _ => escape(html, text),
            }
            html.push(' ');
            html.push_str(&link);
        }
        (Some(old), Some(new)) => merged(html, old.text, new.text),
        (Some(old), None) => single(html, "del", (old.text, alone)),
        (None, Some(new)) => single(html, "ins", (new.text, alone)),
        (None, None) => {}
    }
    html.push('\n');
}

/// A sentence that only one of the two texts has.
fn single(html: &mut String, tag: &str, (text, alone): (&str, LoneSentence)) {
    match alone {
        LoneSentence::Changed => tagged(html, tag, text),
        LoneSentence::Only => escape(html, text),
    }
}

fn tagged(html: &mut String, tag: &str, text: &str) {
    html.extend(["<", tag, ">"]);
    escape(html, text);
    html.extend(["</", tag, ">"]);
}

/// Both forms of a sentence as one.
fn merged(html: &mut String, before: &str, after: &str) {
    for piece in words(before, after) {
        let (old, new) = (&before[piece.before], &after[piece.after]);
        if !piece.changed {
            escape(html, new);
            continue;
        }
        for (tag, text) in [("del", old), ("ins", new)] {
            if !text.is_empty() {
                tagged(html, tag, text);
            }
        }
    }
}

/// Text as text.
pub(super) fn escape(html: &mut String, text: &str) {
    // A string takes everything that is written to it.
    let _ = escape_html_body_text(html, text);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::compare;

    const SAID: SentenceNotes<'_> = SentenceNotes {
        before: &|_| String::new(),
        after: &|_| String::new(),
        stayed: &|count| count.to_string(),
    };

    fn html(before: &[&'static str], after: &[&'static str]) -> String {
        let text =
            |sentences: &[&'static str]| ComparedText::from_parts(&[("a", 1, "一节", sentences.to_vec())]);
        let (before, after) = (text(before), text(after));
        shown(&compare(&before, &after).rows.concat(), (&before, &after), rows)
    }

    /// What `draw` makes of two texts.
    fn shown(
        found: &[SentenceRow],
        texts: (&ComparedText<'_>, &ComparedText<'_>),
        draw: impl Fn(&[SentenceRow], Sides<'_>, &SentenceNotes<'_>) -> String,
    ) -> String {
        let (before, after) = (address::names(texts.0), address::names(texts.1));
        draw(
            found,
            (NamedText { text: texts.0, names: &before }, NamedText { text: texts.1, names: &after }),
            &SAID,
        )
    }

    #[test]
    fn what_stays_is_short_or_counted_and_what_changed_stands_in_both_forms() {
        assert_eq!(
            html(&["学习。", "办案。", "办结745件。"], &["学习。", "办案。", "办结812件。"]),
            "<p>学习。办案。\n<p class=figures id=se91h3>办结<del>745</del><ins>812</ins>件。\n"
        );
        let long = "全年组织领导干部学法培训班十二期，旁听庭审四次。";
        assert_eq!(
            html(&["办结745件。", long, "办案。"], &["办结812件。", long, "办案。"]),
            "<p class=figures id=se91h3>办结<del>745</del><ins>812</ins>件。\n<p data-stayed=1-3>2\n"
        );
    }

    #[test]
    fn what_is_not_held_whole_calls_nothing_new_or_gone() {
        let text =
            |sentences: &[&'static str]| ComparedText::from_parts(&[("a", 1, "一节", sentences.to_vec())]);
        let (before, after) =
            (text(&["开展学法活动。", "办结745件。"]), text(&["办结812件。", "<b>普法</b>。"]));
        let found = compare(&before, &after).rows.concat();
        assert_eq!(
            shown(&found, (&before, &after), rows_held),
            "<p class=only id=b8ank4>开展学法活动。\n\
             <p class=figures id=se91h3>办结<del>745</del><ins>812</ins>件。\n\
             <p class=only id=skm5h6>&lt;b&gt;普法&lt;/b&gt;。\n"
        );
        assert_eq!(
            apart(&found, (&before, &after), (2019, 2020)),
            "<div class=\"apart\"><p class=\"a\"><b class=\"of-year\">2019</b> 开展学法活动。办结745件。</p>\
             <p class=\"b\"><b class=\"of-year\">2020</b> 办结812件。&lt;b&gt;普法&lt;/b&gt;。</p></div>\n"
        );
    }

    #[test]
    fn no_text_is_markup() {
        assert_eq!(
            html(&["<b>甲</b>。"], &["<script>乙()</script>。"]),
            "<p class=removed id=bmfwf9><del>&lt;b&gt;甲&lt;/b&gt;。</del>\n\
             <p class=added id=s75scz><ins>&lt;script&gt;乙()&lt;/script&gt;。</ins>\n"
        );
    }
}

//! The outline: which heads are sections, what their anchors are, and whether the printed
//! ordinals follow one another.
//!
//! An anchor is the path of *printed* ordinals, `sec-1-5-15`, whether the numbers restart in
//! every section or run on through the document, so that a citation stays good when text
//! moves. A level that is not printed is 0.

mod anchors;
mod numbering;
mod ordinals;
mod parts;

use self::anchors::{Anchors, text_anchor};
use self::numbering::{Numbering, OrdinalSlip, PlacedSection};
use self::ordinals::Ordinals;
use super::walk::HeadParagraph;
use crate::diag::{Diagnostic, Words};
use crate::han::ordinal::{self, OrdinalForm};
use crate::source::{Source, Span};

pub(super) use self::parts::{BodyParts, parts};

/// A section of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Its anchor, unique in the document.
    pub anchor: Box<str>,
    /// Its ordinal as it is printed.
    pub ordinal: Option<Box<str>>,
    /// Its title without the ordinal, up to the first full stop.
    pub title: Box<str>,
    /// The level of its ordinal by GB/T 9704 (一、 is 1), or of its heading.
    pub level: u8,
    /// How deep it stands in the outline, from 1.
    pub depth: u8,
    /// How deep it stands among headings, from 1; `None` for a paragraph with a run-in head.
    pub heading: Option<u8>,
    /// Where its heading or first paragraph stands in the source.
    pub span: Span,
    /// How many bytes of its text are the printed ordinal.
    pub ordinal_len: usize,
    /// Where in the source the run-in head ends; `None` if all of the paragraph is head.
    pub head_end: Option<u32>,
    /// Whether it belongs to the wrapper.
    pub in_wrapper: bool,
}

/// The sections, with a complaint about every ordinal that does not follow.
pub(super) fn sections(
    source: &Source,
    heads: &[HeadParagraph],
    parts: &BodyParts,
) -> (Vec<Section>, Vec<Diagnostic>) {
    let split = parts.heading.filter(|_| parts.wrapper.is_some()).unwrap_or(0);
    let ordinals = Ordinals::of(heads, split);
    let begin = parts.wrapper.map_or(parts.main.start, |wrapper| wrapper.start);
    let mut made = GrowingOutline {
        numbering: Numbering::new(source, &ordinals, begin),
        source,
        ordinals: &ordinals,
        nesting: Nesting::default(),
        anchors: Anchors::default(),
        sections: Vec::new(),
        diagnostics: Vec::new(),
    };
    for (at, head) in heads.iter().enumerate() {
        if at == split && split > 0 {
            // The main text is numbered anew.
            made.numbering = Numbering::new(source, &ordinals, parts.main.start);
            made.nesting = Nesting::default();
        }
        let is_title = Some(at) == parts.heading || Some(at) == parts.wrapper_heading;
        // A paragraph that only seemed to begin with an ordinal is no section.
        let is_section = head.level.is_some() || ordinals.at(at).is_some();
        if is_section && !is_title {
            made.add(at, head, parts.wrapper.is_some_and(|wrapper| head.span.start < wrapper.end));
        }
    }
    made.sections.shrink_to_fit();
    (made.sections, made.diagnostics)
}

/// The outline as it is made, head by head.
struct GrowingOutline<'a> {
    source: &'a Source,
    ordinals: &'a Ordinals,
    numbering: Numbering<'a>,
    nesting: Nesting,
    anchors: Anchors,
    sections: Vec<Section>,
    diagnostics: Vec<Diagnostic>,
}

impl GrowingOutline<'_> {
    fn add(&mut self, at: usize, head: &HeadParagraph, in_wrapper: bool) {
        let prefix = if in_wrapper { "w-" } else { "" };
        let printed = self.ordinals.at(at);
        let (anchor, depths, level) = match printed {
            Some(printed) => {
                let placed = self.numbering.place(at, printed, head.start);
                if let Some(fault) = &placed.fault {
                    self.diagnostics.push(complain(self.source, printed.form, fault, head));
                }
                let base = format!("{prefix}{}", self.numbering.path());
                let suffix = self.anchors.take(&base);
                self.numbering.mark(&suffix);
                (base + &suffix, self.nesting.printed(head, at, &placed), printed.form.level())
            }
            None => {
                self.numbering.interrupted();
                let base = format!("{prefix}{}", text_anchor(&head.text));
                let suffix = self.anchors.take(&base);
                let level = head.level.map_or(1, |level| level.saturating_sub(1).clamp(1, 4));
                (base + &suffix, self.nesting.unnumbered(head, level), level)
            }
        };
        let ordinal_len = printed.map_or(0, |printed| printed.len);
        let ordinal = head.text[..ordinal_len].trim();
        self.sections.push(Section {
            anchor: anchor.into(),
            ordinal: (!ordinal.is_empty()).then(|| ordinal.into()),
            title: title(&head.text[ordinal_len..]).into(),
            level,
            depth: depths.outline,
            heading: depths.heading,
            span: head.span,
            ordinal_len,
            head_end: head.head_end,
            in_wrapper,
        });
    }
}

/// How deep the sections stand in one another.
#[derive(Default)]
struct Nesting(Vec<OpenSection>);

/// A section that is not ended yet.
struct OpenSection {
    /// The head that it begins with, where that has an ordinal.
    printed: Option<usize>,
    level: u8,
    /// How many `#` it has, if it is a heading of Markdown.
    marks: Option<u8>,
    is_heading: bool,
}

struct SectionDepths {
    outline: u8,
    heading: Option<u8>,
}

impl Nesting {
    /// A section with an ordinal stands in the one that its ordinal belongs to, or in a heading
    /// without one that came after that.
    fn printed(&mut self, head: &HeadParagraph, at: usize, placed: &PlacedSection) -> SectionDepths {
        while let Some(top) = self.0.last() {
            let stays = match top.printed {
                Some(_) => top.printed == placed.parent,
                None => placed.slot > top.level || is_deeper(top.marks, head.level) == Some(true),
            };
            if stays {
                break;
            }
            self.0.pop();
        }
        self.push(head, Some(at), placed.slot)
    }

    /// A heading without an ordinal stands in what has fewer `#` or a higher level.
    fn unnumbered(&mut self, head: &HeadParagraph, level: u8) -> SectionDepths {
        let inside = |top: &OpenSection| is_deeper(top.marks, head.level).unwrap_or(level > top.level);
        while self.0.last().is_some_and(|top| !inside(top)) {
            self.0.pop();
        }
        self.push(head, None, level)
    }

    fn push(&mut self, head: &HeadParagraph, printed: Option<usize>, level: u8) -> SectionDepths {
        let is_heading = head.level.is_some() || head.head_end.is_none();
        self.0.push(OpenSection { printed, level, marks: head.level, is_heading });
        let count = |number: usize| u8::try_from(number).unwrap_or(u8::MAX);
        let headings = self.0.iter().filter(|open| open.is_heading).count();
        SectionDepths { outline: count(self.0.len()), heading: is_heading.then(|| count(headings)) }
    }
}

/// Whether a heading with the second number of `#` belongs below one with the first.
fn is_deeper(above: Option<u8>, below: Option<u8>) -> Option<bool> {
    Some(below? > above?)
}

/// The title, up to the first full stop.
fn title(text: &str) -> String {
    let title = text.split('。').next().unwrap_or(text).trim();
    title.trim_end_matches([':', '：']).to_owned()
}

fn complain(source: &Source, form: OrdinalForm, fault: &OrdinalSlip, head: &HeadParagraph) -> Diagnostic {
    let write = |number: u16| ordinal::write(form, number);
    let (code, words) = match fault {
        OrdinalSlip::Repeated { number } => (
            "ordinal/repeated",
            Words::new(
                format!("序号“{}”重复", write(*number)),
                format!("the ordinal {} is repeated", write(*number)),
            ),
        ),
        OrdinalSlip::Skipped { number, expected } => (
            "ordinal/skipped",
            Words::new(
                format!("序号“{}”不连续，前面应有“{}”", write(*number), write(*expected)),
                format!("the ordinal {} does not follow: {} is missing", write(*number), write(*expected)),
            ),
        ),
        OrdinalSlip::Misshapen { number, meant } => (
            "ordinal/skipped",
            Words::new(
                format!("序号“{}”不连续，这里应是“{}”", write(*number), ordinal::write(*meant, *number)),
                format!(
                    "the ordinal {} does not follow: {} is due here",
                    write(*number),
                    ordinal::write(*meant, *number)
                ),
            ),
        ),
    };
    let (zh, en) = match form {
        // `1. 强化` with a space is a list to Markdown, and no section.
        OrdinalForm::Digit => ("改正序号，“1.”后不留空格；", "mend it, and leave no space after `1.`; "),
        _ => ("改正序号；", "mend it; "),
    };
    let accept = |reason: &str| {
        let at = head.text.trim_start().chars().take(12).collect::<String>();
        // As far as it needs no quotation marks in YAML.
        let plain = |c: char| c.is_alphanumeric() || matches!(c, '、' | '.' | '．' | '(' | ')' | '（' | '）');
        let at = at.split(|c| !plain(c)).next().unwrap_or_default();
        format!("`accept: [{{ code: {code}, at: {at}, reason: {reason} }}]`")
    };
    Diagnostic::error(code, source.path(), words).at(head.start).help(
        format!("{zh}原文如此的，在元数据里写 {}", accept("原文如此")),
        format!("{en}if it is printed so, write {}", accept("as printed")),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::body;

    /// The sections of a text of so many paragraphs, as `depth:anchor`, and the complaints.
    fn outline(paragraphs: &[&str]) -> (Vec<String>, Vec<String>) {
        let source = Source::new("content/jiangmen/2019.md", paragraphs.join("\n\n"));
        let read = body::read(&source, Span::new(0..source.text().len()), None);
        let sections = read.value.body.sections;
        let shown = sections.iter().map(|section| format!("{}:{}", section.depth, section.anchor));
        let said = |complaint: &Diagnostic| {
            let words = complaint.span.map(|span| source.slice(span)).unwrap_or_default();
            format!("{} {words}", complaint.code)
        };
        (shown.collect(), read.diagnostics.iter().map(said).collect())
    }

    fn sections(paragraphs: &[&str]) -> Vec<String> {
        let (sections, complaints) = outline(paragraphs);
        assert!(complaints.is_empty(), "{paragraphs:?} {complaints:?}");
        sections
    }

    fn complaints(paragraphs: &[&str]) -> Vec<String> {
        outline(paragraphs).1
    }

    #[test]
    fn an_anchor_is_the_path_of_what_is_printed() {
        assert_eq!(
            sections(&["## 一、概况", "（一）机构", "1.人员。甲", "（1）编制", "## 二、打算", "1.学法。乙"]),
            ["1:sec-1", "2:sec-1-1", "3:sec-1-1-1", "4:sec-1-1-1-1", "1:sec-2", "2:sec-2-0-1"]
        );
        // Numbers that run on, and a heading without one between.
        assert_eq!(
            sections(&["一、概况", "（一）甲", "（二）乙", "二、打算", "### 附表", "（三）丙"]),
            ["1:sec-1", "2:sec-1-1", "2:sec-1-2", "1:sec-2", "2:附表", "2:sec-2-3"]
        );
    }

    #[test]
    fn a_form_stands_in_the_one_that_it_first_stood_in() {
        assert_eq!(
            sections(&["壹、总体", "一、机构", "二、人员", "贰、打算", "一、学法"]),
            ["1:sec-1", "2:sec-1-1", "2:sec-1-2", "1:sec-2", "2:sec-2-1"]
        );
        assert_eq!(
            sections(&["（一）成效", "一、学法", "二、用法", "（二）不足", "一、人少", "二、事多"]),
            ["1:sec-0-1", "2:sec-0-1-1", "2:sec-0-1-2", "1:sec-0-2", "2:sec-0-2-1", "2:sec-0-2-2"]
        );
        // Items before the first chapter hold no chapter, and a stray one does not either.
        assert_eq!(
            sections(&["1.前言甲", "2.前言乙", "一、成效", "（一）学法", "二、不足"]),
            ["1:sec-0-0-1", "1:sec-0-0-2", "1:sec-1", "2:sec-1-1", "1:sec-2"]
        );
        assert_eq!(sections(&["1)甲", "2)乙", "1.丙"]), ["1:sec-0-0-0-1", "1:sec-0-0-0-2", "1:sec-0-0-1"]);
    }

    #[test]
    fn a_count_may_begin_anew_below_a_heading() {
        assert_eq!(
            sections(&["## 上半年", "### 一、学法", "## 下半年", "### 一、学法"]),
            ["1:上半年", "2:sec-1", "1:下半年", "2:sec-1-b"]
        );
        assert_eq!(complaints(&["一、学法", "一、学法"]), ["ordinal/repeated 一、"]);
    }

    #[test]
    fn an_item_may_begin_with_a_figure() {
        let text = ["1.机构。甲", "2.6个渡口改造完成。", "3.一河三岸成景。", "4、13所学校落成。"];
        assert_eq!(sections(&text), ["1:sec-0-0-1", "1:sec-0-0-2", "1:sec-0-0-3", "1:sec-0-0-4"]);
        for (text, expected) in [
            (&["2.6个渡口改造完成。"][..], vec![]),
            (&["1.机构。甲", "2.6亿元资金到位。", "2.人员。乙"], vec!["1:sec-0-0-1", "1:sec-0-0-2"]),
            (
                &["1.机构。甲", "2.6亿元资金到位。", "3.人员。乙"],
                vec!["1:sec-0-0-1", "1:sec-0-0-2", "1:sec-0-0-3"],
            ),
            (&["1.机构。甲", "1.5万人受训。", "2.人员。乙"], vec!["1:sec-0-0-1", "1:sec-0-0-2"]),
            (&["1、2月份开展检查。", "3月收尾。"], vec![]),
            (&["一、二审案件共8件。"], vec![]),
            (&["1。机构", "2，人员", "3.经费。丙"], vec!["1:sec-0-0-1", "1:sec-0-0-2", "1:sec-0-0-3"]),
        ] {
            assert_eq!(sections(text), expected, "{text:?}");
        }
    }

    #[test]
    fn what_is_counted_within_a_paragraph_counts() {
        assert!(complaints(&["一、举措", "（一）学法。全员。（二）普法。进村。", "（三）用法。"]).is_empty());
        assert!(complaints(&["- 1.甲", "- 2.乙", "3.丙。丁"]).is_empty());
        assert!(complaints(&["| 一、甲 |\n|---|\n| 二、乙 |", "三、丙"]).is_empty());
        assert_eq!(complaints(&["1.学法。投入12.5万元。", "3.用法。"]), ["ordinal/skipped 3."]);
    }

    #[test]
    fn one_slip_is_one_complaint() {
        for (text, expected) in [
            (&["一、甲", "二、乙", "四、丙", "五、丁"][..], "ordinal/skipped 四、"),
            (&["一、甲", "二、乙", "四、丙", "三、丁", "五、戊"], "ordinal/skipped 四、"),
            (&["一、甲", "二、乙", "二、丙", "四、丁"], "ordinal/repeated 二、"),
            (&["一、甲", "二、乙", "二、丙", "三、丁"], "ordinal/repeated 二、"),
            (&["一、甲", "（一）乙", "（二）丙", "三、丁", "（四）戊", "二、己"], "ordinal/skipped 三、"),
            (&["一、甲", "1.乙。丙", "（2）丁。", "3.戊。己", "二、庚"], "ordinal/skipped （2）"),
        ] {
            assert_eq!(complaints(text), [expected], "{text:?}");
        }
    }

    #[test]
    fn a_level_one_heading_makes_no_notice_of_the_text() {
        let (sections, complaints) = outline(&["一、概况", "# 附件", "1.名单。甲"]);
        assert_eq!(sections, ["1:sec-1", "1:附件", "2:sec-1-0-1"]);
        assert_eq!(complaints, ["heading/title # 附件"]);
        let (_, complaints) = outline(&["# 报告", "一、概况", "落款\n==="]);
        assert_eq!(complaints, ["heading/title 落款"]);
        assert!(self::complaints(&["# 报告", "一、概况"]).is_empty());
    }
}

//! What a file says of itself, and by which names portals call it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::Date;

use crate::han::{fold, is_han};
use crate::report::matter::{self, Moment};

/// What is known of a document besides its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ImportFacts {
    /// Its title.
    pub(crate) title: Option<String>,
    /// Who issued it, in order.
    pub(crate) issuers: Vec<String>,
    /// 索引号.
    pub(crate) index_number: Option<String>,
    /// 发文字号.
    pub(crate) document_number: Option<String>,
    /// 主题分类.
    pub(crate) subjects: Vec<String>,
    /// 成文日期.
    pub(crate) written: Option<Date>,
    /// 发布日期.
    pub(crate) published: Option<Moment>,
    /// 有效性, as it is said.
    pub(crate) validity: Option<String>,
    /// 信息来源.
    pub(crate) source: Option<String>,
    /// A summary.
    pub(crate) summary: Option<String>,
    /// Key words.
    pub(crate) keywords: Vec<String>,
    /// Whether its text is in traditional characters.
    pub(crate) traditional: bool,
    /// The role of a letter or notice around it.
    pub(crate) wrapper: Option<&'static str>,
}

/// A fact by its sort.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fact {
    /// `title`.
    Title,
    /// `issuer`.
    Issuer,
    /// `index_number`.
    IndexNumber,
    /// `document_number`.
    DocumentNumber,
    /// `subjects`.
    Subjects,
    /// `written`.
    Written,
    /// `published`.
    Published,
    /// `validity`.
    Validity,
    /// `source`.
    Source,
    /// `summary`.
    Summary,
    /// `keywords`.
    Keywords,
    /// Nothing of the document: how often it was read, how large its letters are.
    Furniture,
}

/// The names of facts on portals and in the labels of pages, without spaces and colon.
const NAMES: &[(&str, Fact)] = &[
    ("标题", Fact::Title),
    ("名称", Fact::Title),
    ("信息名称", Fact::Title),
    ("文件名称", Fact::Title),
    ("公文名称", Fact::Title),
    ("articletitle", Fact::Title),
    ("发文机关", Fact::Issuer),
    ("发文单位", Fact::Issuer),
    ("发布机构", Fact::Issuer),
    ("发布机关", Fact::Issuer),
    ("发布单位", Fact::Issuer),
    ("制发机关", Fact::Issuer),
    ("制发单位", Fact::Issuer),
    ("公开机关", Fact::Issuer),
    ("公开主体", Fact::Issuer),
    ("公开责任部门", Fact::Issuer),
    ("索引号", Fact::IndexNumber),
    ("信息索引号", Fact::IndexNumber),
    ("信息索引", Fact::IndexNumber),
    ("发文字号", Fact::DocumentNumber),
    ("文件编号", Fact::DocumentNumber),
    ("文号", Fact::DocumentNumber),
    ("公文编号", Fact::DocumentNumber),
    ("主题分类", Fact::Subjects),
    ("信息分类", Fact::Subjects),
    ("分类", Fact::Subjects),
    ("成文日期", Fact::Written),
    ("发文日期", Fact::Written),
    ("制发日期", Fact::Written),
    ("生成日期", Fact::Written),
    ("发布日期", Fact::Published),
    ("发布时间", Fact::Published),
    ("公开日期", Fact::Published),
    ("公开时间", Fact::Published),
    ("日期", Fact::Published),
    ("时间", Fact::Published),
    ("pubdate", Fact::Published),
    ("有效性", Fact::Validity),
    ("时效性", Fact::Validity),
    ("是否有效", Fact::Validity),
    ("效力状态", Fact::Validity),
    ("来源", Fact::Source),
    ("信息来源", Fact::Source),
    ("文章来源", Fact::Source),
    ("稿源", Fact::Source),
    ("contentsource", Fact::Source),
    ("内容概述", Fact::Summary),
    ("摘要", Fact::Summary),
    ("description", Fact::Summary),
    ("主题词", Fact::Keywords),
    ("关键词", Fact::Keywords),
    ("关键字", Fact::Keywords),
    ("keywords", Fact::Keywords),
    ("浏览次数", Fact::Furniture),
    ("浏览量", Fact::Furniture),
    ("浏览", Fact::Furniture),
    ("访问量", Fact::Furniture),
    ("访问次数", Fact::Furniture),
    ("点击", Fact::Furniture),
    ("点击数", Fact::Furniture),
    ("点击量", Fact::Furniture),
    ("点击次数", Fact::Furniture),
    ("阅读", Fact::Furniture),
    ("阅读量", Fact::Furniture),
    ("阅读次数", Fact::Furniture),
    ("人气", Fact::Furniture),
    ("字体", Fact::Furniture),
    ("字号", Fact::Furniture),
    ("字体大小", Fact::Furniture),
    ("视力保护色", Fact::Furniture),
    ("分享", Fact::Furniture),
    ("分享到", Fact::Furniture),
    ("打印", Fact::Furniture),
    ("编辑", Fact::Furniture),
    ("责任编辑", Fact::Furniture),
    ("作者", Fact::Furniture),
    ("当前位置", Fact::Furniture),
    ("您的位置", Fact::Furniture),
    ("您现在的位置", Fact::Furniture),
    ("上一篇", Fact::Furniture),
    ("下一篇", Fact::Furniture),
    ("体裁分类", Fact::Furniture),
    ("更新时间", Fact::Furniture),
    ("录入时间", Fact::Furniture),
    ("废止日期", Fact::Furniture),
    ("生效日期", Fact::Furniture),
    ("实施日期", Fact::Furniture),
    ("信息格式", Fact::Furniture),
    ("语种", Fact::Furniture),
    ("公文体裁分类", Fact::Furniture),
    ("审核", Fact::Furniture),
    ("校对", Fact::Furniture),
    ("服务对象", Fact::Furniture),
    ("公开方式", Fact::Furniture),
    ("公开形式", Fact::Furniture),
    ("公开范围", Fact::Furniture),
];

/// The fact that a portal calls by `name`, whatever its spaces and its script.
pub(crate) fn named(name: &str) -> Option<Fact> {
    static KNOWN: LazyLock<BTreeMap<String, Fact>> =
        LazyLock::new(|| NAMES.iter().map(|(name, fact)| (fold::squeeze_str(name), *fact)).collect());
    let name = fold::squeeze_str(name);
    KNOWN.get(name.trim_matches(|c: char| !c.is_alphanumeric())).copied()
}

impl ImportFacts {
    /// Takes in that `fact` is `value`, if nothing is known of it yet. Whether it could be understood.
    pub(crate) fn learn(&mut self, fact: Fact, value: &str) -> bool {
        let value = value.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{a0}' | '\u{3000}'));
        if value.is_empty() || value.chars().all(|c| matches!(c, '-' | '—' | '/' | '无')) {
            return true;
        }
        let text = || Some(value.to_owned());
        match fact {
            Fact::Title => set(&mut self.title, text()),
            Fact::IndexNumber => set(&mut self.index_number, text()),
            Fact::DocumentNumber => set(&mut self.document_number, Some(document_number(value))),
            Fact::Validity => set(&mut self.validity, text()),
            Fact::Source => set(&mut self.source, text()),
            Fact::Summary => set(&mut self.summary, text()),
            Fact::Written => set(&mut self.written, day(value)),
            Fact::Published => set(&mut self.published, matter::understood(value)),
            Fact::Issuer => {
                add(&mut self.issuers, value, &['、', ',', '，', ';', '；', ' ', '\u{a0}', '\u{3000}'])
            }
            Fact::Subjects => add(&mut self.subjects, value, &[';', '；', ',', '，']),
            Fact::Keywords => add(&mut self.keywords, value, &[';', '；', ',', '，', ' ', '\u{3000}']),
            Fact::Furniture => true,
        }
    }
}

fn set<T>(place: &mut Option<T>, value: Option<T>) -> bool {
    let understood = value.is_some();
    if place.is_none() {
        *place = value;
    }
    understood
}

fn add(list: &mut Vec<String>, value: &str, between: &[char]) -> bool {
    if list.is_empty() {
        let parts = value.split(between).map(str::trim).filter(|part| !part.is_empty());
        list.extend(parts.map(str::to_owned));
    }
    true
}

/// Whether a text is in traditional characters: one in ten of its characters has another in simplified
/// Chinese, and hardly one is simplified itself.
pub(crate) fn is_traditional(text: &str) -> bool {
    let han = text.chars().filter(|c| is_han(*c));
    let (mut all, mut traditional) = (0_usize, 0_usize);
    for c in han.take(5000) {
        all += 1;
        traditional += usize::from(fold::first(c) != c);
    }
    all >= 10 && traditional * 10 >= all
}

/// A day in any form that people write: 2020-3-2, 2020年3月2日, 二〇二〇年三月二日.
pub(crate) fn day(text: &str) -> Option<Date> {
    matter::understood(text).map(|moment| moment.date)
}

/// Whether all of a line is a day.
pub(crate) fn is_day(line: &str) -> bool {
    let line: String = line.chars().filter(|c| !c.is_whitespace()).collect();
    let is_part = |c: char| {
        c.is_ascii_digit()
            || ('０'..='９').contains(&c)
            || "年月日号號-/.〇○零一二三四五六七八九十".contains(c)
    };
    let marked = line.contains('年') && line.contains('月') || line.matches(['-', '/', '.']).count() == 2;
    (6..=14).contains(&line.chars().count())
        && marked
        && line.chars().all(is_part)
        && day(&line.replace(['○', '零'], "〇")).is_some()
}

/// A document number in the brackets that it should have: 赤政发[2019]7号 is the same as 赤政发〔2019〕7号.
fn document_number(text: &str) -> String {
    let text: String = text.chars().filter(|c| !c.is_whitespace() && *c != '\u{a0}').collect();
    let is_year = |inner: &str| inner.len() == 4 && inner.bytes().all(|byte| byte.is_ascii_digit());
    for (open, close) in [('[', ']'), ('(', ')'), ('（', '）'), ('【', '】'), ('﹝', '﹞'), ('［', '］')]
    {
        if let Some((before, rest)) = text.split_once(open)
            && let Some((year, after)) = rest.split_once(close)
            && is_year(year)
        {
            return format!("{before}〔{year}〕{after}");
        }
    }
    text
}

/// Whether all of a line is a document number.
pub(crate) fn is_document_number(line: &str) -> bool {
    let number = document_number(line);
    let Some((before, rest)) = number.split_once('〔') else { return false };
    let Some((year, serial)) = rest.split_once('〕') else { return false };
    let serial = serial.strip_suffix('号').or_else(|| serial.strip_suffix('號'));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    (1..=14).contains(&before.chars().count())
        && before.chars().all(is_han)
        && digits(year)
        && serial.is_some_and(|serial| digits(serial.trim_start_matches('第')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_portals_are_known_with_spaces_and_in_both_scripts() {
        assert_eq!(named("文       号"), Some(Fact::DocumentNumber));
        assert_eq!(named("名　　称："), Some(Fact::Title));
        assert_eq!(named("發文機關"), Some(Fact::Issuer));
        assert_eq!(named("【字体"), Some(Fact::Furniture));
        assert_eq!(named("主要做法"), None);
    }

    #[test]
    fn a_line_that_is_a_day_is_one_and_no_other() {
        for line in [
            "2020年3月2日",
            "二〇二〇年三月二日",
            "二○二○年三月二日",
            "2020 年 3 月 2 日",
            "2020-03-02",
            "2020.3.2",
        ] {
            assert!(is_day(line), "{line}");
        }
        for line in ["2020年", "2020年3月2日会议", "三月二日", "1.2.3", "2019年第3期"] {
            assert!(!is_day(line), "{line}");
        }
    }

    #[test]
    fn a_document_number_gets_its_brackets() {
        assert!(is_document_number("甲政发[2019]7号") && is_document_number("甲府办函〔2020〕15号"));
        assert!(!is_document_number("（国办发〔2018〕37号）") && !is_document_number("2019年7号"));
        assert_eq!(document_number("甲政发 [2019] 7号"), "甲政发〔2019〕7号");
    }
}

//! What a portal prints around a document: its catalogue entry, flattened into lines or as a table, and
//! buttons and counters, which are no part of anything.

use super::{TextInWork, is_of_text};
use crate::import::facts::{Fact, named};
use crate::import::parts::PartRole;
use crate::import::repair::is_page_number;

/// Takes the entry and the furniture above the text and below it.
pub(super) fn read(work: &mut TextInWork<'_>) {
    let live = work.live();
    let start = live.iter().position(|at| begins_text(work, *at)).unwrap_or(live.len());
    let end = live.iter().rposition(|at| begins_text(work, *at)).map_or(start, |at| at + 1).max(start);
    take(work, &live[..start]);
    take(work, &live[end..]);
}

/// Takes the numbers of pages, wherever they stand.
pub(super) fn page_numbers(work: &mut TextInWork<'_>) {
    for at in work.live() {
        if work.is_text(at) && is_page_number(&work.said(at)) {
            work.parts[at].leave_out("page-number");
        }
    }
}

fn begins_text(work: &TextInWork<'_>, at: usize) -> bool {
    work.is_text(at) && is_of_text(&work.said(at)) && fields(&work.said(at)).is_empty()
}

/// Takes what is an entry or furniture among the parts at `places`.
fn take(work: &mut TextInWork<'_>, places: &[usize]) {
    let mut at = 0;
    while at < places.len() {
        let here = places[at];
        at += 1;
        if let PartRole::Table(_) = work.parts[here].role {
            table(work, here);
            continue;
        }
        let said = work.said(here);
        let found = fields(&said);
        if let [field] = &found[..]
            && field.value.is_empty()
            && field.fact != Fact::Furniture
            && let Some(next) = places.get(at).copied().filter(|next| is_value(&work.said(*next)))
        {
            learn(work, field.fact, &work.said(next));
            work.parts[here].leave_out("metadata");
            work.parts[next].leave_out("metadata");
            at += 1;
        } else if !found.is_empty() {
            let furniture = found.iter().all(|field| field.fact == Fact::Furniture);
            found.iter().for_each(|field| learn(work, field.fact, &field.value));
            work.parts[here].leave_out(if furniture { "furniture" } else { "metadata" });
        } else if is_furniture(&said) {
            work.parts[here].leave_out("furniture");
        }
    }
}

fn learn(work: &mut TextInWork<'_>, fact: Fact, value: &str) {
    if !work.facts.learn(fact, value) {
        work.doubtful.push(value.to_owned());
    }
}

/// A field of an entry.
#[derive(Debug, PartialEq, Eq)]
struct PortalField {
    fact: Fact,
    value: String,
}

/// The fields of a line, if it consists of nothing else: `主题分类: 甲 发文单位: 乙`. Names may have spaces
/// in them.
fn fields(line: &str) -> Vec<PortalField> {
    let names = names(line);
    let Some(first) = names.first() else { return Vec::new() };
    if !line[..first.start]
        .chars()
        .all(|c| c.is_whitespace() || matches!(c, '【' | '[' | '·' | '•' | '\u{a0}'))
    {
        return Vec::new();
    }
    let ends = names.iter().skip(1).map(|name| name.start).chain([line.len()]);
    let field = |(name, end): (&FactName, usize)| PortalField {
        fact: name.fact,
        value: line[name.end..end]
            .trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{a0}' | '|' | '丨' | '【' | '['))
            .to_owned(),
    };
    let fields: Vec<PortalField> = names.iter().zip(ends).map(field).collect();
    let is_short = |field: &PortalField| {
        let most = match field.fact {
            Fact::Summary => 1000,
            Fact::Title | Fact::Keywords => 120,
            _ => 60,
        };
        field.value.chars().count() <= most && (most > 60 || !field.value.contains('。'))
    };
    if fields.iter().all(is_short) { fields } else { Vec::new() }
}

/// A name in a line, and where its value begins.
struct FactName {
    start: usize,
    end: usize,
    fact: Fact,
}

/// The longest name, with all its spaces, in characters.
const LONGEST: usize = 24;

fn names(line: &str) -> Vec<FactName> {
    let mut found: Vec<FactName> = Vec::new();
    let mut before = ' ';
    for (at, c) in line.char_indices() {
        let is_start =
            before.is_whitespace() || matches!(before, '\u{a0}' | '】' | ']' | '|' | '丨' | '【' | '[');
        before = c;
        if !is_start || c.is_whitespace() || found.last().is_some_and(|last| at < last.end) {
            continue;
        }
        let rest = &line[at..];
        let colon = rest.char_indices().take(LONGEST).find(|(_, c)| matches!(c, ':' | '：'));
        if let Some((length, colon)) = colon
            && let Some(fact) = named(&rest[..length])
        {
            found.push(FactName { start: at, end: at + length + colon.len_utf8(), fact });
        }
    }
    found
}

/// Whether a line can be the value of the name in the line before.
fn is_value(said: &str) -> bool {
    said.chars().count() <= 60 && fields(said).is_empty() && !is_of_text(said) && named(said).is_none()
}

/// What buttons say.
const BUTTONS: [&str; 34] = [
    "打印本页",
    "打印此页",
    "打印",
    "关闭窗口",
    "关闭本页",
    "关闭",
    "我要收藏",
    "收藏",
    "分享到",
    "分享",
    "微信",
    "微博",
    "QQ空间",
    "QQ",
    "返回顶部",
    "返回列表",
    "返回",
    "扫一扫在手机打开当前页",
    "扫一扫手机打开当前页",
    "扫一扫",
    "保存",
    "我要纠错",
    "纠错",
    "无障碍",
    "语音播报",
    "朗读",
    "字体大小",
    "字体",
    "字号",
    "放大",
    "缩小",
    "大",
    "中",
    "小",
];

/// Whether a line is buttons, or says where on the portal it stands.
fn is_furniture(said: &str) -> bool {
    let crumbs = said.matches(['>', '＞', '›', '»']).count();
    if said.contains("首页") && crumbs > 0 && said.chars().count() < 80 {
        return true;
    }
    let mut rest = said.to_owned();
    BUTTONS.iter().for_each(|button| rest = rest.replace(button, ""));
    let left = |c: char| !c.is_whitespace() && !"【】[]|丨/：:+-·>\u{a0}A".contains(c);
    rest.len() < said.len() && !rest.contains(left)
}

/// Takes a table that is an entry: names and values by turns.
fn table(work: &mut TextInWork<'_>, at: usize) {
    let PartRole::Table(rows) = &work.parts[at].role else { return };
    let say = |cell: &crate::import::parts::CellPart| {
        cell.texts.iter().map(|text| text.shown(work.source)).collect::<String>().trim().to_owned()
    };
    let cells: Vec<String> = rows.iter().flatten().map(say).collect();
    let pairs: Vec<(Option<Fact>, String)> =
        cells.chunks(2).map(|pair| (named(&pair[0]), pair.get(1).cloned().unwrap_or_default())).collect();
    let known = pairs.iter().filter(|(fact, _)| fact.is_some()).count();
    if known >= 2 && known * 3 >= pairs.len() * 2 {
        for (fact, value) in pairs {
            if let Some(fact) = fact {
                learn(work, fact, &value);
            }
        }
        work.parts[at].leave_out("metadata");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(line: &str) -> Vec<(Fact, String)> {
        fields(line).into_iter().map(|field| (field.fact, field.value)).collect()
    }

    #[test]
    fn two_fields_stand_in_a_line_and_names_have_spaces() {
        assert_eq!(
            of("索引号 : 123/2019-1 文       号 : 甲政发〔2019〕7号"),
            [(Fact::IndexNumber, "123/2019-1".into()), (Fact::DocumentNumber, "甲政发〔2019〕7号".into())]
        );
        assert_eq!(
            of("来源：甲市司法局 发布时间：2020-03-20 09:30 浏览次数：- 【字体：大 中 小】"),
            [
                (Fact::Source, "甲市司法局".into()),
                (Fact::Published, "2020-03-20 09:30".into()),
                (Fact::Furniture, "-".into()),
                (Fact::Furniture, "大 中 小】".into()),
            ]
        );
        assert!(of("甲市的来源：乙").is_empty());
        assert!(of("各乡镇人民政府：").is_empty());
    }

    #[test]
    fn buttons_and_crumbs_are_furniture() {
        for line in
            ["【打印】【关闭】", "首页 > 政务公开 > 法治政府", "分享到：微信 微博", "字体：[大 中 小]"]
        {
            assert!(is_furniture(line) || !fields(line).is_empty(), "{line}");
        }
        assert!(!is_furniture("大中小学校") && !is_furniture(""));
    }
}

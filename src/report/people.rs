//! Persons whom a document lists with something sensitive: small leaks add up over documents. A name is one only where
//! that is certain: in the column of a table that says so, in a list that is one of persons, or beside words that
//! stand by names alone. Masked names (张某, 王**) and lists of officials are none.
//!
//! No name is kept, only a number that the same name has everywhere, and its surname.

use serde::{Deserialize, Serialize};

use crate::diag::Words;
use crate::han::sentence::sentences;
use crate::han::{fold, is_han, key};
use crate::report::body::{Map, ReadBody};
use crate::report::evidence::Passage;
use crate::report::wordlist::WordList;
use crate::source::Span;

/// Of one document so many persons are kept.
const MOST: usize = 20_000;

/// A person whom a document lists.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Person {
    /// What the name is known by.
    pub name: u64,
    /// Its first character.
    pub surname: char,
    /// What the document tells of the person.
    pub told: PersonTraits,
    /// Where.
    pub place: Option<Span>,
}

/// What is told of a person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonTraits(u16);

/// An attribute: what it is called, whether it is sensitive by itself, and the words that tell it.
struct Attribute {
    name: (&'static str, &'static str),
    is_sensitive: bool,
    words: &'static [&'static str],
}

const fn sensitive(name: (&'static str, &'static str), words: &'static [&'static str]) -> Attribute {
    Attribute { name, is_sensitive: true, words }
}

const fn plain(name: (&'static str, &'static str), words: &'static [&'static str]) -> Attribute {
    Attribute { name, is_sensitive: false, words }
}

/// Attributes that tell something of a person's health, means or offences (个人信息保护法, art. 28), and those
/// that make somebody out.
const ATTRIBUTES: [Attribute; 13] = [
    sensitive(("低保或救助", "allowances"), &["低保", "最低生活保障", "特困", "五保", "临时救助"]),
    sensitive(("残疾", "disability"), &["残疾"]),
    sensitive(("吸毒或戒毒", "drugs"), &["吸毒", "戒毒", "涉毒"]),
    sensitive(("社区矫正或刑满释放", "sentences"), &["社区矫正", "矫正对象", "刑满释放", "安置帮教", "服刑"]),
    sensitive(("疾病", "illness"), &["精神障碍", "精神病", "艾滋", "传染病", "病种", "疾病", "大病", "患者"]),
    sensitive(("孕检或生育", "pregnancy"), &["孕检", "孕妇", "孕情", "计划生育", "节育"]),
    sensitive(("贫困", "poverty"), &["贫困户", "脱贫户", "建档立卡", "困难群众"]),
    sensitive(("信访", "petitions"), &["信访人", "上访"]),
    sensitive(("失信或被执行", "debts"), &["失信", "被执行人"]),
    sensitive(("受过处罚", "penalties"), &["被处罚人", "违法行为人", "行政拘留", "行政处罚"]),
    plain(("出生或年龄", "age"), &["出生日期", "出生年月", "年龄"]),
    plain(("住址", "address"), &["住址", "家庭地址", "家庭住址"]),
    plain(("账户或金额", "payments"), &["银行", "账号", "账户", "发放金额", "补助金额"]),
];

impl PersonTraits {
    /// Those that words tell.
    fn of(words: &str) -> Self {
        let bits = ATTRIBUTES.iter().enumerate();
        let told = bits.filter(|(_, attribute)| attribute.words.iter().any(|word| words.contains(word)));
        Self(told.fold(0, |all, (bit, _)| all | 1 << bit))
    }

    /// These and others.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether one of them is sensitive.
    #[must_use]
    pub fn is_sensitive(self) -> bool {
        ATTRIBUTES.iter().enumerate().any(|(bit, attribute)| attribute.is_sensitive && self.0 & 1 << bit != 0)
    }

    /// What they are called.
    #[must_use]
    pub fn called(self) -> Words {
        let own = || ATTRIBUTES.iter().enumerate().filter(|(bit, _)| self.0 & 1 << bit != 0);
        let zh: Vec<&str> = own().map(|(_, attribute)| attribute.name.0).collect();
        let en: Vec<&str> = own().map(|(_, attribute)| attribute.name.1).collect();
        Words::new(zh.join("、"), en.join(", "))
    }
}

/// Columns of names; others end with 姓名.
const COLUMNS: [&str; 9] =
    ["户主", "申请人", "当事人", "被处罚人", "救助对象", "低保对象", "矫正对象", "残疾人", "受援人"];
/// Words of a list of persons.
const LISTS: [&str; 3] = ["名单", "公示", "花名册"];
/// Words by which those who are listed do something for others, or hold an office.
const OFFICIAL: [&str; 26] = [
    "工作人员",
    "先进",
    "委员",
    "成员",
    "律师",
    "调解员",
    "执法人员",
    "领导",
    "专家",
    "志愿者",
    "监督员",
    "干部",
    "代表",
    "录用",
    "考试",
    "任职",
    "任免",
    "职务",
    "职称",
    "证号",
    "出席",
    "参会",
    "机构",
    "负责人",
    "法治副校长",
    "民警",
];
/// Words right before a name, in a sentence.
const BEFORE: [&str; 5] = ["户主", "姓名：", "姓名:", "申请人：", "当事人："];
/// Words right behind one.
const BEHIND: [&str; 8] = ["（男", "（女", "，男，", "，女，", "（身份证", "，身份证", "同志（", "(身份证"];

static OF_LISTS: WordList = WordList::new(&LISTS);
/// All words without which a paragraph tells of no persons, unless a list was announced.
static OF_PERSONS: WordList = WordList::new(&[
    "名单",
    "公示",
    "花名册",
    "户主",
    "姓名：",
    "姓名:",
    "申请人：",
    "当事人：",
    "（男",
    "（女",
    "，男，",
    "，女，",
    "（身份证",
    "，身份证",
    "同志（",
    "(身份证",
]);

/// Everybody whom a document lists with something sensitive.
pub(super) fn read(title: &str, read: &ReadBody) -> Vec<Person> {
    let mut found = Vec::new();
    let mut lead = "";
    for (passage, map) in read.passages.iter().zip(&read.maps) {
        if found.len() >= MOST {
            break;
        }
        match passage {
            Passage::Table { header, rows } => {
                table((title, lead), (header, rows), map, &mut found);
            }
            Passage::Prose { text } => {
                prose((title, lead), text, map, &mut found);
                lead = near(text);
            }
        }
    }
    found.truncate(MOST);
    found
}

/// What of a paragraph is read as the heading of what stands below it.
fn near(text: &str) -> &str {
    let end = text.char_indices().nth(80).map_or(text.len(), |(at, _)| at);
    &text[..end]
}

fn is_official(words: &str) -> bool {
    OFFICIAL.iter().any(|word| words.contains(word))
}

/// The persons of a table with a column of names.
fn table(
    (title, lead): (&str, &str),
    (header, rows): (&[String], &[Vec<String>]),
    map: &Map,
    found: &mut Vec<Person>,
) {
    let heads: Vec<String> = header.iter().map(|cell| fold::squeeze_str(cell)).collect();
    let is_name = |head: &String| head.ends_with("姓名") || COLUMNS.contains(&&**head);
    let Some(column) = heads.iter().position(is_name) else { return };
    let around = format!("{title}\n{lead}\n{}", heads.join("\n"));
    if is_official(&around) {
        return;
    }
    let own = PersonTraits::of(&around);
    for (row, cells) in rows.iter().enumerate() {
        let Some(cell) = cells.get(column) else { continue };
        let Some(name) = name(cell) else { continue };
        let told = cells.iter().fold(own, |told, cell| told.with(PersonTraits::of(near(cell))));
        if told.is_sensitive() && found.len() < MOST {
            found.push(person(&name, told, map.span(Some((row, column)), &(0..cell.len()))));
        }
    }
}

/// The persons of a paragraph: a list of names alone, or names beside words that stand by names.
fn prose((title, lead): (&str, &str), text: &str, map: &Map, found: &mut Vec<Person>) {
    let may_list = || [title, lead].iter().any(|words| OF_LISTS.is_in(words));
    if !OF_PERSONS.is_in(text) && !may_list() {
        return;
    }
    for range in sentences(text) {
        let sentence = &text[range.clone()];
        let is_list = sentence.matches('、').nth(1).is_some();
        let own = PersonTraits::of(sentence);
        if (!is_list && !own.is_sensitive()) || found.len() >= MOST {
            continue;
        }
        let mut add = |place: std::ops::Range<usize>, told: PersonTraits| {
            if let Some(name) = name(&sentence[place.clone()]).filter(|_| told.is_sensitive()) {
                let place = place.start + range.start..place.end + range.start;
                found.push(person(&name, told, map.span(None, &place)));
            }
        };
        if own.is_sensitive() && !is_official(sentence) {
            marked(sentence).into_iter().for_each(|place| add(place, own));
        }
        let around = format!("{title}\n{lead}\n{}", sentence.split(['：', ':']).next().unwrap_or_default());
        if is_list && LISTS.iter().any(|word| around.contains(word)) && !is_official(&around) {
            let told = PersonTraits::of(&around);
            listed(sentence).into_iter().for_each(|place| add(place, told));
        }
    }
}

/// Where names stand beside words that stand by names alone.
fn marked(sentence: &str) -> Vec<std::ops::Range<usize>> {
    let mut found = Vec::new();
    for word in BEFORE {
        for (at, word) in sentence.match_indices(word) {
            let start = at + word.len();
            let rest = &sentence[start..];
            let end = rest.find(|c: char| !is_han(c)).unwrap_or(rest.len());
            found.push(start..start + end);
        }
    }
    for word in BEHIND {
        for (at, _) in sentence.match_indices(word) {
            // The name is the end of what stands before it, behind the last word that tells something.
            let before = &sentence[..at];
            let start = before
                .rfind(|c: char| !is_han(c))
                .map_or(0, |last| last + before[last..].chars().next().map_or(0, char::len_utf8));
            let clause = &before[start..];
            let words = ATTRIBUTES
                .iter()
                .flat_map(|attribute| attribute.words)
                .chain(&["人员", "对象", "户", "人", "者"]);
            let behind = words.filter_map(|word| clause.rfind(word).map(|at| at + word.len())).max();
            found.push(start + behind.unwrap_or(0)..at);
        }
    }
    found
}

/// Where names stand in a sentence that lists three and more of them and nothing else.
fn listed(sentence: &str) -> Vec<std::ops::Range<usize>> {
    let start = sentence
        .rfind(['：', ':'])
        .map_or(0, |at| at + sentence[at..].chars().next().map_or(0, char::len_utf8));
    let list = sentence[start..].trim_end_matches(['。', '；', '等']);
    let mut found = Vec::new();
    let mut at = start;
    for part in list.split('、') {
        found.push(at..at + part.len());
        at += part.len() + '、'.len_utf8();
    }
    let is_of_names = found.len() >= 3 && found.iter().all(|place| name(&sentence[place.clone()]).is_some());
    if is_of_names { found } else { Vec::new() }
}

fn person(name: &str, told: PersonTraits, place: Option<Span>) -> Person {
    Person { name: key::exact(name), surname: name.chars().next().unwrap_or_default(), told, place }
}

/// The name that some words are, in simplified characters and without spaces, if they are one and not masked.
fn name(words: &str) -> Option<String> {
    if words.len() > 48 {
        return None;
    }
    let name = fold::squeeze_str(words.split(['（', '(']).next().unwrap_or_default());
    let chars: Vec<char> = name.chars().collect();
    let is_plain = chars.iter().all(|c| is_han(*c) && !"某等人户员名".contains(*c));
    let is_double = DOUBLE.iter().any(|surname| name.starts_with(surname));
    let is_name = match chars.len() {
        2 => SURNAMES.contains(chars[0]) && !is_double,
        3 => SURNAMES.contains(chars[0]) || is_double,
        4 => is_double,
        _ => false,
    };
    (is_plain && is_name).then_some(name)
}

/// The surnames of nineteen in twenty.
const SURNAMES: &str = "王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓萧冯曾程蔡彭潘袁于董余苏叶吕魏蒋田杜丁沈姜范江\
傅钟卢汪戴崔任陆廖姚方金邱夏谭韦贾邹石熊孟秦阎薛侯雷白龙段郝孔邵史毛常万顾赖武康贺严尹钱施牛洪龚汤陶黎温莫易樊乔文安殷颜庄章鲁倪庞邢\
俞翟蓝聂齐向申葛柴伍覃骆关焦柳欧祝纪尚毕耿芦左季管符辛苗詹曲祁靳涂兰甘车卜柯阮桂游阳裴席卫查屈鲍霍翁隋植甄宫岳商";
const DOUBLE: [&str; 10] = ["欧阳", "上官", "司马", "诸葛", "皇甫", "尉迟", "司徒", "令狐", "慕容", "夏侯"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::body;
    use crate::source::Source;

    fn of(title: &str, text: &str) -> Vec<(char, String)> {
        let source = Source::new("content/a/2019.md", text);
        let body = body::read(&source, Span::new(0..text.len()), None).value;
        let people = read(title, &body);
        people.iter().map(|person| (person.surname, person.told.called().zh)).collect()
    }

    #[test]
    fn persons_are_found_where_names_are_certain() {
        let table = "| 序号 | 姓 名 | 家庭住址 |\n|--|--|--|\n| 1 | 张建国 | 东村 |\n| 2 | 王某某 | 西村 |\n| 3 | 李*明 | |\n| 4 | 欧阳小红 | |\n";
        let told = "低保或救助、住址".to_owned();
        assert_eq!(of("最低生活保障对象公示", table), [('张', told.clone()), ('欧', told)]);
        let list = "现将残疾人补贴名单公示如下：\n\n张建国、李小明、王秀英。";
        assert_eq!(of("通知", list).len(), 3);
        for text in [
            "社区矫正对象张建国（男，1980年生）在册。",
            "低保户户主张建国，家有三人。",
            "吸毒人员张建国，男，在册。",
        ] {
            assert_eq!(of("通知", text).len(), 1, "{text}");
        }
    }

    #[test]
    fn every_word_that_tells_of_persons_is_looked_for() {
        for word in LISTS.iter().chain(&BEFORE).chain(&BEHIND) {
            assert!(OF_PERSONS.is_in(word), "{word}");
        }
    }

    #[test]
    fn others_are_none() {
        for (title, text) in [
            ("社区矫正工作人员名单", "| 姓名 | 单位 |\n|--|--|\n| 张建国 | 司法所 |\n"),
            ("人民调解员名单", "张建国、李小明、王秀英。"),
            ("年度报告", "慰问残疾人代表，保障残疾人康复、就业、教育等权益，名单见附件。"),
            ("年度报告", "社区矫正对象管理、戒毒人员安置、低保户帮扶。"),
            ("残疾人保障公示", "康复、教育、就业。"),
            ("名单公示", "| 姓名 | 得分 |\n|--|--|\n| 张建国 | 90 |\n"),
            ("低保公示", "张某某、李**、王某。"),
        ] {
            assert_eq!(of(title, text), [], "{title} {text}");
        }
    }
}

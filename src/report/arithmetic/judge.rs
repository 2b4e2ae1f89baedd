//! What cannot be worked out in a document, sentence by sentence.

use super::counts::counts_of;
use super::finding::ArithmeticFinding;
use super::{growth, parts, rates};
use crate::diag::{Diagnostic, Words};
use crate::han::sentence::sentences;
use crate::report::body::ReadBody;
use crate::report::evidence::Passage;
use crate::scan;
use crate::source::Source;

/// Of one document so many are told; more would hide everything else.
const MOST: usize = 20;

/// Everything in the prose of a document that its own figures do not give.
pub(in crate::report) fn judge(source: &Source, read: &ReadBody) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (passage, map) in read.passages.iter().zip(&read.maps) {
        let Passage::Prose { text } = passage else { continue };
        if !has_two_numbers(text) {
            continue;
        }
        for range in sentences(text) {
            let sentence = &text[range.clone()];
            if !may_tell(sentence) {
                continue;
            }
            for finding in of_sentence(sentence) {
                let place = finding.at.start + range.start..finding.at.end + range.start;
                let diagnostic = complain(source, finding);
                found.push(match map.span(None, &place) {
                    Some(span) => diagnostic.at(span),
                    None => diagnostic,
                });
            }
            if found.len() >= MOST {
                found.truncate(MOST);
                return found;
            }
        }
    }
    found
}

/// Words of a total, without which a sentence with none of the marks below states no sum.
const SUMS: [&str; 8] = ["其中", "合计", "共计", "总计", "总共", "合共", "分别为", "分别是"];

/// Whether a sentence may state something of its own figures. Most do not, and reading figures takes long.
fn may_tell(sentence: &str) -> bool {
    let is_digit = |c: char| c.is_ascii_digit();
    let followed = |mark: &str, reach: usize| {
        let mut marks = sentence.match_indices(mark).map(|(at, mark)| &sentence[at + mark.len()..]);
        marks.any(|behind| behind.chars().take(reach).any(is_digit))
    };
    if !has_two_numbers(sentence) {
        return false;
    }
    let has_share = sentence.contains(['%', '％', '﹪']);
    let is_share = has_share && (sentence.contains('占') || rates::may_tell(sentence));
    let is_sum = SUMS.iter().any(|word| sentence.contains(word)) || followed("共", 1) || followed("（", 24);
    is_share
        || is_sum
        || growth::may_tell(sentence)
            && (followed("比", 16) || followed("较", 16) || followed("从", 1) || followed("由", 12))
}

fn has_two_numbers(text: &str) -> bool {
    let is_digit = |byte: u8| byte.wrapping_sub(b'0') < 10;
    // Behind the last byte there is none.
    let is_end = |[one, two, _]: [u8; 3]| is_digit(one) & !is_digit(two);
    scan::places(text.as_bytes(), is_end).nth(1).is_some()
}

/// What the figures of a sentence do not give.
pub(super) fn of_sentence(sentence: &str) -> Vec<ArithmeticFinding> {
    let told = counts_of(sentence);
    if told.len() < 2 {
        return Vec::new();
    }
    let wholes = parts::wholes(sentence, &told);
    let mut found = parts::unequal(sentence, &told, &wholes);
    found.extend(rates::unfounded(sentence, &told, &wholes));
    found.extend(growth::unfounded(sentence, &told));
    found
}

fn complain(source: &Source, finding: ArithmeticFinding) -> Diagnostic {
    let help = Words::new(
        "对照原文核对；统计口径不同的写明口径，原文如此的用 `accept` 注明",
        "compare with the original; say what is counted where that differs, and accept it if it is printed so",
    );
    Diagnostic::of(finding.code, source.path(), finding.words).help(help.zh, help.en)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(sentence: &str) -> Vec<&'static str> {
        of_sentence(sentence).into_iter().map(|finding| finding.code).collect()
    }

    #[test]
    fn what_cannot_be_worked_out_is_told() {
        for (sentence, code) in [
            ("调整事项22项，其中收回15项、其余8项新增。", "figure/sum"),
            ("办理合法性审核426件，其中重大行政决策158件、政府合同212件、其他涉法事务57件。", "figure/sum"),
            ("化解存量债务800亿元（市本级552亿元，区258亿元）。", "figure/sum"),
            ("三类案件分别是69件、64件和15件，合计149件。", "figure/sum"),
            ("共办理案件50件，分别为20件、31件。", "figure/sum"),
            ("办理案件22件，其中复议25件。", "figure/sum"),
            ("调整事项22项，其中收回15项、新增8项，完成评估。", "figure/sum"),
            ("三类合计148件，占304件的58.7%。", "figure/share"),
            ("收到申请1262件，其中行政处罚引发的896件，占81%。", "figure/share"),
            ("制发公文1666件，其中主动公开公文1609件，公文公开率为98.58%。", "figure/share"),
            ("办结行政复议案件745件，综合纠错率40.02%。", "figure/rate"),
            ("收到行政复议案件1262件，比2017年的824件增长43.16%。", "figure/growth"),
            ("增至25个，比2019年的23个多3个。", "figure/growth"),
            ("高新技术产业增加值从1301亿元增加到2392.5亿元，增长63.9%。", "figure/growth"),
            ("公开率由上年的61%提高到88%，提高37个百分点。", "figure/growth"),
            ("案件由200件降至150件，下降35%。", "figure/growth"),
        ] {
            assert_eq!(codes(sentence), [code], "{sentence}");
        }
    }

    #[test]
    fn what_can_be_worked_out_or_claims_nothing_is_left_alone() {
        for sentence in [
            "调整事项22项，其中收回15项、新增7项。",
            "共清理规章和规范性文件553份，其中拟废止5份，修订1份。",
            "办理合法性审核426件，其中重大行政决策158件、政府合同212件、其他涉法事务56件，提出意见1037条。",
            "化解存量债务800亿元（其中，市本级552亿元，区248亿元），削减26.7%。",
            "化解存量债务800.2亿元（市本级552亿元，区248亿元）。",
            "约22项，其中收回15项、其余8项新增。",
            "近60件（复议30件、诉讼25件）。",
            "新开工项目35个，其中10亿元以上项目31个、50亿元以上项目9个。",
            "新收行政诉讼案件5847件（含上年结转12件）。",
            "三类案件分别是69件、64件和15件，合计148件，占304件的48.7%。",
            "上年结转12件，新收548件，办结300件、245件，合计545件。",
            "新建学校3所、改建学校2所，共100所学校完成改造。",
            "收到申请1262件，其中行政处罚引发的896件，占71%，维持的占已审结案件的66.46%。",
            "制发公文1666件，其中主动公开公文1609件，公文公开率为96.58%。",
            "法院审结284件，胜诉率为80.63%。",
            "一审败诉案件522件，审结败诉案件522件，一审败诉率8.55%。",
            "新收行政诉讼案件246件，负责人出庭应诉率94.20%。",
            "举办培训24期，群众满意率97.3%。",
            "收到行政复议案件1262件，比2017年的824件增长53.16%。",
            "增至25个，比2019年的23个多2个。",
            "高新技术产业增加值从1301亿元增加到2392.5亿元，增长83.9%。",
            "公开率由上年的61%提高到88%，提高27个百分点。",
            "案件由近200件降至150件，下降20%。",
            "全市专利申请量达39751件，其中发明专利12156件、增长23.8%。",
            "办理人大代表建议268件、省政协提案560件，办结率均达100%。",
        ] {
            assert!(codes(sentence).is_empty(), "{sentence}: {:?}", codes(sentence));
        }
    }

    /// What grows with the square of a sentence would not end here.
    #[test]
    fn a_sentence_that_says_one_thing_again_and_again_is_judged() {
        for piece in ["其中3件、", "合计3件，", "占3%，", "比3件增长3件，", "（3件", "由3件增至3件，"]
        {
            assert!(codes(&piece.repeat(200_000)).is_empty(), "{piece}");
        }
    }
}

//! What changed within a sentence, as phrases that a reader sees at once and not as confetti.
//!
//! Figures are taken for the same while two sentences are laid side by side, so that a figure
//! is held against the one that stands in its place, and not against the words there.

use std::ops::Range;

use super::runs;
use super::subsequence::gaps;
use super::units::{TokenFolds, TokenKind, Unit, units};
use crate::han::figure;

/// A stretch of a sentence in both its forms, as bytes of either.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentencePiece {
    /// Of the earlier sentence.
    pub before: Range<usize>,
    /// Of the later one.
    pub after: Range<usize>,
    /// Whether the two differ.
    pub changed: bool,
}

/// A sentence of which less than this many thousandths stays was written anew.
const LEAST_KEPT: usize = 250;

/// Compares two sentences by units like words: a figure is one, a Latin word is one, a Han
/// character is one. Units that differ in script or width alone are the same.
#[must_use]
pub fn words(before: &str, after: &str) -> Vec<SentencePiece> {
    figures_alone(before, after).unwrap_or_else(|| SentencesBeside::new(before, after).pieces())
}

/// The pieces of two sentences that are the same but for their figures, as most are that changed
/// at all; `None` where anything else differs.
fn figures_alone(before: &str, after: &str) -> Option<Vec<SentencePiece>> {
    let (left, right) = (figure::figures(before), figure::figures(after));
    if left.len() != right.len() {
        return None;
    }
    let mut pieces = Vec::with_capacity(2 * left.len() + 1);
    let (mut i, mut j) = (0, 0);
    let ends = std::iter::once((before.len()..before.len(), after.len()..after.len()));
    let figures = left.into_iter().zip(right).map(|(old, new)| (old.range, new.range));
    for (old, new) in figures.chain(ends) {
        if before[i..old.start] != after[j..new.start] {
            return None;
        }
        push(&mut pieces, SentencePiece { before: i..old.start, after: j..new.start, changed: false });
        let changed = before[old.clone()] != after[new.clone()];
        (i, j) = (old.end, new.end);
        push(&mut pieces, SentencePiece { before: old, after: new, changed });
    }
    Some(pieces)
}

/// Two sentences side by side.
struct SentencesBeside<'a> {
    texts: (&'a str, &'a str),
    before: Vec<Unit>,
    after: Vec<Unit>,
    /// The pairs of units that stay.
    kept: Vec<(usize, usize)>,
}

impl<'a> SentencesBeside<'a> {
    fn new(before: &'a str, after: &'a str) -> Self {
        let mut words = TokenFolds::default();
        let (left, right) = (units(before, &mut words), units(after, &mut words));
        // Ties are broken one way; looking from the same side makes both ways mirrors.
        let mut kept = match before <= after {
            true => runs::kept_units(&left, &right),
            false => runs::kept_units(&right, &left).into_iter().map(|(j, i)| (i, j)).collect(),
        };
        if 1000 * kept.len() / left.len().max(right.len()).max(1) < LEAST_KEPT {
            kept.clear();
        }
        Self { texts: (before, after), before: left, after: right, kept }
    }

    fn pieces(&self) -> Vec<SentencePiece> {
        let ends = (self.before.len(), self.after.len());
        let pairs = self.kept.iter().map(Some).chain([None]);
        let mut pieces = Vec::new();
        for ((before, after), pair) in gaps(&self.kept, ends).zip(pairs) {
            if !before.is_empty() || !after.is_empty() {
                push(&mut pieces, self.piece(before, after, true));
            }
            if let Some((i, j)) = pair {
                push(&mut pieces, self.piece(*i..i + 1, *j..j + 1, self.differs(*i, *j)));
            }
        }
        pieces
    }

    /// Whether a pair that stays is of two figures that tell different things.
    fn differs(&self, i: usize, j: usize) -> bool {
        let (a, b) = (&self.before[i], &self.after[j]);
        a.kind == TokenKind::Figure && self.texts.0[a.range.clone()] != self.texts.1[b.range.clone()]
    }

    fn piece(&self, before: Range<usize>, after: Range<usize>, changed: bool) -> SentencePiece {
        SentencePiece { before: bytes(&self.before, before), after: bytes(&self.after, after), changed }
    }
}

/// The bytes of units side by side; where there are none, the place before the next one.
fn bytes(units: &[Unit], range: Range<usize>) -> Range<usize> {
    let end = units.last().map_or(0, |unit| unit.range.end);
    let start = units.get(range.start).map_or(end, |unit| unit.range.start);
    match range.is_empty() {
        true => start..start,
        false => start..units[range.end - 1].range.end,
    }
}

/// Adds a piece, to the last one where both changed or both stayed.
fn push(pieces: &mut Vec<SentencePiece>, piece: SentencePiece) {
    if piece.before.is_empty() && piece.after.is_empty() {
        return;
    }
    match pieces.last_mut().filter(|last| last.changed == piece.changed) {
        Some(last) => {
            last.before.end = piece.before.end;
            last.after.end = piece.after.end;
        }
        None => pieces.push(piece),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The pieces as a reader sees them: `共办结[-745-]{+812+}件`.
    fn told(before: &str, after: &str) -> String {
        let tell = |piece: SentencePiece| match piece.changed {
            false => after[piece.after].to_owned(),
            true => {
                let gone = Some(&before[piece.before]).filter(|text| !text.is_empty());
                let new = Some(&after[piece.after]).filter(|text| !text.is_empty());
                let gone = gone.map(|text| format!("[-{text}-]")).unwrap_or_default();
                gone + &new.map(|text| format!("{{+{text}+}}")).unwrap_or_default()
            }
        };
        words(before, after).into_iter().map(tell).collect()
    }

    #[test]
    fn readers_see_phrases() {
        for (before, after, expected) in [
            ("共办结745件。", "共办结812件。", "共办结[-745-]{+812+}件。"),
            ("纠错率为40.02%。", "纠错率为43.5%。", "纠错率为[-40.02%-]{+43.5%+}。"),
            ("组织旁听庭审活动。", "组织旁听庭审活动四次。", "组织旁听庭审活动{+四次+}。"),
            ("持续强化法治学习。", "不断加强法治学习。", "[-持续强化-]{+不断加强+}法治学习。"),
            ("辦結案件。", "办结案件。", "办结案件。"),
            ("甲乙丙丁", "戊己庚辛", "[-甲乙丙丁-]{+戊己庚辛+}"),
            ("", "新的。", "{+新的。+}"),
            ("", "", ""),
        ] {
            assert_eq!(told(before, after), expected);
        }
    }

    /// Sentences of two years, as reports word them, and what a reader sees of the two.
    const YEARS: [(&str, &str, &str); 30] = [
        (
            "全年共办结行政复议案件745件，综合纠错率为40.02%。",
            "全年共受理行政复议案件812件，办结790件，综合纠错率为43.5%。",
            "全年共[-办结-]{+受理+}行政复议案件[-745-]{+812+}件{+，办结790件+}，综合纠错率为[-40.02%-]{+43.5%+}。",
        ),
        (
            "组织近10万名公职人员参加学法考试，参考率达98.5%。",
            "组织12万余名公职人员参加年度学法考试，参考率达99.2%，优秀率为87%。",
            "组织[-近10万-]{+12万余+}名公职人员参加{+年度+}学法考试，参考率达[-98.5%-]{+99.2%，优秀率为87%+}。",
        ),
        (
            "市政府常务会议专题学法4次，开展法治专题讲座2期。",
            "市政府常务会议专题学法6次，组织领导干部旁听庭审3场，开展法治专题讲座2期。",
            "市政府常务会议专题学法[-4-]{+6+}次{+，组织领导干部旁听庭审3场+}，开展法治专题讲座2期。",
        ),
        (
            "加强行政执法监督，规范执法行为。",
            "强化行政执法监督检查，进一步规范行政执法行为。",
            "[-加强-]{+强化+}行政执法监督[-，规范-]{+检查，进一步规范行政+}执法行为。",
        ),
        (
            "深入推进“放管服”改革，优化营商环境。",
            "深入推进“高效办成一件事”改革，持续优化法治化营商环境。",
            "深入推进“[-放管服-]{+高效办成一件事+}”改革，[-优化-]{+持续优化法治化+}营商环境。",
        ),
        (
            "印发《2019年法治政府建设工作要点》，明确32项重点任务。",
            "印发《2020年法治政府建设工作要点》，明确35项重点任务。",
            "印发《[-2019-]{+2020+}年法治政府建设工作要点》，明确[-32-]{+35+}项重点任务。",
        ),
        (
            "持续开展“减证便民”行动，取消证明事项195项，压减率76%。",
            "深入开展“减证便民”行动，累计取消证明事项290项。",
            "[-持续-]{+深入+}开展“减证便民”行动，{+累计+}取消证明事项[-195-]{+290+}项[-，压减率76%-]。",
        ),
        (
            "全市行政机关负责人出庭应诉率为96.9%，比上年提高2.1个百分点。",
            "全市行政机关负责人出庭应诉率为98.22%，同比上升1.32个百分点，居全省地级市第1位。",
            "全市行政机关负责人出庭应诉率为[-96.9%-]{+98.22%+}，[-比上年提高2.1-]{+同比上升1.32+}个百分点{+，居全省地级市第1位+}。",
        ),
        (
            "建立健全重大行政决策程序制度，落实公众参与、专家论证、风险评估、合法性审查和集体讨论决定等法定程序。",
            "严格落实重大行政决策公众参与、专家论证、风险评估、合法性审查、集体讨论决定程序，编制年度决策事项目录。",
            "[-建立健全-]{+严格落实+}重大行政决策[-程序制度，落实-]公众参与、专家论证、风险评估、合法性审查[-和-]{+、+}集体讨论决定[-等法定程序-]{+程序，编制年度决策事项目录+}。",
        ),
        (
            "聘请法律顾问30名，全程参与重大合同审查。",
            "选聘法律顾问35名，全程参与重大项目谈判和重大合同审查，出具法律意见书126份。",
            "[-聘请-]{+选聘+}法律顾问[-30-]{+35+}名，全程参与{+重大项目谈判和+}重大合同审查{+，出具法律意见书126份+}。",
        ),
        (
            "市司法局会同市人力资源社会保障局举办执法人员培训班。",
            "市司法局会同市人社局举办行政执法人员线上培训班。",
            "市司法局会同市[-人力资源社会保障局举办-]{+人社局举办行政+}执法人员{+线上+}培训班。",
        ),
        (
            "推动行政复议体制改革落地，设立行政复议委员会。",
            "全面完成行政复议体制改革，成立由专家学者组成的行政复议咨询委员会。",
            "[-推动-]{+全面完成+}行政复议体制改革[-落地，设立-]{+，成立由专家学者组成的+}行政复议{+咨询+}委员会。",
        ),
        (
            "2019年，全市新增国家级民主法治示范村1个。",
            "2020年，全市新增国家级民主法治示范村2个、省级15个。",
            "[-2019-]{+2020+}年，全市新增国家级民主法治示范村[-1-]{+2+}个{+、省级15个+}。",
        ),
        (
            "查处各类违法案件3492宗，罚没金额1.2亿元。",
            "查处各类违法案件3604宗，罚没金额9800万元，移送司法机关12宗。",
            "查处各类违法案件[-3492-]{+3604+}宗，罚没金额[-1.2亿-]{+9800万+}元{+，移送司法机关12宗+}。",
        ),
        (
            "领导干部学法用法制度进一步完善。",
            "领导干部学法用法制度更加健全完善。",
            "领导干部学法用法制度[-进一步-]{+更加健全+}完善。",
        ),
        (
            "城市管理、市场监管、生态环境等领域完成综合执法改革。",
            "城市管理、市场监管、生态环境、文化旅游、农业农村等领域综合执法改革全面完成。",
            "城市管理、市场监管、生态环境[-等领域完成-]{+、文化旅游、农业农村等领域+}综合执法改革{+全面完成+}。",
        ),
        (
            "坚持党对法治政府建设的领导，把党的领导贯彻到法治政府建设全过程各方面。",
            "坚持和加强党对法治政府建设的全面领导，把党的领导贯穿法治政府建设全过程和各方面。",
            "坚持{+和加强+}党对法治政府建设的{+全面+}领导，把党的领导[-贯彻到-]{+贯穿+}法治政府建设全过程{+和+}各方面。",
        ),
        (
            "受理群众诉求1.3万件，按时办结率100%。",
            "12345热线受理群众诉求2.1万件，按时办结率99.8%，群众满意率97%。",
            "{+12345热线+}受理群众诉求[-1.3万-]{+2.1万+}件，按时办结率[-100%-]{+99.8%，群众满意率97%+}。",
        ),
        (
            "推行行政执法公示、执法全过程记录、重大执法决定法制审核“三项制度”。",
            "全面推行行政执法“三项制度”，建成全市统一的执法公示平台。",
            "{+全面+}推行行政执法[-公示、执法全过程记录、重大执法决定法制审核-]“三项制度”{+，建成全市统一的执法公示平台+}。",
        ),
        (
            "完成规范性文件清理，废止12件、修改5件、宣布失效20件。",
            "完成行政规范性文件清理，保留68件、废止9件、修改7件、宣布失效31件。",
            "完成{+行政+}规范性文件清理，{+保留68件、+}废止[-12-]{+9+}件、修改[-5-]{+7+}件、宣布失效[-20-]{+31+}件。",
        ),
        (
            "我市法治政府建设仍存在一些薄弱环节，主要是基层执法力量不足。",
            "我市法治政府建设仍存在一些薄弱环节，主要是基层执法力量不足，执法人员业务水平参差不齐。",
            "我市法治政府建设仍存在一些薄弱环节，主要是基层执法力量不足{+，执法人员业务水平参差不齐+}。",
        ),
        (
            "组织执法人员培训考试5场次，参加人员1200人次。",
            "举办行政执法人员资格考试8场次，参加考试1560人次，合格率92%。",
            "[-组织-]{+举办行政+}执法人员[-培训-]{+资格+}考试[-5-]{+8+}场次，参加[-人员1200-]{+考试1560+}人次{+，合格率92%+}。",
        ),
        (
            "打造15分钟公共法律服务圈，建成公共法律服务站73个。",
            "打造半小时公共法律服务圈，建成公共法律服务中心7个、公共法律服务站73个、村居工作室1323个。",
            "打造[-15分钟-]{+半小时+}公共法律服务圈，建成{+公共法律服务中心7个、+}公共法律服务站73个{+、村居工作室1323个+}。",
        ),
        (
            "扎实做好普法工作，开展“宪法宣传周”活动。",
            "扎实做好普法依法治理工作，组织开展“宪法宣传周”“民法典宣传月”系列活动。",
            "扎实做好普法[-工作，-]{+依法治理工作，组织+}开展“宪法宣传周”{+“民法典宣传月”系列+}活动。",
        ),
        (
            "市委书记作出法治批示9次。",
            "市委书记、市长分别作出法治批示15次、21次。",
            "市委书记{+、市长分别+}作出法治批示[-9-]{+15+}次{+、21次+}。",
        ),
        (
            "办理人大代表建议120件、政协提案98件，办复率100%。",
            "办理人大代表建议135件、政协提案102件，办复率、满意率均为100%。",
            "办理人大代表建议[-120-]{+135+}件、政协提案[-98-]{+102+}件，办复率{+、满意率均为+}100%。",
        ),
        (
            "对全市8个县（市、区）开展法治政府建设督察，反馈问题46个。",
            "对全市7个县（市、区）和12个市直部门开展法治政府建设实地督察，反馈问题63个，已完成整改58个。",
            "对全市[-8-]{+7+}个县（市、区）{+和12个市直部门+}开展法治政府建设{+实地+}督察，反馈问题[-46-]{+63+}个{+，已完成整改58个+}。",
        ),
        (
            "推進政務公開，主動公開政府信息3.5萬條。",
            "全面推进政务公开，主动公开政府信息4.2万条，办理依申请公开312件。",
            "{+全面+}推进政务公开，主动公开政府信息[-3.5萬-]{+4.2万+}条{+，办理依申请公开312件+}。",
        ),
        (
            "加大食品药品、安全生产、生态环境等重点领域执法力度。",
            "加大食品药品、安全生产、生态环境、劳动保障等关系群众切身利益的重点领域执法力度。",
            "加大食品药品、安全生产、生态环境[-等-]{+、劳动保障等关系群众切身利益的+}重点领域执法力度。",
        ),
        (
            "出台政府规章1部，提请市人大审议地方性法规草案2部。",
            "提请市人大常委会审议地方性法规草案1件，制定政府规章2部。",
            "[-出台政府规章1部，-]提请市人大{+常委会+}审议地方性法规草案[-2部-]{+1件，制定政府规章2部+}。",
        ),
    ];

    #[test]
    fn sentences_of_two_years_read_naturally() {
        for (before, after, expected) in YEARS {
            assert_eq!(told(before, after), expected);
        }
    }

    #[test]
    fn a_sentence_without_end_is_compared_at_its_ends() {
        let long = "法治".repeat(2000);
        let other = format!("甲{long}乙");
        assert_eq!(words(&other, &format!("甲{}乙", "建设".repeat(900))).len(), 1);
        assert_eq!(words(&long, &long).len(), 1);
    }

    proptest! {
        #[test]
        fn applying_the_difference_gives_the_later_sentence(
            before in "[甲乙丙丁745a%，。]{0,30}", after in "[甲乙丙丁745a%，。]{0,30}"
        ) {
            let pieces = words(&before, &after);
            let old: String = pieces.iter().map(|piece| &before[piece.before.clone()]).collect();
            prop_assert_eq!(&old, &before);
            let apply = |piece: &SentencePiece| match piece.changed {
                false => before[piece.before.clone()].to_owned(),
                true => after[piece.after.clone()].to_owned(),
            };
            prop_assert_eq!(pieces.iter().map(apply).collect::<String>(), after);
        }
    }
}

//! The units of a sentence as words are told apart: a Han character, a Latin word, a figure
//! with what makes a bound of it, a mark.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::LazyLock;

use crate::han::{figure, fold, qualifier};

/// A unit of a sentence.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    /// Its bytes; those of a figure with the words that make a bound of it.
    pub(super) range: Range<usize>,
    /// What sort of unit it is.
    pub(super) kind: TokenKind,
    /// Equal for units that say the same. All figures have one of two tokens.
    pub(super) token: u32,
    /// Whether it is one word with the unit before it.
    pub(super) goes_on: bool,
}

/// What sort of unit something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// A character of Han or of another script that does not part words.
    Han,
    /// A word of letters, or a character that folds to several.
    Word,
    /// A figure.
    Figure,
    /// A mark that parts clauses.
    Pause,
    /// Any other mark.
    Mark,
    /// A space.
    Space,
}

/// Figures, and figures in per cent. No character has these numbers, and no word either.
const FIGURE: [u32; 2] = [0x0011_0000, 0x0011_0001];

/// The tokens of words, by what they fold to. Two sentences that are compared share them.
#[derive(Debug, Default)]
pub(super) struct TokenFolds(BTreeMap<String, u32>);

impl TokenFolds {
    fn token(&mut self, folded: String) -> u32 {
        let next = FIGURE[1].saturating_add(1 + u32::try_from(self.0.len()).unwrap_or(u32::MAX / 2));
        *self.0.entry(folded).or_insert(next)
    }
}

/// The units of a sentence, in order and without gaps.
pub(super) fn units(text: &str, words: &mut TokenFolds) -> Vec<Unit> {
    let mut units = Vec::with_capacity(text.len() / 3 + 1);
    let mut at = 0;
    for figure in figure::figures(text) {
        let range = bound(text, &figure.range);
        plain(text, at..range.start.max(at), (&mut units, words));
        let token = FIGURE[usize::from(figure.percent)];
        at = range.end;
        let range = range.start.max(units.last().map_or(0, |unit: &Unit| unit.range.end))..range.end;
        units.push(Unit { range, kind: TokenKind::Figure, token, goes_on: false });
    }
    plain(text, at..text.len(), (&mut units, words));
    units
}

/// A figure with the qualifier before it and the 余 behind it.
fn bound(text: &str, figure: &Range<usize>) -> Range<usize> {
    let before = &text[..figure.start];
    let tail = before.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
    let folded = fold::fold_str(&before[tail..]);
    let said = folded[..qualifier::before(&folded)].chars().count();
    let start = before[tail..].char_indices().nth(said).map_or(figure.start, |(at, _)| tail + at);
    let rest = &text[figure.end..];
    let behind = rest.strip_prefix(['余', '餘', '多']).unwrap_or(rest);
    start..text.len() - behind.len()
}

/// The units of a stretch without figures.
fn plain(text: &str, range: Range<usize>, into: (&mut Vec<Unit>, &mut TokenFolds)) {
    let (units, words) = into;
    let mut at = range.start;
    while let Some(c) = text[at..range.end].chars().next() {
        let rest = &text[at..range.end];
        let word = rest.len() - rest.trim_start_matches(is_letter).len();
        let len = word.max(c.len_utf8());
        let mut folded = fold::fold_char(c);
        let (token, kind) = match (folded.next(), folded.next()) {
            (Some(one), None) if len == c.len_utf8() => (u32::from(one), kind(one)),
            _ => (words.token(fold::fold_str(&rest[..len])), TokenKind::Word),
        };
        let goes_on = units.last().is_some_and(|last| is_word(last.token, token));
        units.push(Unit { range: at..at + len, kind, token, goes_on });
        at += len;
    }
}

fn is_letter(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ')
}

fn kind(folded: char) -> TokenKind {
    match folded {
        ',' | '。' | ';' | ':' | '、' | '!' | '?' | '(' | ')' => TokenKind::Pause,
        c if c.is_alphanumeric() => TokenKind::Han,
        c if c.is_whitespace() => TokenKind::Space,
        _ => TokenKind::Mark,
    }
}

/// Words of two characters that reports are full of, so that none of them is cut in two. A
/// list of all words would be large and wrong in other places.
const COMMON: &str = "
    安全 安排 案件 办法 办公 办结 办理 办事 保护 保障 备案 比例 编制 标准 表彰 部门 部署 参加 参与 残疾 测评
    查处 常委 常务 撤销 成立 成效 程序 城市 出台 人力 人社 出庭 创建 创新 从严 村居 措施 大力 代表 带头 单位 当事 党委 党政
    党组 档案 到位 地方 电子 调查 调解 调整 督察 督促 队伍 对象 发布 发挥 发展 法官 法规 法律 法院 法制 法治 法定
    反馈 范围 方案 方便 方式 防范 废止 分类 风险 服务 负责 复议 改革 改进 干部 高效 告知 更加 工作 公安 公布 公共
    公开 公民 公平 公示 公务 公正 公证 功能 贯彻 贯穿 管理 规程 规定 规范 规划 规章 国家 过程 合法 合同 合作 核查
    和谐 环节 环境 会议 活动 机构 机关 机制 积极 基层 基础 及时 集体 集中 计划 纪律 纪委 技术 加大 加快 加强 监督
    监管 监察 检查 检察 建成 建立 建设 建议 健全 讲座 交流 教育 街道 结果 结合 解决 解释 紧紧 进行 经济
    经验 精神 举办 举报 举行 具体 决策 决定 开放 开展 考核 考评 考试 科学 控制 快速 扩大 理论 力度 立法 联合 联动
    廉政 领导 领域 律师 落实 满意 矛盾 民主 民生 民法 明确 目标 目录 内容 纳入 能力 年度 排查 培训 配合 配套 批示
    评估 评价 评选 普法 企业 强化 清单 清理 情况 全面 全市 全县 全省 全区 全国 全程 全年 权力 权利 群众 人大 人员
    人民 认真 任务 三项 上级 社会 社区 涉及 设立 深化 深入 审查 审核 审批 审结 审理 生产 生态 省级 实施 实现 实行
    事项 市场 市级 市委 市长 试点 示范 受理 书记 数据 水平 司法 诉讼 素质 随机 所有 特色 提案 提高 提供 提升 体系
    体制 条例 调处 推动 推广 推进 推行 完成 完善 网络 违法 维护 维持 文件 文明 文书 问题 先进 县级 现场 现象 限期
    线上 线下 宪法 乡镇 相关 项目 协调 协助 新增 信息 信用 信访 行为 行政 许可 宣传 学法 学习 严格 研究 要求
    一批 依法 依据 以上 意见 意识 应急 应诉 营商 优化 优秀 有关 有力 有效 预案 预警 预防 原则 责任 增强 增加 镇街
    整改 整合 正确 政策 政府 政务 政协 政治 证明 执法 执行 职能 职权 职责 指导 指标 制定 制度 治理 质量 中心 重大
    重点 主动 主任 主要 注重 专家 专门 专题 专项 专业 转变 咨询 资源 资格 组织 最高 作出 作用 座谈 持续 扎实 统筹
    不断 切实 着力 坚持 优先 充分 举措 取消 压减 审判 仲裁 鉴定 援助 公职 顾问 委员 秘书 议案 议题 草案 文化
    旅游 农业 农村 卫生 健康 交通 运输 税务 消防 水务 住房 城乡 财政 审计 统计 民政 教师 学校 学生 青年 妇女
    老年 居民 村民 农民 职工 商会 协会 园区 平台 系统 热线 窗口 站点 网站 媒体 报刊 电视 微信 公众";

/// Whether two characters in a row are such a word.
fn is_word(first: u32, second: u32) -> bool {
    static WORDS: LazyLock<BTreeSet<(u32, u32)>> = LazyLock::new(|| {
        let words = COMMON.split_whitespace().map(|word| word.chars().map(u32::from));
        words.filter_map(|mut word| Some((word.next()?, word.next()?))).collect()
    });
    WORDS.contains(&(first, second))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<&str> {
        let units = units(text, &mut TokenFolds::default());
        units.into_iter().map(|unit| &text[unit.range]).collect()
    }

    #[test]
    fn figures_bounds_and_words_are_one_unit_each() {
        for (text, expected) in [
            ("办结745件。", vec!["办", "结", "745", "件", "。"]),
            ("组织近10万名", vec!["组", "织", "近10万", "名"]),
            ("超過12萬餘名", vec!["超過12萬餘", "名"]),
            ("占40.02%", vec!["占", "40.02%"]),
            ("用APP办事", vec!["用", "APP", "办", "事"]),
            ("㈠G20峰会", vec!["㈠", "G20", "峰", "会"]),
            ("不少于3近5", vec!["不少于3", "近5"]),
            ("", vec![]),
        ] {
            assert_eq!(told(text), expected);
        }
    }

    #[test]
    fn what_says_the_same_has_the_same_token() {
        let mut words = TokenFolds::default();
        let tokens = |text: &str, words: &mut TokenFolds| -> Vec<u32> {
            units(text, words).into_iter().map(|unit| unit.token).collect()
        };
        assert_eq!(tokens("辦結７件，ＡＰＰ", &mut words), tokens("办结812余件,app", &mut words));
        assert_ne!(tokens("7%", &mut words), tokens("7", &mut words));
    }
}

//! Whether a section tells what was done or what is to be done. A review and a plan on one theme
//! use the same words, and yet the plan does not continue the review.

use std::sync::LazyLock;

use super::bags::Bags;
use crate::compare::grams::{self, gram};
use crate::compare::text::ComparedText;

/// Pairs of characters that tell of what was done, whatever that is.
const DONE: &str =
    "成功 取得 荣获 获得 获批 累计 同比 首次 圆满 增长 去年 完成 成了 到了 开了 了一 定了 施了 进了 行了";
/// Pairs of characters that tell of what is to be done.
const TO_DO: &str = "力争 确保 争取 力求 今年 继续 健全 完善 下一";
/// What titles of reviews say.
const REVIEW: &str = "回顾 总结 情况 成效 成绩 举措 做法 过去 以来";
/// What titles of plans say.
const PLAN: &str = "安排 任务 打算 计划 展望 目标 建议 部署 下一 今后 要求 思路 今年";

/// Fewer words than this are hardly a sign.
const FEW: f64 = 5.0;

/// From 1, a review, to -1, a plan.
pub(in super::super) type Leaning = f64;

/// Which way the sections of a text look: by their titles, by the words in them, and most of all
/// by the sections that they stand in.
pub(in super::super) fn leanings(text: &ComparedText<'_>, bags: &Bags) -> Vec<Leaning> {
    let mut leanings: Vec<Leaning> = Vec::with_capacity(text.sections.len());
    for (section, [done, to_do]) in text.sections.iter().zip(tense_words(bags)) {
        let words = (done - to_do) / (done + to_do + FEW);
        let own = (1.5 * (words + titled(section.title))).clamp(-1.0, 1.0);
        leanings.push(match section.parent {
            Some(parent) => (0.9 * leanings[parent] + 0.3 * own).clamp(-1.0, 1.0),
            None => own,
        });
    }
    leanings
}

/// For each section how many words in it tell of what was done, and of what is to be done.
fn tense_words(bags: &Bags) -> Vec<[f64; 2]> {
    let mut said = vec![[0.0; 2]; bags.owners.len()];
    for (side, words) in WORDS.iter().enumerate() {
        for term in words.iter().flat_map(|gram| bags.with(*gram)) {
            said[term.bag as usize][side] += f64::from(term.count);
        }
    }
    bags.whole.iter().map(|bag| said[*bag]).collect()
}

/// What a title says by itself.
fn titled(title: &str) -> Leaning {
    let mut found = [0.0; 2];
    grams::roughly(title, |gram| {
        for (found, words) in found.iter_mut().zip(&*TITLES) {
            if words.binary_search(&gram).is_ok() {
                *found = 1.0;
            }
        }
    });
    found[0] - found[1]
}

static WORDS: LazyLock<[Vec<u32>; 2]> = LazyLock::new(|| [DONE, TO_DO].map(read));
static TITLES: LazyLock<[Vec<u32>; 2]> = LazyLock::new(|| [REVIEW, PLAN].map(read));

fn read(words: &str) -> Vec<u32> {
    let pair = |word: &str| {
        let mut letters = word.chars();
        Some(gram(letters.next()?, letters.next()?))
    };
    let mut pairs: Vec<u32> = words.split_whitespace().filter_map(pair).collect();
    pairs.sort_unstable();
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reviews_are_told_from_plans_by_titles_words_and_chapters() {
        let plain = "组织开展执法检查和业务培训。";
        let text = ComparedText::from_parts(&[
            ("a", 1, "上年工作回顾", vec![plain]),
            ("a1", 2, "规范执法", vec![plain]),
            ("b", 1, "规范执法", vec!["力争文书合格率继续提高，确保群众满意，完善监督机制。"]),
            ("c", 1, "规范执法", vec!["圆满完成换证，合格率同比上升，取得群众好评，累计培训千人。"]),
            ("d", 1, "规范执法", vec![plain]),
        ]);
        let leanings = leanings(&text, &Bags::of(&text));
        assert!(leanings[1] > 0.9 && leanings[2] > 0.5, "{leanings:?}");
        assert!(leanings[3] < -0.4 && leanings[4] > 0.4 && leanings[5].abs() < 0.1, "{leanings:?}");
    }
}

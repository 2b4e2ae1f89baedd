//! What of a document can be searched, as blocks of plain text.

use super::Entry;
use crate::exports::PlainBlock;

/// Everything of a document that can be searched: its title, its names and numbers, what else is
/// said of it on its page, its words.
pub(super) fn blocks(entry: &Entry) -> Vec<PlainBlock> {
    let card = &entry.card;
    let names = [&card.title, &card.place].into_iter().chain(&card.numbers).chain(&card.issuers);
    let names = names.chain(&entry.lines).filter(|text| !text.trim().is_empty());
    let name = |text: &String| PlainBlock { section: String::new(), paragraphs: vec![text.clone()] };
    names.map(name).chain(entry.blocks.iter().cloned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exports::Card;

    #[test]
    fn a_document_begins_with_its_names() {
        let card = Card {
            title: "2019年报告".into(),
            place: "江门市".into(),
            numbers: vec!["江府〔2020〕1号".into()],
            issuers: vec!["江门市人民政府".into()],
            ..Card::default()
        };
        let lines = vec!["关于印发报告的通知".into(), " ".into(), "更正：一处数字".into()];
        let block = |text: &str| PlainBlock { section: "sec-1".into(), paragraphs: vec![text.into()] };
        let entry = Entry { card, lines, blocks: vec![block("来文。"), block("正文。")] };
        let texts: Vec<_> = blocks(&entry).into_iter().map(|block| block.text()).collect();
        let names = ["2019年报告", "江门市", "江府〔2020〕1号", "江门市人民政府"];
        assert_eq!(
            texts,
            [&names[..], &["关于印发报告的通知", "更正：一处数字", "来文。", "正文。"]].concat()
        );
    }
}

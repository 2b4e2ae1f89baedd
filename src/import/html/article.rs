//! Which part of a portal's page is its text. General readers look for long paragraphs of words between
//! spaces, which Chinese has not; here Han characters outside of links are counted, and the names that
//! portals give to the part are known.

use super::nature::{is_article, is_furniture, is_holder, unseen};
use super::tree::{HtmlData, HtmlNodeId, HtmlTree};

/// Of how much of a page's text one part must be, for the rest to be furniture.
const MOST: f64 = 0.8;

/// Of how much of a page's text a part must be that is called the text.
const MUCH: f64 = 0.5;

/// Of how much of a page's text a part cannot be that is called a menu or the like.
const LITTLE: f64 = 0.3;

/// The part of a page that is its text.
pub(super) fn find(tree: &HtmlTree) -> HtmlNodeId {
    let weights = Weights::of(tree);
    let whole = weights.of[tree.root()];
    let is_much = |id: &HtmlNodeId| whole > 0.0 && weights.of[*id] >= MUCH * whole;
    let is_called =
        |id: &HtmlNodeId| tree.element(*id).is_some_and(|element| is_holder(element) && is_article(element));
    let called = tree.all(tree.root()).find(|id| is_called(id) && is_much(id));
    descend(tree, &weights, called.unwrap_or(tree.root()))
}

/// The innermost part that holds nearly all of the text of `from`.
fn descend(tree: &HtmlTree, weights: &Weights, from: HtmlNodeId) -> HtmlNodeId {
    let mut at = from;
    loop {
        let holders = tree.children(at).iter().filter(|id| tree.element(**id).is_some_and(is_holder));
        let heaviest = holders.max_by(|a, b| weights.of[**a].total_cmp(&weights.of[**b]));
        match heaviest {
            Some(next) if weights.of[*next] > 0.0 && weights.of[*next] >= MOST * weights.of[from] => {
                at = *next
            }
            _ => return at,
        }
    }
}

/// How much text stands below each node.
struct Weights {
    of: Vec<f64>,
}

impl Weights {
    fn of(tree: &HtmlTree) -> Self {
        let order: Vec<HtmlNodeId> = tree.all(tree.root()).collect();
        let plain = Self::counted(tree, &order, |_| false);
        let whole = plain.of[tree.root()];
        // What holds much of the text is the text, whatever it is called.
        Self::counted(tree, &order, |id| {
            plain.of[id] < LITTLE * whole && tree.element(id).is_some_and(is_furniture)
        })
    }

    fn counted(tree: &HtmlTree, order: &[HtmlNodeId], is_out: impl Fn(HtmlNodeId) -> bool) -> Self {
        let mut of = vec![0.0; order.iter().max().map_or(0, |most| most + 1)];
        for id in order.iter().rev() {
            match tree.data(*id) {
                HtmlData::Text(text) => of[*id] += weight(text),
                HtmlData::Element(element)
                    if element.name == "a"
                        || element.name == "head"
                        || unseen(element).is_some()
                        || is_out(*id) =>
                {
                    of[*id] = 0.0;
                }
                _ => {}
            }
            let own = of[*id];
            if let Some(parent) = tree.above(*id).next() {
                of[parent] += own;
            }
        }
        Self { of }
    }
}

/// Han characters count one, and marks that end a sentence or a clause more: menus have none.
fn weight(text: &str) -> f64 {
    text.chars()
        .map(|c| match c {
            '，' | '。' | '；' | '、' => 3.0,
            c if c >= '\u{2e80}' => 1.0,
            c if c.is_alphanumeric() => 0.5,
            _ => 0.0,
        })
        .sum()
}

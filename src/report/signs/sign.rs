//! The sorts of signs, where each stands in a text, and what is said of it.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::diag::{Diagnostic, Words};
use crate::source::{Source, Span};

/// A sort of sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sign {
    Damaged,
    Unresolved,
    Pinyin,
    Unseen,
    Private,
    Doubled,
    Zero,
    Unpaired,
    HalfWidth,
    Mixed,
    Repeated,
    Slip,
    Title,
    Unmarked,
    Untold,
    Heading,
    Emphasis,
    Link,
    Note,
    Table,
    List,
    Indented,
    Escape,
}

/// The signs of a text, by their sort.
#[derive(Default)]
pub(crate) struct SignPlaces {
    pub(super) places: BTreeMap<Sign, Vec<Span>>,
}

impl SignPlaces {
    pub(super) fn add(&mut self, sign: Sign, place: Range<usize>) {
        self.places.entry(sign).or_default().push(Span::new(place));
    }

    pub(super) fn add_some(&mut self, sign: Sign, place: Option<Range<usize>>) {
        if let Some(place) = place {
            self.add(sign, place);
        }
    }

    /// Drops the places that `takes` takes.
    pub(in crate::report) fn sift(&mut self, mut takes: impl FnMut(&'static str, Span) -> bool) {
        for (sign, places) in &mut self.places {
            places.retain(|place| !takes(sign.said().code, *place));
        }
    }

    /// A warning of each sort.
    pub(crate) fn complaints(&self, source: &Source) -> Vec<Diagnostic> {
        let signs = self.places.iter().filter(|(_, places)| !places.is_empty());
        signs.map(|(sign, places)| sign.complain(source, places)).collect()
    }
}

/// What is said of a sort of sign: what it is and what to do, each in Chinese and in English.
struct Remark {
    code: &'static str,
    what: (&'static str, &'static str),
    help: (&'static str, &'static str),
}

impl Sign {
    fn complain(self, source: &Source, places: &[Span]) -> Diagnostic {
        let Remark { code, what, help } = self.said();
        let count = places.len();
        let words = match count {
            1 => Words::new(what.0, what.1),
            _ => Words::new(format!("{}，共 {count} 处", what.0), format!("{}, places: {count}", what.1)),
        };
        Diagnostic::of(code, source.path(), words).at_all(places).help(help.0, help.1)
    }

    fn said(self) -> Remark {
        match self {
            Self::Damaged
            | Self::Unresolved
            | Self::Pinyin
            | Self::Unseen
            | Self::Private
            | Self::Doubled
            | Self::Zero => self.said_of_letters(),
            Self::Unpaired | Self::HalfWidth | Self::Mixed | Self::Repeated | Self::Slip | Self::Untold => {
                self.said_of_form()
            }
            Self::Title | Self::Unmarked => self.said_of_laws(),
            Self::Heading | Self::Emphasis | Self::Link | Self::Note | Self::Escape => self.said_of_marks(),
            Self::Table | Self::List | Self::Indented => self.said_of_blocks(),
        }
    }

    fn said_of_letters(self) -> Remark {
        let (code, what, help) = match self {
            Self::Damaged => (
                "text/damaged",
                ("这里的文字已损坏", "the text is damaged here"),
                ("对照原件补正", "mend it from the original"),
            ),
            Self::Unresolved => (
                "text/unresolved",
                (
                    "导入时这里的字已丢失，还没有补正",
                    "characters were lost before this was imported, and nobody has put them back",
                ),
                (
                    "对照原件补上丢失的字，然后删去“【待核：”和“】”；损坏处的前后也要核对",
                    "put the lost characters back from the original and remove the marks 【待核： and 】; compare what stands beside them, too",
                ),
            ),
            Self::Pinyin => (
                "text/pinyin",
                ("文字里夹杂拼音", "pinyin is mixed into the text"),
                (
                    "转载网站插入的，删去括号和拼音；原文就标了读音的，用 `accept` 写明",
                    "if a copying site inserted it, remove the brackets and the pinyin; accept a reading that is printed so",
                ),
            ),
            Self::Unseen => (
                "text/unseen",
                ("这里有看不见的字符", "a character that nobody sees stands here"),
                (
                    "删去它：光标移到后面，按一次退格键",
                    "remove it: place the cursor behind it and press backspace once",
                ),
            ),
            Self::Private => (
                "text/private",
                (
                    "这个字符没有通用的含义，别的电脑上显示不出来",
                    "this character has no common meaning and shows on no other computer",
                ),
                ("对照原件，改用正式的字", "compare with the original and write the proper character"),
            ),
            Self::Doubled => {
                ("text/doubled", ("标点重复", "a punctuation mark is doubled"), ("只留一个", "leave one"))
            }
            _ => (
                "text/zero",
                ("年份里的零写法不一", "a zero in a year is not the usual one"),
                (
                    "汉字年份的零写作“〇”，阿拉伯数字的写作“0”",
                    "write 〇 in a year in Chinese numerals and 0 in one in digits",
                ),
            ),
        };
        Remark { code, what, help }
    }

    fn said_of_form(self) -> Remark {
        let (code, what, help) = match self {
            Self::Unpaired => (
                "form/unpaired",
                ("括号、书名号或引号不成对", "a bracket or quotation mark lacks its other half"),
                ("补上缺少的一半，或删去多余的", "add the half that is missing, or remove the one too many"),
            ),
            Self::HalfWidth => (
                "form/half-width",
                ("汉字之间用了半角标点", "punctuation of half width stands between Chinese characters"),
                ("改用全角：，；：？！", "write it in full width: ，；：？！"),
            ),
            Self::Mixed => (
                "form/mixed",
                ("简体文字里夹着繁体字", "a traditional character stands among simplified ones"),
                (
                    "改成简体；全文是繁体的，在元数据里写 `language: zh-Hant`",
                    "write it in simplified form; if the whole text is traditional, say `language: zh-Hant`",
                ),
            ),
            Self::Repeated => (
                "form/repeated",
                ("同一短语连写了两遍", "a phrase is set twice"),
                ("删去一遍；原文如此的，用 `accept` 注明", "remove one; accept it if it is printed so"),
            ),
            Self::Slip => (
                "form/name",
                ("这里的名称可能写错了", "a name may be misspelt here"),
                (
                    "对照全称逐字核对；原文如此、并非此名的，用 `accept` 注明",
                    "compare it with the full name, character by character; accept it if it is another name",
                ),
            ),
            _ => (
                "image/alt",
                ("图片没有替代文字", "a picture has no alternative text"),
                ("在 `![` 和 `]` 之间写明图里有什么", "say between `![` and `]` what is to be seen"),
            ),
        };
        Remark { code, what, help }
    }

    fn said_of_laws(self) -> Remark {
        let (code, what, help) = match self {
            Self::Title => (
                "form/title",
                ("书名号里不只是名称", "more than a title stands in 《》"),
                (
                    "在名称的末尾写“》”，条款和后面的话移到外面",
                    "close 》 where the title ends; articles and what follows stand behind it",
                ),
            ),
            _ => (
                "form/unmarked",
                (
                    "法律法规的名称没有书名号，而本文别处有",
                    "a law stands without 《》, which it has elsewhere in the text",
                ),
                ("给名称加上书名号", "set the name in 《》"),
            ),
        };
        Remark { code, what, help }
    }

    fn said_of_marks(self) -> Remark {
        let (code, what, help) = match self {
            Self::Heading => (
                "markdown/heading",
                ("这里的 # 会原样显示，不是标题", "this # is shown as it is and makes no heading"),
                (
                    "用半角 #，后面空一格：`## 一、…`",
                    "write # in half width and a space behind it: `## 一、…`",
                ),
            ),
            Self::Emphasis => (
                "markdown/emphasis",
                ("这里的加粗或删除记号会原样显示", "these marks of emphasis are shown as they are"),
                (
                    "成对地写，紧贴文字：`**文字**`；确要显示的写 `\\*\\*`",
                    "write them in pairs, right beside the words: `**words**`; write `\\*\\*` to show them",
                ),
            ),
            Self::Link => (
                "markdown/link",
                ("这里的链接或图片会原样显示", "this link or picture is shown as it is written"),
                (
                    "用半角括号，中间不留空格：`[文字](地址)`；地址里有空格的写成 `[文字](<地 址>)`",
                    "use half-width brackets with nothing between them: `[words](address)`; put an address with a space into `<…>`",
                ),
            ),
            Self::Note => (
                "markdown/note",
                ("脚注用了全角冒号，会原样显示", "a note with a full-width colon is shown as it is"),
                ("冒号用半角：`[^1]: …`", "write the colon in half width: `[^1]: …`"),
            ),
            _ => (
                "markdown/escape",
                ("这里的转义符会原样显示", "this escape is shown as it is"),
                ("删去它，直接写要显示的字符", "remove it and write the character that is meant"),
            ),
        };
        Remark { code, what, help }
    }

    fn said_of_blocks(self) -> Remark {
        let (code, what, help) = match self {
            Self::Table => (
                "markdown/table",
                ("这里像表格，却会显示成文字", "this looks like a table and is shown as text"),
                (
                    "每行写成 `| 甲 | 乙 |`，表头下面一行写 `|---|---|`，竖线和连字符用半角",
                    "write each row as `| a | b |` and `|---|---|` below the head, all in half width",
                ),
            ),
            Self::List => (
                "markdown/list",
                (
                    "序号后面有空格，成了列表，不会成为小节",
                    "an ordinal with a space behind it is a list, and no section",
                ),
                ("去掉空格：`1.加强…`", "leave the space out: `1.加强…`"),
            ),
            _ => (
                "markdown/indent",
                (
                    "缩进四格或一个制表符的段落会显示成代码",
                    "a paragraph that is indented by four spaces or a tab is shown as code",
                ),
                ("删去行首的空格", "remove the spaces at its beginning"),
            ),
        };
        Remark { code, what, help }
    }
}

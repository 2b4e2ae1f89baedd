//! The rules by which the text of a file becomes that of a report. Each has a name, under which the log
//! tells what it did; those that mend can be switched off by it.

use crate::diag::Words;

/// What a rule does with the characters it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Deed {
    /// It mends damage, and can be switched off.
    Mends,
    /// It puts what it takes into the front matter.
    Matter,
    /// It leaves out what is no part of the document.
    LeavesOut,
    /// It sets the text as Markdown: line ends, marks of headings and tables.
    Sets,
}

/// A rule: its name, and what it does in a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its name in logs and at `--without`.
    pub name: &'static str,
    /// What it does with what it takes.
    pub deed: Deed,
    /// What it does, in Chinese and in English.
    pub words: (&'static str, &'static str),
}

impl Rule {
    const fn new(name: &'static str, deed: Deed, zh: &'static str, en: &'static str) -> Self {
        Self { name, deed, words: (zh, en) }
    }

    /// What it does.
    #[must_use]
    pub fn words(&self) -> Words {
        Words::new(self.words.0, self.words.1)
    }
}

/// The rule of this name.
#[must_use]
pub fn rule(name: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.name == name)
}

use Deed::{LeavesOut, Matter, Mends, Sets};

/// Every rule. Readers add theirs here.
pub const RULES: &[Rule] = &[
    Rule::new("byte-order-mark", LeavesOut, "文件开头的字节顺序标记", "a byte order mark"),
    Rule::new(
        "docx-alternate",
        LeavesOut,
        "同一内容的另一种写法",
        "what is told once more for other programs",
    ),
    Rule::new(
        "docx-building-blocks",
        LeavesOut,
        "文档部件（未印出）",
        "building blocks, which are not printed",
    ),
    Rule::new("docx-chart", LeavesOut, "图表里的文字", "the text of a chart"),
    Rule::new("docx-comment", LeavesOut, "批注", "comments"),
    Rule::new(
        "docx-contents",
        LeavesOut,
        "目录（网站自己生成）",
        "a table of contents, which the site makes itself",
    ),
    Rule::new("docx-custom-data", LeavesOut, "软件自己的数据", "data of the program that wrote the file"),
    Rule::new("docx-deleted", LeavesOut, "修订中已删除的文字", "text that a tracked change deleted"),
    Rule::new("docx-diagram", LeavesOut, "示意图里的文字", "the text of a diagram"),
    Rule::new("docx-embedded", LeavesOut, "嵌入的文件，作为附件", "an embedded file, kept as an attachment"),
    Rule::new("docx-field-code", LeavesOut, "域代码", "the instruction of a field"),
    Rule::new(
        "docx-formula",
        LeavesOut,
        "公式的排版（文字保留）",
        "how a formula is set; its letters are kept",
    ),
    Rule::new("docx-header", LeavesOut, "页眉页脚", "headers and footers"),
    Rule::new("docx-hidden", LeavesOut, "隐藏文字", "hidden text"),
    Rule::new("docx-ink", LeavesOut, "手写墨迹", "ink"),
    Rule::new(
        "docx-inserted",
        LeavesOut,
        "修订的插入标记（文字保留）",
        "the mark of a tracked insertion; its text is kept",
    ),
    Rule::new(
        "docx-moved",
        LeavesOut,
        "修订中移走的文字（新位置保留）",
        "text that was moved; it is kept where it went",
    ),
    Rule::new("docx-note-not-called", LeavesOut, "正文没有引用的注", "notes that the text does not call"),
    Rule::new(
        "docx-number-format",
        LeavesOut,
        "不认识的编号格式，用阿拉伯数字代替",
        "a number format that is not known; the number stands in decimal",
    ),
    Rule::new("docx-outside", LeavesOut, "文件以外的图片或文档", "a picture or document outside of the file"),
    Rule::new("docx-properties", LeavesOut, "文档属性", "properties of the document"),
    Rule::new("docx-ruby", LeavesOut, "注音", "readings above characters"),
    Rule::new("docx-signature", LeavesOut, "电子签名的数据", "data of a digital signature"),
    Rule::new("docx-soft-hyphen", LeavesOut, "可选连字符", "optional hyphens"),
    Rule::new("docx-symbol", LeavesOut, "不认识的符号字体", "a sign of a font that is not known"),
    Rule::new("html-bullet", LeavesOut, "项目符号", "the sign before an entry of a list"),
    Rule::new("html-comment", LeavesOut, "批注", "comments"),
    Rule::new("html-control", LeavesOut, "网页上的按钮和选项", "buttons and choices of the page"),
    Rule::new("html-deleted", LeavesOut, "标明已删去的文字", "text that is marked as deleted"),
    Rule::new("html-embedded", LeavesOut, "嵌入网页的图形和播放器", "drawings and players within the page"),
    Rule::new("html-furniture", LeavesOut, "正文以外的网页文字", "what the page shows around the text"),
    Rule::new("html-hidden", LeavesOut, "不显示的文字", "text that the page does not show"),
    Rule::new("html-navigation", LeavesOut, "栏目、菜单和页脚", "menus, heads and feet of the page"),
    Rule::new(
        "html-note-number",
        LeavesOut,
        "注的编号（报告另编）",
        "numbers of notes, which the report counts itself",
    ),
    Rule::new("html-ordinal-gap", LeavesOut, "编号后的空格", "the gap after an automatic ordinal"),
    Rule::new("html-picture", LeavesOut, "网页以外的图片", "a picture outside of the page"),
    Rule::new("html-script", LeavesOut, "脚本", "scripts"),
    Rule::new("html-space", LeavesOut, "空白段落", "paragraphs that show nothing"),
    Rule::new("html-style", LeavesOut, "样式", "style sheets"),
    Rule::new("line-end", Sets, "行末与空行", "line ends and empty lines"),
    Rule::new("paragraph", Sets, "段落之间空一行", "an empty line between paragraphs"),
];

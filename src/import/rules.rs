//! The rules by which the text of a file becomes that of a report. Each has a name, under which the log
//! tells what it did; those that mend can be switched off by it.

use crate::diag::Words;

/// What a rule does with the characters it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RuleEffect {
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
    pub deed: RuleEffect,
    /// What it does, in Chinese and in English.
    pub words: (&'static str, &'static str),
}

impl Rule {
    const fn new(name: &'static str, deed: RuleEffect, zh: &'static str, en: &'static str) -> Self {
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

use RuleEffect::{LeavesOut, Matter, Mends, Sets};

/// Every rule. Readers add theirs here.
pub const RULES: &[Rule] = &[
    Rule::new(
        "pinyin",
        Mends,
        "删去转载网站插入的拼音",
        "takes out pinyin that a copying site put behind characters",
    ),
    Rule::new("unseen", Mends, "删去看不见的字符", "takes out characters that nobody sees"),
    Rule::new("control", Mends, "删去控制字符", "takes out control characters"),
    Rule::new("stray-tag", Mends, "删去残留的网页标签", "takes out tags that a page left in the text"),
    Rule::new("no-break-space", Mends, "不换行空格改为空格", "makes plain spaces of those that do not break"),
    Rule::new("indent", Mends, "删去段首的空格", "takes out the spaces before a paragraph"),
    Rule::new("trailing-space", Mends, "删去段末的空格", "takes out the spaces behind a paragraph"),
    Rule::new("tab", Mends, "段落里的制表符改为空格", "makes spaces of tabs within a paragraph"),
    Rule::new(
        "doubled-space",
        Mends,
        "连续的空格只留一个，标点旁的不留",
        "leaves one of several spaces, and none beside a mark",
    ),
    Rule::new("ordinal-space", Mends, "删去序号后面的空格", "takes out the space behind an ordinal"),
    Rule::new(
        "half-width",
        Mends,
        "中文里的半角标点改为全角",
        "makes full-width marks of half-width ones within Chinese",
    ),
    Rule::new("heading-mark", Mends, "标题前的 # 号重新标定", "sets the # before a heading anew"),
    Rule::new("bold-heading", Mends, "删去整段标题两端的 **", "takes out the ** around a heading"),
    Rule::new(
        "tab-table",
        Mends,
        "用制表符隔开的行改为表格",
        "makes a table of lines that are parted by tabs",
    ),
    Rule::new("page-number", LeavesOut, "页码", "a page's number"),
    Rule::new("furniture", LeavesOut, "网页上的按钮、计数和位置", "buttons, counters and paths of a page"),
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
        "docx-missing",
        LeavesOut,
        "Word 文件里没有附上的图片或文件",
        "a picture or file that the Word file names and does not hold",
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
    Rule::new("title", Matter, "标题", "the title"),
    Rule::new("title-repeated", Matter, "重复的标题", "the title again"),
    Rule::new("document-number", Matter, "发文字号", "the document number"),
    Rule::new("metadata", Matter, "目录信息", "the catalogue entry"),
    Rule::new("label", Matter, "网页的标签", "a label of the page"),
    Rule::new("damaged", Sets, "标出丢失的字", "marks where characters were lost"),
    Rule::new("line-end", Sets, "行末与空行", "line ends and empty lines"),
    Rule::new("paragraph", Sets, "段落", "paragraphs"),
    Rule::new("heading", Sets, "标题的层级", "the level of a heading"),
    Rule::new("table", Sets, "表格", "tables"),
    Rule::new(
        "escape",
        Sets,
        "在会被当作排版记号的符号前加反斜线",
        "a backslash before what Markdown would act on",
    ),
    Rule::new("bold", Sets, "段首的粗体", "a bold head"),
    Rule::new("link", Sets, "链接", "links"),
    Rule::new("note", Sets, "脚注", "notes"),
    Rule::new("picture", Sets, "图片", "pictures"),
    Rule::new("numbering", Sets, "自动编号", "automatic ordinals"),
    Rule::new("moved", Sets, "按阅读顺序移动", "moved to where it is read"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_rule_has_a_name_of_its_own() {
        let names: BTreeSet<&str> = RULES.iter().map(|rule| rule.name).collect();
        assert_eq!(names.len(), RULES.len());
    }
}

//! What is wrong with the text of a document.

use super::{Code, CodeWeight};

/// By name.
pub(super) const TEXT: &[Code] = &[
    Code {
        name: "heading/title",
        weight: CodeWeight::Warning,
        title: ("一级标题的位置不对", "a level-one heading is out of place"),
        text: (
            "一级标题（`# …`，或者下一行全是 `=` 的一行）是全文的标题，一份文件只有一个，在最前面。附件和各\
             节写成 `## …`。标题前面如果是呈报或印发它的文件，要在元数据里写 `wrapper`，否则不会当作外层文\
             件。忘了空行的 `===` 也会把上一行变成标题。",
            "A level-one heading (`# …`, or a line with a line of `=` below it) is the title of the \
             whole text: there is one, at the beginning. Write `## …` for an annex or a section. \
             What stands before the title is a covering letter or notice only if the front matter \
             has a `wrapper`. A line of `===` without an empty line before it makes a heading of \
             the line above as well.",
        ),
        source: None,
    },
    Code {
        name: "html/removed",
        weight: CodeWeight::Warning,
        title: ("正文中的 HTML 被清除", "HTML was removed from the text"),
        text: (
            "正文含有网站不允许的 HTML，例如脚本、样式、内嵌框架或事件属性，生成页面时会去掉。这些\
             写法常随网页复制而来，可能泄露读者信息或破坏版面。请改用 Markdown 写法，并核对去掉之\
             后文字是否完整。",
            "The text holds HTML that the site does not allow, such as scripts, styles, frames or \
             event attributes, and the page is made without it. It often comes along when text is \
             copied from a web page, and may betray readers or break the layout. Write it as \
             Markdown, and check that no words were lost.",
        ),
        source: None,
    },
    Code {
        name: "image/outside",
        weight: CodeWeight::Error,
        title: ("图片在别的网站上", "a picture is on another site"),
        text: (
            "正文引用的图片放在别的网站上。本站的页面不向其他网站请求任何内容，所以这张图片不会显示；\
             那边一旦删除，报告也就缺了一块。请把图片存到报告所在的文件夹，再按文件名引用。",
            "The text shows a picture that lies on another site. Pages ask nothing of other \
             sites, so it would not show, and it would be lost when they take it down. Put the \
             picture beside the report and refer to it by its name.",
        ),
        source: None,
    },
    Code {
        name: "markdown/emphasis",
        weight: CodeWeight::Warning,
        title: ("强调记号会原样显示", "marks of emphasis are shown as they are"),
        text: (
            "`**`、`~~` 要成对地写，才能成为加粗或删除线；只有一半，或者 `==` 这类本程序不认的记号，读者会照样看到。请补齐或删去；确要显示星号的，写 `\\*\\*`。",
            "`**` and `~~` make bold or struck words only in pairs. Half a pair, or a mark that is unknown here such as `==`, is shown to readers as it stands. Complete or remove it; write `\\*\\*` to show stars.",
        ),
        source: Some(("CommonMark 0.31.2", "CommonMark 0.31.2")),
    },
    Code {
        name: "markdown/escape",
        weight: CodeWeight::Warning,
        title: ("转义符会原样显示", "an escape is shown as it is"),
        text: (
            "这里的反斜线没有转义什么，或者 `&nbsp` 之类的字符代码没有成为字符，读者会照样看到。多半是从网页或别的编辑器复制来的。请删去，直接写要显示的字符。",
            "A backslash here escapes nothing, or a code such as `&nbsp` has not become a character, so that readers see it. It mostly comes from a copied page or another editor. Remove it and write the character that is meant.",
        ),
        source: Some(("CommonMark 0.31.2", "CommonMark 0.31.2")),
    },
    Code {
        name: "markdown/heading",
        weight: CodeWeight::Warning,
        title: ("没有成为标题", "a heading has not become one"),
        text: (
            "行首的 `#` 后面没有空格，或者用了全角的“＃”，所以不是标题，读者会看到这些记号，目录里也没有这一节。请写成 `## 一、…`。",
            "The `#` at the beginning of a line has no space behind it or is of full width, so it makes no heading: readers see the marks, and the outline lacks the section. Write `## 一、…`.",
        ),
        source: Some(("CommonMark 0.31.2", "CommonMark 0.31.2")),
    },
    Code {
        name: "markdown/indent",
        weight: CodeWeight::Warning,
        title: ("缩进的段落成了代码", "an indented paragraph is code"),
        text: (
            "行首有四个空格或一个制表符的段落，Markdown 当作代码，按等宽字体照样显示，不换行，也不进目录。请删去行首的空格；段首缩进由网页的样式负责。",
            "A paragraph that begins with four spaces or a tab is code to Markdown: it is shown in a fixed width without line breaks, and makes no section. Remove the spaces; indenting paragraphs is the business of the theme.",
        ),
        source: Some(("CommonMark 0.31.2", "CommonMark 0.31.2")),
    },
    Code {
        name: "markdown/link",
        weight: CodeWeight::Warning,
        title: ("链接没有成为链接", "a link has not become one"),
        text: (
            "链接或图片写成了 `[文字]（地址）`，或者中间、地址里有空格，所以会照样显示。括号要用半角，中间不留空格；地址里有空格的写成 `[文字](<地 址>)`。",
            "A link or picture has full-width brackets, a space between its parts or in its address, and so is shown as it is typed. Use half-width brackets with nothing between them; put an address with a space into `<…>`.",
        ),
        source: Some(("CommonMark 0.31.2", "CommonMark 0.31.2")),
    },
    Code {
        name: "markdown/list",
        weight: CodeWeight::Warning,
        title: ("带空格的序号成了列表", "an ordinal with a space is a list"),
        text: (
            "`1. 加强…` 这样序号后面有空格的一行，Markdown 当作列表，不成为小节，不进目录，也没有可以引用的地址。请去掉空格，写成 `1.加强…`。",
            "A line such as `1. 加强…`, with a space behind the ordinal, is a list to Markdown: it makes no section, is not in the outline and cannot be cited. Leave the space out: `1.加强…`.",
        ),
        source: Some(("CommonMark 0.31.2", "CommonMark 0.31.2")),
    },
    Code {
        name: "markdown/note",
        weight: CodeWeight::Warning,
        title: ("脚注用了全角冒号", "a note with a full-width colon"),
        text: (
            "`[^1]：` 用了全角冒号，不会成为脚注，会照样显示。请写成 `[^1]: …`。",
            "`[^1]：` has a full-width colon, so it makes no footnote and is shown as it is typed. Write `[^1]: …`.",
        ),
        source: None,
    },
    Code {
        name: "markdown/table",
        weight: CodeWeight::Warning,
        title: ("表格没有成为表格", "a table has not become one"),
        text: (
            "表头下面的一行用了破折号或全角竖线，或者是从电子表格里复制来、用制表符隔开的几行，所以只显示成文字。请写成 `| 甲 | 乙 |`，表头下面写 `|---|---|`。",
            "The line below the head has dashes or bars of another width, or lines with tabs were copied from a spreadsheet, so that all of it is shown as text. Write `| a | b |` and below the head `|---|---|`.",
        ),
        source: Some(("GitHub Flavored Markdown 0.29，表格", "GitHub Flavored Markdown 0.29, tables")),
    },
    Code {
        name: "note/missing",
        weight: CodeWeight::Warning,
        title: ("没有这个脚注", "a footnote is missing"),
        text: (
            "正文用 `[^1]` 引用脚注，却没有以 `[^1]:` 开头的那一段，页面上会照样印出 `[^1]`。请补写脚注，或删去引用。",
            "The text refers to a footnote by `[^1]`, but no paragraph begins with `[^1]:`, so the page shows `[^1]` as it is. Write the footnote, or remove the reference.",
        ),
        source: None,
    },
    Code {
        name: "note/repeated",
        weight: CodeWeight::Warning,
        title: ("脚注标记重复", "a footnote has the label of another"),
        text: (
            "两个脚注用了同一个标记，引用只会通向前一个。请给后一个换一个标记，并核对正文里的引用。",
            "Two footnotes have the same label, and every reference leads to the first. Give the second one a label of its own, and check the references in the text.",
        ),
        source: None,
    },
    Code {
        name: "note/unused",
        weight: CodeWeight::Warning,
        title: ("脚注没有被引用", "a footnote is not referred to"),
        text: (
            "这个脚注写了，正文里却没有引用它，读者不知道它注的是哪一句。请在正文里写上它的标记，或删去它。",
            "This footnote is written and the text does not refer to it, so that nobody knows what it is about. Put its label into the text, or remove it.",
        ),
        source: None,
    },
    Code {
        name: "ordinal/hidden",
        weight: CodeWeight::Warning,
        title: ("序号没有成为小节", "an ordinal is no section"),
        text: (
            "这一行以“一、”“(二)”“3.”一类的序号开头，但与上一行同属一段，因此不进目录，也没有可以引用的\
             地址。整篇粘贴而没有空行的文字常常如此。请在每个小节之前空一行。",
            "This line begins with a printed ordinal but belongs to the paragraph of the line \
             before, so it is neither in the outline nor can it be cited. Text that is pasted \
             without empty lines is full of these. Put an empty line before every section.",
        ),
        source: Some((
            "GB/T 9704—2012《党政机关公文格式》7.3.3：结构层次序数",
            "GB/T 9704-2012 (layout of official documents), 7.3.3: the ordinals of its levels",
        )),
    },
    Code {
        name: "ordinal/repeated",
        weight: CodeWeight::Error,
        title: ("序号重复", "an ordinal is repeated"),
        text: (
            "同一级的标题有两个相同的序号，例如两个“（三）”。段落的链接由印出的序号组成，重复后引\
             用就分不清是哪一节。请改正序号；原文就印错了而又要保持原貌的，写 `accept: [{ code: \
             ordinal/repeated, at: 三、强化监督, reason: 原文如此 }]`；不写 `at` 就是全文都接受。",
            "Two headings of one level have the same ordinal, such as two (三). Links to sections \
             are made of the printed ordinals, so a citation could mean either. Correct the \
             ordinal; if the original has the slip and must stay as printed, write `accept: [{ \
             code: ordinal/repeated, at: 三、强化监督, reason: 原文如此 }]`, or leave `at` out to accept all in the text.",
        ),
        source: Some((
            "GB/T 9704—2012《党政机关公文格式》7.3.3：结构层次序数",
            "GB/T 9704-2012 (layout of official documents), 7.3.3: the ordinals of its levels",
        )),
    },
    Code {
        name: "ordinal/skipped",
        weight: CodeWeight::Error,
        title: ("序号跳号", "an ordinal is skipped"),
        text: (
            "标题的序号没有接着上一个，例如“（二）”之后是“（四）”，也不是从一重新开始。可能漏了一\
             节，也可能标题没有认出来。请对照原文补上缺少的部分或改正序号；原文如此的，用 \
             `accept` 注明。",
            "A heading's ordinal neither follows the last one nor starts again at one: after (二) \
             comes (四). A section may be lost, or a heading was not recognised. Compare with the \
             original and add what is missing or correct the ordinal; if the original is so, say \
             it with `accept`.",
        ),
        source: Some((
            "GB/T 9704—2012《党政机关公文格式》7.3.3：结构层次序数",
            "GB/T 9704-2012 (layout of official documents), 7.3.3: the ordinals of its levels",
        )),
    },
    Code {
        name: "table/cells",
        weight: CodeWeight::Warning,
        title: ("表格的一行多出格子", "a row of a table has cells that are too many"),
        text: (
            "表格的一行比表头多出格子，或者代码、文字里的 `|` 分出了格子。多出的内容照印在行末，但不在任何一栏之下。请补齐表头，或把文字里的 `|` 写成 `\\|`；空格子写成 `| |`。",
            "A row has more cells than the head of its table, or a `|` in code or text parts cells. What is too much is shown at the end of the row, below no column. Complete the head, or write `\\|` for a `|` in text; write `| |` for an empty cell.",
        ),
        source: Some(("GitHub Flavored Markdown 0.29，表格", "GitHub Flavored Markdown 0.29, tables")),
    },
    Code {
        name: "table/head",
        weight: CodeWeight::Warning,
        title: ("没有成为表格", "a table has not become one"),
        text: (
            "表头与下面 `|---|---|` 一行的格数不同，或者前面没有空行，所以整段照印出竖线。请让两行的格数相同，并在表格前面空一行。",
            "The head of the table and the line `|---|---|` below it have different numbers of cells, or no empty line stands before it, so that the page shows the bars. Give both lines as many cells, and put an empty line before the table.",
        ),
        source: Some(("GitHub Flavored Markdown 0.29，表格", "GitHub Flavored Markdown 0.29, tables")),
    },
    Code {
        name: "table/paragraph",
        weight: CodeWeight::Warning,
        title: ("一行文字成了表格的一行", "a line of text has become a row"),
        text: (
            "表格下面紧接着一行文字，中间没有空行，于是它成了表格的最后一行。请在它前面空一行。",
            "A line of text stands right below a table, without an empty line between, and so it is the last row of it. Put an empty line before it.",
        ),
        source: Some(("GitHub Flavored Markdown 0.29，表格", "GitHub Flavored Markdown 0.29, tables")),
    },
    Code {
        name: "text/control",
        weight: CodeWeight::Warning,
        title: ("有看不见的控制字符", "invisible control characters"),
        text: (
            "文字里有退格、响铃、分页之类的控制字符，多半是从别的程序复制来的，或者写了 `\\x07` \
             这样的转义。读者看不见，订阅源等 XML 文件也容不下，所以已从页面和数据里去掉。请在源\
             文件里删去，并对照原文看有没有丢字。",
            "The text holds characters such as backspace, bell or form feed, mostly copied from \
             another program, or written as an escape such as `\\x07`. No reader sees them and no \
             XML file, such as a feed, can hold them, so they are left out of pages and data. \
             Remove them from the source, and see by the original that no word is lost.",
        ),
        source: None,
    },
    Code {
        name: "text/damaged",
        weight: CodeWeight::Warning,
        title: ("文字已损坏", "the text is damaged"),
        text: (
            "正文里有表示字节丢失的替代符，或者残缺的标签，如“/span>”。文字在复制或转换编码时丢了内容，\
             丢掉的部分猜不出来。请对照原件补正。",
            "The text has a mark that stands for lost bytes, or the rest of a broken tag such as \
             `/span>`. Something was lost when it was copied or converted, and cannot be guessed. \
             Mend it from the original.",
        ),
        source: Some((
            "国办秘函〔2019〕19号《政府网站与政务新媒体检查指标》单项否决：严重表述错误",
            "国办秘函〔2019〕19号, the indicators by which government websites are inspected: serious slips of wording fail a site",
        )),
    },
    Code {
        name: "text/doubled",
        weight: CodeWeight::Warning,
        title: ("标点重复", "a punctuation mark is doubled"),
        text: (
            "两个停顿的标点连在一起，如“，，”“。，”，多半是修改时留下的。请只留一个；原文就这样印的，用 `accept` 写明。",
            "Two marks of punctuation stand together, such as ，， or 。，, mostly left over from an edit. Leave one, or accept it if it is printed so.",
        ),
        source: None,
    },
    Code {
        name: "text/duplicate",
        weight: CodeWeight::Note,
        title: ("与另一份文件大部分相同", "two documents share most of their sentences"),
        text: (
            "两份不同地方或不同年度的文件，有六成以上的句子逐字相同（不计短句，以较短的一份计；同一地方相邻\
             两年相沿的内容多，八成半以上才提示）。可能是放错了地方，或者误用了他处的文本。确属沿用的，不必\
             处理：这只是提示，不影响生成。",
            "Two documents of different places or years share at least 60 % of their sentences, word \
             for word, short ones left out, counted by the shorter document; between two years of \
             one place, which rightly repeat much, at least 85 %. One may have been filed in the \
             wrong place or copied by mistake. If it is meant to be so, leave it: this is a note \
             and stops nothing.",
        ),
        source: None,
    },
    Code {
        name: "text/pinyin",
        weight: CodeWeight::Warning,
        title: ("文字里夹杂拼音", "pinyin is mixed into the text"),
        text: (
            "汉字后面的括号里有拼音，如“推(tuī)进”。这是一些转载网站在复制时插入的，会把人名和专名弄错，\
             也使检索落空。请删去括号和拼音，最好改用原发布机关的文本；原文就标了读音的，用 `accept` 写明。",
            "Pinyin stands in brackets behind Han characters, as in 推(tuī)进. Some copying sites \
             insert it; it corrupts names and defeats search. Remove it, or better use the text of \
             the authority that published it. A reading that is printed in the original can be accepted.",
        ),
        source: Some((
            "国办秘函〔2019〕19号《政府网站与政务新媒体检查指标》单项否决：严重表述错误",
            "国办秘函〔2019〕19号, the indicators by which government websites are inspected: serious slips of wording fail a site",
        )),
    },
    Code {
        name: "text/private",
        weight: CodeWeight::Warning,
        title: ("没有通用含义的字符", "a character without common meaning"),
        text: (
            "文字里有私用区的字符。它的样子只由某一种字体决定，换一台电脑就成了方框，检索也找不到。多半是造字或符号字体的残留，请对照原件，改用正式的字。",
            "The text has characters of the private use areas. Only one font knows what they look like; on other computers they are boxes, and search does not find them. Compare with the original and write the proper characters.",
        ),
        source: None,
    },
    Code {
        name: "text/too-deep",
        weight: CodeWeight::Fatal,
        title: ("嵌套过深", "a text is nested too deep"),
        text: (
            "引用、列表、表格或 HTML 的框层层嵌套，超过一百层，没有哪份文件是这样的，多半是标记出了错。请减少嵌套的层数。",
            "Quotations, lists, tables or boxes of HTML stand in one another more than a hundred deep, which no document needs; it is likely a slip of marks. Nest them less deep.",
        ),
        source: None,
    },
    Code {
        name: "text/too-large",
        weight: CodeWeight::Fatal,
        title: ("正文过于庞大", "a text has too many parts"),
        text: (
            "正文的小节多于一万个，或者链接多于两万个，或者表格的格子多于二十万个，或者行和标记合起来多于五十万个，\
             没有哪份报告是这样的，多半是误放的数据。请把数据存成附件，或者把正文拆成几份文件。",
            "The text has more than ten thousand sections, twenty thousand links, two hundred thousand cells of tables or half \
             a million lines and marks, which no report has; it is likely misplaced data. Attach data as a file, or \
             split the text into several documents.",
        ),
        source: None,
    },
    Code {
        name: "text/unresolved",
        weight: CodeWeight::Error,
        title: ("丢失的字还没有补上", "lost characters are not put back yet"),
        text: (
            "导入时发现有字已经丢失（如转码时丢了字节，或整个字变成了问号），程序不能断定原来是什么字，就用“【待核：…】”标了出来。\
             请对照原件补上，再删去标记；标记前后的字也可能是错的，一并核对。没有处理完之前不能发布。",
            "An import found that characters were lost, such as bytes that a conversion dropped or a character that \
             became a question mark. Nobody can tell for certain what stood there, so the place is marked 【待核：…】. Put \
             the characters back from the original and remove the mark; what stands beside it may be wrong as well. \
             Until then nothing is published.",
        ),
        source: None,
    },
    Code {
        name: "text/unseen",
        weight: CodeWeight::Warning,
        title: ("看不见的字符", "characters that nobody sees"),
        text: (
            "汉字、数字或字母旁边有看不见的字符，如零宽空格、软连字符、方向标记。它们是从网页复制来的，会把词和数字从中间断开，别的程序就找不到。请删去：光标移到它后面，按一次退格键，或者把这几个字重新输入。",
            "Characters that nobody sees stand beside Han characters, figures or letters: zero-width spaces, soft hyphens, marks of direction. They come from copied pages and part words and figures, so that other programs do not find them. Remove them: place the cursor behind one and press backspace once, or type the words again.",
        ),
        source: None,
    },
    Code {
        name: "text/zero",
        weight: CodeWeight::Warning,
        title: ("年份里的零写法不一", "a zero in a year is not the usual one"),
        text: (
            "年份里的零用了圆圈、字母或“零”，如“二○二○年”“2O20年”。按 GB/T 15835，汉字年份写“二〇二〇年”。写法不一，检索和比较就会漏掉。请改正；原文就这样印的，用 `accept` 写明。",
            "A year has a circle, a letter or 零 for its zero, as in 二○二○年 or 2O20年. By GB/T 15835 it is 二〇二〇年. Spelled in several ways it is missed by search and comparison. Correct it, or accept it if it is printed so.",
        ),
        source: None,
    },
];

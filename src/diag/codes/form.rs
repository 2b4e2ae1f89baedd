//! Slips in the wording of a document.

use super::{Code, CodeWeight};

/// What serious slips stand on.
const WORDING: Option<(&str, &str)> = Some((
    "国办秘函〔2019〕19号《政府网站与政务新媒体检查指标》单项否决：严重表述错误",
    "国办秘函〔2019〕19号, the indicators by which government websites are inspected: serious slips of wording fail a site",
));

/// What punctuation stands on.
const MARKS: Option<(&str, &str)> =
    Some(("GB/T 15834—2011《标点符号用法》", "GB/T 15834-2011 (the use of punctuation marks)"));

/// By name.
pub(super) const FORM: &[Code] = &[
    Code {
        name: "form/half-width",
        weight: CodeWeight::Note,
        title: ("汉字之间用了半角标点", "punctuation of half width between Chinese characters"),
        text: (
            "汉字之间的逗号、分号、冒号、问号、叹号应当用全角。半角的多半来自网页或者别的系统，字距难看，检索和朗读也会受影响。序号里的括号不\
             算。这是提示：请批量改成全角；原文如此的，可以保留。",
            "Between Chinese characters commas, semicolons, colons, question and exclamation marks are of full width. Those of \
             half width mostly come from web pages; they look wrong and hinder search and reading aloud. Brackets of ordinals \
             do not count. It is a note.",
        ),
        source: MARKS,
    },
    Code {
        name: "form/mixed",
        weight: CodeWeight::Warning,
        title: ("简体文字里夹着繁体字", "traditional characters among simplified ones"),
        text: (
            "文件是简体的，却夹着繁体字，多半是复制或转换时留下的。公文用规范汉字。请改成简体；人名、书名原来就用繁体的，用 `accept` 注明；\
             全文都是繁体的，在元数据里写 `language: zh-Hant`。",
            "The document is in simplified characters and some traditional ones stand in it, which copying or conversion left \
             there. Write them in simplified form; accept them in names that are printed so. If the whole text is \
             traditional, say `language: zh-Hant` in its front matter.",
        ),
        source: Some((
            "《中华人民共和国国家通用语言文字法》第九条：国家机关以规范汉字为公务用字",
            "Law on the standard spoken and written language, art. 9: offices of the state use standard characters",
        )),
    },
    Code {
        name: "form/name",
        weight: CodeWeight::Warning,
        title: ("名称可能写错了", "a name may be misspelt"),
        text: (
            "这里出现了曾经使政府网站检查不合格的写错的字（如“攻府”），或者与 site.yaml 的 `names` 里的名称只差一个字。请对照全称逐字核\
             对。确实是另一个名称的，用 `accept` 注明。",
            "This is a slip for which government websites have failed their inspection, such as 攻府, or it differs from a name \
             in `names` of site.yaml by one character. Compare it with the full name. If it is another name, say so with \
             `accept`.",
        ),
        source: WORDING,
    },
    Code {
        name: "form/repeated",
        weight: CodeWeight::Warning,
        title: ("短语连写了两遍", "a phrase is set twice"),
        text: (
            "四个字以上的同一短语紧挨着写了两遍，如“持续加强持续加强”，多半是复制时的重复。一个一个、认认真真之类的叠用不算。请删去一遍；原文\
             如此的，用 `accept` 注明。",
            "A phrase of four characters or more stands twice side by side, such as 持续加强持续加强, mostly for a slip of \
             copying. Words that double by their nature are left alone. Remove one; accept it if it is printed so.",
        ),
        source: WORDING,
    },
    Code {
        name: "form/title",
        weight: CodeWeight::Warning,
        title: ("书名号里不只是名称", "more than a title stands in 《》"),
        text: (
            "“》”写得太晚：书名号一直延续到句号以后，或者把第几条、第几款也包在里面，如“《行政复议法第三十条》”。书名号里只写名称，条款写在外面。请\
             把“》”移到名称的末尾；名称里本来就有句号的，用 `accept` 注明。",
            "A 》 stands too late: the title goes on over the end of a sentence or takes in an article, as in 《行政复议法第三十条》. \
             In 《》 stands the title alone. Move 》 to its end; accept it if there is a full stop in the title itself.",
        ),
        source: MARKS,
    },
    Code {
        name: "form/unmarked",
        weight: CodeWeight::Note,
        title: ("法律法规的名称没有书名号", "the name of a law stands without 《》"),
        text: (
            "同一份文件里，这部法律法规在别处加了书名号，这里却没有，而且前面是“根据”“依照”等，或者后面是第几条。泛指的（如“宣传行政复议法”）不提\
             示。这是提示：请加上书名号；原文如此的，可以保留或者用 `accept` 注明。",
            "The law has 《》 elsewhere in the document and none here, where something rests on it (根据, 依照) or one of its articles \
             is named. Where a law is only spoken of, nothing is said. It is a note; set the name in 《》, or accept it if it \
             is printed so.",
        ),
        source: MARKS,
    },
    Code {
        name: "form/unpaired",
        weight: CodeWeight::Warning,
        title: ("括号、书名号或引号不成对", "brackets or quotation marks that are no pairs"),
        text: (
            "一段里的（）、《》、“”、【】、〔〕缺了一半，或者交叉了，如法律名称后面漏了“》”。读者会看不清引用到哪里为止。序号“1）”和分几段\
             的引文不算。请补上或删去；原文如此的，用 `accept` 注明。",
            "In a paragraph one half of （）, 《》, “”, 【】 or 〔〕 is missing, or two pairs cross, as where the 》 behind the \
             name of a law was forgotten. Ordinals such as 1） and quotations over several paragraphs do not count. Add or \
             remove a half; accept it if it is printed so.",
        ),
        source: MARKS,
    },
    Code {
        name: "form/variant",
        weight: CodeWeight::Warning,
        title: ("同一机构的名称有两种写法", "one body is spelled in two ways"),
        text: (
            "同一份文件里，或者同一地方的几份文件里，两个机构名称只差一个字、多一个重复的字或者颠倒了两个字，如“市政府服务和大数据管理局”和“市政务\
             服务和大数据管理局”；与发文机关的名称只差一个字的也算。全称和简称（某市人民政府、某市政府）不算，只差第一、第二的不算。请对照全称\
             改成一致；原文如此或者确实是两个机构的，用 `accept` 注明，几份文件之间的在 site.yaml 的 `checks` 里放行。",
            "In one document, or in those of one place, two names of bodies differ by one character, a doubled one, or two that \
             are exchanged; so does a name that is nearly the issuer's. A full name and a short one are no such pair, nor are \
             the first and the second of their kind. Write one name in both places; accept it if it is printed so or there are \
             two bodies, and between documents allow it in `checks` of site.yaml.",
        ),
        source: WORDING,
    },
    Code {
        name: "image/alt",
        weight: CodeWeight::Warning,
        title: ("图片没有替代文字", "a picture has no alternative text"),
        text: (
            "图片没有替代文字，看不见图片的读者不知道里面有什么，读屏软件只会念文件名。请在 `![` 和 `]` 之间写一句话，说明图里的内容；图里有\
             数字的，把数字写出来。",
            "Readers who do not see a picture learn nothing of it without alternative text, and a screen reader can only say \
             the name of its file. Say between `![` and `]` what is to be seen in it, figures included.",
        ),
        source: Some((
            "GB/T 37668—2019《信息技术 互联网内容无障碍可访问性技术要求与测试方法》；WCAG 2.2，1.1.1",
            "GB/T 37668-2019 (accessibility of Internet content); WCAG 2.2, success criterion 1.1.1",
        )),
    },
    Code {
        name: "image/only",
        weight: CodeWeight::Warning,
        title: ("正文只有图片", "a report consists of pictures alone"),
        text: (
            "这份文件几乎没有文字，内容都在图片里：检索不到，读屏软件读不出，数字也无法核对和比较。请把图里的文字录入正文，图片可以留作附件；只有扫描件的，\
             先识别文字再校对。",
            "The document has hardly any words, and what it says stands in pictures: search does not find it, a screen reader \
             cannot read it, and figures can be neither checked nor compared. Put the words into the text; the pictures may \
             stay as attachments. Of a scan have the text recognized, and read it over.",
        ),
        source: Some((
            "GB/T 37668—2019《信息技术 互联网内容无障碍可访问性技术要求与测试方法》；WCAG 2.2，1.4.5",
            "GB/T 37668-2019 (accessibility of Internet content); WCAG 2.2, success criterion 1.4.5",
        )),
    },
];

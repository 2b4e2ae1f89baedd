//! What is wrong with what a document says of itself, or declares.

use super::{Code, CodeWeight};

/// By name.
pub(super) const DOCUMENTS: &[Code] = &[
    Code {
        name: "accept/unknown",
        weight: CodeWeight::Fatal,
        title: ("接受了一个不存在的问题代码", "an unknown code is accepted"),
        text: (
            "`accept` 里写的代码不是本程序会报告的问题，或者是不能由作者自行接受的问题。写错的代码\
             什么也放行不了，真正的问题会照样报告。请照检查结果里方括号中的代码原样抄写，例如 \
             `ordinal/repeated`。",
            "The code under `accept` is none that this program reports, or one that an author \
             cannot accept. A mistyped code lets nothing through, so the real finding would still \
             be reported. Copy the code as it stands in the brackets of the finding, such as \
             `ordinal/repeated`.",
        ),
        source: None,
    },
    Code {
        name: "accept/unused",
        weight: CodeWeight::Warning,
        title: ("接受的问题并没有出现", "an accepted finding does not occur"),
        text: (
            "`accept` 放行的问题在这份文件里已经找不到了。留着它，将来同类的新错误会被悄悄放过。请\
             删去这一条；如果原文确实有此问题，请检查代码是否写对。",
            "What `accept` lets through is no longer found in this file. If the entry stays, a \
             new mistake of the same sort will pass unseen. Remove the entry, or check its code \
             if the original does have the slip.",
        ),
        source: None,
    },
    Code {
        name: "date/format",
        weight: CodeWeight::Fatal,
        title: ("日期写法不对", "a date is not written as a date"),
        text: (
            "日期须是年、月、日齐全的公历日期，写成 `2020-03-02`；发布日期可以再带时间，如 \
             `2020-03-20 09:30`，不写时区按北京时间。程序按日期排序、核对期限并写入页面标签，所以\
             不接受“三月初”一类的写法，也不接受不存在的日子。只有发布日期可以写 `unknown`。",
            "A date has a year, a month and a day, as in `2020-03-02`; the date of publication \
             may carry a time, as in `2020-03-20 09:30`, at +08:00 unless said. Dates are sorted, \
             held against deadlines and written into page labels, so words and days that do not \
             exist are refused. Only `published` may be `unknown`.",
        ),
        source: None,
    },
    Code {
        name: "date/order",
        weight: CodeWeight::Error,
        title: ("日期先后颠倒", "dates are in the wrong order"),
        text: (
            "一个日期早于按理应在它之前的日期，例如发布日期早于成文日期，或更正日期早于发布日期。\
             颠倒的日期在检查中可能被当作伪造发布日期，那是一票否决的问题。请对照原件核实两个日期，\
             改正写错的一个。",
            "A date comes before one that it should follow: published before written, or \
             corrected before published. Inspectors may take such a date for a forged one, which \
             alone fails a site. Compare both with the original and correct the wrong one.",
        ),
        source: Some((
            "国办秘函〔2019〕19号《政府网站与政务新媒体检查指标》单项否决：发布日期造假",
            "国办秘函〔2019〕19号, the indicators by which government websites are inspected: a forged date of publication fails a site",
        )),
    },
    Code {
        name: "date/unknown",
        weight: CodeWeight::Warning,
        title: ("发布日期不详", "the date of publication is unknown"),
        text: (
            "`published: unknown` 表示查不到这份文件何时发布，页面会写明“发布日期不详”，也不输出 \
             `PubDate` 标签。这样写是诚实的，但没有日期的文章在检查中按未更新计。如果能从原网页、\
             公报或档案查到日期，请补上；查不到就保持原样，不要编造。",
            "`published: unknown` says that nobody knows when this was published; the page says \
             so and has no `PubDate` label. That is honest, but inspectors count an article \
             without a date as not updated. Fill in the date if the original page, the gazette or \
             the files tell it; otherwise leave it, and never make one up.",
        ),
        source: Some((
            "国办秘函〔2019〕19号《政府网站与政务新媒体检查指标》：没有日期的文章视为没有更新",
            "国办秘函〔2019〕19号, the indicators by which government websites are inspected: an article without a date counts as not updated",
        )),
    },
    Code {
        name: "date/year",
        weight: CodeWeight::Error,
        title: ("所述年度与日期不符", "the year covered does not fit the dates"),
        text: (
            "年度取自路径，是报告所述的年份，应在 1949 年之后，且不晚于成文的年份（没有成文日期时\
             看发布年份；工作计划可以晚一年）。报告不可能写尚未到来的一年。请检查文件是否放错了年\
             份文件夹，或日期是否写错。",
            "The year comes from the path and is the year that the report covers: not before 1949 \
             and not after the year in which it was written, or published where `written` is \
             missing; a plan may be one year ahead. No report can tell of a year to come. Check \
             whether the file lies under the wrong year or a date is wrong.",
        ),
        source: None,
    },
    Code {
        name: "indicator/ambiguous",
        weight: CodeWeight::Fatal,
        title: ("指标数值在正文中不止一处", "an indicator's value is found more than once"),
        text: (
            "同一个数值在正文中有不止一处都可以作为依据，无法断定哪一处才是这项指标。网站要让每个\
             数字都能点回它的原句，因此不能猜。请加上 `quote`，从正文逐字摘抄一段含有该数值、且全\
             文只出现一次的文字。",
            "More than one place in the text could be the evidence for this value, and which is \
             meant cannot be told. Every figure on the site leads back to its own sentence, so \
             this is not guessed. Add a `quote`: a few words copied from the text that hold the \
             value and occur just once.",
        ),
        source: None,
    },
    Code {
        name: "indicator/qualifier",
        weight: CodeWeight::Warning,
        title: ("数字前后的限定词与所声明的不同", "the words around a figure qualify it in another way"),
        text: (
            "正文在这个数字前后用了“近”“约”“余”“不少于”一类的词，而元数据没有写 `qualifier`，或者写的是\
             另一种。约数和准数在图表上画法不同，写错了就会把约数当准数。请按正文写上 `qualifier`。",
            "The text qualifies this figure with a word such as 近, 约, 余 or 不少于, and the front \
             matter gives no `qualifier` or another one. Bounds and exact figures are drawn in \
             different ways, so a bound would pass for an exact figure. Write the `qualifier` that \
             the text has.",
        ),
        source: None,
    },
    Code {
        name: "indicator/quote",
        weight: CodeWeight::Fatal,
        title: ("引文不能作为依据", "a quote is no evidence"),
        text: (
            "指标的 `quote` 在正文中找不到、出现了不止一次，或者不含所填的数值。引文是数字的出处，\
             必须与正文逐字一致（简繁、全半角和空白的差别不计）。请从正文重新复制一段含有该数值、\
             只出现一次的文字。",
            "The indicator's `quote` is not in the text, is there more than once, or does not \
             hold the value. It is where the figure comes from, so it must match the text word \
             for word; script, width and white space do not matter. Copy a passage that holds the \
             value and occurs just once.",
        ),
        source: None,
    },
    Code {
        name: "indicator/unknown",
        weight: CodeWeight::Fatal,
        title: ("登记表中没有这项指标", "an indicator is not in the registry"),
        text: (
            "这项指标不在 `indicators.yaml` 中，不知道它的名称、单位和含义，也就无法与其他年份比较。\
             请改成登记表中的名称；如果确是新的指标，请先在 `indicators.yaml` 登记，统计口径不同的\
             不要合用一个名称。",
            "This indicator is not in `indicators.yaml`, so its name, unit and meaning are \
             unknown and it can be compared with no other year. Use a name from the registry, or \
             register the new indicator first; what is counted differently needs a name of its \
             own.",
        ),
        source: None,
    },
    Code {
        name: "indicator/unsupported",
        weight: CodeWeight::Fatal,
        title: ("正文中找不到指标的数值", "an indicator's value is not in the text"),
        text: (
            "正文里没有哪句话或哪个表格支持这个数值。网站上的每个数字都必须有原文为据，读者才能核\
             对。请检查数值和单位是否与原文一致；原文换了说法的，用 `quote` 指明；数字出自附件的，\
             写 `basis: attachment`。",
            "No sentence and no table of the text bears this value out. Every figure on the site \
             must rest on the original, so that readers can verify it. Check value and unit \
             against the text; where the text words it differently, point to it with a `quote`; \
             where the figure is in an attachment, write `basis: attachment`.",
        ),
        source: None,
    },
    Code {
        name: "matter/absent",
        weight: CodeWeight::Fatal,
        title: ("元数据缺失或不完整", "the front matter is absent or has no end"),
        text: (
            "每份报告都以元数据开头：第一行是 `---`，然后是 `键: 值`，再以单独一行 `---` 结束。标\
             题、发文机关和日期都在这里，缺了就无法发布。请在文件最前面补上，前面不要留空行，末尾的 `---` 也不能少。",
            "Every report begins with front matter: a first line `---`, then `key: value` lines, \
             then a line `---` alone. Title, issuer and dates stand there, and nothing can be \
             published without them. Add it at the very top, with no blank line before it, and mind \
             the line `---` at its end.",
        ),
        source: None,
    },
    Code {
        name: "matter/comma",
        weight: CodeWeight::Warning,
        title: ("几项没有分开", "entries that are not divided"),
        text: (
            "YAML 只用半角逗号加空格分开列表里的各项，而且要写在方括号里：`keywords: [法治, 政府]`。写成“法治，政府”或“法治、政府”\
             的，是一项，检索和列表里也只当一项。确实只有一项、名称里就有逗号或顿号的，给它加上半角引号。",
            "Only a plain comma with a space divides the entries of a list in YAML, and the list stands in \
             brackets: `keywords: [law, government]`. With a full-width comma, or without brackets, all of it \
             is one entry, in search and in lists too. Where it is one whose name has such a sign in it, \
             put it in straight quotation marks.",
        ),
        source: None,
    },
    Code {
        name: "matter/duplicate-key",
        weight: CodeWeight::Fatal,
        title: ("同一个键写了两次", "a key is given twice"),
        text: (
            "同一段元数据里，一个键只能出现一次，否则不知道以哪个值为准。请核对原件，留下正确的一\
             行，删去另一行；几个单位联合发文时，把 `issuer` 写成列表。",
            "A key may stand only once in a mapping, or nobody knows which value holds. Compare \
             with the original, keep the right line and remove the other; for a joint report make \
             `issuer` a list.",
        ),
        source: None,
    },
    Code {
        name: "matter/missing",
        weight: CodeWeight::Fatal,
        title: ("缺少必填的内容", "a required key is missing"),
        text: (
            "这类文件必须有的一项没有填写。不同文种要求不同，例如年度报告要有标题、发文机关和发布\
             日期；缺了它们，页面标签和检索就不完整。请按提示补上这一项，发布日期确实查不到时写 \
             `published: unknown`。",
            "Something that a document of this kind must have is not given. Kinds ask for \
             different things: an annual report for its title, issuer and date of publication, \
             without which page labels and search are incomplete. Add the key that is named; \
             where the date of publication cannot be found, write `published: unknown`.",
        ),
        source: None,
    },
    Code {
        name: "matter/quotes",
        weight: CodeWeight::Warning,
        title: ("引号成了文字的一部分", "quotation marks have become a part of a text"),
        text: (
            "YAML 的引号是半角的 `\"` 和 `'`。整个值写在“ ”里的，这对引号会原样出现在网页的标题和列表里。不需要引号的，\
             删去；标题本身就在引号里的，外面再加一对半角引号。",
            "The quotation marks of YAML are the straight ones. Where a whole value stands in curly ones, they \
             show on pages, in titles and lists. Remove them, since nearly no text needs any; where the \
             title itself has them, put straight ones around all of it.",
        ),
        source: None,
    },
    Code {
        name: "matter/type",
        weight: CodeWeight::Fatal,
        title: ("值的类型不对", "a value is of the wrong type"),
        text: (
            "这里需要另一种值，例如应是数字、列表或一段文字。常见原因是缩进不对、漏了方括号，或者\
             该加引号的值没有加引号。请按提示改写；要让数字样的内容保持文字，就加上引号，例如 \
             `code: \"440700\"`。",
            "Another sort of value is wanted here, such as a number, a list or a text. Often the \
             indentation is off, brackets are missing, or a value lacks its quotation marks. \
             Write it as the message says; to keep digits as a text, put them in quotation marks, \
             as in `code: \"440700\"`.",
        ),
        source: None,
    },
    Code {
        name: "matter/unknown-key",
        weight: CodeWeight::Fatal,
        title: ("不认识的键", "an unknown key"),
        text: (
            "这个键不在约定之中，多半是拼写有误。程序不会默默忽略它，因为写错一个字母就会丢掉一个\
             日期或文号。请按提示改成相近的键；如果是自己的备注，请改写成以 `#` 开头的注释；注释会随源文件一起公开。",
            "This key is none that is known here, most likely for a slip of spelling. It is not \
             passed over in silence, since one wrong letter would lose a date or a document \
             number. Use the near key that the hint names; for a remark of your own, write a \
             comment that begins with `#`; comments are published with the source.",
        ),
        source: None,
    },
    Code {
        name: "matter/value",
        weight: CodeWeight::Fatal,
        title: ("值不在允许的范围内", "a value that is not allowed"),
        text: (
            "这一项只能取规定的几个值，或者须在规定的范围内。不在范围内的值无法归类，也会在页面上\
             显示错误的状态。请按提示从可选的值中挑一个，照原样填写。",
            "This key takes one of a few values, or a value within bounds. Any other could not be \
             classified, and the page would show a wrong state. Choose one of those in the hint \
             and write it just so.",
        ),
        source: None,
    },
    Code {
        name: "number/document",
        weight: CodeWeight::Error,
        title: ("发文字号不合规范", "a document number is not well formed"),
        text: (
            "按 GB/T 9704-2012，发文字号由机关代字、年份和序号组成，如 `江府〔2020〕5号`：年份写全\
             四位，用六角括号〔〕括起；序号不编虚位（不写 `07`），不加“第”字。请对照原件改正；原件\
             就是这样印的，用 `accept` 注明。",
            "By GB/T 9704-2012 a document number is the issuer's mark, the year and the serial, \
             as in `江府〔2020〕5号`: the year in full inside 〔〕, the serial without a leading \
             zero and without 第. Correct it after the original; if the original is printed so, \
             say it with `accept`.",
        ),
        source: Some((
            "GB/T 9704—2012《党政机关公文格式》7.2.5：发文字号",
            "GB/T 9704-2012 (layout of official documents), 7.2.5: the document number",
        )),
    },
    Code {
        name: "number/duplicate",
        weight: CodeWeight::Error,
        title: ("索引号重复", "an index number is used twice"),
        text: (
            "两份文件用了同一个索引号。索引号是文件在公开目录中的唯一编号，文件撤下之后仍会有人用\
             它来引用，重复会让人找错文件。请对照原件改正其中一个。",
            "Two documents have the same index number. It is a document's one name in the \
             catalogue, by which it is cited even after it was withdrawn; given twice, it leads \
             to the wrong document. Compare with the originals and correct one of the two.",
        ),
        source: None,
    },
    Code {
        name: "number/index",
        weight: CodeWeight::Error,
        title: ("索引号不合本站的格式", "an index number does not fit the site's pattern"),
        text: (
            "索引号与 `site.yaml` 中 `index_number_pattern` 规定的格式不符。各地格式不一，所以由各\
             站自己规定，用来发现漏抄的数字。请对照原件改正索引号；确是另一种格式时，修改 \
             `index_number_pattern`。",
            "The index number does not fit `index_number_pattern` in `site.yaml`. Places number \
             differently, so each site says how its own look, to catch digits lost in copying. \
             Correct the number after the original, or widen the pattern if another form is in \
             use.",
        ),
        source: None,
    },
    Code {
        name: "registry/alias",
        weight: CodeWeight::Fatal,
        title: ("两项指标同名", "two indicators share a name"),
        text: (
            "两项指标用了同一个名称或别名，程序无法判断一句话说的是哪一项。请让每个名称和别名只属\
             于一项指标；统计口径不同的，名称要能看出差别，例如“办结”与“受理”。",
            "Two indicators have the same name or alias, so that a sentence could speak of \
             either. Let each name and alias belong to one indicator alone; where different \
             things are counted, let the names show it, such as 办结 and 受理.",
        ),
        source: None,
    },
    Code {
        name: "relation/missing",
        weight: CodeWeight::Error,
        title: ("相关文件不存在", "a related document does not exist"),
        text: (
            "`relations` 里写的地址在本站没有对应的文件，页面上的“相关文件”会落空。请写站内地址，\
             如 `/jiangmen/2019/work-plan/`，并确认那份文件已经放入且不是草稿。",
            "An address under `relations` leads to no document of this site, so the page's \
             related documents would lead nowhere. Write an address of the site, such as \
             `/jiangmen/2019/work-plan/`, and make sure that the document is there and is no \
             draft.",
        ),
        source: None,
    },
    Code {
        name: "task/missing",
        weight: CodeWeight::Error,
        title: ("没有这项任务", "there is no such task"),
        text: (
            "`relations.answers` 指向的计划里没有这项任务，或者没有写明是哪一项。任务是计划正文里以（责任单\
             位：…）结尾的条目，或者在计划的 `tasks` 里列出的节，地址是计划的地址加上节的锚点，例如 \
             `/chibi/2019/work-plan/#sec-1-2`。请从计划页面上该节标题旁的 § 复制。",
            "The plan that `relations.answers` points at has no such task, or the address does not \
             say which one. A task is an item of a plan's text that ends in (责任单位：…), or a section \
             listed in the plan's `tasks`; its address is the plan's with the section's anchor, such \
             as `/chibi/2019/work-plan/#sec-1-2`. Copy it from the § beside the item on its page.",
        ),
        source: None,
    },
    Code {
        name: "wrapper/absent",
        weight: CodeWeight::Fatal,
        title: ("找不到外层文件的正文", "a wrapper's text is absent"),
        text: (
            "元数据里写了 `wrapper`，说明正文外面还有一份呈报或印发的文件，但没有找到它的文字。请\
             在 `wrapper` 里写 `text:`，或把它放在正文的一级标题（`# …`）之前；如果没有这样的文件，\
             请删去 `wrapper`。",
            "The front matter has a `wrapper`, which says that a covering letter or an issuing \
             notice goes around the main text, but its own text is not found. Give it a `text:`, \
             or put it before a level-one heading (`# …`) in the body; where there is no such \
             letter or notice, remove `wrapper`.",
        ),
        source: None,
    },
    Code {
        name: "yaml/budget",
        weight: CodeWeight::Fatal,
        title: ("YAML 过大", "YAML is too large"),
        text: (
            "这段 YAML 层数太深、内容太多，或者用锚点（`&`）和别名（`*`）层层引用，展开后会占满内\
             存，因此没有读取。正常的报告用不到这些写法。请直接写出内容，不要用别名；长的文字写进正\
             文，数据存成附件。",
            "This YAML is nested too deeply, is too long, or refers to itself through anchors \
             (`&`) and aliases (`*`) so often that it would fill the memory, so it was not read. A \
             report needs none of this. Write the values out instead of using aliases, write long \
             texts in the body, and attach data as a file.",
        ),
        source: None,
    },
    Code {
        name: "yaml/syntax",
        weight: CodeWeight::Fatal,
        title: ("YAML 写法有误", "YAML is not well formed"),
        text: (
            "这段内容不合 YAML 的语法，从指出的位置起读不下去。常见原因：冒号后面没有空格、用制表\
             符缩进、引号或方括号不成对、值里有未加引号的 `: ` 或 `#`、用了全角冒号。请改正后再检\
             查，改好之前这份文件里的其他问题可能还没有报告。",
            "This does not follow YAML's syntax and cannot be read on from the place shown. Often \
             a space is missing after a colon, a tab indents, quotation marks or brackets do not \
             match, a value holds `: ` or `#` without quotation marks, or the colon is \
             full-width. Correct it and check again; until then other mistakes of this file may \
             not be reported.",
        ),
        source: Some(("YAML 1.2.2", "YAML 1.2.2")),
    },
];

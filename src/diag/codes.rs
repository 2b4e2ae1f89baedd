//! The codes of diagnostics, each with a paragraph that explains it.
//!
//! A code says what sort of mistake something is, `area/word`, and stays the same while its
//! messages may be reworded. This room knows words only; who uses a code is not its business.

use super::Language;

/// A sort of mistake: its name, and what `check --explain` says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code {
    /// Its name, `area/word`, as it stands in the brackets of a finding.
    pub name: &'static str,
    /// What it is, in one clause, in Chinese and in English.
    pub title: (&'static str, &'static str),
    /// A paragraph in Chinese and in English: what it means, why it matters, how to mend it.
    pub text: (&'static str, &'static str),
}

impl Code {
    /// The title in `language`.
    #[must_use]
    pub fn title(&self, language: Language) -> &'static str {
        language.pick(self.title.0, self.title.1)
    }

    /// The paragraph in `language`.
    #[must_use]
    pub fn text(&self, language: Language) -> &'static str {
        language.pick(self.text.0, self.text.1)
    }
}

/// The code of this name.
#[must_use]
pub fn explain(name: &str) -> Option<&'static Code> {
    let at = CODES.binary_search_by(|code| code.name.cmp(name)).ok()?;
    CODES.get(at)
}

/// Every code, sorted by name, because [`explain`] searches by halves.
pub const CODES: &[Code] = &[
    Code {
        name: "accept/unknown",
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
    },
    Code {
        name: "accept/unused",
        title: ("接受的问题并没有出现", "an accepted finding does not occur"),
        text: (
            "`accept` 放行的问题在这份文件里已经找不到了。留着它，将来同类的新错误会被悄悄放过。请\
             删去这一条；如果原文确实有此问题，请检查代码是否写对。",
            "What `accept` lets through is no longer found in this file. If the entry stays, a \
             new mistake of the same sort will pass unseen. Remove the entry, or check its code \
             if the original does have the slip.",
        ),
    },
    Code {
        name: "attachment/content",
        title: ("附件的内容与扩展名不符", "an attachment is not what its name says"),
        text: (
            "文件的开头几个字节不是扩展名所说的格式，例如把网页下载成了 `.pdf`，或者把表格改名为 \
             `.docx`。读者会打不开。请从来源重新取得文件，或改正扩展名。若内容其实是网页或程序，\
             则是错误 `attachment/kind`。",
            "The first bytes of the file are not of the format that its extension names, as when \
             an error page was saved as `.pdf` or a table renamed to `.docx`. Readers will not be \
             able to open it. Get the file from its source again, or correct the extension. Where \
             it is a page or a program in truth, that is the error `attachment/kind`.",
        ),
    },
    Code {
        name: "attachment/kind",
        title: ("附件的类型不宜提供下载", "an attachment of a kind that is not offered"),
        text: (
            "这种文件（例如程序、脚本、网页）会在读者的电脑或浏览器里运行，政府网站不应提供下载。\
             请改用 PDF、OFD、docx、xlsx、csv、图片或压缩包，并从 `attachments` 中换掉文件名。",
            "A file of this kind, such as a program, a script or a web page, would run on the \
             reader's computer or in the browser; a government's site should not offer it. Attach \
             a PDF, OFD, docx, xlsx, csv, picture or archive instead and name that file in \
             `attachments`.",
        ),
    },
    Code {
        name: "attachment/missing",
        title: ("找不到附件", "an attachment is missing"),
        text: (
            "`attachments` 列出的文件不在报告所在的文件夹里，读者点开会落空。附件须与报告的 \
             `index.md` 放在同一文件夹，文件名逐字相同（包括大小写和扩展名）。请放入文件或改正文件\
             名。",
            "A file listed in `attachments` is not in the report's folder, so its link would lead \
             nowhere. Attachments lie beside the report's `index.md`, with exactly the same name, \
             capitals and extension included. Add the file or correct the name.",
        ),
    },
    Code {
        name: "attachment/unlisted",
        title: ("文件夹里有未列出的附件", "a file beside the report is not listed"),
        text: (
            "报告的文件夹里有一个文件，既没有列入 `attachments`，正文也没有引用，不知道是否应当公\
             开。凡是要发布的都应写明，以免误将内部材料公开。请把它列入 `attachments` 并写上题目，\
             或者移出 `content/`。",
            "A file lies in the report's folder that neither `attachments` nor the text names, so \
             it is not clear whether it is meant for the public. What is published should be \
             said, lest an internal paper slip out. List it in `attachments` with a title, or \
             move it out of `content/`.",
        ),
    },
    Code {
        name: "coverage/missing",
        title: ("报告期限已过，尚未收录", "a report is overdue and not held"),
        text: (
            "按 `--today` 给出的日期，这个地方上一年度的报告已过公开期限，而本站没有收录。这是提示，\
             不影响生成：报告可能已在别处公开，只是还没有收录进来。已经公开的请收录；尚未公开的请提醒发\
             布。期限写在 site.yaml 的 `deadlines` 里，不写 `--today` 就不作这项判断。",
            "On the day that `--today` names, the report of this place on the year before is past \
             its deadline, and this site does not hold it. It is a note and stops nothing: the \
             report may be public elsewhere. If it is, add it; if it is not, remind those who are \
             to publish it. Deadlines are in `deadlines` of site.yaml; without `--today` none of \
             this is judged.",
        ),
    },
    Code {
        name: "date/format",
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
    },
    Code {
        name: "date/order",
        title: ("日期先后颠倒", "dates are in the wrong order"),
        text: (
            "一个日期早于按理应在它之前的日期，例如发布日期早于成文日期，或更正日期早于发布日期。\
             颠倒的日期在检查中可能被当作伪造发布日期，那是一票否决的问题。请对照原件核实两个日期，\
             改正写错的一个。",
            "A date comes before one that it should follow: published before written, or \
             corrected before published. Inspectors may take such a date for a forged one, which \
             alone fails a site. Compare both with the original and correct the wrong one.",
        ),
    },
    Code {
        name: "date/unknown",
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
    },
    Code {
        name: "date/year",
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
    },
    Code {
        name: "file/encoding",
        title: ("文件不是 UTF-8 编码", "a file is not UTF-8"),
        text: (
            "文本文件须用 UTF-8 编码保存，这份文件含有不合 UTF-8 的字节。旧的办公软件常存成 GBK 或 \
             GB18030，照原样读取会变成乱码。请在编辑器中用“另存为”选择 UTF-8，或用 `iconv -f \
             GB18030 -t UTF-8` 转换；转换后请核对人名和数字。",
            "Text must be saved as UTF-8, and this file holds bytes that are not. Older office \
             programs often save GBK or GB18030, which would come out as garbage. Save it again \
             as UTF-8 in the editor, or convert it with `iconv -f GB18030 -t UTF-8`, and then \
             check names and figures.",
        ),
    },
    Code {
        name: "file/kind",
        title: ("不是普通文件", "not an ordinary file"),
        text: (
            "这里是管道、设备或套接字一类的特殊文件，读取它可能永远等不到结尾。网站的文件夹里只应\
             有普通文件和文件夹。请删去它，或换成普通文件。",
            "This is a pipe, a device or a socket, and reading it might never end. A site's \
             folder should hold ordinary files and folders alone. Remove it or put an ordinary \
             file in its place.",
        ),
    },
    Code {
        name: "file/left-out",
        title: ("static/ 里的文件没有发布", "a file in static/ is left out"),
        text: (
            "`static/` 里的文件原样发布，但隐藏的（名称以点开头，如 \
             `.git`、`.env`）和其他程序留下的（备份、临时文件、`Thumbs.db`、`~$…`）没有人想公开，里面可能有密码或历史版本，所以不发布。`.well-known`、`.nojekyll`、`.htaccess`、`.domains` \
             除外。请移出 `static/`。",
            "Files in `static/` are passed on as they are, but nobody means hidden ones (with a \
             dot in front, such as `.git` or `.env`) and what programs leave behind (backups, \
             temporary files, `Thumbs.db`, `~$…`) to be public; passwords or earlier versions may \
             be in them. They are not published; `.well-known`, `.nojekyll`, `.htaccess` and \
             `.domains` are. Take them out of `static/`.",
        ),
    },
    Code {
        name: "file/name",
        title: ("文件名不能使用", "a file name cannot be used"),
        text: (
            "文件名含有控制字符，或者不是 UTF-8，无法成为网址的一部分，也无法写入清单。请改用普通\
             的文字、数字、连字符和点重新命名。",
            "The file name holds control characters or is not UTF-8, so that it can be no part of \
             an address nor stand in the manifest. Rename it with plain letters, digits, hyphens \
             and dots.",
        ),
    },
    Code {
        name: "file/portable",
        title: ("有的系统上不能有这个名称", "a name that some systems cannot have"),
        text: (
            "Windows 上没有这样的文件名：`con`、`nul`、`com1` \
             等设备名（带扩展名也不行），以点或空格结尾的，以及含有 `< > : \" | ? *` \
             的。网站复制到那里，这个文件会丢失或报错。请换一个名称。",
            "Windows has no file of such a name: names of devices such as `con`, `nul` or `com1`, \
             with an extension too, names that end in a dot or a space, and those with one of `< \
             > : \" | ? *`. Copied there, the site would lose the file. Give it another name.",
        ),
    },
    Code {
        name: "file/symlink",
        title: ("符号链接指向站点之外", "a symbolic link leads out of the site"),
        text: (
            "这个符号链接指向站点文件夹之外，或者绕成了圈。跟随它可能把不该公开的文件发布出去，换\
             一台机器也会生成不同的网站。请把所需的文件复制到站点文件夹内，再删去链接。",
            "This symbolic link leads out of the site's folder or runs in a circle. Following it \
             could publish a file that was never meant for the public, and another machine would \
             build another site. Copy the file into the site's folder and remove the link.",
        ),
    },
    Code {
        name: "file/too-large",
        title: ("文件过大", "a file is too large"),
        text: (
            "这份文本超过 16 MiB，远大于任何一份报告，没有读取。多半是误放的数据或把图片嵌进了正文。\
             请把图片存成单独的文件，把数据作为附件，再从正文引用。",
            "This text is larger than 16 MiB, far more than any report, and has not been read. It \
             is likely misplaced data, or a text with pictures embedded. Keep pictures in files \
             of their own, attach data as a file, and refer to them from the text.",
        ),
    },
    Code {
        name: "file/unread",
        title: ("文件没有读取", "a file that no page is made from"),
        text: (
            "`content/` 里有一个文件，看来是一份报告，但不是 Markdown 文件（扩展名 .md），所以没有网页，也不会发布。扩展名写错的请改正。Word、WPS、PDF 等文件用 `xiangwei import` 导入成 .md 文件；要供读者下载的，放在报告的 `index.md` 旁边，列入 `attachments`。网站的设置只从 `site.yaml` 和 `indicators.yaml` 读取，主题的只从 `theme.yaml` \
             读取；叫 `site.yml` 或 `site.yaml.txt` 的，请改名。",
            "A file in `content/` looks like a report, and is no Markdown file, whose name would end with .md; so there is no page of it, and it is not published. If only the name is wrong, mend it. Documents of Word, WPS, PDF and the like become .md files by `xiangwei import`. What readers are to download lies beside the report's `index.md` and is listed in its `attachments`. Settings are read from \
             `site.yaml`, `indicators.yaml` and a theme's `theme.yaml` alone: rename a `site.yml` or `site.yaml.txt`.",
        ),
    },
    Code {
        name: "file/unreadable",
        title: ("文件无法读取", "a file cannot be read"),
        text: (
            "系统不允许读取这个文件，多半是权限不足，也可能是磁盘有错。缺了它，生成的网站就不完整，\
             所以不会继续。请检查文件的权限和所有者，再试一次。",
            "The system does not let this file be read, most likely for want of permission, \
             perhaps for a fault of the disk. A site without it would be incomplete, so nothing \
             is built. Check the file's permissions and owner and try again.",
        ),
    },
    Code {
        name: "heading/title",
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
    },
    Code {
        name: "html/removed",
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
    },
    Code {
        name: "image/outside",
        title: ("图片在别的网站上", "a picture is on another site"),
        text: (
            "正文引用的图片放在别的网站上。本站的页面不向其他网站请求任何内容，所以这张图片不会显示；\
             那边一旦删除，报告也就缺了一块。请把图片存到报告所在的文件夹，再按文件名引用。",
            "The text shows a picture that lies on another site. Pages ask nothing of other \
             sites, so it would not show, and it would be lost when they take it down. Put the \
             picture beside the report and refer to it by its name.",
        ),
    },
    Code {
        name: "import/convert",
        title: ("这种文件要先转换", "a file must be converted before it is imported"),
        text: (
            "`.doc`、`.wps`、`.odt`、`.rtf`、`.pdf`、`.ofd` 不能直接读。用 Word 或 WPS 另存为 `.docx` 最稳妥；装有 \
             LibreOffice（PDF 用 `pdftotext`）的电脑上，加上 `--convert` 由程序代为转换。",
            "`.doc`, `.wps`, `.odt`, `.rtf`, `.pdf` and `.ofd` are not read as they are. To save the file as `.docx` \
             with Word or WPS is safest; where LibreOffice (for PDF, `pdftotext`) is installed, `--convert` lets \
             the program do it.",
        ),
    },
    Code {
        name: "import/damaged",
        title: ("要导入的文件已损坏", "a file to import is damaged"),
        text: (
            "文件的内部结构与它的格式不符，读不下去，所以没有导入，也没有写出任何东西。在 Word 或 WPS 里打开，另存一份再试。",
            "The inside of the file is not what its format says, so it was not imported and nothing was written. Open \
             it in Word or WPS, save it anew and try again.",
        ),
    },
    Code {
        name: "import/empty",
        title: ("要导入的文件没有文字", "a file to import holds no text"),
        text: (
            "文件里找不到文字，多半是扫描件，或者只有图片。没有文字就没有可以导入的内容。请先做文字识别，逐字对照原件核对，再导入。",
            "No text is found in the file; most likely it is a scan or holds pictures alone. Have it recognised as text, \
             compare that with the original, and import it then.",
        ),
    },
    Code {
        name: "import/encrypted",
        title: ("要导入的文件有密码", "a file to import has a password"),
        text: (
            "加密的文件没有密码就读不了，程序也不会要求输入密码。请用 Word 或 WPS 打开，去掉密码另存一份，再导入那一份。",
            "An encrypted file cannot be read without its password. Open it in Word or WPS and save it without one.",
        ),
    },
    Code {
        name: "import/format",
        title: ("要导入的不是文稿", "a file to import is no document"),
        text: (
            "按文件的内容（不看文件名）判断，它不是 Word 文稿、网页或纯文本，例如是图片、程序或压缩包。请选对文件。",
            "By its bytes, whatever its name says, the file is no Word document, page or plain text, but a picture, a \
             program or an archive, for example. Choose the right file.",
        ),
    },
    Code {
        name: "import/glyphs",
        title: ("文件里有没有编码的字", "letters of a file have no Unicode"),
        text: (
            "PDF 里有的字只有字形，没有编码，提取出来是空洞或乱码，人名最容易受害。这样的文件不导入。请向制发单位索取 Word 原件。",
            "In some PDFs letters are drawings without a code, and what is read of them are holes, in names above all. \
             Such a file is not imported. Ask the issuing body for the file it was made from.",
        ),
    },
    Code {
        name: "import/left-out",
        title: ("导入时略去了一些内容", "an import left something out"),
        text: (
            "页眉页脚、批注、网页的导航和按钮等不是正文，导入时略去，并记在日志里。请看一眼列出的内容，确实不是正文就不必处理。",
            "Headers and footers, comments, the menus and buttons of a page are no part of the document. They are left \
             out, and the log has them. Look at what is listed; if it is no part of the text, nothing needs doing.",
        ),
    },
    Code {
        name: "import/missing",
        title: ("原文里没有找到这一项", "an import did not find something"),
        text: (
            "标题、发文机关、成文日期或发布日期等，在原文里没有找到，或者写法看不懂。程序不会编造，请对照原件或原网页，在元数据里补上。",
            "The title, the issuer or a date is not found in the source. The program makes nothing up: look at the \
             original or the page that it was published on, and write it into the front matter.",
        ),
    },
    Code {
        name: "import/slip",
        title: ("原文这里可能有笔误", "the issuer may have made a slip here"),
        text: (
            "这里像是制发单位自己的笔误，例如同样的词语紧接着出现两次。导入时照原文录入，从不改动；请与制发单位核实，再决定是否更正。",
            "This looks like a slip of the issuing body's own, such as words that are repeated. It is kept as it stands \
             and never corrected; ask the issuing body.",
        ),
    },
    Code {
        name: "import/stopped",
        title: ("文件没有导入", "a file was not imported"),
        text: (
            "文件没有导入，原因写在提示里，例如报告已经有了、不知道是哪一年、转换没有成功。一批文件里有一个这样的，其余照样导入。",
            "The file was not imported; the message says why: the report is there already, its year is not known, a \
             conversion failed. In a batch all others are imported.",
        ),
    },
    Code {
        name: "import/too-large",
        title: ("要导入的文件太大", "a file to import is too large"),
        text: (
            "文件展开以后超过任何报告应有的大小，为了不拖垮电脑，没有继续读。拆成几份再导入；来历不明的文件不要再打开。",
            "Unpacked, the file is larger than any report would be, so it was not read on. Split it; do not open it again \
             if you do not know where it comes from.",
        ),
    },
    Code {
        name: "import/unaccounted",
        title: ("有文字没有去处", "text of a file is not accounted for"),
        text: (
            "每一个字都必须进入正文、进入元数据，或由某条规则记入日志。这份文件里有一段文字没有任何规则读到，所以没有导入。\
             这是程序的缺陷，请连同文件报告；另存为 `.docx` 或纯文本通常可以绕开。",
            "Every character must go into the text, into the front matter, or be taken by a rule that the log names. Some \
             text of this file was read by no rule, so it was not imported. This is a fault of the program: please \
             report it with the file. Saved as `.docx` or plain text it will most likely do.",
        ),
    },
    Code {
        name: "indicator/ambiguous",
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
    },
    Code {
        name: "indicator/qualifier",
        title: ("数字前后的限定词与所声明的不同", "the words around a figure qualify it in another way"),
        text: (
            "正文在这个数字前后用了“近”“约”“余”“不少于”一类的词，而元数据没有写 `qualifier`，或者写的是\
             另一种。约数和准数在图表上画法不同，写错了就会把约数当准数。请按正文写上 `qualifier`。",
            "The text qualifies this figure with a word such as 近, 约, 余 or 不少于, and the front \
             matter gives no `qualifier` or another one. Bounds and exact figures are drawn in \
             different ways, so a bound would pass for an exact figure. Write the `qualifier` that \
             the text has.",
        ),
    },
    Code {
        name: "indicator/quote",
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
    },
    Code {
        name: "indicator/unknown",
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
    },
    Code {
        name: "indicator/unsupported",
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
    },
    Code {
        name: "link/anchor",
        title: ("链接的段落不存在", "a link's section does not exist"),
        text: (
            "链接的页面存在，但其中没有 `#` 之后的那一节，读者只会停在页首。段落的锚点由印出的序号\
             组成，例如“一、”下的“（五）”是 `#sec-1-5`。请打开目标页面，从标题旁的“§”复制正确的链\
             接。",
            "The page exists, but it has no section of the name after `#`, so readers would stay \
             at its top. Anchors are made of the printed ordinals: (五) under 一、 is `#sec-1-5`. \
             Open the page and copy the link from the § beside the heading.",
        ),
    },
    Code {
        name: "link/draft",
        title: ("链接指向草稿", "a link leads to a draft"),
        text: (
            "链接的文件是草稿（`status: draft`），不会发布，读者点开会落空。请等它发布后再链接，或\
             把它的 `status` 改为 `published`。",
            "The file that is linked is a draft (`status: draft`) and will not be published, so \
             the link would lead nowhere. Link to it once it is published, or set its `status` to \
             `published`.",
        ),
    },
    Code {
        name: "link/missing",
        title: ("链接的页面不存在", "a link's page does not exist"),
        text: (
            "站内没有这个链接所指的页面或文件。失效链接在政府网站检查中会扣分，也让读者找不到依据。\
             请检查地址或相对路径，`.md` 文件的路径从本文件所在的文件夹算起；站外的页面请写完整的 \
             `https://` 地址。",
            "The site has no page or file at this link. Dead links cost points when government \
             sites are inspected, and readers lose the trail. Check the address or the relative \
             path, which for an `.md` file starts at this file's own folder; for a page elsewhere \
             give its full `https://` address.",
        ),
    },
    Code {
        name: "link/outside",
        title: ("链接走出了站点", "a link leads out of the site's folder"),
        text: (
            "相对路径里的 `..` 太多，走到了站点文件夹之外，发布后不会有这个文件。请从本文件所在的\
             文件夹重新数一遍路径，或改用以 `/` 开头的站内地址。",
            "The relative path has so many `..` that it leaves the site's folder, where nothing \
             is published. Count the path again from this file's folder, or write the address on \
             the site, beginning with `/`.",
        ),
    },
    Code {
        name: "link/scheme",
        title: ("链接的类型不允许", "a link's scheme is not allowed"),
        text: (
            "链接只能是站内地址、相对路径，或以 `https:`、`http:`、`mailto:`、`tel:` 开头。\
             `javascript:`、`data:`、`file:` 等链接会在读者的浏览器里运行程序，或指向作者自己的电\
             脑。请换成可以公开访问的网址。",
            "A link is an address of the site, a relative path, or begins with `https:`, `http:`, \
             `mailto:` or `tel:`. Others, such as `javascript:`, `data:` or `file:`, would run a \
             program in the reader's browser or point at the author's own computer. Give an \
             address that the public can reach.",
        ),
    },
    Code {
        name: "markdown/emphasis",
        title: ("强调记号会原样显示", "marks of emphasis are shown as they are"),
        text: (
            "`**`、`~~` 要成对地写，才能成为加粗或删除线；只有一半，或者 `==` 这类本程序不认的记号，读者会照样看到。请补齐或删去；确要显示星号的，写 `\\*\\*`。",
            "`**` and `~~` make bold or struck words only in pairs. Half a pair, or a mark that is unknown here such as `==`, is shown to readers as it stands. Complete or remove it; write `\\*\\*` to show stars.",
        ),
    },
    Code {
        name: "markdown/escape",
        title: ("转义符会原样显示", "an escape is shown as it is"),
        text: (
            "这里的反斜线没有转义什么，或者 `&nbsp` 之类的字符代码没有成为字符，读者会照样看到。多半是从网页或别的编辑器复制来的。请删去，直接写要显示的字符。",
            "A backslash here escapes nothing, or a code such as `&nbsp` has not become a character, so that readers see it. It mostly comes from a copied page or another editor. Remove it and write the character that is meant.",
        ),
    },
    Code {
        name: "markdown/heading",
        title: ("没有成为标题", "a heading has not become one"),
        text: (
            "行首的 `#` 后面没有空格，或者用了全角的“＃”，所以不是标题，读者会看到这些记号，目录里也没有这一节。请写成 `## 一、…`。",
            "The `#` at the beginning of a line has no space behind it or is of full width, so it makes no heading: readers see the marks, and the outline lacks the section. Write `## 一、…`.",
        ),
    },
    Code {
        name: "markdown/indent",
        title: ("缩进的段落成了代码", "an indented paragraph is code"),
        text: (
            "行首有四个空格或一个制表符的段落，Markdown 当作代码，按等宽字体照样显示，不换行，也不进目录。请删去行首的空格；段首缩进由网页的样式负责。",
            "A paragraph that begins with four spaces or a tab is code to Markdown: it is shown in a fixed width without line breaks, and makes no section. Remove the spaces; indenting paragraphs is the business of the theme.",
        ),
    },
    Code {
        name: "markdown/link",
        title: ("链接没有成为链接", "a link has not become one"),
        text: (
            "链接或图片写成了 `[文字]（地址）`，或者中间、地址里有空格，所以会照样显示。括号要用半角，中间不留空格；地址里有空格的写成 `[文字](<地 址>)`。",
            "A link or picture has full-width brackets, a space between its parts or in its address, and so is shown as it is typed. Use half-width brackets with nothing between them; put an address with a space into `<…>`.",
        ),
    },
    Code {
        name: "markdown/list",
        title: ("带空格的序号成了列表", "an ordinal with a space is a list"),
        text: (
            "`1. 加强…` 这样序号后面有空格的一行，Markdown 当作列表，不成为小节，不进目录，也没有可以引用的地址。请去掉空格，写成 `1.加强…`。",
            "A line such as `1. 加强…`, with a space behind the ordinal, is a list to Markdown: it makes no section, is not in the outline and cannot be cited. Leave the space out: `1.加强…`.",
        ),
    },
    Code {
        name: "markdown/note",
        title: ("脚注用了全角冒号", "a note with a full-width colon"),
        text: (
            "`[^1]：` 用了全角冒号，不会成为脚注，会照样显示。请写成 `[^1]: …`。",
            "`[^1]：` has a full-width colon, so it makes no footnote and is shown as it is typed. Write `[^1]: …`.",
        ),
    },
    Code {
        name: "markdown/table",
        title: ("表格没有成为表格", "a table has not become one"),
        text: (
            "表头下面的一行用了破折号或全角竖线，或者是从电子表格里复制来、用制表符隔开的几行，所以只显示成文字。请写成 `| 甲 | 乙 |`，表头下面写 `|---|---|`。",
            "The line below the head has dashes or bars of another width, or lines with tabs were copied from a spreadsheet, so that all of it is shown as text. Write `| a | b |` and below the head `|---|---|`.",
        ),
    },
    Code {
        name: "matter/absent",
        title: ("元数据缺失或不完整", "the front matter is absent or has no end"),
        text: (
            "每份报告都以元数据开头：第一行是 `---`，然后是 `键: 值`，再以单独一行 `---` 结束。标\
             题、发文机关和日期都在这里，缺了就无法发布。请在文件最前面补上，前面不要留空行，末尾的 `---` 也不能少。",
            "Every report begins with front matter: a first line `---`, then `key: value` lines, \
             then a line `---` alone. Title, issuer and dates stand there, and nothing can be \
             published without them. Add it at the very top, with no blank line before it, and mind \
             the line `---` at its end.",
        ),
    },
    Code {
        name: "matter/comma",
        title: ("几项没有分开", "entries that are not divided"),
        text: (
            "YAML 只用半角逗号加空格分开列表里的各项，而且要写在方括号里：`keywords: [法治, 政府]`。写成“法治，政府”或“法治、政府”\
             的，是一项，检索和列表里也只当一项。确实只有一项、名称里就有逗号或顿号的，给它加上半角引号。",
            "Only a plain comma with a space divides the entries of a list in YAML, and the list stands in \
             brackets: `keywords: [law, government]`. With a full-width comma, or without brackets, all of it \
             is one entry, in search and in lists too. Where it is one whose name has such a sign in it, \
             put it in straight quotation marks.",
        ),
    },
    Code {
        name: "matter/duplicate-key",
        title: ("同一个键写了两次", "a key is given twice"),
        text: (
            "同一段元数据里，一个键只能出现一次，否则不知道以哪个值为准。请核对原件，留下正确的一\
             行，删去另一行；几个单位联合发文时，把 `issuer` 写成列表。",
            "A key may stand only once in a mapping, or nobody knows which value holds. Compare \
             with the original, keep the right line and remove the other; for a joint report make \
             `issuer` a list.",
        ),
    },
    Code {
        name: "matter/missing",
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
    },
    Code {
        name: "matter/quotes",
        title: ("引号成了文字的一部分", "quotation marks have become a part of a text"),
        text: (
            "YAML 的引号是半角的 `\"` 和 `'`。整个值写在“ ”里的，这对引号会原样出现在网页的标题和列表里。不需要引号的，\
             删去；标题本身就在引号里的，外面再加一对半角引号。",
            "The quotation marks of YAML are the straight ones. Where a whole value stands in curly ones, they \
             show on pages, in titles and lists. Remove them, since nearly no text needs any; where the \
             title itself has them, put straight ones around all of it.",
        ),
    },
    Code {
        name: "matter/type",
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
    },
    Code {
        name: "matter/unknown-key",
        title: ("不认识的键", "an unknown key"),
        text: (
            "这个键不在约定之中，多半是拼写有误。程序不会默默忽略它，因为写错一个字母就会丢掉一个\
             日期或文号。请按提示改成相近的键；如果是自己的备注，请改写成以 `#` 开头的注释；注释会随源文件一起公开。",
            "This key is none that is known here, most likely for a slip of spelling. It is not \
             passed over in silence, since one wrong letter would lose a date or a document \
             number. Use the near key that the hint names; for a remark of your own, write a \
             comment that begins with `#`; comments are published with the source.",
        ),
    },
    Code {
        name: "matter/value",
        title: ("值不在允许的范围内", "a value that is not allowed"),
        text: (
            "这一项只能取规定的几个值，或者须在规定的范围内。不在范围内的值无法归类，也会在页面上\
             显示错误的状态。请按提示从可选的值中挑一个，照原样填写。",
            "This key takes one of a few values, or a value within bounds. Any other could not be \
             classified, and the page would show a wrong state. Choose one of those in the hint \
             and write it just so.",
        ),
    },
    Code {
        name: "note/missing",
        title: ("没有这个脚注", "a footnote is missing"),
        text: (
            "正文用 `[^1]` 引用脚注，却没有以 `[^1]:` 开头的那一段，页面上会照样印出 `[^1]`。请补写脚注，或删去引用。",
            "The text refers to a footnote by `[^1]`, but no paragraph begins with `[^1]:`, so the page shows `[^1]` as it is. Write the footnote, or remove the reference.",
        ),
    },
    Code {
        name: "note/repeated",
        title: ("脚注标记重复", "a footnote has the label of another"),
        text: (
            "两个脚注用了同一个标记，引用只会通向前一个。请给后一个换一个标记，并核对正文里的引用。",
            "Two footnotes have the same label, and every reference leads to the first. Give the second one a label of its own, and check the references in the text.",
        ),
    },
    Code {
        name: "note/unused",
        title: ("脚注没有被引用", "a footnote is not referred to"),
        text: (
            "这个脚注写了，正文里却没有引用它，读者不知道它注的是哪一句。请在正文里写上它的标记，或删去它。",
            "This footnote is written and the text does not refer to it, so that nobody knows what it is about. Put its label into the text, or remove it.",
        ),
    },
    Code {
        name: "number/document",
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
    },
    Code {
        name: "number/duplicate",
        title: ("索引号重复", "an index number is used twice"),
        text: (
            "两份文件用了同一个索引号。索引号是文件在公开目录中的唯一编号，文件撤下之后仍会有人用\
             它来引用，重复会让人找错文件。请对照原件改正其中一个。",
            "Two documents have the same index number. It is a document's one name in the \
             catalogue, by which it is cited even after it was withdrawn; given twice, it leads \
             to the wrong document. Compare with the originals and correct one of the two.",
        ),
    },
    Code {
        name: "number/index",
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
    },
    Code {
        name: "ordinal/hidden",
        title: ("序号没有成为小节", "an ordinal is no section"),
        text: (
            "这一行以“一、”“(二)”“3.”一类的序号开头，但与上一行同属一段，因此不进目录，也没有可以引用的\
             地址。整篇粘贴而没有空行的文字常常如此。请在每个小节之前空一行。",
            "This line begins with a printed ordinal but belongs to the paragraph of the line \
             before, so it is neither in the outline nor can it be cited. Text that is pasted \
             without empty lines is full of these. Put an empty line before every section.",
        ),
    },
    Code {
        name: "ordinal/repeated",
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
    },
    Code {
        name: "ordinal/skipped",
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
    },
    Code {
        name: "place/code",
        title: ("行政区划代码不对", "a division code is wrong"),
        text: (
            "`code` 是国家标准规定的行政区划代码，应为 6、9 或 12 位数字，并加引号，如 `code: \
             \"440700\"`。一个代码只能属于一个地方，错误的代码会把报告归到别处。请核对民政部门或统\
             计部门公布的代码；没有代码的地方不写这一项。",
            "`code` is the division code of the national standard, with 6, 9 or 12 digits in \
             quotation marks, as in `code: \"440700\"`. It belongs to one place only, and a wrong \
             one files reports under another place. Check it against the published list; leave it \
             out where a place has none.",
        ),
    },
    Code {
        name: "place/empty",
        title: ("这个地方还没有文件", "a place has no documents"),
        text: (
            "这个地方只有 `_index.md`，还没有一份可以发布的文件。空白栏目在检查中会被扣分甚至否决，\
             所以不会为它生成页面。请加入第一份报告，或者先去掉这个文件夹。",
            "This place has its `_index.md` and no document that could be published. Blank \
             columns cost points in an inspection and may fail the site, so no page is made for \
             it. Add a first report, or take the folder away until there is one.",
        ),
    },
    Code {
        name: "place/level",
        title: ("层级与上级不符", "a place's level does not fit its parent"),
        text: (
            "一个地方的 `level` 应低于它的上级：省级、地级、县级、乡级依次而下，部门挂在本级政府之\
             下；一个地方也不能是自己的上级。层级颠倒会打乱目录和各地对比。请检查 `level` 和 `parent`，改正写错的一个。",
            "A place's `level` must lie below its parent's: province, prefecture, county and \
             township in turn, a department under its own government; nor is a place its own \
             parent. A reversed order upsets lists and comparisons. Check `level` and `parent` and correct the wrong one.",
        ),
    },
    Code {
        name: "place/missing",
        title: ("缺少地方的说明文件", "a place's own file is missing"),
        text: (
            "`content/` 下的每个地方都要有 `_index.md`，写明名称和层级，这个文件夹里没有。没有名称\
             就无法生成目录和面包屑。请新建 `_index.md`，至少写上 `name` 和 `level`；如果文件夹放\
             错了位置，请移走。",
            "Every place below `content/` has an `_index.md` that gives its name and level, and \
             this folder has none. Without a name there can be no lists and no breadcrumbs. Add \
             `_index.md` with at least `name` and `level`, or move the folder if it is misplaced.",
        ),
    },
    Code {
        name: "place/parent",
        title: ("上级不存在", "a place's parent is missing"),
        text: (
            "`parent` 写的是 `content/` 下另一个地方的文件夹名。这里写的地方不存在。请改成已有地方\
             的文件夹名；最高一级的地方不写 `parent`。",
            "`parent` is the folder name of another place below `content/`. The one named here \
             does not exist. Name a place that exists; the highest place has no `parent`.",
        ),
    },
    Code {
        name: "program/fault",
        title: ("程序自身出错", "a fault of the program itself"),
        text: (
            "读一个文件或者生成一个页面时，程序自身出了错，与文件写得对不对无关。出错的只是这一个文件或\
             页面，预览里的其他页面照常可用；但构建会停下来，以免网站缺页。请把这条消息和有关的文件\
             报告给本程序的维护者。",
            "The program itself failed while it read a file or made a page, whether or not the file is \
             right. Only this file or page is concerned, and the preview goes on with all others; a \
             build stops, so that no site lacks a page. Please report the message with the file to \
             those who keep the program.",
        ),
    },
    Code {
        name: "registry/alias",
        title: ("两项指标同名", "two indicators share a name"),
        text: (
            "两项指标用了同一个名称或别名，程序无法判断一句话说的是哪一项。请让每个名称和别名只属\
             于一项指标；统计口径不同的，名称要能看出差别，例如“办结”与“受理”。",
            "Two indicators have the same name or alias, so that a sentence could speak of \
             either. Let each name and alias belong to one indicator alone; where different \
             things are counted, let the names show it, such as 办结 and 受理.",
        ),
    },
    Code {
        name: "relation/missing",
        title: ("相关文件不存在", "a related document does not exist"),
        text: (
            "`relations` 里写的地址在本站没有对应的文件，页面上的“相关文件”会落空。请写站内地址，\
             如 `/jiangmen/2019/work-plan/`，并确认那份文件已经放入且不是草稿。",
            "An address under `relations` leads to no document of this site, so the page's \
             related documents would lead nowhere. Write an address of the site, such as \
             `/jiangmen/2019/work-plan/`, and make sure that the document is there and is no \
             draft.",
        ),
    },
    Code {
        name: "route/alias",
        title: ("旧地址不能使用", "an alias cannot be used"),
        text: (
            "`aliases` 中的旧地址与本站的页面或另一个旧地址相同，或者不是以 `/` 开头的站内路径。旧\
             地址会变成转向页，绝不能盖住真正的页面，也不能写到站点之外。请改正或删去它。",
            "An address under `aliases` is that of a page of this site or of another alias, or is \
             no path that begins with `/`. Aliases become pages that lead on; they must never \
             cover a real page nor leave the site. Correct it or remove it.",
        ),
    },
    Code {
        name: "route/deep",
        title: ("文件放得太深", "a file lies too deep"),
        text: (
            "网站的地址最多到“地方、年份、名称”三层，放得更深的文件没有地址，也就不会发布。地址要\
             长久有效，所以不随意增加层次。请把它移到 `content/地方/年份/名称.md`，需要附件时放到 \
             `content/地方/年份/名称/index.md`。",
            "Addresses of the site have a place, a year and a name, and no more; a file that lies \
             deeper has none and would not be published. Addresses are to last, so levels are not \
             added at will. Move it to `content/PLACE/YEAR/NAME.md`, or to \
             `content/PLACE/YEAR/NAME/index.md` where it has attachments.",
        ),
    },
    Code {
        name: "route/duplicate",
        title: ("两个文件用了同一地址", "two files have one address"),
        text: (
            "两个文件会生成同一个网址，例如 `2019.md` 与 `2019/index.md`。只能留下一个，否则会有一\
             份被盖住。请合并成一个文件，或给其中一个换个名字。",
            "Two files would be shown at the same address, as `2019.md` and `2019/index.md` \
             would. Only one can be, and the other would be lost. Make them one file, or give one \
             of them another name.",
        ),
    },
    Code {
        name: "route/gone",
        title: ("公开过的文件不再存在", "a published document will be gone"),
        text: (
            "上一次构建到这个文件夹的文件，这次已经没有了：被删除，或者改了名称、年份、地方。引用\
             它的网页和文书会落空。改了地址的，请在新文件的 `aliases` 里写上旧地址，旧地址会引到\
             新地址；撤回的，请保留文件并写 `status: withdrawn`。确实要删除的，构建时加 `--allow-\
             delete`，只作提示。",
            "A document that the last build put into this folder is no longer there: it was \
             removed, or its name, year or place is another. Whatever cites it leads nowhere. If \
             it has moved, list the old address in the `aliases` of the new file, and it leads \
             on; if it is withdrawn, keep the file with `status: withdrawn`. If it is to go, \
             `--allow-delete` makes this a note.",
        ),
    },
    Code {
        name: "route/reserved",
        title: ("名称为本站保留", "a name is reserved"),
        text: (
            "这个名称是网站自己要用的，例如 `search`、`years`、`kinds`、`data`、`assets`，用作地方\
             的文件夹名会与网站的页面冲突。请换一个名称，例如用地名的拼音。",
            "The site needs this name for itself, as it does `search`, `years`, `kinds`, `data` \
             or `assets`; a place's folder of that name would collide with its pages. Choose \
             another, such as the place's name in pinyin.",
        ),
    },
    Code {
        name: "route/slug",
        title: ("名称不能成为地址", "a name cannot be an address"),
        text: (
            "文件夹名和文件名会成为永久网址的一部分，只能用小写拉丁字母、数字和连字符，并以字母开\
             头。大写字母和汉字在不同系统上会变成不同的地址。请改名，例如 `jiangmen`、`work-plan`。",
            "The names of folders and files become part of permanent addresses: lower-case Latin \
             letters, digits and hyphens, with a letter first. Capitals and Chinese characters \
             turn into different addresses on different systems. Rename it, for example \
             `jiangmen` or `work-plan`.",
        ),
    },
    Code {
        name: "route/year",
        title: ("路径中的年份不对", "a path's year is wrong"),
        text: (
            "地方文件夹下应是四位数的年份：`2019.md` 或 `2019/`，在 1949 年之后。年份只取自路径，\
             写错了报告就会归到别的年度。请改成报告所述的年份，而不是发布的年份。",
            "Below a place's folder stands a year of four digits, `2019.md` or `2019/`, not \
             before 1949. The year is taken from the path alone, so a wrong one files the report \
             under another year. Name it by the year that the report covers, not the year in \
             which it was published.",
        ),
    },
    Code {
        name: "search/index",
        title: ("无法建立检索索引", "the search index cannot be built"),
        text: (
            "检索所需的文件没有生成，原因写在提示里，因此整个网站都没有写出。这多半是程序的错误，\
             请连同提示一起报告；急需发布时，可以用 `--no-search` 先生成不带检索的网站。",
            "The files that search needs could not be made, for the reason given, so nothing was \
             written. This is most likely a mistake in the program; please report it with the \
             message. If the site cannot wait, `--no-search` builds it without search.",
        ),
    },
    Code {
        name: "site/absent",
        title: ("缺少 site.yaml", "site.yaml is absent"),
        text: (
            "站点文件夹里没有 `site.yaml`，不知道由谁发布、网址是什么，无法生成网站。请在站点的最\
             上层文件夹新建 `site.yaml`，至少写上 `title` 和 `base_url`；如果运行的位置不对，请用 \
             `--site` 指明文件夹。",
            "The site's folder has no `site.yaml`, so it is not known who publishes and at which \
             address, and nothing can be built. Add one at the top of the site's folder with at \
             least `title` and `base_url`; if this is not the folder you meant, name it with \
             `--site`.",
        ),
    },
    Code {
        name: "site/label",
        title: ("政府网站缺少应有的标识", "a government site lacks something it must say"),
        text: (
            "网址在 `.gov.cn` 之下，而 `site.yaml` 的 `government_site` 里缺少这一项。网站名称、域名、\
             标识码和各项备案信息应当出现在每个页面上，缺了在检查中会扣分。请按本单位登记的内容补上。",
            "The address is below `.gov.cn`, and `government_site` in `site.yaml` lacks this key. \
             The site's name, domain and code and its registrations belong on every page, and \
             inspections deduct points where they are missing. Add it as it is registered.",
        ),
    },
    Code {
        name: "table/cells",
        title: ("表格的一行多出格子", "a row of a table has cells that are too many"),
        text: (
            "表格的一行比表头多出格子，或者代码、文字里的 `|` 分出了格子。多出的内容照印在行末，但不在任何一栏之下。请补齐表头，或把文字里的 `|` 写成 `\\|`；空格子写成 `| |`。",
            "A row has more cells than the head of its table, or a `|` in code or text parts cells. What is too much is shown at the end of the row, below no column. Complete the head, or write `\\|` for a `|` in text; write `| |` for an empty cell.",
        ),
    },
    Code {
        name: "table/head",
        title: ("没有成为表格", "a table has not become one"),
        text: (
            "表头与下面 `|---|---|` 一行的格数不同，或者前面没有空行，所以整段照印出竖线。请让两行的格数相同，并在表格前面空一行。",
            "The head of the table and the line `|---|---|` below it have different numbers of cells, or no empty line stands before it, so that the page shows the bars. Give both lines as many cells, and put an empty line before the table.",
        ),
    },
    Code {
        name: "table/paragraph",
        title: ("一行文字成了表格的一行", "a line of text has become a row"),
        text: (
            "表格下面紧接着一行文字，中间没有空行，于是它成了表格的最后一行。请在它前面空一行。",
            "A line of text stands right below a table, without an empty line between, and so it is the last row of it. Put an empty line before it.",
        ),
    },
    Code {
        name: "task/missing",
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
    },
    Code {
        name: "template/budget",
        title: ("模板的开销超过限度", "a template spends too much"),
        text: (
            "生成一个页面时，循环合计不能超过 1,000,000 次，放进变量的内容合计不能超过 32 MiB，页\
             面不能超过 64 MiB。通常是循环里又套了很长的循环，或者变量在循环里成倍增长。没有这些\
             限度，一个模板就能占满内存，使整个程序中断。请按所示位置改写模板。",
            "While a page is drawn, its loops make at most 1,000,000 rounds together, at most 32 \
             MiB are put into variables, and the page has at most 64 MiB. Mostly a long loop \
             stands inside a long loop, or a variable doubles in one. Without such limits one \
             template could take all memory and end the program. Rewrite the template at the \
             place shown.",
        ),
    },
    Code {
        name: "template/render",
        title: ("模板无法生成页面", "a template cannot make a page"),
        text: (
            "模板读得懂，但用到了页面数据中没有的内容，或者运算的类型不对。同一模板的每个页面都会\
             受影响，所以不生成任何文件。请对照提示中列出的可用字段改正；可用 `xiangwei inspect 地\
             址` 查看一个页面的全部数据。",
            "The template can be read, but uses something that the page does not have, or \
             computes with the wrong type. Every page of this template is affected, so nothing is \
             written. Correct it by the fields that the hint lists; `xiangwei inspect ADDRESS` \
             shows all that a page has.",
        ),
    },
    Code {
        name: "template/syntax",
        title: ("模板写法有误", "a template is not well formed"),
        text: (
            "模板不合 Tera 的语法，例如 `{% if %}` 没有对应的 `{% endif %}`，或者用了不存在的函数、\
             过滤器。请从指出的位置往前看，补上缺少的结束标记，或核对函数名。",
            "The template does not follow Tera's syntax: an `{% if %}` without its `{% endif %}`, \
             or a function or filter that does not exist. Look backwards from the place shown, \
             add what is not closed, or check the name.",
        ),
    },
    Code {
        name: "text/control",
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
    },
    Code {
        name: "text/damaged",
        title: ("文字已损坏", "the text is damaged"),
        text: (
            "正文里有表示字节丢失的替代符，或者残缺的标签，如“/span>”。文字在复制或转换编码时丢了内容，\
             丢掉的部分猜不出来。请对照原件补正。",
            "The text has a mark that stands for lost bytes, or the rest of a broken tag such as \
             `/span>`. Something was lost when it was copied or converted, and cannot be guessed. \
             Mend it from the original.",
        ),
    },
    Code {
        name: "text/doubled",
        title: ("标点重复", "a punctuation mark is doubled"),
        text: (
            "两个停顿的标点连在一起，如“，，”“。，”，多半是修改时留下的。请只留一个；原文就这样印的，用 `accept` 写明。",
            "Two marks of punctuation stand together, such as ，， or 。，, mostly left over from an edit. Leave one, or accept it if it is printed so.",
        ),
    },
    Code {
        name: "text/duplicate",
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
    },
    Code {
        name: "text/pinyin",
        title: ("文字里夹杂拼音", "pinyin is mixed into the text"),
        text: (
            "汉字后面的括号里有拼音，如“推(tuī)进”。这是一些转载网站在复制时插入的，会把人名和专名弄错，\
             也使检索落空。请删去括号和拼音，最好改用原发布机关的文本；原文就标了读音的，用 `accept` 写明。",
            "Pinyin stands in brackets behind Han characters, as in 推(tuī)进. Some copying sites \
             insert it; it corrupts names and defeats search. Remove it, or better use the text of \
             the authority that published it. A reading that is printed in the original can be accepted.",
        ),
    },
    Code {
        name: "text/private",
        title: ("没有通用含义的字符", "a character without common meaning"),
        text: (
            "文字里有私用区的字符。它的样子只由某一种字体决定，换一台电脑就成了方框，检索也找不到。多半是造字或符号字体的残留，请对照原件，改用正式的字。",
            "The text has characters of the private use areas. Only one font knows what they look like; on other computers they are boxes, and search does not find them. Compare with the original and write the proper characters.",
        ),
    },
    Code {
        name: "text/too-deep",
        title: ("嵌套过深", "a text is nested too deep"),
        text: (
            "引用、列表、表格或 HTML 的框层层嵌套，超过一百层，没有哪份文件是这样的，多半是标记出了错。请减少嵌套的层数。",
            "Quotations, lists, tables or boxes of HTML stand in one another more than a hundred deep, which no document needs; it is likely a slip of marks. Nest them less deep.",
        ),
    },
    Code {
        name: "text/too-large",
        title: ("正文过于庞大", "a text has too many parts"),
        text: (
            "正文的小节多于一万个，或者链接多于两万个，或者表格的格子多于二十万个，或者行和标记合起来多于五十万个，\
             没有哪份报告是这样的，多半是误放的数据。请把数据存成附件，或者把正文拆成几份文件。",
            "The text has more than ten thousand sections, twenty thousand links, two hundred thousand cells of tables or half \
             a million lines and marks, which no report has; it is likely misplaced data. Attach data as a file, or \
             split the text into several documents.",
        ),
    },
    Code {
        name: "text/unresolved",
        title: ("丢失的字还没有补上", "lost characters are not put back yet"),
        text: (
            "导入时发现有字已经丢失（如转码时丢了字节，或整个字变成了问号），程序不能断定原来是什么字，就用“【待核：…】”标了出来。\
             请对照原件补上，再删去标记；标记前后的字也可能是错的，一并核对。没有处理完之前不能发布。",
            "An import found that characters were lost, such as bytes that a conversion dropped or a character that \
             became a question mark. Nobody can tell for certain what stood there, so the place is marked 【待核：…】. Put \
             the characters back from the original and remove the mark; what stands beside it may be wrong as well. \
             Until then nothing is published.",
        ),
    },
    Code {
        name: "text/unseen",
        title: ("看不见的字符", "characters that nobody sees"),
        text: (
            "汉字、数字或字母旁边有看不见的字符，如零宽空格、软连字符、方向标记。它们是从网页复制来的，会把词和数字从中间断开，别的程序就找不到。请删去：光标移到它后面，按一次退格键，或者把这几个字重新输入。",
            "Characters that nobody sees stand beside Han characters, figures or letters: zero-width spaces, soft hyphens, marks of direction. They come from copied pages and part words and figures, so that other programs do not find them. Remove them: place the cursor behind one and press backspace once, or type the words again.",
        ),
    },
    Code {
        name: "text/zero",
        title: ("年份里的零写法不一", "a zero in a year is not the usual one"),
        text: (
            "年份里的零用了圆圈、字母或“零”，如“二○二○年”“2O20年”。按 GB/T 15835，汉字年份写“二〇二〇年”。写法不一，检索和比较就会漏掉。请改正；原文就这样印的，用 `accept` 写明。",
            "A year has a circle, a letter or 零 for its zero, as in 二○二○年 or 2O20年. By GB/T 15835 it is 二〇二〇年. Spelled in several ways it is missed by search and comparison. Correct it, or accept it if it is printed so.",
        ),
    },
    Code {
        name: "theme/cycle",
        title: ("主题的文件互相引用", "files of a theme name each other"),
        text: (
            "主题 `assets/` 里的脚本或样式表绕着圈互相引用（也可能是一个文件引用自己）。每个文件的名称里有它内容的摘要，内容里又有被引用者的名称，互相引用就哪一个都定不下来。请把大家都要用的部分移到另一个文件里，让引用只朝一个方向走。",
            "Scripts or style sheets in the `assets/` of a theme name each other in a ring, or one names itself. The name of \
             each has a digest of its content in it, and its content has the names of those that it names, so that none of \
             them could be told first. Move what they share into another file, so that names lead one way only.",
        ),
    },
    Code {
        name: "theme/import",
        title: ("主题里引用的文件不存在", "a file of a theme names one that is not there"),
        text: (
            "主题 `assets/` 里的脚本（`import`、`export … from`、`import()`、`new URL(…, import.meta.url)`）或样式表（`@import`、`url()`）引用了主题里没有的文件。名称从引用它的文件算起；脚本里的要以 `./` 或 `../` 开头。主题自己没有的，会用默认主题里同名的文件。网站别处的文件请写成以 `/` 开头的地址。",
            "A script in the `assets/` of a theme (by `import`, `export … from`, `import()` or `new URL(…, import.meta.url)`) or \
             a style sheet (by `@import` or `url()`) names a file that the theme has not. A name is counted from the file that \
             it stands in, and in a script begins with `./` or `../`. What the theme itself has not is taken from the default \
             theme. Files elsewhere in the site are named by an address that begins with `/`.",
        ),
    },
    Code {
        name: "theme/missing",
        title: ("找不到主题", "a theme is missing"),
        text: (
            "`site.yaml` 中的 `theme` 既不是内置的 `gongbao`，也不是 `themes/` 下的文件夹。文件夹名\
             由小写字母、数字和连字符组成。请改正名称，或把主题放到 `themes/名称/`。",
            "The `theme` in `site.yaml` is neither the built-in `gongbao` nor a folder below \
             `themes/`, whose names are of lower-case letters, digits and hyphens. Correct the name, \
             or put the theme at `themes/NAME/`.",
        ),
    },
    Code {
        name: "theme/setting",
        title: ("主题的设置不对", "a theme's setting is wrong"),
        text: (
            "主题的 `theme.yaml` 不合要求：缺少这个文件、`name` 与文件夹不同名，或者主题要求更新版本的\
             程序。请按提示改正，或升级程序。",
            "The `theme.yaml` of a theme does not fit: it is not there, its `name` is not that of \
             the folder, or it asks for a newer program. Correct it as the hint says, or upgrade \
             the program.",
        ),
    },
    Code {
        name: "theme/unused",
        title: ("主题里的文件或语句没有用到", "a file or text of a theme that nothing uses"),
        text: (
            "`templates/` 或主题的 `templates/`、`assets/`、`i18n/` 里的这个文件（或 `i18n` 文件里的这一句）没有页面用到，多半是名称\
             写错了一两个字母：同名的文件才会替换主题原有的文件。请改成提示的名称；如果是要在模板里引用的，请检查引用处的写法；不用的请删\
             去。",
            "No page uses this file of `templates/` or of a theme's `templates/`, `assets/` or `i18n/`, or this text of an \
             `i18n` file. Most likely its name is a letter off: only a file of the same name takes the place of one of the \
             theme's. Use the name that is suggested; if a template is to name it, check how it is written there; remove \
             what is not needed.",
        ),
    },
    Code {
        name: "wrapper/absent",
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
    },
    Code {
        name: "yaml/budget",
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
    },
    Code {
        name: "yaml/syntax",
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
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_sorted_and_each_stands_once() {
        for pair in CODES.windows(2) {
            assert!(pair[0].name < pair[1].name, "{} is out of order", pair[1].name);
        }
    }

    #[test]
    fn a_name_is_an_area_and_a_word() {
        let is_word = |word: &str| {
            word.starts_with(|c: char| c.is_ascii_lowercase())
                && word.chars().all(|c| c.is_ascii_lowercase() || c == '-')
        };
        for code in CODES {
            let parts = code.name.split_once('/');
            assert!(
                parts.is_some_and(|(area, word)| is_word(area) && is_word(word)),
                "{} is not area/word",
                code.name
            );
        }
    }

    #[test]
    fn every_code_is_explained_in_both_languages() {
        let is_han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
        for code in CODES {
            let name = code.name;
            assert!(code.title.0.contains(is_han), "{name} has no Chinese title");
            assert!(code.text.0.chars().count() > 40, "{name} is hardly explained in Chinese");
            assert!(code.text.0.ends_with('。'), "{name} does not end its Chinese paragraph");
            assert!(!code.title.1.is_empty(), "{name} has no English title");
            assert!(code.text.1.len() > 80, "{name} is hardly explained in English");
            assert!(code.text.1.ends_with('.'), "{name} does not end its English paragraph");
        }
    }

    #[test]
    fn a_code_is_found_by_its_name() {
        let code = explain("date/order").expect("the list has it");
        assert_eq!(code.title(Language::Chinese), "日期先后颠倒");
        assert_eq!(code.title(Language::English), "dates are in the wrong order");
        assert!(code.text(Language::English).starts_with("A date comes before"));
        assert_eq!(explain("date"), None);
        assert_eq!(explain(""), None);
    }
}

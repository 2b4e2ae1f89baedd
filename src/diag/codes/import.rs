//! What an import has mended, or could not.

use super::{Code, CodeWeight};

/// By name.
pub(super) const IMPORT: &[Code] = &[
    Code {
        name: "import/convert",
        weight: CodeWeight::Fatal,
        title: ("这种文件要先转换", "a file must be converted before it is imported"),
        text: (
            "`.doc`、`.wps`、`.odt`、`.rtf`、`.pdf`、`.ofd` 不能直接读。用 Word 或 WPS 另存为 `.docx` 最稳妥；装有 \
             LibreOffice（PDF 用 `pdftotext`）的电脑上，加上 `--convert` 由程序代为转换。",
            "`.doc`, `.wps`, `.odt`, `.rtf`, `.pdf` and `.ofd` are not read as they are. To save the file as `.docx` \
             with Word or WPS is safest; where LibreOffice (for PDF, `pdftotext`) is installed, `--convert` lets \
             the program do it.",
        ),
        source: None,
    },
    Code {
        name: "import/damaged",
        weight: CodeWeight::Fatal,
        title: ("要导入的文件已损坏", "a file to import is damaged"),
        text: (
            "文件的内部结构与它的格式不符，读不下去，所以没有导入，也没有写出任何东西。在 Word 或 WPS 里打开，另存一份再试。",
            "The inside of the file is not what its format says, so it was not imported and nothing was written. Open \
             it in Word or WPS, save it anew and try again.",
        ),
        source: None,
    },
    Code {
        name: "import/empty",
        weight: CodeWeight::Fatal,
        title: ("要导入的文件没有文字", "a file to import holds no text"),
        text: (
            "文件里找不到文字，多半是扫描件，或者只有图片。没有文字就没有可以导入的内容。请先做文字识别，逐字对照原件核对，再导入。",
            "No text is found in the file; most likely it is a scan or holds pictures alone. Have it recognised as text, \
             compare that with the original, and import it then.",
        ),
        source: None,
    },
    Code {
        name: "import/encrypted",
        weight: CodeWeight::Fatal,
        title: ("要导入的文件有密码", "a file to import has a password"),
        text: (
            "加密的文件没有密码就读不了，程序也不会要求输入密码。请用 Word 或 WPS 打开，去掉密码另存一份，再导入那一份。",
            "An encrypted file cannot be read without its password. Open it in Word or WPS and save it without one.",
        ),
        source: None,
    },
    Code {
        name: "import/format",
        weight: CodeWeight::Fatal,
        title: ("要导入的不是文稿", "a file to import is no document"),
        text: (
            "按文件的内容（不看文件名）判断，它不是 Word 文稿、网页或纯文本，例如是图片、程序或压缩包。请选对文件。",
            "By its bytes, whatever its name says, the file is no Word document, page or plain text, but a picture, a \
             program or an archive, for example. Choose the right file.",
        ),
        source: None,
    },
    Code {
        name: "import/glyphs",
        weight: CodeWeight::Fatal,
        title: ("文件里有没有编码的字", "letters of a file have no Unicode"),
        text: (
            "PDF 里有的字只有字形，没有编码，提取出来是空洞或乱码，人名最容易受害。这样的文件不导入。请向制发单位索取 Word 原件。",
            "In some PDFs letters are drawings without a code, and what is read of them are holes, in names above all. \
             Such a file is not imported. Ask the issuing body for the file it was made from.",
        ),
        source: None,
    },
    Code {
        name: "import/left-out",
        weight: CodeWeight::Note,
        title: ("导入时略去了一些内容", "an import left something out"),
        text: (
            "页眉页脚、批注、网页的导航和按钮等不是正文，导入时略去，并记在日志里。请看一眼列出的内容，确实不是正文就不必处理。",
            "Headers and footers, comments, the menus and buttons of a page are no part of the document. They are left \
             out, and the log has them. Look at what is listed; if it is no part of the text, nothing needs doing.",
        ),
        source: None,
    },
    Code {
        name: "import/missing",
        weight: CodeWeight::Warning,
        title: ("原文里没有找到这一项", "an import did not find something"),
        text: (
            "标题、发文机关、成文日期或发布日期等，在原文里没有找到，或者写法看不懂。程序不会编造，请对照原件或原网页，在元数据里补上。",
            "The title, the issuer or a date is not found in the source. The program makes nothing up: look at the \
             original or the page that it was published on, and write it into the front matter.",
        ),
        source: None,
    },
    Code {
        name: "import/slip",
        weight: CodeWeight::Note,
        title: ("原文这里可能有笔误", "the issuer may have made a slip here"),
        text: (
            "这里像是制发单位自己的笔误，例如同样的词语紧接着出现两次。导入时照原文录入，从不改动；请与制发单位核实，再决定是否更正。",
            "This looks like a slip of the issuing body's own, such as words that are repeated. It is kept as it stands \
             and never corrected; ask the issuing body.",
        ),
        source: None,
    },
    Code {
        name: "import/stopped",
        weight: CodeWeight::Fatal,
        title: ("文件没有导入", "a file was not imported"),
        text: (
            "文件没有导入，原因写在提示里，例如报告已经有了、不知道是哪一年、转换没有成功。一批文件里有一个这样的，其余照样导入。",
            "The file was not imported; the message says why: the report is there already, its year is not known, a \
             conversion failed. In a batch all others are imported.",
        ),
        source: None,
    },
    Code {
        name: "import/too-large",
        weight: CodeWeight::Fatal,
        title: ("要导入的文件太大", "a file to import is too large"),
        text: (
            "文件展开以后超过任何报告应有的大小，为了不拖垮电脑，没有继续读。拆成几份再导入；来历不明的文件不要再打开。",
            "Unpacked, the file is larger than any report would be, so it was not read on. Split it; do not open it again \
             if you do not know where it comes from.",
        ),
        source: None,
    },
    Code {
        name: "import/unaccounted",
        weight: CodeWeight::Fatal,
        title: ("有文字没有去处", "text of a file is not accounted for"),
        text: (
            "每一个字都必须进入正文、进入元数据，或由某条规则记入日志。这份文件里有一段文字没有任何规则读到，所以没有导入。\
             这是程序的缺陷，请连同文件报告；另存为 `.docx` 或纯文本通常可以绕开。",
            "Every character must go into the text, into the front matter, or be taken by a rule that the log names. Some \
             text of this file was read by no rule, so it was not imported. This is a fault of the program: please \
             report it with the file. Saved as `.docx` or plain text it will most likely do.",
        ),
        source: None,
    },
];

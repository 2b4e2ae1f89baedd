//! Why a file is not imported, and what to do.

use camino::Utf8Path;

use crate::diag::{Diagnostic, Words};

/// Why a file is not imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It holds no text.
    Empty,
    /// Its bytes are no text in any encoding.
    NotText {
        /// What is wrong.
        message: Words,
        /// What to do.
        help: Words,
    },
    /// It is of a format that another program must turn into one that is read: its name.
    Convert(&'static str),
    /// It is of a format that holds no report: its name.
    Format(&'static str),
    /// It cannot be opened without a password.
    Encrypted,
    /// Its inside is not what its format says: what is wrong.
    Damaged(Words),
    /// It holds more than any report.
    TooLarge,
    /// It goes beyond a limit: which one.
    Limit(Words),
    /// A stretch of its text was read by no rule, or by two.
    Unaccounted {
        /// What stands there.
        text: String,
        /// Whether it is told twice.
        twice: bool,
    },
    /// Letters of it have no Unicode, so that nobody knows what it says.
    Glyphs {
        /// How many.
        count: usize,
    },
}

/// What is said of a refusal: its code, what is wrong, what to do.
struct RefusalText {
    code: &'static str,
    words: Words,
    help: (&'static str, &'static str),
}

impl Refused {
    /// The diagnostic about the file at `path`.
    #[must_use]
    pub fn diagnostic(&self, path: &Utf8Path) -> Diagnostic {
        if let Self::NotText { message, help } = self {
            let told = Diagnostic::error("import/format", path, message.clone());
            return told.help(help.zh.as_str(), help.en.as_str());
        }
        let RefusalText { code, words, help } =
            self.of_format().or_else(|| self.of_inside()).unwrap_or_else(|| self.of_text());
        Diagnostic::error(code, path, words).help(help.0, help.1)
    }

    /// What is said of a file that is none of those that are read.
    fn of_format(&self) -> Option<RefusalText> {
        let (code, words, help) = match self {
            Self::Convert(name) => (
                "import/convert",
                Words::new(
                    format!("不能直接读 {name} 文件"),
                    format!("{name} files are not read as they are"),
                ),
                (
                    "用 Word 或 WPS 另存为 .docx 再导入；装有 LibreOffice 的，加上 `--convert`",
                    "save it as .docx with Word or WPS, or add `--convert` where LibreOffice is installed",
                ),
            ),
            Self::Format(name) => (
                "import/format",
                Words::new(
                    format!("这是{}，不是文稿", called(name)),
                    format!("this is no document but a file of this sort: {name}"),
                ),
                (
                    "能导入的有 .docx、网页和纯文本",
                    "what can be imported is .docx, saved pages and plain text",
                ),
            ),
            Self::Encrypted => (
                "import/encrypted",
                Words::new("文件有密码", "the file has a password"),
                ("去掉密码另存一份再导入", "save it without the password"),
            ),
            _ => return None,
        };
        Some(RefusalText { code, words, help })
    }

    /// What is said of a file that cannot be read to its end.
    fn of_inside(&self) -> Option<RefusalText> {
        let (code, words, help) = match self {
            Self::Damaged(what) => (
                "import/damaged",
                Words::new(format!("文件已损坏：{}", what.zh), format!("the file is damaged: {}", what.en)),
                ("在 Word 或 WPS 里打开，另存一份再导入", "open it in Word or WPS and save it anew"),
            ),
            Self::TooLarge => (
                "import/too-large",
                Words::new("文件太大，不像一份报告", "the file is larger than any report"),
                ("拆成几份再导入", "split it into several files"),
            ),
            Self::Limit(which) => (
                "import/too-large",
                Words::new(
                    format!("文件超出限制：{}", which.zh),
                    format!("the file goes beyond a limit: {}", which.en),
                ),
                ("拆成几份，或在 Word 里另存一份再导入", "split it, or save it anew with Word"),
            ),
            _ => return None,
        };
        Some(RefusalText { code, words, help })
    }

    /// What is said of a file whose text is not there, not known or not accounted for.
    fn of_text(&self) -> RefusalText {
        let (code, words, help) = match self {
            Self::Glyphs { count } => (
                "import/glyphs",
                Words::new(
                    format!("有 {count} 个字没有编码，无从知道是什么字"),
                    format!("{count} letters have no Unicode, so that nobody knows what they are"),
                ),
                ("向制发单位索取 Word 原件", "ask the issuing body for the file that this was made from"),
            ),
            Self::Unaccounted { text, twice } => (
                "import/unaccounted",
                match twice {
                    true => Words::new(
                        format!("这些文字会导入两次：{}", start(text)),
                        format!("this text would be imported twice: {}", start(text)),
                    ),
                    false => Words::new(
                        format!("没有规则读到这些文字：{}", start(text)),
                        format!("no rule reads this text: {}", start(text)),
                    ),
                },
                (
                    "这是程序的缺陷，请报告；另存为 .docx 或纯文本可以绕开",
                    "this is a fault of the program, please report it; plain text or another format may do meanwhile",
                ),
            ),
            _ => (
                "import/empty",
                Words::new("文件里没有文字", "the file holds no text"),
                (
                    "扫描件或图片先做文字识别，核对后再导入",
                    "have a scan or a picture recognised as text and compare it before you import it",
                ),
            ),
        };
        RefusalText { code, words, help }
    }
}

/// What people call a file of this sort.
fn called(name: &str) -> &str {
    match name {
        "program" => "程序",
        "picture" => "图片",
        "archive" => "压缩包",
        "media" => "音视频",
        "spreadsheet" => "电子表格",
        "slides" => "幻灯片",
        name => name,
    }
}

/// The beginning of a text.
fn start(text: &str) -> String {
    let mut start: String = text.trim().chars().take(30).collect();
    if start.len() < text.trim().len() {
        start.push('…');
    }
    start
}

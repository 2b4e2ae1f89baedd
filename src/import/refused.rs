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

impl Refused {
    /// The diagnostic about the file at `path`.
    #[must_use]
    pub fn diagnostic(&self, path: &Utf8Path) -> Diagnostic {
        let (code, words, help) = match self {
            Self::Empty => (
                "import/empty",
                Words::new("文件里没有文字", "the file holds no text"),
                Words::new(
                    "扫描件或图片先做文字识别，核对后再导入",
                    "have a scan or a picture recognised as text and compare it before you import it",
                ),
            ),
            Self::NotText { message, help } => ("import/format", message.clone(), help.clone()),
            Self::Convert(name) => (
                "import/convert",
                Words::new(
                    format!("不能直接读 {name} 文件"),
                    format!("{name} files are not read as they are"),
                ),
                Words::new(
                    "用 Word 或 WPS 另存为 .docx 再导入；装有 LibreOffice 的，加上 `--convert`",
                    "save it as .docx with Word or WPS, or add `--convert` where LibreOffice is installed",
                ),
            ),
            Self::Format(name) => (
                "import/format",
                Words::new(
                    format!("这是 {name} 文件，不是文稿"),
                    format!("this is a {name} file and no document"),
                ),
                Words::new(
                    "能导入的有 .docx、网页和纯文本",
                    "what can be imported is .docx, saved pages and plain text",
                ),
            ),
            Self::Encrypted => (
                "import/encrypted",
                Words::new("文件有密码", "the file has a password"),
                Words::new("去掉密码另存一份再导入", "save it without the password"),
            ),
            Self::Damaged(what) => (
                "import/damaged",
                Words::new(format!("文件已损坏：{}", what.zh), format!("the file is damaged: {}", what.en)),
                Words::new(
                    "在 Word 或 WPS 里打开，另存一份再导入",
                    "open it in Word or WPS and save it anew",
                ),
            ),
            Self::TooLarge => (
                "import/too-large",
                Words::new("文件太大，不像一份报告", "the file is larger than any report"),
                Words::new("拆成几份再导入", "split it into several files"),
            ),
            Self::Limit(which) => (
                "import/too-large",
                Words::new(
                    format!("文件超出限制：{}", which.zh),
                    format!("the file goes beyond a limit: {}", which.en),
                ),
                Words::new("拆成几份，或在 Word 里另存一份再导入", "split it, or save it anew with Word"),
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
                Words::new(
                    "这是程序的缺陷，请报告；另存为 .docx 或纯文本可以绕开",
                    "this is a fault of the program, please report it; plain text or another format may do meanwhile",
                ),
            ),
            Self::Glyphs { count } => (
                "import/glyphs",
                Words::new(
                    format!("有 {count} 个字没有编码，无从知道是什么字"),
                    format!("{count} letters have no Unicode, so that nobody knows what they are"),
                ),
                Words::new(
                    "向制发单位索取 Word 原件",
                    "ask the issuing body for the file that this was made from",
                ),
            ),
        };
        Diagnostic::error(code, path, words).help(help.zh, help.en)
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

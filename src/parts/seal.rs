//! What all machines have to have the same, so that their parts are parts of one site.

use camino::Utf8Path;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Cut, FORMAT, JoinRefusal};
use crate::diag::Words;
use crate::source::{Sources, hex};

/// A digest of everything that this program is built from.
const PROGRAM: &str = env!("XIANGWEI_SEAL");

/// What all machines have to have the same. The first of them puts it down, and each other holds its own
/// against that.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seal {
    format: u32,
    /// The digest of the program.
    program: String,
    /// How many parts there are.
    parts: usize,
    /// What was wished, as people read it.
    options: String,
    /// The digest of the names and sizes of all files.
    files: String,
    /// The digest of what all read: settings, themes, descriptions of places, plain pages, the record.
    common: String,
}

impl Seal {
    /// Where it is put down.
    pub const NAME: &'static str = "build.json";

    /// The seal of a build of these files with their sizes, of which all machines read those that `is_common`
    /// names.
    #[must_use]
    pub fn of<'a>(
        cut: &Cut,
        options: String,
        files: impl IntoIterator<Item = (&'a Utf8Path, u64)>,
        (sources, is_common): (&Sources, &dyn Fn(&Utf8Path) -> bool),
    ) -> Self {
        let mut listed = Sha256::new();
        for (path, size) in files {
            listed.update(path.as_str());
            listed.update(format!("\0{size}\0"));
        }
        let mut read = Sha256::new();
        for text in sources.texts().iter().filter(|text| is_common(text.path())) {
            read.update(text.path().as_str());
            read.update([0]);
            read.update(text.sha256());
        }
        for blob in sources.blobs().iter().filter(|blob| is_common(&blob.path)) {
            read.update(format!("{}\0{}", blob.path, blob.sha256));
        }
        Self {
            format: FORMAT,
            program: PROGRAM.to_owned(),
            parts: cut.count(),
            options,
            files: hex(&listed.finalize()),
            common: hex(&read.finalize()),
        }
    }

    /// How many parts the build has.
    #[must_use]
    pub fn parts(&self) -> usize {
        self.parts
    }

    /// The bytes that are put down.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec_pretty(self).expect("texts and numbers can be written down");
        bytes.push(b'\n');
        bytes
    }

    /// What was put down.
    ///
    /// # Errors
    /// When it is of another program, which may have put down something else.
    pub fn read(bytes: &[u8]) -> Result<Self, JoinRefusal> {
        let seal: Option<Self> = serde_json::from_slice(bytes).ok();
        seal.filter(|seal| seal.format == FORMAT && seal.program == PROGRAM).ok_or_else(program)
    }

    /// Makes sure that this machine has what those have whose seal was put down first.
    ///
    /// # Errors
    /// When something is another; the refusal says what.
    pub fn agrees_with(&self, first: &Self) -> Result<(), JoinRefusal> {
        if self.parts != first.parts {
            return Err(JoinRefusal::Other(Words::new(
                format!("那里的构建分成 {} 份，这里分成 {} 份", first.parts, self.parts),
                format!("the build there has {} parts, and this one {}", first.parts, self.parts),
            )));
        }
        if self.options != first.options {
            return Err(JoinRefusal::Other(Words::new(
                format!("选项不同：那里是 {}，这里是 {}", first.options, self.options),
                format!("the options differ: {} there, {} here", first.options, self.options),
            )));
        }
        if self.files != first.files {
            return Err(JoinRefusal::Other(Words::new(
                "来源不同：文件的名称或大小不一样",
                "the sources differ: files have other names or sizes",
            )));
        }
        if self.common != first.common {
            return Err(JoinRefusal::Other(Words::new(
                "来源不同：设置、主题、地方说明、普通页面、公布记录或 static/ 里有文件内容不一样",
                "the sources differ: settings, themes, descriptions of places, plain pages, the record or something in static/ has other content",
            )));
        }
        Ok(())
    }
}

fn program() -> JoinRefusal {
    JoinRefusal::Other(Words::new("程序的版本不同", "another version of the program made what is there"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    #[test]
    fn what_differs_is_told() {
        let seal = |count: usize, options: &str, size: u64, text: &str| {
            let files = || [(Utf8Path::new("content/a/2020.md"), size)];
            let common = Sources::new(vec![Source::new("site.yaml", text)], Vec::new());
            Seal::of(&Cut::of(files(), count), options.to_owned(), files(), (&common, &|_| true))
        };
        let first = seal(2, "drafts", 5, "a");
        assert_eq!(Seal::read(&first.bytes()).unwrap(), first);
        assert!(first.agrees_with(&seal(2, "drafts", 5, "a")).is_ok());
        for (other, told) in [
            (seal(3, "drafts", 5, "a"), "parts"),
            (seal(2, "", 5, "a"), "options"),
            (seal(2, "drafts", 6, "a"), "names or sizes"),
            (seal(2, "drafts", 5, "b"), "settings"),
        ] {
            let why = other.agrees_with(&first).unwrap_err().words().en;
            assert!(why.contains(told), "{why}");
        }
        let older = String::from_utf8(first.bytes()).unwrap().replace(PROGRAM, "0");
        assert!(Seal::read(older.as_bytes()).unwrap_err().words().en.contains("version"));
        assert!(Seal::read(b"").is_err());
    }
}

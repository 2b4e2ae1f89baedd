//! What is sent: bytes or a file of the finished site, held against the site's manifest before it goes.

use std::fs::File;
use std::io::{self, Cursor, Read};

use camino::{Utf8Path, Utf8PathBuf};
use md5::Md5;
use sha2::{Digest, Sha256};

use super::TargetTrouble;
use crate::site::FileDigest;
use crate::source::hex;

/// Bytes that are sent.
pub(super) struct SentBody {
    content: BodyContent,
    /// What they are.
    pub(super) entry: FileDigest,
    /// Their MD5, by which stores say whether they received what was sent.
    pub(super) md5: [u8; 16],
}

enum BodyContent {
    Bytes(Vec<u8>),
    /// A file that is too large to stand in memory.
    File(Utf8PathBuf),
}

/// Files up to this size are read once.
const SMALL: u64 = 8 << 20;

impl SentBody {
    /// These bytes.
    pub(super) fn of(bytes: Vec<u8>) -> Self {
        Self {
            entry: FileDigest::of(&bytes),
            md5: Md5::digest(&bytes).into(),
            content: BodyContent::Bytes(bytes),
        }
    }

    /// The file at `path`, which has to be `entry`: a file that was changed since the site was built stops a publication.
    /// A large one is read again when it is sent; a store that is told its MD5 refuses another one then.
    pub(super) fn of_file(path: &Utf8Path, entry: &FileDigest) -> Result<Self, TargetTrouble> {
        let read = |file: &mut File| match entry.size <= SMALL {
            true => {
                let mut bytes = Vec::new();
                file.take(SMALL + 1).read_to_end(&mut bytes)?;
                Ok(Self::of(bytes))
            }
            false => of_large(file, path),
        };
        let body = File::open(path).and_then(|mut file| read(&mut file)).map_err(TargetTrouble::of(path))?;
        match body.entry == *entry {
            true => Ok(body),
            false => Err(TargetTrouble::new(
                format!("{path} 在构建之后被改动，发布已停下；请重新发布"),
                format!(
                    "{path} was changed since the site was built, and publishing has stopped; publish again"
                ),
            )),
        }
    }

    /// The bytes from the start.
    pub(super) fn reader(&self) -> io::Result<Box<dyn Read + '_>> {
        Ok(match &self.content {
            BodyContent::Bytes(bytes) => Box::new(Cursor::new(bytes)),
            BodyContent::File(path) => Box::new(File::open(path)?),
        })
    }
}

fn of_large(file: &mut File, path: &Utf8Path) -> io::Result<SentBody> {
    let (mut sha256, mut md5, mut size) = (Sha256::new(), Md5::new(), 0);
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let count = file.read(&mut buffer)?;
        if count == 0 {
            break;
        }
        sha256.update(&buffer[..count]);
        md5.update(&buffer[..count]);
        size += count as u64;
    }
    let entry = FileDigest { sha256: hex(&sha256.finalize()), size };
    Ok(SentBody { content: BodyContent::File(path.to_owned()), entry, md5: md5.finalize().into() })
}

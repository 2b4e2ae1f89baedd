//! Where the files of an office's site are read: at its address, or from a folder of this computer.

use std::io::{self, Write};

use camino::Utf8Path;

use crate::config::{BaseUrl, MemberOffice};
use crate::diag::Words;
use crate::federation::OfficeFault;
use crate::remote::folder::FolderTarget;
use crate::remote::store::Store;
use crate::remote::visit::{Caller, Manners, UnreadFile, VisitHindrance};

/// Where files are read.
pub(super) enum OfficeFiles<'a> {
    /// From a web server.
    Web(Box<Caller>, &'a BaseUrl),
    /// From a folder, if there is one.
    Folder(Result<FolderTarget, Words>),
}

impl<'a> OfficeFiles<'a> {
    /// Where the files of an office are read, whose folder is named from `folder`.
    pub(super) fn of(member: &'a MemberOffice, folder: &Utf8Path, manners: &Manners) -> Self {
        match &member.folder {
            Some(path) => {
                Self::Folder(FolderTarget::open(&folder.join(path)).map_err(|trouble| trouble.words))
            }
            None => {
                let is_public = if member.inner { |_| true } else { manners.is_public };
                let manners = Manners { is_public, stays: member.inner, ..manners.clone() };
                Self::Web(Box::new(Caller::new(&manners)), &member.url)
            }
        }
    }

    /// The bytes of the file at `path`, of which there are at most `most`.
    ///
    /// # Errors
    /// When there is none, or more.
    pub(super) fn read(&self, path: &str, most: u64) -> Result<Vec<u8>, OfficeFault> {
        match self {
            Self::Folder(Ok(folder)) => of_folder(folder, path, most),
            Self::Folder(Err(why)) => Err(OfficeFault::unreachable(path, why)),
            Self::Web(caller, base) => {
                let address = base.absolute(&format!("/{path}"));
                // What may be over in a moment is asked for once more.
                let read = caller.fetch(&address, most);
                let again = |unread: UnreadFile| {
                    if unread.may_pass() { caller.fetch(&address, most) } else { Err(unread) }
                };
                read.or_else(again).map_err(|unread| fault(path, unread, most))
            }
        }
    }
}

fn of_folder(folder: &FolderTarget, path: &str, most: u64) -> Result<Vec<u8>, OfficeFault> {
    let mut bounded = CappedWriter { bytes: Vec::new(), most };
    match folder.read(path, &mut bounded) {
        Ok(true) => Ok(bounded.bytes),
        Ok(false) => Err(OfficeFault::unreachable(path, &Words::new("文件夹里没有", "the folder has none"))),
        Err(_) if bounded.bytes.len() as u64 >= most => Err(OfficeFault::too_large(path, most)),
        Err(trouble) => Err(OfficeFault::unreachable(path, &trouble.words)),
    }
}

/// Takes so many bytes and no more.
struct CappedWriter {
    bytes: Vec<u8>,
    most: u64,
}

impl Write for CappedWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let room = self.most.saturating_sub(self.bytes.len() as u64);
        let taken = bytes.len().min(usize::try_from(room).unwrap_or(usize::MAX));
        self.bytes.extend_from_slice(&bytes[..taken]);
        if taken == bytes.len() { Ok(taken) } else { Err(io::ErrorKind::FileTooLarge.into()) }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn fault(path: &str, unread: UnreadFile, most: u64) -> OfficeFault {
    let why = match unread {
        UnreadFile::TooMuch => return OfficeFault::too_large(path, most),
        UnreadFile::Cut => Words::new("没有传完就断了", "it was cut off before it was whole"),
        UnreadFile::Status(status) => {
            Words::new(format!("服务器回答 {status}"), format!("the server answered {status}"))
        }
        UnreadFile::Hindered(VisitHindrance::Silent(silence)) => silence.words(),
        UnreadFile::Hindered(VisitHindrance::Inner) => Words::new(
            "网址指向内网，没有访问；确实在内网的，在 sites.yaml 里写 `inner: true`",
            "its address leads into an inner network and was not asked; where it should, write `inner: true` in sites.yaml",
        ),
        UnreadFile::Hindered(VisitHindrance::Later) => Words::new(
            "服务器要求过一阵再来，或者时间用完了；下次从这里接着读",
            "the server wants to be left alone for now, or time was up; the next run goes on from here",
        ),
    };
    OfficeFault::unreachable(path, &why)
}

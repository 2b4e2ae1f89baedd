//! Why the program could not do its work with files. Unlike a diagnostic, a failure is not
//! about what somebody wrote in a report, and no part of the site can be made in spite of it.

use std::fmt;
use std::io;

use camino::{Utf8Path, Utf8PathBuf};

use crate::diag::Words;

/// What was tried with a file when the system refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileOperation {
    /// To read it or to look at it.
    Read,
    /// To write it or to put it in its place.
    Write,
    /// To remove it.
    Remove,
    /// To lock it.
    Lock,
}

/// Why reading a site's folder or writing the finished site had to stop.
#[derive(Debug)]
pub enum Failure {
    /// The system refused.
    Io {
        /// What was tried.
        deed: FileOperation,
        /// With which file.
        path: Utf8PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// Another build is writing to the same folder and did not end in time.
    Busy {
        /// The output folder.
        path: Utf8PathBuf,
    },
    /// Something stands where a file of the site belongs, and no earlier build wrote it.
    Foreign {
        /// What stands there.
        path: Utf8PathBuf,
    },
    /// A symbolic link stands where a file or a folder of the site belongs.
    Link {
        /// The link.
        path: Utf8PathBuf,
    },
    /// A manifest or a journal that this program did not write.
    NotOurs {
        /// The file.
        path: Utf8PathBuf,
        /// What tells that it is not ours.
        reason: Words,
    },
    /// A file that is passed on changed while the site was built.
    Changed {
        /// The file.
        path: Utf8PathBuf,
    },
    /// Two files of the site want the same place, or one wants to be the folder of the other.
    Twice {
        /// The place below the output folder.
        path: Utf8PathBuf,
    },
    /// The manifest and the files that were staged are not of the same site.
    Unstaged {
        /// The first file in which they differ, below the output folder.
        path: Utf8PathBuf,
    },
    /// The output folder is, holds or lies in what the site is made from.
    AmongSources {
        /// The output folder.
        path: Utf8PathBuf,
        /// A file or folder that the site is made from.
        source: Utf8PathBuf,
    },
    /// A file that was to be made is there already.
    Exists {
        /// The file.
        path: Utf8PathBuf,
    },
    /// No file or folder of a site can have this path.
    Unfit {
        /// The path.
        path: Utf8PathBuf,
    },
}

impl Failure {
    /// The failure to read `path`, once the system's reason is known.
    pub(super) fn read(path: &Utf8Path) -> impl FnOnce(io::Error) -> Self {
        Self::of(FileOperation::Read, path)
    }

    /// The failure to write `path`, once the system's reason is known.
    pub(super) fn write(path: &Utf8Path) -> impl FnOnce(io::Error) -> Self {
        Self::of(FileOperation::Write, path)
    }

    /// The failure to remove `path`, once the system's reason is known.
    pub(super) fn remove(path: &Utf8Path) -> impl FnOnce(io::Error) -> Self {
        Self::of(FileOperation::Remove, path)
    }

    /// The failure to lock `path`, once the system's reason is known.
    pub(super) fn lock(path: &Utf8Path) -> impl FnOnce(io::Error) -> Self {
        Self::of(FileOperation::Lock, path)
    }

    fn of(deed: FileOperation, path: &Utf8Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |error| Self::Io { deed, path, error }
    }

    /// What happened and what to do about it.
    #[must_use]
    pub fn words(&self) -> Words {
        match self {
            Self::Io { deed, path, error } => io_words(*deed, path, error),
            Self::Busy { path } => Words::new(
                format!("另一个构建正在写入 {path}，请等它结束后再试"),
                format!("another build is writing to {path}; try again when it is done"),
            ),
            Self::Foreign { path } => Words::new(
                format!("{path} 不是本程序写的，不会覆盖；请把它移走，或换一个输出文件夹"),
                format!(
                    "{path} was not written by this program and is not overwritten; move it away \
                     or choose another output folder"
                ),
            ),
            Self::Link { path } => Words::new(
                format!("{path} 是符号链接，不会跟随它写入；请把它移走，或换一个输出文件夹"),
                format!(
                    "{path} is a symbolic link and is not followed; move it away or choose \
                     another output folder"
                ),
            ),
            Self::NotOurs { path, reason } => Words::new(
                format!("{path} 不是本程序写的（{}）；请把它移走", reason.zh),
                format!("{path} was not written by this program ({}); move it away", reason.en),
            ),
            Self::Changed { path } => Words::new(
                format!("构建期间 {path} 被改动，请重新构建"),
                format!("{path} changed during the build; build again"),
            ),
            Self::Twice { path } => Words::new(
                format!("网站里有两个文件要写到 {path}"),
                format!("two files of the site want to be at {path}"),
            ),
            Self::Unstaged { path } => Words::new(
                format!("清单与要写的文件在 {path} 处不一致，这是程序的错误，请报告"),
                format!(
                    "the manifest and the files differ at {path}; this is a mistake in the \
                     program, please report it"
                ),
            ),
            Self::AmongSources { path, source } => Words::new(
                format!("输出文件夹 {path} 与来源 {source} 重叠；请换一个输出文件夹，例如 public"),
                format!(
                    "the output folder {path} and the source {source} overlap; choose another output \
                     folder, such as public"
                ),
            ),
            Self::Exists { path } => Words::new(
                format!("{path} 已经在那里，不会覆盖"),
                format!("{path} is there already and is not overwritten"),
            ),
            Self::Unfit { path } => Words::new(
                format!("{path:?} 不能用作输出的路径"),
                format!("{path:?} cannot be used as a path of the output"),
            ),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words().en)
    }
}

impl std::error::Error for Failure {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { error, .. } => Some(error),
            _ => None,
        }
    }
}

fn io_words(deed: FileOperation, path: &Utf8Path, error: &io::Error) -> Words {
    let (zh, en) = match deed {
        FileOperation::Read => ("读取", "read"),
        FileOperation::Write => ("写入", "write"),
        FileOperation::Remove => ("删除", "remove"),
        FileOperation::Lock => ("锁定", "lock"),
    };
    let why = reason(error);
    Words::new(format!("无法{zh} {path}：{}", why.zh), format!("cannot {en} {path}: {}", why.en))
}

/// The system's reason in both languages, as far as it is a common one.
pub(crate) fn reason(error: &io::Error) -> Words {
    let (zh, en) = match error.kind() {
        io::ErrorKind::NotFound => ("找不到它", "it is not there"),
        io::ErrorKind::PermissionDenied => ("没有权限", "permission is denied"),
        io::ErrorKind::StorageFull => ("磁盘已满", "the disk is full"),
        io::ErrorKind::QuotaExceeded => ("磁盘配额已用完", "the disk quota is used up"),
        io::ErrorKind::FileTooLarge => {
            ("文件超过系统允许的大小", "the file is larger than the system allows")
        }
        io::ErrorKind::ReadOnlyFilesystem => ("文件系统是只读的", "the file system is read-only"),
        io::ErrorKind::NotADirectory => ("路径中有一段不是文件夹", "a part of the path is not a folder"),
        io::ErrorKind::IsADirectory => ("它是文件夹", "it is a folder"),
        io::ErrorKind::InvalidFilename => {
            ("文件名过长或系统不接受", "the system does not accept such a name")
        }
        _ => return Words::new(format!("系统报告“{error}”"), error.to_string()),
    };
    Words::new(zh, en)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_speaks_both_languages_and_names_the_file() {
        let full = Failure::write("public/a".into())(io::ErrorKind::StorageFull.into());
        assert_eq!(full.words().zh, "无法写入 public/a：磁盘已满");
        assert_eq!(full.to_string(), "cannot write public/a: the disk is full");
    }
}

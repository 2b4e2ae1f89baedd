//! Files that a preview has made, on the disk. Those that come and go together lie in one file
//! without a name, which the system takes away when the last of them is forgotten or the process
//! ends, however it ends. Where the disk has no room for them, they stay in memory.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

/// The bytes of a file that was put away.
#[derive(Clone)]
pub(super) enum Kept {
    /// A part of a file that others lie in as well.
    OnDisk(Arc<Mutex<File>>, Range<u64>),
    /// In memory, for want of anything better.
    InMemory(Arc<Vec<u8>>),
}

/// Puts files away that come and go together, given and handed back by their paths.
pub(super) fn put(files: Vec<(String, Vec<u8>)>) -> Vec<(String, Kept)> {
    put_in(tempfile::tempfile, files)
}

fn put_in(open: impl FnOnce() -> io::Result<File>, files: Vec<(String, Vec<u8>)>) -> Vec<(String, Kept)> {
    let written = open().and_then(|file| write(file, &files));
    let Ok(file) = written.map(|file| Arc::new(Mutex::new(file))) else {
        return files.into_iter().map(|(path, bytes)| (path, Kept::InMemory(Arc::new(bytes)))).collect();
    };
    let mut end = 0;
    let kept = files.into_iter().map(|(path, bytes)| {
        let start = end;
        end += bytes.len() as u64;
        (path, Kept::OnDisk(Arc::clone(&file), start..end))
    });
    kept.collect()
}

fn write(mut file: File, files: &[(String, Vec<u8>)]) -> io::Result<File> {
    files.iter().try_for_each(|(_, bytes)| file.write_all(bytes))?;
    Ok(file)
}

impl Kept {
    /// The bytes; `None` if the disk does not give them back.
    pub(super) fn bytes(&self) -> Option<Vec<u8>> {
        match self {
            Self::OnDisk(file, range) => {
                let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
                read(&mut file, range).ok()
            }
            Self::InMemory(bytes) => Some(bytes.to_vec()),
        }
    }
}

fn read(file: &mut File, range: &Range<u64>) -> io::Result<Vec<u8>> {
    // It was in memory once, so it is no longer than that can be.
    let mut bytes = vec![0; usize::try_from(range.end - range.start).unwrap_or(usize::MAX)];
    file.seek(SeekFrom::Start(range.start))?;
    file.read_exact(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Files that tell who they are, the first of them empty.
    fn files() -> Vec<(String, Vec<u8>)> {
        let bytes =
            |mark: usize| (0..mark * 97).map(move |at| u8::try_from((at * 7 + mark * 31) % 251).unwrap());
        (0..50).map(|mark| (format!("text/{mark}.json"), bytes(mark).collect())).collect()
    }

    fn come_back(kept: &[(String, Kept)]) -> bool {
        kept.iter()
            .zip(files())
            .all(|((path, kept), (name, bytes))| *path == name && kept.bytes() == Some(bytes))
    }

    fn lie_on_disk(kept: &[(String, Kept)]) -> bool {
        kept.iter().all(|(_, kept)| matches!(kept, Kept::OnDisk(..)))
    }

    #[test]
    fn what_is_put_away_comes_back_in_any_order() {
        let mut kept = put(files());
        assert!(lie_on_disk(&kept) && kept.len() == 50 && come_back(&kept));
        let Kept::OnDisk(file, _) = kept[0].1.clone() else { panic!("it lies on the disk") };
        kept.truncate(1);
        assert_eq!(Arc::strong_count(&file), 2, "nobody else holds the file");
    }

    #[test]
    fn without_a_folder_for_them_files_stay_in_memory() {
        let kept = put_in(|| tempfile::tempfile_in("/there/is/no/such/folder"), files());
        assert!(!lie_on_disk(&kept) && come_back(&kept));
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn what_a_full_disk_does_not_take_stays_in_memory() {
        let kept = put_in(|| File::options().read(true).write(true).open("/dev/full"), files());
        assert!(!lie_on_disk(&kept) && come_back(&kept));
    }

    #[test]
    fn a_disk_that_gives_nothing_back_is_told() {
        let kept = put(files());
        let Kept::OnDisk(file, _) = &kept[0].1 else { panic!("it lies on the disk") };
        file.lock().unwrap().set_len(10).unwrap();
        assert_eq!(kept[49].1.bytes(), None);
    }
}

//! What is put away for a while, on the disk: search files of a preview, what bundles tell until all are put together.
//! What comes and goes together lies in one file
//! without a name, which the system takes away when the last of it is forgotten or the process
//! ends, however it ends. Where the disk has no room, it stays in memory.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

/// Bytes that were put away.
#[derive(Clone)]
pub enum SpooledBytes {
    /// A part of a file that others lie in as well.
    OnDisk(Arc<Mutex<File>>, Range<u64>),
    /// In memory, for want of anything better.
    InMemory(Arc<Vec<u8>>),
}

/// Where something is put away.
pub struct Spool(Option<Arc<Mutex<File>>>);

impl Spool {
    /// A new one, on the disk if that can be.
    #[must_use]
    pub fn open() -> Self {
        Self::of(tempfile::tempfile())
    }

    fn of(file: io::Result<File>) -> Self {
        Self(file.ok().map(|file| Arc::new(Mutex::new(file))))
    }

    /// Puts bytes away.
    #[must_use]
    pub fn put(&self, bytes: Vec<u8>) -> SpooledBytes {
        let written = self.0.as_ref().and_then(|file| {
            let mut open = file.lock().unwrap_or_else(PoisonError::into_inner);
            let range = write(&mut open, &bytes).ok()?;
            drop(open);
            Some(SpooledBytes::OnDisk(Arc::clone(file), range))
        });
        written.unwrap_or_else(|| SpooledBytes::InMemory(Arc::new(bytes)))
    }

    /// Puts files away that come and go together, given and handed back by their paths.
    #[must_use]
    pub fn put_all(&self, files: Vec<(String, Vec<u8>)>) -> Vec<(String, SpooledBytes)> {
        files.into_iter().map(|(path, bytes)| (path, self.put(bytes))).collect()
    }
}

/// Writes behind all that a file has, and says where.
fn write(file: &mut File, bytes: &[u8]) -> io::Result<Range<u64>> {
    let start = file.seek(SeekFrom::End(0))?;
    file.write_all(bytes)?;
    Ok(start..start + bytes.len() as u64)
}

impl SpooledBytes {
    /// The bytes; `None` if the disk does not give them back.
    #[must_use]
    pub fn bytes(&self) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        self.reader().read_to_end(&mut bytes).ok()?;
        Some(bytes)
    }

    /// The bytes, to be read from the first on.
    #[must_use]
    pub fn reader(&self) -> SpoolReader {
        SpoolReader { kept: self.clone(), at: 0 }
    }
}

/// Reads what was put away.
pub struct SpoolReader {
    kept: SpooledBytes,
    at: u64,
}

impl Read for SpoolReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = match &self.kept {
            SpooledBytes::InMemory(bytes) => {
                let rest = usize::try_from(self.at).ok().and_then(|at| bytes.get(at..));
                rest.unwrap_or_default().read(buffer)?
            }
            SpooledBytes::OnDisk(file, range) => {
                let start = range.start + self.at;
                let most = usize::try_from(range.end - start).unwrap_or(usize::MAX).min(buffer.len());
                let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
                file.seek(SeekFrom::Start(start))?;
                file.read_exact(&mut buffer[..most])?;
                most
            }
        };
        self.at += read as u64;
        Ok(read)
    }
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

    fn come_back(kept: &[(String, SpooledBytes)]) -> bool {
        kept.iter()
            .zip(files())
            .all(|((path, kept), (name, bytes))| *path == name && kept.bytes() == Some(bytes))
    }

    fn lies_on_disk((_, kept): &(String, SpooledBytes)) -> bool {
        matches!(kept, SpooledBytes::OnDisk(..))
    }

    #[test]
    fn what_is_put_away_comes_back_in_any_order() {
        let mut kept = Spool::open().put_all(files());
        assert!(kept.iter().all(lies_on_disk) && kept.len() == 50 && come_back(&kept));
        let SpooledBytes::OnDisk(file, _) = kept[0].1.clone() else { panic!("it lies on the disk") };
        kept.truncate(1);
        assert_eq!(Arc::strong_count(&file), 2, "nobody else holds the file");
    }

    #[test]
    fn without_a_folder_for_them_files_stay_in_memory() {
        let kept = Spool::of(tempfile::tempfile_in("/there/is/no/such/folder")).put_all(files());
        assert!(!kept.iter().skip(1).any(lies_on_disk) && come_back(&kept));
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn what_a_full_disk_does_not_take_stays_in_memory() {
        let kept = Spool::of(File::options().read(true).write(true).open("/dev/full")).put_all(files());
        assert!(!kept.iter().skip(1).any(lies_on_disk) && come_back(&kept));
    }

    #[test]
    fn a_disk_that_gives_nothing_back_is_told() {
        let kept = Spool::open().put_all(files());
        let SpooledBytes::OnDisk(file, _) = &kept[0].1 else { panic!("it lies on the disk") };
        file.lock().unwrap().set_len(10).unwrap();
        assert_eq!(kept[49].1.bytes(), None);
    }
}

//! Room on the disk for bytes that a preview has made and may be asked for. It is a file without
//! a name, which the system takes away with the process, however that ends. Where there is no
//! room on the disk, the bytes stay in memory.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Where bytes are put.
pub(super) struct Spool {
    open: fn() -> io::Result<File>,
    sheet: Mutex<Sheet>,
}

/// The file, and which of its bytes belong to nobody.
#[derive(Default)]
struct Sheet {
    file: Option<File>,
    end: u64,
    /// The starts of what is free before the end, and how long each is. No two touch.
    free: BTreeMap<u64, u64>,
}

/// Bytes that were put away. When nobody holds them, their room is used again.
#[derive(Clone)]
pub(super) enum Kept {
    /// On the disk.
    OnDisk(Arc<Room>),
    /// In memory, for want of anything better.
    InMemory(Arc<Vec<u8>>),
}

/// A part of the file, in pieces that are read one after the other.
pub(super) struct Room {
    spool: Arc<Spool>,
    pieces: Vec<Range<u64>>,
}

impl Default for Spool {
    fn default() -> Self {
        Self { open: tempfile::tempfile, sheet: Mutex::default() }
    }
}

impl Spool {
    /// Puts bytes away.
    pub(super) fn put(self: &Arc<Self>, bytes: Vec<u8>) -> Kept {
        match self.write(&bytes) {
            Ok(pieces) => Kept::OnDisk(Arc::new(Room { spool: Arc::clone(self), pieces })),
            Err(_) => Kept::InMemory(Arc::new(bytes)),
        }
    }

    fn write(&self, bytes: &[u8]) -> io::Result<Vec<Range<u64>>> {
        let mut sheet = self.lock();
        if sheet.file.is_none() {
            sheet.file = Some((self.open)()?);
        }
        let pieces = sheet.take(bytes.len() as u64);
        let written = sheet.write(&pieces, bytes);
        if written.is_err() {
            sheet.give_back(&pieces);
        }
        written.map(|()| pieces)
    }

    fn lock(&self) -> MutexGuard<'_, Sheet> {
        self.sheet.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    /// The bytes; `None` if the disk does not give them back.
    pub(super) fn bytes(&self) -> Option<Vec<u8>> {
        match self {
            Self::OnDisk(room) => room.spool.lock().read(&room.pieces).ok(),
            Self::InMemory(bytes) => Some(bytes.to_vec()),
        }
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        self.spool.lock().give_back(&self.pieces);
    }
}

impl Sheet {
    /// Takes so many bytes from what is free, and from behind the end what is not there. So the
    /// file is never longer than all that was held at one time.
    fn take(&mut self, mut length: u64) -> Vec<Range<u64>> {
        let mut pieces = Vec::new();
        while length > 0 {
            let (start, most) = self.free.pop_first().unwrap_or((self.end, length));
            let taken = most.min(length);
            if taken < most {
                self.free.insert(start + taken, most - taken);
            }
            pieces.push(start..start + taken);
            self.end = self.end.max(start + taken);
            length -= taken;
        }
        pieces
    }

    fn give_back(&mut self, pieces: &[Range<u64>]) {
        for piece in pieces {
            let (mut start, mut end) = (piece.start, piece.end);
            if let Some((&before, &length)) = self.free.range(..start).next_back()
                && before + length == start
            {
                self.free.remove(&before);
                start = before;
            }
            end += self.free.remove(&end).unwrap_or(0);
            self.free.insert(start, end - start);
        }
        self.shorten();
    }

    /// Gives what is free at the end back to the system.
    fn shorten(&mut self) {
        let last = self.free.last_key_value().map(|(&start, &length)| (start, start + length));
        let Some((start, _)) = last.filter(|(_, end)| *end == self.end) else { return };
        self.free.remove(&start);
        self.end = start;
        if let Some(file) = &self.file {
            // If it stays longer, what is behind the end is written over later.
            drop(file.set_len(start));
        }
    }

    fn write(&mut self, pieces: &[Range<u64>], mut bytes: &[u8]) -> io::Result<()> {
        let file = self.file.as_mut().ok_or(io::ErrorKind::NotFound)?;
        for piece in pieces {
            let (now, later) = bytes.split_at(length(piece).min(bytes.len()));
            file.seek(SeekFrom::Start(piece.start))?;
            file.write_all(now)?;
            bytes = later;
        }
        Ok(())
    }

    fn read(&mut self, pieces: &[Range<u64>]) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; pieces.iter().map(length).sum()];
        if pieces.is_empty() {
            return Ok(bytes);
        }
        let file = self.file.as_mut().ok_or(io::ErrorKind::NotFound)?;
        let mut rest = &mut *bytes;
        for piece in pieces {
            let (now, later) = rest.split_at_mut(length(piece));
            file.seek(SeekFrom::Start(piece.start))?;
            file.read_exact(now)?;
            rest = later;
        }
        Ok(bytes)
    }
}

/// How long a piece is, which was once as long as a text in memory.
fn length(piece: &Range<u64>) -> usize {
    usize::try_from(piece.end - piece.start).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bytes that tell who they are.
    fn some(length: usize, mark: usize) -> Vec<u8> {
        (0..length).map(|at| u8::try_from((at * 7 + mark * 31) % 251).unwrap()).collect()
    }

    fn lies_on_disk(kept: &Kept) -> bool {
        matches!(kept, Kept::OnDisk(_))
    }

    #[test]
    fn what_is_put_comes_back() {
        let spool = Arc::new(Spool::default());
        let kept: Vec<_> = (0..50).map(|at| spool.put(some(at * 97, at))).collect();
        for (at, kept) in kept.iter().enumerate() {
            assert!(lies_on_disk(kept));
            assert_eq!(kept.bytes().unwrap(), some(at * 97, at));
        }
    }

    #[test]
    fn room_that_nobody_holds_is_used_again_and_what_is_held_stands() {
        let spool = Arc::new(Spool::default());
        let mut held: Vec<Vec<u8>> = (0..20).map(|at| some(100 + at, at)).collect();
        let mut kept: Vec<_> = held.iter().map(|bytes| spool.put(bytes.clone())).collect();
        // The longest are 399 bytes, and one is held beside the twenty when it takes the place.
        for round in 0..1_000 {
            let (at, bytes) = (round * 13 % 20, some(100 + round * 37 % 300, round));
            kept[at] = spool.put(bytes.clone());
            held[at] = bytes;
            assert!(kept.iter().zip(&held).all(|(kept, bytes)| kept.bytes().as_ref() == Some(bytes)));
            assert!(spool.lock().end <= 21 * 399);
        }
        kept.clear();
        let sheet = spool.lock();
        assert_eq!((sheet.end, sheet.free.len()), (0, 0));
        assert_eq!(sheet.file.as_ref().unwrap().metadata().unwrap().len(), 0);
    }

    #[test]
    fn whoever_still_reads_keeps_the_old_bytes() {
        let spool = Arc::new(Spool::default());
        let old = spool.put(some(1_000, 1));
        let reader = old.clone();
        drop(old);
        let _new = spool.put(some(1_000, 2));
        assert_eq!(reader.bytes().unwrap(), some(1_000, 1));
    }

    #[test]
    fn without_a_folder_for_it_everything_stays_in_memory() {
        let nowhere = || tempfile::tempfile_in("/there/is/no/such/folder");
        let spool = Arc::new(Spool { open: nowhere, sheet: Mutex::default() });
        let kept = spool.put(some(1_000, 1));
        assert!(!lies_on_disk(&kept));
        assert_eq!(kept.bytes().unwrap(), some(1_000, 1));
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn what_a_full_disk_does_not_take_stays_in_memory() {
        let full = || File::options().read(true).write(true).open("/dev/full");
        let spool = Arc::new(Spool { open: full, sheet: Mutex::default() });
        let kept = spool.put(some(1_000, 1));
        assert!(!lies_on_disk(&kept));
        assert_eq!(kept.bytes().unwrap(), some(1_000, 1));
        assert_eq!(spool.lock().end, 0);
    }

    #[test]
    fn a_disk_that_gives_nothing_back_is_told() {
        let spool = Arc::new(Spool::default());
        let kept = spool.put(some(1_000, 1));
        spool.lock().file.as_ref().unwrap().set_len(10).unwrap();
        assert_eq!(kept.bytes(), None);
    }
}

//! The record of publications, as a publication adds to it. The clock is read here and nowhere else, so
//! that the same sources still make the same site.

use camino::Utf8Path;
use jiff::Timestamp;
use jiff::tz::Offset;

use super::{Speech, Stop};
use crate::build::{self, Prepared, Recalled, Wishes};
use crate::diag::Words;
use crate::disk::{self, FolderReading};
use crate::history::{self, Appendix};
use crate::outline;
use crate::publications::Stamp;

/// Adds to the record of the site what its publication now adds to it, and says whether that was
/// anything. The site was built to `output` just before, so that little has to be read again.
pub(super) fn add(output: &Utf8Path, voice: &Speech) -> Result<bool, Stop> {
    let site = voice.site()?;
    let wishes = Wishes { today: voice.today()?, ..Wishes::default() };
    let FolderReading { read, folder, .. } = disk::read_knowing(&site, disk::known(output))?;
    let recalled = disk::recalled(output).map(|bytes| Recalled::read(bytes, &read.value, &wishes));
    let Prepared { archive, .. } =
        build::prepare_recalling(read.value, &wishes, recalled.unwrap_or_default()).value;
    let outline = outline::outline(&archive, true).value;
    let appendix = history::append((&archive, &outline), now());
    folder.is_steady()?;
    write(&site, &appendix)?;
    let count = appendix.entries.len();
    if count > 0 {
        voice.say(&Words::new(
            format!("公开记录增加 {count} 条；请把 publications/ 和 content/ 一起提交到版本库"),
            format!("entries added to the record: {count}; commit publications/ together with content/"),
        ));
    }
    Ok(!appendix.is_empty())
}

/// New files are made in their order and never over one that is there, so that of two publishers one
/// stops; what must not be kept goes last.
fn write(site: &Utf8Path, appendix: &Appendix) -> Result<(), Stop> {
    for (path, text) in &appendix.files {
        disk::add(site, path, text.as_bytes())?;
    }
    for (path, text) in &appendix.rewritten {
        disk::put(site, path, text.as_bytes())?;
    }
    for path in &appendix.erased {
        disk::erase(site, path)?;
    }
    Ok(())
}

/// The time by the clocks of China.
pub(super) fn now() -> Stamp {
    let now = Timestamp::try_from(std::time::SystemTime::now()).unwrap_or(Timestamp::UNIX_EPOCH);
    Stamp::new(Offset::constant(8).to_datetime(now))
}

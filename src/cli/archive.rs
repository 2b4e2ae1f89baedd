//! `xiangwei archive`: the finished site as one file for those who keep it.

use std::io::{self, Read};

use camino::{Utf8Path, Utf8PathBuf};
use jiff::ToSpan;
use jiff::civil::DateTime;

use super::{Speech, Stop, key};
use crate::archive::Archive;
use crate::build::{self, Wishes};
use crate::bundle::{self, BundleDetails, BundledFile};
use crate::diag::Words;
use crate::disk;
use crate::site::{FileDigest, Manifest};

/// What can be said with `archive`.
#[derive(Debug, clap::Args)]
pub(super) struct ArchiveArgs {
    /// Where it goes, such as site.wacz
    #[arg(value_name = "FILE")]
    file: Utf8PathBuf,
    /// Where the finished site is [default: public in the site's folder]
    #[arg(long, short, value_name = "DIR")]
    output: Option<Utf8PathBuf>,
    /// Another address than the one in site.yaml, as when the site was built
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// A zip instead, which works from a disk without a server once it is unpacked
    #[arg(long, conflicts_with = "sign")]
    offline: bool,
    /// Sign it with this secret key: a file, or env:NAME for one in the environment
    #[arg(long, value_name = "KEY")]
    sign: Option<String>,
}

pub(super) fn run(args: &ArchiveArgs, voice: &Speech) -> Result<(), Stop> {
    let site = voice.site()?;
    let folder = args.output.clone().unwrap_or_else(|| site.join("public"));
    let manifest = disk::published(&folder)?;
    if manifest.files().is_empty() {
        return Err(Stop::Failure(Words::new(
            format!("{folder} 里没有生成好的网站；先运行 xiangwei build"),
            format!("there is no finished site in {folder}; run xiangwei build first"),
        )));
    }
    let base = args.base_url.as_deref().map(super::build::base_url).transpose()?;
    let read = disk::read(&site)?;
    let wishes = Wishes { base, today: voice.today()?, ..Wishes::default() };
    let (archive, _) = build::prepare(read.value, &wishes).into(&mut Vec::new());
    let about = about(&archive, voice)?;
    let secret = args.sign.as_deref().map(|name| key::secret(name, voice)).transpose()?;
    let files = || manifest.files().iter().map(|(path, entry)| piece(&folder, path, entry));
    let size = manifest.files().values().map(|entry| entry.size).sum();
    disk::make_file(&args.file, |file| match args.offline {
        true => bundle::offline(file, &about, files()).map(|_| ()),
        false => bundle::wacz(file, &about, (size, files().chain([listed(&manifest)])), secret.as_ref())
            .map(|_| ()),
    })?;
    let (file, published) = (&args.file, about.published);
    voice.say(&Words::new(
        format!("{file} 是网站在 {published}（UTC）的样子"),
        format!("{file} is the site as of {published} UTC"),
    ));
    Ok(())
}

/// A file of the finished site, if it is what the manifest says.
fn piece(folder: &Utf8Path, path: &str, entry: &FileDigest) -> io::Result<BundledFile> {
    let (file, _) = disk::open(folder, path.into())?;
    let mut bytes = Vec::new();
    file.take(entry.size + 1).read_to_end(&mut bytes)?;
    match FileDigest::of(&bytes) == *entry {
        true => Ok(BundledFile { path: path.to_owned(), bytes }),
        false => {
            Err(io::Error::other(format!("{path} is not what {} says; build the site again", Manifest::PATH)))
        }
    }
}

/// The manifest, which lists every file but itself.
fn listed(manifest: &Manifest) -> io::Result<BundledFile> {
    Ok(BundledFile { path: Manifest::PATH.to_owned(), bytes: manifest.json().into_bytes() })
}

fn about(archive: &Archive, voice: &Speech) -> Result<BundleDetails, Stop> {
    let config = &archive.config;
    Ok(BundleDetails {
        base: config.base.clone(),
        title: config.title.clone(),
        description: config.description.clone(),
        published: published(archive, voice)?,
        software: format!("xiangwei {}", env!("XIANGWEI_VERSION")),
    })
}

/// When the site was last published, in UTC: as its record says, or else on the day that the user named. It is never the
/// clock's: the same site gives the same bundle.
fn published(archive: &Archive, voice: &Speech) -> Result<DateTime, Stop> {
    let recorded = archive.log.entries().last().map(|entry| entry.time.utc());
    let named = voice.today()?.map(|day| day.at(0, 0, 0, 0).saturating_sub(8.hours()));
    recorded.or(named).ok_or_else(|| {
        Stop::Failure(Words::new(
            "还没有发布过（publications/ 里没有记录），不知道该写哪一天；用 --today 指明",
            "nothing was published yet (there is no record in publications/), so that its date is not known; name it with --today",
        ))
    })
}

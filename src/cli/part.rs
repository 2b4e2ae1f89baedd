//! `xiangwei build --part K/N --exchange …`: one part of a build on many machines. It reads the texts of its places,
//! tells what others may count of them, learns the same of the others', and draws the pages of its places.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use camino::Utf8Path;

use super::build::OutputArgs;
use super::{Speech, Stop, progress};
use crate::archive::Archive;
use crate::ask::Planned;
use crate::build::{self, BuildObstacle, OthersFiles, OwnTexts, Prepared, Recalled, SharedSayings, Wishes};
use crate::check::{Attachments, Scales};
use crate::deliver::PublishTarget;
use crate::diag::{Diagnostic, Words};
use crate::disk::{self, FolderReading, SiteFolder};
use crate::outline::{self, Outline};
use crate::parts::{
    BuildShare, Cut, FileHash, JoinRefusal, PackIndex, PackedPage, PagePacker, PartFileSort, PartSayings,
    Records, Seal, pack_name,
};
use crate::remote::{Exchange, TargetTrouble, Waiting};
use crate::source::{Blob, TextShelf};
use crate::theme::Theme;

/// What can be said of a part with `build`.
#[derive(Clone, Debug, Default, clap::Args)]
pub(super) struct PartArgs {
    /// Make one part of the site, such as 2/4, together with other machines
    #[arg(long, value_name = "K/N", requires = "exchange", value_parser = share)]
    part: Option<BuildShare>,
    /// Where the parts meet: a folder that all machines see, or an address as of `publish`
    #[arg(long, value_name = "TARGET", requires = "part")]
    exchange: Option<String>,
    /// Wait so many seconds for other parts [default: 600]
    #[arg(long, value_name = "SECONDS", requires = "part")]
    wait: Option<u64>,
    /// Tell what others may count of this part, and make no pages yet
    #[arg(long, requires = "part")]
    records: bool,
}

fn share(text: &str) -> Result<BuildShare, String> {
    text.parse().map_err(|words: Words| words.en)
}

impl PartArgs {
    /// The part that is to be made, if it is one.
    pub(super) fn share(&self) -> Option<BuildShare> {
        self.part
    }
}

/// The exchange that the user names, of a build of the site in the folder `site`.
pub(super) fn exchange(name: &str, site: &Utf8Path) -> Result<Exchange, Stop> {
    let target = PublishTarget::parse(name).map_err(Stop::Failure)?;
    if let PublishTarget::Folder(folder) = &target {
        disk::apart(site, folder)?;
    }
    Ok(Exchange::open(&target)?)
}

/// How long other parts are waited for unless somebody says, in seconds.
const WAIT: u64 = 600;

/// How long one waits, and how that is told.
pub(super) fn waiting<'a>(seconds: Option<u64>, told: &'a dyn Fn(&[usize])) -> Waiting<'a> {
    Waiting { most: Duration::from_secs(seconds.unwrap_or(WAIT)), told }
}

/// Says which parts are waited for.
pub(super) fn tell_waiting(parts: &[usize], voice: &Speech) {
    let list = |comma: &str| parts.iter().map(ToString::to_string).collect::<Vec<_>>().join(comma);
    voice.say(&Words::new(format!("等待第 {} 份", list("、")), format!("waiting for parts {}", list(", "))));
}

/// The options that decide what is made, as people read them.
fn options(wishes: &Wishes) -> String {
    let Wishes { drafts, base, today, no_search } = wishes;
    let base = base.as_ref().map_or_else(|| "-".to_owned(), |base| base.absolute("/"));
    let today = today.map_or_else(|| "-".to_owned(), |day| day.to_string());
    format!("drafts={drafts} base-url={base} today={today} no-search={no_search}")
}

/// What a machine has of a build on many: the files by name, of which it has read some.
pub(super) struct MachineStand {
    pub(super) cut: Cut,
    pub(super) seal: Seal,
    pub(super) reading: FolderReading,
}

impl MachineStand {
    /// Lists the files of a site, cuts it into so many parts, and reads what all machines read, and what the named
    /// part reads.
    pub(super) fn of(
        site: &Utf8Path,
        (count, part): (usize, Option<usize>),
        wishes: &Wishes,
    ) -> Result<Self, Stop> {
        let listing = disk::list(site)?;
        let files = listing.files();
        let listed = || files.iter().map(|(path, size)| (path.as_path(), *size));
        let cut = Cut::of(listed(), count);
        let reading = listing.read(|path| cut.of_path(path).is_none_or(|of| Some(of) == part));
        let common = |path: &Utf8Path| cut.of_path(path).is_none();
        let seal = Seal::of(&cut, options(wishes), listed(), (&reading.read.value, &common));
        Ok(Self { cut, seal, reading })
    }
}

pub(super) fn run(share: BuildShare, args: &PartArgs, how: &OutputArgs, voice: &Speech) -> Result<(), Stop> {
    let (wishes, site) = (how.wishes(voice)?, voice.site()?);
    let exchange = exchange(args.exchange.as_deref().unwrap_or_default(), &site)?;
    let MachineStand { cut, seal, reading } = MachineStand::of(&site, (share.of, Some(share.part)), &wishes)?;
    exchange.agree(&seal)?;
    let FolderReading { read, folder, .. } = reading;
    let worker = Worker { site: &site, share, exchange: &exchange, cut: &cut, folder: &folder, voice };
    // A part that is made again need not read its documents again.
    let before = exchange.get(&PartFileSort::Readings.name(share.part))?;
    let recalled = before.map(|(bytes, _)| Recalled::read(bytes, &read.value, &wishes)).unwrap_or_default();
    let own = OwnTexts::read(read.value, &wishes, recalled);
    let sum = worker.tell(&own)?;
    if args.records {
        return Ok(());
    }
    let told = |parts: &[usize]| tell_waiting(parts, voice);
    let pages = worker.go_on(own, (sum, read.diagnostics), (&wishes, &waiting(args.wait, &told)))?;
    let BuildShare { part, of } = share;
    voice.say(&Words::new(
        format!("第 {part} 份（共 {of} 份）已生成：{pages} 个页面"),
        format!("part {part} of {of} is made: {pages} pages"),
    ));
    Ok(())
}

/// A machine that makes one part.
struct Worker<'a> {
    site: &'a Utf8Path,
    share: BuildShare,
    exchange: &'a Exchange,
    cut: &'a Cut,
    folder: &'a Arc<SiteFolder>,
    voice: &'a Speech,
}

impl Worker<'_> {
    fn is_own(&self, path: &Utf8Path) -> bool {
        self.cut.of_path(path) == Some(self.share.part)
    }

    fn put(&self, sort: PartFileSort, bytes: Vec<u8>) -> Result<FileHash, TargetTrouble> {
        self.exchange.put(self.share.part, &sort.name(self.share.part), bytes)
    }

    /// Tells what others may count of this part; says what proves its records, which come last.
    fn tell(&self, own: &OwnTexts) -> Result<FileHash, Stop> {
        let mut readings = Vec::new();
        own.readings(&mut readings).map_err(unwritten)?;
        self.put(PartFileSort::Readings, readings)?;
        self.put(PartFileSort::Sayings, own.sayings().bytes())?;
        Ok(self.put(PartFileSort::Records, own.records(|path| self.is_own(path)).bytes())?)
    }

    /// Makes the pages of this part, once everybody has told; says how many there are.
    fn go_on(
        &self,
        own: OwnTexts,
        (sum, unread): (FileHash, Vec<Diagnostic>),
        (wishes, waiting): (&Wishes, &Waiting<'_>),
    ) -> Result<usize, Stop> {
        let (others, sums) = self.others(sum, waiting)?;
        let mut diagnostics = unread;
        let Prepared { mut archive, theme, .. } = own.among(others).into(&mut diagnostics);
        let mut outline = outline::outline(&archive, !wishes.no_search).into(&mut diagnostics);
        self.judge(diagnostics, &archive)?;
        let Some(theme) = theme else { return Err(Stop::Mistakes) };
        self.hear(&archive, &mut outline, waiting)?;
        self.look_at_attachments(&archive, &outline)?;
        self.draw((&mut archive, &outline), &theme, sums)
    }

    /// What the other parts tell, and what proves the records of each part.
    fn others(
        &self,
        own: FileHash,
        waiting: &Waiting<'_>,
    ) -> Result<(OthersFiles, Vec<FileHash>), TargetTrouble> {
        let mut others = OthersFiles::on(Arc::clone(self.folder) as Arc<dyn TextShelf>);
        let mut sums = BTreeMap::from([(self.share.part, own)]);
        let parts = (1..=self.share.of).filter(|part| *part != self.share.part);
        take_records(self.exchange, parts, waiting, &mut |part, records, sum| {
            others.take(records);
            sums.insert(part, sum);
        })?;
        Ok((others, sums.into_values().collect()))
    }

    /// Stops where something of this part stops a site. Others tell what is wrong with theirs, and whoever puts all
    /// together tells what is worth knowing besides.
    fn judge(&self, mut found: Vec<Diagnostic>, archive: &Archive) -> Result<(), Stop> {
        found.retain(|found| self.cut.of_path(&found.path).is_none_or(|of| of == self.share.part));
        let mut weighed = Scales::of(archive).weigh(found);
        weighed.told.retain(Diagnostic::is_error);
        weighed.allowed.clear();
        self.voice.judge(weighed, &archive.sources, false)
    }

    /// Learns what the sentences of this part have in common with those of all.
    fn hear(
        &self,
        archive: &Archive,
        outline: &mut Outline,
        waiting: &Waiting<'_>,
    ) -> Result<(), TargetTrouble> {
        let mut hearing = SharedSayings::of(archive, self.cut, self.share.part);
        self.exchange.gather(
            (PartFileSort::Sayings, 1..=self.share.of),
            waiting,
            &mut |part, bytes, _| {
                let is_heard = PartSayings::read(&bytes).is_some_and(|sayings| hearing.take(part, sayings));
                let damaged =
                    || TargetTrouble::from(JoinRefusal::Damaged { name: PartFileSort::Sayings.name(part) });
                is_heard.then_some(()).ok_or_else(damaged)
            },
        )?;
        hearing.tell(outline);
        Ok(())
    }

    /// Looks through the attachments of this part, so that nobody else has to.
    fn look_at_attachments(&self, archive: &Archive, outline: &Outline) -> Result<(), TargetTrouble> {
        let bytes = |blob: &Blob| disk::bytes(self.site, &blob.path);
        let attachments = Attachments { bytes: &bytes, noted: None };
        let note = attachments.note(&Planned::new(archive, outline), &|path| self.is_own(path));
        self.put(PartFileSort::Attachments, note).map(|_| ())
    }

    /// Draws the pages of this part, which are made of records that these prove.
    fn draw(
        &self,
        (archive, outline): (&mut Archive, &Outline),
        theme: &Theme,
        records: Vec<FileHash>,
    ) -> Result<usize, Stop> {
        let mut packs = PagePacks { worker: self, packer: PagePacker::default(), sums: Vec::new(), pages: 0 };
        let bar = progress::bar(self.voice, 0, &Words::new("生成页面", "drawing"));
        let drawn = build::draw_part((archive, outline), theme, (self.cut, self.share.part), &mut |page| {
            bar.inc(1);
            packs.take(&page)
        });
        bar.finish_and_clear();
        self.folder.is_steady()?;
        drawn.map_err(|obstacle| match obstacle {
            BuildObstacle::Diagnosed(found) => {
                self.voice.judge(found, &archive.sources, false).err().unwrap_or(Stop::Mistakes)
            }
            BuildObstacle::Sink(trouble) => trouble.into(),
        })?;
        Ok(packs.close(records)?)
    }
}

/// Takes the records of these parts, as they come.
pub(super) fn take_records(
    exchange: &Exchange,
    parts: impl IntoIterator<Item = usize>,
    waiting: &Waiting<'_>,
    take: &mut dyn FnMut(usize, Records, FileHash),
) -> Result<(), TargetTrouble> {
    exchange.gather((PartFileSort::Records, parts), waiting, &mut |part, bytes, sum| {
        let records =
            Records::read(&bytes).ok_or(JoinRefusal::Damaged { name: PartFileSort::Records.name(part) })?;
        take(part, records, sum);
        Ok::<_, TargetTrouble>(())
    })
}

fn unwritten(error: std::io::Error) -> Stop {
    Stop::Failure(Words::new(format!("无法写下记录：{error}"), format!("records cannot be written: {error}")))
}

/// The files of pages of a part.
struct PagePacks<'a> {
    worker: &'a Worker<'a>,
    packer: PagePacker,
    sums: Vec<FileHash>,
    pages: usize,
}

impl PagePacks<'_> {
    fn take(&mut self, page: &PackedPage) -> Result<(), TargetTrouble> {
        self.pages += 1;
        self.packer.put(page).map_or(Ok(()), |full| self.put(full))
    }

    fn put(&mut self, bytes: Vec<u8>) -> Result<(), TargetTrouble> {
        let part = self.worker.share.part;
        let name = pack_name(part, self.sums.len() + 1);
        self.sums.push(self.worker.exchange.put(part, &name, bytes)?);
        Ok(())
    }

    /// Says which files there are, and how many pages are in them.
    fn close(mut self, records: Vec<FileHash>) -> Result<usize, TargetTrouble> {
        if let Some(last) = std::mem::take(&mut self.packer).close() {
            self.put(last)?;
        }
        let index = PackIndex { records, packs: self.sums };
        self.worker.put(PartFileSort::Pages, index.bytes())?;
        Ok(self.pages)
    }
}

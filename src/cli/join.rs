//! `xiangwei join`: puts the parts of a build on many machines together. Of every document it knows what its part has
//! told, makes what is about all places, and puts all in place as a build on one machine does.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::build::{self, AssembledSite, BuildWay, FinishingSteps, OutputArgs};
use super::part::{MachineStand, exchange, take_records, tell_waiting, waiting};
use super::{Speech, Stop};
use crate::build::{Copies, OthersFiles, OthersWork, Prepared, Recalled, Wishes, prepare_recalling, rank_at};
use crate::check;
use crate::disk::{self, FolderReading, Output};
use crate::outline::Outline;
use crate::parts::{FileHash, JoinRefusal, PackIndex, PackedPage, PartFileSort, pack_name, unpack};
use crate::remote::{Exchange, TargetTrouble, Waiting};
use crate::source::{Sources, TextShelf};

/// What can be said with `join`.
#[derive(Debug, clap::Args)]
pub(super) struct JoinArgs {
    /// Where the parts have met: a folder, or an address as of `publish`
    #[arg(long, value_name = "TARGET")]
    exchange: String,
    /// Wait so many seconds for parts that are not there yet [default: 600]
    #[arg(long, value_name = "SECONDS")]
    wait: Option<u64>,
    #[command(flatten)]
    how: OutputArgs,
}

pub(super) fn run(args: &JoinArgs, voice: &Speech) -> Result<(), Stop> {
    let (wishes, site) = (args.how.wishes(voice)?, voice.site()?);
    let output = args.how.output(&site)?;
    let exchange = exchange(&args.exchange, &site)?;
    let told = |parts: &[usize]| tell_waiting(parts, voice);
    let waiting = waiting(args.wait, &told);
    let first = exchange.seal(&waiting)?;
    let MachineStand { seal, reading, .. } = MachineStand::of(&site, (first.parts(), None), &wishes)?;
    seal.agrees_with(&first).map_err(TargetTrouble::from)?;
    let FolderReading { read, folder, .. } = reading;
    let parts = PartsToJoin { exchange: &exchange, count: first.parts(), waiting: &waiting };
    let mut others = OthersFiles::on(Arc::clone(&folder) as Arc<dyn TextShelf>);
    let mut sums = BTreeMap::new();
    take_records(&exchange, 1..=parts.count, &waiting, &mut |part, records, sum| {
        others.take(records);
        sums.insert(part, sum);
    })?;
    let sums: Vec<FileHash> = sums.into_values().collect();
    let sources = others.beside(read.value);
    let recalled = parts.readings(&sources, &wishes)?;
    let mut diagnostics = read.diagnostics;
    let prepared = prepare_recalling(sources, &wishes, recalled);
    let Prepared { archive, theme, .. } = prepared.into(&mut diagnostics);
    let examined = check::notes_together(disk::examined(&output).into_iter().chain(parts.attachments()?));
    let is_steady = Box::new(move || folder.is_steady());
    let gathered = AssembledSite { archive, theme, is_steady, diagnostics, examined: Some(examined) };
    let besides = FinishingSteps {
        verify: false,
        explain: None,
        bring: &|planned, output| parts.bring(planned, output, &sums).map(Some),
        keep: &|_, _| {},
    };
    build::finish(
        gathered,
        &BuildWay { how: &args.how, wishes: &wishes, site: &site, output: &output },
        &besides,
        voice,
    )
}

/// The parts that are put together.
struct PartsToJoin<'a> {
    exchange: &'a Exchange,
    count: usize,
    waiting: &'a Waiting<'a>,
}

impl PartsToJoin<'_> {
    /// What came of reading all documents.
    fn readings(&self, sources: &Sources, wishes: &Wishes) -> Result<Recalled, TargetTrouble> {
        let mut all = BTreeMap::new();
        self.exchange.gather(
            (PartFileSort::Readings, 1..=self.count),
            self.waiting,
            &mut |part, bytes, _| {
                all.insert(part, Recalled::read(bytes, sources, wishes));
                Ok::<_, TargetTrouble>(())
            },
        )?;
        Ok(all.into_values().fold(Recalled::default(), Recalled::and))
    }

    /// What the parts that are made have noted of their attachments.
    fn attachments(&self) -> Result<Vec<Vec<u8>>, TargetTrouble> {
        let note = |part| self.exchange.get(&PartFileSort::Attachments.name(part));
        let notes: Result<Vec<_>, TargetTrouble> = (1..=self.count).map(note).collect();
        Ok(notes?.into_iter().flatten().map(|(note, _)| note).collect())
    }

    /// Puts the pages of all parts into the output folder. They must be made of records that these prove.
    fn bring(
        &self,
        planned: (&Outline, Copies<'_>),
        output: &Output,
        records: &[FileHash],
    ) -> Result<OthersWork, Stop> {
        let mut indices = BTreeMap::new();
        self.exchange.gather(
            (PartFileSort::Pages, 1..=self.count),
            self.waiting,
            &mut |part, bytes, _| {
                let index = PackIndex::read(&bytes).ok_or_else(|| damaged(PartFileSort::Pages.name(part)))?;
                if index.records != records {
                    return Err(JoinRefusal::Older { part }.into());
                }
                indices.insert(part, index);
                Ok::<_, TargetTrouble>(())
            },
        )?;
        let mut brought = OthersWork::default();
        for (part, index) in indices {
            for (sum, number) in index.packs.iter().zip(1..) {
                let name = pack_name(part, number);
                let pages = self.pages(&name, sum)?;
                stage(pages, &mut brought, (planned, output), &name)?;
            }
        }
        Ok(brought)
    }

    /// The pages of one file.
    fn pages(&self, name: &str, sum: &FileHash) -> Result<Vec<PackedPage>, TargetTrouble> {
        let found = self.exchange.get(name)?.filter(|(_, found)| found == sum);
        found.and_then(|(bytes, _)| unpack(&bytes)).ok_or_else(|| damaged(name.to_owned()))
    }
}

/// Puts pages into the output folder, each at its address of the planned site.
fn stage(
    pages: Vec<PackedPage>,
    brought: &mut OthersWork,
    ((outline, copies), output): ((&Outline, Copies<'_>), &Output),
    name: &str,
) -> Result<(), Stop> {
    let put = |page: PackedPage| {
        let rank = rank_at(outline, &page.route).ok_or_else(|| damaged(name.to_owned()))?;
        let entry = output.stage(&page.route, rank, &page.bytes)?;
        let copy = copies
            .copy(&page.route.output(), &page.bytes)
            .map(|(route, packed)| output.stage(&route, rank, &packed).map(|entry| (route, entry)));
        Ok::<_, Stop>((page, entry, copy.transpose()?))
    };
    let staged: Result<Vec<_>, Stop> = pages.into_par_iter().map(put).collect();
    for (page, entry, copy) in staged? {
        brought.note(page, entry);
        copy.into_iter().for_each(|(route, entry)| brought.note_copy(route, entry));
    }
    Ok(())
}

fn damaged(name: String) -> TargetTrouble {
    JoinRefusal::Damaged { name }.into()
}

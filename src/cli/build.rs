//! `xiangwei build`: the whole site, onto disk. With an error nothing is written, and the last
//! good site stays as it was.

use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};

use super::{Speech, Stop, part, progress};
use crate::archive::Archive;
use crate::ask::{Digest, Planned};
use crate::build::{
    self, BuildObstacle, Copies, FileContent, MadeSite, OthersWork, Prepared, Recalled, Recipes, SearchReuse,
    Wishes,
};
use crate::check::{self, Scales};
use crate::config::BaseUrl;
use crate::deliver::is_named_by_content;
use crate::diag::{Diagnosed, Diagnostic, Words};
use crate::disk::spool::Spool;
use crate::disk::{self, FolderReading, KnownFiles, Output, StandingSite, Stock, Summary};
use crate::outline::{self, Outline, Subject};
use crate::route::Route;
use crate::search;
use crate::site::{Departures, Manifest};
use crate::source::Sources;
use crate::theme::Theme;

/// What can be said with `build`.
#[derive(Debug, clap::Args)]
pub(super) struct BuildArgs {
    #[command(flatten)]
    how: OutputArgs,
    /// Believe nothing that was noted of the last build, and read all of its files
    #[arg(long)]
    verify: bool,
    /// Say what the page at an address was made from, and why it is made again or not
    #[arg(long, value_name = "ADDRESS")]
    explain: Option<String>,
    #[command(flatten)]
    part: part::PartArgs,
}

/// How a site is made and where it goes, for one machine and for who puts the parts of many together.
#[derive(Debug, clap::Args)]
pub(super) struct OutputArgs {
    /// Where the finished site goes [default: public in the site's folder]
    #[arg(long, short, value_name = "DIR")]
    output: Option<Utf8PathBuf>,
    /// Another address than the one in site.yaml
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Publish drafts as well
    #[arg(long)]
    drafts: bool,
    /// Treat warnings as errors
    #[arg(long)]
    strict: bool,
    /// Remove published documents that are no longer there, however many
    #[arg(long)]
    allow_delete: bool,
    /// Leave the search files out
    #[arg(long)]
    no_search: bool,
    /// The most documents of a search bundle; for tests that compare many bundles with one
    #[arg(long, hide = true, value_name = "N", default_value_t = search::MOST, value_parser = most)]
    search_bundle: usize,
}

impl OutputArgs {
    /// What is wished besides what `site.yaml` says.
    pub(super) fn wishes(&self, voice: &Speech) -> Result<Wishes, Stop> {
        let base = self.base_url.as_deref().map(base_url).transpose()?;
        Ok(Wishes { drafts: self.drafts, base, today: voice.today()?, no_search: self.no_search })
    }

    /// The folder of the finished site, of which the sources are in the folder `site`.
    pub(super) fn output(&self, site: &Utf8Path) -> Result<Utf8PathBuf, Stop> {
        let output = self.output.clone().unwrap_or_else(|| site.join("public"));
        disk::apart(site, &output)?;
        Ok(output)
    }
}

impl BuildArgs {
    /// How a site is built that is published: with warnings it is not.
    pub(super) fn of_publication(
        output: Option<Utf8PathBuf>,
        base_url: Option<String>,
        allow_delete: bool,
    ) -> Self {
        let how = OutputArgs {
            output,
            base_url,
            drafts: false,
            strict: true,
            allow_delete,
            no_search: false,
            search_bundle: search::MOST,
        };
        Self { how, verify: false, explain: None, part: part::PartArgs::default() }
    }

    /// How a site is built that gathers those of offices.
    pub(super) fn of_federation(
        output: Option<Utf8PathBuf>,
        base_url: Option<String>,
        no_search: bool,
    ) -> Self {
        let Self { how, .. } = Self::of_publication(output, base_url, false);
        let how = OutputArgs { strict: false, no_search, ..how };
        Self { how, verify: false, explain: None, part: part::PartArgs::default() }
    }

    /// The folder of the finished site, of which the sources are in the folder `site`.
    pub(super) fn output(&self, site: &Utf8Path) -> Result<Utf8PathBuf, Stop> {
        self.how.output(site)
    }
}

pub(super) fn run(args: &BuildArgs, voice: &Speech) -> Result<(), Stop> {
    match args.part.share() {
        Some(share) => part::run(share, &args.part, &args.how, voice),
        None => make(args, voice).map(|_| ()),
    }
}

/// Builds the site, and says into which folder.
pub(super) fn make(args: &BuildArgs, voice: &Speech) -> Result<Utf8PathBuf, Stop> {
    make_with(args, voice, &|own, wishes, recalled| {
        Ok(ReceivedTexts { prepared: build::prepare_recalling(own, wishes, recalled), stock: None })
    })
}

/// Reads a site's own sources, and what it has from elsewhere.
type ReceiveTexts<'a> = dyn Fn(Sources, &Wishes, Recalled) -> Result<ReceivedTexts, Stop> + 'a;

/// A site's texts, read, its own and those of others.
pub(super) struct ReceivedTexts {
    pub(super) prepared: Diagnosed<Prepared>,
    /// Where the texts of others are read when a page asks for them.
    pub(super) stock: Option<Arc<Stock>>,
}

/// The same with whatever else `receive` reads.
pub(super) fn make_with(
    args: &BuildArgs,
    voice: &Speech,
    receive: &ReceiveTexts<'_>,
) -> Result<Utf8PathBuf, Stop> {
    let wishes = args.how.wishes(voice)?;
    let site = voice.site()?;
    let output = args.how.output(&site)?;
    let known = if args.verify { KnownFiles::default() } else { disk::known(&output) };
    let (reading, readings) = rayon::join(|| disk::read_knowing(&site, known), || disk::recalled(&output));
    let FolderReading { read, folder, known } = reading?;
    let mut diagnostics = read.diagnostics;
    let recalled = readings.map(|bytes| Recalled::read(bytes, &read.value, &wishes));
    let ReceivedTexts { prepared, stock } = receive(read.value, &wishes, recalled.unwrap_or_default())?;
    let Prepared { archive, theme, faults, recalled } = prepared.into(&mut diagnostics);
    let keep = |archive: &Archive, output: &Output| {
        output.keep_known(&known);
        if !recalled.is_of(archive) {
            output.keep_readings(|to| recalled.write((archive, &faults), &wishes, to));
        }
    };
    let besides = FinishingSteps {
        verify: args.verify,
        explain: args.explain.as_deref().and_then(super::inspect::route),
        bring: &|_, _| Ok(None),
        keep: &keep,
    };
    let examined = disk::examined(&output);
    let is_steady = move || {
        folder.is_steady()?;
        stock.as_ref().map_or(Ok(()), |stock| stock.is_steady())
    };
    let gathered = AssembledSite { archive, theme, is_steady: Box::new(is_steady), diagnostics, examined };
    finish(
        gathered,
        &BuildWay { how: &args.how, wishes: &wishes, site: &site, output: &output },
        &besides,
        voice,
    )?;
    Ok(output)
}

/// From where to where a site is made, and how.
pub(super) struct BuildWay<'a> {
    pub(super) how: &'a OutputArgs,
    pub(super) wishes: &'a Wishes,
    /// The folder of the sources.
    pub(super) site: &'a Utf8Path,
    /// The folder of the finished site.
    pub(super) output: &'a Utf8Path,
}

/// A site's texts, read and put together, with what is wrong so far.
pub(super) struct AssembledSite {
    pub(super) archive: Archive,
    pub(super) theme: Option<Theme>,
    /// Whether texts that were read when a page asked for them were what they were known to be.
    pub(super) is_steady: Box<IsSteady>,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// What came of examining attachments before.
    pub(super) examined: Option<Vec<u8>>,
}

/// Whether nobody has changed a text meanwhile.
type IsSteady = dyn Fn() -> Result<(), disk::Failure>;

/// Puts what other machines have made into an output folder.
type Bring<'a> = dyn Fn((&Outline, Copies<'_>), &Output) -> Result<Option<OthersWork>, Stop> + 'a;

/// Keeps beside the site what the next build may use of this one.
type Keep<'a> = dyn Fn(&Archive, &Output) + Sync + 'a;

/// What is done besides when a site is finished.
pub(super) struct FinishingSteps<'a> {
    /// Whether nothing that was noted is believed.
    pub(super) verify: bool,
    /// The address of which it is said why it is made again or not.
    pub(super) explain: Option<Route>,
    /// Puts into the output folder what other machines have made.
    pub(super) bring: &'a Bring<'a>,
    /// Keeps beside the site what the next build may use of this one.
    pub(super) keep: &'a Keep<'a>,
}

/// Judges what was gathered, makes the pages of it and puts all in place.
pub(super) fn finish(
    gathered: AssembledSite,
    way: &BuildWay<'_>,
    besides: &FinishingSteps<'_>,
    voice: &Speech,
) -> Result<(), Stop> {
    let BuildWay { how, wishes, site, output } = *way;
    let AssembledSite { mut archive, theme, is_steady, mut diagnostics, examined } = gathered;
    let judge = || {
        let outline = outline::outline(&archive, !wishes.no_search).into(&mut diagnostics);
        diagnostics.extend(check::check(&Planned::new(&archive, &outline)));
        outline
    };
    let (outline, last) = rayon::join(judge, || LastSite::look(output));
    let last = last?;
    let planned = Planned::new(&archive, &outline);
    let note = super::check::attachments(&planned, (site, examined), &mut diagnostics);
    // What is in an office's file is for the office to be told.
    diagnostics.retain(|found| !archive.offices.is_file(&found.path));
    is_steady()?;
    let departures = departures(&planned, last.standing.manifest());
    let is_refused = departures.are_many() && !how.allow_delete;
    // A text with mistakes has not gone; those are told first.
    let (mut weighed, met) = check::weigh_undrawn(&archive, diagnostics);
    if !is_refused && !weighed.has_errors() {
        // What the record has is told by it already.
        let unrecorded = departures.gone.iter().filter(|route| archive.log.standing_at(route).is_none());
        let gone = unrecorded.map(|route| unpublished_document(route, how.allow_delete));
        weighed.extend(Scales::of(&archive).weigh(gone.collect()));
    }
    voice.judge(weighed, &archive.sources, how.strict)?;
    if is_refused {
        return Err(Stop::Failure(too_many(&departures, output)));
    }
    let Some(theme) = theme else {
        return Err(Stop::Mistakes);
    };
    let head = Recipes::head(&archive.sources, wishes);
    let (most, strict) = (how.search_bundle, how.strict);
    let place = Destination { site, is_steady: &*is_steady, output, most, head, strict, met };
    let keep = |archive: &Archive, output: &Output| {
        disk::keep_examined(place.output, &note);
        (besides.keep)(archive, output);
    };
    let besides = FinishingSteps { keep: &keep, explain: besides.explain.clone(), ..*besides };
    let summary = write((&mut archive, &outline), &theme, (&place, last, &besides), voice)?;
    report(&summary, archive.reports.len(), output, voice);
    // Nobody waits until all of their memory is given back.
    rayon::spawn(move || drop((archive, outline)));
    Ok(())
}

/// The last site that was built into an output folder.
struct LastSite {
    standing: StandingSite,
    /// What its pages were made from, if that is known.
    recipes: Option<Recipes>,
}

impl LastSite {
    fn look(output: &Utf8Path) -> Result<Self, disk::Failure> {
        let standing = StandingSite::look(output)?;
        let recipes = recipes(&standing);
        Ok(Self { standing, recipes })
    }
}

fn recipes(standing: &StandingSite) -> Option<Recipes> {
    standing.recipes().and_then(|bytes| Recipes::read(&bytes))
}

/// What becomes of the documents that were `published` last.
fn departures(site: &Planned<'_>, published: &Manifest) -> Departures {
    let stays = |route: &Route| match site.outline.subject(route) {
        // What the record tells as gone was let go before.
        Some(Subject::Gone(_)) => !site.archive.log.standing_at(route).is_some_and(|at| at.is_there),
        subject => subject.is_some(),
    };
    Departures::of(published, stays)
}

/// A document was published, and there is nothing at its address any more. Where that is wished,
/// it is only noted.
fn unpublished_document(route: &Route, is_wished: bool) -> Diagnostic {
    let path = format!("content/{}.md", route.as_str().trim_matches('/'));
    let words = Words::new(
        format!("{route} 曾经公开，这次构建后不再存在"),
        format!("{route} was published and will not be there any more"),
    );
    let complaint = match is_wished {
        true => Diagnostic::note("route/gone", path, words),
        false => Diagnostic::warning("route/gone", path, words),
    };
    complaint.help(
        "改了地址的，在新文件的 `aliases` 里写上旧地址；撤回的，保留文件并写 `status: withdrawn`",
        "if it has moved, list the old address in the `aliases` of the new file; if it is withdrawn, keep the file with `status: withdrawn`",
    )
}

/// So many addresses are named of those that would go.
const EXAMPLES: usize = 5;

fn too_many(departures: &Departures, output: &Utf8Path) -> Words {
    let (published, gone) = (departures.published, departures.gone.len());
    let some: Vec<&str> = departures.gone.iter().take(EXAMPLES).map(Route::as_str).collect();
    Words::new(
        format!(
            "{output} 里已公开的 {published} 份文件，这次构建会删除 {gone} 份（如 {}），因此没有写入；确实要删除的，加上 --allow-delete",
            some.join("、")
        ),
        format!(
            "this build would remove {gone} of the {published} published documents in {output}, such as {}, and has written nothing; if that is meant, add --allow-delete",
            some.join(", ")
        ),
    )
}

fn most(number: &str) -> Result<usize, String> {
    let most = number.parse().map_err(|error| format!("{error}"))?;
    if most == 0 { Err("a bundle holds at least one document".into()) } else { Ok(most) }
}

pub(super) fn base_url(url: &str) -> Result<BaseUrl, Stop> {
    BaseUrl::parse(url).map_err(|why| {
        Stop::Failure(Words::new(
            format!("`{url}` 不是 https://www.example.gov.cn/fzzf/ 这样的完整网址：{}", why.zh),
            format!("`{url}` is not a whole address such as https://www.example.gov.cn/fzzf/: {}", why.en),
        ))
    })
}

/// From where to where a site is made.
struct Destination<'a> {
    site: &'a Utf8Path,
    /// Whether texts that were read when a page asked for them were what they were known to be.
    is_steady: &'a IsSteady,
    output: &'a Utf8Path,
    /// The most documents of a search bundle.
    most: usize,
    /// The digest of what every file is made from.
    head: Digest,
    /// Whether a warning about a page stops it.
    strict: bool,
    /// What allowances met before pages were drawn.
    met: check::MetAllowances,
}

/// Stages every file, and puts all in place when the last one is there.
fn write(
    (archive, outline): (&mut Archive, &Outline),
    theme: &Theme,
    (place, last, besides): (&Destination<'_>, LastSite, &FinishingSteps<'_>),
    voice: &Speech,
) -> Result<Summary, Stop> {
    let seen = last.standing.named().to_owned();
    let mut output = Output::open_seen(place.output, last.standing, |words| voice.say(words))?;
    if besides.verify {
        output.doubt();
    }
    // Another build may have put another site there meanwhile.
    let is_seen = output.before().named() == seen;
    let recipes = if is_seen { last.recipes } else { recipes(output.before()) };
    if let Some(route) = &besides.explain {
        explain(&Planned::new(archive, outline), recipes.as_ref(), (route, place.head), voice)?;
    }
    let brought = (besides.bring)((outline, Copies::of(&archive.config, outline)), &output)?;
    let bar = progress::bar(voice, outline.routes().count(), &Words::new("生成页面", "drawing"));
    let (read, keep) = (|path: &Utf8Path| output.published(path), |folder: &Utf8Path| output.keep(folder));
    let keep_file = |path: &Utf8Path, rank| output.keep_file(path, rank).inspect(|_| bar.inc(1));
    let spool = Spool::open();
    let aside = |bytes: Vec<u8>| -> Box<dyn std::io::Read + Send> { Box::new(spool.put(bytes).reader()) };
    let earlier = SearchReuse {
        most: place.most,
        head: place.head,
        recipes: recipes.as_ref(),
        brought: brought.as_ref(),
        keep_file: &keep_file,
        read: &read,
        keep: &keep,
        keep_all: &|paths| output.keep_all(paths),
        aside: &aside,
    };
    let made = build::make((archive, outline), theme, &earlier, &|route, rank, piece| {
        bar.inc(1);
        match piece {
            FileContent::Bytes(bytes) => output.stage(route, rank, bytes),
            FileContent::Text(source) => output.stage_text(route, source),
            FileContent::Copy(blob) => output.stage_blob(route, &place.site.join(&blob.path), blob),
        }
    });
    bar.finish_and_clear();
    (place.is_steady)()?;
    let MadeSite { manifest, recipes, findings } = made.map_err(|obstacle| match obstacle {
        BuildObstacle::Diagnosed(diagnostics) => match voice.judge(diagnostics, &archive.sources, false) {
            Err(stop) => stop,
            Ok(()) => Stop::Mistakes,
        },
        BuildObstacle::Sink(failure) => failure.into(),
    })?;
    if !findings.is_empty() {
        let weighed = Scales::again(archive, place.met.clone()).weigh(findings);
        voice.judge(weighed, &archive.sources, place.strict)?;
    }
    let archive = &*archive;
    Ok(output.promote_beside(&manifest, &recipes.bytes(), |output| (besides.keep)(archive, output))?)
}

/// Says what the file at an address was made from, and which of the answers are others now.
fn explain(
    site: &Planned<'_>,
    recipes: Option<&Recipes>,
    (route, head): (&Route, Digest),
    voice: &Speech,
) -> Result<(), Stop> {
    let Some(recipes) = recipes.filter(|recipes| recipes.is_under(head)) else {
        return voice.print(&format!("{route}\n  {}\n", anew().get(voice.language)));
    };
    let mut text = format!("{route}\n");
    for (question, digest) in recipes.of(&route.output()) {
        let is_same = site.digest(question) == *digest;
        let mark = match is_same {
            true => voice.pick("未变", "same"),
            false => voice.pick("已变", "changed"),
        };
        text.push_str(&format!("  {mark}  {question:?}\n"));
    }
    voice.print(&text)
}

/// Why every page is made again.
fn anew() -> Words {
    Words::new(
        "没有上次构建的记录，或者设置、主题、选项、程序有变：全部重新生成",
        "nothing is noted of the last build, or settings, theme, options or program are others: everything is made again",
    )
}

/// So many files are named of those that were removed.
const NAMED: usize = 20;

/// The files of which it is said that they were removed: all, or as many as one reads. Those whose names tell
/// their content come and go with every build.
pub(super) fn named(removed: &[Utf8PathBuf], all: bool) -> impl Iterator<Item = &Utf8PathBuf> {
    let lasting = removed.iter().filter(move |path| all || !is_named_by_content(path.as_str()));
    lasting.take(if all { usize::MAX } else { NAMED })
}

fn report(summary: &Summary, documents: usize, output: &Utf8Path, voice: &Speech) {
    let (written, unchanged, removed) = (summary.written, summary.unchanged, summary.removed.len());
    voice.say(&Words::new(
        format!("{documents} 份文件已生成到 {output}：写入 {written} 个文件，未变 {unchanged} 个，删除 {removed} 个"),
        format!("{documents} documents are in {output}: {written} files written, {unchanged} unchanged, {removed} removed"),
    ));
    for path in named(&summary.removed, voice.verbose) {
        voice.say(&Words::new(format!("  删除 {path}"), format!("  removed {path}")));
    }
    for path in &summary.left {
        voice.say(&Words::new(
            format!("{path} 已被改动，没有删除"),
            format!("{path} has been changed since it was written and is left"),
        ));
    }
    if voice.verbose {
        voice.say(&Words::new(
            format!("共 {} 个文件", written + unchanged),
            format!("{} files in all", written + unchanged),
        ));
    }
}

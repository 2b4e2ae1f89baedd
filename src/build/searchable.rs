//! The files that pages are searched with: which bundles are taken over from an earlier build, and which are made anew.

use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;

use super::placing::Placing;
use super::recipes::{NotedQuestions, RecipeBook};
use super::{BuildObstacle, FileContent, SearchReuse, SiteFiles, broken};
use crate::archive::{Archive, DocumentId};
use crate::ask::digest::digest;
use crate::ask::{Ask, Planned, QuestionLog};
use crate::diag::Words;
use crate::exports;
use crate::outline::Outline;
use crate::route::Route;
use crate::search::{self, Before, Bundle, Sealed, Stood, Unmade};
use crate::site::Rank;

/// Makes the files that pages are searched with. They are packed, and nobody looks through them for what is
/// personal: all their words are of the articles, the names and the summaries that pages show, which were looked at. A bundle whose documents did not change is
/// taken over; no more bundles are in memory than are worked on at a time.
pub(super) fn files<F: Send>(
    (archive, outline): (&mut Archive, &Outline),
    earlier: &SearchReuse<'_>,
    (placing, book): (&Placing<'_, F>, &RecipeBook<'_>),
) -> Result<SearchFiles, BuildObstacle<F>> {
    let site = Planned::new(archive, outline);
    let sealed = sealed(&site, earlier.most).map_err(broken)?;
    let before = (earlier.read)(search::contents_path().as_ref());
    let before = before.filter(|_| placing.as_before(&search::contents_path()));
    let read = |path: &str| (earlier.read)(path.as_ref());
    let before = before.map(|contents| Before::read(&contents, &read)).unwrap_or_default();
    let named = index_of_names((&site, &sealed), (earlier, &before), (placing, book))?;
    let NamesInPlace { names, mut files, noted } = named;
    let kept: Vec<Option<SiteFiles>> = sealed.iter().map(|sealed| keep(sealed, &before, earlier)).collect();
    let indexing = Indexing { sealed: &sealed, before: &before, names: &names, earlier, placing };
    files.extend(match indexing.as_before(&kept)? {
        Some(same) => same,
        None => match indexing.amended(&site, &kept)? {
            Some(amended) => amended,
            None => indexing.anew((archive, outline), kept)?,
        },
    });
    Ok(SearchFiles { own: files, of_names: noted })
}

/// The files that pages are searched with.
pub(super) struct SearchFiles {
    pub(super) own: SiteFiles,
    /// What the index of names asked.
    pub(super) of_names: NotedQuestions,
}

/// The index of names, whose files are in their places.
struct NamesInPlace {
    names: search::Names,
    files: SiteFiles,
    noted: NotedQuestions,
}

/// Makes the index of names, or takes it over where nothing has another name, no figure is another, and the documents are
/// those of before.
fn index_of_names<F: Send>(
    (site, sealed): (&Planned<'_>, &[Sealed]),
    (earlier, before): (&SearchReuse<'_>, &Before),
    (placing, book): (&Placing<'_, F>, &RecipeBook<'_>),
) -> Result<NamesInPlace, BuildObstacle<F>> {
    let folder = search::names_folder();
    let addresses: Vec<Vec<&str>> = sealed.iter().map(|sealed| sealed.addresses().collect()).collect();
    let subject = digest(&("names", addresses));
    if book.is_fresh(&folder, subject)
        && let Some(names) = before.names()
        && let Some(files) = (earlier.keep)(folder.as_ref())
    {
        return Ok(NamesInPlace { names, files, noted: NotedQuestions::as_before(&folder, subject) });
    }
    let asked = QuestionLog::default();
    let landmarks = exports::landmarks(&Ask::noting(site, &asked));
    let mut names = search::names(landmarks, &site.archive.config.synonyms, sealed).map_err(broken)?;
    let files = place_files(std::mem::take(&mut names.files), placing)?;
    Ok(NamesInPlace { names, files, noted: book.note(&folder, subject, asked) })
}

/// What an index is made of.
struct Indexing<'a, F> {
    sealed: &'a [Sealed],
    /// What the last build has said of its own.
    before: &'a Before,
    names: &'a search::Names,
    earlier: &'a SearchReuse<'a>,
    placing: &'a Placing<'a, F>,
}

impl<F: Send> Indexing<'_, F> {
    /// The files of the last build, where all is as it was, and so what was made of all.
    fn as_before(&self, kept: &[Option<SiteFiles>]) -> Result<Option<SiteFiles>, BuildObstacle<F>> {
        if !self.before.is_of(self.sealed) || !kept.iter().all(Option::is_some) {
            return Ok(None);
        }
        let Some(mut files) = (self.earlier.keep)(search::shared_folder().as_ref()) else { return Ok(None) };
        files.extend(kept.iter().flatten().flatten().cloned());
        files.extend(place_files(self.before.again(self.sealed, self.names).map_err(broken)?, self.placing)?);
        Ok(Some(files))
    }

    /// The files of the last build with those pieces made anew that have a word of a document which is another.
    fn amended(
        &self,
        site: &Planned<'_>,
        kept: &[Option<SiteFiles>],
    ) -> Result<Option<SiteFiles>, BuildObstacle<F>> {
        let Self { sealed, before, names, earlier, placing } = *self;
        let read = |path: &str| (earlier.read)(path.as_ref());
        let Some(edits) = search::edits(before, sealed, &read) else { return Ok(None) };
        let amended = search::amended(before, (sealed, &edits), (&CurrentDocuments(site), names), &read);
        let Some(amended) = amended.transpose().map_err(broken)? else { return Ok(None) };
        let bundles = kept.iter().enumerate().filter(|(at, _)| !edits.touch(*at));
        let Some(bundles) = bundles.map(|(_, kept)| kept.clone()).collect::<Option<Vec<_>>>() else {
            return Ok(None);
        };
        let paths: Vec<Utf8PathBuf> = amended.kept.into_iter().map(Utf8PathBuf::from).collect();
        let Some(mut files) = (earlier.keep_all)(&paths) else { return Ok(None) };
        files.extend(bundles.into_iter().flatten());
        files.extend(place_files(amended.made, placing)?);
        Ok(Some(files))
    }

    /// The files of bundles that are not kept, and of all together.
    fn anew(
        &self,
        (archive, outline): (&mut Archive, &Outline),
        kept: Vec<Option<SiteFiles>>,
    ) -> Result<SiteFiles, BuildObstacle<F>> {
        let Self { sealed, before, names, earlier, placing } = *self;
        let read = |path: &str| (earlier.read)(path.as_ref());
        let is_kept = kept.iter().any(Option::is_some);
        let former =
            is_kept.then(|| before.directory(&read)).flatten().filter(search::FormerDirectory::is_whole);
        let (mut files, mut stood) = (SiteFiles::new(), Vec::new());
        let mut kept = kept.into_iter();
        for some in sealed.chunks(search::AT_ONCE) {
            archive.shed();
            let site = Planned::new(archive, outline);
            let some: Vec<(&Sealed, Option<SiteFiles>)> = some.iter().zip(kept.by_ref()).collect();
            // Of a bundle that is kept its words are to be known nevertheless.
            let make =
                |(sealed, kept): &(&Sealed, Option<SiteFiles>)| match kept.is_some() && former.is_some() {
                    true => Ok(None),
                    false => bundle(&site, sealed, earlier).map(Some),
                };
            let made: Result<Vec<_>, Words> = some.par_iter().map(make).collect();
            for ((sealed, kept), made) in some.into_iter().zip(made.map_err(broken)?) {
                let (own, one) = made.unwrap_or_else(|| (Vec::new(), before.stood(&sealed.bundle.name)));
                files.extend(match kept {
                    Some(kept) => kept,
                    None => place_files(own, placing)?,
                });
                stood.push(one);
            }
        }
        let former = former.as_ref().map(|directory| (before, directory));
        let put = &mut |file| -> Result<(), BuildObstacle<F>> {
            files.extend(place_files(vec![file], placing)?);
            Ok(())
        };
        match search::shared((sealed, stood), former, names, put) {
            Ok(()) => Ok(files),
            Err(Unmade::Why(words)) => Err(broken(words)),
            Err(Unmade::Put(obstacle)) => Err(obstacle),
        }
    }
}

/// The documents as they are now.
struct CurrentDocuments<'a>(&'a Planned<'a>);

impl search::Now for CurrentDocuments<'_> {
    fn card(&self, at: DocumentId) -> exports::Card {
        exports::makings(&Ask::of(self.0), at).card
    }

    fn entry(&self, at: DocumentId) -> exports::Findable {
        exports::findable(&Ask::of(self.0), at)
    }
}

/// Takes over the files of a bundle whose documents are what they were.
fn keep(sealed: &Sealed, before: &Before, earlier: &SearchReuse<'_>) -> Option<SiteFiles> {
    let folder = Utf8Path::new(search::FOLDER).join(&sealed.bundle.name);
    (before.digest(&sealed.bundle.name) == Some(&*sealed.digest)).then(|| (earlier.keep)(&folder)).flatten()
}

/// Makes the files of a bundle, and puts aside what its words tell.
fn bundle(
    site: &Planned<'_>,
    sealed: &Sealed,
    earlier: &SearchReuse<'_>,
) -> Result<(Vec<search::File>, Stood), Words> {
    let mut making = search::Making::default();
    for some in sealed.bundle.leads.chunks(search::SOME) {
        let leads = some.par_iter();
        making.add(leads.map(|lead| exports::findable(&Ask::of(site), lead.at)).collect())?;
    }
    let search::Made { files, standing, telling } = making.close(sealed)?;
    let aside = telling.into_bytes().map(|bytes| (earlier.aside)(bytes));
    Ok((files, Stood { standing, aside: Some(aside) }))
}

/// The bundles of the archive, each with the digest of what it is made from.
fn sealed(site: &Planned<'_>, most: usize) -> Result<Vec<Sealed>, Words> {
    let seal = |bundle: Bundle| {
        let makings: Vec<_> =
            bundle.leads.iter().map(|lead| exports::makings(&Ask::of(site), lead.at)).collect();
        search::sealed(bundle, makings)
    };
    search::bundles(exports::leads(&Ask::of(site)), most).into_par_iter().map(seal).collect()
}

/// Hands search files to the sink.
fn place_files<F: Send>(
    made: Vec<search::File>,
    placing: &Placing<'_, F>,
) -> Result<SiteFiles, BuildObstacle<F>> {
    let file = |(path, bytes): search::File| {
        Some(placing.put(&Route::file(&path)?, Rank::Asset, FileContent::Bytes(&bytes)))
    };
    let put: Result<Vec<SiteFiles>, _> = made.into_par_iter().filter_map(file).collect();
    Ok(put?.into_iter().flatten().collect())
}

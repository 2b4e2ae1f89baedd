//! Every link inside the site leads somewhere, and so does every relation.

use camino::Utf8Path;
use rayon::prelude::*;

use super::GoOn;
use crate::archive::Document;
use crate::ask::Planned;
use crate::diag::{Diagnostic, Words, nearest};
use crate::outline::Subject;
use crate::report::body::{Body, LinkTarget};
use crate::report::matter::TaskAnswer;
use crate::report::{Facts, Link, PublicationStatus};
use crate::route::Route;
use crate::source::{Span, Spanned};

/// What links are looked up in.
#[derive(Clone, Copy)]
struct LinkLookup<'s, 'a> {
    site: &'s Planned<'a>,
    /// Whether what may have been meant is looked for as well.
    guess: bool,
}

/// What can be linked to in a text.
#[derive(Clone, Copy)]
enum AnchorSource<'b> {
    /// The sections of a text that is no document's.
    Body(&'b Body),
    /// Those of a document.
    Facts(&'b Facts),
    /// None: the page shows no text of an author's.
    None,
}

impl AnchorSource<'_> {
    fn all(&self) -> Vec<&str> {
        match self {
            Self::Body(body) => body.sections.iter().map(|section| &*section.anchor).collect(),
            Self::Facts(facts) => facts.anchors.iter().map(|anchor| &**anchor).collect(),
            Self::None => Vec::new(),
        }
    }
}

/// The text that a link leads to.
#[derive(Clone, Copy)]
struct LinkedText<'b> {
    anchors: AnchorSource<'b>,
    /// Whether a section that may have been meant is looked for.
    guess: bool,
}

/// A place in a file.
#[derive(Clone, Copy)]
struct LinkPlace<'p> {
    path: &'p Utf8Path,
    span: Span,
}

/// A complaint about every link and relation that leads nowhere.
pub(super) fn check(site: &Planned<'_>, go_on: GoOn<'_>) -> Vec<Diagnostic> {
    let archive = site.archive;
    let pages = archive.pages.iter().chain(&archive.home).map(|page| (&*page.path, &page.body));
    let places = archive.places.values().map(|place| (&*place.path, &place.body));
    let texts: Vec<(&Utf8Path, &Body)> = pages.chain(places).collect();
    let look = |at: usize, guess: bool| match texts.get(at) {
        Some((path, body)) => of_body(LinkLookup { site, guess }, path, body),
        None => of_report(LinkLookup { site, guess }, &(*archive.reports)[at - texts.len()]),
    };
    let all = 0..texts.len() + archive.reports.len();
    let found = all.into_par_iter().map(|at| if go_on() { look(at, false) } else { Vec::new() });
    let mut found: Vec<Vec<Diagnostic>> = found.collect();
    let broken: Vec<usize> =
        (0..found.len()).filter(|at| !found[*at].is_empty()).take(MOST_GUESSED).collect();
    for at in broken {
        found[at] = look(at, true);
    }
    found.concat()
}

/// A guess looks at every address of the site, so that no more texts than these are told what may
/// have been meant.
const MOST_GUESSED: usize = 10;

fn of_report(lookup: LinkLookup<'_, '_>, report: &Document) -> Vec<Diagnostic> {
    let LinkLookup { site, guess } = lookup;
    let facts = site.archive.facts(report);
    // The text of a document that is withdrawn is nowhere.
    let links = if is_withdrawn(report) { &[][..] } else { &facts.links };
    let mut found = of_links(lookup, &report.path, (links, AnchorSource::Facts(facts)));
    for relation in &report.matter.relations {
        let target = &relation.target;
        if site.archive.at(&target.value).is_none() {
            let guess = guess && found.len() < MOST_GUESSES;
            found.push(broken(LinkLookup { site, guess }, &report.path, target, "relation/missing"));
        }
    }
    let answers = report.matter.answers.iter().filter(|_| !is_withdrawn(report));
    found.extend(answers.flat_map(|answer| of_answer(lookup, report, answer)));
    found
}

/// A complaint about every end of an answer where nothing is. A plan that was withdrawn shows
/// no tasks any more, and that is no fault of the report.
fn of_answer(lookup: LinkLookup<'_, '_>, report: &Document, answer: &TaskAnswer) -> Vec<Diagnostic> {
    let site = lookup.site;
    let own = LinkedText { anchors: AnchorSource::Facts(site.archive.facts(report)), guess: true };
    let at = |span| LinkPlace { path: &report.path, span };
    let sections = answer.sections.iter();
    let mut found: Vec<Diagnostic> =
        sections.filter_map(|section| anchor(own, &section.value, at(section.span))).collect();
    let plan = site.archive.at(&answer.plan.value);
    match plan.map(|plan| (plan, site.archive.facts(plan))) {
        None => found.push(broken(lookup, &report.path, &answer.plan, "relation/missing")),
        Some((plan, facts)) if facts.tasks.iter().all(|task| **task != *answer.task) => {
            found.push(no_task((plan, facts), &answer.task, at(answer.plan.span)));
        }
        Some(_) => {}
    }
    found
}

fn no_task((plan, facts): (&Document, &Facts), task: &str, at: LinkPlace<'_>) -> Diagnostic {
    let words = Words::new(
        format!("{} 没有 `#{task}` 这项任务", plan.route()),
        format!("there is no task `#{task}` at {}", plan.route()),
    );
    let complaint = Diagnostic::error("task/missing", at.path, words).at(at.span);
    match nearest(task, facts.tasks.iter().map(|task| &**task)) {
        Some(near) => complaint.help(format!("是不是想写 `#{near}`？"), format!("did you mean `#{near}`?")),
        None => complaint.help(
            "任务是正文里以（责任单位：…）结尾的条目，或在那份文件的 `tasks` 里列出",
            "a task is an item of the text that ends in (责任单位：…), or is listed in `tasks` of that document",
        ),
    }
}

/// More broken links than this in one text are not guessed at: a guess looks at every address.
const MOST_GUESSES: usize = 20;

fn of_body(lookup: LinkLookup<'_, '_>, path: &Utf8Path, body: &Body) -> Vec<Diagnostic> {
    of_links(lookup, path, (&body.links, AnchorSource::Body(body)))
}

fn of_links(
    lookup: LinkLookup<'_, '_>,
    path: &Utf8Path,
    (links, own): (&[Link], AnchorSource<'_>),
) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = Vec::new();
    for link in links {
        let guess = lookup.guess && found.len() < MOST_GUESSES;
        found.extend(of_link(LinkLookup { guess, ..lookup }, path, own, link));
    }
    found
}

fn of_link(
    lookup: LinkLookup<'_, '_>,
    path: &Utf8Path,
    own: AnchorSource<'_>,
    link: &Link,
) -> Option<Diagnostic> {
    let LinkLookup { site, guess } = lookup;
    let at = LinkPlace { path, span: link.span };
    match &link.target {
        LinkTarget::Outside if !link.image => None,
        LinkTarget::Outside | LinkTarget::Forbidden | LinkTarget::Escaping => Some(unlinkable(link, path)),
        LinkTarget::File(file) => (site.archive.sources.blob(file).is_none()).then(|| {
            let words = Words::new(format!("找不到文件 {file}"), format!("there is no file {file}"));
            Diagnostic::error("attachment/missing", path, words)
                .at(link.span)
                .help("把文件放在本文件旁边，或改正链接", "put the file beside this one, or mend the link")
        }),
        LinkTarget::SameText(fragment) => anchor(LinkedText { anchors: own, guess }, fragment, at),
        LinkTarget::Inside { route, fragment } => {
            let target = Spanned::new(route.clone(), link.span);
            match site.outline.subject(route) {
                Some(Subject::Report(there)) if is_withdrawn(&site.archive.reports[*there]) => {
                    fragment.as_ref().map(|_| withdrawn(at, &site.archive.reports[*there]))
                }
                None => Some(match withdrawn_above(site, route) {
                    Some(document) => withdrawn(at, document),
                    None => broken(lookup, path, &target, "link/missing"),
                }),
                Some(subject) => {
                    let anchors = anchors_at(site, subject);
                    anchor(LinkedText { anchors, guess }, fragment.as_deref()?, at)
                }
            }
        }
    }
}

fn is_withdrawn(document: &Document) -> bool {
    document.matter.status == PublicationStatus::Withdrawn
}

/// The document that was withdrawn, and of which a file was at `route`.
fn withdrawn_above<'a>(site: &Planned<'a>, route: &Route) -> Option<&'a Document> {
    let document = route.above().find_map(|above| site.archive.at(&above));
    document.filter(|document| !route.is_page() && is_withdrawn(document))
}

/// A note about a link to a file or a section that went with a document. Its page says what became of it, and to take
/// a text back must not wait for those who link to it.
fn withdrawn(at: LinkPlace<'_>, document: &Document) -> Diagnostic {
    let route = document.route();
    let words = Words::new(
        format!("链接的内容随 {route} 撤回了，读者会到说明撤回的那一页"),
        format!("what is linked to was withdrawn with {route}; readers come to the page that says so"),
    );
    Diagnostic::note("link/withdrawn", at.path, words).at(at.span).help(
        "可以不改；有了替代的内容，再改链接",
        "it can stay; when something else takes its place, link to that",
    )
}

/// A complaint about a link to what is no part of the site or may not be linked to.
fn unlinkable(link: &Link, path: &Utf8Path) -> Diagnostic {
    let error = |code, words| Diagnostic::error(code, path, words).at(link.span);
    match &link.target {
        LinkTarget::Outside => error(
            "image/outside",
            Words::new("图片在别的网站上，页面不会显示", "this picture is on another site and will not show"),
        )
        .help("把图片放在本文件旁边", "put the picture beside this file"),
        LinkTarget::Forbidden => error(
            "link/scheme",
            Words::new(format!("不能链接到 `{}`", link.text), format!("no page may link to `{}`", link.text)),
        )
        .help(
            "只能用 https、http、mailto、tel 和本站地址",
            "use https, http, mailto, tel or an address of this site",
        ),
        _ => error(
            "link/outside",
            Words::new(
                format!("`{}` 不是本站的内容", link.text),
                format!("`{}` is not a part of this site", link.text),
            ),
        )
        .help(
            "写本站地址，如 /jiangmen/2019/，或本文件旁边的文件名",
            "write an address such as /jiangmen/2019/, or the name of a file beside this one",
        ),
    }
}

/// What can be linked to at an address.
fn anchors_at<'a>(site: &Planned<'a>, subject: &Subject) -> AnchorSource<'a> {
    let archive = site.archive;
    match subject {
        Subject::Report(at) if archive.reports[*at].matter.status != PublicationStatus::Withdrawn => {
            AnchorSource::Facts(archive.facts(&archive.reports[*at]))
        }
        Subject::Page(at) => AnchorSource::Body(&archive.pages[*at].body),
        Subject::Place(slug) => {
            archive.places.get(slug).map_or(AnchorSource::None, |place| AnchorSource::Body(&place.body))
        }
        Subject::Home => {
            archive.home.as_ref().map_or(AnchorSource::None, |page| AnchorSource::Body(&page.body))
        }
        _ => AnchorSource::None,
    }
}

fn anchor(there: LinkedText<'_>, fragment: &str, at: LinkPlace<'_>) -> Option<Diagnostic> {
    let LinkedText { anchors, guess } = there;
    let ours = ["fn-", "fnref-", "w-fn", "fig-"].iter().any(|prefix| fragment.starts_with(prefix));
    if ours || fragment.is_empty() || anchors.all().contains(&fragment) {
        return None;
    }
    let words = Words::new(
        format!("那里没有 `#{fragment}` 这一节"),
        format!("there is no section `#{fragment}` there"),
    );
    let complaint = Diagnostic::error("link/anchor", at.path, words).at(at.span);
    let known = anchors.all().into_iter().filter(|_| guess);
    let near = nearest(fragment, known);
    Some(match near {
        Some(near) => complaint.help(format!("是不是想写 `#{near}`？"), format!("did you mean `#{near}`?")),
        None => complaint.help(
            "锚点由印出的序号组成，如一、（二）是 `#sec-1-2`",
            "an anchor is made of the printed ordinals: 一、(二) is `#sec-1-2`",
        ),
    })
}

fn broken(
    lookup: LinkLookup<'_, '_>,
    path: &Utf8Path,
    target: &Spanned<Route>,
    code: &'static str,
) -> Diagnostic {
    let LinkLookup { site, guess } = lookup;
    let route = &target.value;
    if site.archive.is_draft(route) {
        let words = Words::new(
            format!("{route} 还是草稿，不会发布"),
            format!("{route} is a draft and will not be published"),
        );
        return Diagnostic::error("link/draft", path, words)
            .at(target.span)
            .help("先发布那份文件，或者暂不链接", "publish that document first, or do not link to it yet");
    }
    let words = Words::new(format!("本站没有 {route}"), format!("there is nothing at {route}"));
    let complaint = Diagnostic::error(code, path, words).at(target.span);
    let known = site.outline.routes().filter(|_| guess).map(|(route, _)| route.as_str());
    match nearest(route.as_str(), known.filter(|known| known.len().abs_diff(route.as_str().len()) < 4)) {
        Some(near) => complaint.help(format!("是不是想写 {near}？"), format!("did you mean {near}?")),
        None => complaint.help("核对地址", "check the address"),
    }
}

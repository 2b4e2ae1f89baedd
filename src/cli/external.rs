//! `check --external`: other sites are asked for the addresses that texts lead to. What came of it is kept beside the
//! output folder for some days, so that nobody is asked twice for the same.

use std::collections::BTreeSet;

use camino::Utf8Path;
use jiff::Timestamp;

use super::{Speech, progress};
use crate::ask::Planned;
use crate::check::external::{self, RememberedAnswers};
use crate::diag::{Diagnostic, Words};
use crate::disk;
use crate::remote::{self, Manners};

/// What is wrong with the addresses that the `wanted` files lead to; `output` is where the site is built.
pub(super) fn visit(
    planned: &Planned<'_>,
    (output, wanted): (&Utf8Path, &dyn Fn(&Utf8Path) -> bool),
    voice: &Speech,
) -> Vec<Diagnostic> {
    let mentions = external::mentions(planned, wanted);
    let now = || Timestamp::try_from(std::time::SystemTime::now()).map_or(0, Timestamp::as_second);
    let remembered = RememberedAnswers::read(disk::visited(output).as_deref());
    let mut known = remembered.at(now());
    let all: BTreeSet<&String> = mentions.iter().map(|mention| &mention.address).collect();
    let asked: Vec<String> =
        all.iter().filter(|it| !known.contains_key(**it)).map(|it| (*it).clone()).collect();
    let bar = progress::bar(voice, asked.len(), &Words::new("访问外部网址", "asking other sites"));
    let manners = Manners::of(&planned.archive.config.base.absolute("/"));
    let answers = remote::visit(&asked, &manners, &|| bar.inc(1));
    bar.finish_and_clear();
    disk::keep_visited(output, &remembered.with(now(), &answers));
    let (sum, fresh, left) = (all.len(), answers.len(), asked.len() - answers.len());
    known.extend(answers);
    voice.say(&Words::new(
        format!("外部网址 {sum} 个，本次访问 {fresh} 个，其余用的是前几天的结果"),
        format!("addresses of other sites: {sum}, asked now: {fresh}, the others some days ago at most"),
    ));
    if left > 0 {
        voice.say(&Words::new(
            format!("{left} 个没有访问：时间不够，或者对方要求过一会儿再来；再运行一次，接着访问"),
            format!("not asked: {left}, for want of time or because a site asked to be left alone; run this again to go on"),
        ));
    }
    external::link_findings(&mentions, &known)
}

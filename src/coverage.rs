//! Who has reported, and when: a report, or the want of one, held against the day it was due.
//!
//! A judgement is a function of three things: what the archive holds for a place and a year,
//! the rule that bound that place in that year, and the day on which is judged. No clock is
//! asked. Where nobody names a day, the newest date in the archive shows how far time has come
//! at least, and what that does not decide stays without a judgement.

use jiff::civil::Date;
use serde::Serialize;

use crate::archive::Document;
use crate::config::Deadline;
use crate::report::{PublicationDay, PublicationStatus, Record};
use crate::route::Year;

/// How a place stands with its report for a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReportStanding {
    /// Published by the last day that is on time for certain.
    OnTime,
    /// Published on the day of which the rule's wording leaves open whether it is on time.
    OnTheDay,
    /// Published this many days after the last one that could be on time.
    Late(i32),
    /// Published, nobody knows when.
    DateUnknown,
    /// Published in a year for which no rule says until when.
    NoDeadline,
    /// Published once, and withdrawn.
    Withdrawn,
    /// The archive holds none, though it was due.
    Missing,
    /// The archive holds none, and it is not due yet.
    NotYetDue,
    /// The archive holds none, and whether it was due cannot be said without a day.
    Unjudged,
    /// The archive holds none, and no rule asks for one.
    NotExpected,
}

impl ReportStanding {
    /// Its name in views, in addresses and in the theme.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::OnTime => "on-time",
            Self::OnTheDay => "on-the-day",
            Self::Late(_) => "late",
            Self::DateUnknown => "date-unknown",
            Self::NoDeadline => "no-deadline",
            Self::Withdrawn => "withdrawn",
            Self::Missing => "missing",
            Self::NotYetDue => "not-yet-due",
            Self::Unjudged => "unjudged",
            Self::NotExpected => "not-expected",
        }
    }

    /// The same judgement without its number of days, for those who ask which ones occur.
    #[must_use]
    pub fn kind(self) -> Self {
        match self {
            Self::Late(_) => Self::Late(0),
            other => other,
        }
    }

    /// How many days late.
    #[must_use]
    pub fn days(self) -> Option<i32> {
        match self {
            Self::Late(days) => Some(days),
            _ => None,
        }
    }
}

/// The day on which is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Today {
    /// Somebody named it.
    Named(Date),
    /// Nobody did. The archive knows of this day, so it is today or past.
    AtLeast(Date),
    /// Nobody did, and the archive knows of no day.
    Unknown,
}

impl Today {
    /// The day that is named, or what the newest of `reports` shows.
    #[must_use]
    pub fn new(named: Option<Date>, reports: &[Document]) -> Self {
        let newest = || reports.iter().filter_map(|report| day_of(report.matter.published)).max();
        match named {
            Some(today) => Self::Named(today),
            None => newest().map_or(Self::Unknown, Self::AtLeast),
        }
    }

    /// Whether `day` is past; `None` where nobody can say.
    fn is_after(self, day: Date) -> Option<bool> {
        match self {
            Self::Named(today) => Some(today > day),
            Self::AtLeast(seen) => (seen > day).then_some(true),
            Self::Unknown => None,
        }
    }
}

/// The day that something was published; the time of day makes no difference.
fn day_of(published: PublicationDay) -> Option<Date> {
    match published {
        PublicationDay::On(moment) => Some(moment.date),
        PublicationDay::Unknown => None,
    }
}

/// How a place stands with `year`: by the report that the archive holds, if any, the rule that
/// bound the place, if any, and the day on which is judged.
#[must_use]
pub fn judge(report: Option<&Record>, term: (Option<&Deadline>, Year), today: Today) -> ReportStanding {
    // A draft is not published, whoever may see it.
    let report = report.filter(|report| report.matter.status != PublicationStatus::Draft);
    let (rule, year) = term;
    let due = rule.and_then(|rule| Some((rule.due_for(year)?, rule.day_after_in_question)));
    match (report, due) {
        (Some(report), _) if report.matter.status == PublicationStatus::Withdrawn => {
            ReportStanding::Withdrawn
        }
        (Some(report), due) => published(report.matter.published, due),
        (None, Some((due, in_question))) => wanted(last_day(due, in_question), today),
        (None, None) => ReportStanding::NotExpected,
    }
}

fn published(published: PublicationDay, due: Option<(Date, bool)>) -> ReportStanding {
    let Some(day) = day_of(published) else {
        return ReportStanding::DateUnknown;
    };
    let Some((due, in_question)) = due else {
        return ReportStanding::NoDeadline;
    };
    let last = last_day(due, in_question);
    if day <= due {
        ReportStanding::OnTime
    } else if day <= last {
        ReportStanding::OnTheDay
    } else {
        ReportStanding::Late((day - last).get_days())
    }
}

/// The last day that could be on time. Lateness counts from here, in favour of who reports.
fn last_day(due: Date, in_question: bool) -> Date {
    if in_question { due.tomorrow().unwrap_or(due) } else { due }
}

fn wanted(last: Date, today: Today) -> ReportStanding {
    match today.is_after(last) {
        Some(true) => ReportStanding::Missing,
        Some(false) => ReportStanding::NotYetDue,
        None => ReportStanding::Unjudged,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, Level, Registry, deadline};
    use crate::report;
    use crate::report::Report;
    use crate::route::{Leaf, Year};
    use crate::source::Source;

    /// The settings of a site with these deadlines.
    fn config(deadlines: &str) -> Config {
        let text = format!("title: 档\nbase_url: https://a/\n{deadlines}\n");
        let read = Config::parse(&Source::new("site.yaml", text.as_str()));
        assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
        read.value
    }

    /// A report for `year` with these lines in its front matter.
    fn report(year: &str, lines: &str) -> Report {
        let matter = lines.replace("; ", "\n");
        let text = format!("---\ntitle: 报告\nissuer: 甲\n{matter}\n---\n一、概况\n");
        let path = format!("content/jiangmen/{year}.md");
        let source = Source::new(path.as_str(), text.as_str());
        let Ok(Leaf::Report(address)) = Leaf::of(path.strip_prefix("content/").unwrap().into()) else {
            panic!("{path} is a report's");
        };
        report::parse(&source, address, (&Config::default(), &Registry::default())).value.unwrap()
    }

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn a_report_is_held_against_the_rule_of_its_year_and_level() {
        use Level::{Department, Township};
        use ReportStanding::{DateUnknown, Late, NoDeadline, OnTheDay, OnTime, Withdrawn};
        let own = "deadlines:\n- { kind: annual-report, from_year: 2021, due: 04-01 }\n\
                   - { kind: annual-report, from_year: 2023, due: 02-29, day_after: in-question, levels: [department] }\n";
        let table = [
            // The regulation, with the first of April in question.
            ("", "2019", Township, "published: 2020-03-31", OnTime),
            ("", "2019", Township, "published: 2020-03-31 23:59", OnTime),
            ("", "2019", Township, "published: 2020-04-01", OnTheDay),
            ("", "2019", Township, "published: 2020-04-01 23:59", OnTheDay),
            ("", "2019", Township, "published: 2020-04-02", Late(1)),
            ("", "2019", Township, "published: 2021-04-01", Late(365)),
            ("", "2019", Township, "published: 2019-12-30", OnTime),
            // Moments elsewhere are days here: this one is the first of April at +08:00.
            ("", "2019", Township, "published: 2020-03-31T20:00:00Z", OnTheDay),
            ("", "2019", Township, "published: unknown", DateUnknown),
            ("", "2019", Township, "published: 2020-03-31; status: withdrawn", Withdrawn),
            // The outline before it: the first quarter, from the county up.
            ("", "2018", Department, "published: 2019-03-31", OnTime),
            ("", "2018", Department, "published: 2019-04-01", Late(1)),
            ("", "2018", Township, "published: 2019-06-01", NoDeadline),
            ("", "2014", Department, "published: 2015-06-01", NoDeadline),
            ("", "2014", Department, "published: unknown", DateUnknown),
            // Rules of a site's own, from their years on; where there is no 29 February, the 28th.
            (own, "2020", Township, "published: 2021-04-01", OnTheDay),
            (own, "2021", Township, "published: 2022-04-01", OnTime),
            (own, "2021", Township, "published: 2022-04-02", Late(1)),
            (own, "2023", Department, "published: 2024-02-29", OnTime),
            (own, "2023", Department, "published: 2024-03-01", OnTheDay),
            (own, "2024", Department, "published: 2025-02-28", OnTime),
            (own, "2024", Department, "published: 2025-03-01", OnTheDay),
            (own, "2024", Department, "published: 2025-03-02", Late(1)),
            (own, "2024", Township, "published: 2025-03-02", OnTime),
        ];
        for (deadlines, year, level, lines, expected) in table {
            let config = config(deadlines);
            let covered = Year::parse(year).unwrap();
            let rule = deadline(&config.deadlines, "annual-report", (level, covered));
            let judged = judge(Some(&report(year, lines)), (rule, covered), Today::Unknown);
            assert_eq!(judged, expected, "{year} {level:?} {lines}");
        }
    }

    #[test]
    fn the_want_of_a_report_is_judged_by_the_day_that_is_named_or_known() {
        use ReportStanding::{Missing, NotExpected, NotYetDue, Unjudged};
        let table = [
            ("2024", Today::Named(day("2025-01-01")), NotYetDue),
            ("2024", Today::Named(day("2025-03-31")), NotYetDue),
            ("2024", Today::Named(day("2025-04-01")), NotYetDue),
            ("2024", Today::Named(day("2025-04-02")), Missing),
            ("2024", Today::AtLeast(day("2025-04-01")), Unjudged),
            ("2024", Today::AtLeast(day("2025-04-02")), Missing),
            ("2024", Today::Unknown, Unjudged),
            ("2014", Today::Named(day("2025-04-02")), NotExpected),
        ];
        let config = Config::default();
        for (year, today, expected) in table {
            let covered = Year::parse(year).unwrap();
            let rule = deadline(&config.deadlines, "annual-report", (Level::County, covered));
            assert_eq!(judge(None, (rule, covered), today), expected, "{year} {today:?}");
            let draft = report(year, "published: 2025-03-01; status: draft");
            assert_eq!(judge(Some(&draft), (rule, covered), today), expected, "a draft is none");
        }
    }

    #[test]
    fn the_newest_date_of_the_archive_is_past_or_today() {
        let reports = [report("2019", "published: 2020-03-31"), report("2018", "published: unknown")];
        let reports = reports.map(Document::from);
        assert_eq!(Today::new(None, &reports), Today::AtLeast(day("2020-03-31")));
        assert_eq!(Today::new(None, &reports[1..]), Today::Unknown);
        assert_eq!(Today::new(Some(day("2020-01-01")), &reports), Today::Named(day("2020-01-01")));
    }
}

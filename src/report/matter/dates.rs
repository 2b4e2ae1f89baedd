//! Dates as authors write them. A date is a day of China's calendar; a time of day is at
//! +08:00 unless it says otherwise.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;

use super::Matter;
use crate::diag::Words;
use crate::han::fold::fold_str;
use crate::han::numeral::{han_number, is_numeral};
use crate::route::Year;
use crate::source::Spanned;
use crate::yaml::Fields;

/// When a document was published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Published {
    /// Nobody knows.
    Unknown,
    /// On this day, or at this moment.
    On(Moment),
}

/// A day, and the time of day where it is known, at +08:00.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// The day.
    pub date: Date,
    /// The time of day.
    pub time: Option<Time>,
}

impl Moment {
    /// `2020-03-20 09:30`, the shape of `PubDate`; a day alone is at 00:00.
    #[must_use]
    pub fn label(self) -> String {
        let time = self.time.unwrap_or(Time::midnight());
        format!("{} {:02}:{:02}", self.date, time.hour(), time.minute())
    }

    /// `2020-03-20T09:30:00+08:00`, as feeds need it.
    #[must_use]
    pub fn timestamp(self) -> String {
        let time = self.time.unwrap_or(Time::midnight());
        format!("{}T{:02}:{:02}:{:02}+08:00", self.date, time.hour(), time.minute(), time.second())
    }

    /// Reads `2020-03-20`, `2020-03-20 09:30` or `2020-03-20T09:30:00+08:00`.
    fn parse(text: &str) -> Option<Self> {
        let (date, rest) = text.split_at_checked(10)?;
        let date = parse_day(date)?;
        let rest = rest.trim_start_matches(['T', ' ']).trim_end();
        if rest.is_empty() {
            return (text.trim_end().len() == 10).then_some(Self { date, time: None });
        }
        let zone = rest.find(['+', '-', 'Z']).unwrap_or(rest.len());
        let (time, zone) = rest.split_at(zone);
        let at = date.to_datetime(time_of(time.trim())?);
        let at = shift(at, zone.trim())?;
        Some(Self { date: at.date(), time: Some(at.time()) })
    }
}

/// `at`, which is given in `zone`, as a clock at +08:00 shows it.
fn shift(at: DateTime, zone: &str) -> Option<DateTime> {
    let seconds = match zone {
        "" => return Some(at),
        "Z" => 0,
        zone => {
            let sign = if zone.starts_with('-') { -1 } else { 1 };
            let (hours, minutes) = zone[1..].split_once(':').unwrap_or((&zone[1..], "0"));
            let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
            sign * (hours * 3600 + minutes * 60)
        }
    };
    let moment = Offset::from_seconds(seconds).ok()?.to_timestamp(at).ok()?;
    Some(Offset::constant(8).to_datetime(moment))
}

/// Reads `2020-03-20`, and nothing that is longer, shorter or no day of the calendar.
#[must_use]
pub fn parse_day(text: &str) -> Option<Date> {
    let bytes = text.as_bytes();
    let figure = |(at, byte): (usize, &u8)| {
        matches!(at, 4 | 7) == (*byte == b'-') && (*byte == b'-' || byte.is_ascii_digit())
    };
    let shape = bytes.len() == 10 && bytes.iter().enumerate().all(figure);
    let number = |range: std::ops::Range<usize>| text.get(range)?.parse::<i16>().ok();
    if !shape {
        return None;
    }
    let (year, month, day) = (number(0..4)?, number(5..7)?, number(8..10)?);
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn time_of(text: &str) -> Option<Time> {
    let mut parts = text.split(':').map(|part| part.parse::<i8>().ok());
    let (hour, minute) = (parts.next()??, parts.next()??);
    let second = parts.next().unwrap_or(Some(0))?;
    Time::new(hour, minute, second, 0).ok()
}

/// Reads the day at `key` and complains of anything else there.
pub(super) fn day(fields: &mut Fields<'_>, key: &'static str) -> Option<Spanned<Date>> {
    let text = fields.text(key)?;
    let date = parse_day(&text.value);
    if date.is_none() {
        complain(fields, key, &text);
    }
    date.map(|date| Spanned::new(date, text.span))
}

/// Reads `written`.
pub(super) fn written(fields: &mut Fields<'_>) -> Option<Spanned<Date>> {
    day(fields, "written")
}

/// Reads `published`, a day, a moment or `unknown`.
pub(super) fn published(fields: &mut Fields<'_>) -> Option<Spanned<Published>> {
    let text = fields.text("published")?;
    if text.value == "unknown" {
        let words = Words::new("发布日期不详", "the date of publication is not known");
        let warning =
            crate::diag::Diagnostic::warning("date/unknown", fields.path(), words).at(text.span).help(
                "查到日期后补上；页面会注明“发布日期不详”",
                "add the date when it is found; until then the page says that it is not known",
            );
        fields.diagnostics.push(warning);
        return Some(Spanned::new(Published::Unknown, text.span));
    }
    let moment = Moment::parse(&text.value);
    if moment.is_none() {
        complain(fields, "published", &text);
    }
    moment.map(|moment| Spanned::new(Published::On(moment), text.span))
}

/// Says of `text` why it is no date, and what to write instead.
fn complain(fields: &mut Fields<'_>, key: &str, text: &Spanned<String>) {
    let said = text.value.as_str();
    let (day, rest) = said.split_at_checked(10).unwrap_or((said, ""));
    let (words, here, help) = match parse_day(day) {
        Some(_) if key == "published" => hour(key),
        Some(_) => {
            let words = Words::new(
                format!("`{key}` 只写日期，不写时间"),
                format!("`{key}` must be a day, without a time"),
            );
            (words, None, write(key, day))
        }
        None if has_shape(day) && (rest.is_empty() || key == "published") => no_day(key, day),
        None => (is_date(key), Some(shape()), instead(key, said)),
    };
    let diagnostic = fields.error("date/format", text.span, words);
    diagnostic.here = here;
    diagnostic.help = Some(help);
}

/// A complaint: what is wrong, a few words at the place, what to do.
type Complaint = (Words, Option<Words>, Words);

fn is_date(key: &str) -> Words {
    Words::new(format!("`{key}` 应是日期"), format!("`{key}` must be a date"))
}

fn shape() -> Words {
    Words::new("应写成 2024-03-02 这样", "expected a date such as 2024-03-02")
}

fn write(key: &str, date: impl std::fmt::Display) -> Words {
    Words::new(format!("写成 `{key}: {date}`"), format!("write `{key}: {date}`"))
}

/// The day is right and what follows it is not.
fn hour(key: &str) -> Complaint {
    (
        Words::new(format!("`{key}` 的时间不对"), format!("`{key}` has a time that no clock shows")),
        Some(Words::new("应写成 2024-03-02 09:30 这样", "expected a time such as 2024-03-02 09:30")),
        Words::new(
            "时和分各两位，从 00:00 到 23:59；不知道时间就只写日期",
            "write hour and minute with two figures each, up to 23:59, or leave the time out",
        ),
    )
}

fn no_day(key: &str, day: &str) -> Complaint {
    (
        Words::new(
            format!("`{key}` 写的 {day} 这一天不存在"),
            format!("`{key}` is a day that does not exist, {day}"),
        ),
        None,
        Words::new("按原件核对月和日", "compare month and day with the original"),
    )
}

/// What to write where something stands that has not the shape of a date.
fn instead(key: &str, said: &str) -> Words {
    let unknown = ["unknown", "不详", "未知", "不明"].contains(&said);
    match (unknown, meant(said)) {
        (true, _) if key == "published" => write(key, "unknown"),
        (true, _) if key == "written" => Words::new(
            "不知道成文日期，就删去这一行；只有 `published` 可以写 unknown",
            "leave the line out where the date is not known; only `published` can be unknown",
        ),
        (_, Some(day)) => write(key, day),
        _ => Words::new(
            "年四位，月和日各两位，都用半角数字，中间用 - 隔开",
            "write year, month and day in figures, month and day with two each",
        ),
    }
}

fn has_shape(day: &str) -> bool {
    let digit_or_dash = |(at, byte): (usize, u8)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    };
    day.len() == 10 && day.bytes().enumerate().all(digit_or_dash)
}

/// The day that is meant by `2020-3-2`, `2020年3月2日` or `二〇二〇年三月二日`.
fn meant(text: &str) -> Option<Date> {
    let text = fold_str(text);
    let parts = text.split(|c: char| !c.is_ascii_digit() && !is_numeral(c)).filter(|part| !part.is_empty());
    let mut numbers = parts.map(|part| part.parse().ok().or_else(|| han_number(part)));
    let (year, month, day) = (numbers.next()??, numbers.next()??, numbers.next()??);
    let year = i16::try_from(year).ok().filter(|year| *year >= 1000)?;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Complains of dates in the wrong order and of a year that could not yet be written about.
pub(super) fn check(
    fields: &mut Fields<'_>,
    dates: (Option<Spanned<Date>>, Option<Spanned<Published>>),
    covers: (Year, i16),
) {
    let (written, published) = dates;
    let (year, ahead) = covers;
    let published = published.and_then(|published| match published.value {
        Published::On(moment) => Some(Spanned::new(moment.date, published.span)),
        Published::Unknown => None,
    });
    if let (Some(written), Some(published)) = (&written, &published)
        && published.value < written.value
    {
        let words = Words::new("发布日期早于成文日期", "it is published before it is written");
        let path = fields.path().to_owned();
        let diagnostic = fields.error("date/order", published.span, words);
        diagnostic.labels.push(crate::diag::Label {
            path,
            span: written.span,
            words: Words::new("成文日期", "written"),
        });
        diagnostic.help = Some(compare());
    }
    let Some(known) = written.or(published) else {
        return;
    };
    if year.get() > known.value.year() + ahead {
        let words = Words::new(
            format!("文件的日期在 {} 年，不可能是 {year} 年的文件", known.value.year()),
            format!("dated {}, it cannot be about {year}", known.value.year()),
        );
        fields.error("date/year", known.span, words).help = Some(Words::new(
            "核对日期，或把文件移到所属年度的位置",
            "check the date, or move the file to the year it covers",
        ));
    }
}

fn compare() -> Words {
    Words::new(
        "按原件核对两个日期；原件如此的，在元数据里写 `accept: [{ code: date/order, reason: 原文如此 }]`",
        "compare both dates with the original; if they stand there so, write \
         `accept: [{ code: date/order, reason: as printed }]` in the front matter",
    )
}

/// Complains of corrections made before there was anything to correct.
pub(super) fn check_corrections(fields: &mut Fields<'_>, matter: &Matter) {
    let Published::On(published) = matter.published else {
        return;
    };
    for correction in matter.corrections.iter().filter(|found| found.date.value < published.date) {
        let words = Words::new("更正日期早于发布日期", "it is corrected before it is published");
        fields.error("date/order", correction.date.span, words).help = Some(compare());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(text: &str) -> Option<String> {
        Moment::parse(text).map(Moment::label)
    }

    #[test]
    fn a_moment_is_shown_at_china_standard_time() {
        assert_eq!(label("2020-03-20").as_deref(), Some("2020-03-20 00:00"));
        assert_eq!(label("2020-03-20 09:30").as_deref(), Some("2020-03-20 09:30"));
        assert_eq!(label("2020-03-20T23:30:00+00:00").as_deref(), Some("2020-03-21 07:30"));
        assert_eq!(label("2020-03-20T09:30:00+08:00").as_deref(), Some("2020-03-20 09:30"));
        assert_eq!(label("2020-03-20T01:30Z").as_deref(), Some("2020-03-20 09:30"));
    }

    #[test]
    fn a_day_in_another_form_is_understood() {
        for text in ["2020-3-2", "2020/03/02", "２０２０年3月2日", "二〇二〇年三月二日", "2020.3.2 9:30"]
        {
            assert_eq!(meant(text).map(|day| day.to_string()).as_deref(), Some("2020-03-02"), "{text}");
        }
        for text in ["三月五日", "2020年3月", "20-3-2", "2020-2-30", "unknown", ""] {
            assert_eq!(meant(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "二〇二〇年",
            "2020年3月2日",
            "2020-3-2",
            "2020-02-30",
            "2020-03-20 25:00",
            "2020-03-20x",
            "",
            "2020-03-20 9",
        ] {
            assert_eq!(label(text), None, "{text}");
        }
    }
}

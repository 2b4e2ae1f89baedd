//! A moment as authors and programs write it. A date is a day of China's calendar; a time of day
//! is at +08:00 unless it says otherwise.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;
use serde::{Deserialize, Serialize};

use crate::han::fold::fold_str;
use crate::han::numeral::{han_number, is_numeral};

/// A day, and the time of day where it is known, at +08:00.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
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

    /// As front matter has it: `2020-03-20`, `2020-03-20 09:30`, with seconds where they are not
    /// zero.
    pub(crate) fn written(self) -> String {
        match self.time {
            None => self.date.to_string(),
            Some(time) if time.second() == 0 => self.label(),
            Some(time) => format!("{}:{:02}", self.label(), time.second()),
        }
    }

    /// Reads `2020-03-20` and `2020-03-20 09:30`, and what programs write: `T` between the two,
    /// seconds, their fractions, and a zone, as in `2020-03-20T01:30:00.000Z` and
    /// `2020-03-20 09:30:00 +0800`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (day, rest) = splits(text);
        let date = parse_day(day)?;
        if rest.is_empty() {
            return (text.trim_end() == day).then_some(Self { date, time: None });
        }
        text[day.len()..].starts_with(['T', 't', ' ']).then_some(())?;
        let is_clock = |c: char| c.is_ascii_digit() || matches!(c, ':' | '.');
        let zone = rest.trim_start_matches(is_clock);
        let at = date.to_datetime(time_of(rest.strip_suffix(zone)?)?);
        let at = shift(at, offset(zone.trim())?)?;
        Some(Self { date: at.date(), time: Some(at.time()) })
    }
}

/// What stands where a day should, and what follows it, without what divides the two.
pub(super) fn splits(text: &str) -> (&str, &str) {
    let (day, rest) = text.split_at_checked(10).unwrap_or((text, ""));
    let behind = rest.strip_prefix(['T', 't', ' ']).map(str::trim);
    (day, behind.unwrap_or(rest))
}

/// How many seconds a clock of this zone is before one at Greenwich: `+0800`, `+08:00`, `+8`,
/// `UTC+8`, `Z`. A name of a zone may stand behind its figures; alone it is not understood,
/// since CST is the time of Beijing as well as of Chicago.
fn offset(zone: &str) -> Option<i32> {
    let named = zone.strip_suffix(']').and_then(|zone| zone.split_once('[')).map(|(figures, _)| figures);
    let zone = named.unwrap_or(zone).trim();
    let figures = ["UTC", "GMT"].iter().find_map(|name| zone.strip_prefix(name)).unwrap_or(zone).trim();
    let sign = match figures.chars().next() {
        None if zone.is_empty() => return Some(8 * 3600),
        None => return Some(0),
        Some('Z' | 'z') => return (figures.len() == 1).then_some(0),
        Some('+') => 1,
        Some('-') => -1,
        Some(_) => return None,
    };
    let (hours, minutes) = match figures.get(1..)? {
        short if short.len() <= 2 => (short, "00"),
        long => match long.split_once(':') {
            Some(parts) => parts,
            None => long.split_at_checked(long.len() - 2)?,
        },
    };
    let (hours, minutes) = (figure(hours, 2)?, figure(minutes, 2)?);
    (hours <= 14 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}

/// A number of at most `most` figures.
fn figure(text: &str, most: usize) -> Option<i32> {
    let good = (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| good)
}

/// `at`, which is given so many seconds before Greenwich, as a clock at +08:00 shows it.
fn shift(at: DateTime, seconds: i32) -> Option<DateTime> {
    let moment = Offset::from_seconds(seconds).ok()?.to_timestamp(at).ok()?;
    Some(Offset::constant(8).to_datetime(moment))
}

/// When a document was published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum PublicationDay {
    /// Nobody knows.
    Unknown,
    /// On this day, or at this moment.
    On(Moment),
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

/// `09:30`, `09:30:00` and `09:30:00.000`; of a second no more is kept than a billionth.
fn time_of(text: &str) -> Option<Time> {
    let (text, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let mut parts = text.split(':');
    let (hour, minute) = (figure(parts.next()?, 2)?, parts.next().filter(|part| part.len() == 2)?);
    let second = parts.next();
    let has_end = parts.next().is_none() && (second.is_some() || fraction == "0");
    let is_fraction = !fraction.is_empty() && fraction.bytes().all(|byte| byte.is_ascii_digit());
    let nanoseconds = format!("{fraction:0<9}").get(..9)?.parse().ok()?;
    let small = |number: i32| i8::try_from(number).ok();
    let time = Time::new(
        small(hour)?,
        small(figure(minute, 2)?)?,
        small(figure(second.unwrap_or("0"), 2)?)?,
        nanoseconds,
    );
    time.ok().filter(|_| has_end && is_fraction)
}

/// The moment that is meant by `2020-3-2`, `2020年3月2日 9时30分`, `二〇二〇年三月二日` or `20200302`. A time that
/// is not understood is left out.
pub(crate) fn meant(text: &str) -> Option<Moment> {
    if let Some(moment) = Moment::parse(text) {
        return Some(moment);
    }
    let text = fold_str(text.trim());
    let (date, rest) = together(&text).or_else(|| apart(&text))?;
    let rest = rest.trim_start_matches(['日', '号', 'T', 't', ' ', ',', '、']).trim();
    let at = clock(rest).and_then(|(time, zone)| shift(date.to_datetime(time), offset(zone)?));
    Some(at.map_or(Moment { date, time: None }, |at| Moment { date: at.date(), time: Some(at.time()) }))
}

/// A date or a moment in whatever form somebody typed it, as front matter has it; `None` where it is
/// none, or is written so already.
pub(crate) fn as_written(text: &str) -> Option<String> {
    meant(text).map(Moment::written).filter(|_| Moment::parse(text).is_none())
}

/// A day in eight figures without anything between them, and what follows.
fn together(text: &str) -> Option<(Date, &str)> {
    let (day, rest) = text.split_at_checked(8)?;
    let whole =
        day.bytes().all(|byte| byte.is_ascii_digit()) && !rest.starts_with(|c: char| c.is_ascii_digit());
    let part = |range| figure(day.get(range)?, 4);
    whole.then(|| day_of(part(0..4)?, part(4..6)?, part(6..8)?)).flatten().map(|date| (date, rest))
}

/// A day in three numbers with something between them, and what follows.
fn apart(text: &str) -> Option<(Date, &str)> {
    let (year, rest) = number(text)?;
    let (month, rest) = number(rest)?;
    let (day, rest) = number(rest)?;
    Some((day_of(year, month, day)?, rest))
}

fn day_of(year: i32, month: i32, day: i32) -> Option<Date> {
    let year = i16::try_from(year).ok().filter(|year| *year >= 1000)?;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// The first number of `text`, in figures or in Han numerals, and what follows it.
fn number(text: &str) -> Option<(i32, &str)> {
    let is_part = |c: char| c.is_ascii_digit() || is_numeral(c);
    let from = &text[text.find(is_part)?..];
    let (number, rest) = from.split_at(from.find(|c| !is_part(c)).unwrap_or(from.len()));
    let number = number.parse().ok().or_else(|| han_number(number)?.try_into().ok());
    Some((number?, rest))
}

/// A time as people write it, `下午3时30分` or `9:30:00 PM`, and the zone behind it.
fn clock(text: &str) -> Option<(Time, &str)> {
    let before = [("上午", 0), ("早上", 0), ("凌晨", 0), ("下午", 12), ("晚上", 12), ("中午", 12)];
    let half = |words: &'static str, from: i32| Some((text.strip_prefix(words)?.trim(), Some(from)));
    let (text, half) = before.iter().find_map(|(words, from)| half(words, *from)).unwrap_or((text, None));
    text.starts_with(|c: char| c.is_ascii_digit() || is_numeral(c)).then_some(())?;
    let (hour, rest) = number(text)?;
    let rest = rest.strip_prefix([':', '时', '点', '時', '點'])?;
    let (minute, rest) = part(rest, &['分', ':'])?;
    let (second, rest) = part(rest, &['秒'])?;
    let fraction = |rest: &'_ str| rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = rest.strip_prefix('.').map_or(rest, |part| &part[part.len() - fraction(part)..]);
    let after = [("AM", 0), ("am", 0), ("PM", 12), ("pm", 12)];
    let behind = |(words, from): &(&str, i32)| Some((rest.trim().strip_prefix(words)?, Some(*from)));
    let (rest, half) = after.iter().find_map(behind).unwrap_or((rest, half));
    let hour = match half {
        Some(from) if hour <= 12 => hour % 12 + from,
        _ => hour,
    };
    let small = |number: i32| i8::try_from(number).ok();
    let time = Time::new(small(hour)?, small(minute)?, small(second)?, 0).ok()?;
    Some((time, rest.trim()))
}

/// A number right here and the sign behind it; zero where there is none.
fn part<'a>(text: &'a str, signs: &[char]) -> Option<(i32, &'a str)> {
    if let Some(rest) = text.strip_prefix('半') {
        return Some((30, rest));
    }
    if !text.starts_with(|c: char| c.is_ascii_digit() || is_numeral(c)) {
        return Some((0, text));
    }
    let (number, rest) = number(text)?;
    Some((number, rest.strip_prefix(signs).unwrap_or(rest)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(text: &str) -> Option<String> {
        Moment::parse(text).map(Moment::label)
    }

    #[test]
    fn a_moment_is_shown_at_china_standard_time() {
        for (text, shown) in [
            ("2020-03-20", "2020-03-20 00:00"),
            ("2020-03-20 09:30", "2020-03-20 09:30"),
            ("2020-03-20 9:30", "2020-03-20 09:30"),
            ("2020-03-20 09:30:15", "2020-03-20 09:30"),
            ("2020-03-20T23:30:00+00:00", "2020-03-21 07:30"),
            ("2020-03-20T09:30:00+08:00", "2020-03-20 09:30"),
            ("2020-03-20T01:30Z", "2020-03-20 09:30"),
            ("2020-03-19T16:00:00.000Z", "2020-03-20 00:00"),
            ("2020-03-20 09:30:00 +0800", "2020-03-20 09:30"),
            ("2020-03-20 09:30:00.123456 +08", "2020-03-20 09:30"),
            ("2020-03-20 01:30:00 UTC", "2020-03-20 09:30"),
            ("2020-03-20 09:30 GMT+8", "2020-03-20 09:30"),
            ("2020-03-20T09:30:00+08:00[Asia/Shanghai]", "2020-03-20 09:30"),
            ("2020-03-20 07:00 +0530", "2020-03-20 09:30"),
            ("2020-03-19 17:30 -0800", "2020-03-20 09:30"),
        ] {
            assert_eq!(label(text).as_deref(), Some(shown), "{text}");
        }
        let exact = Moment::parse("2020-03-20T09:30:15.500+08:00").map(Moment::timestamp);
        assert_eq!(exact.as_deref(), Some("2020-03-20T09:30:15+08:00"));
    }

    #[test]
    fn a_moment_in_another_form_is_understood() {
        let said = |text: &str| meant(text).map(Moment::written);
        for text in
            ["2020-3-2", "2020/03/02", "２０２０年3月2日", "二〇二〇年三月二日", "20200302", "2020.3.2号"]
        {
            assert_eq!(said(text).as_deref(), Some("2020-03-02"), "{text}");
        }
        for text in [
            "2020.3.2 15:30",
            "2020/3/2 3:30 PM",
            "2020年3月2日下午3点半",
            "2020年3月2日15时30分",
            "2020-03-02 15：30",
            "20200302 15:30",
            "2020/3/2 07:30:00.000Z",
            "二〇二〇年三月二日十五时三十分",
        ] {
            assert_eq!(said(text).as_deref(), Some("2020-03-02 15:30"), "{text}");
        }
        assert_eq!(said("2020/3/2 9:30:15").as_deref(), Some("2020-03-02 09:30:15"));
        for text in ["三月五日", "2020年3月", "20-3-2", "2020-2-30", "unknown", "", "2020030", "3/2/2020"]
        {
            assert_eq!(said(text), None, "{text}");
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
            "2020-03-20 09:60",
            "2020-03-20 09:30 CST",
            "2020-03-20 09:30 +25:00",
            "2020-03-20 09:30:00.",
            "2020-03-20 09:30.5",
            "2020-03-20 9:5",
            "2020-03-20 09:30:00:00",
            "2020-03-2009:30",
            "2020-03-20T",
            "2020-03-20x",
            "",
            "2020-03-20 9",
        ] {
            assert_eq!(label(text), None, "{text}");
        }
    }
}

//! The dates of a document: what stands at each key, and what to write where it is no date, or
//! one that does not fit the others.

use jiff::civil::Date;

use super::moment::{Moment, PublicationDay, meant, parse_day, splits};
use super::values::Matter;
use crate::diag::Words;
use crate::route::Year;
use crate::source::Spanned;
use crate::yaml::Fields;

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
pub(super) fn published(fields: &mut Fields<'_>) -> Option<Spanned<PublicationDay>> {
    let text = fields.text("published")?;
    if text.value == "unknown" {
        let words = Words::new("发布日期不详", "the date of publication is not known");
        let warning =
            crate::diag::Diagnostic::warning("date/unknown", fields.path(), words).at(text.span).help(
                "查到日期后补上；页面会注明“发布日期不详”。确实查不到的，写 `accept: [{ code: date/unknown, reason: 原网页未载日期 }]`",
                "add the date when it is found; until then the page says that it is not known. Where all was tried, write \
                 `accept: [{ code: date/unknown, reason: … }]`",
            );
        fields.diagnostics.push(warning);
        return Some(Spanned::new(PublicationDay::Unknown, text.span));
    }
    let moment = Moment::parse(&text.value);
    if moment.is_none() {
        complain(fields, "published", &text);
    }
    moment.map(|moment| Spanned::new(PublicationDay::On(moment), text.span))
}

/// Says of `text` why it is no date, and what to write instead.
fn complain(fields: &mut Fields<'_>, key: &str, text: &Spanned<String>) {
    let said = text.value.as_str();
    let (day, rest) = splits(said);
    let (words, here, help) = match parse_day(day) {
        Some(_) if key == "published" => hour(said, rest),
        Some(_) => {
            let words = Words::new(
                format!("`{key}` 只写日期，不写时间"),
                format!("`{key}` must be a day, without a time"),
            );
            // Midnight in Beijing is the day before where programs write their dates.
            let day = meant(said).map_or_else(|| day.to_owned(), |moment| moment.date.to_string());
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

/// The day of `published` is right, and the `rest` behind it is not.
fn hour(said: &str, rest: &str) -> Complaint {
    if let Some(moment) = meant(said).filter(|moment| moment.time.is_some()) {
        let words = Words::new("`published` 的时间写法不对", "`published` has a time in another form");
        return (words, Some(time_shape()), write("published", moment.written()));
    }
    let is_clock = |c: char| c.is_ascii_digit() || matches!(c, ':' | '.');
    let clock = rest.trim_start_matches(is_clock);
    let words = match (rest.len() - clock.len(), clock) {
        (0, _) => {
            Words::new("`published` 的日期后面不是时间", "what follows the day of `published` is no time")
        }
        (_, "") => Words::new("`published` 的时间不存在", "`published` has a time that no clock shows"),
        (_, zone) => Words::new(
            format!("`published` 的时间后面是 `{}`，看不懂", zone.trim()),
            format!("`{}` behind the time of `published` is not understood", zone.trim()),
        ),
    };
    let help = Words::new(
        "写北京时间，时和分各两位，从 00:00 到 23:59，不写时区；不知道时间就只写日期",
        "write the hour and minute in Beijing with two figures each, up to 23:59, and no zone; or leave the time out",
    );
    (words, Some(time_shape()), help)
}

fn time_shape() -> Words {
    Words::new("应写成 2024-03-02 09:30 这样", "expected a time such as 2024-03-02 09:30")
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
        (_, Some(moment)) if key == "published" => write(key, moment.written()),
        (_, Some(moment)) => write(key, moment.date),
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

/// Complains of dates in the wrong order and of a year that could not yet be written about.
pub(super) fn check(
    fields: &mut Fields<'_>,
    dates: (Option<Spanned<Date>>, Option<Spanned<PublicationDay>>),
    covers: (Year, i16),
) {
    let (written, published) = dates;
    let (year, ahead) = covers;
    let published = published.and_then(|published| match published.value {
        PublicationDay::On(moment) => Some(Spanned::new(moment.date, published.span)),
        PublicationDay::Unknown => None,
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
    let PublicationDay::On(published) = matter.published else {
        return;
    };
    for correction in matter.corrections.iter().filter(|found| found.date.value < published.date) {
        let words = Words::new("更正日期早于发布日期", "it is corrected before it is published");
        fields.error("date/order", correction.date.span, words).help = Some(compare());
    }
}

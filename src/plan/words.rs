//! The few words that a view itself says, in the language of the interface. All other words
//! of the interface are the theme's.

use jiff::civil::Date;

use super::view::DateText;
use crate::config::{Indicator, Measure, Tongue};
use crate::page::Level;
use crate::report::matter::{Status, Validity};
use crate::report::{Figure, Published, Qualifier};
use crate::route::Year;

/// The words of one language.
pub(super) struct Vocabulary {
    tongue: Tongue,
    pub(super) home: &'static str,
    pub(super) search: &'static str,
    pub(super) not_found: &'static str,
    pub(super) unknown_date: &'static str,
}

const CHINESE: Vocabulary = Vocabulary {
    tongue: Tongue::Chinese,
    home: "首页",
    search: "检索",
    not_found: "没有这个页面",
    unknown_date: "发布日期不详",
};

const ENGLISH: Vocabulary = Vocabulary {
    tongue: Tongue::English,
    home: "Home",
    search: "Search",
    not_found: "Page not found",
    unknown_date: "date of publication unknown",
};

/// The words of `tongue`.
pub(super) fn of(tongue: Tongue) -> &'static Vocabulary {
    match tongue {
        Tongue::Chinese => &CHINESE,
        Tongue::English => &ENGLISH,
    }
}

impl Vocabulary {
    fn pick(&self, zh: &'static str, en: &'static str) -> &'static str {
        match self.tongue {
            Tongue::Chinese => zh,
            Tongue::English => en,
        }
    }

    pub(super) fn year(&self, year: Year) -> String {
        match self.tongue {
            Tongue::Chinese => format!("{year}年度"),
            Tongue::English => format!("Year {year}"),
        }
    }

    pub(super) fn level(&self, level: Level) -> &'static str {
        match level {
            Level::Province => self.pick("省级", "Province"),
            Level::Prefecture => self.pick("地级", "Prefecture"),
            Level::County => self.pick("县级", "County"),
            Level::Township => self.pick("乡级", "Township"),
            Level::Department => self.pick("部门", "Department"),
        }
    }

    pub(super) fn validity(&self, validity: Validity) -> &'static str {
        match validity {
            Validity::InForce => self.pick("有效", "in force"),
            Validity::Expired => self.pick("失效", "expired"),
            Validity::Repealed => self.pick("废止", "repealed"),
            Validity::Amended => self.pick("已修改", "amended"),
        }
    }

    pub(super) fn date(&self, date: Date) -> DateText {
        let text = match self.tongue {
            Tongue::Chinese => format!("{}年{}月{}日", date.year(), date.month(), date.day()),
            Tongue::English => date.to_string(),
        };
        DateText { iso: Some(date.to_string()), text }
    }

    /// When something was published; the time of day only where it is known.
    pub(super) fn published(&self, published: Published) -> DateText {
        let Published::On(moment) = published else {
            return DateText { iso: None, text: self.unknown_date.into() };
        };
        let mut date = self.date(moment.date);
        if let Some(time) = moment.time {
            date.text.push_str(&format!(" {:02}:{:02}", time.hour(), time.minute()));
        }
        date
    }

    /// A value with its unit, and with the word that makes a bound of it: a bound must not
    /// pass for an exact figure.
    pub(super) fn figure(&self, figure: &Figure, indicator: &Indicator) -> String {
        let word = figure.qualifier.map_or("", |qualifier| match qualifier {
            Qualifier::About => self.pick("约", "about "),
            Qualifier::AtLeast => self.pick("不少于", "≥ "),
            Qualifier::MoreThan => self.pick("超过", "> "),
            Qualifier::AtMost => self.pick("不超过", "≤ "),
            Qualifier::LessThan => self.pick("不到", "< "),
        });
        format!("{word}{}", self.value(figure, indicator))
    }

    /// A value with its unit; a rank as a place in an order.
    pub(super) fn value(&self, figure: &Figure, indicator: &Indicator) -> String {
        let (value, unit) = (figure.value, &indicator.unit);
        match (indicator.kind, self.tongue) {
            (Measure::Rank, Tongue::Chinese) => format!("第{value}{unit}"),
            _ => format!("{value}{unit}"),
        }
    }

    pub(super) fn list(&self, items: &[String]) -> String {
        items.join(self.pick("、", ", "))
    }

    pub(super) fn about_place(&self, name: &str, documents: usize) -> String {
        match self.tongue {
            Tongue::Chinese => format!("{name}法治政府建设公开文件，共 {documents} 份"),
            Tongue::English => format!("{documents} documents published by {name}"),
        }
    }

    pub(super) fn about_list(&self, name: &str, documents: usize) -> String {
        match self.tongue {
            Tongue::Chinese => format!("{name}，共 {documents} 份文件"),
            Tongue::English => format!("{name}: {documents} documents"),
        }
    }

    /// The name of the figures about something.
    pub(super) fn dataset(&self, about: &str) -> String {
        match self.tongue {
            Tongue::Chinese => format!("{about}：指标数据"),
            Tongue::English => format!("{about}: figures"),
        }
    }

    /// One sentence about the figures about something.
    pub(super) fn about_dataset(&self, about: &str, rows: usize) -> String {
        match self.tongue {
            Tongue::Chinese => {
                format!("{about}：法治政府建设报告中的指标数值，共 {rows} 行，每行附原句和固定网址")
            }
            Tongue::English => format!(
                "{about}: {rows} figures from reports on law-based government, each with its sentence \
                 and permanent address"
            ),
        }
    }
}

/// A status by its name in front matter.
pub(super) fn status(status: Status) -> &'static str {
    match status {
        Status::Published => "published",
        Status::Draft => "draft",
        Status::Withdrawn => "withdrawn",
    }
}

/// A size as people read it, in steps of 1,024.
pub(super) fn size(bytes: u64) -> String {
    let units = ["B", "KB", "MB", "GB"];
    let mut step = 0;
    let mut whole = bytes;
    let mut tenths = 0;
    while whole >= 1024 && step + 1 < units.len() {
        tenths = whole % 1024 * 10 / 1024;
        whole /= 1024;
        step += 1;
    }
    match step {
        0 => format!("{whole} B"),
        step => format!("{whole}.{tenths} {}", units[step]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_by_people() {
        assert_eq!(size(0), "0 B");
        assert_eq!(size(1023), "1023 B");
        assert_eq!(size(1536), "1.5 KB");
        assert_eq!(size(5 << 30), "5.0 GB");
    }
}

//! The few words that a view itself says, in the language of the interface. All other words
//! of the interface are the theme's.

use jiff::civil::Date;

use crate::config::{Direction, Indicator, Measure};
use crate::diag::Language;
use crate::outline::data::Register;
use crate::page::Level;
use crate::publications::Event;
use crate::report::matter::{Status, Validity};
use crate::report::{Extent, Published};
use crate::route::Year;
use crate::view::{ChartWords, DateText, ShareRow};

/// The words of one language.
pub(crate) struct Vocabulary {
    pub(crate) language: Language,
    pub(crate) home: &'static str,
    pub(crate) by_year: &'static str,
    pub(crate) search: &'static str,
    pub(crate) coverage: &'static str,
    pub(crate) ancestry: &'static str,
    pub(crate) indicators: &'static str,
    pub(crate) data: &'static str,
    pub(crate) figures: &'static str,
    pub(crate) not_found: &'static str,
    pub(crate) unknown_date: &'static str,
    pub(crate) compare: &'static str,
    pub(crate) editors_note: &'static str,
    pub(crate) log: &'static str,
    pub(crate) log_about: &'static str,
    pub(crate) contents: &'static str,
    pub(crate) offices: &'static str,
    pub(crate) error_report: &'static str,
}

const CHINESE: Vocabulary = Vocabulary {
    language: Language::Chinese,
    home: "首页",
    by_year: "按年度",
    search: "检索",
    coverage: "公开情况",
    ancestry: "句子的来历",
    indicators: "指标",
    data: "开放数据",
    figures: "指标数据",
    not_found: "没有这个页面",
    unknown_date: "发布日期不详",
    compare: "历年对比",
    editors_note: "编者注",
    log: "公开记录",
    log_about: "本站公布、更正、撤回每份文件的时间和原因，最近的在前。",
    contents: "网站地图",
    offices: "来源网站",
    error_report: "报告错误",
};

const ENGLISH: Vocabulary = Vocabulary {
    language: Language::English,
    home: "Home",
    by_year: "By year",
    search: "Search",
    coverage: "Coverage",
    ancestry: "Where sentences come from",
    indicators: "Indicators",
    data: "Open data",
    figures: "Figures",
    not_found: "Page not found",
    unknown_date: "date of publication unknown",
    compare: "Compare years",
    editors_note: "Editor’s note",
    log: "Publication log",
    log_about: "When each document was published, corrected or withdrawn here, and why; the newest first.",
    contents: "Site map",
    offices: "Offices",
    error_report: "Report of an error",
};

const CHINESE_CHART: ChartWords = ChartWords {
    named: "{name}（{unit}）",
    title: "{name}，{years}年",
    until: "—",
    about: "{count}个地方的折线图：{places}。",
    comma: "、",
    rank_heading: "名次",
    from_zero: "纵轴从零起。",
    part: "纵轴只画{low}%到{high}%，不从零起。",
    rank: "名次越靠前，位置越高，第1在最上。",
    gaps: "没有数据的年份不画，线在那里断开。",
    bounds: "空心符号是约数、范围或者界限（如“超过”）：箭头指向真实数值所在的一侧，竖条从范围的下限到上限；连到它的线画成点线。",
    table: "各点的数值见下表。",
    point: "{place}{year}年：{value}",
};

const ENGLISH_CHART: ChartWords = ChartWords {
    named: "{name} ({unit})",
    title: "{name}, {years}",
    until: "–",
    about: "Lines of {count} places: {places}. ",
    comma: ", ",
    rank_heading: "rank",
    from_zero: "The scale begins at zero. ",
    part: "The scale shows {low}% to {high}% only; it does not begin at zero. ",
    rank: "The better the rank, the higher it stands; the first is on top. ",
    gaps: "Years without a figure are left out; lines are broken there. ",
    bounds: "Open marks are approximate figures, ranges or bounds (such as “more than”); an arrow points to the side \
             where the true value lies, and the lines to them are dotted. ",
    table: "The table below has the figures.",
    point: "{place}, {year}: {value}",
};

/// The words of `language`.
pub(crate) fn of(language: Language) -> &'static Vocabulary {
    language.pick(&CHINESE, &ENGLISH)
}

impl Vocabulary {
    fn pick(&self, zh: &'static str, en: &'static str) -> &'static str {
        self.language.pick(zh, en)
    }

    pub(crate) fn year(&self, year: Year) -> String {
        match self.language {
            Language::Chinese => format!("{year}年度"),
            Language::English => format!("Year {year}"),
        }
    }

    pub(crate) fn level(&self, level: Level) -> &'static str {
        match level {
            Level::National => self.pick("国家级", "National"),
            Level::Province => self.pick("省级", "Province"),
            Level::Prefecture => self.pick("地级", "Prefecture"),
            Level::County => self.pick("县级", "County"),
            Level::Township => self.pick("乡级", "Township"),
            Level::Department => self.pick("部门", "Department"),
        }
    }

    pub(crate) fn validity(&self, validity: Validity) -> &'static str {
        match validity {
            Validity::InForce => self.pick("有效", "in force"),
            Validity::Expired => self.pick("失效", "expired"),
            Validity::Repealed => self.pick("废止", "repealed"),
            Validity::Amended => self.pick("已修改", "amended"),
        }
    }

    /// What a feed is, for who opens one in a browser.
    pub(crate) fn about_feed(&self) -> &'static str {
        self.pick(
            "这是更新订阅：把地址栏里的网址加到订阅软件，网站有新的文件时就会收到。下面是最近的文件。",
            "This is a feed. Add the address of this page to a feed reader, and new documents of the site will come to you. \
             Below are the newest ones.",
        )
    }

    /// What this language calls itself. Where the page is not in it, what is there in it: lists and no
    /// documents.
    pub(crate) fn language_name(&self, is_here: bool) -> &'static str {
        match is_here {
            true => self.pick("中文", "English"),
            false => self.pick("中文目录", "Lists in English"),
        }
    }

    /// The name of a place that is invented: wherever it stands, it says so.
    pub(crate) fn invented(&self, name: &str) -> String {
        match self.language {
            _ if name.contains("虚构") => name.to_owned(),
            Language::Chinese => format!("{name}（虚构）"),
            Language::English => format!("{name} (invented)"),
        }
    }

    /// The places whose division codes begin so.
    pub(crate) fn division(&self, code: &str) -> String {
        match self.language {
            Language::Chinese => format!("行政区划代码{code}开头的地方"),
            Language::English => format!("places with division codes {code}…"),
        }
    }

    /// What the whole title of a page about something invented says behind its heading.
    pub(crate) fn invented_example(&self, heading: &str) -> String {
        match self.language {
            Language::Chinese => format!("{heading}（虚构示例）"),
            Language::English => format!("{heading} (invented example)"),
        }
    }

    /// A title, and what of its text there is where that is not all.
    pub(crate) fn with_extent(&self, title: &str, extent: Extent) -> String {
        let what = match extent {
            Extent::Full => return title.to_owned(),
            Extent::Opening => self.pick("（仅开头）", " (opening)"),
            Extent::Excerpt => self.pick("（节选）", " (excerpts)"),
            Extent::Digest => self.pick("（摘编）", " (digest)"),
        };
        format!("{title}{what}")
    }

    /// That something is no real document, for machines.
    pub(crate) fn no_real_document(&self) -> &'static str {
        self.pick("虚构的示例，不是真实的政府文件", "An invented example, not a real government document")
    }

    /// What this page is of the document that a citation names; nothing where it is the whole.
    pub(crate) fn cited_through(&self, extent: Extent, publisher: &str) -> Option<String> {
        let page = match (extent, self.language) {
            (Extent::Full, _) => return None,
            (Extent::Opening, Language::Chinese) => format!("本页为“{publisher}”收录的开头部分，不是全文."),
            (Extent::Excerpt, Language::Chinese) => format!("本页为“{publisher}”的节选，不是全文."),
            (Extent::Digest, Language::Chinese) => format!("本页为“{publisher}”的摘编，不是原文."),
            (Extent::Opening, Language::English) => {
                format!("Opening only, as held by {publisher}; not the whole text.")
            }
            (Extent::Excerpt, Language::English) => format!("Excerpts by {publisher}; not the whole text."),
            (Extent::Digest, Language::English) => format!("Digest by {publisher}; not the original text."),
        };
        Some(page)
    }

    pub(crate) fn date(&self, date: Date) -> DateText {
        let text = match self.language {
            Language::Chinese => format!("{}年{}月{}日", date.year(), date.month(), date.day()),
            Language::English => date.to_string(),
        };
        DateText { iso: Some(date.to_string()), text }
    }

    /// The heading of an earlier text of a document.
    pub(crate) fn version(&self, title: &str, number: usize) -> String {
        match self.language {
            Language::Chinese => format!("{title}（{}）", self.version_number(number)),
            Language::English => format!("{title} ({})", self.version_number(number)),
        }
    }

    /// `版本 2`.
    pub(crate) fn version_number(&self, number: usize) -> String {
        match self.language {
            Language::Chinese => format!("版本 {number}"),
            Language::English => format!("version {number}"),
        }
    }

    pub(crate) fn about_version(&self, title: &str, number: usize) -> String {
        match self.language {
            Language::Chinese => {
                format!("《{title}》较早公布的文本（{}），与现在的文本对比。", self.version_number(number))
            }
            Language::English => {
                format!(
                    "{title}: an earlier text ({}), compared with the present one.",
                    self.version_number(number)
                )
            }
        }
    }

    /// The heading of a year of the log.
    pub(crate) fn log_of(&self, year: i16) -> String {
        match self.language {
            Language::Chinese => format!("{year}年公开记录"),
            Language::English => format!("{}, {year}", self.log),
        }
    }

    /// What happened to a document.
    pub(crate) fn event(&self, event: Event) -> &'static str {
        let (zh, en) = match event {
            Event::Published => ("公布", "published"),
            Event::Corrected => ("更正", "corrected"),
            Event::Described => ("著录调整", "described anew"),
            Event::Withdrawn => ("撤回", "withdrawn"),
            Event::Restored => ("恢复", "restored"),
            Event::Moved => ("移址", "moved"),
            Event::Removed => ("移除", "removed"),
            Event::Erased => ("清除旧文本", "earlier texts erased"),
        };
        self.language.pick(zh, en)
    }

    /// A day of every year.
    pub(crate) fn month_day(&self, month: i8, day: i8) -> String {
        let names = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        let name = usize::try_from(month - 1).ok().and_then(|at| names.get(at)).unwrap_or(&"");
        match self.language {
            Language::Chinese => format!("{month}月{day}日"),
            Language::English => format!("{day} {name}"),
        }
    }

    /// A date in a table in which the year `usual` goes without saying.
    pub(crate) fn short_date(&self, date: Date, usual: i16) -> String {
        match self.language {
            _ if date.year() != usual => self.date(date).text,
            Language::Chinese => self.month_day(date.month(), date.day()),
            Language::English => format!("{:02}-{:02}", date.month(), date.day()),
        }
    }

    /// When something was published; the time of day only where it is known.
    pub(crate) fn published(&self, published: Published) -> DateText {
        let Published::On(moment) = published else {
            return DateText { iso: None, text: self.unknown_date.into() };
        };
        let mut date = self.date(moment.date);
        if let Some(time) = moment.time {
            date.text.push_str(&format!(" {:02}:{:02}", time.hour(), time.minute()));
        }
        date
    }

    pub(crate) fn compared(&self, place: &str, kind: &str, years: (Year, Year)) -> String {
        let (before, after) = years;
        match self.language {
            Language::Chinese => format!("{place}{kind}对比：{before}与{after}"),
            Language::English => format!("{place}, {kind}: {before} and {after} compared"),
        }
    }

    pub(crate) fn about_pair(&self, heading: &str, tally: &[ShareRow]) -> String {
        let said = tally.iter().map(|row| match (row.change, self.language) {
            ("same", Language::Chinese) => format!("未变{}", row.percent),
            ("figures", Language::Chinese) => format!("仅数字变化{}", row.percent),
            ("reworded", Language::Chinese) => format!("改写{}", row.percent),
            ("added", Language::Chinese) => format!("新增{}", row.percent),
            (_, Language::Chinese) => format!("删去{}", row.percent),
            ("figures", Language::English) => format!("{} only in figures", row.percent),
            (change, Language::English) => format!("{} {change}", row.percent),
        });
        let said: Vec<String> = said.collect();
        let said = match said.is_empty() {
            true => self
                .pick(
                    "有一方不是全文，不计改动比例",
                    "one of the two is not a whole text, so no shares are given",
                )
                .to_owned(),
            false => self.list(&said),
        };
        format!("{heading}{}{said}", self.pick("。", ". "))
    }

    pub(crate) fn all_years(&self, place: &str) -> String {
        match self.language {
            Language::Chinese => format!("{place}历年对比"),
            Language::English => format!("{place} over the years"),
        }
    }

    pub(crate) fn about_years(&self, heading: &str) -> String {
        match self.language {
            Language::Chinese => format!("{heading}：各年指标、章节沿革和文字变化"),
            Language::English => format!("{heading}: figures, sections and changes of wording"),
        }
    }

    /// The words of pictures.
    pub(crate) fn chart(&self) -> ChartWords {
        match self.language {
            Language::Chinese => CHINESE_CHART,
            Language::English => ENGLISH_CHART,
        }
    }

    /// What sort of figure an indicator is.
    pub(crate) fn measure(&self, kind: Measure) -> &'static str {
        match kind {
            Measure::Flow => self.pick("当年发生数", "counted during the year"),
            Measure::Stock => self.pick("年末数", "counted at the year’s end"),
            Measure::Cumulative => self.pick("累计数", "counted since the beginning"),
            Measure::Ratio => self.pick("比率", "ratio"),
            Measure::Rank => self.pick("名次", "rank"),
            Measure::Amount => self.pick("金额", "amount of money"),
            Measure::Duration => self.pick("时长", "length of time"),
            Measure::Target => self.pick("目标", "target"),
        }
    }

    /// Which way is better; nothing where neither is.
    pub(crate) fn direction(&self, indicator: &Indicator) -> Option<&'static str> {
        match (indicator.direction, indicator.kind) {
            (Direction::Neutral, _) => None,
            (Direction::Lower, Measure::Rank) => Some(self.pick("名次越靠前越好", "first is best")),
            (Direction::Lower, _) => Some(self.pick("越低越好", "lower is better")),
            (Direction::Higher, _) => Some(self.pick("越高越好", "higher is better")),
        }
    }

    pub(crate) fn about_indicators(&self, count: usize) -> String {
        match self.language {
            Language::Chinese => format!("各地报告里的指标，共 {count} 项有数据，每个数字都连到原句"),
            Language::English => format!("{count} indicators with figures, each bound to its sentence"),
        }
    }

    pub(crate) fn about_indicator(&self, name: &str, places: usize) -> String {
        match self.language {
            Language::Chinese => format!("{name}：{places} 个地方历年的数据，每个数字都连到原句"),
            Language::English => {
                format!("{name}: figures of {places} places over the years, each bound to its sentence")
            }
        }
    }

    pub(crate) fn list(&self, items: &[String]) -> String {
        items.join(self.pick("、", ", "))
    }

    pub(crate) fn about_place(&self, name: &str, documents: usize) -> String {
        match self.language {
            Language::Chinese => format!("{name}法治政府建设公开文件，共 {documents} 份"),
            Language::English => format!("{documents} documents published by {name}"),
        }
    }

    pub(crate) fn about_offices(&self, count: usize) -> String {
        match self.language {
            Language::Chinese => format!(
                "本站汇总 {count} 家网站公开的文件。检索、目录和统计在这里，每份文件都在发布它的网站上。"
            ),
            Language::English => format!(
                "This site gathers what {count} other sites publish. Search, lists and counts are here; every document stands on the site that publishes it."
            ),
        }
    }

    /// The description of the page of coverage.
    pub(crate) fn about_coverage(&self, kind: &str, years: (i16, i16)) -> String {
        let (first, last) = years;
        match self.language {
            Language::Chinese => format!("{first}年度至{last}年度{kind}的公开时间与期限对照"),
            Language::English => {
                format!("{kind}, {first} to {last}: when each was published, and when it was due")
            }
        }
    }

    pub(crate) fn about_ancestry(&self, (first, last): (i16, i16)) -> String {
        match self.language {
            Language::Chinese => {
                format!("{first}年度至{last}年度各地年度报告中，新写的、沿用往年的和先见于他处的句子各占多少")
            }
            Language::English => format!(
                "Annual reports, {first} to {last}: how many of their sentences are new, kept from earlier years, or stand earlier in other places"
            ),
        }
    }

    pub(crate) fn about_list(&self, name: &str, documents: usize) -> String {
        match self.language {
            Language::Chinese => format!("{name}，共 {documents} 份文件"),
            Language::English => format!("{name}: {documents} documents"),
        }
    }

    /// What tells a kind of documents from places and indicators of a like name.
    pub(crate) fn of_kind(&self, documents: usize) -> String {
        match self.language {
            Language::Chinese => format!("文种 · {documents} 份"),
            Language::English if documents == 1 => "kind · 1 document".to_owned(),
            Language::English => format!("kind · {documents} documents"),
        }
    }

    pub(crate) fn register(&self, register: Register) -> &'static str {
        match register {
            Register::Documents => self.pick("文件目录", "Catalogue of documents"),
            Register::Places => self.pick("地方名录", "Places"),
            Register::Indicators => self.pick("指标登记册", "Registry of indicators"),
            Register::Ancestry => self.pick("句子来历", "Where sentences come from"),
            Register::Records => self.pick("汇总用记录", "Records for federated sites"),
        }
    }

    /// The name of the figures about something.
    pub(crate) fn dataset(&self, about: &str) -> String {
        match self.language {
            Language::Chinese => format!("{about}：指标数据"),
            Language::English => format!("{about}: figures"),
        }
    }

    /// One sentence about the figures about something.
    pub(crate) fn about_dataset(&self, about: &str, rows: usize) -> String {
        match self.language {
            Language::Chinese => {
                format!("{about}：法治政府建设报告中的指标数值，共 {rows} 行，每行附原句和固定网址")
            }
            Language::English => format!(
                "{about}: {rows} figures from reports on law-based government, each with its sentence \
                 and permanent address"
            ),
        }
    }
}

/// An indicator's name in the language of the interface.
pub(crate) fn indicator_name(indicator: &Indicator, language: Language) -> &str {
    match (language, &indicator.name_en) {
        (Language::English, Some(name)) => name,
        _ => &indicator.name,
    }
}

/// A status by its name in front matter.
pub(crate) fn status(status: Status) -> &'static str {
    match status {
        Status::Published => "published",
        Status::Draft => "draft",
        Status::Withdrawn => "withdrawn",
    }
}

/// A size as people read it, in steps of 1,024.
pub(crate) fn size(bytes: u64) -> String {
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

//! The settings of a site, from `site.yaml`, and the registry of indicators, from
//! `indicators.yaml`. Both are plain values: the rest of the program never sees YAML.

mod base;
mod checks;
mod deadline;
mod fields;
mod kinds;
mod level;
mod license;
mod registry;
mod sites;
mod synonyms;

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use crate::diag::{Diagnosed, Diagnostic, Words};
use crate::han::quantity::Quantity;
use crate::interface::{Locale, Phrasebook, Texts};
use crate::source::{Source, Span, Spanned};
use crate::yaml::names::NamedValue;
use crate::yaml::{self, Fields};

pub use crate::han::measure::Measure;
pub use base::BaseUrl;
pub use checks::{Allowance, Checks, LevelRule};
pub use deadline::{Deadline, deadline};
pub(crate) use fields::{INDICATOR, MEMBER, REGISTRY, SITE, SITES, SLUG};
pub use kinds::{ANNUAL_REPORT, INFO_ANNUAL_REPORT, Kind, KindId, KindNeed, WORK_PLAN};
pub(crate) use kinds::{
    is_built_in as is_built_in_kind, known as known_kinds, known_built_in as built_in_kinds,
    unknown as unknown_kind,
};
pub use level::{LEVELS, Level};
pub use license::License;
pub use registry::{Direction, Indicator, IndicatorId, Registry};
pub use sites::{MemberOffice, Sites};
pub use synonyms::Synonyms;

/// The version of the program, as it is named in what it writes.
pub const GENERATOR: &str = concat!("xiangwei ", env!("CARGO_PKG_VERSION"));

/// Who publishes, where, in which language and with which theme.
#[derive(Clone, Debug)]
pub struct Config {
    /// The site's name.
    pub title: String,
    /// Where the site will stand.
    pub base: BaseUrl,
    /// The language of the interface.
    pub language: Locale,
    /// The languages of the site as they are written down, its own first.
    pub languages: Vec<Spanned<Locale>>,
    /// What the interface says in each: the theme's, once it is loaded.
    pub phrasebook: Phrasebook,
    /// What the site is called.
    own: SiteNaming,
    /// What it is called in English; the same, where it has no other name.
    english: SiteNaming,
    /// The name of the theme.
    pub theme: Spanned<String>,
    /// One sentence about the site.
    pub description: String,
    /// Who publishes it.
    pub publisher: Publisher,
    /// What a government website must say of itself on every page.
    pub government_site: GovernmentSite,
    /// Under which licence its documents and figures may be used, where it says so.
    pub license: Option<License>,
    /// The kinds of documents, built in and added, by their name in front matter.
    pub kinds: BTreeMap<KindId, Kind>,
    /// The shape that this site's index numbers (索引号) have, where it has one.
    pub index_number_pattern: Option<String>,
    /// Names that must not be misspelt.
    pub names: Vec<String>,
    /// A figure that is so many times that of the year before is told.
    pub jump: Quantity,
    /// What findings weigh here, and which are allowed.
    pub checks: Checks,
    /// When which kind is due; of those that apply, the last holds.
    pub deadlines: Vec<Deadline>,
    /// The day by which it is judged what is due. `site.yaml` cannot say it and no clock is
    /// asked: a command names it, or nobody does.
    pub today: Option<Date>,
    /// Whether pages can be searched.
    pub search: bool,
    /// Words that search takes for each other, built in and added.
    pub synonyms: Synonyms,
    /// Whether there are feeds.
    pub feeds: bool,
    /// Whether figures are offered as open data.
    pub open_data: bool,
    /// Whether texts have packed copies beside them, which a web server can send as they are.
    pub gzip: bool,
}

/// Who publishes the site.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Publisher {
    /// Its name (主办单位).
    pub name: Option<String>,
    /// Its address.
    pub address: Option<String>,
    /// Its telephone number.
    pub phone: Option<String>,
    /// Its electronic mail.
    pub email: Option<String>,
}

/// What 国办发〔2017〕47号 and the rules on registration make a government website say.
#[derive(Clone, Debug, Default, Serialize)]
pub struct GovernmentSite {
    /// `SiteName`.
    pub site_name: Option<String>,
    /// `SiteDomain`.
    pub site_domain: Option<String>,
    /// `SiteIDCode` (网站标识码), ten characters.
    pub site_id_code: Option<String>,
    /// The ICP registration (ICP备案).
    pub icp_record: Option<String>,
    /// The registration with the police (公安备案).
    pub police_record: Option<String>,
    /// The address of the certificate behind the mark of party and government bodies.
    pub party_government_icon: Option<String>,
    /// Where readers report errors (找错).
    pub report_errors_url: Option<String>,
}

impl Config {
    /// The settings in `site.yaml`, or the defaults around everything wrong in it.
    #[must_use]
    pub fn parse(source: &Source) -> Diagnosed<Config> {
        let all = Span::new(0..source.text().len());
        match yaml::read(source, all, &SITE) {
            Ok(mut fields) => {
                let value = read(&mut fields);
                Diagnosed { value, diagnostics: fields.finish() }
            }
            Err(diagnostic) => Diagnosed { value: Config::default(), diagnostics: vec![*diagnostic] },
        }
    }
}

/// What a site is called in one language.
#[derive(Clone, Debug, Default)]
struct SiteNaming {
    title: String,
    description: String,
}

impl Config {
    /// What the interface says in its language.
    #[must_use]
    pub fn texts(&self) -> &Texts {
        self.phrasebook.of(self.language)
    }

    /// The languages beside the site's own, in which the pages that are lists stand once more.
    pub fn other_languages(&self) -> impl Iterator<Item = Locale> {
        self.languages.iter().skip(1).map(|language| language.value)
    }

    /// The languages of the site, its own first.
    pub fn all_languages(&self) -> impl Iterator<Item = Locale> {
        let own = self.languages.first().map_or(self.language, |own| own.value);
        std::iter::once(own).chain(self.other_languages())
    }

    /// The same site with the interface in this language.
    #[must_use]
    pub fn speaking(&self, language: Locale) -> Self {
        let called = if language.is_english() { &self.english } else { &self.own };
        let SiteNaming { title, description } = called.clone();
        Self { language, title, description, ..self.clone() }
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            title: String::new(),
            base: BaseUrl::local(),
            language: Locale::default(),
            languages: Vec::new(),
            phrasebook: Phrasebook::default(),
            own: SiteNaming::default(),
            english: SiteNaming::default(),
            theme: Spanned::new("gongbao".into(), Span::default()),
            description: String::new(),
            publisher: Publisher::default(),
            government_site: GovernmentSite::default(),
            license: None,
            kinds: kinds::built_in(),
            index_number_pattern: None,
            names: Vec::new(),
            jump: JUMP.into(),
            checks: Checks::default(),
            deadlines: deadline::built_in(),
            today: None,
            search: true,
            synonyms: synonyms::built_in(),
            feeds: true,
            open_data: true,
            gzip: false,
        }
    }
}

/// The languages that the default theme speaks.
const LANGUAGES: [NamedValue<Locale>; 2] = [
    NamedValue::new(
        "zh-CN",
        Locale::CHINESE,
        &["中文", "汉语", "简体中文", "简体", "zh", "zh-Hans", "cn", "Chinese"],
    ),
    NamedValue::new("en", Locale::ENGLISH, &["英文", "英语", "en-US", "en-GB", "English"]),
];

fn read(fields: &mut Fields<'_>) -> Config {
    let default = Config::default();
    let title = fields.text("title");
    if title.is_none() {
        fields.need("title", Words::new("例如 `title: 某市法治政府建设档案`", "such as `title: An archive`"));
    }
    let mut config = Config {
        title: title.map(|title| title.value).unwrap_or_default(),
        base: base_url(fields).unwrap_or(default.base),
        language: default.language,
        languages: Vec::new(),
        phrasebook: Phrasebook::default(),
        own: SiteNaming::default(),
        english: SiteNaming::default(),
        theme: fields.text("theme").unwrap_or(default.theme),
        description: plain(fields, "description").unwrap_or_default(),
        publisher: fields.group("publisher", |inner| Some(publisher(inner))).unwrap_or_default(),
        government_site: fields
            .group("government_site", |inner| Some(government_site(inner)))
            .unwrap_or_default(),
        license: license::read(fields),
        kinds: default.kinds,
        index_number_pattern: index_number_pattern(fields),
        names: fields.names("names").into_iter().map(|name| name.value).collect(),
        jump: jump(fields).unwrap_or(default.jump),
        checks: checks::read(fields),
        deadlines: default.deadlines,
        today: None,
        search: fields.switch("search").unwrap_or(true),
        synonyms: default.synonyms,
        feeds: fields.switch("feeds").unwrap_or(true),
        open_data: fields.switch("open_data").unwrap_or(true),
        gzip: fields.switch("gzip").unwrap_or(false),
    };
    languages(fields, &mut config);
    kinds::read(fields, &mut config.kinds);
    synonyms::read(fields, &mut config.synonyms);
    config.deadlines.extend(deadline::read(fields, &config.kinds));
    config
}

/// Reads `language`, and `languages`, of which the first is the site's own.
fn languages(fields: &mut Fields<'_>, config: &mut Config) {
    let own = fields.text("language").and_then(|said| language(fields, "language", &said));
    let mut all: Vec<Spanned<Locale>> = Vec::new();
    for said in fields.names("languages") {
        let language = language(fields, "languages", &said);
        all.extend(language.filter(|language| !all.iter().any(|known| known.value == language.value)));
    }
    if let (Some(own), Some(first)) = (&own, all.first())
        && own.value != first.value
    {
        let words = Words::new(
            "`language` 与 `languages` 的第一种不一致",
            "`language` is not the first of `languages`",
        );
        fields.error("matter/value", own.span, words).help = Some(Words::new(
            "`languages` 的第一种就是网站自己的语言，删去 `language`",
            "the first of `languages` is the site's own: remove `language`",
        ));
    }
    config.languages = if all.is_empty() { own.into_iter().collect() } else { all };
    config.language = config.languages.first().map(|own| own.value).unwrap_or_default();
    config.own = SiteNaming { title: config.title.clone(), description: config.description.clone() };
    let SiteNaming { title, description } = config.own.clone();
    config.english = SiteNaming {
        title: plain(fields, "title_en").unwrap_or(title),
        description: plain(fields, "description_en").unwrap_or(description),
    };
    *config = config.speaking(config.language);
}

/// A language that is said: any that a theme may speak. Those of the default theme have names as well, by which
/// people are helped who write them so.
fn language(fields: &mut Fields<'_>, key: &'static str, said: &Spanned<String>) -> Option<Spanned<Locale>> {
    let is_name = LANGUAGES.iter().any(|choice| choice.called.contains(&&*said.value));
    let language = Locale::parse(&said.value).filter(|_| !is_name);
    let language = language.or_else(|| fields.chosen(key, said, &LANGUAGES))?;
    Some(Spanned::new(language, said.span))
}

fn plain(fields: &mut Fields<'_>, key: &'static str) -> Option<String> {
    fields.text(key).map(|text| text.value)
}

fn base_url(fields: &mut Fields<'_>) -> Option<BaseUrl> {
    let Some(text) = fields.text("base_url") else {
        let example = "`base_url: https://www.example.gov.cn/fzzf/`";
        fields.need("base_url", Words::new(format!("例如 {example}"), format!("such as {example}")));
        return None;
    };
    match BaseUrl::parse(&text.value) {
        Ok(base) => Some(base),
        Err(why) => {
            let words = Words::new(
                format!("`base_url` 应是完整网址：{}", why.zh),
                format!("`base_url` must be a whole address: {}", why.en),
            );
            fields.error("matter/value", text.span, words).help = Some(Words::new(
                "例如 `base_url: https://www.example.gov.cn/fzzf/`",
                "such as `base_url: https://www.example.gov.cn/fzzf/`",
            ));
            None
        }
    }
}

fn publisher(fields: &mut Fields<'_>) -> Publisher {
    Publisher {
        name: plain(fields, "name"),
        address: plain(fields, "address"),
        phone: plain(fields, "phone"),
        email: plain(fields, "email"),
    }
}

fn government_site(fields: &mut Fields<'_>) -> GovernmentSite {
    GovernmentSite {
        site_name: plain(fields, "site_name"),
        site_domain: plain(fields, "site_domain"),
        site_id_code: site_id_code(fields),
        icp_record: plain(fields, "icp_record"),
        police_record: plain(fields, "police_record"),
        party_government_icon: web_address(fields, "party_government_icon"),
        report_errors_url: web_address(fields, "report_errors_url"),
    }
}

/// An address that becomes a link on every page; a script would run on every page.
fn web_address(fields: &mut Fields<'_>, key: &'static str) -> Option<String> {
    let text = fields.text(key)?;
    let address = text.value.as_str();
    let is_mail = address.strip_prefix("mailto:").is_some_and(|to| to.contains('@'));
    // Behind two slashes a browser looks for another site.
    let is_ours = address.starts_with('/') && !address.starts_with("//");
    let is_plain = !address.contains(|c: char| c.is_whitespace() || c.is_control() || c == '\\');
    let good = is_plain && (base::absolute_address(address).is_ok() || is_mail || is_ours);
    if !good {
        let words = Words::new(format!("`{key}` 应是网址"), format!("`{key}` must be an address"));
        fields.error("matter/value", text.span, words).help = Some(Words::new(
            "以 https://、http:// 或 mailto: 开头；本站的页面以 / 开头",
            "begin it with https://, http:// or mailto:, or with / for a page of this site",
        ));
    }
    good.then_some(text.value)
}

fn site_id_code(fields: &mut Fields<'_>) -> Option<String> {
    let code = fields.text("site_id_code")?;
    let good = code.value.chars().count() == 10 && code.value.chars().all(|c| c.is_ascii_alphanumeric());
    if !good {
        let words =
            Words::new("网站标识码应是 10 位字母或数字", "`site_id_code` must be ten letters or figures");
        fields.error("matter/value", code.span, words).help =
            Some(Words::new("例如 `site_id_code: \"4407000001\"`", "such as `site_id_code: \"4407000001\"`"));
    }
    good.then_some(code.value)
}

/// By how many times a figure must differ from that of the year before to be told, if a site does not say.
const JUMP: u64 = 10;

fn jump(fields: &mut Fields<'_>) -> Option<Quantity> {
    let node = fields.take("jump")?;
    let factor = fields.as_number("jump", &node)?;
    if factor > Quantity::from(1) {
        return Some(factor);
    }
    let words = Words::new("`jump` 应当大于 1", "`jump` must be more than 1");
    fields.error("matter/value", node.span, words).help = Some(Words::new(
        "写相差多少倍才提示，例如 `jump: 10`",
        "write how many times is worth a note, such as `jump: 10`",
    ));
    None
}

fn index_number_pattern(fields: &mut Fields<'_>) -> Option<String> {
    let text = fields.text("index_number_pattern")?;
    match Pattern::new(&text.value) {
        Some(_) => Some(text.value),
        None => {
            let words =
                Words::new("`index_number_pattern` 写法有误", "`index_number_pattern` is not well formed");
            fields.error("matter/value", text.span, words).help = Some(Words::new(
                "N 代表一位数字，A 代表一位字母或数字，* 代表任意多个字符（最多写一个），其余照写，例如 `NNNNNNNN/NNNN-NNNNN`",
                "N stands for a figure, A for a letter or figure, * for any number of characters (once), \
                 all else for itself, such as `NNNNNNNN/NNNN-NNNNN`",
            ));
            None
        }
    }
}

/// The shape of a site's index numbers: `N` a figure, `A` a letter or figure, `*` anything.
pub(crate) struct Pattern<'a>(&'a str);

impl<'a> Pattern<'a> {
    /// A pattern, unless it is empty or has more than one `*`, so that matching stays simple.
    pub(crate) fn new(text: &'a str) -> Option<Self> {
        (!text.is_empty() && text.matches('*').count() <= 1).then_some(Self(text))
    }

    /// The pattern as the site gives it.
    pub(crate) fn text(&self) -> &'a str {
        self.0
    }

    /// Whether `number` has this shape.
    pub(crate) fn matches(&self, number: &str) -> bool {
        match self.0.split_once('*') {
            None => number.chars().count() == self.0.chars().count() && starts(number, self.0),
            Some((head, tail)) => {
                let (length, fixed) = (number.chars().count(), head.chars().count() + tail.chars().count());
                let end: String = number.chars().skip(length.saturating_sub(tail.chars().count())).collect();
                length >= fixed && starts(number, head) && starts(&end, tail)
            }
        }
    }
}

fn starts(number: &str, shape: &str) -> bool {
    number.chars().zip(shape.chars()).all(|(c, shape)| match shape {
        'N' => c.is_ascii_digit(),
        'A' => c.is_ascii_alphanumeric(),
        other => c == other,
    })
}

/// Reports everything that is wrong with a site that has no `site.yaml`.
#[must_use]
pub fn absent() -> Diagnostic {
    Diagnostic::error("site/absent", "site.yaml", Words::new("没有 site.yaml", "there is no site.yaml")).help(
        "在站点文件夹里新建一个，至少写上 title 和 base_url",
        "write one in the site's folder, with a title and a base_url at least",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::names::assert_in_manual;

    fn config(text: &str) -> Diagnosed<Config> {
        Config::parse(&Source::new("site.yaml", text))
    }

    #[test]
    fn a_small_site_needs_a_title_and_an_address() {
        let read = config("title: 档案\nbase_url: https://a.gov.cn/fzzf/\n");
        assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
        assert_eq!(read.value.base.href("/jiangmen/"), "/fzzf/jiangmen/");
        assert_eq!(read.value.base.absolute("/"), "https://a.gov.cn/fzzf/");
        assert_eq!(read.value.theme.value, "gongbao");
    }

    #[test]
    fn what_is_missing_and_what_is_unknown_are_said_together() {
        let read = config("titel: 档案\nlanguage: zh\n");
        let codes: Vec<_> = read.diagnostics.iter().map(|d| d.code).collect();
        assert_eq!(codes, ["matter/missing", "matter/missing", "matter/value", "matter/unknown-key"]);
    }

    #[test]
    fn an_index_number_has_the_shape_of_its_site() {
        let pattern = Pattern::new("NNNNNNNN/NNNN-*").unwrap();
        assert!(pattern.matches("11346509/2019-1796041"));
        assert!(!pattern.matches("1134650/2019-1796041") && !pattern.matches("11346509/2019"));
        assert!(Pattern::new("N-A").unwrap().matches("1-B"));
        assert!(!Pattern::new("N-A").unwrap().matches("1-B2"));
    }

    #[test]
    fn the_manual_has_every_name() {
        assert_in_manual(&LANGUAGES);
        assert_in_manual(&deadline::DAYS_AFTER);
        assert_in_manual(&checks::WEIGHTS);
    }

    #[test]
    fn a_deadline_of_ones_own_comes_after_the_default() {
        let text = "title: 档\nbase_url: https://a/\ndeadlines: [{kind: annual-report, from_year: 2026, due: 04-30}]\n";
        let read = config(text);
        assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
        assert_eq!(read.value.deadlines.last().unwrap().due, (4, 30));
    }
}

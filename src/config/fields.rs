//! The keys of `site.yaml`, `indicators.yaml` and `sites.yaml`.

use super::LANGUAGES;
use super::checks::WEIGHTS;
use super::deadline::DAYS_AFTER;
use super::kinds::known_built_in;
use super::level::LEVELS;
use super::registry::{DIRECTIONS, MEASURES};
use crate::yaml::keys::{BothLanguages, KeyDescription, Keys, TEXTS, ValueShape};
use crate::yaml::names::known;

/// What a name of an address looks like: that of a kind, a place, a document.
pub(crate) const SLUG: &str = "^[a-z][a-z0-9-]*$";

/// What the tag of a language looks like.
const TAG: &str = "^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$";

/// The keys of `site.yaml`.
pub(crate) const SITE: Keys = Keys::Fixed(&[
    KeyDescription::new("title", &["标题", "网站名称", "名称"], ValueShape::Text, BothLanguages::new("文字", "text"))
        .required()
        .such_as("title: 江门市法治政府建设档案")
        .so_that("必填", "required"),
    KeyDescription::new(
        "base_url",
        &["网址", "域名"],
        ValueShape::Like("^[Hh][Tt][Tt][Pp][Ss]?:"),
        BothLanguages::new(
            "网站将放在哪里，`https://…`，放在子目录下的连同子目录；不带用户名、`?`、`#`、`..` 和空的目录名",
            "where the site will stand, `https://…`, with the folder if it is in one; no user, `?`, `#`, `..` or empty \
             folder",
        ),
    )
    .required()
    .such_as("base_url: https://www.example.gov.cn/fzzf/")
    .so_that("必填", "required"),
    KeyDescription::new(
        "language",
        &["语言"],
        ValueShape::OneOfOrOwn(|| known(&LANGUAGES), TAG),
        BothLanguages::new(
            "`zh-CN`（中文）、`en`（英文），或主题会说的别的语言，如 `mn`：界面的语言",
            "`zh-CN` (中文), `en` (英文) or another language that the theme speaks, such as `mn`: the language of the interface",
        ),
    )
    .such_as("language: zh-CN")
    .so_that("`zh-CN`", "`zh-CN`"),
    KeyDescription::new(
        "languages",
        &["多种语言", "语言列表"],
        ValueShape::Many(&ValueShape::OneOfOrOwn(|| known(&LANGUAGES), TAG)),
        BothLanguages::new(
            "几种界面语言，第一种是网站自己的，其余的在 `/en/`、`/zh/` 等之下，[见下文](#两种语言)",
            "several languages of the interface; the first is the site's own, the others stand under `/en/`, `/zh/` and \
             the like, [see below](#two-languages)",
        ),
    )
    .such_as("languages: [zh-CN, en]")
    .so_that("只有 `language`", "`language` alone"),
    KeyDescription::new("title_en", &["英文标题", "英文名称"], ValueShape::Text, BothLanguages::new("网站的英文名称", "the site's name in English"))
        .such_as("title_en: Rule-of-law archive of Jiangmen")
        .so_that("`title`", "`title`"),
    KeyDescription::new(
        "description_en",
        &["英文简介"],
        ValueShape::Text,
        BothLanguages::new("英文的一句话", "the one sentence in English"),
    )
    .such_as("description_en: Yearly reports of the governments of Jiangmen.")
    .so_that("`description`", "`description`"),
    KeyDescription::new("theme", &["主题"], ValueShape::Text, BothLanguages::new("主题的名称", "the name of a theme"))
        .such_as("theme: gongbao")
        .so_that("`gongbao`", "`gongbao`"),
    KeyDescription::new("description", &["描述", "简介", "说明"], ValueShape::Text, BothLanguages::new("一句话", "one sentence"))
        .such_as("description: 江门市各级政府的法治政府建设年度报告。")
        .so_that("空", "empty"),
    KeyDescription::new(
        "publisher",
        &["主办单位", "发布单位"],
        ValueShape::Group(&PUBLISHER),
        BothLanguages::new("`name`、`address`、`phone`、`email`", "`name`, `address`, `phone`, `email`"),
    )
    .such_as("publisher: { name: 江门市司法局 }")
    .so_that("页脚不写", "nothing in the footer"),
    KeyDescription::new(
        "government_site",
        &["政府网站"],
        ValueShape::Group(&GOVERNMENT_SITE),
        BothLanguages::new("见下文", "see below"),
    )
    .such_as("government_site: { site_domain: www.example.gov.cn }")
    .so_that("–", "–"),
    KeyDescription::new(
        "license",
        &["许可", "许可协议", "授权"],
        ValueShape::Text,
        BothLanguages::new(
            "文件和数据可以按什么许可使用：[SPDX 列表](https://spdx.org/licenses/)里的名称，或者网址",
            "the licence of documents and figures: a name of the [list of SPDX](https://spdx.org/licenses/), or an address",
        ),
    )
    .such_as("license: CC-BY-4.0")
    .so_that("不说", "nothing is said"),
    KeyDescription::new(
        "kinds",
        &["文种"],
        ValueShape::Group(&KINDS),
        BothLanguages::new("按编号写文种：`name`、`name_en`、`column_type`", "kinds by id: `name`, `name_en`, `column_type`"),
    )
    .such_as("kinds: { letter: { name: 复函 } }")
    .so_that("上面九种", "the nine above"),
    KeyDescription::new(
        "index_number_pattern",
        &["索引号格式"],
        ValueShape::Text,
        BothLanguages::new(
            "本站索引号的格式：`N` 一位数字，`A` 一位字母或数字，一个 `*` 任意多个字符，其余照写，如 `NNNNNNNN/NNNN-*`",
            "the shape of your index numbers: `N` a digit, `A` a letter or digit, one `*` for any characters, all else \
             for itself, as in `NNNNNNNN/NNNN-*`",
        ),
    )
    .such_as("index_number_pattern: NNNNNNNN/NNNN-*")
    .so_that("任何格式", "any shape"),
    KeyDescription::new(
        "deadlines",
        &["期限", "截止日期"],
        ValueShape::List(&ValueShape::Group(&DEADLINE)),
        BothLanguages::new("规则的列表，[见下文](#期限)", "a list of rules, [see below](#deadlines)"),
    )
    .such_as("deadlines: [{ kind: annual-report, from_year: 2026, due: 04-30 }]")
    .so_that("程序自带的规则", "the built-in table"),
    KeyDescription::new(
        "names",
        &["重要名称", "专名"],
        TEXTS,
        BothLanguages::new(
            "不能写错的名称，如机关全称、领导人姓名；差一个字的会提示",
            "names that must not be misspelt, of bodies and persons; what is one character off is told",
        ),
    )
    .such_as("names: [江门市人民政府, 江门市司法局]")
    .so_that("只查程序自带的几种写错", "the built-in slips alone"),
    KeyDescription::new(
        "jump",
        &["突变倍数", "变化倍数"],
        ValueShape::Number,
        BothLanguages::new(
            "某项数字与上一年度相差多少倍就提示，大于 1",
            "how many times a figure must be that of the year before to be told, above 1",
        ),
    )
    .such_as("jump: 5")
    .so_that("10", "10"),
    KeyDescription::new(
        "checks",
        &["检查", "检查规则"],
        ValueShape::List(&ValueShape::Group(&CHECK)),
        BothLanguages::new(
            "检查结果的轻重，放行哪一处，[见下文](#检查)",
            "what findings weigh, and which is allowed, [see below](#checks)",
        ),
    )
    .such_as("checks: [{ code: site/label, level: note, reason: 备案正在办理 }]")
    .so_that("各代码自带的轻重", "what each code weighs by itself"),
    KeyDescription::new("search", &["检索", "搜索"], ValueShape::Switch, BothLanguages::new("`true` 或 `false`", "`true` or `false`"))
        .such_as("search: true")
        .so_that("`true`", "`true`"),
    KeyDescription::new(
        "synonyms",
        &["同义词", "近义词"],
        ValueShape::Group(&SYNONYMS),
        BothLanguages::new(
            "一个词和它的同义词：原样找不到时，检索把它们当作一个词",
            "a word and those that mean the same: where nothing is found as typed, search takes one for the other",
        ),
    )
    .such_as("synonyms: { 民告官: [行政诉讼] }")
    .so_that("程序自带的一小张表", "a small built-in list"),
    KeyDescription::new("feeds", &["订阅"], ValueShape::Switch, BothLanguages::new("`true` 或 `false`", "`true` or `false`"))
        .such_as("feeds: true")
        .so_that("`true`", "`true`"),
    KeyDescription::new(
        "open_data",
        &["开放数据"],
        ValueShape::Switch,
        BothLanguages::new(
            "`true` 或 `false`：数字和目录能否下载（见 [data.md](../data.md)，英文）",
            "`true` or `false`: whether figures and the catalogue can be downloaded (see [data.md](data.md))",
        ),
    )
    .such_as("open_data: true")
    .so_that("`true`", "`true`"),
    KeyDescription::new(
        "gzip",
        &["压缩副本"],
        ValueShape::Switch,
        BothLanguages::new(
            "`true` 或 `false`：网页、数据等文本旁边是否各放一份压缩好的副本（见 [publishing.md](publishing.md)）",
            "`true` or `false`: whether each page, table and other text has a packed copy beside it (see [publishing.md](publishing.md))",
        ),
    )
    .such_as("gzip: true")
    .so_that("`false`", "`false`"),
]);

/// Words, each with those that mean the same.
const SYNONYMS: Keys = Keys::Chosen { pattern: "^.+$", shape: &TEXTS };

const PUBLISHER: Keys = Keys::Fixed(&[
    KeyDescription::new(
        "name",
        &["名称"],
        ValueShape::Text,
        BothLanguages::new("主办单位的名称", "its name"),
    )
    .such_as("name: 江门市司法局"),
    KeyDescription::new("address", &["地址"], ValueShape::Text, BothLanguages::new("地址", "its address")),
    KeyDescription::new(
        "phone",
        &["电话", "联系电话"],
        ValueShape::Text,
        BothLanguages::new("电话，加引号", "its telephone number"),
    )
    .such_as("phone: \"0750-0000000\""),
    KeyDescription::new(
        "email",
        &["邮箱", "电子邮件", "电子邮箱"],
        ValueShape::Text,
        BothLanguages::new("电子邮件", "its electronic mail"),
    ),
]);

/// An address that becomes a link on every page.
const LINK: ValueShape = ValueShape::Like("^([Hh][Tt][Tt][Pp][Ss]?://|mailto:|/)");

const GOVERNMENT_SITE: Keys = Keys::Fixed(&[
    KeyDescription::new(
        "site_name",
        &["网站名称"],
        ValueShape::Text,
        BothLanguages::new("网站名称（`SiteName`）", "`SiteName`"),
    ),
    KeyDescription::new(
        "site_domain",
        &["网站域名", "域名"],
        ValueShape::Text,
        BothLanguages::new("网站域名（`SiteDomain`）", "`SiteDomain`"),
    )
    .such_as("site_domain: www.example.gov.cn"),
    KeyDescription::new(
        "site_id_code",
        &["网站标识码"],
        ValueShape::Digits("^[A-Za-z0-9]{10}$"),
        BothLanguages::new(
            "网站标识码（`SiteIDCode`），10 位字母或数字",
            "`SiteIDCode`, ten letters or digits",
        ),
    )
    .such_as("site_id_code: \"4407000001\""),
    KeyDescription::new(
        "icp_record",
        &["ICP备案", "ICP备案号", "备案号"],
        ValueShape::Text,
        BothLanguages::new("ICP 备案号", "the ICP registration"),
    ),
    KeyDescription::new(
        "police_record",
        &["公安备案", "公安备案号", "公网安备"],
        ValueShape::Text,
        BothLanguages::new("公安备案号", "the registration with the police"),
    ),
    KeyDescription::new(
        "party_government_icon",
        &["党政机关标识"],
        LINK,
        BothLanguages::new(
            "党政机关网站标识所指的网址",
            "the address behind the mark of party and government bodies",
        ),
    ),
    KeyDescription::new(
        "report_errors_url",
        &["找错", "政府网站找错"],
        LINK,
        BothLanguages::new("“找错”的网址", "where readers report errors"),
    ),
]);

const KINDS: Keys = Keys::Chosen { pattern: SLUG, shape: &ValueShape::Group(&KIND) };

const KIND: Keys = Keys::Fixed(&[
    KeyDescription::new(
        "name",
        &["名称"],
        ValueShape::Text,
        BothLanguages::new(
            "文种的名称；新加的文种必须写",
            "what it is called; required for a kind that is new",
        ),
    )
    .such_as("name: 复函"),
    KeyDescription::new(
        "name_en",
        &["英文名", "英文名称"],
        ValueShape::Text,
        BothLanguages::new("英文名称", "its name in English"),
    )
    .such_as("name_en: Letter"),
    KeyDescription::new(
        "column_type",
        &["栏目类别"],
        ValueShape::Text,
        BothLanguages::new("页面标签 `ColumnType` 的值", "the page label `ColumnType`"),
    )
    .such_as("column_type: 政策文件"),
]);

const DEADLINE: Keys = Keys::Fixed(&[
    KeyDescription::new(
        "kind",
        &["文种"],
        ValueShape::OneOfOrOwn(known_built_in, SLUG),
        BothLanguages::new("文种", "the kind"),
    )
    .required()
    .such_as("kind: annual-report"),
    KeyDescription::new(
        "from_year",
        &["起始年度"],
        ValueShape::Digits("^[-+]?[0-9]+$"),
        BothLanguages::new("从哪个年度的报告起", "the first year covered that this rule applies to"),
    )
    .required()
    .such_as("from_year: 2026"),
    KeyDescription::new(
        "due",
        &["截止日期", "期限"],
        ValueShape::Like("^\\+?[0-9]+-\\+?[0-9]+$"),
        BothLanguages::new(
            "次年按时公开的最后一天",
            "the last day on time, in the year after the one covered",
        ),
    )
    .required()
    .such_as("due: 04-30"),
    KeyDescription::new(
        "day_after",
        &["次日"],
        ValueShape::OneOf(|| known(&DAYS_AFTER)),
        BothLanguages::new(
            "`late`（逾期，不写即是）或 `in-question`（临界）",
            "`late` (as if not given) or `in-question`",
        ),
    )
    .such_as("day_after: late"),
    KeyDescription::new(
        "levels",
        &["级别", "层级"],
        ValueShape::Many(&ValueShape::OneOf(|| known(&LEVELS))),
        BothLanguages::new(
            "适用于哪些级别；不写即全部",
            "the levels that it binds; all where it is not given",
        ),
    )
    .such_as("levels: [county, township]"),
    KeyDescription::new(
        "basis",
        &["依据"],
        ValueShape::Text,
        BothLanguages::new("规定的名称和条款", "where the rule stands"),
    ),
]);

const CHECK: Keys = Keys::Fixed(&[
    KeyDescription::new(
        "code",
        &["代码"],
        ValueShape::Like("^[a-z-]+/([a-z-]+|\\*)$"),
        BothLanguages::new("代码；一类代码写成 `text/*`", "a code, or a family of them, `text/*`"),
    )
    .required()
    .such_as("code: site/label"),
    KeyDescription::new(
        "level",
        &["级别", "程度"],
        ValueShape::OneOf(|| known(&WEIGHTS)),
        BothLanguages::new(
            "`error`（错误）、`warning`（警告）、`note`（说明）或 `off`（关闭）",
            "`error`, `warning`, `note` or `off`",
        ),
    )
    .such_as("level: note"),
    KeyDescription::new(
        "allow",
        &["放行", "允许"],
        ValueShape::Text,
        BothLanguages::new(
            "放行哪个文件里的一处，写文件的路径",
            "the file in which one finding is allowed, by its path",
        ),
    )
    .such_as("allow: content/jiangmen/2019.md"),
    KeyDescription::new(
        "at",
        &["位置", "处"],
        ValueShape::Text,
        BothLanguages::new(
            "有几处时是哪一处：那里的字句，或者检查结果里的字句",
            "which one, where there are several: words that stand there, or in the message",
        ),
    )
    .such_as("at: 持续加强持续加强"),
    KeyDescription::new(
        "reason",
        &["理由", "原因"],
        ValueShape::Text,
        BothLanguages::new("为什么；调低和放行必须写", "why; needed to lower or allow"),
    )
    .such_as("reason: 原文如此"),
]);

/// The keys of `indicators.yaml`: ids, each with an indicator.
pub(crate) const REGISTRY: Keys =
    Keys::Chosen { pattern: "^[a-z][a-z0-9_-]*$", shape: &ValueShape::Group(&INDICATOR) };

/// The keys of an indicator.
pub(crate) const INDICATOR: Keys = Keys::Fixed(&[
    KeyDescription::new(
        "name",
        &["名称", "名字"],
        ValueShape::Text,
        BothLanguages::new("报告里的叫法，必填", "what it is called in reports, required"),
    )
    .required()
    .such_as("name: 办结行政复议案件"),
    KeyDescription::new("name_en", &["英文名", "英文名称"], ValueShape::Text, BothLanguages::new("文字", "text"))
        .such_as("name_en: Reconsideration cases closed"),
    KeyDescription::new(
        "unit",
        &["单位", "计量单位"],
        ValueShape::Text,
        BothLanguages::new(
            "报告里印的单位：件、%、万元、名；没有单位就不写",
            "the unit as reports print it: 件, %, 万元, 名; nothing for a bare number",
        ),
    )
    .such_as("unit: 件"),
    KeyDescription::new(
        "kind",
        &["类型", "种类", "类别"],
        ValueShape::OneOf(|| known(&MEASURES)),
        BothLanguages::new(
            "`flow`（当年发生数，不写即是）、`stock`（年末数）、`cumulative`（累计数：从某时起）、`ratio`（比率）、\
             `rank`（名次）、`amount`（金额）、`duration`（时长）、`target`（目标）",
            "`flow` (当年发生数: counted in the year; as if not given), `stock` (年末数: at its end), `cumulative` (累计数: \
             since a beginning), `ratio` (比率), `rank` (名次), `amount` (金额), `duration` (时长), `target` (目标)",
        ),
    )
    .such_as("kind: flow"),
    KeyDescription::new(
        "direction",
        &["方向"],
        ValueShape::OneOf(|| known(&DIRECTIONS)),
        BothLanguages::new(
            "怎样算好：`higher`（越高越好）、`lower`（越低越好）、`neutral`（不论高低，不写即是）",
            "which way is better: `higher` (越高越好), `lower` (越低越好), `neutral` (不论高低; as if not given)",
        ),
    )
    .such_as("direction: higher"),
    KeyDescription::new("group", &["分组", "组"], ValueShape::Text, BothLanguages::new("所属的分组", "the theme that it belongs to"))
        .such_as("group: 行政复议"),
    KeyDescription::new(
        "aliases",
        &["别名"],
        TEXTS,
        BothLanguages::new(
            "别的叫法，照句子里和表格标题里的写",
            "other names, as they stand in sentences and in the labels of tables",
        ),
    )
    .such_as("aliases: [行政复议办结]"),
    KeyDescription::new("definition", &["定义", "口径"], ValueShape::Text, BothLanguages::new("究竟统计什么", "what exactly is counted"))
        .such_as("definition: 年内办结的行政复议案件数，不含结转未结。"),
    KeyDescription::new(
        "cell",
        &["表格", "格"],
        ValueShape::Like("^[a-z-]+/[a-z0-9.-]+/[a-z-]+$"),
        BothLanguages::new(
            "信息公开年报规定表格里的一格，[见下文](#信息公开年报的表格)：从表里取数，不必逐份申报",
            "a cell of a prescribed table, [see below](#tables-of-reports-on-disclosure): reports tell it without declaring",
        ),
    )
    .such_as("cell: requests/new/total"),
]);

/// The keys of `sites.yaml`.
pub(crate) const SITES: Keys = Keys::Fixed(&[KeyDescription::new(
    "offices",
    &["各单位", "单位", "网站列表"],
    ValueShape::List(&ValueShape::Group(&MEMBER)),
    BothLanguages::new("各家的列表", "a list of offices"),
)
.required()
.such_as("offices: [{ name: jiangmen, title: 江门市人民政府, url: https://www.jiangmen.example/fzzf/ }]")]);

/// The keys of an office of `sites.yaml`.
pub(crate) const MEMBER: Keys = Keys::Fixed(&[
    KeyDescription::new(
        "name",
        &["名称", "代号"],
        ValueShape::Text,
        BothLanguages::new(
            "小写字母、数字和连字符，每家一个：状态页上的位置；两家的地方重名时，后一家的地方叫 `<名称>-<地方>`",
            "lower-case letters, figures and hyphens, one for each office: where it stands on the page of offices; where \
             places of two offices have one name, those of the second are `<name>-<place>`",
        ),
    )
    .required()
    .such_as("name: jiangmen")
    .so_that("必填", "required"),
    KeyDescription::new("title", &["标题", "单位名称"], ValueShape::Text, BothLanguages::new("单位的名称", "what the office is called"))
        .required()
        .such_as("title: 江门市人民政府")
        .so_that("必填", "required"),
    KeyDescription::new(
        "title_en",
        &["英文标题", "英文名称"],
        ValueShape::Text,
        BothLanguages::new("单位的英文名称", "what it is called in English"),
    )
    .such_as("title_en: Jiangmen Municipal Government")
    .so_that("`title`", "`title`"),
    KeyDescription::new(
        "url",
        &["网址"],
        ValueShape::Like("^[Hh][Tt][Tt][Pp][Ss]?:"),
        BothLanguages::new(
            "那家网站的网址，即它的 `base_url`；每条结果都指向这里",
            "where its site stands, which is its `base_url`; every result leads there",
        ),
    )
    .required()
    .such_as("url: https://www.jiangmen.example/fzzf/")
    .so_that("必填", "required"),
    KeyDescription::new(
        "folder",
        &["文件夹", "目录"],
        ValueShape::Text,
        BothLanguages::new(
            "不经网络、从这个文件夹读取那家的成品网站；相对 `sites.yaml` 所在的文件夹",
            "a folder with its finished site, which is read instead of asking the address; from where `sites.yaml` stands",
        ),
    )
    .such_as("folder: ../jiangmen/public")
    .so_that("向 `url` 请求", "`url` is asked"),
    KeyDescription::new(
        "public_key",
        &["公钥"],
        ValueShape::Like("^RW[0-9A-Za-z+/]{54}$"),
        BothLanguages::new(
            "那家的 minisign 公钥（`.pub` 文件第二行）：清单没有这把密钥的签名，就不采用",
            "the office's public key of minisign, the second line of its `.pub` file: a manifest that it has not signed is \
             not taken over",
        ),
    )
    .such_as("public_key: RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3")
    .so_that("不核对签名，状态页会写明", "no signature is checked, and the page of offices says so"),
    KeyDescription::new(
        "under",
        &["上级", "所属"],
        ValueShape::Text,
        BothLanguages::new(
            "汇总网站上的一个地方，那家最上层的地方归在它下面",
            "a place of the federated site, to which the office's topmost places belong",
        ),
    )
    .such_as("under: guangdong")
    .so_that("最上层的地方没有上级", "its topmost places stand at the top"),
    KeyDescription::new(
        "inner",
        &["内网"],
        ValueShape::Switch,
        BothLanguages::new(
            "`true`：网站在内网（如政务外网），可以访问；`false`：只访问公网地址",
            "`true` where the site is in an inner network, such as the government's own, and may be asked there; `false`: \
             public addresses alone",
        ),
    )
    .such_as("inner: true")
    .so_that("`false`", "`false`"),
]);

//! The keys of a document's front matter, in the order in which they are written.

use super::extent::EXTENTS;
use super::values::{ACCEPTABLE, BASES, QUALIFIERS, REASONS, ROLES, SCRIPTS, STATUSES, VALIDITIES};
use crate::config::{SLUG, built_in_kinds};
use crate::yaml::keys::{BothLanguages, DAY, KeyDescription, Keys, TEXTS, ValueShape};
use crate::yaml::names::{WrittenName, known};

/// The keys of front matter.
pub(crate) const MATTER: Keys = Keys::Fixed(&[
    KeyDescription::new(
        "title",
        &["标题", "题名", "题目", "文件标题", "名称"],
        ValueShape::Text,
        BothLanguages::new("文字，必填", "text, always required"),
    )
    .required()
    .such_as("title: 江门市2019年度法治政府建设情况报告")
    .so_that("页面标题、各列表、`ArticleTitle`", "heading, lists, `ArticleTitle`"),
    KeyDescription::new(
        "kind",
        &["文种", "类型", "种类", "类别", "文件类型", "公文种类"],
        ValueShape::OneOfOrOwn(built_in_kinds, SLUG),
        BothLanguages::new(
            "一个[文种](#各文种必填什么)；一个地方一年的报告（`annual-report`）可以不写，其余都要写",
            "a [kind](#what-each-kind-needs); needed unless the file is a place's own report for the year, which is \
             an `annual-report`",
        ),
    )
    .such_as("kind: work-plan")
    .so_that("按文种的列表、`ColumnName`、`ColumnType`", "lists by kind, `ColumnName`, `ColumnType`"),
    KeyDescription::new(
        "issuer",
        &["发文机关", "发文单位", "发布机构", "发布机关", "发布单位", "制发机关"],
        TEXTS,
        BothLanguages::new(
            "文字；联合发文写成列表，先后次序保留",
            "text, or a list for a joint document; the order is kept",
        ),
    )
    .such_as("issuer: [江门市人民政府, 江门市司法局]")
    .so_that("元数据（发文机关）、引用格式、`Author`", "metadata (发文机关), citation, `Author`"),
    KeyDescription::new(
        "index_number",
        &["索引号", "信息索引号"],
        ValueShape::Text,
        BothLanguages::new("文字；两份文件不能用同一个", "text; no two documents may share one"),
    )
    .such_as("index_number: 11440700/2020-00123")
    .so_that("元数据（索引号）、检索", "metadata (索引号), search"),
    KeyDescription::new(
        "document_number",
        &["发文字号", "文号", "文件编号", "公文字号"],
        ValueShape::Text,
        BothLanguages::new("文字，合 GB/T 9704 的写法", "text in the form of GB/T 9704"),
    )
    .such_as("document_number: 江府〔2020〕5号")
    .so_that("元数据（发文字号）、引用格式、检索", "metadata (发文字号), citation, search"),
    KeyDescription::new(
        "subjects",
        &["主题分类", "主题", "分类"],
        TEXTS,
        BothLanguages::new("文字或列表", "text or list"),
    )
    .such_as("subjects: [综合政务/政务公开]")
    .so_that("元数据（主题分类）", "metadata (主题分类)"),
    KeyDescription::new(
        "written",
        &["成文日期", "成文时间", "发文日期", "生成日期"],
        DAY,
        BothLanguages::new("日期", "a date"),
    )
    .such_as("written: 2020-03-02")
    .so_that("元数据（成文日期）", "metadata (成文日期)"),
    KeyDescription::new(
        "published",
        &["发布日期", "发布时间", "公开日期", "公开时间"],
        ValueShape::Like("^(unknown|[0-9]{4}-[0-9]{2}-[0-9]{2}([Tt ].*)?)$"),
        BothLanguages::new("日期，或日期和时间，或 `unknown`", "a date, a date and time, or `unknown`"),
    )
    .such_as("published: 2020-03-20 09:30")
    .so_that(
        "元数据（发布日期）、各列表、订阅、`PubDate`",
        "metadata (发布日期), lists, feeds, `PubDate`",
    ),
    KeyDescription::new(
        "validity",
        &["有效性", "时效性", "效力", "效力状态"],
        ValueShape::OneOf(|| known(&VALIDITIES)),
        BothLanguages::new(
            "`in-force`（有效）、`expired`（失效）、`repealed`（废止）、`amended`（已修改）",
            "`in-force` (有效), `expired` (失效), `repealed` (废止), `amended` (已修改)",
        ),
    )
    .such_as("validity: in-force")
    .so_that("元数据（有效性）", "metadata (有效性)"),
    KeyDescription::new("source", &["信息来源", "来源", "文章来源"], ValueShape::Text, BothLanguages::new("文字", "text"))
        .such_as("source: 江门市司法局")
        .so_that("元数据（信息来源）、`ContentSource`", "metadata (信息来源), `ContentSource`"),
    KeyDescription::new(
        "summary",
        &["摘要", "概要", "内容概述", "内容摘要"],
        ValueShape::Text,
        BothLanguages::new("一两句话", "a sentence or two"),
    )
    .such_as("summary: 全年办结行政复议案件745件。")
    .so_that("页面、订阅、`Description`", "page, feeds, `Description`"),
    KeyDescription::new(
        "keywords",
        &["关键词", "关键字", "主题词"],
        TEXTS,
        BothLanguages::new("文字或列表", "text or list"),
    )
    .such_as("keywords: [法治政府, 行政复议]")
    .so_that("元数据、`Keywords`", "metadata, `Keywords`"),
    KeyDescription::new(
        "status",
        &["状态"],
        ValueShape::OneOf(|| known(&STATUSES)),
        BothLanguages::new(
            "`published`（已发布，不写即是）、`draft`（草稿）、`withdrawn`（已撤回）",
            "`published` (已发布; as if not given), `draft` (草稿), `withdrawn` (已撤回)",
        ),
    )
    .such_as("status: draft")
    .so_that("见[发布之后](#发布之后)", "see [After publication](#after-publication)"),
    KeyDescription::new(
        "withdrawal",
        &["撤回", "撤回说明"],
        ValueShape::Group(&WITHDRAWAL),
        BothLanguages::new(
            "`date`、`reason`，都要写，需要时加 `what`；写了它，就是撤回",
            "`date` and `reason`, both needed, and if you like `what`; with it a document is withdrawn",
        ),
    )
    .such_as("withdrawal: { date: 2021-03-01, reason: personal-data }")
    .so_that("撤回后的页面；见[发布之后](#发布之后)", "the page that stays; see [After publication](#after-publication)"),
    KeyDescription::new(
        "extent",
        &["收录范围", "收录程度", "完整程度", "全文情况"],
        ValueShape::OneOf(|| known(&EXTENTS)),
        BothLanguages::new(
            "`full`（全文，不写即是）、`opening`（开头）、`excerpt`（摘录）、`digest`（摘编）",
            "`full` (全文; as if not given), `opening` (开头), `excerpt` (摘录), `digest` (摘编)",
        ),
    )
    .such_as("extent: digest")
    .so_that(
        "各处列表里的标记；见[摘录和摘编](#摘录和摘编)",
        "a badge wherever it is listed; see [Excerpts and digests](#excerpts-and-digests)",
    ),
    KeyDescription::new(
        "language",
        &["语言", "文字"],
        ValueShape::OneOf(|| known(&SCRIPTS)),
        BothLanguages::new(
            "`zh-Hans`（简体，不写即是）或 `zh-Hant`（繁体）",
            "`zh-Hans` (简体; as if not given) or `zh-Hant` (繁体)",
        ),
    )
    .such_as("language: zh-Hant")
    .so_that("字体和读屏软件所用的语言", "the language of the text for fonts and screen readers"),
    KeyDescription::new(
        "indicators",
        &["指标", "数据"],
        ValueShape::Group(&INDICATORS),
        BothLanguages::new("按指标编号写数值", "values by indicator id"),
    )
    .such_as("indicators: { reconsideration_closed: 745 }")
    .so_that("见[数字和它的依据](#数字和它的依据)", "see [Figures](#figures-and-their-evidence)"),
    KeyDescription::new(
        "wrapper",
        &["外层", "来文"],
        ValueShape::Group(&WRAPPER),
        BothLanguages::new(
            "`role`，需要时加 `title` 和 `text`",
            "`role`, and if you like `title` and `text`",
        ),
    )
    .such_as("wrapper: { role: issuing-notice }")
    .so_that("见[外层文件](#外层文件)", "see [Wrappers](#wrappers)"),
    KeyDescription::new(
        "corrections",
        &["更正", "勘误"],
        ValueShape::List(&ValueShape::Group(&CORRECTION)),
        BothLanguages::new(
            "列表，每条有 `date` 和 `note`，都要写",
            "a list of `date` and `note`, both needed",
        ),
    )
    .such_as("corrections: [{ date: 2020-05-06, note: 更正案件数 }]")
    .so_that("正文上方", "above the text"),
    KeyDescription::new(
        "attachments",
        &["附件"],
        ValueShape::List(&ValueShape::Group(&ATTACHMENT)),
        BothLanguages::new(
            "列表，每条有 `file`，需要时加 `title`",
            "a list of `file`, and if you like `title`",
        ),
    )
    .such_as("attachments: [{ file: 附件1.pdf, title: 附件1 }]")
    .so_that("连同大小和 SHA-256", "with size and SHA-256"),
    KeyDescription::new(
        "relations",
        &["相关文件", "关联", "相关"],
        ValueShape::Group(&RELATED),
        BothLanguages::new(
            "`reports_on`、`replaces`、`interprets`、`related`：各写一个地址或列表；`answers`，[见下文](#任务和落实情况)",
            "`reports_on`, `replaces`, `interprets`, `related`: an address or a list each; `answers`, \
             [see below](#tasks-and-answers)",
        ),
    )
    .such_as("relations: { reports_on: /jiangmen/2019/work-plan/ }")
    .so_that("两份文件的页面上都有", "on both documents"),
    KeyDescription::new(
        "tasks",
        &["任务", "任务分解", "任务分工"],
        ValueShape::List(&ValueShape::Group(&TASK)),
        BothLanguages::new(
            "列表，每条有 `section`，可加 `title` 和 `responsible`；[见下文](#任务和落实情况)",
            "a list of `section` with `title` and `responsible`; [see below](#tasks-and-answers)",
        ),
    )
    .such_as("- { section: sec-1-2, responsible: [市司法局] }")
    .so_that("正文下方的表格", "in a table below the text"),
    KeyDescription::new(
        "aliases",
        &["旧地址", "别名"],
        TEXTS,
        BothLanguages::new("一个旧地址或列表", "one old address or a list"),
    )
    .such_as("aliases: [/zwgk/post_123.html]")
    .so_that("旧地址的页面会转到这里", "a page there leads on to this one"),
    KeyDescription::new(
        "accept",
        &["接受"],
        ValueShape::List(&ValueShape::Group(&ACCEPTED)),
        BothLanguages::new(
            "列表，每条有 `code` 和 `reason`，都要写，可加 `at`",
            "a list of `code` and `reason`, both needed, and `at`",
        ),
    )
    .such_as("accept: [{ code: ordinal/repeated, at: 三、强化监督, reason: 原文如此 }]")
    .so_that("见[原文的差错](#原文的差错)", "see [Slips of the issuer](#slips-of-the-issuer)"),
]);

/// Declared figures, by the id of their indicator.
const INDICATORS: Keys = Keys::Chosen { pattern: "", shape: &FIGURE_OR_NUMBER };

const FIGURE_OR_NUMBER: ValueShape = ValueShape::Either(&ValueShape::Number, &ValueShape::Group(&FIGURE));

const FIGURE: Keys = Keys::Fixed(&[
    KeyDescription::new(
        "value",
        &["数值", "数", "值"],
        ValueShape::Either(&ValueShape::Number, &ValueShape::Group(&RANGE)),
        BothLanguages::new(
            "数字，不带单位；或 `{ from: 6, to: 6.5 }`",
            "a number without its unit, or `{ from: 6, to: 6.5 }`",
        ),
    )
    .required()
    .such_as("value: 745"),
    KeyDescription::new(
        "qualifier",
        &["约数"],
        ValueShape::OneOf(|| known(&QUALIFIERS)),
        BothLanguages::new(
            "原文写“约”“余”“近”的，写它的意思",
            "how exact it is, where the text says 约, 余 or 近",
        ),
    )
    .such_as("qualifier: about"),
    KeyDescription::new(
        "quote",
        &["引文", "原文"],
        ValueShape::Text,
        BothLanguages::new("含有这个数字的原文", "words of the text that hold it"),
    )
    .such_as("quote: 办结行政复议案件745件"),
    KeyDescription::new(
        "basis",
        &["依据"],
        ValueShape::OneOf(|| known(&BASES)),
        BothLanguages::new(
            "数字只在附件里的，写 `attachment`",
            "`attachment` where it stands in an attachment alone",
        ),
    )
    .such_as("basis: attachment"),
]);

const RANGE: Keys = Keys::Fixed(&[
    KeyDescription::new(
        "from",
        &["下限", "从", "起"],
        ValueShape::Number,
        BothLanguages::new("数字", "a number"),
    )
    .required()
    .such_as("from: 6"),
    KeyDescription::new(
        "to",
        &["上限", "到", "至"],
        ValueShape::Number,
        BothLanguages::new("数字", "a number"),
    )
    .required()
    .such_as("to: 6.5"),
]);

const WRAPPER: Keys = Keys::Fixed(&[
    KeyDescription::new(
        "role",
        &["角色"],
        ValueShape::OneOf(|| known(&ROLES)),
        BothLanguages::new(
            "呈报的 `covering-letter`，印发的 `issuing-notice`",
            "`covering-letter` where it submits the text, `issuing-notice` where it issues it",
        ),
    )
    .required()
    .such_as("role: issuing-notice"),
    KeyDescription::new(
        "title",
        &["标题", "题名", "题目"],
        ValueShape::Text,
        BothLanguages::new("它的标题", "its title"),
    )
    .such_as("title: 关于印发工作要点的通知"),
    KeyDescription::new(
        "text",
        &["正文"],
        ValueShape::Text,
        BothLanguages::new(
            "它的正文；写在本文标题之前的，不写这一项",
            "its text, unless that stands before the main title of the body",
        ),
    )
    .such_as("text: 现将工作要点印发给你们。"),
]);

const CORRECTION: Keys = Keys::Fixed(&[
    KeyDescription::new(
        "date",
        &["日期", "更正日期"],
        DAY,
        BothLanguages::new("更正的日期", "the day of the correction"),
    )
    .required()
    .such_as("date: 2020-05-06"),
    KeyDescription::new(
        "note",
        &["说明", "更正说明"],
        ValueShape::Text,
        BothLanguages::new("更正了什么", "what was corrected"),
    )
    .required()
    .such_as("note: 更正第二部分的案件数"),
]);

const WITHDRAWAL: Keys = Keys::Fixed(&[
    KeyDescription::new("date", &["日期", "撤回日期"], DAY, BothLanguages::new("撤回的日期", "the day of the withdrawal"))
        .required()
        .such_as("date: 2021-03-01"),
    KeyDescription::new(
        "reason",
        &["原因", "理由"],
        ValueShape::OneOf(|| known(&REASONS)),
        BothLanguages::new(
            "`error`（内容有误）、`superseded`（已被取代）、`personal-data`（个人信息）、`secrecy`（不宜公开）、`other`（其他）",
            "`error` (内容有误), `superseded` (已被取代), `personal-data` (个人信息), `secrecy` (不宜公开), `other` (其他)",
        ),
    )
    .required()
    .such_as("reason: personal-data"),
    KeyDescription::new(
        "what",
        &["说明", "内容"],
        ValueShape::Text,
        BothLanguages::new("给读者看的一句话", "a sentence for readers"),
    )
    .such_as("what: 正文误列了当事人的住址。"),
]);

const ATTACHMENT: Keys = Keys::Fixed(&[
    KeyDescription::new(
        "file",
        &["文件", "文件名"],
        ValueShape::Text,
        BothLanguages::new("本文件旁边的文件", "the name of a file beside this one"),
    )
    .required()
    .such_as("file: 附件1.pdf"),
    KeyDescription::new(
        "title",
        &["标题", "名称"],
        ValueShape::Text,
        BothLanguages::new("它的标题", "its title"),
    )
    .such_as("title: 附件1"),
]);

const RELATED: Keys = Keys::Fixed(&[
    KeyDescription::new(
        "reports_on",
        &["落实", "总结"],
        TEXTS,
        BothLanguages::new("这份报告所总结的工作要点", "the plan that this report is about"),
    )
    .such_as("reports_on: /jiangmen/2019/work-plan/"),
    KeyDescription::new(
        "replaces",
        &["取代", "代替"],
        TEXTS,
        BothLanguages::new("它取代的文件", "the document that it replaces"),
    )
    .such_as("replaces: /jiangmen/2018/rules/"),
    KeyDescription::new(
        "interprets",
        &["解读"],
        TEXTS,
        BothLanguages::new("它解读的文件", "the document that it explains"),
    )
    .such_as("interprets: /jiangmen/2019/"),
    KeyDescription::new(
        "related",
        &["相关", "相关文件"],
        TEXTS,
        BothLanguages::new("其他相关的文件", "any other related document"),
    )
    .such_as("related: /jiangmen/2019/news/"),
    KeyDescription::new(
        "answers",
        &["落实情况", "答复"],
        ValueShape::List(&ValueShape::Group(&ANSWER)),
        BothLanguages::new("哪些节说的是哪项任务", "which sections answer which tasks"),
    ),
]);

const TASK: Keys = Keys::Fixed(&[
    KeyDescription::new(
        "section",
        &["节", "章节"],
        ValueShape::Text,
        BothLanguages::new("任务所在的节", "the section that it stands in"),
    )
    .required()
    .such_as("section: sec-1-2"),
    KeyDescription::new(
        "title",
        &["标题", "任务"],
        ValueShape::Text,
        BothLanguages::new("做什么", "what is to be done"),
    )
    .such_as("title: 推进政务公开"),
    KeyDescription::new(
        "responsible",
        &["责任单位", "责任部门", "牵头单位", "负责单位"],
        TEXTS,
        BothLanguages::new("责任单位，一个或列表", "who is to do it, one or a list"),
    )
    .such_as("responsible: [市司法局]"),
]);

const ANSWER: Keys = Keys::Fixed(&[
    KeyDescription::new(
        "task",
        &["任务"],
        ValueShape::Text,
        BothLanguages::new("任务的地址", "the task's address"),
    )
    .required()
    .such_as("task: /chibi/2019/work-plan/#sec-1-2"),
    KeyDescription::new(
        "section",
        &["节", "章节"],
        TEXTS,
        BothLanguages::new("本文的节，一个或列表", "a section of this document, or a list"),
    )
    .required()
    .such_as("section: sec-2-3"),
]);

const ACCEPTED: Keys = Keys::Fixed(&[
    KeyDescription::new(
        "code",
        &["代码"],
        ValueShape::OneOf(acceptable),
        BothLanguages::new("问题的代码", "the code of the finding"),
    )
    .required()
    .such_as("code: ordinal/repeated"),
    KeyDescription::new(
        "at",
        &["位置", "地方"],
        ValueShape::Text,
        BothLanguages::new("那里的文字，或节的锚点", "words that stand there, or the anchor of the section"),
    )
    .such_as("at: 三、强化监督"),
    KeyDescription::new("reason", &["原因", "理由"], ValueShape::Text, BothLanguages::new("原因", "why"))
        .required()
        .such_as("reason: 原文如此"),
]);

fn acceptable() -> Vec<WrittenName<'static>> {
    ACCEPTABLE.iter().map(|code| WrittenName { name: code, called: Vec::new() }).collect()
}

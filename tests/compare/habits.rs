//! Invented pairs of reports with the habits of real offices: from one year to the next every
//! heading has another name and no sentence stays, themes are split and merged, each theme stands
//! in the review and in the plan, and some are new or gone. All that lasts is what a theme is
//! about: a draw of its own terms.

use std::collections::BTreeSet;

use xiangwei::compare::{ComparedText, SectionStatus, compare};

use super::random::Random;
use super::truth::{Score, Written};

/// A theme: what its sections are called, and the terms of its two halves.
struct Theme {
    titles: [&'static str; 4],
    halves: [[&'static str; 7]; 2],
}

const THEMES: [Theme; 12] = [
    Theme {
        titles: ["治水护河", "让水更清", "水利事业", "补齐水网短板"],
        halves: [
            ["河湖长", "清淤疏浚", "堤防加固", "泵站", "闸坝", "山洪预警", "水库除险"],
            ["自来水", "污水管网", "雨污分流", "水源地", "节水型小区", "再生水", "黑臭沟渠"],
        ],
    },
    Theme {
        titles: ["办好学校", "教育优先", "让孩子上好学", "学有所教"],
        halves: [
            ["公办园", "学位", "校舍改造", "教师轮岗", "集团化办学", "课后托管", "营养午餐"],
            ["职业院校", "实训基地", "高考综合", "研学旅行", "助学贷款", "特殊教育", "产教融合"],
        ],
    },
    Theme {
        titles: ["守护健康", "医疗卫生", "看病更方便", "病有所医"],
        halves: [
            ["县级医院", "专科联盟", "急救站点", "胸痛中心", "远程会诊", "床位", "中医馆"],
            ["家庭医生", "医保报销", "药品集采", "疫苗接种", "慢病随访", "托幼照护", "献血屋"],
        ],
    },
    Theme {
        titles: ["道路通达", "大交通格局", "出行条件", "打通堵点"],
        halves: [
            ["高速公路", "货运码头", "铁路专线", "航道疏通", "跨江大桥", "物流枢纽", "机场扩建"],
            ["公交线路", "停车泊位", "断头路", "共享单车", "信号灯", "慢行绿道", "农村客运"],
        ],
    },
    Theme {
        titles: ["工业强市", "制造业当家", "壮大实体", "产业能级"],
        halves: [
            ["装备制造", "链主企业", "技改投资", "标准厂房", "新材料", "工业用地", "灯塔工厂"],
            ["专精特新", "小升规", "电费补贴", "供应链金融", "质量品牌", "首台套", "招商专班"],
        ],
    },
    Theme {
        titles: ["兴农富民", "田野新貌", "乡村全面振兴", "三农压舱石"],
        halves: [
            ["高标准农田", "种业", "粮食播种", "冷链仓储", "农机合作社", "生猪存栏", "茶叶基地"],
            ["宅基地", "人居整治", "农房风貌", "村级集体", "返乡创业", "防返贫监测", "户厕改造"],
        ],
    },
    Theme {
        titles: ["文旅添彩", "文化繁荣", "以文塑城", "精神家园"],
        halves: [
            ["图书馆", "非遗工坊", "古街修缮", "惠民演出", "考古遗址", "戏曲进乡村", "书香阅读"],
            ["景区创建", "民宿集群", "马拉松", "夜游航线", "体育公园", "旅游列车", "房车营地"],
        ],
    },
    Theme {
        titles: ["科创赋能", "向创新要动力", "科技自强", "智慧引擎"],
        halves: [
            ["重点实验室", "研发经费", "发明专利", "揭榜挂帅", "中试平台", "院士工作站", "高新企业"],
            ["算力中心", "数据要素", "人工智能", "数字孪生", "基站", "工业软件", "卫星导航"],
        ],
    },
    Theme {
        titles: ["蓝天碧土", "生态优先", "绿色转型", "颜值更高"],
        halves: [
            ["扬尘管控", "散煤替代", "臭氧协同", "机动车尾气", "秸秆禁烧", "噪声监测", "空气优良"],
            ["矿山复绿", "固废填埋", "湿地修复", "造林抚育", "光伏装机", "碳排放核算", "候鸟栖息"],
        ],
    },
    Theme {
        titles: ["安居宜居", "城市更新", "住有所居", "精细治城"],
        halves: [
            ["老旧小区", "保障租赁", "棚户区", "加装电梯", "保交楼", "公积金", "物业纠纷"],
            ["口袋绿地", "管廊", "垃圾分类", "违建拆除", "燃气阀门", "照明路灯", "背街小巷"],
        ],
    },
    Theme {
        titles: ["平安底线", "安全发展", "筑牢屏障", "应急体系"],
        halves: [
            ["消防站", "危化品", "隐患排查", "森林防火", "避难场所", "矿井", "应急演练"],
            ["网络诈骗", "信访积案", "社区矫正", "禁毒", "金融风险", "巡逻防控", "食品抽检"],
        ],
    },
    Theme {
        titles: ["开放合作", "招商引资", "外贸突围", "扩大朋友圈"],
        halves: [
            ["保税仓", "中欧班列", "跨境电商", "口岸通关", "外资项目", "友好城市", "出口信保"],
            ["步行街", "消费券", "首店", "会展", "直播带货", "老字号", "家电换新"],
        ],
    },
];

/// What is said of a theme's terms in the reviews and in the plans of either year.
const SAID: [[[&str; 5]; 2]; 2] = [
    [
        [
            "{a}、{b}取得明显进展，{c}同比增长{n}%",
            "建成{a}{n}处，{b}、{c}全面完成",
            "圆满完成{a}年度计划，带动了{b}和{c}",
            "{a}获批试点，累计投入{n}万元支持{b}和{c}",
            "在全省率先打造{a}样板，{b}、{c}首次实现全覆盖",
        ],
        [
            "继续抓好{a}，健全{b}、{c}长效机制",
            "力争{a}达到{n}个，确保{b}、{c}年内见效",
            "抓紧{a}前期工作，争取{b}和{c}开工",
            "完善{a}扶持办法，逐步向{b}和{c}延伸",
            "今年安排{a}项目{n}个，兼顾{b}、{c}",
        ],
    ],
    [
        [
            "我们把{a}和{b}摆在突出位置，投用{c}{n}座",
            "{a}成了亮点，{b}、{c}成效逐步显现",
            "先后实施{a}、{b}、{c}等一批实事",
            "{a}、{b}受到上级通报表扬，{c}比去年多了{n}件",
            "破解了{a}卡点，{b}和{c}一并跟上",
        ],
        [
            "以{a}为抓手，有序布局{b}和{c}",
            "谋划{a}、{b}、{c}等重大事项，确保开好局",
            "启动{a}{n}项，力争{b}、{c}有大的改观",
            "因地制宜发展{a}，用心用情办好{b}、{c}",
            "着眼长远做好{a}，{b}和{c}今年要有新面貌",
        ],
    ],
];
const COMMON: [&str; 5] = [
    "坚持以人民为中心的发展思想，各项工作扎实推进",
    "强化统筹协调，压实各方责任",
    "深入实施三年行动，推动高质量发展",
    "突出问题导向，狠抓任务落实",
    "着眼长远，打牢基础",
];
const MANNERS: [&str; 6] =
    ["聚力{t}，迈出新步伐", "坚定不移推进{t}", "{t}", "着眼{t}，办好实事", "突出{t}重点", "{t}再上台阶"];
/// What chapters are called: reviews, plans, and what is said of the office itself.
const CHAPTERS: [[&str; 3]; 3] = [
    ["上一年工作回顾", "过去一年工作情况", "一年来的主要成效"],
    ["今年工作安排", "全年目标和重点任务", "下一步工作打算"],
    ["加强政府自身建设", "建设人民满意政府", "提升政府治理效能"],
];
const OFFICE: [&str; 7] =
    ["廉洁从政", "依法行政", "政务公开", "机关作风", "审计监督", "公务接待", "过紧日子"];

/// A half of a theme.
type Half = (usize, usize);

/// The sections of a chapter, each by the halves of themes that it is about.
type Chapter = Vec<BTreeSet<Half>>;

/// Two reports, and which sections continue each other, by their numbers.
pub(crate) struct Habits {
    before: Written,
    after: Written,
    links: BTreeSet<(usize, usize)>,
}

impl Habits {
    pub(crate) fn new(seed: u64) -> Self {
        let mut random = Random::new(seed);
        let gone = random.between(0, THEMES.len() as u64 - 1) as usize;
        let new = (gone + 1 + random.between(0, THEMES.len() as u64 - 2) as usize) % THEMES.len();
        let mut year = |missing| [(); 2].map(|()| chapter(missing, &mut random));
        let (before, after) = (year(new), year(gone));
        let links = links(&before, &after);
        Self { before: written(&before, 0, &mut random), after: written(&after, 1, &mut random), links }
    }
}

/// A chapter on all themes but one, some of them in two sections and some together.
fn chapter(missing: usize, random: &mut Random) -> Chapter {
    let mut sections: Chapter = Vec::new();
    for theme in (0..THEMES.len()).filter(|theme| *theme != missing) {
        let halves = [(theme, 0), (theme, 1)];
        match random.between(1, 100) {
            1..=10 => sections.extend(halves.map(|half| BTreeSet::from([half]))),
            11..=18 if !sections.is_empty() => sections.last_mut().unwrap().extend(halves),
            _ => sections.push(halves.into()),
        }
    }
    for _ in 0..3 {
        let at = random.between(1, sections.len() as u64 - 1) as usize;
        sections.swap(at - 1, at);
    }
    sections
}

/// Which sections of the two years are about the same, chapter by chapter.
fn links(before: &[Chapter; 2], after: &[Chapter; 2]) -> BTreeSet<(usize, usize)> {
    let mut links = BTreeSet::new();
    let (mut i, mut j) = (1, 1);
    for (old, new) in before.iter().zip(after) {
        links.insert((i, j));
        for (a, section) in old.iter().enumerate() {
            let same = new.iter().enumerate().filter(|(_, other)| !section.is_disjoint(other));
            links.extend(same.map(|(b, _)| (i + 1 + a, j + 1 + b)));
        }
        (i, j) = (i + 1 + old.len(), j + 1 + new.len());
    }
    links.insert((i, j));
    links
}

/// A report of a year; no heading and no sentence is that of the other year.
fn written(chapters: &[Chapter; 2], year: usize, random: &mut Random) -> Written {
    let mut parts = vec![(String::new(), 0, String::new(), vec!["各位代表：".to_owned()])];
    let mut open = |depth, title: String, body| parts.push((format!("s{}", parts.len()), depth, title, body));
    for (role, chapter) in chapters.iter().enumerate() {
        let lead = format!("{}。", COMMON[2 * role + year]);
        open(1, CHAPTERS[role][year + random.between(0, 1) as usize].to_owned(), vec![lead]);
        for section in chapter {
            open(2, title(section, year, random), body(section, &SAID[year][role], random));
        }
    }
    let said =
        |at: usize| format!("坚持{}，推进{}。", OFFICE[(at + year) % 7], OFFICE[(at + 2 + 2 * year) % 7]);
    open(1, CHAPTERS[2][2 * year].to_owned(), (0..5).map(said).collect());
    Written(parts)
}

fn title(section: &BTreeSet<Half>, year: usize, random: &mut Random) -> String {
    let themes: BTreeSet<usize> = section.iter().map(|(theme, _)| *theme).collect();
    let name = |theme: &usize| THEMES[*theme].titles[2 * year + random.between(0, 1) as usize];
    let names: Vec<&str> = themes.iter().map(name).collect();
    MANNERS[3 * year + random.between(0, 2) as usize].replace("{t}", &names.join("和"))
}

/// Sentences about a draw of the terms of a section.
fn body(section: &BTreeSet<Half>, patterns: &[&str], random: &mut Random) -> Vec<String> {
    let mut terms: Vec<&str> =
        section.iter().flat_map(|(theme, half)| THEMES[*theme].halves[*half]).collect();
    let mut body = Vec::new();
    // Two thirds to three quarters of the terms are named in a year.
    for _ in 0..(terms.len() / 4).max(2) {
        let mut term = || terms.swap_remove(random.between(0, terms.len() as u64 - 1) as usize);
        let named = [("{a}", term()), ("{b}", term()), ("{c}", term())];
        let number = random.between(3, 900).to_string();
        let said = random.one(patterns).replace("{n}", &number);
        let said = named.iter().fold(said, |said, (slot, term)| said.replace(slot, term));
        body.push(format!("{said}。"));
    }
    body
}

#[test]
fn themes_are_followed_though_every_word_around_them_is_new() {
    let (mut links, mut alone) = (Score::default(), Score::default());
    for seed in 0..60 {
        let pair = Habits::new(seed);
        let (before, after): (ComparedText<'_>, ComparedText<'_>) = (pair.before.text(), pair.after.text());
        let found = compare(&before, &after);
        let groups = &found.alignment.groups;
        let linked = groups
            .iter()
            .flat_map(|group| group.before.iter().flat_map(|i| group.after.iter().map(move |j| (*i, *j))));
        links.count(&linked.filter(|(i, _)| *i > 0).collect(), &pair.links);
        let said = groups
            .iter()
            .filter(|group| matches!(group.status, SectionStatus::Added | SectionStatus::Removed));
        let said: BTreeSet<_> = said.map(|group| (group.before.clone(), group.after.clone())).collect();
        let old = (1..before.sections.len()).filter(|at| pair.links.iter().all(|(i, _)| i != at));
        let new = (1..after.sections.len()).filter(|at| pair.links.iter().all(|(_, j)| j != at));
        let old = old.map(|at| (vec![at], Vec::new()));
        alone.count(&said, &old.chain(new.map(|at| (Vec::new(), vec![at]))).collect());
    }
    let told = format!(
        "links: F1 {:.3}, precision {:.3}; new and gone: precision {:.3}, recall {:.3}, {alone:?}",
        links.f1(),
        links.precision(),
        alone.precision(),
        alone.recall()
    );
    println!("{told}");
    assert!(links.f1() >= 0.92 && links.precision() >= 0.97, "{told}");
    assert!(alone.precision() >= 0.97 && alone.recall() >= 0.9, "{told}");
}

//! Invented places whose documents differ from year to year in every way that matters to a
//! comparison.

use std::fmt::Write as _;

use crate::support::Project;

const AROUND: &str = "\
-- site.yaml --
title: 各地档案
base_url: https://www.example.org/fz/
language: LANGUAGE
-- indicators.yaml --
petitions: { name: 办结信访事项, name_en: Petitions settled, unit: 件, kind: flow }
in_time: { name: 按期办结率, name_en: Settled in time, unit: \"%\", kind: ratio }
place_in_order: { name: 考核名次, unit: 位, kind: rank }
";

/// How many documents each place has.
const YEARS: i16 = 7;
const FIRST: i16 = 2014;

/// What is particular about the documents of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Plain,
    /// Every other year is in traditional characters.
    Scripts,
    /// Some are not whole.
    Partial,
    /// Some are digests, and all declare figures.
    Digests,
    Tables,
    /// A sentence or two.
    Short,
    /// Plans, beside which nothing else is held.
    Plans,
    /// Sections move, split, merge and get other names.
    Rebuilt,
}

const SHAPES: [(&str, Shape); 8] = [
    ("jia", Shape::Plain),
    ("yi", Shape::Scripts),
    ("bing", Shape::Partial),
    ("ding", Shape::Digests),
    ("wu", Shape::Tables),
    ("ji", Shape::Short),
    ("geng", Shape::Plans),
    ("xin", Shape::Rebuilt),
];

/// A site of such places.
pub(crate) fn project() -> Project {
    written("zh-CN", &SHAPES)
}

/// A site of some of them, with an interface in English.
pub(crate) fn in_english() -> Project {
    written("en", &SHAPES[2..5])
}

fn written(language: &str, shapes: &[(&str, Shape)]) -> Project {
    let mut text = AROUND.replace("LANGUAGE", language);
    for (slug, shape) in shapes.iter().copied() {
        let _ = write!(text, "-- content/{slug}/_index.md --\n---\nname: {slug}市\nlevel: prefecture\n---\n");
        for at in 0..YEARS {
            // A year without a document lies between the last ones.
            let year = FIRST + at + i16::from(at > 4);
            let name = if shape == Shape::Plans { format!("{year}/work-plan") } else { year.to_string() };
            let _ = write!(text, "-- content/{slug}/{name}.md --\n{}", document(shape, at, year));
        }
    }
    Project::new(&text)
}

fn document(shape: Shape, at: i16, year: i16) -> String {
    let mut text = format!("---\ntitle: 某市{year}年度报告\nissuer: 某市人民政府\n");
    let _ = writeln!(text, "published: {}-0{}-1{}", year + 1, 1 + at % 4, at);
    if shape == Shape::Plans {
        text.push_str("kind: work-plan\n");
    }
    let extent = match (shape, at % 3) {
        (Shape::Partial, 1) => "extent: excerpt\n",
        (Shape::Partial, 2) => "extent: opening\n",
        (Shape::Digests, 0 | 2) => "extent: digest\n",
        _ => "",
    };
    text.push_str(extent);
    if shape == Shape::Digests {
        let (closed, rate) = (600 + 37 * at, 90 + at);
        let _ = writeln!(text, "indicators:\n  petitions: {closed}\n  in_time: {rate}.{at}5");
    }
    text.push_str("---\n\n");
    let body = match shape {
        Shape::Short => short(at),
        Shape::Rebuilt => rebuilt(at),
        _ => sections(shape, at),
    };
    let is_traditional = shape == Shape::Scripts && at % 2 == 1;
    text + &if is_traditional { traditional(&body) } else { body }
}

/// One of several, in turn.
fn turn<'a>(at: i16, of: &[&'a str]) -> &'a str {
    of[usize::try_from(at).unwrap() % of.len()]
}

fn sections(shape: Shape, at: i16) -> String {
    let (n, rate) = (600 + 37 * at, 90 + at);
    let mut text = String::from("现将一年来的情况报告如下。\n\n## 一、信访和调解\n\n");
    let _ = writeln!(text, "全年办结信访事项{n}件，按期办结率为{rate}.{at}5%。{}\n", trainings(at));
    let _ = writeln!(
        text,
        "{}\n",
        turn(
            at,
            &[
                "推行首违不罚清单，涉及领域12个，减免罚款3.5万元。",
                "全面推行“首违不罚”清单，覆盖领域17个，减免罚款1.2亿元。",
                "推行首违不罚清单，涉及领域15个，减免罚款4200万元，惠及企业近300家。",
            ]
        )
    );
    let _ = writeln!(
        text,
        "## 二、执法监督\n\n### （一）案卷评查\n\n{}{}\n",
        turn(
            at,
            &["组织案卷评查3次，抽查案卷一百二十件。", "组织案卷评查5次，抽查案卷三百件，发现问题四十六个。",]
        ),
        turn(
            at + 1,
            &[
                "案卷合格率超过九成。",
                "案卷合格率为94.60%，居全省第3位。",
                "案卷合格率为96.9%，居全省第1位。"
            ]
        )
    );
    if shape == Shape::Tables {
        let _ = writeln!(text, "| 事项 | 单位 | {}年 | 比上年增长（%） |\n|--|--|--|--|", 2014 + at);
        let _ = writeln!(text, "| 行政检查 | 次 | {} | {}.5 |\n| 行政处罚 | 件 | {n} | −{at} |\n", 4 * n, at);
    }
    let _ = writeln!(
        text,
        "### （二）{}\n\n{}\n",
        turn(at, &["投诉举报", "投诉举报处理", "受理投诉"]),
        turn(
            at,
            &[
                "受理投诉举报1,204件，平均办理时间为6%—6.5%。引用《办案指引》和<格式>第2条 & 附件1。",
                "受理投诉举报约1500件，平均办理时间缩短到3个工作日。",
                "",
            ]
        )
    );
    let planned = shape == Shape::Plans || at > 1;
    if planned {
        let _ = writeln!(
            text,
            "## 三、下一步打算\n\n力争按期办结率达{}%以上，组织案卷评查不少于{at}次。{}\n",
            rate + 1,
            trainings(at + 1)
        );
    }
    text
}

fn trainings(at: i16) -> &'static str {
    turn(
        at,
        &[
            "组织近1.2万名网格员参加培训。",
            "组织超过9800名网格员参加培训。",
            "组织1.5万余名网格员参加培训，参训率98.2%。",
            "分三批组织网格员参加专题培训，参训人员约1.6万名。",
        ],
    )
}

fn short(at: i16) -> String {
    turn(
        at,
        &["没有新的情况。\n", "没有新的情况，办结信访事项3件。\n", "无。\n", "## 一、情况\n\n办结5件。\n"],
    )
    .to_owned()
}

/// Sections that stand elsewhere, are several, or are called otherwise.
fn rebuilt(at: i16) -> String {
    let petitions =
        ("信访和调解", "实行领导接访制度，当面听取群众意见。矛盾纠纷在村居一级化解。网格员每周走访两次。");
    let review = ("案卷评查", "案卷评查由法制机构牵头，邀请律师参加。评查结果在门户网站公布并通报到人。");
    let schools = ("校园普法", "学校聘请法治副校长，开学第一课讲宪法。模拟法庭进校园，学生当法官当律师。");
    let both = "案卷评查由法制机构牵头，邀请律师参加。学校聘请法治副校长，开学第一课讲宪法。评查结果在门户网站公布并通报到人。模拟法庭进校园，学生当法官当律师。";
    let parts: Vec<(&str, &str)> = match at % 4 {
        0 => vec![petitions, review, schools],
        1 => vec![schools, petitions, review],
        2 => vec![petitions, ("评查和普法", both)],
        _ => vec![
            ("接访", petitions.1),
            ("其他工作", "清理证明事项，公布保留目录。"),
            ("法治进校园", schools.1),
        ],
    };
    let ordinals = ["一", "二", "三"];
    let part =
        |(ordinal, (title, text)): (&str, (&str, &str))| format!("## {ordinal}、{title}\n\n{text}\n\n");
    ordinals.into_iter().zip(parts).map(part).collect()
}

fn traditional(text: &str) -> String {
    const OTHERS: [(char, char); 26] = [
        ('办', '辦'),
        ('结', '結'),
        ('访', '訪'),
        ('项', '項'),
        ('组', '組'),
        ('织', '織'),
        ('员', '員'),
        ('训', '訓'),
        ('违', '違'),
        ('罚', '罰'),
        ('领', '領'),
        ('个', '個'),
        ('减', '減'),
        ('万', '萬'),
        ('监', '監'),
        ('执', '執'),
        ('评', '評'),
        ('查', '査'),
        ('发', '發'),
        ('现', '現'),
        ('问', '問'),
        ('题', '題'),
        ('报', '報'),
        ('诉', '訴'),
        ('过', '過'),
        ('举', '舉'),
    ];
    let other = |c: char| OTHERS.iter().find(|(simple, _)| *simple == c).map_or(c, |(_, other)| *other);
    text.chars().map(other).collect()
}

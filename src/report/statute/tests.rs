//! Tables as portals print them: the shapes are theirs, merged and torn, and so are the figures.

use crate::config::{Config, Registry};
use crate::report::{self, Report};
use crate::route::Leaf;
use crate::source::Source;

/// The head of part three as it is mostly printed, three rows of merged cells.
const HEAD: &str = "<table><tr><td rowspan=\"3\" colspan=\"3\">（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）</td>\
<td colspan=\"7\">申请人情况</td></tr><tr><td rowspan=\"2\">自然人</td><td colspan=\"5\">法人或其他组织</td>\
<td rowspan=\"2\">总计</td></tr><tr><td>商业 企业</td><td>科研 机构</td><td>社会公益组织</td><td>法律服务机构</td><td>其他</td></tr>";

/// The rows of part three with a figure in the first and the last column; what is left out is `other`.
fn part_three(told: &[(&str, &str)], other: &str) -> String {
    let mut text = HEAD.to_owned();
    let mut row = |labels: &str, name: &str| {
        let value = told.iter().find(|(own, _)| *own == name).map_or(other, |(_, value)| value);
        let inner = format!("<td>{other}</td>").repeat(5);
        text.push_str(&format!("<tr>{labels}<td>{value}</td>{inner}<td>{value}</td></tr>"));
    };
    row("<td colspan=\"3\">一、本年新收政府信息公开申请数量</td>", "new");
    row("<td colspan=\"3\">二、上年结转政府信息公开申请数量</td>", "carried");
    row("<td rowspan=\"22\">三、本年度办理结果</td><td colspan=\"2\">（一）予以公开</td>", "open");
    row("<td colspan=\"2\">（二）部分公开（区分处理的，只计这一情况，不计其他情形）</td>", "part");
    let groups = [
        (
            "（三）不予公开",
            &[
                "国家秘密",
                "其他法律行政法规禁止公开",
                "危及“三安全一稳定”",
                "保护第三方合法权益",
                "属于三类内容事务信息",
                "属于四类过程性信息",
                "属于行政执法案卷",
                "属于行政查询事项",
            ][..],
        ),
        (
            "（四）无法提供",
            &["本机关不掌握相关政府信息", "没有现成信息需要另行制作", "补正后申请内容仍不明确"],
        ),
        (
            "（五）不予处理",
            &[
                "信访举报投诉类申请",
                "重复申请",
                "要求提供公开出版物",
                "无正当理由大量反复申请",
                "要求行政机关确认或重新出具已获取信息",
            ],
        ),
        (
            "（六）其他处理",
            &[
                "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
                "申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
                "其他",
            ],
        ),
    ];
    for (group, rows) in groups {
        for (at, label) in rows.iter().enumerate() {
            let merged =
                if at == 0 { format!("<td rowspan=\"{}\">{group}</td>", rows.len()) } else { String::new() };
            row(&format!("{merged}<td>{}.{label}</td>", at + 1), &format!("{group}{}", at + 1));
        }
    }
    row("<td colspan=\"2\">（七）总计</td>", "total");
    row("<td colspan=\"3\">四、结转下年度继续办理</td>", "left");
    text + "</table>\n"
}

fn read(text: &str) -> (Option<Report>, Vec<&'static str>) {
    let text = format!(
        "---\ntitle: 报告\nkind: info-annual-report\nissuer: 汉阳区\npublished: 2023-01-19\n---\n\n{text}\n"
    );
    let registry = "requests_new: { name: 新收申请, unit: 件, cell: requests/new/total }\n\
                    rules_in_force: { name: 现行规范性文件, unit: 件, kind: stock, cell: made/documents/in-force }\n";
    let registry = Registry::parse(&Source::new("indicators.yaml", registry)).value;
    let source = Source::new("content/hanyang/2022/info-annual-report.md", text);
    let Ok(Leaf::Report(address)) = Leaf::of("hanyang/2022/info-annual-report.md".into()) else {
        panic!("no address")
    };
    let read = report::parse(&source, address, (&Config::default(), &registry));
    let found = read.diagnostics.iter().filter(|found| found.code.starts_with("info/"));
    (read.value, found.map(|found| found.code).collect())
}

fn figures(report: &Report) -> Vec<(String, String)> {
    report.figures.iter().map(|figure| (figure.indicator.clone(), figure.amount.value.to_string())).collect()
}

#[test]
fn a_table_of_merged_cells_is_read_and_adds_up() {
    let told = [
        ("new", "8"),
        ("open", "2"),
        ("part", "2"),
        ("（三）不予公开6", "1"),
        ("（四）无法提供1", "2"),
        ("（六）其他处理3", "1"),
        ("total", "8"),
    ];
    let two = "<table><tr><td colspan=\"4\">第二十条第（一）项</td></tr>\
               <tr><td>信息内容</td><td>本年制发件数</td><td>本年废止件数</td><td>现行有效件数 (历史累计)</td></tr>\
               <tr><td>规章</td><td>0</td><td>0</td><td></td></tr>\
               <tr><td>行政规范性文件</td><td>5</td><td>12</td><td>8</td></tr></table>\n\n";
    let (report, found) = read(&(two.to_owned() + &part_three(&told, "0")));
    assert_eq!(found, [""; 0]);
    let report = report.expect("a report");
    let expected = [("requests_new".into(), "8".into()), ("rules_in_force".into(), "8".into())];
    assert_eq!(figures(&report), expected);
    assert!(report.figures.iter().all(|figure| figure.is_marked), "{:?}", report.figures);
}

#[test]
fn cells_without_figures_are_no_zeros() {
    let told = [("new", "56"), ("carried", "0"), ("open", "18"), ("total", "56")];
    // What is not said may be what is missing.
    assert_eq!(read(&part_three(&told, "")).1, [""; 0]);
    // All is said, and 38 are missing: in the column of persons, and in that of totals.
    assert_eq!(read(&part_three(&told, "0")).1, ["info/sum", "info/sum"]);
}

#[test]
fn other_tables_of_other_documents_are_left_alone() {
    let table = "| 项目 | 自然人 | 总计 |\n|---|---|---|\n| 本年新收 | 3 | 5 |\n";
    let (report, found) = read(table);
    assert_eq!(found, [""; 0]);
    assert_eq!(figures(&report.expect("a report")), []);
}

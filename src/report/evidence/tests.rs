//! Where figures are found, and where they are not.

use std::slice;

use proptest::prelude::*;

use super::*;
use crate::han::quantity::Quantity;

fn prose(text: &str) -> Vec<Passage> {
    text.split('|').map(|text| Passage::Prose { text: text.into() }).collect()
}

/// A table from lines with `|` between the cells; the first line is the header.
fn table(text: &str) -> Passage {
    let mut rows = text.lines().map(|line| line.split('|').map(|cell| cell.trim().to_owned()).collect());
    Passage::Table { header: rows.next().unwrap(), rows: rows.collect() }
}

fn claim(value: &str, unit: &'static str) -> Claim<'static> {
    Claim {
        value: value.parse().unwrap(),
        to: None,
        quote: None,
        names: vec!["办结行政复议案件", "行政复议办结"],
        unit,
        year: 2019,
    }
}

fn quoted(value: &str, unit: &'static str, quote: &'static str) -> Claim<'static> {
    Claim { quote: Some(quote), ..claim(value, unit) }
}

/// The figure's words, or in a word why there is none.
fn found(passages: &[Passage], claim: &Claim<'_>) -> String {
    let words = |place: &FigureMention| match &passages[place.passage] {
        Passage::Prose { text } => text[place.figure.clone()].to_owned(),
        Passage::Table { rows, .. } => {
            let (row, column) = place.cell.unwrap();
            format!("{row},{column}:{}", &rows[row][column][place.figure.clone()])
        }
    };
    match PassageIndex::new(passages, slice::from_ref(claim)).find(claim) {
        Ok(place) => words(&place),
        Err(ClaimMiss::Ambiguous(places)) => places.iter().map(words).collect::<Vec<_>>().join("/"),
        Err(miss) => format!("{miss:?}"),
    }
}

#[test]
fn a_quote_decides() {
    let passages = prose(
        "办结行政复议案件745件。|综合糾错率为 ４０.０２％，办结745宗，三件涉及土地。|近10万名公职人员，十二名旁听。",
    );
    for (claim, expected) in [
        (quoted("40.02", "%", "综合纠错率为40.02%"), "４０.０２％"),
        (quoted("40.02", "%", "纠错率为40.02"), "４０.０２％"),
        (quoted("745", "件", "办结745宗"), "745"),
        (quoted("100000", "名", "近10万名"), "10万名"),
        (quoted("10", "万人", "近10万名"), "10万"),
        (quoted("12", "名", "十二名旁听"), "十二名"),
        (quoted("3", "件", "三件涉及"), "三件"),
        (quoted("745", "件", "办结746宗"), "QuoteMissing"),
        (quoted("745", "件", " "), "QuoteMissing"),
        (quoted("745", "件", "745"), "QuoteRepeated(2)"),
        (quoted("45", "宗", "45宗"), "QuoteWithoutValue"),
        (quoted("10", "名", "近10"), "QuoteWithoutValue"),
        (quoted("7", "件", "综合纠错率"), "QuoteWithoutValue"),
    ] {
        assert_eq!(found(&passages, &claim), expected, "{claim:?}");
    }
}

#[test]
fn a_quote_holds_the_value_with_its_unit_rather_than_without() {
    let passages = prose("全省第3名，比上年增加3件、三件。");
    assert_eq!(found(&passages, &quoted("3", "件", "全省第3名,比上年增加3件、三件")), "3件");
    assert_eq!(found(&passages, &quoted("3", "名", "全省第3名,比上年增加3件、三件")), "第3名");
    assert_eq!(found(&passages, &quoted("3", "起", "全省第3名,比上年增加3件、三件")), "3");
}

#[test]
fn a_quote_may_stand_in_a_cell() {
    let passages = [table("事项|数\n其中和解|17 件\n调解|18件")];
    assert_eq!(found(&passages, &quoted("17", "件", "17件")), "0,1:17 件");
    assert_eq!(found(&passages, &quoted("17", "件", "件")), "QuoteRepeated(2)");
}

#[test]
fn a_sentence_holds_value_unit_and_name() {
    for (text, value, expected) in [
        ("办结行政复议案件745件。受理行政复议案件745件。", "745", "745件"),
        ("辦結 行政複議\n案件７４５ 件。|共745件。", "745", "７４５ 件/745件"),
        ("共辦結行政複議案件７４５ 件。|共745件。", "745", "７４５ 件"),
        ("行政复议办结442万余件。", "4420000", "442万余件"),
        ("行政复议办结20多万件。", "200000", "20多万件"),
        ("办结行政复议案件三件。", "3", "三件"),
        ("办结行政复议案件3件次。|3件", "3", "3件"),
        ("办结行政复议案件745宗。", "745", "Unsupported"),
        ("办结行政复议案件1745件。", "745", "Unsupported"),
        ("办结行政复议案件745件，其中本级745件。|又745件。", "745", "745件/745件"),
        ("办结行政复议案件745件。|行政复议办结745件。", "745", "745件/745件"),
    ] {
        assert_eq!(found(&prose(text), &claim(value, "件")), expected, "{text}");
    }
}

#[test]
fn a_place_names_its_sentence() {
    let passages = prose("总体情况|一年来，很好。办结行政复议案件745件；其他");
    let claim = claim("745", "件");
    let place = PassageIndex::new(&passages, slice::from_ref(&claim)).find(&claim).unwrap();
    assert_eq!((place.passage, place.cell), (1, None));
    let Passage::Prose { text } = &passages[1] else { unreachable!() };
    assert_eq!(&text[place.sentence], "办结行政复议案件745件；");
}

#[test]
fn units_of_many_forms() {
    for (text, value, unit, expected) in [
        ("占94.60%", "94.6", "%", "94.60%"),
        ("占９４.６％", "94.6", "%", "９４.６％"),
        ("占百分之四十", "40", "%", "百分之四十"),
        ("占百分之40", "40", "％", "百分之40"),
        ("占40", "40", "%", "Unsupported"),
        ("占40%件", "40", "件", "Unsupported"),
        ("名列全省第2名", "2", "名", "第2名"),
        ("名列全省第2。", "2", "名", "第2"),
        ("名列全省第二名", "2", "名", "第二名"),
        ("名列全省第二位", "2", "名", "第二位"),
        ("名列全省第二位", "2", "位", "第二位"),
        ("名列全省第二，获奖", "2", "名", "第二"),
        ("考评居全市首位", "1", "名", "首位"),
        ("考评居全市前三", "3", "位", "前三"),
        ("把它放在首位", "1", "名", "Unsupported"),
        ("满意的占九成以上", "90", "%", "九成"),
        ("下降千分之三", "0.3", "%", "千分之三"),
        ("下降千分之三", "3", "‰", "千分之三"),
        ("下降3‰", "3", "‰", "3‰"),
        ("增长三．五四%", "3.54", "%", "三．五四%"),
        ("收粮二百十七万吨", "217", "万吨", "二百十七万吨"),
        ("收入突破千亿元", "1000", "亿元", "千亿元"),
        ("全年重大事故零发生", "0", "起", "零"),
        ("坚持零容忍", "0", "起", "Unsupported"),
        ("分别为745，200件", "745200", "件", "Unsupported"),
        ("分别为745，200件", "200", "件", "200件"),
        ("共①745件", "745", "件", "745件"),
        ("第二批示范", "2", "名", "Unsupported"),
        ("第2次", "2", "名", "Unsupported"),
        ("律师2名", "2", "名", "2名"),
        ("投资3.2亿元", "3.2", "亿元", "3.2亿元"),
        ("投资32000万元", "3.2", "亿元", "32000万元"),
        ("投资3.2万元", "3.2", "亿元", "Unsupported"),
        ("惠及10万余人", "10", "万人", "10万余人"),
        ("提高5.51个百分点", "5.51", "个百分点", "5.51个百分点"),
        ("提高5个百分点", "5", "个", "Unsupported"),
        ("历时3个月", "3", "个", "Unsupported"),
        ("培训3人次", "3", "人", "Unsupported"),
        ("培训3人次", "3", "人次", "3人次"),
        ("受理3件次年办结", "3", "件", "3件"),
        ("共3個單位", "3", "个", "3個"),
        ("是上年的2.5", "2.5", "", "2.5"),
        ("是一", "1", "", "Unsupported"),
    ] {
        assert_eq!(found(&prose(text), &claim(value, unit)), expected, "{text} {value}{unit}");
    }
}

#[test]
fn an_end_of_a_range_is_no_value() {
    let range = |from: &str, to: &str, unit| Claim { to: to.parse().ok(), ..claim(from, unit) };
    for (text, unit, expected) in [
        ("增长6%—6.5%", "%", "6%—6.5%"),
        ("增长6—6.5%左右", "%", "6—6.5%"),
        ("增长6%至6.5%", "%", "6%至6.5%"),
        ("投资6～6.5亿元", "亿元", "6～6.5亿元"),
        ("每年6件-6.5件", "件", "6件-6.5件"),
        ("从6%至6.5%", "%", "Unsupported"),
        ("分别为6%、6.5%", "%", "Unsupported"),
    ] {
        assert_eq!(found(&prose(text), &range("6", "6.5", unit)), expected, "{text}");
        let single = if expected == "Unsupported" { "6%" } else { expected };
        let alone = found(&prose(text), &claim("6", unit));
        assert!(alone == "Unsupported" || alone == single && single == "6%", "{text} {alone}");
    }
    assert_eq!(found(&prose("增长6%—6.5%"), &claim("6.5", "%")), "Unsupported");
    assert_eq!(found(&prose("增长6%—6.5%"), &quoted("6", "%", "6%—6.5%")), "QuoteWithoutValue");
    assert_eq!(found(&[table("事项|本年\n行政复议办结|6—6.5")], &range("6", "6.5", "件")), "0,1:6—6.5");
}

#[test]
fn a_decline_is_below_zero() {
    for (text, expected) in [
        ("同比下降5.51%", "5.51%"),
        ("同比下降了5.51%", "5.51%"),
        ("同比減少約5.51%", "5.51%"),
        ("降幅为5.51%", "5.51%"),
        ("增长-5.51%", "-5.51%"),
        ("较上年减少12件、5.51%", "5.51%"),
        ("有5.51%的降幅", "5.51%"),
        ("负增长5.51%", "5.51%"),
        ("下降至5.51%", "Unsupported"),
        ("降为5.51%", "Unsupported"),
        ("同比增长5.51%", "Unsupported"),
        ("案件减少，调解率提高5.51%", "Unsupported"),
        ("由下降转为增长5.51%", "Unsupported"),
    ] {
        assert_eq!(found(&prose(text), &claim("-5.51", "%")), expected, "{text}");
    }
    assert_eq!(found(&prose("同比下降5.51%"), &quoted("-5.51", "%", "5.51%")), "5.51%");
    assert_eq!(found(&prose("同比上升5.51%"), &quoted("-5.51", "%", "5.51%")), "QuoteWithoutValue");
}

#[test]
fn a_row_is_read_in_the_column_of_its_year() {
    for (text, expected) in [
        ("事项|上年|本年\n办结行政复议案件|745|744", "Unsupported"),
        ("事项|上年|本年\n办结行政复议案件|744|745", "0,2:745"),
        ("事项|2018年|2019年(件)\n1.办结行政复议案件(件)|744|745件", "0,2:745件"),
        ("事项|2019|2018\n办结行政复议案件|745|744", "0,1:745"),
        ("序号|事项|数\n1|受理|800\n745|办結行政複議案件|745", "1,2:745"),
        ("事项|单位|数\n办结行政复议案件|件|７４５", "0,2:７４５"),
        ("事项|甲|乙\n办结行政复议案件|744|745", "Unsupported"),
        ("事项|本年\n其中:办结行政复议案件|745", "0,1:745"),
        ("事项|本年\n其中:办结行政复议案件|745\n行政复议办结|744", "Unsupported"),
        ("事项|本年\n其中:办结行政复议案件|745\n行政复议办结|745", "1,1:745"),
        ("事项|本年\n办结行政复议案件|745\n行政复议办结|745", "0,1:745/1,1:745"),
        ("事项|本年\n办结行政复议案件", "Unsupported"),
        ("事项|本年\n办结行政复议案件|74.5%", "Unsupported"),
        ("事项|本年\n收到|745", "Unsupported"),
    ] {
        assert_eq!(found(&[table(text)], &claim("745", "件")), expected, "{text}");
    }
    assert_eq!(found(&[table("事项|本年\n行政复议办结(万元)|3.2")], &claim("3.2", "万元")), "0,1:3.2");
    assert_eq!(found(&[table("事项|本年\n行政复议办结|40.02")], &claim("40.02", "%")), "0,1:40.02");
}

#[test]
fn a_column_is_read_in_the_row_of_its_year() {
    for (text, expected) in [
        ("年度|办结行政复议案件\n2018年|744\n2019年|745", "1,1:745"),
        ("年度|行政复议办结(件)\n2018|744\n2019|745", "1,1:745"),
        ("年度|单位|办结行政复议案件\n2018|市局|744\n2019|市局|745", "1,2:745"),
        ("年度|办结行政复议案件\n2018年|745\n2019年|744", "Unsupported"),
        ("单位|办结行政复议案件\n市局|745\n区局|10", "0,1:745"),
    ] {
        assert_eq!(found(&[table(text)], &claim("745", "件")), expected, "{text}");
    }
}

#[test]
fn the_first_step_with_a_hit_decides() {
    let mut passages = prose("办结行政复议案件745件。|另有745件。");
    passages.push(table("事项|本年\n办结行政复议案件|745"));
    assert_eq!(found(&passages, &claim("745", "件")), "745件");
    passages.remove(0);
    assert_eq!(found(&passages, &claim("745", "件")), "0,1:745");
    passages.pop();
    assert_eq!(found(&passages, &claim("745", "件")), "745件");
    assert_eq!(found(&prose("甲745件。|乙745件。"), &claim("745", "件")), "745件/745件");
    assert_eq!(found(&[], &claim("745", "件")), "Unsupported");
}

#[test]
fn hostile_passages_cost_no_more_than_their_length() {
    let passages = prose(&format!(
        "办结行政复议案件{}。|{}|{}",
        "745件,".repeat(50_000),
        "“《".repeat(100_000),
        "9,999".repeat(100_000)
    ));
    let many = claim("745", "件");
    let miss = PassageIndex::new(&passages, slice::from_ref(&many)).find(&many);
    assert!(matches!(miss, Err(ClaimMiss::Ambiguous(places)) if places.len() == 50_000));
    assert_eq!(found(&passages, &quoted("745", "件", "745件,745件")), "QuoteRepeated(25000)");
    assert_eq!(found(&passages, &claim("79228162514264337593543950335", "亿元")), "Unsupported");
}

#[test]
fn what_nobody_sees_parts_no_figure_and_no_word() {
    let passages = prose("全年办结行政\u{ad}复议案件7\u{200b}45\u{2060}件。");
    assert_eq!(found(&passages, &claim("745", "件")), "7\u{200b}45\u{2060}件");
    assert_eq!(found(&passages, &quoted("745", "件", "行政复议案件745件")), "7\u{200b}45\u{2060}件");
}

proptest! {
    #[test]
    fn no_figure_with_the_value_is_passed_by(
        text in "[办结案件第二两十百三四分之点0-2０-２.,，% 　万亿余多。|；名降减-]{0,40}",
        values in proptest::collection::vec((-30_i64..400, 0_u32..3), 1..4),
        unit in prop_oneof![Just("件"), Just("%"), Just("万件"), Just("名"), Just("")],
    ) {
        let passages = prose(&text);
        let value = |(digits, scale): (i64, u32)| Quantity::from_digits(i128::from(digits), scale).unwrap();
        let claims = values.into_iter().map(|value_of| Claim { value: value(value_of), ..claim("0", unit) });
        let claims: Vec<Claim<'_>> = claims.collect();
        let index = PassageIndex::new(&passages, &claims);
        for wanted in claims.iter().map(WantedClaim::of) {
            let places = |text: &EvidenceStretch<'_>| -> Vec<FigureMention> {
                figure::all_figures(text.text).iter().filter_map(|figure| text.tells(figure, &wanted)).collect()
            };
            let all: Vec<FigureMention> = index.texts.iter().flat_map(places).collect();
            let told: Vec<FigureMention> = index.telling(&wanted).into_iter().map(|(_, place)| place).collect();
            prop_assert_eq!(told, all);
        }
    }

    #[test]
    fn every_place_lies_on_characters(
        text in "[办结行政复议案件第二三百分之点0-9０-９.,，%％ 　万亿余多。；“”（）㈠降减]{0,60}",
        cells in proptest::collection::vec("[办结行政复议案件本年0-9%()一、]{0,12}", 0..9),
        value in 0_u64..100,
        unit in prop_oneof![Just("件"), Just("%"), Just("万件"), Just("名"), Just("")],
        quote in proptest::option::of("[办结0-9件%。]{0,4}"),
    ) {
        let rows = cells.chunks(3).map(<[String]>::to_vec).collect();
        let table = Passage::Table { header: vec!["案件".into(), "本年".into(), "2019".into()], rows };
        let passages = [Passage::Prose { text }, table];
        let claim = Claim { value: Quantity::from(value), to: None, quote: quote.as_deref(), names: vec!["复议", "案件"], unit, year: 2019 };
        let places = match PassageIndex::new(&passages, slice::from_ref(&claim)).find(&claim) {
            Ok(place) => vec![place],
            Err(ClaimMiss::Ambiguous(places)) => places,
            Err(_) => Vec::new(),
        };
        for place in places {
            let text = match (&passages[place.passage], place.cell) {
                (Passage::Prose { text }, None) => text,
                (Passage::Table { rows, .. }, Some((row, column))) => &rows[row][column],
                _ => panic!("a place of the wrong kind: {place:?}"),
            };
            prop_assert!(text.get(place.figure.clone()).is_some_and(|figure| !figure.is_empty()));
            prop_assert!(text.get(place.sentence.clone()).is_some());
            prop_assert!(place.sentence.start <= place.figure.start && place.figure.end <= place.sentence.end);
        }
    }
}

//! What is personal and what only looks like it. The numbers are made up: their check digits are worked out,
//! and nobody has them but by chance.

use proptest::prelude::*;

use super::*;

/// An identity number with the check character that these 17 digits ask for, worked out in another way than
/// by the table that the finder has (ISO 7064, MOD 11-2, as a recursion).
fn identity(first: &str) -> String {
    let rest = first.bytes().fold(0u32, |rest, digit| (rest + u32::from(digit - b'0')) * 2 % 11);
    let check = (12 - rest) % 11;
    format!("{first}{}", if check == 10 { "X".to_owned() } else { check.to_string() })
}

/// A card with the last digit that Luhn asks for.
fn card(first: &str) -> String {
    let sum: u32 = first.bytes().rev().enumerate().fold(0, |sum, (at, digit)| {
        let digit = u32::from(digit - b'0') * if at % 2 == 0 { 2 } else { 1 };
        sum + digit / 10 + digit % 10
    });
    format!("{first}{}", (10 - sum % 10) % 10)
}

fn told(text: &str) -> Vec<(PersonalKind, String)> {
    find(text).into_iter().map(|finding| (finding.kind, text[finding.place].to_owned())).collect()
}

#[track_caller]
fn assert_found(text: &str, kind: PersonalKind, words: &str) {
    assert_eq!(told(text), [(kind, words.to_owned())], "{text}");
}

#[track_caller]
fn assert_none(text: &str) {
    assert_eq!(told(text), [], "{text}");
}

#[test]
fn an_identity_number_is_found_however_it_is_written() {
    let plain = identity("44070319900307771");
    let of = |order: u32| identity(&format!("11010119491231{order:03}"));
    let x = (0..).map(of).find(|number| number.ends_with('X')).unwrap();
    let wide: String = plain.chars().map(|c| char::from_u32(c as u32 + 0xfee0).unwrap()).collect();
    let spaced: String = plain.chars().flat_map(|c| [c, ' ']).collect();
    for written in [
        plain.clone(),
        x.clone(),
        x.to_lowercase(),
        x.replace('X', "×"),
        wide,
        format!("{} {} {}", &plain[..6], &plain[6..14], &plain[14..]),
        format!("{}-{}-{}", &x[..6], &x[6..14], &x[14..]),
        format!("{}\u{200b}{}\u{ad}{}", &plain[..3], &plain[3..9], &plain[9..]),
        format!("{}<b>{}</b>{}", &plain[..6], &plain[6..14], &plain[14..]),
        format!("{}&nbsp;{}&#x200b;{}", &plain[..6], &plain[6..14], &plain[14..]),
        format!("{}\n{}", &plain[..10], &plain[10..]),
        format!("{} X", &x[..17]),
        spaced.trim().to_owned(),
    ] {
        assert_found(&format!("张某，{written}，女"), PersonalKind::Identity, &written);
        assert_found(&format!("2019 {written} 745"), PersonalKind::Identity, &written);
        assert_found(&written, PersonalKind::Identity, &written);
    }
    assert_found(&format!("身份证{plain}abc"), PersonalKind::Identity, &plain);
    let reference = format!("&#{};{}", plain.as_bytes()[0], &plain[1..]);
    assert_eq!(find(&reference)[0].value(), plain);
}

#[test]
fn what_cannot_be_a_citizens_number_is_none() {
    let plain = identity("44070319900307771");
    let wrong = format!("{}{}", &plain[..17], if plain.ends_with('1') { '2' } else { '1' });
    let index = format!("{plain}001");
    let no_date = identity("44070319900230771");
    let no_place = identity("99070319900307771");
    for text in [&wrong, &index, &no_date, &no_place, "35*************123", "440703********7771"] {
        assert_none(text);
    }
    assert_none(&format!("1{plain}"));
}

#[test]
fn a_number_of_15_digits_needs_words_or_a_stricter_form() {
    assert_eq!(find("身份证号：440703900307771")[0].certainty, Certainty::Likely);
    assert_eq!(find("440703900307771")[0].certainty, Certainty::Possible);
    for text in ["440703900230771", "9440703900307771", "440700000012345", "440703-900307-771号"] {
        assert_none(text);
    }
}

#[test]
fn cards_are_told_by_issuer_length_and_luhn() {
    let own = card("622202201001112345");
    assert_eq!(find(&own)[0].certainty, Certainty::Certain);
    let fours = format!("{} {} {} {} {}", &own[..4], &own[4..8], &own[8..12], &own[12..16], &own[16..]);
    assert_found(&format!("卡号：{fours}。"), PersonalKind::Card, &fours);
    // Parted by cells or lines it is one too, unless figures stand all around: then it is a row of amounts.
    let row = |before: &str, after: &str| {
        let cells = [before, &own[..6], &own[6..12], &own[12..], after];
        let cells = cells.iter().filter(|cell| !cell.is_empty()).map(|cell| format!("<td>{cell}</td>"));
        told(&format!("<tr>{}</tr>", cells.collect::<String>())).len()
    };
    assert_eq!((row("", ""), row("甲", "乙"), row("388114", "902113"), row("", "902113")), (1, 1, 0, 0));
    assert_eq!(row("卡号 5", ""), 1, "words say what it is");
    let visa = card("402658123456789");
    assert_eq!(find(&visa)[0].certainty, Certainty::Likely);
    assert_eq!(find(&format!("银行卡 {visa}"))[0].certainty, Certainty::Certain);
    assert_none(&format!("{}0", &own[..18]));
    assert_none(&format!("a{own}"));
    assert_none("6222 **** **** 2345");
    // A division, a year and a number, as files have them.
    assert_none(&card("440703201900012"));
}

#[test]
fn telephones_are_told_from_other_numbers() {
    for (text, words) in [
        ("电话13800138000。", "13800138000"),
        ("+86 138 0013 8000", "138 0013 8000"),
        ("(+86)138-0013-8000", "138-0013-8000"),
        ("0086-13800138000", "13800138000"),
        ("tel13800138000", "13800138000"),
        ("张三/13800138000/李四", "13800138000"),
        ("１３８００１３８０００", "１３８００１３８０００"),
        ("138\u{a0}0013\u{a0}8000", "138\u{a0}0013\u{a0}8000"),
        ("1 138 0013 8000，", "138 0013 8000"),
        ("电话 138 0013 8000 12", "138 0013 8000"),
        ("<td>2019</td><td>13800138000</td>", "13800138000"),
        ("<a href=\"tel:13800138000\">电话</a>", "13800138000"),
    ] {
        assert_found(text, PersonalKind::Mobile, words);
    }
    assert_eq!(told("138 0013 8000 139 0013 8000").len(), 2);
    for text in [
        "138****8000",
        "138 **** 8000",
        "12345",
        "400-800-1234",
        "4008001234",
        "12800138000",
        "138001380001",
        "13800138000元",
        "13800138000.50",
        "0.13800138000",
        "￥13800138000",
        "2019-13800138000-1",
        "a13800138000",
        "f3a13800138000b",
        "13800138000 万元",
        "1.38亿",
        "粤府办〔2019〕13800号",
        "95588",
        "114",
        "978-7-5093-1234-5",
        "合计 183 1566 7928 127",
        "合计 452 183 1566 7928",
    ] {
        assert_none(text);
    }
    for text in ["宅电0750-3278000", "（0750）3278000", "(010) 6655-1234", "家里电话：0750 3278000"]
    {
        assert_eq!(find(text).first().map(|finding| finding.kind), Some(PersonalKind::Landline), "{text}");
    }
    for text in
        ["咨询电话：0750-3278000", "传真：(0750)3278000", "0750-12345", "020-20190101", "2019-3278000"]
    {
        assert_none(text);
    }
}

#[test]
fn papers_plates_and_mailboxes() {
    assert_found("护照号码：G12345678", PersonalKind::Passport, "G12345678");
    assert_found("持 EA1234567 入境", PersonalKind::Passport, "EA1234567");
    assert_found("护照 PE1234567", PersonalKind::Passport, "PE1234567");
    for text in ["G12345678", "GB/T 22239-2019", "E20190101", "AE12345678", "E12345678A", "E1234567"] {
        assert_none(text);
    }
    for plate in ["粤J12345", "粤J·A1B23", "京AD12345", "沪A 12345", "粤J12345D"] {
        assert_found(&format!("车牌{plate}的"), PersonalKind::Plate, plate);
    }
    for text in [
        "粤J1234警",
        "粤0703民初1234号",
        "浙B2-20080224",
        "京ICP备12345678号",
        "粤AI2345",
        "粤J123456",
        "京B2-20170",
    ] {
        assert_none(text);
    }
    assert_found("邮箱：zhang.san@QQ.com，", PersonalKind::Mail, "zhang.san@QQ.com");
    for text in ["sfj@jiangmen.gov.cn", "@qq.com", "qq.com", "zhang@qq.com.example.org"] {
        assert_none(text);
    }
}

#[test]
fn nothing_of_a_number_shows_but_its_ends() {
    let id = identity("44070319900307771");
    let text = format!("张三 {id} 13800138000 zhangsan@qq.com 粤J12345 {}", card("622202201001112345"));
    let masked = mask(&text);
    assert_eq!(masked.len(), text.len());
    assert_eq!(told(&masked), []);
    assert!(
        masked
            .starts_with(&format!("张三 44*************{} 138****8000 z*******@qq.com 粤J***45", &id[15..])),
        "{masked}"
    );
    assert!(!format!("{:?}", find(&text)).contains(&id[4..14]));
    assert!(find(&text).iter().all(|finding| !finding.masked().contains("00307")));
}

/// A long text is read in parts, and a number at the edge of two is found once, with the words before it.
#[test]
fn a_long_text_is_read_in_parts() {
    let id = identity("44070319900307771");
    for filler in ["甲乙丙，", "x", "12 元，"] {
        for shift in (0..48).step_by(6) {
            let mut text = filler.repeat(PART / filler.len() - 60 / filler.len());
            text.push_str(&"，".repeat(shift));
            text.push_str(&format!("身份证号：{id}，宅电 0750-3278000。"));
            text.push_str(&filler.repeat(PART / 8));
            let found: Vec<_> = find_in_parts(&text).map(|found| (found.kind, found.place)).collect();
            let at = text.find(&id).unwrap();
            assert_eq!(found[0], (PersonalKind::Identity, at..at + id.len()), "{filler} {shift}");
            assert_eq!(found.len(), 2, "{filler} {shift}");
        }
    }
    for list in ["13800138000，", "13800138000 ", "<c>13800138000</c>"] {
        assert_eq!(find_in_parts(&list.repeat(100_000)).count(), 100_000, "{list}");
    }
}

#[test]
fn a_site_has_numbers_of_its_own() {
    let own = OwnNumbers::of(["0750-3278000", "13800138000", "jmsfj@163.com"]);
    let strange = |text: &str| find(text).into_iter().filter(|finding| !own.has(finding)).count();
    assert_eq!(strange("值班 138 0013 8000，jmsfj@163.com，0750-3278000"), 0);
    assert_eq!(strange("13800138001"), 1);
}

proptest! {
    #[test]
    fn finding_and_masking_are_total(text in "(?s:[0-9 \n.<>/b&#;xX）（+-]|[０-９粤京A-Z@]|\u{200b}|138001|4407031990|qq.com|.){0,120}") {
        let found = find(&text);
        for finding in &found {
            prop_assert!(!text[finding.place.clone()].is_empty());
        }
        for pair in found.windows(2) {
            prop_assert!(pair[0].place.end <= pair[1].place.start);
        }
        prop_assert_eq!(mask(&text).len(), text.len());
    }

    #[test]
    fn a_number_is_found_wherever_it_stands(
        division in "(11|44|62|54)(0[1-9]|1[0-9])(0[1-9]|2[1-9])",
        day in "(19[0-9]{2}|200[0-9])(0[1-9]|1[0-2])(0[1-9]|1[0-9]|2[0-8])",
        order in "[0-9]{3}",
        before in "[^0-9０-９&<]{0,20}",
        behind in "[^0-9０-９&<xXｘＸ×.]{0,20}",
    ) {
        let number = identity(&format!("{division}{day}{order}"));
        let text = format!("{before}{number}{behind}");
        let found = find(&text);
        prop_assert!(found.iter().any(|finding| finding.value() == number), "{text:?}: {found:?}");
        prop_assert!(!mask(&text).contains(&number));
    }
}

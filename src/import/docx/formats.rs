//! Numbers as a list prints them: the formats of ECMA-376 part 1, §17.18.59, as far as documents in
//! Chinese use them. A format that is not among them is `None`, and the reader says so.

/// `number` in the format of this name. `None`: the format is not known here.
///
/// Where a set of signs ends, the standard and Word go on in decimal: after ⑳ comes 21.
pub(super) fn print(format: &str, number: u32) -> Option<String> {
    if number == 0 {
        return Some(zero(format)).filter(|_| is_known(format));
    }
    let printed = match format {
        "decimal" | "decimalHalfWidth" => number.to_string(),
        "decimalZero" => format!("{number:02}"),
        "upperRoman" => roman(number),
        "lowerRoman" => roman(number).to_lowercase(),
        "upperLetter" => repeated(number, 'A'),
        "lowerLetter" => repeated(number, 'a'),
        "hex" => format!("{number:X}"),
        "numberInDash" => format!("- {number} -"),
        "ordinal" => format!("{number}{}", english_ending(number)),
        "decimalFullWidth" | "decimalFullWidth2" => by_digits(number, FULL_WIDTH),
        "ideographDigital" | "japaneseDigitalTenThousand" => by_digits(number, IDEOGRAPHS),
        "taiwaneseDigital" => by_digits(number, TAIWANESE),
        "chineseCounting" => counted(number, IDEOGRAPHS),
        "taiwaneseCounting" => counted(number, TAIWANESE),
        "chineseCountingThousand" => grouped(number, &CHINESE),
        "taiwaneseCountingThousand" => grouped(number, &TAIWANESE_THOUSAND),
        "chineseLegalSimplified" => grouped(number, &LEGAL_SIMPLIFIED),
        "ideographLegalTraditional" => grouped(number, &LEGAL_TRADITIONAL),
        "japaneseCounting" => grouped(number, &JAPANESE),
        "japaneseLegal" => grouped(number, &JAPANESE_LEGAL),
        "ideographTraditional" => of_set(number, STEMS),
        "ideographZodiac" => of_set(number, BRANCHES),
        "ideographZodiacTraditional" => sixty(number),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => from(number, '①', 20),
        "decimalEnclosedFullstop" => from(number, '⒈', 20),
        "decimalEnclosedParen" => from(number, '⑴', 20),
        "ideographEnclosedCircle" => from(number, '㊀', 10),
        "none" | "bullet" => String::new(),
        _ => return None,
    };
    Some(printed)
}

/// Whether the format of this name is printed as it should be.
pub(super) fn is_known(format: &str) -> bool {
    print(format, 1).is_some()
}

/// Nothing, in a format: a list may start with it.
fn zero(format: &str) -> String {
    let zero = match format {
        "none" | "bullet" => "",
        "decimalZero" => "00",
        "decimalFullWidth" | "decimalFullWidth2" => "０",
        "ideographDigital" | "japaneseDigitalTenThousand" | "chineseCounting" => "〇",
        "taiwaneseDigital" | "taiwaneseCounting" => "○",
        "chineseCountingThousand" | "taiwaneseCountingThousand" => "零",
        "chineseLegalSimplified" | "ideographLegalTraditional" => "零",
        "numberInDash" => "- 0 -",
        _ => "0",
    };
    zero.to_owned()
}

const FULL_WIDTH: &str = "０１２３４５６７８９";
const IDEOGRAPHS: &str = "〇一二三四五六七八九";
const TAIWANESE: &str = "○一二三四五六七八九";
const STEMS: &str = "甲乙丙丁戊己庚辛壬癸";
const BRANCHES: &str = "子丑寅卯辰巳午未申酉戌亥";

/// The highest number that is written with letters or Roman numerals, which grow with it.
const LONGEST: u32 = 30_000;

fn roman(number: u32) -> String {
    const NUMERALS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if number > LONGEST {
        return number.to_string();
    }
    let mut rest = number;
    let mut printed = String::new();
    for (value, numeral) in NUMERALS {
        while rest >= value {
            printed.push_str(numeral);
            rest -= value;
        }
    }
    printed
}

/// a … z, aa, bb …: the letter comes once more in each round.
fn repeated(number: u32, first: char) -> String {
    let letters: Vec<char> = (first..).take(26).collect();
    let (round, letter) = ((number - 1) / 26, (number - 1) % 26);
    match number > LONGEST {
        true => number.to_string(),
        false => std::iter::repeat_n(letters[letter as usize], round as usize + 1).collect(),
    }
}

fn english_ending(number: u32) -> &'static str {
    match (number % 10, number % 100) {
        (1..=3, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    }
}

/// Digit by digit, in the ten signs of `digits` from zero.
fn by_digits(number: u32, digits: &str) -> String {
    let digits: Vec<char> = digits.chars().collect();
    let places = number.to_string().into_bytes();
    places.into_iter().filter_map(|place| digits.get(usize::from(place - b'0'))).collect()
}

/// Up to 99 with 十; from a hundred on digit by digit.
fn counted(number: u32, digits: &str) -> String {
    match number {
        0..100 => grouped(number, &DigitSigns { ten: "十", one_before_ten: false, ..CHINESE }),
        _ => by_digits(number, digits),
    }
}

/// How a system writes numbers in groups of ten thousand.
struct DigitSigns {
    digits: &'static str,
    ten: &'static str,
    hundred: &'static str,
    thousand: &'static str,
    ten_thousand: &'static str,
    hundred_million: &'static str,
    /// Whether a zero stands for places that are left out.
    bridges: bool,
    /// Whether 10 to 19 begin with a one: 壹拾 and not 拾.
    one_before_ten: bool,
    /// Whether 100 and 1000 begin with a one: 一百 and not 百.
    one_before_hundred: bool,
}

const CHINESE: DigitSigns = DigitSigns {
    digits: "零一二三四五六七八九",
    ten: "十",
    hundred: "百",
    thousand: "千",
    ten_thousand: "万",
    hundred_million: "亿",
    bridges: true,
    one_before_ten: false,
    one_before_hundred: true,
};

const TAIWANESE_THOUSAND: DigitSigns = DigitSigns { ten_thousand: "萬", hundred_million: "億", ..CHINESE };

const LEGAL_SIMPLIFIED: DigitSigns = DigitSigns {
    digits: "零壹贰叁肆伍陆柒捌玖",
    ten: "拾",
    hundred: "佰",
    thousand: "仟",
    ten_thousand: "万",
    hundred_million: "亿",
    one_before_ten: true,
    ..CHINESE
};

const LEGAL_TRADITIONAL: DigitSigns = DigitSigns {
    digits: "零壹貳參肆伍陸柒捌玖",
    ten_thousand: "萬",
    hundred_million: "億",
    ..LEGAL_SIMPLIFIED
};

const JAPANESE: DigitSigns =
    DigitSigns { hundred_million: "億", bridges: false, one_before_hundred: false, ..CHINESE };

const JAPANESE_LEGAL: DigitSigns = DigitSigns {
    digits: "零壱弐参四伍六七八九",
    ten: "拾",
    hundred: "百",
    thousand: "阡",
    ten_thousand: "萬",
    hundred_million: "億",
    bridges: false,
    one_before_ten: true,
    one_before_hundred: true,
};

fn grouped(number: u32, signs: &DigitSigns) -> String {
    let groups = [
        (number / 100_000_000, signs.hundred_million),
        (number / 10_000 % 10_000, signs.ten_thousand),
        (number % 10_000, ""),
    ];
    let mut printed = String::new();
    let mut skipped = false;
    for (group, sign) in groups {
        if group == 0 {
            skipped = !printed.is_empty();
            continue;
        }
        if signs.bridges && !printed.is_empty() && (skipped || group < 1000) {
            printed.extend(signs.digits.chars().next());
        }
        skipped = false;
        group_into(&mut printed, group, signs);
        printed.push_str(sign);
    }
    printed
}

/// Writes a number below ten thousand behind what is printed.
fn group_into(printed: &mut String, group: u32, signs: &DigitSigns) {
    let leads = printed.is_empty();
    let start = printed.len();
    let mut skipped = false;
    let places =
        [(group / 1000, signs.thousand), (group / 100, signs.hundred), (group / 10, signs.ten), (group, "")];
    for (at, (digit, sign)) in places.into_iter().enumerate() {
        let digit = digit % 10;
        let begun = printed.len() > start;
        if digit == 0 {
            skipped = begun;
            continue;
        }
        if std::mem::take(&mut skipped) && signs.bridges {
            printed.extend(signs.digits.chars().next());
        }
        let bare = match at {
            // 十一 but 一百一十一: a ten that leads goes without its one.
            2 => !signs.one_before_ten && (leads && !begun || !signs.one_before_hundred),
            0 | 1 => !signs.one_before_hundred,
            _ => false,
        };
        if !(digit == 1 && bare) {
            printed.extend(signs.digits.chars().nth(digit as usize));
        }
        printed.push_str(sign);
    }
}

/// The sign of a set, or the number itself where the set ends.
fn of_set(number: u32, set: &str) -> String {
    set.chars().nth(number as usize - 1).map_or_else(|| number.to_string(), String::from)
}

/// One of `size` signs from `first` on, or the number itself behind them.
fn from(number: u32, first: char, size: u32) -> String {
    let sign = char::from_u32(first as u32 + number - 1).filter(|_| number <= size);
    sign.map_or_else(|| number.to_string(), String::from)
}

/// The sixty pairs of a stem and a branch: 甲子, 乙丑 …
fn sixty(number: u32) -> String {
    let sign = |set: &str, size: u32| set.chars().nth(((number - 1) % size) as usize);
    match number {
        1..=60 => sign(STEMS, 10).into_iter().chain(sign(BRANCHES, 12)).collect(),
        _ => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_printed_as_the_standard_says() {
        for (format, printed) in [
            ("decimal", "1 9 10 11 20 21 99 100 101 110 1010"),
            ("decimalZero", "01 09 10 11 20 21 99 100 101 110 1010"),
            ("upperRoman", "I IX X XI XX XXI XCIX C CI CX MX"),
            ("lowerLetter", "a i j k t u uuuu vvvv wwww fffff vvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvv"),
            ("ordinal", "1st 9th 10th 11th 20th 21st 99th 100th 101st 110th 1010th"),
            ("decimalFullWidth", "１ ９ １０ １１ ２０ ２１ ９９ １００ １０１ １１０ １０１０"),
            ("ideographDigital", "一 九 一〇 一一 二〇 二一 九九 一〇〇 一〇一 一一〇 一〇一〇"),
            ("chineseCounting", "一 九 十 十一 二十 二十一 九十九 一〇〇 一〇一 一一〇 一〇一〇"),
            ("taiwaneseCounting", "一 九 十 十一 二十 二十一 九十九 一○○ 一○一 一一○ 一○一○"),
            ("chineseCountingThousand", "一 九 十 十一 二十 二十一 九十九 一百 一百零一 一百一十 一千零一十"),
            (
                "chineseLegalSimplified",
                "壹 玖 壹拾 壹拾壹 贰拾 贰拾壹 玖拾玖 壹佰 壹佰零壹 壹佰壹拾 壹仟零壹拾",
            ),
            ("japaneseCounting", "一 九 十 十一 二十 二十一 九十九 百 百一 百十 千十"),
            ("japaneseLegal", "壱 九 壱拾 壱拾壱 弐拾 弐拾壱 九拾九 壱百 壱百壱 壱百壱拾 壱阡壱拾"),
            ("ideographTraditional", "甲 壬 癸 11 20 21 99 100 101 110 1010"),
            ("ideographZodiac", "子 申 酉 戌 20 21 99 100 101 110 1010"),
            ("decimalEnclosedCircle", "① ⑨ ⑩ ⑪ ⑳ 21 99 100 101 110 1010"),
            ("decimalEnclosedFullstop", "⒈ ⒐ ⒑ ⒒ ⒛ 21 99 100 101 110 1010"),
            ("decimalEnclosedParen", "⑴ ⑼ ⑽ ⑾ ⒇ 21 99 100 101 110 1010"),
            ("ideographEnclosedCircle", "㊀ ㊈ ㊉ 11 20 21 99 100 101 110 1010"),
        ] {
            let numbers = [1, 9, 10, 11, 20, 21, 99, 100, 101, 110, 1010];
            let ours: Vec<_> = numbers.map(|number| print(format, number).unwrap()).into();
            assert_eq!(ours.join(" "), printed, "{format}");
        }
    }

    #[test]
    fn large_numbers_are_bounded_and_bridged() {
        assert_eq!(print("chineseCountingThousand", 10_010).as_deref(), Some("一万零一十"));
        assert_eq!(print("chineseCountingThousand", 20_000_101).as_deref(), Some("二千万零一百零一"));
        assert_eq!(print("chineseCountingThousand", 110_011).as_deref(), Some("十一万零一十一"));
        for format in ["upperLetter", "lowerRoman", "ideographZodiacTraditional", "chineseCountingThousand"] {
            assert!(print(format, u32::MAX).unwrap().len() < 100, "{format}");
        }
        assert_eq!(print("decimal", 0).as_deref(), Some("0"));
        assert_eq!(print("hindiVowels", 1), None);
        assert_eq!(print("hindiVowels", 0), None);
    }
}

//! Numbers in Han numerals, read and written. Only whole and regular ones are read: `三五` may
//! be thirty-five or three to five, and what may be two numbers is none.

/// The value of a whole Han numeral: `二十八`, `一百零三`, `两千`, `三亿五千万`, `二〇一九`.
pub(crate) fn han_number(text: &str) -> Option<u64> {
    let by_digits = text.chars().all(|c| digit(c).is_some());
    match by_digits {
        true => digit_by_digit(text),
        false => NumeralReader::of(text),
    }
}

/// A number below ten thousand in Han numerals: 103 is `一百零三`, 12 is `十二`.
pub(crate) fn han_numeral(number: u16) -> String {
    const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let mut numeral = String::new();
    let mut gap = false;
    for (size, unit) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = number / size % 10;
        if digit == 0 {
            gap = !numeral.is_empty();
            continue;
        }
        if std::mem::take(&mut gap) {
            numeral.push('零');
        }
        if !(digit == 1 && size == 10 && numeral.is_empty()) {
            numeral.push(DIGITS[usize::from(digit)]);
        }
        numeral.push_str(unit);
    }
    match numeral.is_empty() {
        true => "零".into(),
        false => numeral,
    }
}

/// Whether a character can be part of a Han numeral.
pub(crate) fn is_numeral(c: char) -> bool {
    // Every character of every report comes by here, and few are numerals.
    LAST_BYTES[c as usize & 0xff] && (digit(c).is_some() || size(c).is_some() || tens(c).is_some())
}

/// Whether a character of three bytes that ends in these two may be a numeral; all numerals are
/// of three bytes, and the last two of them hold the last byte of the code point.
pub(crate) fn may_end([second, third]: [u8; 2]) -> bool {
    LAST_BYTES[usize::from((second << 6) | (third & 0x3f))]
}

/// The last bytes of the code points of all numerals.
const LAST_BYTES: [bool; 256] = {
    let numerals = [
        '〇', '零', '○', '一', '二', '两', '兩', '三', '四', '五', '六', '七', '八', '九', '十', '百', '千',
        '万', '萬', '亿', '億', '廿', '卅',
    ];
    let mut table = [false; 256];
    let mut at = 0;
    while at < numerals.len() {
        table[numerals[at] as usize & 0xff] = true;
        at += 1;
    }
    table
};

/// The value of a Han digit, zero included.
pub(crate) fn digit(c: char) -> Option<u64> {
    let digit = match c {
        '〇' | '零' | '○' => 0,
        '一' => 1,
        '二' | '两' | '兩' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    };
    Some(digit)
}

/// What a numeral before this character is multiplied by.
pub(crate) fn size(c: char) -> Option<u64> {
    let size = match c {
        '十' => 10,
        '百' => 100,
        '千' => 1_000,
        '万' | '萬' => 10_000,
        '亿' | '億' => 100_000_000,
        _ => return None,
    };
    Some(size)
}

/// Tens in one character.
fn tens(c: char) -> Option<u64> {
    match c {
        '廿' => Some(20),
        '卅' => Some(30),
        _ => None,
    }
}

/// A year or another number that is spelled digit by digit. Two digits side by side are more
/// often two numbers, unless the second is a zero.
fn digit_by_digit(text: &str) -> Option<u64> {
    let mut digits = text.chars().filter_map(digit);
    let spelled = digits.clone().try_fold(0_u64, |number, digit| number.checked_mul(10)?.checked_add(digit));
    let first = digits.next()?;
    let whole = match (digits.next(), digits.next()) {
        (None, _) => true,
        (Some(second), None) => second == 0,
        _ => first > 0 && !text.contains(['两', '兩']),
    };
    spelled.filter(|_| whole)
}

/// A numeral on its way from left to right.
struct NumeralReader {
    /// What stands before the last 万 or 亿, multiplied out.
    whole: u64,
    /// What stands behind it so far.
    section: u64,
    /// A digit that waits for what it counts.
    digit: Option<u64>,
    /// The last size in this section: the next one must be smaller.
    size: u64,
    /// The last 万 or 亿.
    big: u64,
    /// Whether a zero bridges to the next digit.
    bridged: bool,
}

impl NumeralReader {
    fn of(text: &str) -> Option<u64> {
        if text.matches(['亿', '億']).nth(1).is_some() {
            return None;
        }
        let start = Self { whole: 0, section: 0, digit: None, size: 10_000, big: u64::MAX, bridged: false };
        text.chars().try_fold(start, Self::read)?.finish()
    }

    fn read(self, c: char) -> Option<Self> {
        match (digit(c), size(c), tens(c)) {
            (Some(0), ..) => self.zero(),
            (Some(digit), ..) => self.digit.is_none().then_some(Self { digit: Some(digit), ..self }),
            (_, Some(size), _) if size < 10_000 => self.small(size),
            (_, Some(size), _) => self.large(size),
            (.., Some(tens)) => self.tens(tens),
            _ => None,
        }
    }

    fn zero(self) -> Option<Self> {
        let may = self.digit.is_none() && !self.bridged && (self.section > 0 || self.whole > 0);
        may.then_some(Self { bridged: true, ..self })
    }

    /// 十, 百 or 千; only a 十 may go without a digit.
    fn small(self, size: u64) -> Option<Self> {
        let digit = match self.digit {
            None if size == 10 && !self.bridged => 1,
            digit => digit?,
        };
        let section = self.section + digit * size;
        let fits = size < self.size && (self.bridged || self.follows(size));
        fits.then_some(Self { section, digit: None, size, bridged: false, ..self })
    }

    fn tens(self, tens: u64) -> Option<Self> {
        let fits = self.digit.is_none() && self.size > 10;
        fits.then_some(Self { section: self.section + tens, size: 10, bridged: false, ..self })
    }

    /// 万 or 亿: closes the section. A 万 may itself be counted in 亿.
    fn large(self, size: u64) -> Option<Self> {
        let Self { whole, big, .. } = self;
        let section = self.closed()?;
        let (whole, section) = match size > big {
            true => (0, whole.checked_add(section)?),
            false => (whole, section),
        };
        let whole = whole.checked_add(section.checked_mul(size)?)?;
        let fits = size != big && section > 0;
        fits.then_some(Self { whole, section: 0, digit: None, size: 10_000, big: size, bridged: false })
    }

    fn finish(self) -> Option<u64> {
        let whole = self.whole;
        // After 万 or 亿 nothing need follow.
        match self.section == 0 && self.digit.is_none() && !self.bridged {
            true => (whole > 0).then_some(whole),
            false => whole.checked_add(self.closed()?),
        }
    }

    /// The section with its last digit, which counts ones.
    fn closed(self) -> Option<u64> {
        let fits = match self.digit {
            None => !self.bridged,
            Some(_) => self.bridged || self.follows(1),
        };
        fits.then_some(self.section + self.digit.unwrap_or(0))
    }

    /// Whether `size` comes right below the last size, or first of all, so that no zero is
    /// missing: `一万五` may be ten thousand and five or fifteen thousand.
    fn follows(&self, size: u64) -> bool {
        self.size == size * 10 || (self.size == 10_000 && self.whole == 0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn regular_numerals_are_read() {
        for (text, number) in [
            ("零", 0),
            ("三", 3),
            ("两", 2),
            ("十", 10),
            ("十一", 11),
            ("二十", 20),
            ("二十八", 28),
            ("廿", 20),
            ("廿三", 23),
            ("一百", 100),
            ("一百零三", 103),
            ("一百一十", 110),
            ("一百十二", 112),
            ("三百六十五", 365),
            ("两千", 2_000),
            ("一千零五", 1_005),
            ("一千零五十", 1_050),
            ("一万", 10_000),
            ("三万五千", 35_000),
            ("十二万", 120_000),
            ("兩萬零三", 20_003),
            ("三亿五千万", 350_000_000),
            ("一万亿", 1_000_000_000_000),
            ("二〇一九", 2019),
            ("二〇", 20),
            ("一〇三", 103),
        ] {
            assert_eq!(han_number(text), Some(number), "{text}");
        }
    }

    #[test]
    fn what_may_be_two_numbers_is_none() {
        for text in [
            "",
            "三五",
            "七八十",
            "百",
            "万",
            "十十",
            "一百二",
            "零三",
            "一百零",
            "一千五",
            "一万五",
            "十几",
            "件",
            "3",
            "百分",
            "万万",
            "一亿亿",
            "一零百",
            "十百",
        ] {
            assert_eq!(han_number(text), None, "{text}");
        }
        assert_eq!(han_number(&"九".repeat(100)), None);
        assert_eq!(han_number("一亿三万亿"), None);
    }

    #[test]
    fn numerals_are_written() {
        for (number, text) in [
            (0, "零"),
            (10, "十"),
            (15, "十五"),
            (20, "二十"),
            (103, "一百零三"),
            (110, "一百一十"),
            (1_005, "一千零五"),
        ] {
            assert_eq!(han_numeral(number), text);
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(number in 0_u16..10_000) {
            prop_assert_eq!(han_number(&han_numeral(number)), Some(u64::from(number)));
        }

        #[test]
        fn no_numeral_is_too_much(text in "[〇零一二三五九十百千万亿两廿]{0,30}") {
            let _ = han_number(&text);
        }
    }
}

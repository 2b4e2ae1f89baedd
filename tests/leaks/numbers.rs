//! Made-up numbers of every kind, and twenty thousand others that only look like one. Their check digits are worked
//! out here in another way than the program does.

#![allow(unreachable_pub)]

/// Numbers that look like chance and are the same in every run.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }

    pub fn digits(&mut self, count: usize) -> String {
        (0..count).map(|_| char::from(b'0' + u8::try_from(self.below(10)).unwrap_or_default())).collect()
    }

    pub fn one_of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[usize::try_from(self.below(all.len() as u64)).unwrap_or_default()]
    }

    fn from(&mut self, alphabet: &str, count: usize) -> String {
        let letters: Vec<char> = alphabet.chars().collect();
        let mut one = || letters[usize::try_from(self.below(letters.len() as u64)).unwrap_or_default()];
        (0..count).map(|_| one()).collect()
    }

    fn day(&mut self, first: u64, years: u64) -> String {
        format!("{}{:02}{:02}", first + self.below(years), 1 + self.below(12), 1 + self.below(28))
    }
}

/// The kinds of numbers that have a check digit, by which they are known wherever they stand.
pub const CHECKED: [fn(&mut Dice) -> String; 2] = [identity, card];

/// An identity number (ISO 7064, MOD 11-2, as a recursion).
pub fn identity(dice: &mut Dice) -> String {
    let division = dice.one_of(&["440703", "110101", "620102", "310115", "542400", "650121", "513723"]);
    let first = format!("{division}{}{}", dice.day(1935, 75), dice.digits(3));
    let rest = first.bytes().fold(0, |rest, digit| (rest + u32::from(digit - b'0')) * 2 % 11);
    match (12 - rest) % 11 {
        10 => first + "X",
        check => format!("{first}{check}"),
    }
}

/// A card of China UnionPay (ISO/IEC 7812-1, annex B).
pub fn card(dice: &mut Dice) -> String {
    let issuer = dice.one_of(&["622202", "621700", "622848", "621661", "622588", "623052"]);
    let count = if dice.below(2) == 0 { 9 } else { 12 };
    let first = format!("{issuer}{}", dice.digits(count));
    (0..10).map(|last| format!("{first}{last}")).find(|number| is_luhn(number)).unwrap_or_default()
}

fn is_luhn(number: &str) -> bool {
    let sum: u32 = number.bytes().rev().enumerate().fold(0, |sum, (at, digit)| {
        let digit = u32::from(digit - b'0') * if at % 2 == 0 { 1 } else { 2 };
        sum + digit / 10 + digit % 10
    });
    sum.is_multiple_of(10)
}

/// A mobile number.
pub fn mobile(dice: &mut Dice) -> String {
    format!("{}{}", dice.one_of(&["138", "139", "159", "186", "177", "199"]), dice.digits(8))
}

/// A passport, with the word that says so.
pub fn passport(dice: &mut Dice) -> String {
    format!("E9{}", dice.digits(7))
}

/// A mailbox of a person.
pub fn mailbox(dice: &mut Dice) -> String {
    format!("{}@{}", dice.digits(9), dice.one_of(&["qq.com", "163.com", "foxmail.com"]))
}

/// A number plate.
pub fn plate(dice: &mut Dice) -> String {
    format!("粤J{}{}", dice.from("ABCDEFGHJK", 1), dice.digits(4))
}

/// What only looks like a number of a person, each with the words that stand around it in documents.
pub const DECOYS: [fn(&mut Dice) -> String; 26] = [
    |d| format!("索引号：{}{}", identity(d).replace('X', "1"), d.digits(3)),
    |d| format!("索引号 11440700{}/{}-{}", d.digits(7), d.day(2010, 12), d.digits(5)),
    |d| format!("统一社会信用代码：{}", credit_code(d)),
    |d| format!("统一社会信用代码{}", numeric_credit_code(d)),
    |d| format!("江府办〔{}〕{}号", 2000 + d.below(25), d.below(99999)),
    |d| format!("（{}）粤{}民初{}号", 2010 + d.below(15), d.digits(4), d.digits(4)),
    |d| format!("拨打{}", d.one_of(&["12345", "12315", "12368", "12348", "12388", "400-830-1234", "95588"])),
    |d| format!("收入{}元，支出{}万元", d.below(99_999_999_999), d.below(99_999_999)),
    |d| format!("总额 ¥{}.{}", d.below(99_999_999_999), d.digits(2)),
    |d| format!("张某，{}********{}", &identity(d)[..6], d.digits(4)),
    |d| format!("联系人{}****{}", &mobile(d)[..3], d.digits(4)),
    |d| format!("卡号 {} **** **** {}", &card(d)[..4], d.digits(4)),
    |d| format!("ISBN {}", isbn(d)),
    |d| format!("占比 {}.{}%", d.below(100), d.digits(11)),
    |d| format!("坐标 113.{}，22.{}", d.digits(12), d.digits(12)),
    |d| format!("sha256 {}", d.from("0123456789abcdef", 64)),
    |d| format!("提交 {}", d.from("0123456789abcdef", 40)),
    |d| format!("订单号 {}{}", d.day(2015, 10), d.digits(10)),
    |d| format!("流水号：{}{}", d.day(2015, 10), d.digits(12)),
    |d| format!("项目代码 {}-440703-{}-{}-{}", 2016 + d.below(9), d.digits(2), d.digits(2), d.digits(6)),
    |d| format!("时间戳 15{}", d.digits(11)),
    |d| format!("GB/T {}.{}-{}", d.digits(5), d.below(20), 1990 + d.below(35)),
    |d| format!("图 DSC{}_{}.jpg", d.digits(5), d.day(2015, 10)),
    |d| {
        format!(
            "{}-{:02}-{:02} {:02}:{:02}",
            2019,
            1 + d.below(12),
            1 + d.below(28),
            d.below(24),
            d.below(60)
        )
    },
    |d| format!("宗地 440703{}GB{}", d.digits(6), d.digits(5)),
    |d| format!("合计 {} {} {} {}", d.below(999), d.below(9999), d.below(9999), d.below(999)),
];

/// A credit code of an organisation with its check character (GB 32100-2015).
fn credit_code(dice: &mut Dice) -> String {
    let first = format!("{}440703{}", dice.one_of(&["11", "12", "91", "52"]), dice.from(LETTERS, 9));
    let check = credit_check(&first);
    format!("{first}{check}")
}

/// One that has no letters, and so the form of an identity number.
fn numeric_credit_code(dice: &mut Dice) -> String {
    loop {
        let first = format!("{}{}{}", dice.one_of(&["11", "12"]), "440703", dice.digits(9));
        let check = credit_check(&first);
        if check.is_ascii_digit() {
            return format!("{first}{check}");
        }
    }
}

const LETTERS: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";

fn credit_check(first: &str) -> char {
    let letters: Vec<char> = LETTERS.chars().collect();
    let value = |c: char| letters.iter().position(|letter| *letter == c).unwrap_or_default();
    let (sum, _) =
        first.chars().fold((0, 1), |(sum, weight), c| ((sum + value(c) * weight) % 31, weight * 3 % 31));
    letters[(31 - sum) % 31]
}

fn isbn(dice: &mut Dice) -> String {
    let first = format!("9787{}", dice.digits(8));
    let sum: u32 = first
        .bytes()
        .enumerate()
        .fold(0, |sum, (at, digit)| sum + u32::from(digit - b'0') * if at % 2 == 0 { 1 } else { 3 });
    format!("{}-7-{}-{}-{}", &first[..3], &first[4..8], &first[8..], (10 - sum % 10) % 10)
}

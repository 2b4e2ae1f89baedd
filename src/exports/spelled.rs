//! How names sound, in letters: a place is typed as jiangmen or jm by whoever does not want to
//! switch keyboards. Readings are those of the `pinyin` crate, one a character, and beside them
//! those that places have and dictionaries do not put first.

use pinyin::ToPinyin;

/// Characters that are read otherwise in names of places than in most words: 重庆, 六安, 厦门.
const IN_PLACES: [(char, &str); 26] = [
    ('佛', "fo"),
    ('重', "chong"),
    ('六', "lu"),
    ('厦', "xia"),
    ('长', "chang"),
    ('番', "pan"),
    ('蚌', "beng"),
    ('乐', "yue"),
    ('单', "shan"),
    ('朝', "chao"),
    ('都', "du"),
    ('藏', "zang"),
    ('埔', "bu"),
    ('泌', "bi"),
    ('浚', "xun"),
    ('铅', "yan"),
    ('歙', "she"),
    ('涡', "guo"),
    ('洞', "tong"),
    ('尉', "yu"),
    ('荥', "xing"),
    ('莘', "shen"),
    ('句', "ju"),
    ('台', "tai"),
    ('会', "kuai"),
    ('盱', "xu"),
];

/// How many ways to read one name are written down.
const MOST: usize = 4;

/// A name in letters, whole and by its initials; nothing where a character has no reading.
pub(super) fn spelled(name: &str) -> Vec<String> {
    let mut rows: Vec<Vec<&'static str>> = vec![Vec::new()];
    for c in name.chars() {
        let readings = readings(c);
        if readings.is_empty() {
            return Vec::new();
        }
        let more = |row: &Vec<&'static str>| {
            let row = row.clone();
            readings.clone().into_iter().map(move |reading| [&row[..], &[reading]].concat())
        };
        rows = rows.iter().flat_map(more).collect();
        rows.truncate(MOST);
    }
    let initials = |row: &Vec<&str>| row.iter().filter_map(|reading| reading.chars().next()).collect();
    let mut found: Vec<String> = rows.iter().map(|row| row.concat()).collect();
    found.extend(rows.iter().map(initials).filter(|letters: &String| letters.len() > 1));
    found.dedup();
    found
}

/// The readings of a character, that of places first.
fn readings(c: char) -> Vec<&'static str> {
    let own = IN_PLACES.iter().find(|(one, _)| *one == c).map(|(_, reading)| *reading);
    let common = c.to_pinyin().map(|reading| reading.plain());
    let mut readings: Vec<_> = own.into_iter().chain(common).collect();
    readings.dedup();
    readings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_spelled_whole_and_by_its_initials() {
        assert_eq!(spelled("江门"), ["jiangmen", "jm"]);
        assert!(spelled("重庆").starts_with(&["chongqing".into()]));
        for (name, letters) in [
            ("六安", "luan"),
            ("六安", "liuan"),
            ("厦门", "xm"),
            ("番禺", "panyu"),
            ("东莞", "dongguan"),
            ("佛山", "foshan"),
        ] {
            assert!(spelled(name).contains(&letters.to_owned()), "{name}: {:?}", spelled(name));
        }
    }

    #[test]
    fn what_is_no_chinese_is_not_spelled() {
        assert_eq!(spelled("A区"), Vec::<String>::new());
    }
}

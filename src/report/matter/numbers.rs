//! The numbers by which a document is cited: 发文字号 and 索引号.

use super::values::Matter;
use crate::config::Pattern;
use crate::diag::Words;
use crate::yaml::Fields;

/// Complains of numbers that do not have their shape.
pub(super) fn check(fields: &mut Fields<'_>, matter: &Matter, pattern: Option<Pattern<'_>>) {
    if let Some(number) = &matter.document_number
        && let Some((zh, en)) = slip(&number.value)
    {
        let words = Words::new(
            format!("发文字号不合规范：{zh}"),
            format!("this document number is not in form: {en}"),
        );
        fields.error("number/document", number.span, words).help = Some(Words::new(
            "写成 江府〔2020〕5号：年份四位、用六角括号，序号不编虚位、不加“第”",
            "write it as 江府〔2020〕5号: the year in full within 〔〕, the serial without zeros before it and without 第",
        ));
    }
    if let (Some(number), Some(pattern)) = (&matter.index_number, pattern)
        && !pattern.matches(&number.value)
    {
        let words = Words::new(
            "索引号不合本站规定的格式",
            "this index number does not have the shape that site.yaml gives",
        );
        let shape = pattern.text();
        fields.error("number/index", number.span, words).help = Some(Words::new(
            format!("应为 {shape}：N 是一位数字，A 是一位字母或数字，* 是任意多个字符"),
            format!("the shape is {shape}: N is a figure, A a letter or figure, * any number of characters"),
        ));
    }
}

/// What is wrong with a document number by GB/T 9704-2012, 7.2.5: year in full within 〔〕,
/// serial unpadded and without 第. Orders (令) are numbered with 第.
fn slip(number: &str) -> Option<(&'static str, &'static str)> {
    let order = number.contains('令');
    let Some((_, rest)) = number.split_once('〔') else {
        return (!order).then_some(("年份应在六角括号〔〕里", "the year must stand within 〔〕"));
    };
    let Some((year, serial)) = rest.split_once('〕') else {
        return Some(("缺少右六角括号〕", "the closing 〕 is missing"));
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let Some(serial) = serial.strip_suffix('号') else {
        return Some(("应以“号”结尾", "it must end with 号"));
    };
    match () {
        () if year.len() != 4 || !digits(year) => {
            Some(("年份应是四位数字", "the year must have four figures"))
        }
        () if serial.starts_with('第') => Some(("序号不加“第”", "the serial must stand without 第")),
        () if !digits(serial) => Some(("序号应是数字", "the serial must be a number")),
        () if serial.starts_with('0') => Some(("序号不编虚位", "the serial must not begin with 0")),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_number_has_its_year_in_full_and_its_serial_unpadded() {
        for good in ["赤政发〔2019〕7号", "国办函〔2021〕30号", "国务院令第711号"] {
            assert_eq!(slip(good), None, "{good}");
        }
        for bad in [
            "赤政发〔2019〕07号",
            "赤政发[2019]7号",
            "赤政发(2019)7号",
            "赤政发〔19〕7号",
            "赤政发〔2019〕第7号",
            "赤政发〔2019〕7",
            "赤政发〔2019〕甲号",
            "赤政发〔2019",
        ] {
            assert!(slip(bad).is_some(), "{bad}");
        }
    }
}

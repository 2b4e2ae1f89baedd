//! The template engine's sentences in ours, and in Chinese: it speaks English alone, and of
//! types that are Rust's. Its sentences are known by their shape; one that is not known is
//! passed on.

use crate::diag::{Words, nearest};

/// What is wrong, and what to type where that can be said.
type FaultWords = (Words, Option<Words>);

/// The functions that a template can call.
const FUNCTIONS: [&str; 5] = ["asset", "lang", "t", "range", "throw"];

/// The filters of the engine.
const FILTERS: [&str; 37] = [
    "abs",
    "capitalize",
    "default",
    "escape",
    "escape_html",
    "escape_xml",
    "first",
    "float",
    "get",
    "group_by",
    "indent",
    "int",
    "join",
    "keys",
    "last",
    "length",
    "lower",
    "newlines_to_br",
    "nth",
    "pairs",
    "pluralize",
    "replace",
    "reverse",
    "round",
    "safe",
    "sort",
    "split",
    "str",
    "title",
    "trim",
    "trim_end",
    "trim_start",
    "truncate",
    "unique",
    "upper",
    "values",
    "wordcount",
];

/// The tests of the engine, as in `{% if x is defined %}`.
const TESTS: [&str; 17] = [
    "array",
    "bool",
    "containing",
    "defined",
    "divisible_by",
    "ending_with",
    "even",
    "float",
    "integer",
    "iterable",
    "map",
    "none",
    "number",
    "odd",
    "starting_with",
    "string",
    "undefined",
];

/// The engine's sentence in ours; `templates` are the names of all that there are.
pub(super) fn translate(said: &str, templates: &[&str]) -> FaultWords {
    absent(said, templates)
        .or_else(|| undefined(said))
        .or_else(|| grammar(said))
        .or_else(|| types(said))
        .unwrap_or_else(|| {
            let words =
                Words::new(format!("模板有误：{said}"), format!("this template cannot be used: {said}"));
            (words, None)
        })
}

/// The template that is nearest to a name that is not there, or where to put one.
pub(super) fn nearest_template(name: &str, templates: &[&str]) -> Words {
    match nearest(name, templates.iter().copied()) {
        Some(near) => near_is(near),
        None => Words::new(
            format!("改正名称，或把它放在 templates/{name}"),
            format!("mend its name, or put it at templates/{name}"),
        ),
    }
}

fn near_is(near: &str) -> Words {
    Words::new(format!("是不是想写 `{near}`？"), format!("did you mean `{near}`?"))
}

/// A name that nothing has: a function, a filter, a template, a file of the theme.
fn absent(said: &str, templates: &[&str]) -> Option<FaultWords> {
    let (what, name) = said.strip_suffix('`')?.split_once(" `")?;
    let (zh, en, known): (_, _, &[&str]) = match what {
        "Unknown function" => ("函数", "function", &FUNCTIONS),
        "Unknown filter" => ("过滤器", "filter", &FILTERS),
        "Unknown test" => ("判断词", "test", &TESTS),
        "Unknown component" => ("组件", "component", &[]),
        "Unknown template" => {
            let words = there_is_no(name, &Words::new("模板", "template"));
            return Some((words, Some(nearest_template(name, templates))));
        }
        "the theme has no asset" => {
            let words = Words::new(format!("主题没有 `{name}` 这个文件"), said);
            let help = Words::new(
                format!("把它放进主题的 assets 文件夹，如 themes/名称/assets/{name}"),
                format!("put it into the theme's folder of assets, as themes/NAME/assets/{name}"),
            );
            return Some((words, Some(help)));
        }
        "the theme has no text" => {
            let words = Words::new(format!("主题没有 `{name}` 这条界面文字"), said);
            let help = Words::new(
                format!("在主题的 i18n/zh-CN.yaml 和 i18n/en.yaml 里写上 `{name}:`"),
                format!("give it as `{name}:` in the theme's i18n/zh-CN.yaml and i18n/en.yaml"),
            );
            return Some((words, Some(help)));
        }
        _ => return None,
    };
    let help = match (nearest(name, known.iter().copied()), known) {
        (Some(near), _) => near_is(near),
        (None, []) => Words::new(
            format!("先用 `{{% component {name}() %}}` 定义它，或改正名称"),
            format!("define it with `{{% component {name}() %}}`, or mend its name"),
        ),
        (None, known) => Words::new(
            format!("可用的{zh}：{}", known.join("、")),
            format!("the {en}s are: {}", known.join(", ")),
        ),
    };
    Some((there_is_no(name, &Words::new(zh, en)), Some(help)))
}

fn there_is_no(name: &str, what: &Words) -> Words {
    Words::new(format!("没有 `{name}` 这个{}", what.zh), format!("there is no {} `{name}`", what.en))
}

/// A variable or a field that the page does not have.
fn undefined(said: &str) -> Option<FaultWords> {
    let (what, rest) = said.split_once(" `")?;
    let (name, rest) = rest.split_once('`')?;
    let what = match what {
        "Field" => Words::new("字段", "field"),
        "Variable" => Words::new("变量", "variable"),
        _ => return None,
    };
    if rest.starts_with(" exists") {
        let words = Words::new(format!("`{name}` 没有值"), format!("`{name}` has no value"));
        let help = Words::new(
            format!("先判断 `{{% if {name} is defined %}}`"),
            format!("ask `{{% if {name} is defined %}}` before"),
        );
        return Some((words, Some(help)));
    }
    let rest = rest.strip_prefix(" is not defined")?;
    let known: Vec<&str> = match rest.split_once(": ") {
        Some((_, names)) => names.split(", ").collect(),
        None => Vec::new(),
    };
    let mut help = match nearest(name, known.iter().copied()) {
        Some(near) => near_is(near),
        None => Words::new(
            "用 `xiangwei inspect 地址` 可以看到这一页的全部字段",
            "`xiangwei inspect ADDRESS` shows all fields of a page",
        ),
    };
    if !known.is_empty() {
        help.zh = format!("{}可用：{}", sentence(&help.zh, "；"), known.join("、"));
        help.en = format!("{} there are: {}", sentence(&help.en, ";"), known.join(", "));
    }
    Some((there_is_no(name, &what), Some(help)))
}

/// `text` with a sign behind it, unless it ends with one.
fn sentence(text: &str, sign: &str) -> String {
    if text.ends_with(['？', '?']) { text.to_owned() } else { format!("{text}{sign}") }
}

/// A mistake of writing.
fn grammar(said: &str) -> Option<FaultWords> {
    let (words, help) = match said {
        "Unexpected end of input" => (
            Words::new("模板在这里还没写完就结束了", "the template ends before this does"),
            Words::new(
                "补上 `}}`、`%}`，或 `{% endif %}` 这样的结束标签",
                "close it with `}}`, `%}` or a tag such as `{% endif %}`",
            ),
        ),
        "Unknown tag" => (
            Words::new("这里不能用这个标签", "this tag cannot stand here"),
            Words::new(
                "先结束前面的 `{% if %}` 或 `{% for %}`；也可能是标签拼错了",
                "close an `{% if %}` or `{% for %}` before it, or mend the tag's spelling",
            ),
        ),
        "`extends` needs to be the first tag of the template" => (
            Words::new("`extends` 应是模板的第一个标签", "`extends` must be the first tag of a template"),
            Words::new("把它移到第一行", "move it to the first line"),
        ),
        said if said.starts_with("This content would be ignored") => (
            Words::new("这里的内容不会显示", "what stands here would not be shown"),
            Words::new(
                "模板用了 `extends`，内容要写在 `{% block %}` 里",
                "in a template that extends another one, put it into a `{% block %}`",
            ),
        ),
        said => return token(said),
    };
    Some((words, Some(help)))
}

/// A sign that cannot stand where it does: ``Found `%}` but expected one of: …``.
fn token(said: &str) -> Option<FaultWords> {
    let rest = said.strip_prefix("Found ")?;
    let (found, expected) =
        rest.split_once(" but expected ").or_else(|| rest.split_once(" but was expecting "))?;
    let expected = expected.trim_end_matches('.').trim_start_matches("one of: ");
    let words = Words::new(format!("这里不能是 {found}"), format!("{found} cannot stand here"));
    let help = if expected.starts_with("integer, float, string") {
        Words::new(
            "这里应写变量或值，如 `page.title`",
            "write a variable or a value here, such as `page.title`",
        )
    } else {
        Words::new(format!("这里应是：{expected}"), format!("expected here: {expected}"))
    };
    Some((words, Some(help)))
}

/// A value that is not of the sort that is wanted.
fn types(said: &str) -> Option<FaultWords> {
    let parts: Vec<&str> = said.split('`').collect();
    let (words, help) = match parts[..] {
        ["", sign, " requires both operands to be numbers, found ", left, " and ", right, ""] => {
            let (left, right) = (sort(left), sort(right));
            (
                Words::new(
                    format!("`{sign}` 两边都应是数字，这里是{}和{}", left.0, right.0),
                    format!("`{sign}` takes two numbers, and here are {} and {}", left.1, right.1),
                ),
                Words::new("连接文字用 `~`", "join texts with `~`"),
            )
        }
        ["Cannot compare ", left, " with ", right, ""] => {
            let (left, right) = (sort(left), sort(right));
            (
                Words::new(
                    format!("{}和{}不能比较大小", left.0, right.0),
                    format!("{} cannot be compared with {}", left.1, right.1),
                ),
                Words::new("两边换成同一种值", "make both the same sort of value"),
            )
        }
        ["Iteration not possible on type ", value, ""] => (
            Words::new(
                format!("`for` 不能逐项读取{}", sort(value).0),
                format!("`for` cannot go through {}", sort(value).1),
            ),
            Words::new("换成一个列表", "give it a list"),
        ),
        ["Missing keyword argument ", name, ""] => (
            Words::new(format!("缺少参数 `{name}`"), format!("the argument `{name}` is missing")),
            Words::new(format!("写上 `{name}=…`"), format!("write `{name}=…`")),
        ),
        ["Block ", name, " is not defined in any parent template"] => (
            Words::new(
                format!("被扩展的模板没有 `{name}` 这个块"),
                format!("no template that this one extends has a block `{name}`"),
            ),
            Words::new("对照被扩展的模板改正名称", "compare its name with the template that is extended"),
        ),
        _ => return None,
    };
    Some((words, Some(help)))
}

/// What the engine calls the sort of a value, in words.
fn sort(name: &str) -> (&str, &str) {
    match name {
        "string" => ("文字", "a text"),
        "i64" | "u64" | "i128" | "u128" | "f64" => ("数字", "a number"),
        "array" => ("列表", "a list"),
        "map/struct" | "map" => ("一组字段", "a group of fields"),
        "bool" => ("真假值", "a truth value"),
        "none" | "undefined" => ("空值", "nothing"),
        other => (other, other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_that_are_offered_are_the_engines() {
        for filter in FILTERS {
            let template = format!("{{{{ x | {filter} }}}}");
            assert!(tera::Tera::new().add_raw_template("a", &template).is_ok(), "{filter}");
        }
        for test in TESTS {
            let template = format!("{{% if x is {test} %}}{{% endif %}}");
            assert!(tera::Tera::new().add_raw_template("a", &template).is_ok(), "{test}");
        }
    }

    #[test]
    fn a_field_that_is_not_there_is_named_with_those_that_are() {
        let (words, help) = translate("Field `titel` is not defined. Available fields: heading, title", &[]);
        assert_eq!(words.en, "there is no field `titel`");
        let help = help.unwrap();
        assert_eq!(help.en, "did you mean `title`? there are: heading, title");
        assert_eq!(help.zh, "是不是想写 `title`？可用：heading、title");
    }

    #[test]
    fn a_sentence_that_is_not_known_is_passed_on() {
        let (words, help) = translate("Something new", &[]);
        assert!(words.zh.contains("Something new") && words.en.contains("Something new") && help.is_none());
    }
}

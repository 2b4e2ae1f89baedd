//! A script that a worker begins with, put together with all that it imports: a browser asks for one file instead of a
//! dozen, one behind the other. Nothing is renamed: each module is a function that gives back what it exports.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::script::{Module, module};

/// The script `first` with all that it imports, by `scripts`, which gives the text of one by its name. `None` where one of
/// them imports or exports in another way than the plainest, or leads anywhere else than beside itself, or in a circle: then
/// it is left as it is.
pub(in crate::theme) fn joined<'a>(
    first: &'a str,
    scripts: &impl Fn(&str) -> Option<&'a str>,
) -> Option<String> {
    let mut joining = Joining { scripts, numbers: BTreeMap::new(), text: String::new() };
    let module = module(scripts(first)?)?;
    if module.imports.is_empty() {
        return None;
    }
    joining.numbers.insert(first.to_owned(), None);
    let head = joining.imports(first, &module)?;
    joining.text += &head;
    joining.text += &module.text;
    Some(joining.text)
}

/// Scripts that are being joined.
struct Joining<'f, F> {
    scripts: &'f F,
    /// The number of each module that is there by its name; none as long as what it imports is looked for.
    numbers: BTreeMap<String, Option<usize>>,
    text: String,
}

impl<'a, F: Fn(&str) -> Option<&'a str>> Joining<'_, F> {
    /// The lines that give a module what it imports, once all that is there.
    fn imports(&mut self, name: &str, module: &Module<'_>) -> Option<String> {
        let mut lines = String::new();
        for import in &module.imports {
            let number = self.number(&sibling(name, import.from)?)?;
            let names: Vec<String> =
                import.names.iter().map(|(there, here)| format!("{there}: {here}")).collect();
            let _ = writeln!(lines, "const {{ {} }} = module{number};", names.join(", "));
        }
        Some(lines)
    }

    /// The number of a module, which is put behind those that are there.
    fn number(&mut self, name: &str) -> Option<usize> {
        if let Some(known) = self.numbers.get(name) {
            return *known;
        }
        let module = module((self.scripts)(name)?)?;
        self.numbers.insert(name.to_owned(), None);
        let head = self.imports(name, &module)?;
        let number = self.numbers.values().flatten().count();
        self.numbers.insert(name.to_owned(), Some(number));
        let exports = module.exports.join(", ");
        let _ = write!(
            self.text,
            "const module{number} = (() => {{\n{head}{}\nreturn {{ {exports} }};\n}})();\n",
            module.text
        );
        Some(number)
    }
}

/// The name of what a module names beside itself.
fn sibling(name: &str, from: &str) -> Option<String> {
    let own = from.strip_prefix("./").filter(|own| !own.contains(['/', '?', '#', '%', '\\']))?;
    (!name.contains('/')).then(|| own.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(scripts: &[(&str, &str)]) -> Option<String> {
        let find = |name: &str| scripts.iter().find(|(own, _)| *own == name).map(|(_, text)| *text);
        joined(scripts[0].0, &find)
    }

    #[test]
    fn modules_are_put_together_each_once_and_before_those_that_need_them() {
        let found = of(&[
            ("a.js", "import { b } from \"./b.js\";\nimport { c as d } from \"./c.js\";\nb(d);\n"),
            ("b.js", "import { c } from \"./c.js\";\nexport function b(x) { return c + x; }\n"),
            ("c.js", "export const c = 1;"),
        ]);
        let expected = "const module0 = (() => {\n const c = 1;\nreturn { c };\n})();\n\
            const module1 = (() => {\nconst { c: c } = module0;\n\n function b(x) { return c + x; }\n\nreturn { b };\n})();\n\
            const { b: b } = module1;\nconst { c: d } = module0;\n\n\nb(d);\n";
        assert_eq!(found.as_deref(), Some(expected));
    }

    #[test]
    fn what_cannot_be_joined_is_left_as_it_is() {
        let circle = [("a.js", "import { b } from './b.js';"), ("b.js", "import { a } from './a.js';")];
        assert_eq!(of(&circle), None);
        assert_eq!(of(&[("a.js", "import { b } from './missing.js';")]), None);
        assert_eq!(of(&[("a.js", "import { b } from './far/b.js';"), ("far/b.js", "")]), None);
        assert_eq!(of(&[("a.js", "import { b } from './b.js';"), ("b.js", "export default 1;")]), None);
        assert_eq!(of(&[("a.js", "alone();")]), None);
    }
}

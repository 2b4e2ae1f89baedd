//! What a script names: the modules that it imports, and files by their place beside it. A script
//! is read as tokens and not as a program: whatever stands in strings, templates, comments and
//! regular expressions is none of its own words, and nothing else has to be known.

mod module;
mod tokens;

use super::{NameInAsset, NameMeaning};
use tokens::{ScriptToken, Tokens};

pub(super) use module::{Module, module};

/// What is looked at together: the longest shape is `new URL("…", import.meta.url)`.
const SEEN: usize = 9;

/// The tokens that were read last, and what they say together.
struct ScriptReader<'a> {
    seen: [ScriptToken<'a>; SEEN],
    /// Whether all since an `import` or `export` may be the names that it is about.
    is_clause: bool,
    names: Vec<NameInAsset>,
}

/// What a script names, in the order in which it does.
pub(super) fn names(text: &str) -> Vec<NameInAsset> {
    let mut reading =
        ScriptReader { seen: [ScriptToken::Sign(b';'); SEEN], is_clause: false, names: Vec::new() };
    for token in Tokens::new(text) {
        reading.seen.rotate_left(1);
        reading.seen[SEEN - 1] = token;
        reading.look();
    }
    reading.names
}

impl ScriptReader<'_> {
    fn look(&mut self) {
        use ScriptToken::{Sign, Text, Word};
        let name = match self.seen {
            [.., before, Word("import"), Text(start, end)] if before != Sign(b'.') => {
                Some((start, end, NameMeaning::Module))
            }
            [.., Word("from"), Text(start, end)] if self.is_clause => Some((start, end, NameMeaning::Module)),
            [.., before, Word("import"), Sign(b'('), Text(start, end), Sign(b')' | b',')]
                if before != Sign(b'.') =>
            {
                Some((start, end, NameMeaning::Module))
            }
            [.., Word("meta"), Sign(b'.'), Word("resolve"), Sign(b'('), Text(start, end), Sign(b')')] => {
                Some((start, end, NameMeaning::Module))
            }
            [
                Word("URL"),
                Sign(b'('),
                Text(start, end),
                Sign(b','),
                Word("import"),
                Sign(b'.'),
                Word("meta"),
                Sign(b'.'),
                Word("url"),
            ] => Some((start, end, NameMeaning::Address)),
            _ => None,
        };
        self.is_clause = match self.seen {
            [.., before, Word("import")] => before != Sign(b'.'),
            [.., before, Word("export"), Sign(b'*' | b'{')] => before != Sign(b'.'),
            [.., Word(_) | Sign(b'{' | b'}' | b',' | b'*')] => self.is_clause,
            [.., Text(..)] => self.is_clause && name.is_none(),
            _ => false,
        };
        self.names.extend(name.map(|(start, end, says)| NameInAsset { range: start..end, says }));
    }
}

#[cfg(test)]
mod tests {
    use super::module::Import;
    use super::*;

    #[test]
    fn a_plain_module_comes_apart() {
        let text = "import { a, b as c, } from \"./x.js\";\nimport(\"./y.js\"); import.meta.url; o.export = { import: 1 };\n\
                    export async function f() { return `export const no`; }\nexport const g = 1;\nexport class H {}\nexport function* i() {}\n";
        let found = module(text).unwrap();
        assert_eq!(
            found.text,
            "\nimport(\"./y.js\"); import.meta.url; o.export = { import: 1 };\n\
             \u{20}async function f() { return `export const no`; }\n const g = 1;\n class H {}\n function* i() {}\n"
        );
        assert_eq!(found.exports, ["f", "g", "H", "i"]);
        assert_eq!(found.imports, [Import { from: "./x.js", names: vec![("a", "a"), ("b", "c")] }]);
    }

    #[test]
    fn what_is_not_plain_is_not_taken_apart() {
        for text in [
            "import a from './x.js';",
            "import * as a from './x.js';",
            "import './x.js';",
            "import { \"a b\" as c } from './x.js';",
            "export default 1;",
            "export { a };",
            "export * from './x.js';",
            "export let a = 1;",
            "export const { a } = b;",
            "import { a } from './x.json' with { type: 'json' };",
            "import",
            "export",
        ] {
            assert_eq!(module(text), None, "{text}");
        }
    }

    fn named(text: &str) -> Vec<&str> {
        names(text).into_iter().map(|name| &text[name.range]).collect()
    }

    #[test]
    fn every_way_to_import_is_one() {
        let text = r#"#!/usr/bin/env import "./not.js"
            import "./a.js"; import b from './b.js'
            import * as c from "./c.js"; import d, { e as f, "g h" as i, from } from "./d.js";
            import{j}from"./j.js";import from from "./k.js";
            export * from "./l.js"; export * as m from "./m.js"; export { n, default as o } from "./n.js";
            const p = await import("./p.js"), q = () => import( /* why */ './q.js', { with: {} });
            import("./r.js").then(({ import: s }) => s); import(`./t.js`);
            import data from "./u.json" with { type: "json" };
            new Worker(new URL("./v.js", import.meta.url), { type: "module" });
            import.meta.resolve("./w.js");
            `${await import("./x.js")} and ${`${import("./y.js")}`}`"#;
        let wanted = [
            "./a.js", "./b.js", "./c.js", "./d.js", "./j.js", "./k.js", "./l.js", "./m.js", "./n.js",
            "./p.js", "./q.js", "./r.js", "./t.js", "./u.json", "./v.js", "./w.js", "./x.js", "./y.js",
        ];
        assert_eq!(named(text), wanted);
    }

    #[test]
    fn what_only_looks_like_an_import_is_none() {
        for text in [
            r#"// import "./a.js""#,
            r#"/* import "./a.js" */"#,
            r#"const a = 'import "./a.js"', b = "import('./a.js')", c = `import "./a.js"`"#,
            r#"const a = `${1} import "./a.js"`"#,
            r#"a.import("./a.js"); a?.import("./a.js"); const b = { import: "./a.js" }"#,
            r#"const from = 1; f(from, "./a.js"); export const a = "./a.js"; export { a }; from = "./a.js""#,
            r#"export { a }
               let b = "./a.js""#,
            r#"const a = /import "[./]a.js"/g, b = [/'/, /"/, /[/"]import "a"/]"#,
            r#"if (a) /'/.test(b); x = y / 2; import(name + "./a.js"); import(`./${a}.js`)"#,
            r#"while (i++ < 2) /"import'./a.js'/.exec(i)"#,
        ] {
            assert_eq!(named(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_division_hides_no_import() {
        for before in [
            "a / 2; b = '/'; ",
            "(a) / 2 / b; ",
            "[1] / 2; ",
            "i++ / 2; ",
            "({}) / 2; ",
            "a.in / 2; ",
            "1 / '1';",
            "`a` / 2;",
        ] {
            let text = format!("x = {before} import \"./a.js\"");
            assert_eq!(named(&text), ["./a.js"], "{text}");
        }
    }

    #[test]
    fn what_does_not_end_ends_with_its_line() {
        assert_eq!(named("a = 'open\nimport './a.js'"), ["./a.js"]);
        assert_eq!(named("a = (/open\nimport './a.js'"), ["./a.js"]);
        for text in
            ["'", "\"\\", "`", "`${", "/*", "/", "import", "import(", "#!", "}", "\u{feff}", "中\\", "`\\中"]
        {
            assert_eq!(named(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_text_is_read_in_time_linear_in_its_size() {
        for piece in ["/[", "= /a", "`${", "import ", "{(", "'\n", "/*", "import(", "\\"] {
            let text = piece.repeat(400_000 / piece.len());
            let mut tokens = Tokens::new(&text);
            while tokens.next().is_some() {}
            assert!(tokens.looked <= 4 * text.len(), "{piece}: {} bytes looked at", tokens.looked);
        }
    }
}

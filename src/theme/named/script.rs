//! What a script names: the modules that it imports, and files by their place beside it. A script
//! is read as tokens and not as a program: whatever stands in strings, templates, comments and
//! regular expressions is none of its own words, and nothing else has to be known.

use super::{Name, Says};

/// Words behind which a value begins, so that a `/` is no division.
const BEFORE_A_VALUE: [&str; 16] = [
    "await",
    "case",
    "default",
    "delete",
    "do",
    "else",
    "extends",
    "in",
    "instanceof",
    "new",
    "of",
    "return",
    "throw",
    "typeof",
    "void",
    "yield",
];

/// Words whose brackets hold a condition and not a value.
const CONDITIONS: [&str; 4] = ["for", "if", "while", "with"];

/// What a script is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token<'a> {
    /// A word, or a number.
    Word(&'a str),
    /// A string, or a template without holes: where the text between its quotes stands.
    Text(usize, usize),
    /// Any other character that means something.
    Sign(u8),
}

/// What a bracket opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Opened {
    /// What becomes a value when it closes.
    Value,
    /// A condition or a block, behind which a value may begin.
    Block,
    /// A hole in a template, behind which the template goes on.
    Hole,
}

/// Reads a script token by token.
struct Tokens<'a> {
    text: &'a str,
    at: usize,
    open: Vec<Opened>,
    last: Token<'a>,
    /// Whether what was read last is a value, so that a `/` divides it.
    is_value: bool,
    /// No regular expression begins before this place.
    barren: usize,
    /// How many bytes were looked at, some more than once.
    #[cfg(test)]
    looked: usize,
}

impl<'a> Tokens<'a> {
    fn new(text: &'a str) -> Self {
        let at = if text.starts_with("#!") { text.find('\n').unwrap_or(text.len()) } else { 0 };
        Self {
            text,
            at,
            open: Vec::new(),
            last: Token::Sign(b';'),
            is_value: false,
            barren: 0,
            #[cfg(test)]
            looked: 0,
        }
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    /// The place of the first character from `from` on that is one of `signs`, or the end.
    fn find(&mut self, from: usize, signs: &[u8]) -> usize {
        let rest = self.text.as_bytes().get(from..).unwrap_or_default();
        let found = rest.iter().position(|byte| signs.contains(byte)).map_or(self.text.len(), |at| from + at);
        #[cfg(test)]
        {
            self.looked += found.saturating_sub(from) + 1;
        }
        found
    }

    /// Passes over spaces and comments.
    fn skip(&mut self) {
        while let Some(c) = self.text.get(self.at..).and_then(|rest| rest.chars().next()) {
            let rest = &self.text[self.at..];
            if c.is_whitespace() || c == '\u{feff}' {
                self.at += c.len_utf8();
            } else if rest.starts_with("//") {
                self.at = self.find(self.at, b"\n");
            } else if let Some(comment) = rest.strip_prefix("/*") {
                self.at = comment.find("*/").map_or(self.text.len(), |end| self.at + end + 4);
            } else {
                return;
            }
        }
    }

    /// A string from its quote on. One that does not end on its line ends with it.
    fn string(&mut self, quote: u8) -> Token<'a> {
        let start = self.at + 1;
        let mut at = start;
        loop {
            at = self.find(at, &[quote, b'\\', b'\n']);
            match self.byte(at) {
                Some(b'\\') => at += 2,
                _ => break,
            }
        }
        let end = at.min(self.text.len());
        self.at = (end + 1).min(self.text.len());
        self.is_value = true;
        Token::Text(start, end)
    }

    /// A template from its first quote, or from the end of a hole, up to its end or the next hole.
    fn template(&mut self) -> Token<'a> {
        let is_start = self.byte(self.at) == Some(b'`');
        let start = self.at + 1;
        let mut at = start;
        loop {
            at = self.find(at, b"`\\$");
            match (self.byte(at), self.byte(at + 1)) {
                (Some(b'\\'), _) => at += 2,
                (Some(b'$'), Some(b'{')) => {
                    self.open.push(Opened::Hole);
                    self.at = at + 2;
                    self.is_value = false;
                    return Token::Sign(b'$');
                }
                (Some(b'$'), _) => at += 1,
                _ => break,
            }
        }
        let end = at.min(self.text.len());
        self.at = (end + 1).min(self.text.len());
        self.is_value = true;
        if is_start { Token::Text(start, end) } else { Token::Sign(b'`') }
    }

    /// Passes over a regular expression, if one ends on this line. Where none did, nothing else on
    /// the line is taken for one, or each sign of it would be looked at again and again.
    fn expression(&mut self) -> bool {
        let mut at = self.at + 1;
        let mut is_class = false;
        while self.at >= self.barren {
            at = self.find(at, b"/\\[]\n");
            match self.byte(at) {
                Some(b'\\') => at += 2,
                Some(sign @ (b'[' | b']')) => (is_class, at) = (sign == b'[', at + 1),
                Some(b'/') if is_class => at += 1,
                Some(b'/') => {
                    self.at = at + 1;
                    self.word();
                    return true;
                }
                _ => self.barren = at,
            }
        }
        false
    }

    /// A word that begins here; empty where none does.
    fn word(&mut self) -> &'a str {
        let rest = &self.text[self.at..];
        let is_part =
            |c: char| c.is_alphanumeric() || "_$".contains(c) || !(c.is_ascii() || c.is_whitespace());
        let word = &rest[..rest.find(|c| !is_part(c)).unwrap_or(rest.len())];
        self.at += word.len();
        word
    }

    fn sign(&mut self, sign: u8) -> Token<'a> {
        self.at += 1;
        if matches!(sign, b'+' | b'-') && self.byte(self.at) == Some(sign) {
            // What is counted up or down stays the value that it is.
            self.at += 1;
            return Token::Sign(sign);
        }
        match sign {
            b'(' | b'[' | b'{' => self.open.push(self.opened(sign)),
            _ => {}
        }
        self.is_value = matches!(sign, b')' | b']' | b'}') && self.open.pop() != Some(Opened::Block);
        Token::Sign(sign)
    }

    /// What a bracket opens behind what was read last.
    fn opened(&self, bracket: u8) -> Opened {
        let is_block = match (bracket, self.last) {
            (b'(', Token::Word(word)) => CONDITIONS.contains(&word),
            (b'{', Token::Word(word)) => matches!(word, "do" | "else") || !BEFORE_A_VALUE.contains(&word),
            (b'{', Token::Sign(sign)) => b");{}>".contains(&sign),
            _ => false,
        };
        if is_block { Opened::Block } else { Opened::Value }
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        self.skip();
        let token = match self.byte(self.at)? {
            quote @ (b'"' | b'\'') => self.string(quote),
            b'`' => self.template(),
            b'}' if self.open.last() == Some(&Opened::Hole) => {
                self.open.pop();
                self.template()
            }
            b'/' if !self.is_value && self.expression() => {
                self.is_value = true;
                Token::Sign(b'/')
            }
            sign => match self.word() {
                "" => self.sign(sign),
                word => {
                    self.is_value = self.last == Token::Sign(b'.') || !BEFORE_A_VALUE.contains(&word);
                    Token::Word(word)
                }
            },
        };
        self.last = token;
        Some(token)
    }
}

/// What is looked at together: the longest shape is `new URL("…", import.meta.url)`.
const SEEN: usize = 9;

/// The tokens that were read last, and what they say together.
struct Reading<'a> {
    seen: [Token<'a>; SEEN],
    /// Whether all since an `import` or `export` may be the names that it is about.
    is_clause: bool,
    names: Vec<Name>,
}

/// What a script names, in the order in which it does.
pub(super) fn names(text: &str) -> Vec<Name> {
    let mut reading = Reading { seen: [Token::Sign(b';'); SEEN], is_clause: false, names: Vec::new() };
    for token in Tokens::new(text) {
        reading.seen.rotate_left(1);
        reading.seen[SEEN - 1] = token;
        reading.look();
    }
    reading.names
}

impl Reading<'_> {
    fn look(&mut self) {
        use Token::{Sign, Text, Word};
        let name = match self.seen {
            [.., before, Word("import"), Text(start, end)] if before != Sign(b'.') => {
                Some((start, end, Says::Module))
            }
            [.., Word("from"), Text(start, end)] if self.is_clause => Some((start, end, Says::Module)),
            [.., before, Word("import"), Sign(b'('), Text(start, end), Sign(b')' | b',')]
                if before != Sign(b'.') =>
            {
                Some((start, end, Says::Module))
            }
            [.., Word("meta"), Sign(b'.'), Word("resolve"), Sign(b'('), Text(start, end), Sign(b')')] => {
                Some((start, end, Says::Module))
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
            ] => Some((start, end, Says::Address)),
            _ => None,
        };
        self.is_clause = match self.seen {
            [.., before, Word("import")] => before != Sign(b'.'),
            [.., before, Word("export"), Sign(b'*' | b'{')] => before != Sign(b'.'),
            [.., Word(_) | Sign(b'{' | b'}' | b',' | b'*')] => self.is_clause,
            [.., Text(..)] => self.is_clause && name.is_none(),
            _ => false,
        };
        self.names.extend(name.map(|(start, end, says)| Name { range: start..end, says }));
    }
}

/// A script as a module that can be joined with those that it imports.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Module<'a> {
    /// The text without its imports, and without the word that says what others may import.
    pub(super) text: String,
    /// What it imports by name.
    pub(super) imports: Vec<Import<'a>>,
    /// What others may import.
    pub(super) exports: Vec<&'a str>,
}

/// What a module imports of another.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Import<'a> {
    /// How it names the other.
    pub(super) from: &'a str,
    /// The names there, and those by which it knows them here.
    pub(super) names: Vec<(&'a str, &'a str)>,
}

/// A script as a module, if it imports and exports in the plainest ways alone:
/// `import { a, b as c } from "…"`, `export function`, `export class` and `export const` with one name.
pub(super) fn module(text: &str) -> Option<Module<'_>> {
    let mut module = Module::default();
    let mut tokens = Tokens::new(text);
    let mut kept = 0;
    loop {
        let is_outside = tokens.open.is_empty();
        let before = tokens.last;
        let Some(token) = tokens.next() else { break };
        let Token::Word(word @ ("import" | "export")) = token else { continue };
        if !is_outside || before == Token::Sign(b'.') {
            continue;
        }
        let start = tokens.at - word.len();
        if word == "export" {
            module.text += &text[kept..start];
            kept = tokens.at;
            module.exports.push(exported(&mut tokens)?);
        } else {
            let is_expression = text[tokens.at..].trim_start().starts_with(['(', '.']);
            if !is_expression {
                module.text += &text[kept..start];
                module.imports.push(imported(text, &mut tokens)?);
                kept = tokens.at;
            }
        }
    }
    module.text += &text[kept..];
    Some(module)
}

/// The name behind `export`.
fn exported<'a>(tokens: &mut Tokens<'a>) -> Option<&'a str> {
    let mut token = tokens.next()?;
    if token == Token::Word("async") {
        token = tokens.next()?;
    }
    let is_function = token == Token::Word("function");
    if !is_function && !matches!(token, Token::Word("class" | "const")) {
        return None;
    }
    match tokens.next()? {
        Token::Sign(b'*') if is_function => word(tokens.next()?),
        token => word(token),
    }
}

/// What stands behind `import`.
fn imported<'a>(text: &'a str, tokens: &mut Tokens<'a>) -> Option<Import<'a>> {
    let mut import = Import::default();
    if tokens.next()? != Token::Sign(b'{') {
        return None;
    }
    let mut token = tokens.next()?;
    while token != Token::Sign(b'}') {
        let name = word(token)?;
        token = tokens.next()?;
        let mut own = name;
        if token == Token::Word("as") {
            own = word(tokens.next()?)?;
            token = tokens.next()?;
        }
        import.names.push((name, own));
        if token == Token::Sign(b',') {
            token = tokens.next()?;
        }
    }
    if tokens.next()? != Token::Word("from") {
        return None;
    }
    let Token::Text(start, end) = tokens.next()? else { return None };
    import.from = &text[start..end];
    (tokens.next()? == Token::Sign(b';')).then_some(import)
}

fn word(token: Token<'_>) -> Option<&str> {
    match token {
        Token::Word(word) => Some(word),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
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

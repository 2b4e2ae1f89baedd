//! A script as a module that can be joined with those that it imports.

use super::tokens::{ScriptToken, Tokens};

/// A script as a module that can be joined with those that it imports.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in super::super) struct Module<'a> {
    /// The text without its imports, and without the word that says what others may import.
    pub(in super::super) text: String,
    /// What it imports by name.
    pub(in super::super) imports: Vec<Import<'a>>,
    /// What others may import.
    pub(in super::super) exports: Vec<&'a str>,
}

/// What a module imports of another.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in super::super) struct Import<'a> {
    /// How it names the other.
    pub(in super::super) from: &'a str,
    /// The names there, and those by which it knows them here.
    pub(in super::super) names: Vec<(&'a str, &'a str)>,
}

/// A script as a module, if it imports and exports in the plainest ways alone:
/// `import { a, b as c } from "…"`, `export function`, `export class` and `export const` with one name.
pub(in super::super) fn module(text: &str) -> Option<Module<'_>> {
    let mut module = Module::default();
    let mut tokens = Tokens::new(text);
    let mut kept = 0;
    loop {
        let is_outside = tokens.open.is_empty();
        let before = tokens.last;
        let Some(token) = tokens.next() else { break };
        let ScriptToken::Word(word @ ("import" | "export")) = token else { continue };
        if !is_outside || before == ScriptToken::Sign(b'.') {
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
    if token == ScriptToken::Word("async") {
        token = tokens.next()?;
    }
    let is_function = token == ScriptToken::Word("function");
    if !is_function && !matches!(token, ScriptToken::Word("class" | "const")) {
        return None;
    }
    match tokens.next()? {
        ScriptToken::Sign(b'*') if is_function => word(tokens.next()?),
        token => word(token),
    }
}

/// What stands behind `import`.
fn imported<'a>(text: &'a str, tokens: &mut Tokens<'a>) -> Option<Import<'a>> {
    let mut import = Import::default();
    if tokens.next()? != ScriptToken::Sign(b'{') {
        return None;
    }
    let mut token = tokens.next()?;
    while token != ScriptToken::Sign(b'}') {
        let name = word(token)?;
        token = tokens.next()?;
        let mut own = name;
        if token == ScriptToken::Word("as") {
            own = word(tokens.next()?)?;
            token = tokens.next()?;
        }
        import.names.push((name, own));
        if token == ScriptToken::Sign(b',') {
            token = tokens.next()?;
        }
    }
    if tokens.next()? != ScriptToken::Word("from") {
        return None;
    }
    let ScriptToken::Text(start, end) = tokens.next()? else { return None };
    import.from = &text[start..end];
    (tokens.next()? == ScriptToken::Sign(b';')).then_some(import)
}

fn word(token: ScriptToken<'_>) -> Option<&str> {
    match token {
        ScriptToken::Word(word) => Some(word),
        _ => None,
    }
}

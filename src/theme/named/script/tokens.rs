//! A script token by token. Whatever stands in strings, templates, comments and regular expressions is none of its own
//! words, and nothing else has to be known.

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
pub(super) enum ScriptToken<'a> {
    /// A word, or a number.
    Word(&'a str),
    /// A string, or a template without holes: where the text between its quotes stands.
    Text(usize, usize),
    /// Any other character that means something.
    Sign(u8),
}

/// What a bracket opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BracketUse {
    /// What becomes a value when it closes.
    Value,
    /// A condition or a block, behind which a value may begin.
    Block,
    /// A hole in a template, behind which the template goes on.
    Hole,
}

/// Reads a script token by token.
pub(super) struct Tokens<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    pub(super) open: Vec<BracketUse>,
    pub(super) last: ScriptToken<'a>,
    /// Whether what was read last is a value, so that a `/` divides it.
    is_value: bool,
    /// No regular expression begins before this place.
    barren: usize,
    /// How many bytes were looked at, some more than once.
    #[cfg(test)]
    pub(super) looked: usize,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let at = if text.starts_with("#!") { text.find('\n').unwrap_or(text.len()) } else { 0 };
        Self {
            text,
            at,
            open: Vec::new(),
            last: ScriptToken::Sign(b';'),
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
    fn string(&mut self, quote: u8) -> ScriptToken<'a> {
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
        ScriptToken::Text(start, end)
    }

    /// A template from its first quote, or from the end of a hole, up to its end or the next hole.
    fn template(&mut self) -> ScriptToken<'a> {
        let is_start = self.byte(self.at) == Some(b'`');
        let start = self.at + 1;
        let mut at = start;
        loop {
            at = self.find(at, b"`\\$");
            match (self.byte(at), self.byte(at + 1)) {
                (Some(b'\\'), _) => at += 2,
                (Some(b'$'), Some(b'{')) => {
                    self.open.push(BracketUse::Hole);
                    self.at = at + 2;
                    self.is_value = false;
                    return ScriptToken::Sign(b'$');
                }
                (Some(b'$'), _) => at += 1,
                _ => break,
            }
        }
        let end = at.min(self.text.len());
        self.at = (end + 1).min(self.text.len());
        self.is_value = true;
        if is_start { ScriptToken::Text(start, end) } else { ScriptToken::Sign(b'`') }
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

    fn sign(&mut self, sign: u8) -> ScriptToken<'a> {
        self.at += 1;
        if matches!(sign, b'+' | b'-') && self.byte(self.at) == Some(sign) {
            // What is counted up or down stays the value that it is.
            self.at += 1;
            return ScriptToken::Sign(sign);
        }
        match sign {
            b'(' | b'[' | b'{' => self.open.push(self.opened(sign)),
            _ => {}
        }
        self.is_value = matches!(sign, b')' | b']' | b'}') && self.open.pop() != Some(BracketUse::Block);
        ScriptToken::Sign(sign)
    }

    /// What a bracket opens behind what was read last.
    fn opened(&self, bracket: u8) -> BracketUse {
        let is_block = match (bracket, self.last) {
            (b'(', ScriptToken::Word(word)) => CONDITIONS.contains(&word),
            (b'{', ScriptToken::Word(word)) => {
                matches!(word, "do" | "else") || !BEFORE_A_VALUE.contains(&word)
            }
            (b'{', ScriptToken::Sign(sign)) => b");{}>".contains(&sign),
            _ => false,
        };
        if is_block { BracketUse::Block } else { BracketUse::Value }
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = ScriptToken<'a>;

    fn next(&mut self) -> Option<ScriptToken<'a>> {
        self.skip();
        let token = match self.byte(self.at)? {
            quote @ (b'"' | b'\'') => self.string(quote),
            b'`' => self.template(),
            b'}' if self.open.last() == Some(&BracketUse::Hole) => {
                self.open.pop();
                self.template()
            }
            b'/' if !self.is_value && self.expression() => {
                self.is_value = true;
                ScriptToken::Sign(b'/')
            }
            sign => match self.word() {
                "" => self.sign(sign),
                word => {
                    self.is_value = self.last == ScriptToken::Sign(b'.') || !BEFORE_A_VALUE.contains(&word);
                    ScriptToken::Word(word)
                }
            },
        };
        self.last = token;
        Some(token)
    }
}

//! What the drawing of one page may cost. A template of somebody else's can hold a loop over a loop
//! or a text that doubles each time round, and the engine has no bounds of its own for these. So
//! such templates are given to it with a count in each loop and behind each `set`; the theme in the
//! program needs none and stays as it is. The engine itself bounds the depth of components, the
//! length of an expression and of a range.

use std::cell::Cell;
use std::io::{self, Write};
use std::ops::Range;

use tera::{Error, Kwargs, State, StringInput, Tera, TeraResult, Value};

/// So many rounds may all loops of a page make together: twenty times those of the largest page of
/// ten thousand reports.
pub(super) const ROUNDS: usize = 1_000_000;

/// So many bytes may be put into variables while a page is drawn, each time counted anew. The
/// longest text that is read is half as long.
pub(super) const HELD: usize = 32 << 20;

/// No page is longer, in bytes.
pub(super) const PAGE: usize = 64 << 20;

/// What an error of ours begins with, so that it is known among the engine's.
pub(super) const MARK: &str = "budget: ";

thread_local! {
    // A page is drawn on one thread from its beginning to its end.
    static ROUNDS_LEFT: Cell<usize> = const { Cell::new(ROUNDS) };
    static HELD_LEFT: Cell<usize> = const { Cell::new(HELD) };
}

/// Begins a page: nothing is spent yet.
pub(super) fn begin() {
    ROUNDS_LEFT.set(ROUNDS);
    HELD_LEFT.set(HELD);
}

fn spend(left: &'static std::thread::LocalKey<Cell<usize>>, count: usize, what: &str) -> TeraResult<()> {
    let rest = left.get().checked_sub(count);
    left.set(rest.unwrap_or_default());
    rest.map(|_| ()).ok_or_else(|| Error::message(format!("{MARK}{what}")))
}

/// Gives the engine our counts, and bounded filters in the place of those that make much of little.
pub(super) fn install(tera: &mut Tera) {
    tera.register_function(ROUND, |_: Kwargs, _: &State| -> TeraResult<&'static str> {
        spend(&ROUNDS_LEFT, 1, "rounds").map(|()| "")
    });
    tera.register_function(HOLD, |arguments: Kwargs, _: &State| -> TeraResult<&'static str> {
        let held = arguments.get::<Value>("value")?.map_or(0, |value| size(&value));
        spend(&HELD_LEFT, held, "held").map(|()| "")
    });
    tera.register_filter("replace", replace);
}

/// How much a variable holds itself: a text its bytes, a list its places.
fn size(value: &Value) -> usize {
    match (value.as_str(), value.as_array()) {
        (Some(text), _) => text.len(),
        (_, Some(items)) => size_of_val(items),
        _ => 0,
    }
}

/// The engine's own filter, with a bound on what comes of it.
fn replace(text: StringInput<'_>, arguments: Kwargs, state: &State) -> TeraResult<Value> {
    let from = arguments.must_get::<&str>("from")?;
    let to = arguments.must_get::<StringInput>("to")?;
    let is_safe = state.autoescaping_enabled() && (text.is_safe() || to.is_safe());
    let (whole, part) = match is_safe {
        true => (text.rendered(state)?, to.rendered(state)?),
        false => (text.as_str().into(), to.as_str().into()),
    };
    let most = HELD.saturating_sub(whole.len()) / part.len().max(1);
    if whole.matches(from).nth(most).is_some() {
        return Err(Error::message(format!("{MARK}held")));
    }
    let done = whole.replace(from, &part);
    Ok(if is_safe { Value::safe_string(&done) } else { Value::from(done) })
}

/// A page as it is written, as long as it may be.
pub(super) struct BoundedPage {
    /// What was written.
    pub(super) bytes: Vec<u8>,
    /// Whether more was to be written than a page may have.
    pub(super) is_full: bool,
}

impl BoundedPage {
    /// An empty page.
    pub(super) fn new() -> Self {
        Self { bytes: Vec::with_capacity(32 * 1024), is_full: false }
    }
}

impl Write for BoundedPage {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + bytes.len() > PAGE {
            self.is_full = true;
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The functions that count; no template calls them by itself.
const ROUND: &str = "xiangwei_round";
const HOLD: &str = "xiangwei_hold";

/// A count that was put into a template.
struct CountTag {
    /// The tag that it stands behind, in the template as its author wrote it.
    tag: Range<usize>,
    /// The call.
    text: String,
}

/// The template with its counts, for the engine.
pub(super) fn counted(template: &str) -> String {
    let mut out = String::with_capacity(template.len() + 64);
    let mut done = 0;
    for count in counts(template) {
        out.push_str(&template[done..count.tag.end]);
        out.push_str(&count.text);
        done = count.tag.end;
    }
    out.push_str(&template[done..]);
    out
}

/// Where in the author's template is what stands at `place` of the counted one.
pub(super) fn origin(template: &str, place: Range<usize>) -> Range<usize> {
    let mut shift = 0;
    for count in counts(template) {
        let start = count.tag.end + shift;
        if place.start < start {
            break;
        }
        if place.start < start + count.text.len() {
            return count.tag;
        }
        shift += count.text.len();
    }
    place.start.saturating_sub(shift)..place.end.saturating_sub(shift)
}

/// The counts that a template needs: one at the beginning of each loop, and one behind each
/// variable that is set.
fn counts(template: &str) -> Vec<CountTag> {
    let mut found = Vec::new();
    let mut open: Vec<String> = Vec::new();
    let mut is_raw = false;
    for tag in (Tags { text: template, at: 0 }) {
        let inside = template[tag.start + 2..tag.end - 2].trim_matches(['-', ' ', '\t', '\n', '\r']);
        let (word, rest) = inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
        let name =
            || rest.trim_start().split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
        is_raw = match word {
            "raw" => true,
            "endraw" => false,
            _ => is_raw,
        };
        let call = match word {
            _ if is_raw => continue,
            "for" => format!("{ROUND}()"),
            "set" | "set_global" if rest.trim_start()[name().len()..].trim_start().starts_with('=') => {
                format!("{HOLD}(value={})", name())
            }
            "set" | "set_global" => {
                open.push(name().to_owned());
                continue;
            }
            "endset" => match open.pop() {
                Some(name) => format!("{HOLD}(value={name})"),
                None => continue,
            },
            _ => continue,
        };
        // A tag that takes the spaces behind it still does.
        let is_tight = template[..tag.end - 2].ends_with('-');
        let text = if is_tight { format!("{{{{- {call} -}}}}") } else { format!("{{{{ {call} }}}}") };
        found.push(CountTag { tag, text });
    }
    found
}

/// The tags `{% … %}` of a template, one after the other.
struct Tags<'a> {
    text: &'a str,
    at: usize,
}

impl Iterator for Tags<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        loop {
            let start = self.at + self.text[self.at..].find('{')?;
            let end = match self.text.as_bytes().get(start + 1) {
                Some(b'#') => start + self.text[start..].find("#}")? + 2,
                Some(b'{') => close(self.text, start + 2, "}}")?,
                Some(b'%') => {
                    self.at = close(self.text, start + 2, "%}")?;
                    return Some(start..self.at);
                }
                _ => start + 1,
            };
            self.at = end;
        }
    }
}

/// Where what is open at `at` ends: behind the next `end` that is in no quotation marks.
fn close(text: &str, at: usize, end: &str) -> Option<usize> {
    let mut quote = None;
    for (offset, c) in text[at..].char_indices() {
        match (quote, c) {
            (Some(open), c) if open == c => quote = None,
            (None, '"' | '\'' | '`') => quote = Some(c),
            (None, _) if text[at + offset..].starts_with(end) => return Some(at + offset + end.len()),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_stand_in_loops_and_behind_variables() {
        for (template, expected) in [
            ("{% for a in b %}x{% endfor %}", "{% for a in b %}{{ xiangwei_round() }}x{% endfor %}"),
            ("{%- for a in b -%} x", "{%- for a in b -%}{{- xiangwei_round() -}} x"),
            ("{% set a = \"%}\" ~ b %}", "{% set a = \"%}\" ~ b %}{{ xiangwei_hold(value=a) }}"),
            ("{% set a %}x{% endset %}", "{% set a %}x{% endset %}{{ xiangwei_hold(value=a) }}"),
            ("{# {% for a in b %} #}", "{# {% for a in b %} #}"),
            ("{% raw %}{% for a in b %}{% endraw %}", "{% raw %}{% for a in b %}{% endraw %}"),
            ("{{ \"{% for\" }} { 法 {% if a %}", "{{ \"{% for\" }} { 法 {% if a %}"),
            ("{% for", "{% for"),
        ] {
            assert_eq!(counted(template), expected);
        }
    }

    #[test]
    fn a_place_leads_back_to_what_its_author_wrote() {
        let template = "法{% for a in b %}{{ x }}{% endfor %}{% set c = 1 %}{{ y }}";
        let counted = counted(template);
        for word in ["法", "{{ x }}", "endfor", "{{ y }}"] {
            let at = counted.find(word).unwrap();
            assert_eq!(&template[origin(template, at..at + word.len())], word);
        }
        let at = counted.find("xiangwei_hold").unwrap();
        assert_eq!(&template[origin(template, at..at + 4)], "{% set c = 1 %}");
    }
}

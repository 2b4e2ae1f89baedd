//! What stores say in XML: lists of files, and why they refuse.

use quick_xml::Reader;
use quick_xml::events::Event;

/// The text of every element at or below `within`, in order, as names and texts; an element of that name ends a group.
pub(super) fn groups(text: &str, within: &str) -> Option<Vec<Vec<(String, String)>>> {
    let mut groups = Vec::new();
    let mut group: Option<Vec<(String, String)>> = None;
    walk(text, |name, event| match event {
        XmlEvent::Begin if name == within => group = Some(Vec::new()),
        XmlEvent::End(_) if name == within => groups.extend(group.take()),
        XmlEvent::End(text) => {
            if let Some(group) = &mut group {
                group.push((name.to_owned(), text.to_owned()));
            }
        }
        XmlEvent::Begin => {}
    })?;
    Some(groups)
}

/// The text of the first element of this name.
pub(super) fn first(text: &str, wanted: &str) -> Option<String> {
    let mut found = None;
    walk(text, |name, event| {
        if let (XmlEvent::End(text), None) = (event, &found)
            && name == wanted
        {
            found = Some(text.to_owned());
        }
    });
    found
}

/// What is met on the way.
enum XmlEvent<'a> {
    /// An element begins.
    Begin,
    /// It ends, and this is the text right before its end.
    End(&'a str),
}

/// Calls `met` for each element, by its name without a prefix; nothing where the text is no XML.
fn walk(text: &str, mut met: impl FnMut(&str, XmlEvent<'_>)) -> Option<()> {
    let local = |name: &str| name.rsplit(':').next().unwrap_or_default().to_owned();
    let mut reader = Reader::from_str(text);
    let mut inside = String::new();
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) => {
                inside.clear();
                met(&local(start.name().as_ref()), XmlEvent::Begin);
            }
            Event::Empty(start) => {
                let name = local(start.name().as_ref());
                met(&name, XmlEvent::Begin);
                met(&name, XmlEvent::End(""));
            }
            Event::Text(part) => inside.push_str(&part),
            Event::CData(part) => inside.push_str(&part),
            Event::GeneralRef(part) => inside.push(character(&part)?),
            Event::End(end) => {
                met(&local(end.name().as_ref()), XmlEvent::End(&inside));
                inside.clear();
            }
            Event::Eof => return Some(()),
            _ => {}
        }
    }
}

/// The character that a reference stands for; a store's answer has no entities of its own.
fn character(reference: &quick_xml::events::BytesRef<'_>) -> Option<char> {
    if let Some(character) = reference.resolve_char_ref().ok()? {
        return Some(character);
    }
    quick_xml::escape::resolve_predefined_entity(reference)?.chars().next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_group_by_group() {
        let text = "<?xml version=\"1.0\"?><L xmlns=\"x\"><Prefix>a</Prefix><Contents><Key>a&amp;b&#x4e00;</Key>\
                    <ETag>&quot;00&quot;</ETag><Owner><ID/></Owner></Contents><Contents><Key>c</Key></Contents></L>";
        let pair = |name: &str, text: &str| (name.to_owned(), text.to_owned());
        let groups = groups(text, "Contents").unwrap();
        assert_eq!(groups[0][..2], [pair("Key", "a&b一"), pair("ETag", "\"00\"")]);
        assert_eq!(groups[1], [pair("Key", "c")]);
        assert_eq!(first(text, "Prefix").as_deref(), Some("a"));
        assert_eq!(super::groups("<a><b></a>", "b"), None);
        assert_eq!(first("&x;", "Code"), None);
    }
}

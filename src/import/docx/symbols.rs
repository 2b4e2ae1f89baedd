//! Signs of fonts that have no letters: what Word writes as `w:sym` with a place in Symbol, Wingdings and
//! their like, as the Unicode sign that shows the same.

/// The sign at the place `code` of the font of this name. `None`: it is not known which that is.
pub(super) fn sign(font: &str, code: u32) -> Option<char> {
    // Word writes the places of such fonts from U+F000 on.
    let place = if (0xF000..0xF100).contains(&code) { code - 0xF000 } else { code };
    let table: &[(u32, char)] = match font.to_lowercase().as_str() {
        "symbol" => &SYMBOL,
        "wingdings" => &WINGDINGS,
        "wingdings 2" => &WINGDINGS_2,
        "wingdings 3" => &WINGDINGS_3,
        "webdings" => &WEBDINGS,
        // Any other font has letters at their places in Unicode.
        _ => return char::from_u32(code).filter(|c| !matches!(c, '\u{E000}'..='\u{F8FF}' | '\0'..='\u{1f}')),
    };
    table.iter().find(|(at, _)| *at == place).map(|(_, sign)| *sign)
}

const SYMBOL: [(u32, char); 46] = [
    (0x2A, '∗'),
    (0x2D, '−'),
    (0x40, '≅'),
    (0x5C, '∴'),
    (0x5E, '⊥'),
    (0x61, 'α'),
    (0x62, 'β'),
    (0x67, 'γ'),
    (0x64, 'δ'),
    (0x65, 'ε'),
    (0x6C, 'λ'),
    (0x6D, 'μ'),
    (0x70, 'π'),
    (0x72, 'ρ'),
    (0x73, 'σ'),
    (0x77, 'ω'),
    (0x44, 'Δ'),
    (0x53, 'Σ'),
    (0x57, 'Ω'),
    (0xA2, '′'),
    (0xA3, '≤'),
    (0xA5, '∞'),
    (0xAB, '↔'),
    (0xAC, '←'),
    (0xAD, '↑'),
    (0xAE, '→'),
    (0xAF, '↓'),
    (0xB0, '°'),
    (0xB1, '±'),
    (0xB2, '″'),
    (0xB3, '≥'),
    (0xB4, '×'),
    (0xB5, '∝'),
    (0xB7, '•'),
    (0xB8, '÷'),
    (0xB9, '≠'),
    (0xBA, '≡'),
    (0xBB, '≈'),
    (0xBC, '…'),
    (0xC7, '∩'),
    (0xC8, '∪'),
    (0xCE, '∈'),
    (0xD0, '∠'),
    (0xD6, '√'),
    (0xE5, '∑'),
    (0xF2, '∫'),
];

const WINGDINGS: [(u32, char); 47] = [
    (0x21, '✏'),
    (0x22, '✂'),
    (0x28, '☎'),
    (0x2A, '✉'),
    (0x46, '☞'),
    (0x45, '☜'),
    (0x6C, '●'),
    (0x6D, '❍'),
    (0x6E, '■'),
    (0x6F, '□'),
    (0x70, '◻'),
    (0x71, '❑'),
    (0x72, '❒'),
    (0x74, '⧫'),
    (0x75, '◆'),
    (0x76, '❖'),
    (0x81, '①'),
    (0x82, '②'),
    (0x83, '③'),
    (0x84, '④'),
    (0x85, '⑤'),
    (0x86, '⑥'),
    (0x87, '⑦'),
    (0x88, '⑧'),
    (0x89, '⑨'),
    (0x8A, '⑩'),
    (0x8C, '❶'),
    (0x8D, '❷'),
    (0x8E, '❸'),
    (0x8F, '❹'),
    (0x90, '❺'),
    (0x91, '❻'),
    (0x92, '❼'),
    (0x93, '❽'),
    (0x94, '❾'),
    (0x95, '❿'),
    (0x9F, '•'),
    (0xA7, '▪'),
    (0xA8, '◻'),
    (0xD8, '➢'),
    (0xE0, '→'),
    (0xDF, '←'),
    (0xF0, '⇨'),
    (0xFB, '✗'),
    (0xFC, '✔'),
    (0xFD, '☒'),
    (0xFE, '☑'),
];

const WINGDINGS_2: [(u32, char); 8] =
    [(0x4F, '✗'), (0x50, '✓'), (0x51, '☒'), (0x52, '☑'), (0x53, '☒'), (0x54, '☒'), (0x97, '●'), (0xA3, '□')];

const WINGDINGS_3: [(u32, char); 6] =
    [(0x70, '▲'), (0x71, '▼'), (0x74, '◀'), (0x75, '▶'), (0x7D, '▶'), (0x84, '◀')];

const WEBDINGS: [(u32, char); 4] = [(0x61, '✔'), (0x67, '■'), (0x6E, '●'), (0x72, '✖')];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_told_by_font_and_place() {
        assert_eq!(sign("Wingdings 2", 0xF052), Some('☑'));
        assert_eq!(sign("Wingdings", 0xFE), Some('☑'));
        assert_eq!(sign("Symbol", 0xF0B3), Some('≥'));
        assert_eq!(sign("宋体", 0x2460), Some('①'));
        assert_eq!(sign("Wingdings", 0xF020), None);
        assert_eq!(sign("宋体", 0xF052), None);
        assert_eq!(sign("宋体", 0xD800), None);
    }
}

//! The simplified form of every character that has one, and of characters that are used for each other the first.

use std::sync::LazyLock;

/// Pairs of a traditional character and its simplified form.
pub(super) const PAIRS: &str = include_str!("../simplified.txt");

/// Classes of simplified characters that are used for each other, the first of which stands for all.
pub(super) const VARIANTS: &str = include_str!("../variants.txt");

/// The pairs of both tables: traditional and simplified, variant and first of its class.
pub(super) fn pairs() -> impl Iterator<Item = (char, char)> {
    let lines = |table: &'static str| table.lines().filter(|line| !line.starts_with('#'));
    let pair = |line: &str| line.chars().next().zip(line.chars().nth(1));
    let class = |line: &'static str| {
        let first = line.chars().next();
        line.chars().skip(1).filter_map(move |c| Some((c, first?)))
    };
    lines(PAIRS).filter_map(pair).chain(lines(VARIANTS).flat_map(class))
}

/// What stands for a character: its simplified form, and the first of the class of that.
pub(super) fn simplified(c: char) -> char {
    table_of_pairs().get(c)
}

pub(super) fn table_of_pairs() -> &'static SimplifiedForms {
    static SIMPLIFIED: LazyLock<SimplifiedForms> = LazyLock::new(SimplifiedForms::read);
    &SIMPLIFIED
}

/// The simplified forms, in blocks of 256 neighbours, of which only those exist that hold one.
pub(super) struct SimplifiedForms {
    /// For each block of characters one more than its number in `blocks`, or 0.
    pages: Vec<u16>,
    blocks: Vec<[char; 256]>,
    /// A bit for every character of at most three bytes, set where it has a simplified form:
    /// nearly all that stands in a report has none, and that is told by this alone.
    traditional: [u64; 1024],
}

impl SimplifiedForms {
    fn read() -> Self {
        let mut table = Self { pages: Vec::new(), blocks: Vec::new(), traditional: [0; 1024] };
        pairs().for_each(|(c, simplified)| table.set(c, simplified));
        // What is simplified may have a class of its own.
        pairs().for_each(|(c, simplified)| table.set(c, table.get(simplified)));
        table
    }

    /// Where the characters end, from `at` on, that fold to themselves, stand by themselves and
    /// are no white space, as far as that is seen at once.
    pub(super) fn steady_end(&self, text: &str, mut at: usize) -> usize {
        let bytes = text.as_bytes();
        while let Some(first) = bytes.get(at) {
            at += match (first, bytes.get(at + 1..at + 3)) {
                (0xe4..=0xe9, Some([second, third])) if !self.is_traditional([*first, *second, *third]) => 3,
                // Figures, small letters and their marks; 、 and 。.
                (b'!'..=b'@' | b'\\' | b'^'..=b'~', _) => 1,
                (0xe3, Some([0x80, 0x81..=0x82])) => 3,
                _ => break,
            };
        }
        at
    }

    /// Whether the character of these bytes has a simplified form.
    fn is_traditional(&self, [first, second, third]: [u8; 3]) -> bool {
        let code = u16::from(first) << 12 | u16::from(second & 0x3f) << 6 | u16::from(third & 0x3f);
        self.traditional[usize::from(code >> 6)] >> (code & 0x3f) & 1 == 1
    }

    fn set(&mut self, traditional: char, simplified: char) {
        let (page, place) = Self::place(traditional);
        if self.pages.len() <= page {
            self.pages.resize(page + 1, 0);
        }
        if self.pages[page] == 0 {
            self.blocks.push(['\0'; 256]);
            self.pages[page] = u16::try_from(self.blocks.len()).unwrap_or(0);
        }
        if let Some(block) = self.block(page) {
            self.blocks[block][place] = simplified;
        }
        if let Some(bits) = self.traditional.get_mut(traditional as usize >> 6) {
            *bits |= 1 << (traditional as usize & 0x3f);
        }
    }

    #[inline]
    fn get(&self, c: char) -> char {
        let bits = self.traditional.get(c as usize >> 6);
        if bits.is_some_and(|bits| bits >> (c as usize & 0x3f) & 1 == 0) {
            return c;
        }
        let (page, place) = Self::place(c);
        match self.block(page).map(|block| self.blocks[block][place]) {
            None | Some('\0') => c,
            Some(simplified) => simplified,
        }
    }

    fn block(&self, page: usize) -> Option<usize> {
        usize::from(*self.pages.get(page)?).checked_sub(1)
    }

    fn place(c: char) -> (usize, usize) {
        let code = c as usize;
        (code >> 8, code & 0xff)
    }
}

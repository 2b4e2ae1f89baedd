"""Writes Word files with automatic numbering, and what Word prints before each of their paragraphs.

    generate.py FOLDER COUNT [--seed N]      files case-0000.docx …, beside each case-0000.txt with what is printed
    generate.py FOLDER COUNT --text          texts case-00.txt that hold the parts and what is printed

What is printed comes from a model of its own (ECMA-376 part 1, §17.9), which shares nothing with the
reader that is tested by it. Every paragraph has a word of its own, T001 …, by which it is found again.
Half of the files are made by python-docx and half as bare XML, since both are met.

A line of what is printed: the word, what stands before it, and what is special about it:
    skips    a level above it was never used (§17.9.11)
    legal    inherited numbers are shown in decimal (§17.9.4)
    beyond   the number is past the signs of its format (§17.18.59)
    deleted  the mark of a paragraph before it was deleted (§17.13.5.15)
    start0   its level does not say where it starts (§17.9.25)
    pstyle   its level is found by the style alone (§17.9.23)
    restart  a level of the list starts anew only after some levels, or never (§17.9.10)
    linked   the levels are those of a numbering style (§17.9.21)
    format   the format is one that other programs print in their own way (§17.18.59)
    level    the instance has levels of its own (§17.9.8)
    again    a level starts again, or is skipped, and counts from where its instance says (§17.9.26)

Every third file is plain: it has none of these, so that a word processor can be asked about it whole.
"""

import random
import sys
import zipfile
from pathlib import Path

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

# ---------------------------------------------------------------- formats

ONES = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"]


def below_hundred(n):
    tens, ones = divmod(n, 10)
    if tens == 0:
        return ONES[ones]
    return ("" if tens == 1 else ONES[tens]) + "十" + ONES[ones]


def thousand(n):
    """一百零三: with a zero for places that are left out."""
    if n < 100:
        return below_hundred(n)
    hundreds, rest = divmod(n, 100)
    text = ONES[hundreds] + "百"
    if rest == 0:
        return text
    if rest < 10:
        return text + "零" + ONES[rest]
    tens, ones = divmod(rest, 10)
    return text + ONES[tens] + "十" + ONES[ones]


def swapped(text, pairs):
    for plain, other in pairs:
        text = text.replace(plain, other)
    return text


LEGAL = list(zip("一二三四五六七八九十百", "壹贰叁肆伍陆柒捌玖拾佰"))
LEGAL_TRADITIONAL = list(zip("一二三四五六七八九十百", "壹貳參肆伍陸柒捌玖拾佰"))
LEGAL_JAPANESE = list(zip("一二三五十", "壱弐参伍拾"))


def with_one(n):
    """壹拾, not 拾."""
    text = thousand(n)
    return "一" + text if 10 <= n < 20 else text


def japanese(n):
    """百一 for 101: no one before a hundred, no zero."""
    return below_hundred(n) if n < 100 else "百" + (below_hundred(n - 100) if n > 100 else "")


def japanese_legal(n):
    tens = n % 100
    text = ("一" if 10 <= tens < 20 else "") + (below_hundred(tens) if tens else "")
    return swapped(text if n < 100 else "一百" + text, LEGAL_JAPANESE)


def positional(n, zero):
    return "".join(ONES[int(digit)] or zero for digit in str(n))


def roman(n):
    units = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"]
    tens = ["", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC"]
    return "C" * (n // 100) + tens[n // 10 % 10] + units[n % 10]


def letter(n):
    return chr(ord("a") + (n - 1) % 26) * (1 + (n - 1) // 26)


def ordinal(n):
    if n % 100 in (11, 12, 13):
        return f"{n}th"
    return f"{n}" + {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")


def one_of(signs):
    return lambda n: signs[n - 1] if 1 <= n <= len(signs) else str(n)


def enclosed(first, count):
    return one_of("".join(chr(ord(first) + i) for i in range(count)))


# Each format, and how many signs it has if it has an end.
FORMATS = {
    "decimal": (str, None),
    "decimalZero": (lambda n: f"{n:02}", None),
    "upperRoman": (roman, None),
    "lowerRoman": (lambda n: roman(n).lower(), None),
    "upperLetter": (lambda n: letter(n).upper(), None),
    "lowerLetter": (letter, None),
    "ordinal": (ordinal, None),
    "chineseCounting": (lambda n: below_hundred(n) if n < 100 else positional(n, "〇"), 99),
    "chineseCountingThousand": (thousand, None),
    "chineseLegalSimplified": (lambda n: swapped(with_one(n), LEGAL), None),
    "ideographLegalTraditional": (lambda n: swapped(with_one(n), LEGAL_TRADITIONAL), None),
    "ideographTraditional": (one_of("甲乙丙丁戊己庚辛壬癸"), 10),
    "ideographZodiac": (one_of("子丑寅卯辰巳午未申酉戌亥"), 12),
    "ideographDigital": (lambda n: positional(n, "〇"), None),
    "japaneseCounting": (japanese, None),
    "japaneseLegal": (japanese_legal, None),
    "taiwaneseCounting": (lambda n: below_hundred(n) if n < 100 else positional(n, "○"), 99),
    "taiwaneseCountingThousand": (thousand, None),
    "taiwaneseDigital": (lambda n: positional(n, "○"), None),
    "decimalEnclosedCircle": (enclosed("①", 20), 20),
    "decimalEnclosedCircleChinese": (enclosed("①", 20), 20),
    "decimalEnclosedFullstop": (enclosed("⒈", 20), 20),
    "decimalEnclosedParen": (enclosed("⑴", 20), 20),
    "ideographEnclosedCircle": (enclosed("㊀", 10), 10),
    "decimalFullWidth": (lambda n: "".join(chr(ord(d) + 0xFEE0) for d in str(n)), None),
    "decimalFullWidth2": (lambda n: "".join(chr(ord(d) + 0xFEE0) for d in str(n)), None),
    "decimalHalfWidth": (str, None),
    "numberInDash": (lambda n: f"- {n} -", None),
    "none": (lambda n: "", None),
}

# What LibreOffice prints in its own way, each seen in what it makes of these files.
OTHERWISE = {
    "none",
    "ideographLegalTraditional",
    "taiwaneseDigital",
    "japaneseLegal",
    "decimalEnclosedFullstop",
    "decimalEnclosedParen",
    "decimalEnclosedCircleChinese",
    "ideographEnclosedCircle",
    "decimalFullWidth",
    "decimalFullWidth2",
    "ideographDigital",
    "numberInDash",
    "ordinal",
}

# ---------------------------------------------------------------- definitions


class Level:
    def __init__(self, dice, at, plain):
        self.format = dice.choice([name for name in FORMATS if not (plain and name in OTHERWISE)])
        self.start = dice.choice([1, 1, 1, 1, 1, 2, 5, 9, 10, 18, 98] if not plain else [1, 1, 1, 1, 2, 5])
        self.says_start = True
        if not plain and dice.random() < 0.04:
            self.start, self.says_start = 0, False
            self.format = "decimal"
        own = f"%{at + 1}"
        texts = [f"{own}、", f"（{own}）", f"{own}.", f"第{own}条", f"({own})", own, f"{own}）", f"第{own}章"]
        if at > 0:
            texts += [".".join(f"%{i + 1}" for i in range(at + 1)), f"%{at}-{own}"]
        self.text = dice.choice(texts)
        self.legal = not plain and at > 0 and dice.random() < 0.25
        self.restart = None
        if not plain and at > 0 and dice.random() < 0.2:
            self.restart = dice.randint(0, at)
        self.gap = dice.choice(["tab", "space", "nothing", None])
        self.style = None

    def xml(self, at):
        parts = [f'<w:lvl w:ilvl="{at}">']
        if self.says_start:
            parts.append(f'<w:start w:val="{self.start}"/>')
        parts.append(f'<w:numFmt w:val="{self.format}"/>')
        if self.restart is not None:
            parts.append(f'<w:lvlRestart w:val="{self.restart}"/>')
        if self.style:
            parts.append(f'<w:pStyle w:val="{self.style}"/>')
        if self.legal:
            parts.append("<w:isLgl/>")
        if self.gap:
            parts.append(f'<w:suff w:val="{self.gap}"/>')
        parts.append(f'<w:lvlText w:val="{self.text}"/><w:lvlJc w:val="left"/></w:lvl>')
        return "".join(parts)


class Definition:
    """An abstractNum."""

    def __init__(self, dice, number, plain):
        self.number = number
        self.levels = [Level(dice, at, plain) for at in range(dice.randint(1, 5))]
        self.link = None
        self.own_link = None

    def xml(self):
        levels = "".join(level.xml(at) for at, level in enumerate(self.levels)) if not self.link else ""
        links = f'<w:styleLink w:val="{self.own_link}"/>' if self.own_link else ""
        links += f'<w:numStyleLink w:val="{self.link}"/>' if self.link else ""
        kind = '<w:multiLevelType w:val="multilevel"/>'
        nsid = f'<w:nsid w:val="{0x10000000 + self.number:08X}"/>'
        return f'<w:abstractNum w:abstractNumId="{self.number}">{nsid}{kind}{links}{levels}</w:abstractNum>'


class Instance:
    """A num."""

    def __init__(self, dice, number, definition, levels, plain):
        self.number = number
        self.definition = definition
        self.levels = dict(enumerate(levels))
        self.starts = {}
        self.own = {}
        if dice.random() < 0.4:
            self.starts[dice.randrange(len(levels))] = dice.choice([1, 3, 7, 12])
        if not plain and dice.random() < 0.15:
            at = dice.randrange(len(levels))
            level = Level(dice, at, False)
            level.style = levels[at].style
            self.levels[at] = self.own[at] = level

    def xml(self):
        overrides = ""
        for at in sorted(set(self.starts) | set(self.own)):
            start = f'<w:startOverride w:val="{self.starts[at]}"/>' if at in self.starts else ""
            level = self.own[at].xml(at) if at in self.own else ""
            overrides += f'<w:lvlOverride w:ilvl="{at}">{start}{level}</w:lvlOverride>'
        return (
            f'<w:num w:numId="{self.number}"><w:abstractNumId w:val="{self.definition.number}"/>{overrides}</w:num>'
        )


class Model:
    """What Word prints: the numbers so far, list by list."""

    def __init__(self):
        self.values = {}
        self.spent = set()

    def prints(self, instance, at):
        values = self.values.setdefault(instance.definition.number, {})
        notes = set()

        def first(level):
            return instance.starts.get(level, instance.levels[level].start)

        for above in range(at):
            if above not in values:
                values[above] = first(above)
                notes.add("skips")
                if first(above) != instance.levels[above].start:
                    notes.add("again")
        level = instance.levels[at]
        if at not in values and at in instance.starts and instance.starts[at] != level.start:
            if (instance.number, at) in self.spent:
                notes.add("again")
        fresh = at in instance.starts and (instance.number, at) not in self.spent
        if fresh:
            self.spent.add((instance.number, at))
        values[at] = first(at) if fresh or at not in values else values[at] + 1
        for below in [level for level in values if level > at]:
            limit = instance.levels[below].restart
            if limit is None or at + 1 <= limit:
                del values[below]
        text = level.text
        for shown in range(at, -1, -1):
            mark = f"%{shown + 1}"
            if mark not in text:
                continue
            of = instance.levels[shown]
            name = "decimal" if level.legal and shown < at and of.format != "none" else of.format
            if level.legal and of.format not in ("decimal", "decimalHalfWidth"):
                notes.add("legal")
            write, end = FORMATS[name]
            if values[shown] == 0 and name != "decimal":
                raise ValueError("a format that has no zero")
            if end and values[shown] > end:
                notes.add("beyond")
            if name in OTHERWISE:
                notes.add("format")
            text = text.replace(mark, write(values[shown]))
        if not all(instance.levels[i].says_start for i in range(at + 1)):
            notes.add("start0")
        if any(level.restart is not None for level in instance.levels.values()):
            notes.add("restart")
        if instance.own:
            notes.add("level")
        if instance.definition.link:
            notes.add("linked")
        return text, notes


# ---------------------------------------------------------------- documents


class Case:
    def __init__(self, seed, plain):
        dice = self.dice = random.Random(seed)
        self.definitions = [Definition(dice, number, plain) for number in range(dice.randint(1, 3))]
        self.instances = []
        self.styles = []
        for definition in self.definitions:
            for _ in range(dice.randint(1, 3)):
                self.instance(definition, definition.levels, plain)
        if not plain and dice.random() < 0.25:
            self.numbering_style(plain)
        self.by_style = []
        if dice.random() < 0.5:
            self.paragraph_styles(plain)
        self.model = Model()
        self.body = []
        self.printed = []
        self.deleted = False
        self.carries = None
        for number in range(1, dice.randint(8, 26)):
            self.paragraph(f"T{number:03}", plain)
        if self.carries:
            self.paragraph("T999", True)

    def instance(self, definition, levels, plain):
        instance = Instance(self.dice, len(self.instances) + 1, definition, levels, plain)
        self.instances.append(instance)
        return instance

    def numbering_style(self, plain):
        """A definition whose levels are those of a numbering style."""
        base = self.instances[0]
        base.definition.own_link = "MyList"
        style = f'<w:pPr><w:numPr><w:numId w:val="{base.number}"/></w:numPr></w:pPr>'
        self.styles.append(f'<w:style w:type="numbering" w:customStyle="1" w:styleId="MyList"><w:name w:val="My List"/>{style}</w:style>')
        linked = Definition(self.dice, len(self.definitions), plain)
        linked.link = "MyList"
        self.definitions.append(linked)
        self.instance(linked, base.definition.levels, True)

    def paragraph_styles(self, plain):
        """Styles that bring numbering along, one that is based on another, one that switches it off."""
        instance = self.dice.choice([instance for instance in self.instances if not instance.definition.link])
        definition = instance.definition
        if definition.own_link or instance.own:
            return
        for at, level in enumerate(definition.levels[:3]):
            level.style = f"Level{at + 1}"
            silent = not plain and self.dice.random() < 0.3
            names = f'<w:ilvl w:val="{at}"/>' if at and not silent else ""
            self.style(level.style, None, f'<w:numPr>{names}<w:numId w:val="{instance.number}"/></w:numPr>')
            self.by_style.append((level.style, instance, at, {"pstyle"} if at and silent else set()))
        self.style("Derived", "Level1", "")
        self.by_style.append(("Derived", instance, 0, set()))
        self.style("Off", "Level1", '<w:numPr><w:numId w:val="0"/></w:numPr>')
        self.by_style.append(("Off", None, 0, set()))

    def style(self, name, base, properties):
        based = f'<w:basedOn w:val="{base}"/>' if base else ""
        self.styles.append(
            f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{name}"><w:name w:val="{name} mine"/>{based}'
            f"<w:pPr>{properties}</w:pPr></w:style>"
        )

    def paragraph(self, word, plain):
        dice = self.dice
        style = instance = None
        at, notes = 0, set()
        direct = ""
        chance = dice.random()
        if self.by_style and chance < 0.45:
            style, instance, at, notes = dice.choice(self.by_style)
            if instance and dice.random() < 0.1:
                direct, instance = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>', None
        elif chance < 0.9:
            instance = dice.choice(self.instances)
            at = dice.choice([0, 0, 1, 1, 2, 3, 4])
            at = min(at, len(instance.levels) - 1)
            if plain:
                at = min(at, len(self.model.values.get(instance.definition.number, {})))
            direct = f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{instance.number}"/></w:numPr>'
        gone = not plain and not self.carries and dice.random() < 0.04
        text, notes = self.count(instance, at, set(notes), gone)
        self.body.append((word, style, direct, gone, dice.random() < 0.08))
        if self.carries:
            # The paragraph before has no end: its words come first, and the ordinal stands before them.
            self.printed.append((self.carries, text, notes | {"deleted"}))
            self.printed.append((word, "", {"deleted"}))
            self.carries = None
        elif gone:
            self.carries, self.deleted = word, True
        else:
            self.printed.append((word, text, notes))

    def count(self, instance, at, notes, gone):
        if instance is None or gone:
            return "", notes
        text, more = self.model.prints(instance, at)
        return text, notes | more

    # ------------------------------------------------------------ XML

    def numbering(self):
        parts = "".join(definition.xml() for definition in self.definitions)
        parts += "".join(instance.xml() for instance in self.instances)
        return f'<w:numbering xmlns:w="{WORD}">{parts}</w:numbering>'

    def paragraphs(self):
        """Each paragraph as XML, and whether it stands in a table of its own."""
        for word, style, direct, gone, boxed in self.body:
            properties = f'<w:pStyle w:val="{style}"/>' if style else ""
            properties += direct
            if gone:
                properties += '<w:rPr><w:del w:id="1" w:author="a" w:date="2020-01-01T00:00:00Z"/></w:rPr>'
            properties = f"<w:pPr>{properties}</w:pPr>" if properties else ""
            yield f"<w:p>{properties}<w:r><w:t>{word}</w:t></w:r></w:p>", boxed and not self.deleted

    def document(self):
        body = ""
        for xml, boxed in self.paragraphs():
            if boxed:
                xml = f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc>{xml}</w:tc></w:tr></w:tbl><w:p/>"
            body += xml
        return f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'

    def style_part(self):
        usual = '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
        return f'<w:styles xmlns:w="{WORD}">{usual}{"".join(self.styles)}</w:styles>'

    def parts(self):
        return {"document": self.document(), "styles": self.style_part(), "numbering": self.numbering()}

    def lines(self):
        return [f"{word}\t{text}\t{' '.join(sorted(notes))}".rstrip("\t") for word, text, notes in self.printed]


def bare(case, path):
    """A package with nothing but what is needed."""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    types = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{main}.{part + (".main" if part == "document" else "")}+xml"/>'
        for part in case.parts()
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{package}/content-types"><Default Extension="rels" '
            f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{types}</Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="a" '
            f'Type="{office}/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        archive.writestr(
            "word/_rels/document.xml.rels",
            f'<Relationships xmlns="{package}/relationships">'
            + "".join(
                f'<Relationship Id="{part}" Type="{office}/{part}" Target="{part}.xml"/>'
                for part in ("styles", "numbering")
            )
            + "</Relationships>",
        )
        for part, xml in case.parts().items():
            archive.writestr(f"word/{part}.xml", xml)


def by_library(case, path):
    """The same in python-docx's own template."""
    import docx
    from docx.oxml import parse_xml

    document = docx.Document()
    numbering = document.part.numbering_part.element
    for child in list(numbering):
        numbering.remove(child)
    for child in list(parse_xml(case.numbering())):
        numbering.append(child)
    for child in list(parse_xml(case.style_part())):
        if child.get(f"{{{WORD}}}default") is None:
            document.styles.element.append(child)
    for xml, boxed in case.paragraphs():
        paragraph = document.add_table(1, 1).cell(0, 0).paragraphs[0] if boxed else document.add_paragraph()
        wanted = parse_xml(xml.replace("<w:p>", f'<w:p xmlns:w="{WORD}">', 1))
        paragraph._p.getparent().replace(paragraph._p, wanted)
    document.save(path)


def cases(count, seed):
    """`count` cases; those that need a sign for zero where there is none are passed over."""
    while count:
        try:
            case = Case(seed, seed % 3 == 0)
        except ValueError:
            case = None
        seed += 1
        if case and any(text for _, text, _ in case.printed):
            count -= 1
            yield case


def main():
    folder, count = Path(sys.argv[1]), int(sys.argv[2])
    seed = int(sys.argv[sys.argv.index("--seed") + 1]) if "--seed" in sys.argv else 1
    folder.mkdir(parents=True, exist_ok=True)
    for number, case in enumerate(cases(count, seed)):
        if "--text" in sys.argv:
            parts = "".join(f"-- {part} --\n{xml}\n" for part, xml in case.parts().items())
            text = parts + "-- printed --\n" + "\n".join(case.lines()) + "\n"
            (folder / f"case-{number:02}.txt").write_text(text, encoding="utf-8")
            continue
        (by_library if number % 2 else bare)(case, folder / f"case-{number:04}.docx")
        (folder / f"case-{number:04}.txt").write_text("\n".join(case.lines()) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

"""Has a word processor print files of generate.py, and compares the ordinals on the page with the model's.

    compare.py FOLDER COUNT     COUNT files without, and COUNT with, what LibreOffice prints in its own way

Needs LibreOffice (`soffice`) and `pdftotext`. In the first COUNT files every ordinal must be the same. In the
others a difference must have a reason that is listed here, with the clause of the standard that it departs
from; once a list has gone another way, its later ordinals may differ too.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

# Notes of generate.py that LibreOffice 7.4 is known to print otherwise, and what it does.
DEPARTURES = {
    "pstyle": "§17.9.23: a level is not found by its paragraph style alone; level 1 is taken",
    "deleted": "§17.13.5.15: deleted ends of paragraphs are printed with the changes shown",
    "legal": "§17.9.4: inherited numbers keep their formats",
    "beyond": "§17.18.59: ㉑ comes behind ⑳",
    "format": "§17.18.59: the format is printed in decimal or in other signs",
    "restart": "§17.9.10: levels that restart after some levels alone, or never, are not known",
    "again": "§17.9.26: a level that starts again or is skipped counts from where the definition says",
    "linked": "§17.9.21: a definition that leads to a numbering style counts together with that style's",
}


def known(notes):
    """Those that LibreOffice prints otherwise; the other notes only say what is special."""
    return set(notes) & set(DEPARTURES)


def printed(files):
    """What stands before each word on the pages of `files`."""
    with tempfile.TemporaryDirectory() as work:
        for start in range(0, len(files), 25):
            command = ["soffice", f"-env:UserInstallation=file://{work}/profile", "--headless"]
            command += ["--convert-to", "pdf", "--outdir", work]
            batch = [str(path) for path in files[start : start + 25]]
            subprocess.run(command + batch, check=True, capture_output=True, timeout=300)
        for path in files:
            pdf = Path(work) / f"{path.stem}.pdf"
            text = subprocess.run(["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True).stdout
            text = re.sub(r"[\s\u3000]", "", text.decode("utf-8"))
            before = re.findall(r"(.*?)(T\d{3})", text)
            yield path, {word: ordinal for ordinal, word in before}


def expected(path):
    for line in path.with_suffix(".txt").read_text(encoding="utf-8").splitlines():
        word, ordinal, notes, *_ = line.split("\t") + ["", ""]
        yield word, re.sub(r"[\s\u3000]", "", ordinal), notes.split()


def main():
    folder, count = Path(sys.argv[1]), int(sys.argv[2])
    plain, special = [], []
    for path in sorted(folder.glob("*.docx")):
        noted = any(known(notes) for _, _, notes in expected(path))
        (special if noted else plain).append(path)
    plain, special = plain[:count], special[:count]
    equal, different, reasons = {"plain": 0, "special": 0}, [], {}
    for kind, files in (("plain", plain), ("special", special)):
        for path, page in printed(files):
            seen = set()
            for word, ordinal, notes in expected(path):
                seen |= known(notes)
                if page.get(word) == ordinal:
                    equal[kind] += 1
                elif seen:
                    note = next(iter(seen)) if len(seen) == 1 else "several of them"
                    reasons.setdefault(note, []).append((path.stem, word, page.get(word), ordinal))
                else:
                    different.append(f"{path.stem} {word}: «{page.get(word)}», expected «{ordinal}»")
    print(f"{len(plain)} files without departures: {equal['plain']} ordinals are on the page as expected")
    print(f"{len(special)} files with departures: {equal['special']} are as expected; the others by reason:")
    for note, cases in sorted(reasons.items(), key=lambda reason: -len(reason[1])):
        print(f"  {len(cases):5} {note}: {DEPARTURES.get(note, '')}")
        if "--show" in sys.argv:
            for case in cases[:12]:
                print("        ", *case)
    for line in different:
        print(line)
    sys.exit(1 if different or len(plain) < count else 0)


if __name__ == "__main__":
    main()

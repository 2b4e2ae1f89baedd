"""The edits of a report that are measured, as functions of its text.

Each gives the text as it shall be and a mark that no page has had before: when a page shows
the mark, the edit has arrived there.
"""

import os
import re
from pathlib import Path
from typing import Callable

import mapping

Edit = Callable[[str, int], tuple[str, str]]

# Higher than any figure of an invented report, so that it is found wherever it stands.
HIGH = 70_000_000


def sentence(text: str, number: int) -> tuple[str, str]:
    """Another sentence in the opening."""
    mark = f"第{number}次修订"
    return mapping.revised(text, mark), mark


def title(text: str, number: int) -> tuple[str, str]:
    """Another title."""
    mark = f"（第{number}版）"
    return re.sub(r"^(title: .*?)(（第\d+版）)?$", rf"\g<1>{mark}", text, count=1, flags=re.M), mark


def value(registry: dict) -> Edit:
    """Another value of the report's first whole figure: where it is declared, in the sentence
    that it is found in, and in the table."""
    def edit(text: str, number: int) -> tuple[str, str]:
        _, matter, body = text.split("---\n", 2)
        figures = mapping.fields(matter)["indicators"]
        key, old = next((key, old) for key, old in figures.items() if registry[key]["unit"] != "%")
        new, name = str(HIGH + number), registry[key]["name"]
        matter = matter.replace(f"\n  {key}: {old}\n", f"\n  {key}: {new}\n")
        holds = re.compile(rf"(?<![\d.]){old}(?![\d.])")
        pieces = re.split(r"(。|\n)", body)
        pieces = [holds.sub(new, piece, count=1) if name in piece else piece for piece in pieces]
        return f"---\n{matter}---\n{''.join(pieces)}", new
    return edit


def next_year(text: str, number: int) -> tuple[str, str]:
    """The report of the year after the last, made from the last one."""
    later = re.sub(r"202[345]", lambda year: str(int(year.group()) + 1), text)
    return sentence(later, number)


def save(path: Path, text: str) -> None:
    """Saves as most editors do: over the file that is there."""
    path.write_text(text, encoding="utf-8")


def save_by_rename(path: Path, text: str) -> None:
    """Saves as careful editors do: a new file, renamed to the old one's name."""
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(text, encoding="utf-8")
    os.replace(beside, path)


def check_out(path: Path, text: str) -> None:
    """Saves as git does: the old file goes, a new one comes."""
    path.unlink()
    path.write_text(text, encoding="utf-8")

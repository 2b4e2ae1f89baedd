"""Turns an invented archive into the same site for Hugo.

The archive is this project's own, so its front matter is read line by line: `key: value`,
lists in one line, and the indicators indented under theirs. Bodies are copied as they are.
"""

import json
import shutil
from pathlib import Path

LAYOUTS = Path(__file__).parent / "hugo"

# A sentence of every opening, which an edit changes.
OPENING = "推动法治政府建设取得新的进展"


def site(archive: Path, target: Path, assets: Path) -> None:
    """Makes the site of `archive` in `target`."""
    shutil.copytree(LAYOUTS, target)
    shutil.copytree(assets, target / "static" / "assets")
    registry = fields((archive / "indicators.yaml").read_text(encoding="utf-8").replace("\n\n", "\n"))
    folders = sorted(path.parent for path in (archive / "content").glob("*/_index.md"))
    places = {folder.name: split(folder / "_index.md") for folder in folders}
    for folder in folders:
        copy = target / "content" / folder.name
        copy.mkdir(parents=True)
        write(copy / "_index.md", place(folder.name, places), places[folder.name][1])
        for path in folder.glob("[0-9]*.md"):
            matter, body = split(path)
            write(copy / path.name, report(matter, path.stem, (lineage(folder.name, places), registry)), body)


def edit(sites: tuple[Path, ...], number: int) -> None:
    """Changes the same sentence of the same report in every site, each time differently."""
    archive = sites[0]
    reports = reports_of(archive)
    path = reports[len(reports) // 2].relative_to(archive)
    for folder in sites:
        text = (folder / path).read_text(encoding="utf-8")
        (folder / path).write_text(revised(text, f"第{number + 1}次修订"), encoding="utf-8")


def reports_of(folder: Path) -> list[Path]:
    """The reports of a site, of either program, in the order of their paths."""
    return sorted((folder / "content").glob("*/[0-9]*.md"))


def revised(text: str, mark: str) -> str:
    """A report with `mark` in a sentence of its opening, in place of what was there before."""
    start = text.index(OPENING)
    end = text.index("。", start)
    return f"{text[:start]}{OPENING}（{mark}）{text[end:]}"


def place(slug: str, places: dict) -> dict:
    """The front matter of a place's section. Its children are listed, so that Hugo need not
    look through all places for them."""
    matter, _ = places[slug]
    children = [f"/{child}" for child, (other, _) in places.items() if other.get("parent") == slug]
    above = lineage(slug, places)[:-1]
    return {"title": matter["name"], "level": matter["level"], "code": matter.get("code", ""),
            "lineage": above, "children": children}


def lineage(slug: str, places: dict) -> list[str]:
    """The sections from the topmost place down to this one."""
    above = places[slug][0].get("parent")
    return (lineage(above, places) if above else []) + [f"/{slug}"]


def report(matter: dict, year: str, around: tuple[list[str], dict]) -> dict:
    """The front matter of a report, with the place's lineage and the registry around it."""
    above, registry = around
    date, _, time = matter["published"].partition(" ")
    figures = [{"name": registry[key]["name"], "value": value, "unit": registry[key]["unit"]}
               for key, value in matter["indicators"].items()]
    kept = ("issuer", "index_number", "document_number", "subjects", "written", "validity",
            "source", "summary", "keywords")
    return {"title": matter["title"], "date": f"{date}T{time or '00:00'}:00+08:00", "years": [year],
            **{key: matter[key] for key in kept}, "lineage": above, "figures": figures}


def split(path: Path) -> tuple[dict, str]:
    """A file's front matter and body."""
    _, matter, body = path.read_text(encoding="utf-8").split("---\n", 2)
    return fields(matter), body


def fields(text: str) -> dict:
    """Lines of `key: value`, and indented lines as a group under the key before them."""
    found: dict = {}
    group: dict = {}
    for line in text.splitlines():
        key, _, value = line.strip().partition(":")
        value = value.strip()
        if line.startswith(" "):
            group[key] = scalar(value)
        elif value:
            found[key] = scalar(value)
        else:
            group = found[key] = {}
    return found


def scalar(text: str):
    """A value: a list in brackets, or text with or without quotes."""
    if text.startswith("["):
        return [entry.strip() for entry in text.strip("[]").split(",")]
    return text.strip('"')


def write(path: Path, matter: dict, body: str) -> None:
    """A file with YAML front matter. JSON values are YAML values."""
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in matter.items()]
    path.write_text("---\n" + "".join(lines) + "---\n" + body, encoding="utf-8")

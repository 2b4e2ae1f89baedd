"""What was measured of the preview, and its tables."""

import statistics
from typing import Iterable, NamedTuple, Optional


class Start(NamedTuple):
    """A start of a server: seconds until it listens, and until it has answered a page; and its
    processor time until then."""

    server: str
    listens: float
    first_page: float
    processor: float


class Rest(NamedTuple):
    """A server that has nothing to do any more: seconds from its start, memory in MiB at its
    highest and now, and seconds of processor time that it still takes in a second."""

    after: float
    peak: float
    resident: float
    idle: float


class Row(NamedTuple):
    """Seconds of one sort, and the server's processor time for one of them. What is late was
    not waited for any longer; what is single is an edit of one file, for which there is a goal."""

    what: str
    server: str
    seconds: list[float]
    processor: Optional[float] = None
    is_late: bool = False
    is_single: bool = False

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    @property
    def worst(self) -> float:
        return max(self.seconds)

    def cells(self) -> str:
        """Median, 95 of a hundred and worst, in milliseconds."""
        if self.is_late:
            return f"> {self.worst * 1000:,.0f} | | "
        ordered = sorted(self.seconds)
        most = ordered[max(0, -(-len(ordered) * 95 // 100) - 1)]
        return " | ".join(f"{value * 1000:,.1f}" for value in (self.median, most, self.worst))


class Result:
    """All that was measured of one size."""

    def __init__(self, reports: int):
        self.reports = reports
        self.starts: list[Start] = []
        self.rests: dict[str, Rest] = {}
        self.edits: list[Row] = []
        self.pages: list[Row] = []
        self.notes: list[str] = []

    def note(self, text: str) -> None:
        self.notes.append(f"{self.reports:,} reports: {text}")

    def starts_of(self, server: str) -> list[Start]:
        return [start for start in self.starts if start.server == server]

    def first_page(self, server: str) -> float:
        """Seconds from the start to the first page, at the median."""
        return statistics.median(start.first_page for start in self.starts_of(server))

    def edit(self, what: str, server: str = "xiangwei") -> Optional[Row]:
        """The edits of this sort."""
        return next((row for row in self.edits if (row.what, row.server) == (what, server)), None)


def tables(about: str, results: list[Result]) -> str:
    """Everything, with a line on the machine before it."""
    notes = "\n".join(f"- {note}" for result in results for note in result.notes)
    parts = [about, starts(results), edits(results), pages(results), ratios(results), goals(results), notes]
    return "\n\n".join(part for part in parts if part) + "\n"


def starts(results: list[Result]) -> str:
    """The table of starts, memory and rest."""
    rows = ["| reports | server | starts | listens, s | first page, s | CPU s till then | at rest, s "
            "| peak MiB | at rest MiB | idle, ms of CPU a second |",
            "| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"]
    for result in results:
        for name, rest in result.rests.items():
            own = result.starts_of(name)
            listens = statistics.median(start.listens for start in own)
            spent = statistics.median(start.processor for start in own)
            rows.append(f"| {result.reports:,} | {name} | {len(own)} | {listens:.3f} | {result.first_page(name):.3f} "
                        f"| {spent:.2f} | {rest.after:.1f} | {rest.peak:.0f} | {rest.resident:.0f} | {rest.idle * 1000:.1f} |")
    return "\n".join(rows)


def edits(results: list[Result]) -> str:
    """The table of edits."""
    rows = ["| reports | saved | server | edits | median ms | p95 | worst | CPU ms an edit |",
            "| ---: | --- | --- | ---: | ---: | ---: | ---: | ---: |"]
    for result in results:
        for row in result.edits:
            spent = "" if row.processor is None else f"{row.processor * 1000:,.0f}"
            rows.append(f"| {result.reports:,} | {row.what} | {row.server} | {len(row.seconds)} "
                        f"| {row.cells()} | {spent} |")
    return "\n".join(rows)


def pages(results: list[Result]) -> str:
    """The table of pages."""
    rows = ["| reports | asked for | page | pages | median ms | p95 | worst |",
            "| ---: | --- | --- | ---: | ---: | ---: | ---: |"]
    for result in results:
        for row in result.pages:
            rows.append(f"| {result.reports:,} | {row.server} | {row.what} | {len(row.seconds)} | {row.cells()} |")
    return "\n".join(rows)


def ratios(results: list[Result]) -> str:
    """The table of Hugo beside xiangwei, medians of one run; nothing without Hugo."""
    rows = ["| reports | Hugo / xiangwei: first page | memory at rest | a sentence | the base template |",
            "| ---: | ---: | ---: | ---: | ---: |"]
    for result in results:
        if "Hugo" not in result.rests:
            continue
        first = result.first_page("Hugo") / result.first_page("xiangwei")
        memory = result.rests["Hugo"].resident / result.rests["xiangwei"].resident
        cells = [f"{first:,.1f}", f"{memory:,.1f}"]
        for what in ("a sentence", "the base template"):
            hugo, own = result.edit(what, "Hugo"), result.edit(what)
            cells.append(f"{'> ' if hugo.is_late else ''}{hugo.median / own.median:,.0f}" if hugo else "")
        rows.append(f"| {result.reports:,} | {' | '.join(cells)} |")
    return "\n".join(rows) if len(rows) > 2 else ""


def goals(results: list[Result]) -> str:
    """The table of what was to be reached, and what was."""
    rows = ["| reports | goal | measured | |", "| ---: | --- | ---: | --- |"]
    for result in results:
        for goal, measured, limit, form in goals_of(result):
            verdict = "reached" if measured < limit else "**not reached**"
            rows.append(f"| {result.reports:,} | {goal} | {form.format(measured)} | {verdict} |")
    return "\n".join(rows)


def goals_of(result: Result) -> Iterable[tuple[str, float, float, str]]:
    """Each goal in words, what was measured, what it has to stay under, and how it is written.
    Of many sorts of edits or pages, the slowest counts."""
    start, rest = (20, None) if result.reports > 10_000 else (1.5, result.rests["xiangwei"])
    yield f"first page within {start} s of the start", result.first_page("xiangwei"), start, "{:.2f} s"
    if rest:
        yield "memory under 700 MB", rest.peak * 2**20 / 1e6, 700, "{:.0f} MB at its highest"
        yield "no processor time at rest", rest.idle * 1000, 1, "{:.1f} ms a second"
    single = [row for row in result.edits if row.is_single]
    slow, slowest = max(single, key=lambda row: row.median), max(single, key=lambda row: row.worst)
    yield "from a save to the page, median under 25 ms", slow.median * 1000, 25, f"{{:.1f}} ms ({slow.what})"
    yield "the worst under 100 ms", slowest.worst * 1000, 100, f"{{:.1f}} ms ({slowest.what})"
    first = [row for row in result.pages if row.server == "first request"]
    for most, wanted in ((20, False), (50, True)):
        slow = max((row for row in first if ("comparison" in row.what) == wanted), key=lambda row: row.median)
        name = "comparison pages" if wanted else "all other types"
        yield f"first request, {name}, median under {most} ms", slow.median * 1000, most, f"{{:.1f}} ms ({slow.what})"

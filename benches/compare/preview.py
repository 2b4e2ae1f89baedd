"""Measures `xiangwei serve`, and `hugo server` beside it, while files are edited.

Called by benches/preview.sh, which builds and installs what is measured. The real servers run
on real folders; files are saved, and pages are asked for over HTTP, until they show what was
saved. Every time counts from just before a file is written.
"""

import argparse
import random
import re
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Callable, Optional

import edits
import mapping
import measure
import outcome
from outcome import Rest, Result, Row, Start
from served import PAUSE, Events, Late, Server

# What each report needs on disk: its source, and Hugo's.
BYTES_A_REPORT = 70_000

# Hugo is not asked to show more reports than these: it needs 0.3 MiB for each.
MOST_FOR_HUGO = 10_000

# Pauses between an edit that is shown and the next, in milliseconds.
PAUSES = (0, 50, 300, 1_000)

# What a server has not done within so many seconds is not waited for.
LIMIT = 600

# So many seconds a server at rest is looked at.
IDLE = 10

# So many pages are asked for, each for the first time, and so many of each type; of types that
# are not named here, as many as there are, up to the last.
FIRST_REQUESTS = {"document": 70, "comparison of two years": 70, "place": 50, "comparison of all years": 40}
OF_OTHER_TYPES = 10

# The part of the base template that a site of its own has.
TEMPLATE = '{{% extends "gongbao/base.html" %}}\n{{% block footer %}}\n{{{{ super() }}}}\n<p>{mark}</p>\n{{% endblock footer %}}\n'


class Site:
    """A folder of reports that are edited, in an order that goes all over it."""

    def __init__(self, folder: Path, seed: int):
        self.folder = folder
        self.reports = mapping.reports_of(folder)
        random.Random(seed).shuffle(self.reports)
        self.number = 0

    def next(self) -> tuple[Path, int]:
        """The next report to edit, and the number of the edit."""
        self.number += 1
        return self.reports[self.number % len(self.reports)], self.number

    def address(self, report: Path) -> str:
        return f"/{report.parent.name}/{report.stem}/"

    def warm(self) -> None:
        """Has every file in memory."""
        for path in self.folder.rglob("*"):
            if path.is_file():
                path.read_bytes()


class Ours:
    """`xiangwei serve` on an archive of one size."""

    name = "xiangwei"

    def __init__(self, arguments: argparse.Namespace, folder: Path, result: Result):
        self.arguments = arguments
        self.result = result
        self.site = Site(folder, 5)
        self.registry = mapping.fields((folder / "indicators.yaml").read_text(encoding="utf-8").replace("\n\n", "\n"))
        self.theme = folder / "themes" / "bench"
        self.dress()

    def dress(self) -> None:
        """Gives the site a template and a style sheet of its own, which are edited later."""
        folder = self.site.folder
        (self.theme / "assets").mkdir(parents=True)
        (self.theme / "theme.yaml").write_text("name: bench\n", encoding="utf-8")
        shutil.copy(self.arguments.assets / "style.css", self.theme / "assets")
        (folder / "templates").mkdir()
        (folder / "templates" / "base.html").write_text(TEMPLATE.format(mark=""), encoding="utf-8")
        with (folder / "site.yaml").open("a", encoding="utf-8") as settings:
            settings.write("theme: bench\n")

    def searched(self, port: int) -> list[str]:
        return [self.arguments.xiangwei, "serve", "--port", str(port), "--site", str(self.site.folder)]

    def command(self, port: int) -> list[str]:
        # An index that is made behind the preview would be measured with everything else.
        return [*self.searched(port), "--no-search"]

    def start(self) -> Server:
        """Starts the server and notes when it listens and when it has answered a page."""
        path = self.site.address(self.site.reports[0])
        server = Server(self.command, self.arguments.work / "xiangwei.log", LIMIT)
        listening = server.await_listening()
        first = server.until(path, lambda answer: answer.status == 200, server.started)
        self.result.starts.append(Start(self.name, listening, first, server.processor()))
        return server

    def measure(self) -> None:
        self.site.warm()
        server = self.start()
        self.result.rests[self.name] = rest(server, self.result.starts[-1].first_page)
        self.first_requests(server)
        server.stop()
        server = self.start()
        self.series("a sentence, at once after the start", server, edits.sentence, count=20, settle=False)
        server.settle()
        self.poll_cost(server)
        self.all_edits(server)
        _, peak = server.memory()
        self.result.note(f"peak of memory after all edits {peak:.0f} MiB")
        server.stop()
        if self.result.reports <= MOST_FOR_HUGO:
            self.start().stop()
            self.index()

    def index(self) -> None:
        """Edits while the search index is made, and how long that takes with them in between."""
        server = Server(self.searched, self.arguments.work / "xiangwei.log", LIMIT)
        server.await_listening()
        server.until("/pagefind/contents.json", lambda answer: answer.status == 503, server.started)
        self.series("a sentence, while the search index is made", server, edits.sentence,
                    settle=False, pause=0.3, count=20)
        seconds = server.until("/pagefind/contents.json", lambda answer: answer.status == 200, server.started)
        _, peak = server.memory()
        self.result.note(f"the search index is there {seconds:.0f} s after the start, with 20 edits in between; "
                         f"peak of memory {peak:.0f} MiB")
        server.stop()

    def poll_cost(self, server: Server) -> None:
        """What asking for a page over and over costs the server, when nothing is new."""
        path = self.site.address(self.site.reports[0])
        before, start = server.processor(), time.perf_counter()
        answers = []
        for _ in range(300):
            answers.append(server.ask(path).seconds)
            time.sleep(PAUSE)
        share = (server.processor() - before) / (time.perf_counter() - start)
        middle = statistics.median(answers) * 1000
        self.result.note(f"an answer to the poll takes {middle:.1f} ms, and polling {share:.0%} of one core")

    def all_edits(self, server: Server) -> None:
        value = edits.value(self.registry)
        self.series("a sentence", server, edits.sentence)
        self.told_edits(server)
        self.series("a figure and its sentence", server, value)
        self.series("the title", server, edits.title)
        self.series("a sentence, saved by rename", server, edits.sentence, save=edits.save_by_rename)
        for pause in PAUSES:
            self.series(f"a sentence, {pause:,} ms after the last was shown", server, edits.sentence,
                       settle=False, pause=pause / 1000)
        self.templates(server)
        self.styles(server)
        self.come_and_go(server)
        self.checkouts(server)
        self.lists_after_edits(server, value)

    def series(self, what: str, server: Server, edit: edits.Edit, *, save=edits.save,
              settle: bool = True, pause: float = 0, count: Optional[int] = None) -> None:
        """Many edits of one sort, each in another file."""
        seconds, before = [], server.processor()
        for _ in range(count or self.arguments.edits):
            if settle:
                server.settle()
            path, number = self.site.next()
            text, mark = edit(path.read_text(encoding="utf-8"), number)
            since = time.perf_counter()
            save(path, text)
            seconds.append(server.until(self.site.address(path), has(mark), since))
            time.sleep(pause)
        server.settle()
        self.note(what, seconds, server, before)

    def note(self, what: str, seconds: list[float], server: Server, before: float, is_single: bool = True) -> None:
        spent = (server.processor() - before) / len(seconds)
        row = Row(what, self.name, seconds, spent, is_single=is_single)
        self.result.edits.append(row)
        say(f"{what}: median {row.median * 1000:.1f} ms, worst {row.worst * 1000:.1f} ms")

    def told_edits(self, server: Server) -> None:
        """Edits that nobody polls for: an open page is told, and asks."""
        seconds, before = [], server.processor()
        for _ in range(self.arguments.edits):
            server.settle()
            path, number = self.site.next()
            text, mark = edits.sentence(path.read_text(encoding="utf-8"), number)
            events = Events(server)
            since = time.perf_counter()
            edits.save(path, text)
            seconds.append(events.until(self.site.address(path), mark.encode(), since))
            events.close()
        server.settle()
        self.note("a sentence, without a poll: an open page is told", seconds, server, before)

    def templates(self, server: Server) -> None:
        """The base template changes, and a page is asked for."""
        template = self.site.folder / "templates" / "base.html"
        seconds, before = [], server.processor()
        for _ in range(min(20, self.arguments.edits)):
            server.settle()
            path, number = self.site.next()
            mark = f"第{number}号页脚"
            since = time.perf_counter()
            edits.save(template, TEMPLATE.format(mark=mark))
            seconds.append(server.until(self.site.address(path), has(mark), since))
        server.settle()
        self.note("the base template", seconds, server, before)

    def styles(self, server: Server) -> None:
        """The style sheet changes: a page leads to another, which has the new bytes."""
        style = self.theme / "assets" / "style.css"
        seconds, before = [], server.processor()
        for _ in range(min(20, self.arguments.edits)):
            server.settle()
            path, number = self.site.next()
            mark, address = f"/* {number} */".encode(), self.site.address(path)
            sheet = linked_style(server.ask(address).body)
            since = time.perf_counter()
            edits.save(style, style.read_text(encoding="utf-8") + mark.decode())
            server.until(address, lambda answer: linked_style(answer.body) != sheet, since)
            sheet = linked_style(server.last.body).decode()
            seconds.append(server.until(sheet, lambda answer: answer.body.endswith(mark), since))
        server.settle()
        self.note("the style sheet", seconds, server, before)

    def come_and_go(self, server: Server) -> None:
        """A report of the next year comes, and goes again."""
        steps: dict[str, list[float]] = {}
        before = server.processor()
        last = [path for path in self.site.reports if path.stem == "2024"]
        for report in last[:min(10, self.arguments.edits)]:
            server.settle()
            _, number = self.site.next()
            text, mark = edits.next_year(report.read_text(encoding="utf-8"), number)
            path = report.with_name("2025.md")
            address, link = self.site.address(path), has(f'href="{self.site.address(path)}"')
            lists = {"its place's page": f"/{report.parent.name}/", "the home page": "/"}
            since = time.perf_counter()
            edits.save(path, text)
            steps.setdefault("a new report", []).append(server.until(address, has(mark), since))
            for name, page in lists.items():
                steps.setdefault(f"a new report, on {name}", []).append(server.until(page, link, since))
            server.settle()
            since = time.perf_counter()
            path.unlink()
            gone = server.until(address, lambda answer: answer.status == 404, since)
            steps.setdefault("a report deleted: not found", []).append(gone)
            for name, page in lists.items():
                lacks = server.until(page, lambda answer: not link(answer), since)
                steps.setdefault(f"a report deleted, gone from {name}", []).append(lacks)
        server.settle()
        spent = (server.processor() - before) / 2 / len(steps["a new report"])
        for what, seconds in steps.items():
            self.result.edits.append(Row(what, self.name, seconds, spent if what == "a new report" else None))
        say("reports came and went")

    def checkouts(self, server: Server) -> None:
        """Hundreds of reports change at once, as when another branch is checked out. Counted
        from when all are written until the last shows, and until each was asked for."""
        at_once = min(300, len(self.site.reports))
        seconds, all_seen, writing, before = [], [], [], server.processor()
        for _ in range(min(5, self.arguments.edits)):
            server.settle()
            changes = []
            for _ in range(at_once):
                path, number = self.site.next()
                text, mark = edits.sentence(path.read_text(encoding="utf-8"), number)
                changes.append((path, text, mark))
            start = time.perf_counter()
            for path, text, _ in changes:
                edits.check_out(path, text)
            since = time.perf_counter()
            writing.append(since - start)
            path, _, mark = changes[-1]
            seconds.append(server.until(self.site.address(path), has(mark), since))
            for path, _, mark in changes:
                server.until(self.site.address(path), has(mark), since)
            all_seen.append(time.perf_counter() - since)
        server.settle()
        self.note(f"{at_once} reports at once, until the last is shown", seconds, server, before, is_single=False)
        self.result.edits.append(Row(f"{at_once} reports at once, until each was asked for", self.name, all_seen))
        self.result.note(f"writing {at_once} took {statistics.median(writing) * 1000:.0f} ms")

    def lists_after_edits(self, server: Server, value: edits.Edit) -> None:
        """Pages that gather what many reports say, each asked for once after a figure changed."""
        pages: dict[str, list[float]] = {}
        indicator = next(key for key, fields in self.registry.items() if fields["unit"] != "%")
        for _ in range(min(10, self.arguments.edits)):
            server.settle()
            path, number = self.site.next()
            text, mark = value(path.read_text(encoding="utf-8"), number)
            since = time.perf_counter()
            edits.save(path, text)
            server.until(self.site.address(path), has(mark), since)
            place = path.parent.name
            for what, page in (("place", f"/{place}/"), ("comparison of all years", f"/{place}/compare/"),
                               ("year", f"/years/{path.stem}/"), ("indicator", f"/indicators/{indicator}/"),
                               ("coverage", "/coverage/"), ("home", "/")):
                pages.setdefault(what, []).append(server.ask(page).seconds)
        self.result.pages.extend(Row(what, "after an edit", seconds) for what, seconds in pages.items())

    def first_requests(self, server: Server) -> None:
        """A sample of all pages, each asked for once, the types mixed."""
        types: dict[str, list[str]] = {}
        for path in addresses(server):
            types.setdefault(self.type_of(path), []).append(path)
        choose = random.Random(300)
        sample = []
        for what, paths in types.items():
            wanted = min(FIRST_REQUESTS.get(what, OF_OTHER_TYPES), len(paths))
            sample.extend((what, path) for path in choose.sample(paths, wanted))
        choose.shuffle(sample)
        seconds: dict[str, list[float]] = {}
        for what, path in sample:
            answer = server.ask(path)
            if answer.status != 200:
                sys.exit(f"preview: {path} was answered with {answer.status}")
            seconds.setdefault(what, []).append(answer.seconds)
        rows = [Row(what, "first request", seconds[what]) for what in sorted(seconds)]
        every = [second for row in rows for second in row.seconds]
        self.result.pages.extend([Row("**all of these**", "first request", every), *rows])

    def type_of(self, path: str) -> str:
        """What sort of page is at this path."""
        head, *rest = path.strip("/").split("/")
        if not head:
            return "home"
        if not (self.site.folder / "content" / head).is_dir():
            return {"years": "year", "kinds": "kind", "assets": "style sheet"}.get(head, head)
        if rest[-1:] == ["index.md"]:
            return "source of a document"
        if rest[:1] == ["compare"]:
            return "comparison of two years" if rest[1:] else "comparison of all years"
        return ("document" if rest[0].isdigit() else "feed") if rest else "place"


class Hugo:
    """`hugo server` on the same reports, with few edits: each takes long."""

    name = "Hugo"

    def __init__(self, arguments: argparse.Namespace, folder: Path, result: Result):
        self.arguments = arguments
        self.result = result
        self.site = Site(folder, 5)

    def command(self, port: int) -> list[str]:
        return [self.arguments.hugo, "server", "--source", str(self.site.folder),
                "--bind", "127.0.0.1", "--port", str(port)]

    def measure(self) -> None:
        self.site.warm()
        path = self.site.address(self.site.reports[0])
        server = Server(self.command, self.arguments.work / "hugo.log", self.arguments.hugo_limit)
        try:
            listening = server.await_listening()
            first = server.until(path, lambda answer: answer.status == 200, server.started)
            self.result.starts.append(Start(self.name, listening, first, server.processor()))
            self.result.rests[self.name] = rest(server, first)
            count = 10 if self.result.reports <= 1_000 else 1
            self.series("a sentence", server, count, self.sentence)
            self.series("the base template", server, count, self.template)
        except Late:
            self.result.note(f"Hugo did not start within {self.arguments.hugo_limit:.0f} s")
        finally:
            server.stop()

    def sentence(self, path: Path, number: int) -> tuple[Path, str, str]:
        text, mark = edits.sentence(path.read_text(encoding="utf-8"), number)
        return path, text, mark

    def template(self, _: Path, number: int) -> tuple[Path, str, str]:
        template = self.site.folder / "layouts" / "baseof.html"
        text = re.sub(r"(<p>第\d+号页脚</p>)?</body>", f"<p>第{number}号页脚</p></body>", template.read_text(encoding="utf-8"))
        return template, text, f"第{number}号页脚"

    def series(self, what: str, server: Server, count: int, change: Callable) -> None:
        seconds, before = [], server.processor()
        for _ in range(count):
            server.settle()
            path, number = self.site.next()
            file, text, mark = change(path, number)
            since = time.perf_counter()
            edits.save(file, text)
            try:
                seconds.append(server.until(self.site.address(path), has(mark), since))
            except Late:
                seconds.append(server.limit)
                self.result.edits.append(Row(what, self.name, seconds, is_late=True))
                return
        server.settle()
        spent = (server.processor() - before) / count
        self.result.edits.append(Row(what, self.name, seconds, spent))
        say(f"Hugo, {what}: median {statistics.median(seconds):.3f} s")


def rest(server: Server, first_page: float) -> Rest:
    """What a server that has just answered its first page still does, and what it takes when
    it does nothing."""
    after = first_page + server.settle()
    resident, peak = server.memory()
    before = server.processor()
    time.sleep(IDLE)
    return Rest(after, peak, resident, (server.processor() - before) / IDLE)


def has(mark: str) -> Callable:
    """Whether an answer shows the mark."""
    wanted = mark.encode()
    return lambda answer: answer.status == 200 and wanted in answer.body


def linked_style(page: bytes) -> bytes:
    """The address of the style sheet of a page."""
    return re.search(rb'href="([^"]*/style\.[^"]*css)"', page).group(1)


def addresses(server: Server) -> list[str]:
    """The paths of the site map, of the search, and of some files that are no pages."""
    maps, pages = ["/sitemap.xml"], ["/search/"]
    for each in maps:
        for path in re.findall(r"<loc>https?://[^/<]*([^<]*)</loc>", server.ask(each).body.decode()):
            (maps if path.endswith(".xml") else pages).append(path)
    documents = [path for path in pages if re.fullmatch(r"/(?!years/)[^/]+/\d{4}/", path)]
    places = sorted({path.split("/")[1] for path in documents})
    # The page that is shown where nothing is leads to the style sheet as all do.
    sheet = linked_style(server.ask("/nothing-here/").body).decode()
    return [*pages, sheet, *(f"{path}index.md" for path in documents), *(f"/{place}/feed.xml" for place in places)]


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def one(arguments: argparse.Namespace, reports: int) -> Result:
    """Generates an archive and measures the servers with it, one after the other."""
    say(f"{reports:,} reports")
    result = Result(reports)
    folder = arguments.work / f"preview-{reports}"
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run([arguments.generate, str(folder / "archive"), str(reports)], check=True)
    with_hugo = arguments.hugo and reports <= MOST_FOR_HUGO
    if with_hugo:
        mapping.site(folder / "archive", folder / "hugo", arguments.assets)
    Ours(arguments, folder / "archive", result).measure()
    if with_hugo:
        Hugo(arguments, folder / "hugo", result).measure()
    return result


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("xiangwei", "generate"):
        parser.add_argument(f"--{name}", required=True, help="the program")
    parser.add_argument("--hugo", help="the program; without it, xiangwei is measured alone")
    parser.add_argument("--assets", type=Path, required=True, help="the theme's assets")
    parser.add_argument("--work", type=Path, required=True, help="where everything is made")
    parser.add_argument("--sizes", default="1000 10000", help="numbers of reports")
    parser.add_argument("--edits", type=int, default=50, help="edits of each sort")
    parser.add_argument("--hugo-limit", type=float, default=LIMIT, help="seconds that Hugo is waited for")
    return parser.parse_args()


def main() -> None:
    if not Path("/proc/self/stat").exists():
        sys.exit("preview: memory and processor time are read from /proc, which only Linux has")
    arguments = parse()
    sizes = [int(size) for size in arguments.sizes.replace(",", " ").split()]
    if shutil.disk_usage(arguments.work).free < max(sizes) * BYTES_A_REPORT:
        sys.exit(f"preview: {arguments.work} needs {max(sizes) * BYTES_A_REPORT / 1e9:.1f} GB free")
    about = measure.machine(arguments, measure.two_cores())
    results: list[Result] = []
    for reports in sizes:
        try:
            results.append(one(arguments, reports))
        except Late:
            sys.exit(f"preview: something was not shown within {LIMIT} s")
        (arguments.work / "preview.md").write_text(outcome.tables(about, results), encoding="utf-8")
    print((arguments.work / "preview.md").read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()

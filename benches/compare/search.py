"""Measures how long our search index takes, and the pagefind command line on the same pages.

Called by benches/search.sh, which builds and installs what is measured. Whole processes are
measured, as in measure.py. What the index costs is the difference of two neighbouring builds,
one with search and one without. The command line reads the very pages of the reports that the
build wrote, each with its text marked by `data-pagefind-body`, and nothing else.
"""

import argparse
import os
import platform
import shutil
import subprocess
import sys
import time
from pathlib import Path

import mapping
import measure
from measure import Sample

# What each report needs on disk: its source, its share of the site twice, and a page.
BYTES_A_REPORT = 800_000

TEXT = '<div class="prose text" '


class Bench:
    """The runs of one size."""

    def __init__(self, arguments: argparse.Namespace, reports: int):
        self.programs = arguments
        self.reports = reports
        self.folder = arguments.work / f"search-{reports}"
        self.samples: dict[str, list[Sample]] = {}
        shutil.rmtree(self.folder, ignore_errors=True)
        subprocess.run([arguments.generate, str(self.folder / "site"), str(reports)], check=True)

    def build(self, output: str, *options: str) -> Sample:
        return measure.run([self.programs.xiangwei, "build", "--quiet", *options,
                            "--site", str(self.folder / "site"), "--output", str(self.folder / output)])

    def note(self, what: str, sample: Sample) -> None:
        self.samples.setdefault(what, []).append(sample)
        print(f"{self.reports} {what}: {sample.wall:.1f} s, {sample.cpu:.1f} s of CPU, "
              f"{sample.peak:.0f} MiB", file=sys.stderr, flush=True)

    def both(self, scenario: str, fresh: bool) -> None:
        """A build without search and one with it."""
        plain, whole = self.out(fresh)
        without = self.build(plain, "--no-search")
        within = self.build(whole)
        self.note(f"{scenario}, without search", without)
        self.note(f"{scenario}, with search", within)
        self.note(scenario, Sample(within.wall - without.wall, within.cpu - without.cpu, within.peak))

    def out(self, fresh: bool) -> tuple[str, str]:
        for name in ("plain", "whole"):
            if fresh:
                shutil.rmtree(self.folder / name, ignore_errors=True)
        return "plain", "whole"

    def pages(self) -> Path:
        """The pages of the reports, by themselves."""
        pages = self.folder / "pages"
        if not pages.exists():
            content = self.folder / "site" / "content"
            for report in content.glob("*/[0-9]*.md"):
                page = report.relative_to(content).with_suffix("") / "index.html"
                text = (self.folder / "plain" / page).read_text(encoding="utf-8")
                if text.count(TEXT) != 1:
                    sys.exit(f"search: {page} has its text elsewhere")
                copy = pages / page
                copy.parent.mkdir(parents=True)
                copy.write_text(text.replace(TEXT, f"{TEXT}data-pagefind-body "), encoding="utf-8")
            count = len(list(pages.glob("*/*/index.html")))
            if count != self.reports:
                sys.exit(f"search: there are {count} pages of {self.reports} reports")
        return pages

    def pagefind(self) -> Sample:
        output = self.folder / "pagefind"
        shutil.rmtree(output, ignore_errors=True)
        return measure.run([self.programs.pagefind, "--site", str(self.pages()), "--output-path", str(output)])

    def measure(self, runs: int) -> None:
        for _ in range(runs):
            self.both("full", fresh=True)
            self.note("pagefind", self.pagefind())
        for _ in range(runs):
            self.both("nothing changed", fresh=False)
        for number in range(runs):
            mapping.edit((self.folder / "site",), number)
            self.both("one report edited", fresh=False)


def table(benches: list[Bench]) -> str:
    rows = ["| reports | what | runs | wall s | CPU s | peak MiB |", "| ---: | --- | ---: | ---: | ---: | ---: |"]
    for bench in benches:
        for what, samples in bench.samples.items():
            middle = measure.median(samples)
            rows.append(f"| {bench.reports:,} | {what} | {len(samples)} "
                        f"| {middle.wall:.1f} | {middle.cpu:.1f} | {middle.peak:.0f} |")
    return "\n".join(rows)


def ratios(benches: list[Bench]) -> str:
    rows = ["| reports | index / pagefind, wall | CPU | peak | one report edited / full index, wall | nothing changed / full index |",
            "| ---: | ---: | ---: | ---: | ---: | ---: |"]
    for bench in benches:
        full = bench.samples["full"]
        over = measure.ratio(full, bench.samples["pagefind"])
        edited, same = (measure.ratio(bench.samples[name], full) for name in ("one report edited", "nothing changed"))
        rows.append(f"| {bench.reports:,} | {over.wall:.2f} | {over.cpu:.2f} | {over.peak:.2f} "
                    f"| {edited.wall:.2f} | {same.wall:.2f} |")
    return "\n".join(rows)


def extents(benches: list[Bench]) -> str:
    rows = ["| reports | our search files | bytes | pagefind's | bytes |", "| ---: | ---: | ---: | ---: | ---: |"]
    for bench in benches:
        (files, size), (others, other) = (measure.extent(bench.folder / name) for name in ("whole/pagefind", "pagefind"))
        rows.append(f"| {bench.reports:,} | {files:,} | {size:,} | {others:,} | {other:,} |")
    return "\n".join(rows)


def machine(arguments: argparse.Namespace, cores: int) -> str:
    """One line on the machine and the programs."""
    def said(command: str) -> str:
        return subprocess.run([command, "--version"], capture_output=True, text=True, check=True).stdout.strip()

    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = " ".join(f"{value:.1f}" for value in os.getloadavg())
    return (f"{time.strftime('%Y-%m-%d')}; {cores} cores used, {memory:.0f} GiB; {platform.system()} "
            f"{platform.release()}; load at the start {load}; {said(arguments.xiangwei)}; {said(arguments.pagefind)}.")


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("xiangwei", "generate", "pagefind"):
        parser.add_argument(f"--{name}", required=True, help="the program")
    parser.add_argument("--work", type=Path, required=True, help="where everything is made")
    parser.add_argument("--sizes", default="1000 10000", help="numbers of reports")
    parser.add_argument("--runs", type=int, default=1, help="runs of each build")
    return parser.parse_args()


def main() -> None:
    arguments = parse()
    sizes = [int(size) for size in arguments.sizes.replace(",", " ").split()]
    if shutil.disk_usage(arguments.work).free < max(sizes) * BYTES_A_REPORT:
        sys.exit(f"search: {arguments.work} needs {max(sizes) * BYTES_A_REPORT / 1e9:.1f} GB free")
    about = machine(arguments, measure.two_cores())
    benches = []
    for reports in sizes:
        bench = Bench(arguments, reports)
        bench.measure(arguments.runs)
        benches.append(bench)
    report = "\n\n".join([about, table(benches), ratios(benches), extents(benches)]) + "\n"
    (arguments.work / "search.md").write_text(report, encoding="utf-8")
    print(report)


if __name__ == "__main__":
    main()

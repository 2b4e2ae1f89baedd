"""Measures xiangwei, `cp -r` of its output, and Hugo on the same invented reports.

Called by benches/compare.sh, which builds and installs what is measured. Whole processes are
measured: wall time, CPU time (user and system) and the peak of resident memory, as the kernel
accounts for them. The two programs take turns (A B A B), so that a noisy machine is noisy for
both; medians are shown, and ratios are medians of the ratios of neighbouring runs.
"""

import argparse
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Callable, NamedTuple

import mapping

# What each report needs on disk: its source twice, each program's kept output, and a copy.
BYTES_A_REPORT = 900_000


class Sample(NamedTuple):
    """One run of a program."""

    wall: float
    cpu: float
    peak: float


class Site(NamedTuple):
    """The same reports as each program wants them, and the folder for outputs."""

    reports: int
    xiangwei: Path
    hugo: Path
    out: Path


def run(command: list[str]) -> Sample:
    """Runs a command to its end and says what it took; stops everything if it fails."""
    os.sync()  # What an earlier run left to be written shall not be written during this one.
    start = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    message = child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.stderr.write(message.decode(errors="replace")[-4000:])
        sys.exit(f"compare: {' '.join(command)} ended with {child.returncode}")
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return Sample(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit)


class Bench:
    """The programs, and the runs of one size."""

    def __init__(self, arguments: argparse.Namespace, site: Site):
        self.programs = arguments
        self.site = site
        self.samples: dict[tuple[str, str], list[Sample]] = {}

    def xiangwei(self, output: Path) -> list[str]:
        return [self.programs.xiangwei, "build", "--no-search", "--quiet",
                "--site", str(self.site.xiangwei), "--output", str(output)]

    def hugo(self, output: Path) -> list[str]:
        return [self.programs.hugo, "--quiet",
                "--source", str(self.site.hugo), "--destination", str(output)]

    def kept(self, program: str) -> Path:
        """The output that stays, to be built again."""
        return self.site.out / program / "site"

    def prepare(self) -> None:
        """Builds everything once, untimed: the files are then in memory for both."""
        subprocess.run([self.programs.xiangwei, "check", "--format", "short",
                        "--site", str(self.site.xiangwei)], check=True, stdout=subprocess.DEVNULL)
        for program in ("xiangwei", "hugo"):
            self.kept(program).parent.mkdir(parents=True)
            run(getattr(self, program)(self.kept(program)))
            pages = len(list(self.kept(program).glob("*/2[0-9][0-9][0-9]/index.html")))
            if pages < self.site.reports:
                sys.exit(f"compare: {program} wrote {pages} of {self.site.reports} reports")

    def fresh(self, what: str, command: Callable[[Path], list[str]]) -> None:
        """A run into a folder that is not there yet."""
        folder = self.site.out / "fresh"
        folder.mkdir()
        self.note("full", what, run(command(folder / "site")))
        shutil.rmtree(folder)

    def again(self, scenario: str) -> None:
        """A run of each program over its finished output."""
        for program in ("xiangwei", "hugo"):
            self.note(scenario, program, run(getattr(self, program)(self.kept(program))))

    def note(self, scenario: str, what: str, sample: Sample) -> None:
        self.samples.setdefault((scenario, what), []).append(sample)

    def measure(self, runs: int) -> None:
        self.prepare()
        for _ in range(runs):
            self.fresh("xiangwei", self.xiangwei)
            self.fresh("hugo", self.hugo)
            self.fresh("cp -r", lambda copy: ["cp", "-r", str(self.kept("xiangwei")), str(copy)])
        for _ in range(runs):
            self.again("nothing changed")
        for number in range(runs):
            mapping.edit((self.site.xiangwei, self.site.hugo), number)
            self.again("one report edited")


def median(samples: list[Sample]) -> Sample:
    """The median of each measure."""
    return Sample(*(statistics.median(column) for column in zip(*samples)))


def ratio(over: list[Sample], under: list[Sample]) -> Sample:
    """The median of the ratios of neighbouring runs, measure by measure."""
    return median([Sample(*(a / b for a, b in zip(one, other))) for one, other in zip(over, under)])


def extent(folder: Path) -> tuple[int, int]:
    """How many files a folder has, and their bytes."""
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return len(sizes), sum(sizes)


def times(benches: list[Bench], floor: float) -> str:
    """The table of medians."""
    rows = ["| reports | build | program | runs | wall s | CPU s | peak MiB |",
            "| ---: | --- | --- | ---: | ---: | ---: | ---: |"]
    for bench in benches:
        for (scenario, what), samples in bench.samples.items():
            middle = median(samples)
            peak = f"< {floor:.0f}" if middle.peak <= floor else f"{middle.peak:.0f}"
            name = "Hugo" if what == "hugo" else what
            rows.append(f"| {bench.site.reports:,} | {scenario} | {name} | {len(samples)} "
                        f"| {middle.wall:.3f} | {middle.cpu:.3f} | {peak} |")
    return "\n".join(rows)


def ratios(benches: list[Bench]) -> str:
    """The table of ratios."""
    rows = ["| reports | build | Hugo / xiangwei, wall | CPU | peak | xiangwei / `cp -r`, wall | CPU |",
            "| ---: | --- | ---: | ---: | ---: | ---: | ---: |"]
    for bench in benches:
        for scenario in ("full", "nothing changed", "one report edited"):
            ours = bench.samples[scenario, "xiangwei"]
            hugo = ratio(bench.samples[scenario, "hugo"], ours)
            copy = bench.samples.get((scenario, "cp -r"))
            copied = ratio(ours, copy) if copy else None
            last = f"{copied.wall:.2f} | {copied.cpu:.2f}" if copied else "|"
            rows.append(f"| {bench.site.reports:,} | {scenario} | {hugo.wall:.2f} | {hugo.cpu:.2f} "
                        f"| {hugo.peak:.2f} | {last} |")
    return "\n".join(rows)


def outputs(benches: list[Bench]) -> str:
    """The table of what was read and written, and of the time for each report."""
    rows = ["| reports | sources, bytes | xiangwei, files | bytes | Hugo, files | bytes "
            "| xiangwei, ms of CPU a report | Hugo |",
            "| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"]
    for bench in benches:
        _, read = extent(bench.site.xiangwei / "content")
        (files, size), (others, other) = (extent(bench.kept(program)) for program in ("xiangwei", "hugo"))
        each = [median(bench.samples["full", program]).cpu * 1000 / bench.site.reports
                for program in ("xiangwei", "hugo")]
        rows.append(f"| {bench.site.reports:,} | {read:,} | {files:,} | {size:,} | {others:,} | {other:,} "
                    f"| {each[0]:.2f} | {each[1]:.2f} |")
    return "\n".join(rows)


def machine(arguments: argparse.Namespace, cores: int) -> str:
    """One line on the machine and the programs."""
    def said(*command: str) -> str:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()[0]

    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = " ".join(f"{value:.1f}" for value in os.getloadavg())
    processor = platform.processor() or platform.machine()
    if os.path.exists("/proc/cpuinfo"):
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        processor = next((line.split(": ", 1)[1] for line in lines if line.startswith("model name")), processor)
    programs = [said(arguments.xiangwei, "--version")]
    if arguments.hugo:
        programs.append(said(arguments.hugo, "version").split("-")[0])
    return (f"{time.strftime('%Y-%m-%d')}; {processor}, {cores} cores used, {memory:.0f} GiB; "
            f"{platform.system()} {platform.release()}; load at the start {load}; {'; '.join(programs)}.")


def two_cores() -> int:
    """Keeps the programs to two cores where the system lets one; says how many there are."""
    if not hasattr(os, "sched_setaffinity"):
        return os.cpu_count() or 1
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:2])
    return len(os.sched_getaffinity(0))


def site(arguments: argparse.Namespace, reports: int) -> Site:
    """Generates the archive of a size, once for each program."""
    folder = arguments.work / str(reports)
    shutil.rmtree(folder, ignore_errors=True)
    made = Site(reports, folder / "xiangwei", folder / "hugo", folder / "out")
    subprocess.run([arguments.generate, str(made.xiangwei), str(reports)], check=True)
    mapping.site(made.xiangwei, made.hugo, arguments.assets)
    return made


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("xiangwei", "generate", "hugo"):
        parser.add_argument(f"--{name}", required=True, help="the program")
    parser.add_argument("--assets", type=Path, required=True, help="style and scripts for Hugo's site")
    parser.add_argument("--work", type=Path, required=True, help="where everything is made")
    parser.add_argument("--sizes", default="100 1000 10000", help="numbers of reports")
    parser.add_argument("--runs", type=int, help="runs of each build (7, 5 or 3 by size)")
    return parser.parse_args()


def main() -> None:
    arguments = parse()
    sizes = [int(size) for size in arguments.sizes.replace(",", " ").split()]
    if shutil.disk_usage(arguments.work).free < max(sizes) * BYTES_A_REPORT:
        sys.exit(f"compare: {arguments.work} needs {max(sizes) * BYTES_A_REPORT / 1e9:.1f} GB free")
    about = machine(arguments, two_cores())
    benches = []
    for reports in sizes:
        runs = arguments.runs or (7 if reports <= 100 else 5 if reports <= 1000 else 3)
        print(f"{reports} reports, {runs} runs each", file=sys.stderr, flush=True)
        bench = Bench(arguments, site(arguments, reports))
        bench.measure(runs)
        benches.append(bench)
    # A child's peak begins at what this script itself takes: less than that cannot be seen.
    floor = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
    report = "\n\n".join([about, times(benches, floor), ratios(benches), outputs(benches)]) + "\n"
    (arguments.work / "results.md").write_text(report, encoding="utf-8")
    print(report)


if __name__ == "__main__":
    main()

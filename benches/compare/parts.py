"""Measures a build in parts, one after the other, beside the build of one machine, and holds that both make the
same site. Called by benches/parts.sh.
"""

import argparse
import re
import shutil
import subprocess
import sys
from pathlib import Path

import measure


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    for name in ("xiangwei", "generate", "work", "sizes"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--parts", type=int, required=True)
    return parser.parse_args()


def row(name: str, sample: measure.Sample) -> str:
    return f"| {name} | {sample.wall:.1f} | {sample.cpu:.1f} | {sample.peak:.0f} |"


def exchanged(exchange: Path, reports: int) -> str:
    """How many bytes of each sort are in the exchange for each report."""
    sizes: dict[str, int] = {}
    for path in exchange.iterdir():
        if path.is_file():
            sort = re.sub(r"-\d+$", "", path.name.split(".", 1)[1])
            sizes[sort] = sizes.get(sort, 0) + path.stat().st_size
    told = [f"{sort} {sizes[sort] / reports:,.0f}" for sort in ("records", "sayings", "readings", "attachments", "pages")]
    return "Bytes in the exchange for each report: " + ", ".join(told) + "."


def compare(arguments: argparse.Namespace, reports: int) -> str:
    work = Path(arguments.work) / f"parts-{reports}"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    site, exchange = work / "site", work / "exchange"
    subprocess.run([arguments.generate, site, str(reports)], check=True, stdout=subprocess.DEVNULL)
    command = [arguments.xiangwei, "build", "--quiet", "--site", str(site)]
    exchange.mkdir()
    meeting = ["--exchange", str(exchange), "--wait", "0"]
    shares = [f"{part}/{arguments.parts}" for part in range(1, arguments.parts + 1)]
    lines = [f"\n{reports:,} reports, {arguments.parts} parts, with search", "", "| | wall s | CPU s | peak MiB |", "| --- | ---: | ---: | ---: |"]
    whole = measure.run([*command, "--output", str(work / "one")])
    lines.append(row("one machine", whole))
    samples = []
    for half, name in ((["--records"], "records"), ([], "pages")):
        for share in shares:
            samples.append(measure.run([*command, "--part", share, *half, *meeting]))
            lines.append(row(f"part {share}, {name}", samples[-1]))
    joined = [arguments.xiangwei, "join", "--quiet", "--site", str(site), *meeting, "--output", str(work / "many")]
    samples.append(measure.run(joined))
    lines.append(row("join", samples[-1]))
    cpu = sum(sample.cpu for sample in samples)
    lines.append(f"\nAll parts and join take {cpu:.1f} s of processor time, {cpu / whole.cpu:.2f} of that of one machine.")
    lines.append(exchanged(exchange, reports))
    if subprocess.run(["diff", "-rq", work / "one", work / "many"], stdout=subprocess.DEVNULL).returncode != 0:
        sys.exit("parts: the site put together is another one")
    shutil.rmtree(work)
    return "\n".join(lines)


def main() -> None:
    arguments = read_arguments()
    text = "".join(f"{compare(arguments, int(size))}\n" for size in arguments.sizes.split())
    print(text)
    (Path(arguments.work) / "parts.md").write_text(text)


if __name__ == "__main__":
    main()

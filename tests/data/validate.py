"""Asks the Data Package standard's own validator about the open data of finished sites:
validate.py SITE…, each a folder with data/datapackage.json.

Each package must be valid with all its tables, keys and relations, and what the validator's
reader makes of the CSV must be what the JSON file says. Then tables are broken on purpose:
a validator that finds nothing wrong with those would prove nothing with the others.
"""

import datetime
import json
import re
import shutil
import sys
import tempfile
from decimal import Decimal
from pathlib import Path

from frictionless import Package

TABLES = ["figures", "documents", "places", "indicators"]


def complaints(data):
    """Everything that the validator says against the package in the folder `data`."""
    report = Package(str(data / "datapackage.json")).validate()
    found = [error.message for error in report.errors]
    found += [f"{task.place}: {error.message}" for task in report.tasks for error in task.errors]
    found += [] if report.valid or found else ["not valid, and no reason is given"]
    return found


def plain(value):
    """A cell as JSON has it; the apostrophe that keeps formulas out is taken off again."""
    if isinstance(value, str):
        return value.removeprefix("'")
    if isinstance(value, list):
        return [plain(value[0]), *value[1:]]
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    return value


def differences(data):
    """Rows of CSV, read by the types of the package, that are not those of JSON."""
    package = Package(str(data / "datapackage.json"))
    found = []
    for name in (name for name in TABLES if package.has_resource(name)):
        rows = [
            {key: plain(value) for key, value in row.to_dict().items()}
            for row in package.get_resource(name).read_rows()
        ]
        there = json.loads((data / f"{name}.json").read_text("utf-8"), parse_float=Decimal)
        if len(rows) != len(there):
            found.append(f"{name}: {len(rows)} rows in CSV, {len(there)} in JSON")
        found += [f"{name}: {row}\n  is not {other}" for row, other in zip(rows, there) if row != other]
    return found


# What is done to figures.csv, each of which the validator must notice.
BREAKS = {
    "a value that is no number": (r"(,(?:flow|ratio|stock|rank),[^,]*),-?[\d.]+,", r"\1,many,"),
    "a place that is in no register": (r"\r\n[a-z-]+,", "\r\nnowhere,"),
    "an indicator that is in no register": (r"(,\d{4}),[a-z_]+,", r"\1,nothing,"),
    "a row that is there twice": (r"(\r\n[^\r]+)", r"\1\1"),
    "a column without its name": (r"indicator_kind", ""),
    "an address that is none": (r",https?://", ",no address "),
}


def unnoticed(data):
    """The breaks that the validator does not notice."""
    found = []
    for name, (pattern, instead) in BREAKS.items():
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "data"
            shutil.copytree(data, copy)
            file = copy / "figures.csv"
            text = file.read_bytes().decode("utf-8")
            broken = re.sub(pattern, instead, text, count=1)
            if broken == text:
                found.append(f"{name}: nothing was broken")
                continue
            file.write_bytes(broken.encode("utf-8"))
            if not complaints(copy):
                found.append(f"{name}: not noticed")
    return found


def main(sites):
    found = []
    for site in sites:
        data = Path(site) / "data"
        resources = len(Package(str(data / "datapackage.json")).resources)
        mine = [f"{data}: {words}" for words in complaints(data) + differences(data)]
        print(f"{data}: {resources} tables, {len(mine)} complaints")
        found += mine
    # The last site is the smallest; one is enough to try the validator itself.
    found += [f"the validator: {words}" for words in unnoticed(Path(sites[-1]) / "data")]
    for words in found:
        print(words, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

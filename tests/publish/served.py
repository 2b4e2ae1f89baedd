"""Whether a web server tells every file of a site as the manual says: served.py ADDRESS FOLDER"""

import gzip
import pathlib
import re
import sys
import urllib.error
import urllib.parse
import urllib.request

address, folder = sys.argv[1], pathlib.Path(sys.argv[2])
wrong = []
types = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "javascript; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".xml": "xml; charset=utf-8",
    ".svg": "image/svg+xml; charset=utf-8",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".wasm": "application/wasm",
    ".csv": "text/csv",
}


def ask(path, **headers):
    request = urllib.request.Request(address + urllib.parse.quote(path), headers=headers)
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


count = 0
for file in sorted(path for path in folder.rglob("*") if path.is_file()):
    path = "/" + file.relative_to(folder).as_posix()
    asked = path.removesuffix("index.html")
    status, headers, body = ask(asked)
    count += 1
    if status != 200 or body != file.read_bytes():
        wrong.append(f"{asked}: {status}, or other bytes")
        continue
    wanted = types.get(file.suffix)
    # Nobody says which type a Markdown file of a name without an ending has.
    if wanted and not headers["Content-Type"].endswith(wanted):
        wrong.append(f"{asked}: {headers['Content-Type']}")
    is_named = re.fullmatch(r"/assets/.*\.[0-9a-f]{8}\.[^./]+", path)
    if ("immutable" in headers["Cache-Control"]) != bool(is_named or re.search(r"/pagefind/.*[0-9a-f]{7,}", path)):
        wrong.append(f"{asked}: {headers['Cache-Control']}")
    if "default-src 'none'" not in headers["Content-Security-Policy"] or headers["X-Content-Type-Options"] != "nosniff":
        wrong.append(f"{asked}: the policy is not told")
    if file.suffix in types and file.stat().st_size > 2000 and file.suffix != ".svg":
        _, headers, packed = ask(asked, **{"Accept-Encoding": "gzip"})
        if headers["Content-Encoding"] != "gzip" or gzip.decompress(packed) != body:
            wrong.append(f"{asked}: not packed")
status, headers, body = ask("/nothing/here/")
if status != 404 or body != (folder / "404.html").read_bytes():
    wrong.append("the page for what is not there is not shown")
(folder / ".xiangwei").mkdir(exist_ok=True)
(folder / ".xiangwei/state.json").write_text("{}")
if ask("/.xiangwei/state.json")[0] != 404:
    wrong.append("the publisher's notes are shown")
print("\n".join(wrong) or f"{count} files are served as the manual says")
sys.exit(bool(wrong))

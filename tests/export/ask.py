"""Asks tantivy, with a tokeniser that cuts at white space alone, for pieces of the texts of a site, and compares the
documents that it finds with those of a plain scan: ask.py PROGRAM SITE EXPORT QUERIES

SITE is a finished site, whose texts are scanned; EXPORT is what `xiangwei export search` wrote of the same.
"""

import gzip
import json
import random
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import tantivy

PROGRAM, SITE, EXPORT, QUERIES = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4])


def piece(data):
    """What a piece of the site's search files was made of."""
    content = data[9:]
    return json.loads(gzip.decompress(content) if data[8] else content)


def pieces(folder, packs, lengths):
    """What pieces of these lengths were made of, which stand one behind the other in some files."""
    data = b"".join((folder / f"{pack}.pack").read_bytes() for pack in packs)
    at = 0
    for length in lengths:
        yield piece(data[at : at + length])
        at += length


def texts():
    """The blocks of every document by its address, and how characters fold."""
    contents = json.loads((SITE / "pagefind/contents.json").read_bytes())
    pairs = contents["fold"]
    table = dict(zip(pairs[::2], pairs[1::2]))
    found = {}
    for bundle in contents["bundles"]:
        folder = SITE / "pagefind" / bundle["name"]
        head = piece((folder / f"{bundle['head']}.pack").read_bytes())
        listed = pieces(folder / "cards", head["cards"], head["listed"])
        texts = pieces(folder / "text", head["texts"], head["lengths"])
        cards = (card for some in listed for card in some)
        for card, (_, sections) in zip(cards, texts, strict=True):
            found[card["url"]] = ["\n".join(block) for _, blocks in sections for block in blocks]
    return found, table


def folded(text, table):
    """One form of a text, as a plain scan needs it."""
    text = "".join(table.get(c, c) for c in unicodedata.normalize("NFKC", text).lower())
    return re.sub(r"\s", "", text.translate(str.maketrans("【〔〈[】〕〉]“”「」‘’–—", "(((())))\"\"\"\"''--")))


def holds(text, phrase):
    """Whether a text has a phrase, figures whole."""
    at = text.find(phrase)
    while at >= 0:
        end = at + len(phrase)
        cut_before = phrase[0].isdigit() and re.search(r"\d[.,]?$", text[:at])
        cut_behind = phrase[-1].isdigit() and re.match(r"\d|[.,]\d", text[end:])
        if not cut_before and not cut_behind:
            return True
        at = text.find(phrase, at + 1)
    return False


def draw(blocks, dice):
    """A piece of a text that cuts through no figure and holds nothing in Latin letters, where words may stand apart."""
    while True:
        text = dice.choice(blocks)
        start = dice.randrange(len(text))
        found = text[start : start + 1 + dice.randrange(12)].strip()
        whole = not (re.search(r"[\d.,]$", text[:start]) and found[:1].isdigit()) and not re.match(r"[\d.,]", text[start + len(found) :])
        if found and whole and not re.search(r"[A-Za-zａ-ｚＡ-Ｚ\s]", found):
            return found


def index():
    """An index of what was exported."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    for field in ("pairs", "units"):
        builder.add_text_field(field, tokenizer_name="white_space", index_option="position")
    schema = builder.build()
    made = tantivy.Index(schema)
    made.register_tokenizer("white_space", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    writer = made.writer()
    for line in (EXPORT / "documents.ndjson").read_text(encoding="utf-8").splitlines():
        document = json.loads(line)
        entry = tantivy.Document(id=document["id"])
        for field in ("pairs", "units"):
            for block in document[field]:
                entry.add_text(field, block)
        writer.add_document(entry)
    writer.commit()
    made.reload()
    return made, schema


def ask(made, schema, field, phrase):
    """The documents that have a phrase."""
    words = phrase.split(" ")
    one = len(words) == 1
    query = tantivy.Query.term_query(schema, field, words[0]) if one else tantivy.Query.phrase_query(schema, field, words)
    searcher = made.searcher()
    return {searcher.doc(address)["id"][0] for _, address in searcher.search(query, 100000).hits}


def main():
    documents, table = texts()
    scanned = {url: [folded(block, table) for block in blocks] for url, blocks in documents.items()}
    blocks = [block for all_blocks in documents.values() for block in all_blocks if block.strip()]
    dice = random.Random(7)
    queries = sorted({draw(blocks, dice) for _ in range(2 * QUERIES)})[: max(QUERIES, 1)]
    assert len(queries) >= QUERIES, f"{len(queries)} queries"
    told = subprocess.run([PROGRAM, "export", "search", "--words", *queries], check=True, capture_output=True, text=True)
    made, schema = index()
    wrong, several = [], 0
    for text, line in zip(queries, told.stdout.splitlines(), strict=True):
        asked = json.loads(line)
        assert asked["text"] == text, asked
        found = ask(made, schema, asked["field"], asked["phrase"])
        right = {url for url, all_blocks in scanned.items() if any(holds(block, folded(text, table)) for block in all_blocks)}
        several += len(right) > 1
        if found != right or not right:
            wrong.append(f"{text}: {sorted(found ^ right)}")
    print(f"{len(queries)} queries over {len(documents)} documents, {several} of them found in several: {len(wrong)} wrong")
    if wrong or several < QUERIES // 10:
        sys.exit("\n".join(wrong) or "the queries are too rare")


main()

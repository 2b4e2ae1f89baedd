"""Another program's opinion on proofs and logs, written from RFC 9162 and C2SP's specifications.

    verify.py proof FILE PUBLIC-KEY      one proof
    verify.py log FOLDER PUBLIC-KEY      checkpoint, tiles and entries of a site's log folder

PUBLIC-KEY is the file that minisign calls .pub. Needs the package `cryptography`. Says what holds, or fails.
"""
import base64
import hashlib
import json
import pathlib
import sys

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def open_note(note, public):
    """Text, origin, size and root of a checkpoint that the key signed (C2SP signed-note, tlog-checkpoint)."""
    text, signatures = note.rsplit("\n\n", 1)
    text += "\n"
    origin, size, root = text.splitlines()[:3]
    key_id = sha(origin.encode(), b"\n\x01", public)[:4]
    for line in signatures.splitlines():
        dash, name, value = line.split(" ")
        raw = base64.b64decode(value)
        if (dash, name, raw[:4]) == ("—", origin, key_id):
            Ed25519PublicKey.from_public_bytes(public).verify(raw[4:], text.encode())
            return origin, int(size), base64.b64decode(root)
    raise SystemExit("the key did not sign the checkpoint")


def root_of_path(leaf, index, size, path):
    """RFC 9162, section 2.1.3.2."""
    fn, sn, r = index, size - 1, leaf
    for p in path:
        assert sn != 0
        if fn & 1 or fn == sn:
            r = sha(b"\1", p, r)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            r = sha(b"\1", r, p)
        fn, sn = fn >> 1, sn >> 1
    assert sn == 0
    return r


def tree(leaves):
    """RFC 6962, section 2.1."""
    if len(leaves) <= 1:
        return leaves[0] if leaves else sha(b"")
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return sha(b"\1", tree(leaves[:k]), tree(leaves[k:]))


def proof(file, public):
    text = pathlib.Path(file).read_bytes().decode()
    magic, entry, rest = text.split("\n", 2)
    assert magic == "xiangwei-proof/v1"
    way, head, signatures, words = rest.split("\n\n", 3)
    first, index, *path = way.split("\n")
    assert first == "c2sp.org/tlog-proof@v1"
    _, size, root = open_note(f"{head}\n\n{signatures}\n", public)
    path = [base64.b64decode(line) for line in path]
    said = json.loads(entry)
    assert said["number"] == int(index.split()[1]) + 1
    assert root_of_path(sha(b"\0", entry.encode()), said["number"] - 1, size, path) == root
    assert hashlib.sha256(words.encode()).hexdigest() == said["sha256"]
    print(f"entry {said['number']} of {size}: {said['title']} at {said['address']}, {said['time']}")


def log(folder, public):
    folder = pathlib.Path(folder)
    origin, size, root = open_note((folder / "checkpoint").read_text(encoding="utf-8"), public)
    leaves = []
    for n in range(0, size, 256):
        width = min(256, size - n)
        name = f"{n // 256:03}" + ("" if width == 256 else f".p/{width}")
        bundle, hashes = (folder / "tile/entries" / name).read_bytes(), (folder / "tile/0" / name).read_bytes()
        found = []
        while bundle:
            length = int.from_bytes(bundle[:2], "big")
            found.append(sha(b"\0", bundle[2 : 2 + length]))
            bundle = bundle[2 + length :]
        assert b"".join(found) == hashes and len(found) == width
        leaves += found
    assert tree(leaves) == root
    print(f"{size} entries of {origin}")


if __name__ == "__main__":
    what, path, key = sys.argv[1:]
    raw = base64.b64decode(pathlib.Path(key).read_text().splitlines()[1])
    {"proof": proof, "log": log}[what](path, raw[10:])

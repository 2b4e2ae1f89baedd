#!/bin/sh
# Asks other people's programs whether what is signed here is what it says: scripts/proofs.sh
#
# Publishes the example archive twice, signed, and holds it against minisign, Webrecorder's `wacz`, `warcio` and
# `cdxj-indexer`, and a verifier of logs in Python (scripts/proofs/verify.py). Needs minisign, Python and the network for its
# packages the first time.
set -eu

cd "$(dirname "$0")/.."
cargo build --locked
program=$(realpath "${CARGO_TARGET_DIR:-target}")/debug/xiangwei
here=$(pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tools=${XIANGWEI_PROOF_TOOLS:-$here/target/proof-tools}
[ -x "$tools/bin/wacz" ] || { python3 -m venv "$tools" && "$tools/bin/pip" install -q 'wacz==0.6.0' 'warcio==1.8.1' cryptography; }

# What must not be believed.
refused() { if "$@"; then echo "proofs: not refused: $*" >&2; exit 1; fi; }

cp -r content indicators.yaml site.yaml "$work"
cd "$work"
"$program" key --quiet --no-password plain.key
"$program" publish target --sign plain.key
cp publications/checkpoint first.checkpoint
printf '\n补记一句。\n' >> content/jiangmen/2019/index.md
awk '/^---$/ && ++n == 2 { print "corrections: [{ date: 2026-01-01, note: 补记 }]" } { print }' content/jiangmen/2019/index.md > edited
mv edited content/jiangmen/2019/index.md
"$program" publish target --sign plain.key

minisign -Vm target/manifest.json -p plain.key.pub
"$program" verify target --public-key plain.key.pub --since first.checkpoint
"$tools/bin/python" "$here/scripts/proofs/verify.py" log target/log plain.key.pub
"$program" prove /jiangmen/2019/ --file now.proof
"$program" verify now.proof --public-key plain.key.pub
"$tools/bin/python" "$here/scripts/proofs/verify.py" proof now.proof plain.key.pub
sed 's/补记一句/补写一句/' now.proof > forged.proof
refused "$program" verify forged.proof --public-key plain.key.pub
refused "$tools/bin/python" "$here/scripts/proofs/verify.py" proof forged.proof plain.key.pub

"$program" key --quiet --no-password library.key
"$program" witness target/log/checkpoint --public-key plain.key.pub --sign library.key --name library.example --state seen > cosigned
cp cosigned publications/checkpoint
"$program" publish target --sign plain.key
"$program" prove /jiangmen/2019/ --file witnessed.proof
"$program" verify witnessed.proof --public-key plain.key.pub --witness "$("$program" witness target/log/checkpoint --public-key plain.key.pub --sign library.key --name library.example --state seen 2>&1 >/dev/null | sed -n 's/.* //p')"

# Whoever rewrites an entry is stopped by the gate, and, where that is got round by signing anew, by all who saw it before.
cp -r . ../"$(basename "$work")-rewritten"
cd ../"$(basename "$work")-rewritten"
trap 'rm -rf "$work" "$work-rewritten"' EXIT
sed -i '1s/"published":"[^"]*"/"published":"2020-01-01"/' publications/0001.jsonl
refused "$program" check
rm publications/checkpoint
"$program" build --quiet --output other
"$program" publish rewritten --sign plain.key
"$program" verify rewritten --public-key plain.key.pub
refused "$program" verify rewritten --public-key plain.key.pub --since first.checkpoint
refused "$program" witness rewritten/log/checkpoint --public-key plain.key.pub --sign library.key --name library.example --state seen
cd "$work"

"$program" archive site.wacz --sign plain.key
"$program" verify site.wacz --public-key plain.key.pub
"$tools/bin/wacz" validate -f site.wacz
mkdir unpacked && (cd unpacked && python3 -m zipfile -e ../site.wacz .)
"$tools/bin/warcio" check unpacked/archive/data.warc.gz
"$tools/bin/cdxj-indexer" -s unpacked/archive/data.warc.gz > theirs
"$tools/bin/python" - <<'END'
import gzip, json
read = lambda lines: [(key, time, {k: str(v) for k, v in json.loads(rest).items()}) for key, time, rest in (line.split(" ", 2) for line in lines)]
ours = read(gzip.open("unpacked/indexes/index.cdx.gz", "rt"))
assert ours == read(open("theirs")), "the index is another"
print(len(ours), "records indexed alike")
package = json.load(open("unpacked/datapackage-digest.json"))
open("unpacked/package.minisig", "w").write(package["minisign"])
END
minisign -V -p plain.key.pub -m unpacked/datapackage.json -x unpacked/package.minisig
echo "proofs: other programs agree"

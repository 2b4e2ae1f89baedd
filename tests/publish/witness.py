"""Whether Amazon's own client sees in a bucket what was published: bytes, types and ages.

witness.py ENDPOINT BUCKET PREFIX FOLDER
"""

import json
import pathlib
import sys

import boto3

endpoint, bucket, prefix, folder = sys.argv[1:]
s3 = boto3.client("s3", endpoint_url=endpoint, region_name="us-east-1")
folder = pathlib.Path(folder)
pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix + "/")
there = {item["Key"].removeprefix(prefix + "/") for page in pages for item in page.get("Contents", [])}
wrong = []
names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
for name in sorted(names):
    if name not in there:
        wrong.append(f"{name} is missing")
        continue
    found = s3.get_object(Bucket=bucket, Key=f"{prefix}/{name}")
    if found["Body"].read() != (folder / name).read_bytes():
        wrong.append(f"{name} has other bytes")
    if name.endswith(".html") and found["ContentType"] != "text/html; charset=utf-8":
        wrong.append(f"{name} is {found['ContentType']}")
    if name.startswith("assets/") and "immutable" not in found["CacheControl"]:
        wrong.append(f"{name} is kept {found['CacheControl']}")
state = json.loads(s3.get_object(Bucket=bucket, Key=f"{prefix}/.xiangwei/state.json")["Body"].read())
extra = there - names - set(state["kept"]) - {".xiangwei/state.json"}
wrong += [f"{name} is extra" for name in sorted(extra)]
print("\n".join(wrong) or f"{len(names)} objects are what was published")
sys.exit(bool(wrong))

"""Builds a site in parts as engines of others run them: engines.py PROGRAM SITE

Ray: a cluster of three nodes on this machine, of which one is killed while it draws the pages of a part.
Kubernetes: the Jobs are held against its schema, and what their pods would run is run here.
Each site must be that of one machine, byte for byte.
"""

import copy
import hashlib
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import kubernetes_validate
import ray
import yaml
from ray.cluster_utils import Cluster

ROOT = Path(__file__).resolve().parents[2]
FILES = ROOT / "scripts" / "cluster"
PARTS = 4

# The program as the nodes start it. While pages are made, everybody waits until the node that is to die has a
# part of its own; that one goes no further.
WRAPPER = """#!{python}
import os, sys, time
from pathlib import Path
yard, raylet = Path({yard!r}), os.environ.get("RAY_RAYLET_PID", "")
with open(yard / "log", "a") as log:
    log.write(raylet + " " + " ".join(sys.argv[1:]) + "\\n")
is_drawing = "--part" in sys.argv and "--records" not in sys.argv
if is_drawing and raylet == (yard / "victim").read_text():
    (yard / "caught").touch()
    parent = os.getppid()
    while os.getppid() == parent:
        time.sleep(0.05)
    sys.exit(9)
while is_drawing and not (yard / "caught").exists():
    time.sleep(0.05)
os.execv({program!r}, [{program!r}, *sys.argv[1:]])
"""


def contents(folder):
    """Every file of a folder with a digest of its bytes."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def must(condition, words):
    if not condition:
        sys.exit(f"engines: {words}")


def with_ray(program, site, expected, yard):
    """The driver on three nodes, of which one is killed in the middle."""
    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    cluster.add_node(num_cpus=1)
    victim = cluster.add_node(num_cpus=1)
    cluster.wait_for_nodes()
    raylet = victim.all_processes["raylet"][0].process.pid
    (yard / "victim").write_text(str(raylet))
    wrapper = yard / "program"
    wrapper.write_text(WRAPPER.format(python=sys.executable, yard=str(yard), program=program))
    wrapper.chmod(0o755)
    driver = subprocess.Popen([
        sys.executable, FILES / "ray_build.py", "--site", site, "--exchange", yard / "exchange", "--parts", str(PARTS),
        "--output", yard / "public", "--program", wrapper, "--address", cluster.address, "--", "--drafts",
    ])
    while not (yard / "caught").exists():
        must(driver.poll() is None, "the driver ended before a part was drawn")
        time.sleep(0.05)
    cluster.remove_node(victim, allow_graceful=False)
    must(driver.wait() == 0, "the driver did not get over the death of a node")
    cluster.shutdown()
    begun = (yard / "log").read_text().splitlines()
    drawn = [line for line in begun if "--part" in line and "--records" not in line]
    nodes = {line.split()[0] for line in begun if "--part" in line}
    must(len(nodes) == 3, f"parts ran on {len(nodes)} nodes and not on three")
    must(len(drawn) > PARTS, "no part was begun again")
    must(contents(yard / "public") == expected, "the site that Ray built is another one")


def pod(name):
    """The Job of a file, and the one container of its pods."""
    job = yaml.safe_load((FILES / "kubernetes" / name).read_text())
    return job, job["spec"]["template"]["spec"]["containers"][0]


def with_kubernetes(program, site, expected, yard):
    """What the pods of the Jobs would run, one after the other, with their volumes as folders."""
    latest = kubernetes_validate.latest_version()
    for name in ["build.yaml", "join.yaml"]:
        job, _ = pod(name)
        kubernetes_validate.validate(job, latest, strict=True)
        # A schema that finds nothing wrong with these would prove nothing.
        for key, value in [("completions", "four"), ("completion", 4)]:
            broken = copy.deepcopy(job)
            broken["spec"][key] = value
            try:
                kubernetes_validate.validate(broken, latest, strict=True)
            except kubernetes_validate.ValidationError:
                continue
            sys.exit(f"engines: the schema finds nothing wrong with {key}: {value}")
    (yard / "bin").mkdir()
    (yard / "bin" / "xiangwei").symlink_to(program)
    path = f"{yard / 'bin'}{os.pathsep}{os.environ['PATH']}"
    volumes = {"/site": str(site), "/exchange": str(yard / "exchange"), "/public": str(yard)}

    def run(name, more):
        _, container = pod(name)
        mounted = {mount["mountPath"] for mount in container["volumeMounts"]}
        variables = {entry["name"]: entry["value"] for entry in container["env"]}

        def there(text):
            for place in mounted:
                text = text.replace(f"{place}/", f"{volumes[place]}/").replace(f" {place} ", f" {volumes[place]} ")
                text = volumes[place] if text == place else text
            return text

        variables = {variable: there(value) for variable, value in variables.items()}
        command = [there(part) for part in container["command"]]
        # As Kubernetes replaces them in a command.
        for variable, value in variables.items():
            command = [part.replace(f"$({variable})", value) for part in command]
        return subprocess.Popen(command, env={"PATH": path, **variables, **more})

    job, container = pod("build.yaml")
    parts = {entry["name"]: entry["value"] for entry in container["env"]}["PARTS"]
    must(str(job["spec"]["completions"]) == parts == str(job["spec"]["parallelism"]), "PARTS is another number")
    pods = [run("build.yaml", {"JOB_COMPLETION_INDEX": str(index)}) for index in range(job["spec"]["completions"])]
    must(all(pod.wait() == 0 for pod in pods), "a pod failed")
    must(run("join.yaml", {}).wait() == 0, "the parts were not put together")
    must(contents(yard / "public") == expected, "the site that the Jobs built is another one")


def main():
    program, site = (str(Path(argument).resolve()) for argument in sys.argv[1:])
    for engine, options in [(with_kubernetes, []), (with_ray, ["--drafts"])]:
        with tempfile.TemporaryDirectory() as folder:
            yard = Path(folder)
            build = [program, "build", "--quiet", "--site", site, "--output", yard / "one", *options]
            subprocess.run(build, check=True)
            (yard / "exchange").mkdir()
            engine(program, site, contents(yard / "one"), yard)
            print(f"engines: {engine.__name__.removeprefix('with_')}: the same site")


if __name__ == "__main__":
    main()

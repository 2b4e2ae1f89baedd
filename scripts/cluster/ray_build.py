"""Builds a site in parts on a Ray cluster, and puts the parts together:

    python ray_build.py --site SITE --exchange TARGET --parts N [--address auto] [-- OPTIONS]

What stands behind `--` is said to every part and to `join`. Every machine of the cluster needs the site's
folder and the program at the same paths. See docs/cluster.md.
"""

import argparse
import subprocess
import sys

import ray

# The program says by this code that it was called wrongly or could not do its work, and by 1 that the content
# has errors. It would say so again.
SAID = {1, 2}


class Refused(Exception):
    """The program has said why a part cannot be made."""


def run(arguments):
    """Runs the program; what it says goes where Ray shows the words of tasks."""
    done = subprocess.run(arguments, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.stdout:
        print(done.stdout, end="", flush=True)
    if done.returncode in SAID:
        raise Refused(f"{' '.join(arguments)}\n{done.stdout}")
    # Killed, or the machine is out of memory: another one may do better.
    done.check_returncode()


@ray.remote
def make(program, site, exchange, share, options):
    """Makes one part, or the first half of it."""
    run([program, "build", "--site", site, "--part", share, "--exchange", exchange, "--wait", "60", *options])
    return share


def build(arguments):
    """All parts, one half after the other, and then the whole."""
    task = make.options(
        max_retries=arguments.retries,
        retry_exceptions=[subprocess.CalledProcessError],
        num_cpus=arguments.cpus,
        scheduling_strategy="SPREAD",
    )
    shares = [f"{part}/{arguments.parts}" for part in range(1, arguments.parts + 1)]
    for half in (["--records"], []):
        options = [*half, *arguments.options]
        # No part waits for one that has not begun, however few machines there are.
        waiting = [task.remote(arguments.program, arguments.site, arguments.exchange, share, options) for share in shares]
        while waiting:
            (first, *_), waiting = ray.wait(waiting)
            print(f"ray_build: {'records of ' if half else ''}part {ray.get(first)}", flush=True)
    output = ["--output", arguments.output] if arguments.output else []
    run([arguments.program, "join", "--site", arguments.site, "--exchange", arguments.exchange, "--wait", "0", *output, *arguments.options])


def read_arguments():
    parser = argparse.ArgumentParser(description="Builds a site in parts on a Ray cluster.")
    parser.add_argument("--site", required=True, help="the site's folder, the same on every machine")
    parser.add_argument("--exchange", required=True, help="where the parts meet: a folder or an address")
    parser.add_argument("--parts", type=int, required=True, help="how many parts")
    parser.add_argument("--output", help="where the finished site goes")
    parser.add_argument("--program", default="xiangwei", help="the program, the same on every machine")
    parser.add_argument("--address", help="the cluster, such as auto; without it, this machine is one")
    parser.add_argument("--retries", type=int, default=3, help="how often a part is begun again whose machine died")
    parser.add_argument("--cpus", type=float, default=1, help="how many processors a part takes of a machine")
    parser.add_argument("options", nargs="*", metavar="-- OPTIONS", help="what is said to every part and to join")
    return parser.parse_args()


def main():
    arguments = read_arguments()
    ray.init(address=arguments.address, logging_level="warning")
    try:
        build(arguments)
    except ray.exceptions.RayTaskError as error:
        sys.exit(f"ray_build: {error.cause or error}")
    except Refused as error:
        sys.exit(f"ray_build: {error}")


if __name__ == "__main__":
    main()

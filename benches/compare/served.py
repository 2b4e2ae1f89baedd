"""A preview's server as a process, and its pages as a browser asks for them.

Processor time and memory are what Linux tells in /proc of the server's process.
"""

import atexit
import http.client
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Callable, NamedTuple

# So long is waited between an answer and the next question, in seconds.
PAUSE = 0.002

# The server is at rest when it has worked for nobody for so long.
REST = 0.6

TICKS = os.sysconf("SC_CLK_TCK")


class Late(Exception):
    """Something did not happen within the time that it was given."""


class Answer(NamedTuple):
    """What was answered, and after how many seconds."""

    status: int
    body: bytes
    seconds: float


class Server:
    """A server that runs, and one connection to it that is kept."""

    def __init__(self, command: Callable[[int], list[str]], log: Path, limit: float):
        self.port = free_port()
        self.limit = limit
        self.log = log
        self.started = time.perf_counter()
        with log.open("wb") as out:
            self.process = subprocess.Popen(command(self.port), stdout=out, stderr=out)
        self.last = Answer(0, b"", 0)  # What was last waited for.
        atexit.register(self.stop)  # Nothing is left behind, however the measuring ends.
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=limit)

    def stop(self) -> None:
        self.connection.close()
        self.process.terminate()
        self.process.wait()

    def await_listening(self) -> float:
        """Seconds from the start of the process until it accepts a connection."""
        while True:
            try:
                self.connection.connect()
                return time.perf_counter() - self.started
            except OSError:
                self.look_alive(self.started)
                time.sleep(PAUSE)

    def look_alive(self, since: float) -> None:
        """Ends everything if the server has ended, and the waiting if it takes too long."""
        if self.process.poll() is not None:
            sys.stderr.write(self.log.read_text(errors="replace")[-4000:])
            sys.exit(f"preview: the server ended with {self.process.returncode}")
        if time.perf_counter() - since > self.limit:
            raise Late

    def ask(self, path: str) -> Answer:
        """Asks for a page; again over a new connection if the server has closed this one."""
        before = time.perf_counter()
        for last in (False, True):
            try:
                self.connection.request("GET", path)
                response = self.connection.getresponse()
                body = response.read()
                return Answer(response.status, body, time.perf_counter() - before)
            except socket.timeout:
                raise Late from None
            except (http.client.HTTPException, OSError):
                self.connection.close()
                if last:
                    time.sleep(1)  # The system is given time to say how the server ended.
                    self.look_alive(before)
                    raise
        raise Late

    def until(self, path: str, shows: Callable[[Answer], bool], since: float) -> float:
        """Asks again and again until the answer is as wished; seconds since `since`."""
        while True:
            self.last = answer = self.ask(path)
            if shows(answer):
                return time.perf_counter() - since
            self.look_alive(since)
            time.sleep(PAUSE)

    def processor(self) -> float:
        """Seconds of processor time that the process has had."""
        stat = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="utf-8")
        fields = stat.rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def memory(self) -> tuple[float, float]:
        """Resident memory in MiB: now, and at its highest."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8")
        lines = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
        return tuple(int(lines[name].split()[0]) / 1024 for name in ("VmRSS", "VmHWM"))

    def settle(self, most: float = 600) -> float:
        """Waits until the server is at rest, but not for ever; how long it still worked."""
        start = worked = time.perf_counter()
        before = self.processor()
        while time.perf_counter() - worked < REST and time.perf_counter() - start < most:
            time.sleep(0.05)
            now = self.processor()
            if now > before:
                worked, before = time.perf_counter(), now
        return worked - start


class Events:
    """An open page's stream of news."""

    def __init__(self, server: Server):
        self.server = server
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=server.limit)
        self.connection.request("GET", "/@preview/events")
        self.stream = self.connection.getresponse()
        self.next()  # The first news is that one is connected.

    def next(self) -> None:
        """Waits for the next news."""
        line = None
        while line is None or not line.startswith(b"data:"):
            try:
                line = self.stream.readline()
            except socket.timeout:
                raise Late from None
            if not line:
                self.server.look_alive(time.perf_counter())
                raise Late

    def until(self, path: str, mark: bytes, since: float) -> float:
        """Asks for the page whenever there are news, as an open page does."""
        while True:
            self.next()
            if mark in self.server.ask(path).body:
                return time.perf_counter() - since

    def close(self) -> None:
        self.connection.close()


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]

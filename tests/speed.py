#!/usr/bin/env python3
"""How fast the real program is, measured from outside through a terminal of its own.

    python3 tests/speed.py                       builds the release binary, measures, prints a Markdown table
    python3 tests/speed.py --rows 100000         with fewer rows (the default is 1,000,000)
    python3 tests/speed.py --binary PATH         measures this binary instead of building one
    python3 tests/speed.py --only load           one part: small, load, rows, job, peers

Python 3 alone, on Linux (it reads /proc). Everything stays on this machine: the practice account is the only server,
on loopback, and all files are in a temporary directory. vim, less and gitui are measured the same way where they are
installed. Whatever is waited for has a deadline; the whole takes some minutes at most.
"""

import argparse
import base64
import contextlib
import fcntl
import json
import os
import platform
import pty
import re
import select
import shutil
import signal
import socket
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
import unicodedata

COLUMNS, LINES = 120, 40
SERVICE = "IS01b6e05a52915a4db0c5aac13790beab"
HOME = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
# Silence after which an answer counts as whole. Panes follow the cursor after 120 ms of rest, which is no answer.
QUIET = 0.03
QUIET_AFTER_MANY = 0.06


class Grid:
    """As much of a terminal as it takes to know what is on the screen."""

    ESCAPES = re.compile(
        rb"\x1b\[([?>=<]?)([0-9;:]*)[ -/]*([@-~])|\x1b[\]P_^].*?(?:\x07|\x1b\\)|\x1b[()][0-9A-Za-z]|\x1b[@-Z=>78c]",
        re.S,
    )

    def __init__(self):
        self.cells = [[" "] * COLUMNS for _ in range(LINES)]
        self.row = self.column = 0
        self.rest = b""

    def feed(self, data):
        data = self.rest + data
        at = 0
        while at < len(data):
            escape = data.find(b"\x1b", at)
            stop = len(data) if escape < 0 else escape
            text = data[at:stop]
            if escape < 0:
                # A character may have come in halves.
                whole = text.decode("utf-8", "ignore").encode()
                self.write(whole.decode())
                self.rest = text[len(whole) :] if text.startswith(whole) else b""
                return
            self.write(text.decode("utf-8", "replace"))
            match = self.ESCAPES.match(data, escape)
            if not match:
                self.rest = data[escape:]
                return
            if match.group(3) and not match.group(1):
                self.control(match.group(2).decode(), match.group(3))
            at = match.end()
        self.rest = b""

    def control(self, numbers, final):
        numbers = [int(number or 0) for number in numbers.replace(":", ";").split(";")]
        first = max(1, numbers[0])
        if final in b"Hf":
            self.row, self.column = first - 1, max(1, (numbers + [1])[1]) - 1
        elif final == b"A":
            self.row -= first
        elif final == b"B":
            self.row += first
        elif final == b"C":
            self.column += first
        elif final == b"D":
            self.column -= first
        elif final == b"G":
            self.column = first - 1
        elif final == b"d":
            self.row = first - 1
        elif final == b"J":
            for row in range(0 if numbers[0] >= 2 else self.row, LINES):
                start = self.column if numbers[0] == 0 and row == self.row else 0
                self.cells[row][start:] = [" "] * (COLUMNS - start)
        elif final == b"K":
            self.cells[self.row][self.column :] = [" "] * (COLUMNS - self.column)
        self.row, self.column = min(max(self.row, 0), LINES - 1), min(max(self.column, 0), COLUMNS - 1)

    def write(self, text):
        for char in text:
            if char == "\r":
                self.column = 0
            elif char == "\n":
                self.row = min(self.row + 1, LINES - 1)
            elif char == "\b":
                self.column = max(0, self.column - 1)
            elif char >= " ":
                if unicodedata.combining(char) or char in "\u200d\ufe0f":
                    continue
                wide = unicodedata.east_asian_width(char) in "WF"
                if self.column < COLUMNS:
                    self.cells[self.row][self.column] = char
                self.column += 2 if wide else 1

    def text(self):
        return "\n".join("".join(row).rstrip() for row in self.cells)


class Terminal:
    """A program in a terminal of its own."""

    def __init__(self, command, environment, cwd=None):
        self.grid, self.bytes, self.unread = Grid(), 0, []
        self.begun = time.perf_counter()
        self.pid, self.end = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
            if cwd:
                os.chdir(cwd)
            try:
                os.execve(shutil.which(command[0]) or command[0], command, environment)
            finally:
                os._exit(127)
        os.set_blocking(self.end, False)

    def send(self, keys):
        keys = keys if isinstance(keys, bytes) else keys.encode()
        while keys:
            with contextlib.suppress(BlockingIOError):
                keys = keys[os.write(self.end, keys) :]
                continue
            select.select([], [self.end], [], 1)

    def read(self, seconds):
        """What comes within this time; None when nothing does."""
        if not select.select([self.end], [], [], max(0, seconds))[0]:
            return None
        try:
            data = os.read(self.end, 1 << 16)
        except BlockingIOError:
            return None
        except OSError:
            data = b""
        if not data:
            raise SystemExit(f"the program ended; it showed:\n{self.screen()}")
        self.bytes += len(data)
        self.unread.append(data)
        # Programs that ask the terminal where it is or what it can do wait for the answer.
        if b"\x1b[6n" in data:
            self.send(b"\x1b[1;1R")
        if b"\x1b[c" in data or b"\x1b[0c" in data:
            self.send(b"\x1b[?1;2c")
        return data

    def screen(self):
        self.grid.feed(b"".join(self.unread))
        self.unread = []
        return self.grid.text()

    def until(self, pattern, seconds, since=None):
        """Milliseconds until the screen shows this."""
        since = since or self.begun
        pattern = re.compile(pattern)
        deadline = time.perf_counter() + seconds
        while time.perf_counter() < deadline:
            if self.read(0.05) is not None:
                seen = time.perf_counter()
                if pattern.search(self.screen()):
                    return (seen - since) * 1000
        raise SystemExit(f"{pattern.pattern!r} did not show in {seconds} s, but:\n{self.screen()}")

    def settle(self, keys, quiet=QUIET, patience=5.0):
        """Writes keys; milliseconds to the last byte before a silence, and how many bytes came."""
        while self.read(0) is not None:
            pass
        begun = time.perf_counter()
        self.send(keys)
        last, came = None, 0
        while time.perf_counter() - begun < patience:
            data = self.read(quiet if last else 1.0)
            if data is None:
                break
            last, came = time.perf_counter(), came + len(data)
        self.screen()
        return ((last or begun) - begun) * 1000, came

    def calm(self, quiet=0.3, patience=5.0):
        deadline = time.perf_counter() + patience
        while time.perf_counter() < deadline and self.read(quiet) is not None:
            pass
        self.screen()

    def cpu(self):
        """Milliseconds of processor time of all threads, those that have ended too."""
        return time.clock_gettime_ns((~self.pid << 3) | 2) / 1e6

    def memory(self):
        """Resident bytes."""
        with open(f"/proc/{self.pid}/status") as file:
            return int(re.search(r"VmRSS:\s+(\d+)", file.read()).group(1)) * 1024

    def close(self):
        for sign in (signal.SIGTERM, signal.SIGKILL):
            with contextlib.suppress(OSError):
                os.kill(self.pid, sign)
            deadline = time.perf_counter() + 2
            while time.perf_counter() < deadline:
                with contextlib.suppress(OSError, BlockingIOError):
                    while os.read(self.end, 1 << 16):
                        pass
                if os.waitpid(self.pid, os.WNOHANG)[0]:
                    os.close(self.end)
                    return
                time.sleep(0.01)


class Bare:
    """A client that only copies pages and looks for the way to the next one."""

    def __init__(self, port, account, token):
        self.host = f"127.0.0.1:{port}"
        self.stream = socket.create_connection(("127.0.0.1", port), timeout=20)
        self.stream.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.pair = base64.b64encode(f"{account}:{token}".encode()).decode()
        self.buffer = bytearray(1 << 24)

    def get(self, path):
        """The body, which stays valid until the next call."""
        head = f"GET {path} HTTP/1.1\r\nHost: {self.host}\r\nAuthorization: Basic {self.pair}\r\n\r\n"
        self.stream.sendall(head.encode())
        view, filled, start, end = memoryview(self.buffer), 0, 0, None
        while end is None or filled < end:
            came = self.stream.recv_into(view[filled:])
            if not came:
                raise SystemExit("the practice account closed the connection")
            filled += came
            if end is None and (start := self.buffer.find(b"\r\n\r\n", 0, filled) + 4) > 3:
                end = start + int(re.search(rb"(?i)content-length: *(\d+)", self.buffer[:start]).group(1))
        return start, end

    def pages(self, kinds):
        path = f"/v2/Services/{SERVICE}/Channels?{kinds}&PageSize=1000"
        while path:
            start, end = self.get(path)
            yield start, end
            found = re.compile(rb'"next_page_url":"http://[^/"]*([^"]*)"').search(self.buffer, start, end)
            path = found and found.group(1).decode()


@contextlib.contextmanager
def practice(binary, environment, *options):
    """The practice account as a program of its own: its port, account and token."""
    command = [binary, "sandbox", "--port", "0", *options]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        said = "".join(server.stdout.readline() for _ in range(3))
        port = int(re.search(r"127\.0\.0\.1:(\d+)", said).group(1))
        yield port, *re.findall(r"(?:SID|TOKEN)=(\S+)", said)
    finally:
        server.terminate()
        server.wait(5)


def share(values, percent):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * percent / 100))]


class Report:
    def __init__(self):
        self.rows = []

    def add(self, measure, found, wanted="", holds=None):
        mark = {True: "✔", False: "✘", None: ""}[holds]
        self.rows.append((measure, found, wanted, mark))
        print(f"  {measure}: {found} {mark}", file=sys.stderr, flush=True)

    def most(self, measure, value, limit, unit, digits=1):
        self.add(measure, f"{value:,.{digits}f}{unit}", f"≤ {limit:,}{unit}", value <= limit)

    def print(self):
        print("| measure | found | to reach | |\n|---|---|---|---|")
        for row in self.rows:
            print("| " + " | ".join(row) + " |")


def small(report, binary, environment):
    """Size, start, version, idleness."""
    report.most("binary", os.path.getsize(binary) / 2**20, 15, " MiB")
    times = []
    for _ in range(30):
        begun = time.perf_counter()
        subprocess.run([binary, "--version"], env=environment, stdout=subprocess.DEVNULL, check=True)
        times.append((time.perf_counter() - begun) * 1000)
    report.most("`--version`, median of 30", statistics.median(times), 10, " ms")
    frames, filled = [], []
    for _ in range(15):
        terminal = Terminal([binary, "--sandbox"], environment)
        frames.append(terminal.until(r"\w", 10))
        filled.append(terminal.until("Chat EU", 10))
        terminal.close()
    report.most("exec to first frame, median of 15", statistics.median(frames), 15, " ms")
    report.add("exec to the first rows, median / slowest", f"{statistics.median(filled):.1f} / {max(filled):.1f} ms")
    terminal = Terminal([binary, "--sandbox"], environment)
    terminal.until("Chat EU", 10)
    terminal.calm(1.0)
    # A console that shows ages paints them anew on the minute; what lies between is idleness.
    before, bytes_before, begun = terminal.cpu(), terminal.bytes, time.perf_counter()
    while (left := begun + 10 - time.perf_counter()) > 0:
        terminal.read(left)
    report.most("idle for 10 s: processor time", terminal.cpu() - before, 5, " ms")
    report.add("idle for 10 s: bytes to the terminal", f"{terminal.bytes - bytes_before}")
    terminal.close()


def load(report, binary, environment):
    """100,000 channels: the console against a client that parses nothing, by turns at the same server."""
    with practice(binary, environment, "--channels", "100000") as (port, account, token):
        there = {**environment, "TWILIO_ACCOUNT_SID": account, "TWILIO_AUTH_TOKEN": token}
        bare, whole, first, busy, size = [], [], [], [], 0
        for number in range(9):
            seconds, size = fetched(port, account, token)
            bare.append(seconds)
            loaded = shown(binary, port, there, number)
            first.append(loaded[0])
            whole.append(loaded[1])
            busy.append(loaded[2])
        terminal = Terminal([binary, "--base-url", f"http://127.0.0.1:{port}"], at_state(there, number))
        terminal.until("Chat EU", 10)
        pressed = time.perf_counter()
        terminal.send("\r")
        again = terminal.until("as of", 10, pressed)
        terminal.close()
    pages = f"{size / 1e6:,.0f} MB in 100 pages, {100 / min(bare):,.0f} pages/s"
    report.add("a bare client, 100,000 channels one page after the other, best of 9", f"{min(bare):.2f} s ({pages})")
    report.add("the console, the same", f"{min(whole):.2f} s, of which {min(busy):.1f} ms of its own processor time a page")
    report.add("from the key to the first rows, median", f"{statistics.median(first):.0f} ms")
    report.add("the rows of the last time, from the key", f"{again:.0f} ms")
    report.most("console ÷ bare client", min(whole) / min(bare), 1.3, "", 2)


def far(report, binary, environment):
    """The same at a server that takes a while to answer, as any does that is not on this machine."""
    with practice(binary, environment, "--channels", "100000", "--fault", "latency=50ms") as (port, account, token):
        there = {**environment, "TWILIO_ACCOUNT_SID": account, "TWILIO_AUTH_TOKEN": token}
        bare, whole = [], []
        for number in range(2):
            bare.append(fetched(port, account, token)[0])
            whole.append(shown(binary, port, there, f"far-{number}")[1])
    report.add("50 ms away: a bare client; the console, both kinds at once", f"{min(bare):.2f} s; {min(whole):.2f} s")
    report.most("50 ms away: console ÷ bare client", min(whole) / min(bare), 0.8, "", 2)


def fetched(port, account, token):
    """Seconds that a bare client takes for all pages, and their size."""
    client, begun = Bare(port, account, token), time.perf_counter()
    size = sum(end - start for start, end in client.pages("Type=public&Type=private"))
    took = time.perf_counter() - begun
    client.stream.close()
    return took, size


def at_state(environment, name):
    return {**environment, "SWITCHBOARD_STATE_DIR": os.path.join(environment["HOME"], f"load-{name}")}


def shown(binary, port, environment, name):
    """From the key: milliseconds to the first rows, seconds to the last; and milliseconds of processor time a page."""
    # Each begins with nothing kept.
    terminal = Terminal([binary, "--base-url", f"http://127.0.0.1:{port}"], at_state(environment, name))
    terminal.until("Chat EU", 10)
    terminal.calm()
    # The pane beside the services has shown the first page by now; the other 99 come after the key.
    before, pressed = terminal.cpu(), time.perf_counter()
    terminal.send("\r")
    first = terminal.until(r"Channels [\d,]+ loaded", 30, pressed)
    whole = terminal.until(r"100,000(, all loaded)? ✔", 120, pressed) / 1000
    busy = (terminal.cpu() - before) / 100
    terminal.calm(1.0)
    terminal.close()
    return first, whole, busy


def rows(report, binary, environment, count):
    """A console with so many channels."""
    terminal = Terminal([binary, "--sandbox", "--channels", str(count), "--users", "10000"], environment)
    terminal.until("Chat EU", 10)
    terminal.calm(0.5)
    before, pressed = terminal.memory(), time.perf_counter()
    terminal.send("\r")
    terminal.until(rf"{count:,}(, all loaded)? ✔", 300, pressed)
    report.add(f"loading {count:,} channels", f"{time.perf_counter() - pressed:.1f} s")
    terminal.calm(1.0)
    own = attributes(binary, environment)
    a_row = (terminal.memory() - before) / count
    report.add("resident memory a row, all in all", f"{a_row:,.0f} B, of which attributes {own:,.0f} B")
    report.most("resident memory a row, attributes' own bytes aside", a_row - own, 200, " B", 0)
    keys(report, f"{count:,} rows", terminal, "j", "k", limits=True)
    terminal.send("/")
    terminal.calm()
    times = [terminal.settle(letter, 0.08)[0] for letter in "oslo-4"]
    report.most(f"a letter more in the filter, {count:,} rows, slowest of {len(times)}", max(times), 16, " ms")
    terminal.close()


def attributes(binary, environment):
    """The mean bytes of a channel's attributes."""
    with practice(binary, environment, "--channels", "20000") as (port, account, token):
        client, lengths = Bare(port, account, token), []
        for start, end in client.pages("Type=public&Type=private"):
            page = json.loads(bytes(client.buffer[start:end]))["channels"]
            lengths += [len((row["attributes"] or "").encode()) for row in page]
    return statistics.mean(lengths)


def keys(report, name, terminal, down, up, limits=False):
    """Steps of the cursor inside the window, then a held key."""
    shares, sizes = [], []
    # What else the machine does makes a slow key of one in a hundred now and then: of five times 200 the median counts.
    for _ in range(5):
        steps = []
        for key in ([down] * 10 + [up] * 10) * 10:
            took, came = terminal.settle(key)
            steps.append(took)
            sizes.append(came)
        shares.append((share(steps, 50), share(steps, 99)))
    middle, far = (statistics.median(kind) for kind in zip(*shares))
    if limits:
        report.most(f"key to settled screen, {name}, p50 of 200, median of 5", middle, 1, " ms", 2)
        report.most(f"key to settled screen, {name}, p99 of 200, median of 5", far, 2, " ms", 2)
        report.most(f"bytes of one step at {COLUMNS}×{LINES}, mean", statistics.mean(sizes), 400, "", 0)
    else:
        found = f"{middle:.2f} / {far:.2f} ms, {statistics.mean(sizes):.0f} B"
        report.add(f"{name}: key to settled screen, p50 / p99, bytes of a step", found)
    terminal.calm()
    held = [terminal.settle(down * 100, QUIET_AFTER_MANY)[0] for _ in range(3)]
    if limits:
        report.most(f"a held key, {name}: 100 steps at once until quiet, median of 3", statistics.median(held), 15, " ms")
    else:
        report.add(f"{name}: 100 steps at once until quiet", f"{statistics.median(held):.1f} ms")
    terminal.calm()
    return middle, far


def job(report, binary, environment):
    """Keys while a migration runs. The job's own frames come between, so that it counts when the cursor has moved."""
    terminal = Terminal([binary, "--sandbox", "--channels", "3000", "--fault", "limit=30/s"], environment)
    terminal.until("Chat EU", 10)
    terminal.calm(0.5)
    terminal.send("\r")
    terminal.until("3,000(, all loaded)? ✔", 60)
    terminal.send("/type:public\r")
    terminal.calm(0.5)
    terminal.send("*M")
    terminal.until(r"count to start, [\d,]+", 60)
    count = re.search(r"count to start, ([\d,]+)", terminal.screen()).group(1).replace(",", "")
    terminal.send("\x1b")
    terminal.calm(0.5)

    def moves():
        took, at = [], 1
        for number in range(200):
            step = 1 if number // 10 % 2 == 0 else -1
            at += step
            time.sleep(0.02)
            begun = time.perf_counter()
            terminal.send("j" if step > 0 else "k")
            took.append(terminal.until(rf"\b{at}/{int(count):,}\b", 5, begun))
        return share(took, 50), share(took, 99)

    idle = moves()
    memory = terminal.memory()
    terminal.send("M")
    terminal.until(r"count to start", 60)
    # What the plan has to know is read first.
    terminal.calm(1.0)
    terminal.send(f"{count}\r")
    terminal.until(r"job \d+ migrate", 10)
    terminal.calm(0.01, 1.0)
    terminal.send("g")
    busy = moves()
    if not re.search(r"migrate [\d,]+/", terminal.screen()):
        raise SystemExit(f"the job ended too early:\n{terminal.screen()}")
    report.add("key to the cursor's new place, idle, p50 / p99", f"{idle[0]:.2f} / {idle[1]:.2f} ms")
    report.add("the same while a job of " + f"{int(count):,} rows runs", f"{busy[0]:.2f} / {busy[1]:.2f} ms")
    report.most("p99 beyond idle", busy[1] - idle[1], 5, " ms", 2)
    report.add("memory that the job took until then", f"{(terminal.memory() - memory) / 2**20:.1f} MiB")
    terminal.send("\x03\x03")
    terminal.close()


def peers(report, environment, folder):
    """Programs that people call fast, the same way."""
    lines = os.path.join(folder, "lines.txt")
    with open(lines, "w") as file:
        file.writelines(f"{number:07} a line of a log that is neither long nor short {number * 7919 % 104729}\n" for number in range(100_000))
    for name, command in (
        ("vim, 100,000 lines", ["vim", "-u", "NONE", "-i", "NONE", "-N", lines]),
        ("less, 100,000 lines", ["less", lines]),
        ("gitui, 10,000 commits", ["gitui"]),
    ):
        if not shutil.which(command[0]):
            report.add(name, "not installed, left out")
            continue
        is_git = command[0] == "gitui"
        cwd = history(folder) if is_git else None
        terminal = Terminal(command, environment, cwd)
        terminal.calm(1.0, 10.0)
        if is_git:
            terminal.settle("2", 0.5)
            terminal.calm(2.0, 20.0)
        keys(report, name, terminal, "j", "k")
        terminal.close()


def history(folder):
    """A repository with many commits."""
    where = os.path.join(folder, "history")
    subprocess.run(["git", "init", "-q", where], check=True)
    commits = "".join(
        f"commit refs/heads/main\ncommitter a <a@example.com> {1_600_000_000 + number} +0000\ndata 9\nno {number:06}\n"
        for number in range(10_000)
    )
    subprocess.run(["git", "-C", where, "fast-import", "--quiet"], input=commits.encode(), check=True)
    return where


def machine():
    with open("/proc/cpuinfo") as file:
        model = re.search(r"model name\s*: (.*)", file.read())
    with open("/proc/meminfo") as file:
        memory = int(re.search(r"MemTotal:\s+(\d+)", file.read()).group(1)) / 2**20
    name = model.group(1) if model else platform.machine()
    return f"{name}, {os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()} {platform.release()}"


def build():
    command = ["cargo", "build", "--release", "--locked", "--quiet"]
    subprocess.run(command, cwd=HOME, check=True)
    return os.path.join(os.environ.get("CARGO_TARGET_DIR", os.path.join(HOME, "target")), "release", "switchboard")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--binary")
    parser.add_argument("--only", action="append", choices=["small", "load", "rows", "job", "peers"])
    options = parser.parse_args()
    binary = os.path.abspath(options.binary or build())
    parts = options.only or ["small", "load", "rows", "job", "peers"]
    report = Report()
    with tempfile.TemporaryDirectory() as folder:
        keep = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ}
        environment = {
            "LC_ALL": "C.UTF-8",
            **keep,
            "HOME": folder,
            "TERM": "xterm-256color",
            "XDG_STATE_HOME": folder,
            "XDG_CONFIG_HOME": folder,
            "XDG_DATA_HOME": folder,
            "XDG_CACHE_HOME": folder,
        }
        if "small" in parts:
            small(report, binary, environment)
        if "load" in parts:
            load(report, binary, environment)
            far(report, binary, environment)
        if "rows" in parts:
            rows(report, binary, environment, options.rows)
        if "job" in parts:
            job(report, binary, environment)
        if "peers" in parts:
            peers(report, environment, folder)
    print(f"Measured on {machine()}, terminal of {COLUMNS}×{LINES}.\n")
    report.print()


if __name__ == "__main__":
    main()

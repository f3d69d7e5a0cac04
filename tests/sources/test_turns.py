"""One request at a time per host, and the gap between two, across processes that share a folder of turns."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path

import pytest

from sources.contract import Request
from sources.errors import Unreachable
from sources.turns import Seen, Turns
from sources.web import Door, Network
from tests.sources.test_web import Entry

GAP_S = 0.3
TOOK_S = 0.1  # by the host, for one answer
NOW = datetime(2026, 7, 20, 2, 30, tzinfo=UTC)
ASKING = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from sources.contract import Request
from sources.errors import AmurError
from sources.turns import Turns
from sources.web import Door, Network
from tests.sources.test_web import Entry

proxy, folder, name, times, gap = sys.argv[1:]
door = Door(
    Network({"http": proxy}, min_gap_s=float(gap)), lambda: datetime(2026, 7, 20, tzinfo=UTC), turns=Turns(Path(folder))
)
print("ready", flush=True)
sys.stdin.readline()
for number in range(int(times)):
    try:
        door.fetch(Request(f"http://a.test/{name}/{number}"), Entry())
    except AmurError as error:
        print(error, flush=True)
"""


class Host(ThreadingHTTPServer):
    """A proxy that stands for every host: takes its time, and notes when each request began and ended."""

    daemon_threads = True

    def __init__(self) -> None:
        """Listen on a free port."""
        self.spans: list[tuple[str, float, float]] = []
        self.busy: set[str] = set()  # paths that are answered with "come again"
        super().__init__(("127.0.0.1", 0), Answers)
        self.url = f"http://127.0.0.1:{self.server_address[1]}"


class Answers(BaseHTTPRequestHandler):
    """One request, one answer."""

    server: Host

    def do_GET(self) -> None:
        """Take a while."""
        began = time.monotonic()
        time.sleep(TOOK_S)
        path = self.path.removeprefix("http://a.test")
        busy = path in self.server.busy
        self.server.busy.discard(path)
        status = 429 if busy else 404 if path == "/robots.txt" else 200
        self.server.spans.append((path, began, time.monotonic()))
        self.send_response(status)
        self.send_header("Content-Length", "0")
        if busy:
            self.send_header("Retry-After", "2")
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """Nothing on stderr."""


@pytest.fixture
def host() -> Iterator[Host]:
    """A host that listens."""
    with Host() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def asking(host: Host, folder: Path, name: str, times: int) -> subprocess.Popen[str]:
    """A process that asks the host so many times, once it is told to."""
    process = subprocess.Popen(
        [sys.executable, "-c", ASKING, host.url, str(folder), name, str(times), str(GAP_S)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": str(Path.cwd())},
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def begin(*processes: subprocess.Popen[str]) -> None:
    """Tell them all."""
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()


def test_two_processes_are_one_client_to_a_host(host: Host, tmp_path: Path) -> None:
    """No two requests overlap, none comes before the gap is over, both get turns, and robots.txt is asked for once."""
    pair = [asking(host, tmp_path / "hosts", name, 6) for name in ("one", "two")]
    begin(*pair)
    said = [process.communicate(timeout=60)[0] for process in pair]

    assert said == ["", ""]
    spans = sorted(host.spans, key=lambda span: span[1])
    asked = Counter(path.split("/")[1] for path, _, _ in spans)
    assert asked == {"robots.txt": 1, "one": 6, "two": 6}
    for (_, before, ended), (path, began, _) in pairwise(spans):
        assert began >= ended, path
        assert began - before >= GAP_S - 0.03, path  # the note is made before the connection is
    firsts = [path.split("/")[1] for path, _, _ in spans[1:7]]
    assert set(firsts) == {"one", "two"}, "the one that had its turn gives way"


def test_a_killed_process_holds_no_host_but_its_request_counts(host: Host, tmp_path: Path) -> None:
    """The next one waits for the gap after the killed one's last request, and no longer."""
    process = asking(host, tmp_path / "hosts", "one", 100)
    begin(process)
    while len(host.spans) < 3:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=10)

    began = time.monotonic()
    with Door(Network({"http": host.url}, min_gap_s=GAP_S), lambda: NOW, turns=Turns(tmp_path / "hosts")) as door:
        door.fetch(Request("http://a.test/two/0"), Entry())

    assert time.monotonic() - began < 5
    starts = sorted(began for _, began, _ in host.spans)
    assert all(later - sooner >= GAP_S - 0.03 for sooner, later in pairwise(starts))


def test_what_one_is_told_by_retry_after_holds_for_the_other(host: Host, tmp_path: Path) -> None:
    """A host that wants two seconds of quiet gets them from every process."""
    host.busy = {"/one/0"}
    doors = [
        Door(Network({"http": host.url}, min_gap_s=0), lambda: NOW, deadline_s=deadline, turns=Turns(tmp_path))
        for deadline in (1.0, 30.0)
    ]
    with pytest.raises(Unreachable, match="429"):
        doors[0].fetch(Request("http://a.test/one/0"), Entry())
    doors[1].fetch(Request("http://a.test/two/0"), Entry())

    (refused,) = [ended for path, _, ended in host.spans if path == "/one/0"]
    (answered,) = [began for path, began, _ in host.spans if path == "/two/0"]
    assert answered - refused >= 1.9


def test_a_door_that_is_stopped_waits_for_no_turn(host: Host, tmp_path: Path) -> None:
    """`stop` ends the wait for another process's turn as it ends every other wait."""
    door = Door(Network({"http": host.url}, min_gap_s=0), lambda: NOW, turns=Turns(tmp_path))
    with Turns(tmp_path).manners("a.test", lambda: None):
        threading.Timer(0.3, door.stop).start()
        began = time.monotonic()
        with pytest.raises(Unreachable, match="the run is being stopped"):
            door.fetch(Request("http://a.test/one/0"), Entry())
    assert time.monotonic() - began < 5
    assert host.spans == []


@pytest.mark.parametrize("text", [b'{"started": 17', b"[]", b"\xff", json.dumps({"started": 1e12}).encode()])
def test_a_note_cut_short_means_just_now(tmp_path: Path, text: bytes) -> None:
    """As little is known after a kill in the middle of a note, the whole gap is waited for; never longer."""
    (tmp_path / "a.test.turn").write_bytes(text)
    with Turns(tmp_path).turn("a.test", lambda: None) as turn:
        seen = turn.seen()
        assert seen.started == pytest.approx(time.time(), abs=5)
        turn.leave(Seen(started=5.0))
        assert turn.seen() == Seen(started=5.0)

"""Alerts and the heartbeat: told once, told again when it ends, never in the way of a run, never with a secret."""

import base64
import json
import shutil
import socketserver
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_string
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from flows import show
from flows.alerts import Alert, Condition, updated
from flows.run import Run, Summary, running
from flows.settings import Settings
from sources.errors import AmurError, LoadFailed
from sources.redaction import scrub
from tests.flows.conftest import Home
from tests.origin import bulletin
from warehouse.database import Database

NOW = datetime(2026, 7, 25, 2, 30, tzinfo=UTC)
LATER = datetime(2027, 1, 25, 2, 30, tzinfo=UTC)  # half a year without a word: stale
PASSWORD = "hunter2/anger@x"  # noqa: S105 (planted, to look for it)
TWO = ["webhook", "email"]
SPELT = (PASSWORD, "hunter2%2Fanger%40x", "hunter2/anger%40x", "hunter2")
TOKEN = "T0KEN5ecret9"  # noqa: S105 (planted, to look for it)


@dataclass
class Heard:
    """A server on loopback that keeps what it is told; `status` is what it answers."""

    port: int = 0
    status: int = 200
    calls: list[tuple[str, str, Any]] = field(default_factory=list)

    def url(self, path: str) -> str:
        """An address of it."""
        return f"http://127.0.0.1:{self.port}{path}"


@pytest.fixture
def heard() -> Iterator[Heard]:
    """An HTTP server."""
    kept = Heard()

    class Handler(BaseHTTPRequestHandler):
        def _keep(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            kept.calls.append((self.command, self.path, json.loads(body) if body else None))
            self.send_response(kept.status)
            if 300 <= kept.status < 400:
                self.send_header("Location", kept.url("/elsewhere"))
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_GET = do_POST = _keep  # noqa: N815 (the names that http.server calls)

        def log_message(self, *_: object) -> None:
            """Be quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        kept.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield kept
        server.shutdown()
        thread.join()


@dataclass
class Postbox:
    """An SMTP server on loopback; `taken` are the letters, `logins` who wrote them; `refuses` turns logins away."""

    port: int = 0
    refuses: bool = False
    taken: list[str] = field(default_factory=list)
    logins: list[bytes] = field(default_factory=list)


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    """As much of SMTP as a letter takes."""
    kept = Postbox()

    class Handler(socketserver.StreamRequestHandler):
        def say(self, text: str) -> None:
            self.wfile.write(f"{text}\r\n".encode())

        def handle(self) -> None:
            self.say("220 ready")
            while line := self.rfile.readline().decode().strip():
                verb, _, rest = line.partition(" ")
                verb = verb.upper()
                if verb == "EHLO":
                    self.say("250-here\r\n250 AUTH PLAIN")
                elif verb == "AUTH":
                    kept.logins.append(base64.b64decode(rest.split()[1]))
                    self.say(f"535 no, not with {rest}" if kept.refuses else "235 welcome")
                elif verb == "DATA":
                    self.say("354 go on")
                    letter = []
                    while (part := self.rfile.readline().decode()) != ".\r\n":
                        letter.append(part)
                    kept.taken.append("".join(letter))
                    self.say("250 taken")
                elif verb == "QUIT":
                    self.say("221 bye")
                    return
                else:
                    self.say("250 yes")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        kept.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield kept
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that was brought the bulletin of June 2026."""
    folder = tmp_path_factory.mktemp("alerts")
    page = folder / "table2.html"
    page.write_bytes(bulletin.page(bulletin.JUNE))
    home = Home(folder / "home", {"AMUR_NOW": f"{NOW:%Y-%m-%dT%H:%M:%SZ}"})
    url = "http://english.customs.gov.cn/Statics/table2.html"
    assert home.here("ingest", str(page), "--source", "gacc_bulletin", "--url", url).returncode == 0
    return home.path


@pytest.fixture
def own(filled: Path, tmp_path: Path) -> Home:
    """A copy of it."""
    shutil.copytree(filled, tmp_path / "home")
    return Home(tmp_path / "home")


def night(home: Home, now: datetime = LATER, act: Callable[[Run], None] | None = None, **more: str) -> Summary:
    """The end of a night that asked the bulletin and got nothing; `act` is what happens before."""
    settings = Settings.read(
        {"AMUR_REPORT": "no", "AMUR_HOME": str(home.path), "AMUR_NOW": now.isoformat()} | home.environment | more
    )
    with running(settings, "nightly") as run:
        run.sources = ["gacc_bulletin"]
        if act is not None:
            act(run)
        run.publish()
    return run.summary


def fresh(run: Run) -> None:
    """Make the bulletin's newest success now: it is no longer stale."""
    run.sources = ["reference"]


def mistaken(run: Run) -> None:
    """A stage fails."""
    run.failures.append(AmurError(source="gacc_bulletin", at="stage 'fetch'", expected="an answer", found="none"))


# --- what is told, and when ---------------------------------------------------------------------------------------


def test_a_stale_source_is_told_once_and_not_each_night(own: Home, heard: Heard) -> None:
    """One POST with what began; the next night, with the same state, sends nothing and still stands in the file."""
    own.environment |= {"AMUR_ALERT_WEBHOOK": heard.url("/hook?room=a&b="), "AMUR_ALERT_FILE": str(own.path / "a.json")}
    first, second = night(own), night(own, LATER + timedelta(days=1))

    ((verb, path, said),) = heard.calls
    assert (verb, path) == ("POST", "/hook?room=a&b=")
    assert said["title"] == "Amur: 1 begun, 0 ended"
    assert "gacc_bulletin is stale, newest figures of 2026-06" in said["text"]
    assert [alert["id"] for alert in said["begun"]] == ["stale:gacc_bulletin"]
    assert first.alerts == [
        f"alerts: {own.path / 'a.json'} was told of 1 begun, 0 ended",
        "alerts: webhook 127.0.0.1 was told of 1 begun, 0 ended",
    ]
    assert second.alerts == []
    file = json.loads((own.path / "a.json").read_bytes())
    assert (file["begun"], [alert["id"] for alert in file["standing"]]) == ([], ["stale:gacc_bulletin"])


def test_the_end_of_a_condition_is_told_once(own: Home, heard: Heard) -> None:
    """A failure that the next night doesn't repeat has ended; the night after is silent."""
    own.environment["AMUR_ALERT_WEBHOOK"] = heard.url("/hook")
    night(own, NOW, mistaken)
    night(own, NOW + timedelta(days=1))
    night(own, NOW + timedelta(days=2))

    begun, ended = (said for _, _, said in heard.calls)
    assert begun["begun"][0]["title"].startswith("failed: gacc_bulletin: at stage 'fetch', expected an answer")
    assert ended["ended"][0]["id"] == begun["begun"][0]["id"] == "failed:gacc_bulletin:stage 'fetch'"
    assert ended["ended"][0]["closed_at"] == "2026-07-26T02:30:00+00:00"
    assert "Ended:\n- failed: gacc_bulletin" in ended["text"]


def test_a_source_that_was_not_asked_keeps_its_alert(own: Home, heard: Heard) -> None:
    """A night with --only another source knows nothing of this one: nothing ends."""
    own.environment["AMUR_ALERT_WEBHOOK"] = heard.url("/hook")
    night(own)
    night(own, LATER + timedelta(days=1), fresh)

    assert len(heard.calls) == 1


def test_a_held_batch_is_told_and_ends_with_the_decision(own: Home, heard: Heard) -> None:
    """With its id, so that `amur quarantine release` can be typed."""
    own.environment["AMUR_ALERT_WEBHOOK"] = heard.url("/hook")

    def hold(run: Run) -> None:
        run.db.execute(
            "INSERT INTO quarantine VALUES ('q-1', 'batch', 'gacc_bulletin', 'http://x', '2026-06', 'aa', '', 'value', "
            "'ten times as much as ever', '{}', 5, ?, 'r', 'held', NULL, NULL, NULL)",
            [NOW.replace(tzinfo=None)],
        )

    def decide(run: Run) -> None:
        run.db.execute("DELETE FROM quarantine")

    night(own, NOW, hold)
    night(own, NOW + timedelta(days=1), decide)

    begun, ended = (said for _, _, said in heard.calls)
    assert begun["begun"][0]["title"] == ("gacc_bulletin: a batch of 2026-06 is held (q-1): ten times as much as ever")
    assert ended["ended"][0]["id"] == "held:q-1"


def test_what_could_not_be_told_is_told_the_next_night(own: Home, heard: Heard) -> None:
    """A server that answers 500: a line in the summary, the exit code as it was; the next night delivers."""
    own.environment["AMUR_ALERT_WEBHOOK"] = heard.url(f"/services/{TOKEN}")
    heard.status = 500
    first = night(own)
    heard.status = 200
    second = night(own, LATER + timedelta(days=1))

    assert first.exit_code == second.exit_code == 3
    assert first.published
    assert len(first.alerts) == 1
    assert "webhook 127.0.0.1 could not be told of 1 begun" in first.alerts[0]
    assert "error=500" in first.alerts[0]
    assert second.alerts == ["alerts: webhook 127.0.0.1 was told of 1 begun, 0 ended"]


def test_a_redirect_is_not_followed(own: Home, heard: Heard) -> None:
    """What is told may go only where the operator said."""
    own.environment |= {"AMUR_ALERT_WEBHOOK": heard.url("/hook"), "AMUR_HEARTBEAT_URL": heard.url("/beat")}
    heard.status = 302
    summary = night(own)

    assert {path for _, path, _ in heard.calls} == {"/hook", "/beat"}
    assert any("heartbeat: 127.0.0.1 could not be told: it answered 302" in line for line in summary.alerts)


def test_a_broken_list_of_alerts_is_a_line_and_what_stands_is_told_again(own: Home, heard: Heard) -> None:
    """`alerts.json` cut in two: told once more rather than never."""
    own.environment["AMUR_ALERT_WEBHOOK"] = heard.url("/hook")
    night(own)
    (own.path / "alerts.json").write_bytes(b'{"began": "2027')
    summary = night(own, LATER + timedelta(days=1))

    assert len(heard.calls) == 2
    assert summary.alerts[0].startswith("alerts: alerts.json can't be read")


def test_a_finding_of_weight_error_is_told_once(own: Home, heard: Heard) -> None:
    """It has no end; findings from before alerts were set up stay untold, those of weight warning too."""
    own.environment["AMUR_ALERT_WEBHOOK"] = heard.url("/hook")
    night(own, NOW)

    def find(run: Run) -> None:
        for name, severity, at in (("f-1", "error", 25), ("f-2", "warning", 25), ("f-0", "error", 1)):
            run.db.execute(
                "INSERT INTO findings VALUES (?, ?, 'r', 's', 'overdue', ?, 1, 's', 'p', ?, NULL, NULL, NULL, NULL, "
                "[], '')",
                [name, datetime(2026, 7, at, 3), severity, f"title of {name}"],
            )
        run.db.execute("INSERT INTO pending_publication VALUES ('r', 'test')")

    night(own, NOW + timedelta(days=1), find)
    night(own, NOW + timedelta(days=2))

    told = [alert for _, _, said in heard.calls for alert in said["begun"] + said["ended"]]
    assert [(alert["id"], alert["title"]) for alert in told] == [("finding:f-1", "title of f-1")]


def test_a_night_that_cannot_open_its_warehouse_says_so(own: Home, heard: Heard) -> None:
    """Before there is a run: the failure is told, the heartbeat gets its /fail."""
    own.environment |= {"AMUR_ALERT_WEBHOOK": heard.url("/hook"), "AMUR_HEARTBEAT_URL": heard.url("/beat")}
    (own.path / "warehouse.duckdb").write_bytes(b"no database" * 1000)
    with pytest.raises(LoadFailed):
        night(own)

    (_, _, said), (_, beat, _) = heard.calls
    assert said["begun"][0]["id"] == "failed::load"
    assert beat == "/beat/fail"


def test_without_a_setting_nothing_is_told_and_nothing_kept(own: Home) -> None:
    """No file, no line."""
    assert night(own).alerts == []
    assert not (own.path / "alerts.json").exists()


def test_a_condition_that_begins_again_is_told_again() -> None:
    """Ended and back: a new alert; one that was never delivered and has ended is still told, with its end."""
    late = Condition("stale:a", "stale", "a", "a is stale")
    first = updated([], [late], lambda _: True, ["webhook"], NOW)
    over = updated(first, [], lambda _: True, ["webhook"], NOW + timedelta(days=1))
    back = updated(over, [late], lambda _: True, ["webhook"], NOW + timedelta(days=2))

    assert [(a.opened_at[:10], a.closed_at[:10], a.owed, a.end_owed) for a in back] == [
        ("2026-07-25", "2026-07-26", ["webhook"], ["webhook"]),
        ("2026-07-27", "", ["webhook"], []),
    ]


def test_a_new_channel_is_told_what_stands_and_an_old_end_is_forgotten() -> None:
    """Who is told from today on hears of what stands today; what ended long ago and owes nothing goes."""
    standing = Alert("held:q", "held", "a", "t", NOW.isoformat(), told=["webhook"])
    over = Alert("held:r", "held", "a", "t", "2026-01-01T00:00:00+00:00", "2026-01-02T00:00:00+00:00", told=["webhook"])
    found = updated(
        [standing, over], [Condition("held:q", "held", "a", "t")], lambda _: True, ["webhook", "email"], NOW
    )

    assert [(a.condition_id, a.owed) for a in found] == [("held:q", ["email"])]


# --- e-mail -------------------------------------------------------------------------------------------------------


def test_an_alert_comes_by_email(own: Home, postbox: Postbox) -> None:
    """From and to as set, signed in with the password as it is and not as it is spelt in an address."""
    own.environment["AMUR_ALERT_SMTP"] = (
        f"smtp://me%40example.org:{SPELT[1]}@127.0.0.1:{postbox.port}/?from=amur@example.org&to=a@example.org,b@example.org"
    )
    summary = night(own)

    assert summary.alerts == ["alerts: e-mail by 127.0.0.1 was told of 1 begun, 0 ended"]
    assert postbox.logins[0] == b"\0me@example.org\0" + PASSWORD.encode()
    letters = [message_from_string(text) for text in postbox.taken]
    assert {letter["To"] for letter in letters} == {"a@example.org", "b@example.org"}
    assert "amur@example.org" in letters[0]["From"]
    assert letters[0]["Subject"] == "Amur: 1 begun, 0 ended"
    body = letters[0].get_payload(decode=True)
    assert isinstance(body, bytes)
    assert b"gacc_bulletin is stale" in body


@pytest.mark.parametrize(
    "setting",
    [
        {"AMUR_ALERT_SMTP": f"smtp://me:{SPELT[1]}@mail.example.org/?from=amur@example.org"},
        {"AMUR_ALERT_SMTP": f"http://me:{SPELT[1]}@mail.example.org/?from=a@example.org&to=a@example.org"},
        {"AMUR_ALERT_SMTP": f"smtp://me:{SPELT[1]}@mail.example.org:port/?from=a@example.org&to=a@example.org"},
        {"AMUR_ALERT_SMTP": f"smtp://me:{SPELT[1]}@mail.example.org/?from=a@example.org&to=a@example.org&tls=no"},
        {"AMUR_ALERT_SMTP": f"smtp://me:{SPELT[1]}@mail.example.org/?from=nobody&to=a@example.org"},
        {"AMUR_ALERT_SMTP": f"smtps://me:{SPELT[1]}%C3%A4@mail.example.org/?from=a@example.org&to=a@example.org"},
        {"AMUR_ALERT_WEBHOOK": SPELT[1]},
        {"AMUR_HEARTBEAT_URL": f"ftp://{SPELT[1]}"},
        {"AMUR_HEARTBEAT_URL": f"https://host/{SPELT[3]} {SPELT[0]}"},
    ],
)
def test_a_mistaken_setting_is_named_without_what_it_holds(own: Home, setting: dict[str, str]) -> None:
    """Exit 1 at once and not at the end of the night; the password isn't in the message."""
    done = own.here("status", **setting)

    assert done.returncode == 1
    assert next(iter(setting)) in done.stderr
    assert not [spelt for spelt in SPELT if spelt in done.stderr]


def test_a_password_goes_to_no_server_without_tls() -> None:
    """smtp:// asks for STARTTLS, smtps:// is TLS from the first byte; in the clear only to this machine."""

    def mode(url: str) -> tuple[str, int]:
        box = Settings.read({"AMUR_ALERT_SMTP": f"{url}?from=a@example.org&to=b@example.org"}).mailbox()
        return box.mode, box.port

    assert mode("smtp://u:p@mail.example.org/") == ("starttls", 587)
    assert mode("smtps://u:p@mail.example.org/") == ("ssl", 465)
    assert mode("smtp://u:p@localhost:2525/") == ("insecure", 2525)


# --- secrets ------------------------------------------------------------------------------------------------------


def test_no_secret_is_seen_anywhere(
    own: Home, heard: Heard, postbox: Postbox, capfd: pytest.CaptureFixture[str]
) -> None:
    """Every delivery fails, each in its way: no byte under AMUR_HOME or of the output is of a password or a token.

    P-70.
    """
    postbox.refuses, heard.status = True, 403
    own.environment |= {
        "AMUR_ALERT_SMTP": f"smtp://me:{SPELT[1]}@127.0.0.1:{postbox.port}/?from=amur@example.org&to=a@example.org",
        "AMUR_ALERT_WEBHOOK": heard.url(f"/services/{TOKEN}?key={TOKEN}"),
        "AMUR_HEARTBEAT_URL": heard.url(f"/{TOKEN}"),
        "AMUR_ALERT_FILE": str(own.path / "alerts-told.json"),
    }
    summary = night(own, LATER, mistaken)
    own.environment["AMUR_ALERT_WEBHOOK"] = f"https://127.0.0.1:9/{TOKEN}"
    own.environment["AMUR_HEARTBEAT_URL"] = f"https://127.0.0.1:9/{TOKEN}"
    night(own, LATER + timedelta(days=1), mistaken)
    settings = Settings.read({"AMUR_REPORT": "no", "AMUR_HOME": str(own.path)} | own.environment)
    show.summary(settings, summary)
    sys.stdout.write(f"{settings} {settings.mailbox()}")
    shown = capfd.readouterr()
    seen = {"stdout": shown.out.encode(), "stderr": shown.err.encode()}
    seen |= {str(path): path.read_bytes() for path in own.path.rglob("*") if path.is_file()}

    assert sum("could not be told" in line for line in summary.alerts) == 3
    assert postbox.logins
    assert "could not be told" in shown.out
    hidden = [*SPELT, TOKEN, base64.b64encode(b"\0me\0" + PASSWORD.encode()).decode()]
    assert [name for name, body in seen.items() if any(secret.encode() in body for secret in hidden)] == []


def test_scrub_takes_the_longest_first_and_leaves_words_alone() -> None:
    """A secret inside another leaves no rest; one of three letters would be found in every word."""
    assert scrub("at /abcd/efgh and abcd in cab", ["abcd", "/abcd/efgh", "a"]) == "at *** and *** in cab"


# --- heartbeat and status -----------------------------------------------------------------------------------------


def test_the_heartbeat_is_called_after_every_night_and_tells_a_failed_one(own: Home, heard: Heard) -> None:
    """Published or nothing new: the address itself; a stage failed: /fail behind it, the query as it was."""
    own.environment["AMUR_HEARTBEAT_URL"] = heard.url("/ping/1?a=b")
    night(own, LATER)
    night(own, LATER)
    night(own, LATER, mistaken)

    assert heard.calls == [
        ("GET", "/ping/1?a=b", None), ("GET", "/ping/1?a=b", None), ("GET", "/ping/1/fail?a=b", None)
    ]  # fmt: skip


def test_a_heartbeat_that_nobody_hears_is_a_warning(own: Home) -> None:
    """The run ends as it would have; the line says which host."""
    summary = night(own, AMUR_HEARTBEAT_URL="http://127.0.0.1:9/x")

    assert summary.exit_code == 3
    assert summary.alerts == ["heartbeat: 127.0.0.1 could not be told: Connection refused"]


def test_a_person_who_stops_a_night_is_not_told_of_it(own: Home, heard: Heard) -> None:
    """No heartbeat and no alert for Ctrl-C."""

    def stop(_: Run) -> None:
        raise SystemExit(130)

    with pytest.raises(SystemExit):
        night(own, act=stop, AMUR_HEARTBEAT_URL=heard.url("/x"), AMUR_ALERT_WEBHOOK=heard.url("/y"))

    assert heard.calls == []


def test_a_night_that_breaks_is_told(own: Home, heard: Heard) -> None:
    """A defect in the middle: the alert and /fail, and the exception goes on."""

    def break_(_: Run) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        night(own, act=break_, AMUR_HEARTBEAT_URL=heard.url("/x"), AMUR_ALERT_WEBHOOK=heard.url("/y"))

    (_, _, said), (_, beat, _) = heard.calls
    assert said["begun"][0]["title"].startswith("failed: at the run, expected to go through, found ZeroDivisionError")
    assert beat == "/x/fail"


def test_status_says_when_the_last_night_was_and_warns_after_36_hours(own: Home) -> None:
    """In JSON `ok` and `age_hours`; a file brought by hand in between is no night."""
    night(own, NOW)
    said = [
        json.loads(own.here("status", "--json", AMUR_NOW=f"{now:%Y-%m-%dT%H:%M:%SZ}").stdout)
        for now in (NOW + timedelta(hours=35), NOW + timedelta(hours=37))
    ]
    settings = Settings.read(
        {"AMUR_REPORT": "no", "AMUR_HOME": str(own.path), "AMUR_NOW": (NOW + timedelta(hours=37)).isoformat()}
    )
    with running(settings, "ingest") as run:
        run.publish()
    after = own.here("status", "--json", AMUR_NOW="2026-07-26T16:30:00Z")
    text = own.here("status", AMUR_NOW="2026-07-26T16:30:00Z").stdout

    assert [(one["ok"], one["age_hours"]) for one in said] == [(True, 35.0), (False, 37.0)]
    assert (json.loads(after.stdout)["ok"], json.loads(after.stdout)["age_hours"]) == (False, 38.0)
    assert json.loads(after.stdout)["last_run"]["kind"] == "ingest"
    assert "the last night ended 38 hours ago" in " ".join(text.split())


def test_status_of_a_failed_night_is_not_ok(own: Home) -> None:
    """However young it is; and a home that never saw a night isn't either."""
    never = json.loads(own.here("status", "--json", AMUR_NOW="2026-07-25T03:30:00Z").stdout)
    night(own, NOW, mistaken)
    failed = json.loads(own.here("status", "--json", AMUR_NOW="2026-07-25T03:30:00Z").stdout)

    assert (never["ok"], never["age_hours"]) == (False, None)
    assert (failed["ok"], failed["age_hours"]) == (False, 1.0)
    Database(own.path / "warehouse.duckdb", NOW).close()

"""P-70: a planted secret is nowhere to be found after a whole night and after each kind of failure.

Four secrets are planted: the key of UN Comtrade, and what is secret of webhook, mail server and heartbeat. Then every
byte under AMUR_HOME (with Prefect's home inside it), every word that was printed, the alerts, a backup, a citation and
the explanations are searched for them: as they are, quoted for addresses, in base64, in UTF-16.

A campaign, no part of `make test`, since it takes minutes: `pytest tests/faults/secrets_night.py`.
"""

import base64
import re
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from email.message import Message
from http import HTTPStatus
from pathlib import Path
from typing import Final
from urllib.parse import quote, quote_plus

import pytest

from flows.backfill import period_window
from flows.reading import Reader
from flows.run import running
from flows.settings import Settings
from flows.steps import ahead, walk_sources
from flows.walk import Pace
from tests.flows.conftest import Home
from tests.origin.comtrade import ADDRESS, Comtrade
from tests.origin.server import Answer, Origin

NOW = "2026-07-25T02:30:00Z"
KEY: Final = "c4n4ry/K3y+of=comtrade"
SECRETS: Final = {
    "key": KEY, "hook": "h00k/T0ken+x", "mail": "m4il/P4ss+word", "beat": "b34t-T0ken-9f",
}  # fmt: skip


def spellings(secret: str) -> set[bytes]:
    """Every form in which a secret could have been written down; base64 at each of the three places it can start."""
    raw = secret.encode()
    found = {raw, quote(secret).encode(), quote(secret, safe="").encode(), quote_plus(secret).encode()}
    found |= {secret.encode("utf-16-le"), raw.hex().encode(), raw.replace(b"/", b"\\/")}
    for lead in range(3):
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            body = encode(bytes(lead) + raw + b"\x00\x00").rstrip(b"=")
            found.add(body[4 if lead else 0 : -4])  # without what its neighbours have a part in
    return {form for form in found if len(form) > 7}


FORMS: Final = {name: spellings(secret) for name, secret in SECRETS.items()}


def found_in(folder: Path) -> list[tuple[str, str]]:
    """Which secrets lie in which files, names included."""
    found = []
    for path in sorted(folder.rglob("*")):
        text = str(path.relative_to(folder)).encode() + (path.read_bytes() if path.is_file() else b"")
        found += [(path.name, name) for name, forms in FORMS.items() if any(form in text for form in forms)]
    return found


def said(*words: str) -> list[str]:
    """Which secrets were printed."""
    text = "\n".join(words).encode()
    return [name for name, forms in FORMS.items() if any(form in text for form in forms)]


def test_the_search_finds_what_was_let_slip(tmp_path: Path) -> None:
    """A search that can't find anything would be green for ever: each form, planted, is found."""
    for number, text in enumerate(
        (KEY, quote(KEY, safe=""), base64.b64encode(f"user:{KEY}!".encode()).decode(), f"{KEY}".encode("utf-16-le"))
    ):
        plant = tmp_path / f"{number}"
        plant.mkdir()
        (plant / "log").write_bytes(b"..." + (text if isinstance(text, bytes) else text.encode()) + b"...")
        assert found_in(plant) == [("log", "key")]
        assert isinstance(text, bytes) or said(text) == ["key"]


@contextmanager
def refusing_mailbox() -> Iterator[int]:
    """An SMTP server that turns the login away, repeating what it was sent."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 ready\r\n")
            while line := self.rfile.readline().strip():
                answer = b"250-here\r\n250 AUTH PLAIN" if line.upper().startswith(b"EHLO") else b"535 no: " + line
                self.wfile.write(answer + b"\r\n")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


def planted(home: Path, port: int) -> dict[str, str]:
    """The settings with a secret in each place that takes one; every channel of the alerts will fail."""
    hook = quote(SECRETS["hook"], safe="")
    return {
        "AMUR_NOW": NOW, "AMUR_COMTRADE_KEY": KEY, "AMUR_ALERT_FILE": str(home.parent / "alerts.json"),
        "AMUR_ALERT_WEBHOOK": f"http://127.0.0.1:9/{hook}?t={quote_plus(SECRETS['hook'])}",
        "AMUR_ALERT_SMTP": f"smtp://me:{quote(SECRETS['mail'], safe='')}@127.0.0.1:{port}/?from=a@x.org&to=b@x.org",
        "AMUR_HEARTBEAT_URL": f"http://127.0.0.1:9/ping/{SECRETS['beat']}",
    }  # fmt: skip


FAILURES: Final[dict[str, Callable[[str, Message], Answer]]] = {
    "401 that repeats the key": lambda _, headers: Answer(_echo(headers), HTTPStatus.UNAUTHORIZED, "text/plain"),
    "403 that repeats the key": lambda _, headers: Answer(_echo(headers), HTTPStatus.FORBIDDEN),
    "200 that repeats the key": lambda _, headers: Answer(_echo(headers)),
    "header that repeats the key": lambda _, headers: Answer(
        b"{", headers={"X-Echo": _key(headers), "ETag": _key(headers)}
    ),
    "redirect that repeats the key": lambda _, headers: Answer(
        b"", HTTPStatus.FOUND, headers={"Location": f"https://other.example/?k={quote(_key(headers), safe='')}"}
    ),
    "page in place of JSON": lambda _, __: Answer(b"<html><title>Sign in</title></html>", content_type="text/html"),
    "no whole JSON": lambda _, __: Answer(b'{"data": [{"a": '),
}  # fmt: skip


def _key(headers: Message) -> str:
    return headers.get("Ocp-Apim-Subscription-Key", "")


def _echo(headers: Message) -> bytes:
    return f'{{"message": "the key {_key(headers)} is no good", "data": []}}'.encode()


@pytest.mark.slow
def test_p70_no_secret_is_left_anywhere_by_a_night_and_by_its_failures(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """A whole night as a user starts it, then each kind of failure, then all that shows what is known."""
    home = Home(tmp_path / "all" / "home")
    service, words, keyed = Comtrade(date(2026, 7, 25), key=KEY), list[str](), list[str]()

    def one_month(url: str, headers: Message) -> Answer:
        """The service with figures of one month alone: what it says of the key is what counts here."""
        periods = re.search(r"period=([^&]*)", url)
        month = "202605" if periods and "202605" in periods[1] else "203001"
        return service(re.sub(r"(period=)[^&]*", rf"\g<1>{month}", url), headers)

    answers: list[Callable[[str, Message], Answer]] = [one_month]

    def web(url: str, headers: Message) -> Answer:
        keyed.append(_key(headers))
        return answers[0](url, headers)

    with refusing_mailbox() as port, Origin({}, {ADDRESS: web}) as origin, Reader() as reader:
        home.environment |= origin.environment() | planted(home.path, port) | {"AMUR_GAP": "0"}
        night = home.run("nightly", "--only", "comtrade", "--only", "cbr_fx")
        words += [night.stdout, night.stderr]
        assert night.returncode in {0, 3}, night.stdout + night.stderr
        assert set(keyed) <= {KEY, ""}
        assert KEY in keyed, "the night that is searched has used the key"
        assert night.stdout.count("could not be told") == 3, night.stdout

        settings = Settings.read(home.environment | {"AMUR_HOME": str(home.path)})
        for number, (name, fault) in enumerate(FAILURES.items(), start=1):
            answers[0], before = fault, len(keyed)
            with running(settings, "backfill") as run:
                run.reader = reader
                window = period_window(f"{2016 + number}-01", f"{2016 + number}-01", run.now, settings.keys)
                with ahead(run, ["comtrade"], window, Pace("backfill")) as fetching:
                    walk_sources(fetching)
            words += [repr(run.summary.as_json()), repr(run.failures)]
            assert KEY in keyed[before:], f"{name}: {run.summary.as_json()}"

    for arguments in (
        ("status", "--json"), ("quarantine", "--json"), ("changes", "--json"), ("sources", "--json"),
        ("explain", "cn_crude_imports_t", "2026-05", "--verify"), ("sql", "FROM fetches"), ("sql", "FROM payloads"),
        ("verify",), ("backup", str(tmp_path / "all" / "backup")), ("sql", "SELECT * FROM 'x"),
        ("cite", "cn_crude_imports_t", "2026-05", "--out", str(tmp_path / "all" / "citation.json")),
    ):  # fmt: skip
        done = home.here(*arguments)
        words += [done.stdout, done.stderr]
    words += list(capfd.readouterr())

    assert (tmp_path / "all" / "alerts.json").exists()
    assert (tmp_path / "all" / "backup" / "manifest.json").exists()
    assert (home.path / "prefect").is_dir()
    assert said(*words) == []
    assert found_in(tmp_path / "all") == []

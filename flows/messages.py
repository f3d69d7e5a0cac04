"""Where alerts go, and the heartbeat: a file, a webhook or another service that Apprise knows, e-mail, an address.

The addresses are the operator's own and hold secrets; they may lie in a private network, which the door to the public
web (`sources.web`) refuses. No text of a failure that could hold a secret leaves this module: `scrub` takes it out.
"""

from __future__ import annotations

import json
import logging
import ssl
import urllib.error
import urllib.request
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException
from typing import TYPE_CHECKING, Any, Final, Protocol
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from flows.log import LOGGER
from sources.errors import quoted
from sources.redaction import scrub
from warehouse.archive import write_durably

if TYPE_CHECKING:
    from pathlib import Path

    from flows.settings import Mailbox, Settings

__all__ = ["Channel", "beat", "channels"]

CONNECT_S: Final = 5.0
READ_S: Final = 10.0
OK: Final = range(200, 300)


class Channel(Protocol):
    """A way to tell somebody; what it shows holds no secret."""

    @property
    def name(self) -> str:
        """Its name in `alerts.json`."""

    @property
    def always(self) -> bool:
        """Is it told even where nothing is new?"""

    @property
    def shown(self) -> str:
        """Its name for people."""

    def send(self, message: Mapping[str, Any]) -> str:
        """Tell it; gives why that failed, or nothing."""


@dataclass(frozen=True)
class File:
    """A JSON file for another program, written anew after each night: what stands, what has begun and ended."""

    path: Path
    name: str = "file"
    always: bool = True

    @property
    def shown(self) -> str:
        """The path is no secret."""
        return str(self.path)

    def send(self, message: Mapping[str, Any]) -> str:
        """Write it in one rename."""
        try:
            write_durably(self.path, json.dumps(message, ensure_ascii=False, indent=1).encode())
        except OSError as error:
            return error.strerror or type(error).__name__
        return ""


@dataclass(frozen=True)
class Webhook:
    """An address that takes a POST: of a service that Apprise knows, in its form, else JSON with title and text."""

    url: str
    name: str = "webhook"
    always: bool = False

    @property
    def shown(self) -> str:
        """The kind and, of a web address, the host: the path is often the secret."""
        address = urlsplit(self.url)
        return f"webhook {address.hostname}" if address.scheme in {"http", "https"} else f"webhook {address.scheme}:"

    def send(self, message: Mapping[str, Any]) -> str:
        """Post it."""
        sent = False
        with _causes(_secrets(self.url)) as causes:
            from apprise import NotifyType

            service = self._service(message)
            kind = NotifyType.WARNING if message["begun"] else NotifyType.SUCCESS
            if service is None:
                return "not an address that can be used"
            causes.clear()  # what was said of an address that is no known service's
            sent = service.notify(title=message["title"], body=message["text"], notify_type=kind)
        return "" if sent else (causes[0] if causes else "not delivered")

    def _service(self, message: Mapping[str, Any]) -> Any:  # noqa: ANN401 (any of Apprise's services)
        from apprise import Apprise
        from apprise.plugins.custom_json import NotifyJSON

        address = urlsplit(self.url)
        known = Apprise.instantiate(self.url, suppress_exceptions=True)
        if known is not None or address.scheme not in {"http", "https"}:
            return known
        return NotifyJSON(  # type: ignore[no-untyped-call] # Apprise leaves its constructors without types
            payload={name: message[name] for name in ("text", "run_id", "at", "begun", "ended")},
            params=parse_qsl(address.query, keep_blank_values=True),
            host=address.hostname, port=address.port, user=address.username, password=address.password,
            fullpath=quote(address.path), secure=address.scheme == "https", redirect="no", cto=CONNECT_S, rto=READ_S,
        )  # fmt: skip


@dataclass(frozen=True)
class Mail:
    """E-mail by SMTP, as plain text. A password is never sent in the clear, but to this machine itself."""

    box: Mailbox
    name: str = "email"
    always: bool = False

    @property
    def shown(self) -> str:
        """The server alone."""
        return f"e-mail by {self.box.host}"

    def send(self, message: Mapping[str, Any]) -> str:
        """Send it."""
        box, sent = self.box, False
        with _causes(_secrets(box.url)) as causes:
            from apprise import NotifyFormat
            from apprise.plugins.email.base import NotifyEmail

            service = NotifyEmail(  # type: ignore[no-untyped-call] # Apprise leaves its constructors without types
                host=box.host, port=box.port, smtp_host=box.host, secure_mode=box.mode, secure=box.mode != "insecure",
                user=quote(box.user), password=quote(box.password), from_addr=box.sender, targets=list(box.receivers),
                schema="mailto", format=NotifyFormat.TEXT.value, redirect="no", cto=CONNECT_S, rto=READ_S,
            )  # fmt: skip
            sent = service.notify(title=message["title"], body=message["text"])
        return "" if sent else (causes[0] if causes else "not delivered")


def channels(settings: Settings) -> list[Channel]:
    """The channels that the settings name."""
    found: list[Channel] = []
    if settings.alert_file is not None:
        found.append(File(settings.alert_file))
    if settings.alert_webhook is not None:
        found.append(Webhook(settings.alert_webhook.reveal()))
    if settings.alert_smtp is not None:
        found.append(Mail(settings.mailbox()))
    return found


class _Causes(logging.Handler):
    """Keeps what Apprise says of a failure, without the secrets."""

    def __init__(self, secrets: tuple[str, ...]) -> None:
        super().__init__(logging.WARNING)
        self.secrets, self.said = secrets, list[str]()

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(quoted(scrub(record.getMessage(), self.secrets)))


@contextmanager
def _causes(secrets: tuple[str, ...]) -> Iterator[list[str]]:
    """What Apprise says in the block goes nowhere else: it names addresses. Nor do its warnings of old modules."""
    logger = logging.getLogger("apprise")
    handler = _Causes(secrets)
    before, logger.propagate = logger.propagate, False
    level = logger.level
    logger.setLevel(logging.WARNING)
    logger.addHandler(handler)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield handler.said
    except Exception as error:  # noqa: BLE001 (an alert that fails is a line, never the end of a run)
        handler.said.append(type(error).__name__)
    finally:
        logger.removeHandler(handler)
        logger.propagate = before
        logger.setLevel(level)


def _secrets(url: str) -> tuple[str, ...]:
    """What of an address must not be seen: the whole, who and with what, the path and the query, in all spellings."""
    address = urlsplit(url)
    values = [value for _, value in parse_qsl(address.query)]
    parts = [url, address.username, address.password, address.path.strip("/"), address.query, *values]
    parts += address.path.split("/")
    return tuple({spelt for part in parts if part for spelt in (part, unquote(part), quote(unquote(part), safe=""))})


class _Still(urllib.request.HTTPRedirectHandler):
    """No redirect is followed: the address holds a secret, and it is the operator's to correct."""

    def redirect_request(self, *_: Any) -> None:  # noqa: ANN401 (as the base class)
        return None


def beat(settings: Settings, *, well: bool) -> str:
    """Call the heartbeat's address, with `/fail` behind its path after a night that failed; gives why that failed."""
    if settings.heartbeat is None:
        return ""
    url = settings.heartbeat.reveal()
    address = urlsplit(url)
    if not well:
        url = address._replace(path=f"{address.path.rstrip('/')}/fail").geturl()
    proxies = {} if _near(address.hostname) else dict(settings.proxies)
    context = ssl.create_default_context(cafile=settings.ca_bundle)
    opener = urllib.request.build_opener(
        _Still, urllib.request.ProxyHandler(proxies), urllib.request.HTTPSHandler(context=context)
    )
    request = urllib.request.Request(url, headers={"User-Agent": "Amur"})  # noqa: S310 (http or https: see settings)
    try:
        with opener.open(request, timeout=READ_S) as answer:
            fault = "" if answer.status in OK else f"it answered {answer.status}"
    except urllib.error.HTTPError as error:
        fault = f"it answered {error.code}"
        error.close()
    except (OSError, HTTPException, ValueError) as error:
        reason = getattr(error, "reason", error)
        fault = getattr(reason, "strerror", None) or type(reason).__name__
    if not fault:
        return ""
    line = f"heartbeat: {address.hostname} could not be told: {quoted(scrub(fault, _secrets(url)))}"
    LOGGER.warning("%s", line, extra={"stage": "heartbeat"})
    return line


def _near(host: str | None) -> bool:
    return host in {"localhost", "127.0.0.1", "::1"}

"""The settings, read once: environment first, then `.env` in the folder where the command runs."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal
from urllib.parse import parse_qs, unquote, urlsplit

from sources.errors import AmurError

if TYPE_CHECKING:
    from sources.web import Network
    from warehouse.lake import Lake

__all__ = ["Mailbox", "Secret", "Settings", "clock"]

ENV_FILE: Final = Path(".env")
WAREHOUSE: Final = "warehouse.duckdb"
NO_CONTACT: Final = "contact not set: AMUR_CONTACT"


class Secret:
    """A text that never shows: `str`, `repr` and formatting give `***`; `reveal` gives the text."""

    def __init__(self, text: str) -> None:
        """Wrap `text`."""
        self._text = text

    def reveal(self) -> str:
        """The text itself, for the one place that needs it."""
        return self._text

    def __str__(self) -> str:
        """Three stars."""
        return "***"

    __repr__ = __str__

    def __reduce__(self) -> tuple[object, ...]:
        """Secrets are not pickled: nothing may carry them out of the process."""
        raise TypeError("a secret cannot be pickled")


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Who sends alerts to whom, by which server; `url` is the setting as it was given."""

    url: str = field(repr=False)
    host: str
    port: int
    user: str = field(repr=False)
    password: str = field(repr=False)
    sender: str
    receivers: tuple[str, ...]
    mode: Literal["starttls", "ssl", "insecure"]


def clock() -> datetime:
    """The real instant, aware, UTC."""
    return datetime.now(UTC)  # noqa: TID251 (the one clock; everything below gets it as an argument)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment says. `fixed_now` is AMUR_NOW: then the clock stands still at that instant.

    `fanout` is the work pool whose workers fetch for a backfill; empty: it fetches by itself.
    """

    home: Path
    sources: tuple[str, ...] = ()
    fixed_now: datetime | None = None
    contact: str = NO_CONTACT
    gap_s: float | None = None
    report: bool = True
    proxies: Mapping[str, str] = field(default_factory=dict)
    no_proxy: str = ""
    ca_bundle: str | None = None
    comtrade_key: Secret | None = None
    alert_file: Path | None = None
    alert_webhook: Secret | None = None
    alert_smtp: Secret | None = None
    heartbeat: Secret | None = None
    log_echo: bool = False
    lake: Lake | None = None
    fanout: str = ""

    @classmethod
    def read(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Read the environment and `.env`.

        Raises:
            AmurError: a setting can't be understood; the message names it.
        """
        said = dict(os.environ if environment is None else environment)  # noqa: TID251 (the one reader)
        if environment is None and ENV_FILE.is_file():
            from dotenv import dotenv_values

            said = {k: v for k, v in dotenv_values(ENV_FILE).items() if v is not None} | said

        def of(name: str) -> str:
            return said.get(name) or said.get(name.lower()) or ""

        key, file, smtp = said.get("AMUR_COMTRADE_KEY"), said.get("AMUR_ALERT_FILE"), said.get("AMUR_ALERT_SMTP")
        webhook, heartbeat = said.get("AMUR_ALERT_WEBHOOK"), said.get("AMUR_HEARTBEAT_URL")
        if webhook and not (urlsplit(webhook).scheme and "://" in webhook):
            raise AmurError(at="AMUR_ALERT_WEBHOOK", expected="an address such as https://host/path", found="another")
        if heartbeat and not _is_web(heartbeat):
            raise AmurError(at="AMUR_HEARTBEAT_URL", expected="an http(s) address", found="another")
        if smtp:
            _mailbox(smtp)
        if (log := said.get("AMUR_LOG") or "") not in {"", "json"}:
            raise AmurError(at="AMUR_LOG", expected="json, or nothing", found=log)
        return cls(
            home=Path(said.get("AMUR_HOME") or "data").absolute(),
            sources=tuple(s.strip() for s in said.get("AMUR_SOURCES", "").split(",") if s.strip()),
            fixed_now=_instant(said.get("AMUR_NOW", "")),
            contact=said.get("AMUR_CONTACT") or NO_CONTACT,
            gap_s=_seconds(said.get("AMUR_GAP", "")),
            report=_yes("AMUR_REPORT", said.get("AMUR_REPORT", "")),
            proxies={s: p for s, p in (("http", of("HTTP_PROXY")), ("https", of("HTTPS_PROXY"))) if p},
            no_proxy=of("NO_PROXY"),
            ca_bundle=said.get("REQUESTS_CA_BUNDLE") or said.get("SSL_CERT_FILE") or None,
            comtrade_key=Secret(key) if key else None,
            alert_file=Path(file).absolute() if file else None,
            alert_webhook=Secret(webhook) if webhook else None,
            alert_smtp=Secret(smtp) if smtp else None,
            heartbeat=Secret(heartbeat) if heartbeat else None,
            log_echo=log == "json",
            lake=_lake(said),
            fanout=_pool(said.get("AMUR_FANOUT", "")),
        )

    @property
    def warehouse(self) -> Path | Lake:
        """Where the warehouse lies: a file of this home, or a lake that many homes share."""
        return self.home / WAREHOUSE if self.lake is None else self.lake

    def see_it_is_a_file(self, command: str, advice: str) -> None:
        """See that the warehouse is a file of this home: `command` is about that.

        Raises:
            AmurError: it is a lake; `advice` says what to do then.
        """
        if self.lake is not None:
            raise AmurError(
                url=str(self.lake), at=command, expected="a warehouse that is a file of AMUR_HOME", found="a lake",
                advice=advice,
            )  # fmt: skip

    @property
    def now(self) -> Callable[[], datetime]:
        """The run's clock."""
        fixed = self.fixed_now
        return clock if fixed is None else lambda: fixed

    def network(self) -> Network:
        """What the door to the network needs."""
        from sources.web import Network

        return Network(
            proxies=self.proxies,
            no_proxy=self.no_proxy,
            ca_bundle=self.ca_bundle,
            contact=self.contact,
            min_gap_s=self.gap_s,
            keys={source: key.reveal() for source, key in self._keys().items()},
        )

    def mailbox(self) -> Mailbox:
        """Who is told by e-mail, and how.

        Raises:
            AmurError: AMUR_ALERT_SMTP isn't set or of another form.
        """
        return _mailbox(self.alert_smtp.reveal() if self.alert_smtp is not None else "")

    @property
    def keys(self) -> frozenset[str]:
        """The sources for which there is a key."""
        return frozenset(self._keys())

    def _keys(self) -> dict[str, Secret]:
        return {"comtrade": self.comtrade_key} if self.comtrade_key is not None else {}


def _lake(said: Mapping[str, str]) -> Lake | None:
    """AMUR_WAREHOUSE and what belongs to it; None where the warehouse is a file, as it is without the setting.

    Raises:
        AmurError: it can't be understood.
    """
    setting, files = said.get("AMUR_WAREHOUSE") or "", said.get("AMUR_WAREHOUSE_FILES") or ""
    if not setting:
        if files:
            raise AmurError(
                at="AMUR_WAREHOUSE_FILES", expected="AMUR_WAREHOUSE beside it", found="nothing",
                advice="Without AMUR_WAREHOUSE the warehouse is a file of AMUR_HOME",
            )  # fmt: skip
        return None
    from warehouse.lake import Lake

    password = said.get("AMUR_WAREHOUSE_PASSWORD") or said.get("PGPASSWORD") or ""
    return Lake.read(setting, files, password, said)


def _instant(text: str) -> datetime | None:
    if not text.strip():
        return None
    try:
        when = datetime.fromisoformat(text.strip())
    except ValueError:
        raise AmurError(at="AMUR_NOW", expected="an ISO timestamp such as 2026-07-25T02:30:00Z", found=text) from None
    return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)


def _yes(name: str, text: str) -> bool:
    if text not in {"", "yes", "no"}:
        raise AmurError(at=name, expected="yes or no", found=text)
    return text != "no"


def _pool(text: str) -> str:
    kind, _, pool = text.strip().partition(":")
    if text.strip() and not (kind == "prefect" and re.fullmatch(r"[A-Za-z0-9_.-]{1,100}", pool)):
        raise AmurError(at="AMUR_FANOUT", expected="prefect:<work pool>, or nothing", found=text)
    return pool


def _seconds(text: str) -> float | None:
    if not text.strip():
        return None
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= 3600:  # noqa: PLR2004 (an hour)
        raise AmurError(at="AMUR_GAP", expected="seconds between 0 and 3600", found=text)
    return seconds


def _is_web(url: str) -> bool:
    try:
        address = urlsplit(url)
        port = address.port
    except ValueError:
        return False
    plain = url.isascii() and url.isprintable() and " " not in url
    return plain and address.scheme in {"http", "https"} and bool(address.hostname) and port != 0


def _mailbox(url: str) -> Mailbox:
    """AMUR_ALERT_SMTP as fields. What is wrong with it is told without any of it: it holds a password."""
    form = "smtp://user:password@host:port/?from=a@example.org&to=b@example.org (or smtps://)"
    try:
        address = urlsplit(url)
        port, said = address.port, parse_qs(address.query, strict_parsing=True, max_num_fields=20)
        near = address.hostname in {"localhost", "127.0.0.1", "::1"}
        plain = near or said.get("tls") == ["no"]
        if address.scheme not in {"smtp", "smtps"} or not address.hostname or set(said) - {"from", "to", "tls"}:
            raise ValueError
        if plain and not near and address.password:
            raise AmurError(
                at="AMUR_ALERT_SMTP", expected="no password with tls=no: it would be sent in the clear", found="one"
            )
        box = Mailbox(
            url=url,
            host=address.hostname,
            port=port or (465 if address.scheme == "smtps" else 25 if plain else 587),
            user=unquote(address.username or ""),
            password=unquote(address.password or ""),
            sender=said["from"][0],
            receivers=tuple(one.strip() for many in said["to"] for one in many.split(",") if one.strip()),
            mode="ssl" if address.scheme == "smtps" else "insecure" if plain else "starttls",
        )
    except (ValueError, KeyError):
        raise AmurError(at="AMUR_ALERT_SMTP", expected=form, found="another form") from None
    if not box.receivers or not all("@" in one and one.isprintable() for one in (box.sender, *box.receivers)):
        raise AmurError(at="AMUR_ALERT_SMTP", expected=form, found="no address of e-mail in from or to")
    if not (box.user + box.password).isascii():
        raise AmurError(
            at="AMUR_ALERT_SMTP", expected="user and password in ASCII: SMTP takes no other", found="others"
        )
    return box

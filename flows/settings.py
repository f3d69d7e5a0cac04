"""The settings, read once: environment first, then `.env` in the folder where the command runs."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sources.errors import AmurError

if TYPE_CHECKING:
    from sources.web import Network

__all__ = ["Secret", "Settings", "clock"]

ENV_FILE: Final = Path(".env")
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


def clock() -> datetime:
    """The real instant, aware, UTC."""
    return datetime.now(UTC)  # noqa: TID251 (the one clock; everything below gets it as an argument)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment says. `fixed_now` is AMUR_NOW: then the clock stands still at that instant."""

    home: Path
    sources: tuple[str, ...] = ()
    fixed_now: datetime | None = None
    contact: str = NO_CONTACT
    gap_s: float | None = None
    proxies: Mapping[str, str] = field(default_factory=dict)
    no_proxy: str = ""
    ca_bundle: str | None = None
    comtrade_key: Secret | None = None

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

        key = said.get("AMUR_COMTRADE_KEY")
        return cls(
            home=Path(said.get("AMUR_HOME") or "data").absolute(),
            sources=tuple(s.strip() for s in said.get("AMUR_SOURCES", "").split(",") if s.strip()),
            fixed_now=_instant(said.get("AMUR_NOW", "")),
            contact=said.get("AMUR_CONTACT") or NO_CONTACT,
            gap_s=_seconds(said.get("AMUR_GAP", "")),
            proxies={s: p for s, p in (("http", of("HTTP_PROXY")), ("https", of("HTTPS_PROXY"))) if p},
            no_proxy=of("NO_PROXY"),
            ca_bundle=said.get("REQUESTS_CA_BUNDLE") or said.get("SSL_CERT_FILE") or None,
            comtrade_key=Secret(key) if key else None,
        )

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

    @property
    def keys(self) -> frozenset[str]:
        """The sources for which there is a key."""
        return frozenset(self._keys())

    def _keys(self) -> dict[str, Secret]:
        return {"comtrade": self.comtrade_key} if self.comtrade_key is not None else {}


def _instant(text: str) -> datetime | None:
    if not text.strip():
        return None
    try:
        when = datetime.fromisoformat(text.strip())
    except ValueError:
        raise AmurError(at="AMUR_NOW", expected="an ISO timestamp such as 2026-07-25T02:30:00Z", found=text) from None
    return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)


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

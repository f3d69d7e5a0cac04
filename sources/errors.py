"""What can go wrong between the public web and a row, as one tree.

    AmurError
    ├── Unreachable        no usable answer: refused, timed out, cut short, a server's error, 404
    │   └── OutOfQuota     the calls of the day are used up, by our own count or by the service's
    ├── Refused            Amur will not ask: robots.txt, an address that isn't public, an unlisted host
    │   └── KeyRefused     the service does not take the key that the operator set
    ├── LayoutChanged      the bytes arrived and can't be read as what they should be
    │   ├── Blocked        a challenge, CAPTCHA, login or error page in place of the document
    │   ├── Empty          an answer of 200 with nothing in it
    │   ├── WrongDocument  a document of another kind, or of another source
    │   │   └── Incomplete the right kind, without something that only its bringer can add
    │   ├── Contradiction  the document disagrees with itself, or with what was asked for
    │   ├── CutOff         as many rows as the publisher ever gives: the rest was cut off without a word
    │   └── Unreadable     a known form that holds no figures (a picture of a table)
    ├── ArchiveDamaged     archived bytes are missing or are not what their name says
    ├── BackupDamaged      a backup was cut short, or a file of it is not what its manifest says
    ├── LoadFailed         the warehouse could not take a batch
    ├── PublishFailed      the published database could not be made or verified
    └── Busy               another run holds the lock

Each carries its facts as fields; `__str__` alone words them: the source, the URL or file, the period, what was
expected, what was found, and what to do next.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sources.contract import Payload

__all__ = [
    "AmurError",
    "ArchiveDamaged",
    "BackupDamaged",
    "Blocked",
    "Busy",
    "Contradiction",
    "CutOff",
    "Empty",
    "Incomplete",
    "KeyRefused",
    "LayoutChanged",
    "LoadFailed",
    "OutOfQuota",
    "PublishFailed",
    "Refused",
    "Unreachable",
    "Unreadable",
    "WrongDocument",
]

LONGEST_QUOTE: Final = 160


def inert(text: object) -> str:
    """Foreign text on one line, whole: no control and no direction characters, single blanks."""
    return " ".join("".join(c if c.isprintable() else " " for c in str(text)).split())


def quoted(text: object) -> str:
    """Foreign text made safe for one line of a message: as `inert`, at most 160 characters."""
    flat = inert(text)
    return flat if len(flat) <= LONGEST_QUOTE else flat[: LONGEST_QUOTE - 1] + "…"


class AmurError(Exception):
    """Any failure that Amur names itself; `kind` is its stable word in tables and JSON."""

    kind = "error"
    advice = ""

    def __init__(
        self,
        *,
        source: str = "",
        url: str = "",
        period: str = "",
        at: str = "",
        expected: object = "",
        found: object = "",
        advice: str = "",
    ) -> None:
        """Keep the facts; every one may be empty where it doesn't apply."""
        super().__init__(source, url, period, at, str(expected), str(found))
        self.source, self.url, self.period, self.at = source, url, period, at
        self.expected, self.found = expected, found
        self.advice = advice or type(self).advice

    def __reduce__(self) -> tuple[object, ...]:
        """Cross a process boundary whole: parsing runs in a child."""
        return (_remake, (type(self), self.facts() | {"advice": self.advice}))

    def facts(self) -> dict[str, str]:
        """The fields as text, for a ledger row or JSON."""
        return {
            "source": self.source,
            "url": self.url,
            "period": self.period,
            "at": self.at,
            "expected": quoted(self.expected) if self.expected != "" else "",
            "found": quoted(self.found) if self.found != "" else "",
        }

    def cause(self) -> str:
        """Place, expectation and finding in one clause, without the source and URL."""
        fact = self.facts()
        said = [f"at {quoted(fact['at'])}"] if fact["at"] else []
        if fact["expected"]:
            said.append(f"expected {fact['expected']}")
        said.append(f"found {fact['found']}" if fact["found"] else self.kind)
        return ", ".join(said)

    def __str__(self) -> str:
        """One line: source, period, url, place, what was expected and found, what to do."""
        subject = " ".join(inert(part) for part in (self.source, self.period, self.url) if part)
        line = f"{subject}: {self.cause()}" if subject else self.cause()
        return f"{line}. {self.advice}" if self.advice else line


def _remake(kind: type[AmurError], facts: dict[str, str]) -> AmurError:
    return kind(**facts)


class Unreachable(AmurError):
    """No usable answer after every attempt that was worth making; the last good data stays."""

    kind = "unreachable"
    advice = "The next nightly run asks again"
    calls = 0  # how many were made to the service


class OutOfQuota(Unreachable):
    """The calls that a service allows a day are used up: nothing more of it is asked for in this run."""

    kind = "quota"


class Refused(AmurError):
    """A request that Amur itself will not send."""

    kind = "refused"


class KeyRefused(Refused):
    """A service that wants a key does not take the one that was set: a fault of the settings, not of the service."""

    kind = "key"


class LayoutChanged(AmurError):
    """The bytes can't be read as this source's document; the batch is held with the bytes archived."""

    kind = "layout"
    advice = "The bytes are archived; see `amur quarantine list`"

    def __init__(
        self,
        payload: Payload | None = None,
        *,
        at: str = "",
        expected: object = "",
        found: object = "",
        source: str = "",
        url: str = "",
        period: str = "",
        advice: str = "",
    ) -> None:
        """Take source, URL and period from `payload` where it is given."""
        if payload is not None:
            source, url = source or payload.source, url or payload.url
            period = period or payload.period
        super().__init__(source=source, url=url, period=period, at=at, expected=expected, found=found, advice=advice)


class Blocked(LayoutChanged):
    """A verification, login or error page came in place of the document."""

    kind = "blocked"


class Empty(LayoutChanged):
    """An answer of 200 with nothing in it: not a success, and never zero."""

    kind = "empty"


class Contradiction(LayoutChanged):
    """The document disagrees with itself or with what was asked for."""

    kind = "contradiction"


class CutOff(LayoutChanged):
    """Exactly as many rows as the publisher gives at most: the rest was cut off without a word."""

    kind = "cut off"


class WrongDocument(LayoutChanged):
    """Bytes of another kind than the source's: a file brought by hand is then refused, not held."""

    kind = "wrong document"


class Incomplete(WrongDocument):
    """The right kind of file, but it lacks what only its bringer can add: refused with what to do, not held."""

    kind = "incomplete"


class Unreadable(LayoutChanged):
    """A known form without figures, such as the picture tables of 2018; noted once, no error each night."""

    kind = "unreadable"
    advice = "Nothing to do: this page has never held figures as text"


class ArchiveDamaged(AmurError):
    """Archived bytes are missing or don't hash to their name."""

    kind = "archive"
    advice = "Restore the file from a backup of archive/, then run `amur verify`"


class BackupDamaged(AmurError):
    """A backup was cut short, or one of its files is missing or isn't what the manifest says."""

    kind = "backup"
    advice = "Use another backup"


class LoadFailed(AmurError):
    """The warehouse could not take a batch; its transaction was rolled back."""

    kind = "load"


class PublishFailed(AmurError):
    """The publication could not be made or verified; the one before it stands."""

    kind = "publish"


class Busy(AmurError):
    """Another run holds the lock on AMUR_HOME."""

    kind = "busy"

"""Derive a citation again: from archived bytes by their hash, and through the query on the published database.

The file comes from anywhere. Each of its fields is checked for its form; its line and its query are made anew and
compared, never run; what its bodies say is parsed by `parse`, which the caller may let run in a child.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import math
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from types import NoneType
from typing import Any, Final

import duckdb

from sources import catalogue
from sources.contract import Observation, Payload
from sources.errors import AmurError, ArchiveDamaged, LayoutChanged, quoted
from warehouse import wording
from warehouse.archive import Archive
from warehouse.cite import LARGEST_EMBEDDED, VERSION, around, grade_of, line_of, replay_of, replayed
from warehouse.corrections import CORRECTED, correction_in
from warehouse.database import AMUR_VERSION
from warehouse.reparse import Parse, Reparser, key_of

__all__ = ["Checked", "read", "verify"]

LARGEST_FILE: Final = 64 << 20
LARGEST_BODY: Final = 256 << 20
CLOSE: Final = 1e-9  # of a sum, whose terms may come in another order
NUMBER: Final = (int, float)
HEX_DIGITS: Final = 64
HEAD: Final[Mapping[str, tuple[type, ...]]] = {
    "kind": (str,), "name": (str,), "title": (str,), "freq": (str,), "period": (str,), "period_start": (str,),
    "period_end": (str,), "value": NUMBER, "unit": (str,), "obs_status": (str,), "known_at": (str,),
    "known_at_basis": (str, NoneType), "grade": (str,), "inputs": (list,), "as_of": (str,), "cited_at": (str,),
    "amur_version": (str,), "figures": (list,), "bodies": (list,), "replay_sql": (str,), "line": (str,),
}  # fmt: skip
FIGURE: Final[Mapping[str, tuple[type, ...]]] = {
    "series_key": (str,), "source": (str,), "measure": (str,), "freq": (str,), "period": (str,),
    "value": (*NUMBER, NoneType), "unit": (str,), "known_at": (str,), "payload_sha256": (str,), "locator": (str,),
    "url": (str,), "title": (str,), "flow": (str,), "content_type": (str,), "fetched_at": (str,), "publisher": (str,),
    "licence": (str,), "attribution": (str,), "surroundings": (str, NoneType), "revision_profile": (dict, NoneType),
}  # fmt: skip


@dataclass(slots=True)
class Checked:
    """What came of a verification, in words: what differs, what could not be had, what is worth knowing."""

    differs: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    figures: int = 0

    @property
    def verified(self) -> bool:
        """Was everything found again as the file says?"""
        return not self.differs and not self.missing

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "verified": self.verified, "figures": self.figures, "differs": self.differs, "missing": self.missing,
            "notes": self.notes,
        }  # fmt: skip


def read(path: Path) -> dict[str, Any]:
    """The citation in a file, its form checked.

    Raises:
        AmurError: it is no citation of a version that this program knows; names the field.
        OSError: it can't be read.
    """
    if path.stat().st_size > LARGEST_FILE:
        raise _wrong("file", f"at most {LARGEST_FILE >> 20} MiB", "more")
    try:
        found = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise _wrong(str(path), "a citation in JSON", f"{type(error).__name__}: {error}") from error
    if not isinstance(found, dict) or found.get("citation_version") != VERSION:
        version = found.get("citation_version", "none") if isinstance(found, dict) else type(found).__name__
        raise _wrong("citation_version", VERSION, version)
    _form("", found, HEAD)
    if found["kind"] not in {"indicator", "series"}:
        raise _wrong("kind", "indicator or series", found["kind"])
    for name in ("method",) if found["kind"] == "indicator" else ():
        _form("", found, {name: (str,)})
    if not all(isinstance(text, str) for text in found["inputs"]):
        raise _wrong("inputs", "texts", "others")
    for number, figure in enumerate(found["figures"]):
        at = f"figures[{number}]."
        if not isinstance(figure, dict):
            raise _wrong(at, "an object", type(figure).__name__)
        _form(at, figure, FIGURE)
        catalogue.entry(figure["source"])
        if len(figure["payload_sha256"]) != HEX_DIGITS or set(figure["payload_sha256"]) - set("0123456789abcdef"):
            raise _wrong(f"{at}payload_sha256", "a sha256 in hexadecimal", figure["payload_sha256"])
        _instant(f"{at}fetched_at", figure["fetched_at"])
    for name in ("as_of", "cited_at", "known_at"):
        _instant(name, found[name])
    for name in ("period_start", "period_end"):
        try:
            date.fromisoformat(found[name])
        except ValueError as error:
            raise _wrong(name, "a day", found[name]) from error
    return found


def _wrong(at: str, expected: object, found: object) -> AmurError:
    return AmurError(at=f"cite --verify {at}", expected=expected, found=found)


def _form(at: str, said: Mapping[str, Any], form: Mapping[str, tuple[type, ...]]) -> None:
    for name, kinds in form.items():
        if name not in said:
            raise _wrong(f"{at}{name}", "a value", "none")
        value = said[name]
        odd = isinstance(value, float) and not math.isfinite(value)
        if not isinstance(value, kinds) or isinstance(value, bool) or odd:
            raise _wrong(f"{at}{name}", " or ".join(kind.__name__ for kind in kinds), f"{value}")


def _instant(at: str, text: str) -> datetime:
    try:
        when = datetime.fromisoformat(text)
    except ValueError as error:
        raise _wrong(at, "an ISO timestamp", text) from error
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def verify(
    citation: Mapping[str, Any],
    archive: Archive,
    connection: duckdb.DuckDBPyConnection | None,
    parse: Parse,
) -> Checked:
    """Hold a citation (as `read` gives it) against the bytes, the catalogue and the published database of this machine.

    Args:
        citation: the file.
        archive: where bodies are looked up by hash, before those that the file brings with it.
        connection: the published database; None where nothing is published here.
        parse: reads a payload.
    """
    done = Checked(figures=len(citation["figures"]))
    _same(done, "line", citation["line"], _made(line_of, citation))
    _same(done, "replay_sql", citation["replay_sql"], _made(replay_of, citation))
    figures = _Bytes(citation, archive, parse, done)
    for figure in citation["figures"]:
        _terms(figure, citation, done)
        figures.check(figure)
    if citation["kind"] == "series":
        _series(citation, figures.found, connection, done)
    else:
        _indicator(citation, connection, done)
    return done


def _made(how: Any, citation: Mapping[str, Any]) -> str:  # noqa: ANN401 (one of two functions)
    try:
        return str(how(citation))
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        return f"none ({type(error).__name__})"


def _same(done: Checked, what: str, said: object, found: object) -> None:
    if said != found:
        done.differs.append(f"{what}: the file says {quoted(said)}, here it is {quoted(found)}")


def _terms(figure: Mapping[str, Any], citation: Mapping[str, Any], done: Checked) -> None:
    """Publisher, licence and wording by the catalogue; another version of the program may word them otherwise."""
    entry = catalogue.entry(figure["source"])
    for name in ("publisher", "licence", "attribution"):
        said, ours = figure[name], getattr(entry, name)
        if said != ours and citation["amur_version"] == AMUR_VERSION:
            _same(done, f"{figure['source']} {name}", said, ours)
        elif said != ours:
            done.notes.append(f"{figure['source']} {name} is worded otherwise by this version: {quoted(ours)}")


class _Bytes:
    """The bodies of a citation, out of the archive or out of the file, each looked up and parsed once."""

    def __init__(self, citation: Mapping[str, Any], archive: Archive, parse: Parse, done: Checked) -> None:
        self.archive, self.done = archive, done
        self.reparser = Reparser(archive, parse)
        self.brought: dict[str, bytes] = {}
        for body in citation["bodies"]:
            if isinstance(body, dict) and isinstance(body.get("base64_gz"), str):
                self._take(str(body.get("sha256")), body["base64_gz"])
        self.bodies: dict[str, bytes | None] = {}
        self.found: dict[str, Observation] = {}

    def _take(self, sha256: str, text: str) -> None:
        """A body that the file brings counts only if its hash is right; it is unpacked up to a limit."""
        try:
            packed = base64.b64decode(text, validate=True)
            if len(packed) > LARGEST_EMBEDDED:
                raise ValueError("too large")
            unpack = zlib.decompressobj(wbits=31)
            body = unpack.decompress(packed, LARGEST_BODY)
        except (ValueError, binascii.Error, zlib.error) as error:
            self.done.differs.append(f"body {quoted(sha256)}: can't be unpacked: {quoted(error)}")
            return
        found = hashlib.sha256(body).hexdigest()
        if found != sha256 or not unpack.eof:
            self.done.differs.append(f"body {quoted(sha256)}: the bytes in the file have the sha256 {found}")
            return
        self.brought[sha256] = body

    def body(self, figure: Mapping[str, Any]) -> bytes | None:
        sha256 = figure["payload_sha256"]
        if sha256 not in self.bodies:
            try:
                self.bodies[sha256] = self.archive.body(sha256)
            except ArchiveDamaged as damage:
                self.bodies[sha256] = self.brought.get(sha256)
                if sha256 not in self.brought:
                    self.done.missing.append(_how_to_bring(figure, damage))
        return self.bodies[sha256]

    def check(self, figure: Mapping[str, Any]) -> None:
        """Parse again: the value at the place, and the words around it."""
        body = self.body(figure)
        if body is None:
            return
        name = f"{figure['series_key']} {figure['period']}"
        payload = Payload(
            source=figure["source"], url=figure["url"], body=body, sha256=figure["payload_sha256"],
            fetched_at=_instant("fetched_at", figure["fetched_at"]), content_type=figure["content_type"],
            title=figure["title"], flow=figure["flow"],
        )  # fmt: skip
        try:
            found = self.reparser.said_of(payload, figure, figure["period"])
        except LayoutChanged as error:
            self.done.differs.append(f"{name}: its bytes can't be read: {error.cause()}")
            return
        if found is None:
            self.done.differs.append(f"{name}: no figure at {quoted(figure['locator'])}")
            return
        self.found[name] = found
        if CORRECTED in figure["locator"]:
            correction = correction_in(figure["locator"])
            right = correction.right_value if correction else "in none"
            _same(self.done, f"{name} by the ledger of corrections", figure["value"], right)
        elif (None if found.value is None else float(found.value)) != figure["value"]:
            self.done.differs.append(f"{name}: the file says {figure['value']}, its bytes say {found.value}")
        _same(self.done, f"{name} series", figure["series_key"], key_of(figure["source"], found))
        if figure["surroundings"] is not None:
            _same(self.done, f"{name} surroundings", figure["surroundings"], around(payload, figure["locator"]))


def _how_to_bring(figure: Mapping[str, Any], damage: ArchiveDamaged) -> str:
    sha256, address = figure["payload_sha256"], quoted(figure["url"])
    if damage.found != "no file":
        return f"{sha256}: damaged in this archive; `amur verify` says more"
    if figure["url"].startswith(("http://", "https://")):
        how = f"save {address} to a file, then: amur ingest FILE --source {figure['source']} --url {address}"
    elif figure["url"].startswith("shipped:"):
        how = f"it comes with Amur of the version that cited it: amur nightly --only {figure['source']}"
    else:
        how = f"ask who cited it for the file ({address}), then: amur ingest FILE --source {figure['source']}"
    return f"{sha256}: bytes not in this archive; {how}; or ask for a citation made --with-bytes"


def _series(
    citation: Mapping[str, Any],
    found: Mapping[str, Observation],
    connection: duckdb.DuckDBPyConnection | None,
    done: Checked,
) -> None:
    """A series is its one figure; a published database that holds it must say the same as of that instant."""
    if len(citation["figures"]) != 1:
        done.differs.append(f"figures: a series has one, the file {len(citation['figures'])}")
        return
    figure = citation["figures"][0]
    for name in ("value", "unit", "freq", "period", "known_at"):
        _same(done, name, citation[name], figure[name])
    _same(done, "name", citation["name"], figure["series_key"])
    _same(done, "grade", citation["grade"], grade_of(figure["source"], citation["obs_status"]))
    for one in found.values():
        facts = {name: getattr(one, name) for name in ("reporter", "partner", "partner_name", "product", "measure")} | {
            "direction": one.flow
        }
        _same(done, "title", citation["title"], wording.title(facts))
        for name in ("period_start", "period_end"):
            _same(done, name, citation[name], str(getattr(one, name)))
    if connection is None:
        done.notes.append("nothing is published here: the value comes from its bytes alone")
        return
    row = replayed(connection, citation)
    if row is None:
        done.notes.append("the published database of this machine has no such figure as of then")
        return
    for name in ("value", "unit", "obs_status", "known_at", "known_at_basis"):
        _same(done, f"{name} by the published database", citation[name], row[name])


def _indicator(citation: Mapping[str, Any], connection: duckdb.DuckDBPyConnection | None, done: Checked) -> None:
    """An answer is computed again by the published database, from the same inputs and by the same method."""
    cells = {f"{figure['series_key']} {figure['period']}" for figure in citation["figures"]}
    if strange := sorted(cells - set(citation["inputs"])):
        done.differs.append(f"figures: {quoted(strange[0])} is no input")
    if connection is None:
        done.missing.append(
            "nothing is published here, so the indicator can't be computed again: `amur nightly` or `amur rebuild`"
        )
        return
    row = replayed(connection, citation)
    if row is None:
        done.missing.append("the published database of this machine has no such answer as of then")
        return
    if row["value"] is None or not math.isclose(row["value"], citation["value"], rel_tol=CLOSE):
        _same(done, "value by the published database", citation["value"], row["value"])
    for name in ("title", "unit", "obs_status", "known_at", "grade", "basis", "method", "method_text", "coverage"):
        _same(done, f"{name} by the published database", citation.get(name), row[name])
    if sorted(row["inputs"]) != sorted(citation["inputs"]):
        done.differs.append(
            f"inputs: the file has {len(citation['inputs'])}, here they are {len(row['inputs'])} or others"
        )

"""The claims ledger: every claim answered now and as of the end of the day on which it was made.

A shipped claim is a file of this program and runs on the writer's connection. A user's claim is somebody's SQL: it runs
in a child process, on a copy, read-only and locked (`claim_child`); what goes wrong there is that claim's error alone.
"""

from __future__ import annotations

import json
import os
import selectors
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any, Final, cast

import duckdb

from warehouse.claim_files import Claim, fingerprint, shipped, users
from warehouse.database import Database, naive, statement

__all__ = [
    "NOW", "RELATIONS", "Answer", "Answered", "answer_all", "answered", "answers_at", "asked_of_users", "end_of",
    "is_answered", "note",
]  # fmt: skip

NOW: Final = "infinity"
# What claims ask, and how it is laid out as of an instant: computed once, or looked through where it is large.
RELATIONS: Final = {
    "indicators": "TABLE", "observations": "VIEW", "events": "TABLE", "projects": "TABLE", "project_history": "TABLE",
}  # fmt: skip
FOLDER: Final = "claims"
LIMIT_S: Final = 5.0  # for one answer to a user's claim
GRACE_S: Final = 3.0  # for DuckDB to hear of its interruption
CHILD: Final = "import sys; sys.path[:0] = sys.argv[1:]; import warehouse.claim_child as child; child.main()"
PREPARING_S: Final = 300.0  # for the child to lay out what was known at each instant
TOTAL_S: Final = 300.0  # for all of them: a night has other things to do


@dataclass(frozen=True, slots=True)
class Answer:
    """What a claim comes to at one instant; `error` is why it could not be answered."""

    computed: float | None
    status: str
    why: str
    evidence: tuple[str, ...]
    error: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """A claim with its answers now and then."""

    claim: Claim
    now: Answer
    then: Answer


def failed(why: str) -> Answer:
    """The answer of a claim that has none."""
    return Answer(None, "error", why, (), why)


def end_of(day: date) -> str:
    """The last instant of a day (UTC): what was known by then was known on that day."""
    return f"{day.isoformat()} 23:59:59.999999"


def answer_all(db: Database, home: Path) -> list[Answered]:
    """Every claim, shipped and the user's, in the order of their ids. Not inside a transaction.

    Nothing that a user's file holds makes this fail; a shipped claim that can't be answered is an `error` too.
    """
    with answered(db, home) as told:
        return told


@contextmanager
def answered(db: Database, home: Path) -> Iterator[list[Answered]]:
    """What `answer_all` gives; for the block the `RELATIONS` are tables of what is known now, computed once.

    They hide the views, which say the same at several times the cost: whoever publishes reads them too. Nothing may
    be loaded within the block.
    """
    ours, theirs = shipped(), users(home / FOLDER)
    then = {instant: answers_at(db, claims, instant) for instant, claims in _by_instant(ours).items() if instant != NOW}
    with ExitStack() as block:
        try:
            block.enter_context(_as_of(db, NOW))
            now = {claim.claim_id: _answer(db, claim) for claim in ours}
        except duckdb.Error as error:
            now = {claim.claim_id: failed(_words(error)) for claim in ours}
        then[NOW] = now
        told = [Answered(claim, now[claim.claim_id], then[_then(claim)][claim.claim_id]) for claim in ours]
        if theirs:
            db.execute("CHECKPOINT")  # the child copies the file, and the file then holds everything
            told += asked_of_users(db.path, home, theirs)
        yield told


def _then(claim: Claim) -> str:
    return NOW if claim.claimed_on is None else end_of(claim.claimed_on)


def _by_instant(claims: Iterable[Claim]) -> dict[str, list[Claim]]:
    found: dict[str, list[Claim]] = {}
    for claim in claims:
        found.setdefault(_then(claim), []).append(claim)
    return found


def answers_at(db: Database, claims: Sequence[Claim], instant: str) -> dict[str, Answer]:
    """The answers of shipped claims with what was known at an instant (UTC text), by claim id."""
    try:
        with _as_of(db, instant):
            return {claim.claim_id: _answer(db, claim) for claim in claims}
    except duckdb.Error as error:
        return {claim.claim_id: failed(_words(error)) for claim in claims}


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"


@contextmanager
def _as_of(db: Database, instant: str) -> Iterator[None]:
    """For the block, the names that claims ask stand for what was known then: temporary ones hide the views."""
    try:
        with _tellings(db, instant):
            for name, kind in RELATIONS.items():
                db.execute(f"CREATE OR REPLACE TEMP {kind} {name} AS FROM {name}_as_of(TIMESTAMP '{instant}')")
        yield
    finally:
        for name, kind in RELATIONS.items():
            db.execute(f"DROP {kind} IF EXISTS temp.{name}")


@contextmanager
def _tellings(db: Database, instant: str) -> Iterator[None]:
    """For the block, the tellings as of that one instant are read off a table: events and both views of projects ask.

    To plan what makes them of words costs more than to run it, and each of the three would.
    """
    try:
        db.execute(f"CREATE OR REPLACE TEMP TABLE tellings_then AS FROM tellings_as_of(TIMESTAMP '{instant}')")
        db.execute("CREATE OR REPLACE TEMP MACRO tellings_as_of(ts) AS TABLE FROM temp.tellings_then")
        yield
    finally:
        db.execute("DROP MACRO TABLE IF EXISTS temp.tellings_as_of")
        db.execute("DROP TABLE IF EXISTS temp.tellings_then")


def _answer(db: Database, claim: Claim) -> Answer:
    try:
        result = db.execute(f"SELECT computed, status, why, evidence FROM ({claim.sql.rstrip().removesuffix(';')})")  # noqa: S608 (a shipped file)
        ((computed, status, why, evidence),) = result.fetchall()
    except (duckdb.Error, ValueError) as error:
        return failed(_words(error))
    return Answer(computed, status, why, tuple(evidence))


def is_answered(db: Database, home: Path) -> bool:
    """Are the user's claims those that were answered last?"""
    rows = db.rows("SELECT file, sha256 FROM claim_texts WHERE origin = 'user' ORDER BY file, sha256")
    return [(str(file), str(sha256)) for file, sha256 in rows] == fingerprint(users(home / FOLDER))


def note(db: Database, told: Sequence[Answered], snapshot_id: str, now: datetime) -> None:
    """Write the answers down, and a row of history where one is another than before. Inside a transaction."""
    db.execute("DELETE FROM claim_answers")
    db.execute("DELETE FROM claim_texts WHERE origin = 'user'")
    for one in told:
        claim = one.claim
        if claim.origin == "user":
            db.execute(
                "INSERT INTO claim_texts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    claim.claim_id, claim.claim, claim.claimed_on, claim.asks, claim.expected, claim.tolerance,
                    claim.unit, claim.note, claim.origin, claim.file, claim.sha256,
                ],
            )  # fmt: skip
        db.execute(
            "INSERT INTO claim_answers VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                claim.claim_id, one.now.computed, one.now.status, one.now.why, list(one.now.evidence),
                one.then.computed, one.then.status, one.then.why, list(one.then.evidence),
                one.now.error or one.then.error or None,
            ],
        )  # fmt: skip
    db.execute(statement("load/note_claims"), [naive(now), snapshot_id])


# --- the user's ---------------------------------------------------------------------------------------------------


def asked_of_users(
    database: Path, home: Path, claims: Sequence[Claim], *, instant: str = "", limit_s: float = LIMIT_S
) -> list[Answered]:
    """The answers to users' claims, now and then, or at one instant alone (then both are the same).

    They are asked on a copy of `database` that a child process makes in `home`; `database` may be open for writing
    here, idle, and just checkpointed.
    """
    answers: dict[tuple[str, str], Answer] = {}
    waiting = [
        (claim, when)
        for claim in claims
        if not claim.error
        for when in dict.fromkeys([instant] if instant else [NOW, _then(claim)])
    ]
    scratch = home / f".claims.{os.getpid()}.tmp.duckdb"
    until = time.monotonic() + TOTAL_S
    try:
        while waiting and time.monotonic() < until:
            told, why = _one_child(database, scratch, waiting, limit_s, until)
            answers |= {(waiting[n][0].claim_id, waiting[n][1]): answer for n, answer in enumerate(told)}
            waiting = waiting[len(told) :]
            if waiting and why:  # it broke on the first that it did not answer
                claim, when = waiting.pop(0)
                answers[claim.claim_id, when] = failed(why)
    finally:
        clear_scratch(home, scratch.name)
    late = failed(f"not asked: all claims together may take {TOTAL_S:g} s")
    answers |= {(claim.claim_id, when): late for claim, when in waiting}
    return [
        Answered(
            claim,
            failed(claim.error) if claim.error else answers[claim.claim_id, instant or NOW],
            failed(claim.error) if claim.error else answers[claim.claim_id, instant or _then(claim)],
        )
        for claim in claims
    ]


def clear_scratch(home: Path, name: str = ".claims.*.tmp.duckdb") -> None:
    """Remove the copies on which claims were asked."""
    for left in home.glob(f"{name}*"):
        left.unlink(missing_ok=True)


def _one_child(
    database: Path, scratch: Path, asked: Sequence[tuple[Claim, str]], limit_s: float, until: float
) -> tuple[list[Answer], str]:
    """What a child answers, in order, until it is done, its time is up, or it breaks; and why it broke."""
    request = {
        "database": str(database), "scratch": str(scratch), "limit_s": limit_s,
        "relations": RELATIONS,
        "asked": [{"sql": claim.sql, "instant": when} for claim, when in asked],
    }  # fmt: skip
    told: list[Answer] = []
    with subprocess.Popen(  # noqa: S603 (this program, in a process of its own)
        [sys.executable, "-I", "-c", CHILD, str(Path(__file__).parents[1])],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={"PATH": os.defpath},
    ) as child:  # fmt: skip
        try:
            with cast("IO[bytes]", child.stdin) as stdin:
                stdin.write(json.dumps(request).encode())
            lines = _Lines(cast("IO[bytes]", child.stdout).fileno())
            ready = lines.next(PREPARING_S)
            if ready != {"ready": True}:
                why = ready.get("error") if ready else "the copy on which claims are asked could not be made"
                return [failed(str(why)) for _ in asked], ""
            for claim, _ in asked:
                if time.monotonic() > until:
                    break
                row = lines.next(limit_s + GRACE_S)
                if row is None:
                    return told, f"no answer within {limit_s:g} s, or the query took its process down"
                told.append(_judged(claim, row))
        except BrokenPipeError:
            return told, "the process that asks claims broke"
        finally:
            child.kill()
    return told, ""


class _Lines:
    """Lines of JSON from a pipe, each waited for no longer than told."""

    def __init__(self, pipe: int) -> None:
        self.pipe, self.rest = pipe, b""

    def next(self, seconds: float) -> dict[str, Any] | None:
        """The next line; None at the end, or when none came in time."""
        until = time.monotonic() + seconds
        with selectors.DefaultSelector() as selector:
            selector.register(self.pipe, selectors.EVENT_READ)
            while b"\n" not in self.rest:
                if not selector.select(max(0.0, until - time.monotonic())):
                    return None
                part = os.read(self.pipe, 1 << 16)
                if not part:
                    return None
                self.rest += part
        line, _, self.rest = self.rest.partition(b"\n")
        found: dict[str, Any] = json.loads(line)
        return found


def _judged(claim: Claim, row: Mapping[str, Any]) -> Answer:
    """A child's row as an answer; where the query names no status it follows from what the claim expects."""
    if error := row.get("error"):
        return failed(str(error))
    computed = row["computed"]
    status = row["status"] or _status(claim, computed)
    if not status:
        return failed("expected a status from the query, or expected: a figure to compare with")
    why = row["why"]
    if not why and computed is not None:
        against = "" if claim.expected is None else f", expected {claim.expected:.15g}"
        why = f"computed {computed:.15g}{against}"
    return Answer(computed, status, why, tuple(row["evidence"]))


def _status(claim: Claim, computed: float | None) -> str:
    """Within the tolerance confirmed; a change in percent that has the right sign imprecise; else contradicted."""
    if computed is None:
        return "no data"
    if claim.expected is None:
        return ""
    try:
        off = (
            abs(_day(computed) - _day(claim.expected)).days if claim.unit == "date" else abs(computed - claim.expected)
        )
    except ValueError:
        return "contradicted"  # no day that there is
    if off <= (claim.tolerance or 0):
        return "confirmed"
    return "imprecise" if claim.unit == "percent" and computed * claim.expected > 0 else "contradicted"


def _day(number: float) -> date:
    return date(int(number) // 10000, int(number) // 100 % 100, int(number) % 100)

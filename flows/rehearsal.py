"""`amur rehearse`: what the nights of the archive came to, and with seeded faults what of these was caught."""

from __future__ import annotations

import tempfile
from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from flows.faults import KINDS, Fault, Faulty, sow
from flows.nights import Night, Shelf, nights
from flows.rehearse import Cells, Outcome, Stage, as_json, figures, outcome
from sources.errors import AmurError
from warehouse.archive import Archive, Record

__all__ = ["Caught", "Rehearsal", "Trial", "rehearse", "span"]

CAUGHT: Final = ("held", "refused", "warned")


@dataclass(frozen=True, slots=True)
class Caught:
    """What became of a fault: `held` by the judge, `refused` by the parser, `warned` of in that night, or `missed`.

    `why` names the rule or the reason. `wrong_cells` is how many wrong figures readers saw at most, `days` for how
    long, to the night in which none was left.
    """

    fault: Fault
    how: str
    why: str
    wrong_cells: int = 0
    days: int = 0


@dataclass(slots=True)
class Trial:
    """A rehearsal with faults, against the one without."""

    seed: int
    caught: list[Caught]
    false_alarms: int
    differences: int
    outcome: Outcome

    @property
    def missed(self) -> list[Caught]:
        """The faults that nobody saw."""
        return [one for one in self.caught if one.how not in CAUGHT]

    @property
    def precision(self) -> float | None:
        """Of the batches that were held or refused, the share that was wrong indeed."""
        real = sum(one.how in {"held", "refused"} for one in self.caught)
        return real / (real + self.false_alarms) if real + self.false_alarms else None

    @property
    def recall(self) -> float | None:
        """Of the faults, the share that was caught."""
        return 1 - len(self.missed) / len(self.caught) if self.caught else None

    def kinds(self) -> dict[str, dict[str, int]]:
        """For each kind: how many, and what became of them."""
        told: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
        for one in self.caught:
            told[one.fault.kind][one.how] += 1
        return {kind: dict(each) for kind, each in told.items() if each}


@dataclass(slots=True)
class Rehearsal:
    """Both parts; `notes` say in words what to know of them."""

    sources: list[str]
    outcome: Outcome
    trial: Trial | None = None
    notes: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        trial = self.trial
        return {
            "sources": self.sources, **as_json(self.outcome), "notes": self.notes,
            "trial": None if trial is None else {
                "seed": trial.seed, "faults": [asdict(one) for one in trial.caught], "kinds": trial.kinds(),
                "missed": len(trial.missed), "precision": trial.precision, "recall": trial.recall,
                "false_alarms": trial.false_alarms, "differences_at_the_end": trial.differences,
                "wrong_cells_ever_seen": sum(one.wrong_cells for one in trial.caught),
            },
        }  # fmt: skip


def span(first: str, last: str) -> tuple[date, date]:
    """The days from the first of a month to the last of another (`2025-01`, `2026-06`); days are taken as they are.

    Raises:
        AmurError: they aren't months or days, or end before they begin.
    """
    try:
        begin = date.fromisoformat(first if len(first) > len("2025-01") else f"{first}-01")
        end = date.fromisoformat(last if len(last) > len("2025-01") else f"{last}-01")
    except ValueError:
        found = f"{first} {last}"
        raise AmurError(at="--from, --to", expected="months such as 2025-01, or days", found=found) from None
    if len(last) <= len("2025-01"):
        end = end.replace(day=monthrange(end.year, end.month)[1])
    if end < begin:
        raise AmurError(at="--from, --to", expected="an end after the beginning", found=f"{first} to {last}")
    return begin, end


def rehearse(
    home: Path,
    sources: Sequence[str],
    first: date,
    last: date,
    *,
    seed: int | None = None,
    keep: Path | None = None,
    report: Callable[[str], None] = lambda _: None,
) -> Rehearsal:
    """Play the nights of a home's archive between two days, both included; with a seed once more, with faults.

    Args:
        home: the AMUR_HOME; only its archive is read.
        sources: whose bodies are played.
        first: the first day that is counted; what came before it is played as the ground.
        last: the last day.
        seed: of the faults; None: no faults.
        keep: a folder that is empty or absent yet: the warehouse of the rehearsal is published there.
        report: is told of the progress.

    Raises:
        ArchiveDamaged: a body or sidecar is rotten or missing.
        AmurError: the folder to keep it in is in use.
    """
    if keep is not None and keep.exists() and any(keep.iterdir()):
        raise AmurError(at="--keep", expected="an empty folder, or none yet", found=str(keep))
    shelf = Shelf(Archive(home / "archive"))
    with Faulty() as reader, _folder() as folder:
        told = nights(shelf, reader, sources)
        there = {record.source for night in told for record in night.records}
        before = _before(told)
        stage = Stage(folder / "true", shelf, reader, before)
        try:
            true = outcome(stage, told, first, last, sources=there, report=report)
            cells = stage.cells()
            if keep is not None:
                stage.publish_in(keep)
        finally:
            stage.close()
        found = Rehearsal([source for source in sources if source in there], true)
        if seed is not None:
            found.trial = _trial(folder, shelf, reader, told, (first, last), seed, true, cells, report)
    return found


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="amur-rehearsal-") as name:
        yield Path(name)


def _before(told: Sequence[Night]) -> datetime:
    return told[0].now - timedelta(days=1) if told else datetime(1970, 1, 1, tzinfo=UTC)


def _trial(
    folder: Path,
    shelf: Shelf,
    reader: Faulty,
    told: Sequence[Night],
    days: tuple[date, date],
    seed: int,
    true: Outcome,
    cells: Cells,
    report: Callable[[str], None],
) -> Trial:
    """The same nights with faults in them, and what of these was caught."""
    faulty, faults = sow(told, shelf, reader, seed, *days)
    sources = {record.source for night in told for record in night.records}
    stage = Stage(folder / "faulty", shelf, reader, _before(told))
    seen: dict[str, dict[date, int]] = {fault.sha256: {} for fault in faults}
    true_ones = {(record.sha256, record.source, record.url): record for night in told for record in night.records}
    try:
        played = outcome(
            stage,
            faulty,
            *days,
            sources=sources,
            report=report,
            after=lambda night: _look(stage, night, faults, true_ones, seen),
        )
        caught = [_verdict(stage, fault, seen[fault.sha256]) for fault in faults]
        ours = {fault.sha256 for fault in faults}
        known = {hold.sha256 for hold in true.holds}
        strange = [hold for hold in played.holds if hold.sha256 not in ours | known]
        return Trial(
            seed=seed,
            caught=caught,
            false_alarms=len(strange) + len(true.false_alarms),
            differences=_differences(cells, stage.cells()),
            outcome=played,
        )
    finally:
        stage.close()


def _differences(one: Cells, other: Cells) -> int:
    """In how many cells two warehouses differ."""
    return sum(one.get(cell) != other.get(cell) for cell in one.keys() | other.keys())


def _look(
    stage: Stage,
    night: Night,
    faults: Sequence[Fault],
    true_ones: Mapping[tuple[str, str, str], Record],
    seen: Mapping[str, dict[date, int]],
) -> None:
    """Count the wrong figures that readers see after a night, by fault."""
    past = [fault for fault in faults if fault.day <= night.day]
    query = (
        "SELECT payload_sha256, series_key, period_start, period_end, value FROM observations "
        "WHERE list_contains(?, payload_sha256) AND value IS NOT NULL AND known_at_basis <> 'reconstructed'"
    )
    shown = stage.db.rows(query, [[fault.sha256 for fault in past]]) if past else []
    for fault in past:
        mine = [row for row in shown if row[0] == fault.sha256]
        true = figures(stage, true_ones[fault.true_sha256, fault.source, fault.url]) if mine else {}
        wrong = [key for _, key, start, end, value in mine if true.get((key, start, end)) != value]
        seen[fault.sha256][night.day] = len(wrong)


def _verdict(stage: Stage, fault: Fault, seen: Mapping[date, int]) -> Caught:
    """How a fault was caught, if it was; `seen` has the wrong figures that were shown after each night."""
    wrong = max(seen.values(), default=0)
    clean = min((day for day, count in seen.items() if not count and day > fault.day), default=max(seen))
    length = (clean - fault.day).days if wrong else 0
    rows = stage.db.rows(
        "SELECT reason_kind, reason FROM quarantine WHERE payload_sha256 = ? AND kind = 'batch'", [fault.sha256]
    )
    if rows:
        kind, reason = rows[0]
        return Caught(fault, "held" if kind == "judge" else "refused", str(reason).partition(";")[0], wrong, length)
    state = stage.db.value("SELECT any_value(state) FROM payloads WHERE sha256 = ?", [fault.sha256])
    if state in {"empty", "refused", "blocked", "unreadable"}:
        return Caught(fault, "refused", f"state {state}", wrong, length)
    told = stage.db.rows(
        "SELECT title FROM findings WHERE CAST(found_at AS DATE) = ? AND severity IN ('warning', 'error') "
        "AND kind IN ('revision', 'withdrawn', 'disagreement opened') AND list_contains(refs, ?)",
        [fault.day, fault.source],
    )
    if told:
        return Caught(fault, "warned", str(told[0][0]), wrong, length)
    return Caught(fault, "missed", f"loaded ({state})", wrong, length)

"""What `amur rehearse` prints."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from flows import show
from flows.rehearsal import Rehearsal, Trial, rehearse, span
from sources import catalogue
from sources.errors import quoted

if TYPE_CHECKING:
    from flows.rehearse import Outcome
    from flows.settings import Settings

__all__ = ["rehearsed"]

SHOWN: Final = 20


def rehearsed(
    settings: Settings,
    first: str,
    last: str,
    named: Sequence[str],
    *,
    seed: int | None,
    keep: Path | None,
    as_json: bool,
) -> int:
    """`amur rehearse`: always 0; what it found is in what it prints.

    Raises:
        AmurError: an unknown source, no such time, or the folder to keep it in is in use.
        ArchiveDamaged: the archive is.
    """
    for source in named:
        catalogue.entry(source)
    sources = list(named) or list(settings.sources) or list(catalogue.CATALOGUE)
    begin, end = span(first, last)
    with show.progress(["rehearse"], quiet=as_json) as report:
        found = rehearse(
            settings.home, sources, begin, end, seed=seed, keep=keep, report=lambda text: report("rehearse", text)
        )
    if as_json:
        show.as_json_text(found.as_json())
    else:
        _print(found)
        if keep is not None:
            print(f"Kept: AMUR_HOME={keep} amur changes --since {begin}")
    return 0


def _print(found: Rehearsal) -> None:
    out = found.outcome
    print(f"{out.first} to {out.last}: {out.nights} nights with bodies, {out.quiet} without, not played")
    print(f"Sources: {', '.join(found.sources) or 'none'}; {out.before} bodies came before, as the ground")
    print(
        f"{out.bodies} bodies: {out.loaded} loaded, {out.empty} empty, {len(out.holds)} held or refused; "
        f"{out.new:,} figures new, {out.revised:,} revised, {out.same:,} the same"
    )
    for hold in out.holds[:SHOWN]:
        print(f"  {hold.held_at:%Y-%m-%d} {hold.source} {hold.period}: {hold.outcome}; {quoted(hold.reason)}")
    _print_findings(out)
    print(
        f"False alarms: {len(out.false_alarms)} batches held that were right, "
        f"{out.a_month(len(out.false_alarms)):.2f} a month"
    )
    if found.trial is not None:
        _print_trial(found.trial)


def _print_findings(out: Outcome) -> None:
    print("Findings:")
    for kind, each in out.findings.items():
        print(f"  {kind:<22} {', '.join(f'{count} {severity}' for severity, count in each.items())}")
    print(f"Alarms (severity warning or error): {len(out.alarms)}, {out.a_month(len(out.alarms)):.2f} a month")
    for alarm in out.alarms[:SHOWN]:
        back = f"; taken back {alarm.reversed_at:%Y-%m-%d}: {alarm.how}" if alarm.reversed_at else ""
        print(f"  {alarm.found_at:%Y-%m-%d} {quoted(alarm.title)}{back}")
    turned = sum(flip["flipped_back_at"] is not None for flip in out.flipped)
    print(f"Claims that flipped: {out.flips}; {turned} of them flipped back later")
    taken = [one for one in out.reversed if one not in out.alarms]
    print(f"Told below the level of an alarm and taken back later: {len(taken)}")


def _print_trial(trial: Trial) -> None:
    print(f"With faults of seed {trial.seed}, one a night:")
    print(f"  {'kind':<30} {'sown':>4} {'held':>5} {'refused':>8} {'warned':>7} {'missed':>7}")
    for kind, each in trial.kinds().items():
        counts = [each.get(how, 0) for how in ("held", "refused", "warned", "missed")]
        print(f"  {kind:<30} {sum(counts):>4} {counts[0]:>5} {counts[1]:>8} {counts[2]:>7} {counts[3]:>7}")
    precision = "none held" if trial.precision is None else f"{trial.precision:.1%}"
    recall = "none sown" if trial.recall is None else f"{trial.recall:.1%}"
    print(f"  caught {recall}; of the batches held or refused, {precision} were wrong indeed")
    seen = [one for one in trial.caught if one.wrong_cells]
    longest = max((one.days for one in seen), default=0)
    print(f"  wrong figures ever shown: {sum(one.wrong_cells for one in seen)}, for {longest} days at most")
    print(f"  cells that differ at the end from the rehearsal without faults: {trial.differences}")
    for one in trial.missed[:SHOWN]:
        print(f"  missed: {one.fault.day} {one.fault.source} {one.fault.kind}: {one.why}")

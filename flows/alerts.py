"""Alerts: what a person should hear of a night, told once when it begins and once when it has ended.

What was told to whom is kept in `alerts.json` under AMUR_HOME, not in the warehouse: a warehouse that can't be opened
is itself something to tell. Nothing here can fail a run: what can't be delivered is a line in the summary, and owed
until the next night.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, Protocol

from flows.log import LOGGER
from sources.errors import AmurError, quoted
from warehouse.archive import write_durably
from warehouse.publisher import PUBLISHED

if TYPE_CHECKING:
    from pathlib import Path

    from flows.messages import Channel
    from flows.settings import Settings

__all__ = ["STATE", "Alert", "Condition", "Night", "Standing", "could_not_begin", "tell", "updated"]

STATE: Final = "alerts.json"
FINDING: Final = "finding"
LOOK_BACK: Final = timedelta(days=30)  # how far findings are looked for that were never told
REMEMBERED: Final = timedelta(days=60)  # longer than that, so that no finding is told twice
SHOWN: Final = 20  # of a kind, in a message


@dataclass(frozen=True, slots=True)
class Condition:
    """Something to tell: `stale` and `held` and `failed` last until they end, a `finding` just happened."""

    condition_id: str
    kind: str
    source: str
    title: str


@dataclass(slots=True)
class Alert:
    """A condition that was found, and what of it each channel was told or is owed; instants are ISO, UTC."""

    condition_id: str
    kind: str
    source: str
    title: str
    opened_at: str
    closed_at: str = ""
    told: list[str] = field(default_factory=list)
    last_told_at: str = ""
    owed: list[str] = field(default_factory=list)
    end_owed: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the warehouse says at the end of a run: stale sources among those asked, and held batches."""

    conditions: tuple[Condition, ...]


class Night(Protocol):
    """What alerts want to know of a run."""

    settings: Settings
    run_id: str
    sources: list[str]
    failures: list[AmurError]
    standing: Standing | None

    @property
    def now(self) -> datetime:
        """The run's instant."""


def failed(error: AmurError) -> Condition:
    """The condition that a failure is: the same cause at the same source is the same condition in the next night."""
    where = error.at or error.kind
    return Condition(f"failed:{error.source}:{where}", "failed", error.source, quoted(f"failed: {error}"))


def stale(source: str, newest: str, expected: str) -> Condition:
    """The condition of a source that has been silent for longer than its limit."""
    since = f", newest figures of {newest}" if newest else ""
    due = f", expected {expected}" if expected else ""
    return Condition(f"stale:{source}", "stale", source, f"{source} is stale{since}{due}")


def held(quarantine_id: str, source: str, period: str, reason: str) -> Condition:
    """The condition of a batch that waits for a person's decision."""
    of = f" of {period}" if period else ""
    return Condition(
        f"held:{quarantine_id}", "held", source, quoted(f"{source}: a batch{of} is held ({quarantine_id}): {reason}")
    )


def tell(night: Night) -> list[str]:
    """Tell every channel what it is owed after a run; gives a line for the summary for each that was or wasn't told."""
    settings = night.settings
    found = [failed(error) for error in night.failures]
    if night.standing is not None:
        found += night.standing.conditions

    def looked_at(alert: Alert) -> bool:
        """Would this run have found the condition, if it were still there?"""
        if alert.kind == "held":
            return night.standing is not None
        if alert.kind == "stale":
            return night.standing is not None and alert.source in night.sources
        return not alert.source or alert.source in night.sources

    return _told(settings, found, looked_at, night.run_id, night.now, findings=True)


def could_not_begin(settings: Settings, error: AmurError) -> list[str]:
    """Tell that a night could not even open its warehouse; nothing else is looked at, so nothing else ends."""
    return _told(settings, [failed(error)], lambda _: False, "", settings.now(), findings=False)


def _told(
    settings: Settings,
    found: list[Condition],
    looked_at: Callable[[Alert], bool],
    run_id: str,
    now: datetime,
    *,
    findings: bool,
) -> list[str]:
    from flows.messages import channels

    to = channels(settings)
    if not to:
        return []
    began, alerts, lines = _read(settings.home / STATE, now)
    if findings:
        more, fault = _findings(settings.home / PUBLISHED, max(began, now - LOOK_BACK))
        found, lines = found + more, lines + fault
    alerts = updated(alerts, found, looked_at, [channel.name for channel in to], now)
    for channel in to:
        lines += _deliver(channel, alerts, run_id, now)
        _write(settings.home / STATE, began, alerts)
    return lines


def updated(
    alerts: Iterable[Alert],
    found: Iterable[Condition],
    looked_at: Callable[[Alert], bool],
    channels: Sequence[str],
    now: datetime,
) -> list[Alert]:
    """The alerts after a look at what there is: begun, still there, ended. Old ones that owe nothing are forgotten."""
    at = now.isoformat()
    kept = [alert for alert in alerts if not alert.closed_at or alert.owed or alert.end_owed or _lately(alert, now)]
    there = {condition.condition_id: condition for condition in found}
    known = {alert.condition_id for alert in kept if not alert.closed_at or alert.kind == FINDING}
    for alert in kept:
        alert.owed = [name for name in alert.owed if name in channels]
        if alert.closed_at:
            alert.end_owed = [name for name in alert.end_owed if name in channels]
        elif alert.condition_id in there or not looked_at(alert):
            alert.owed = [name for name in channels if name not in alert.told]
        else:
            alert.closed_at = at
            alert.end_owed = [name for name in channels if name in alert.told or name in alert.owed]
    for condition in there.values():
        if condition.condition_id not in known:
            ends = at if condition.kind == FINDING else ""
            begun = Alert(condition.condition_id, condition.kind, condition.source, condition.title, at, ends)
            begun.owed = list(channels)
            kept.append(begun)
    return kept


def _lately(alert: Alert, now: datetime) -> bool:
    return datetime.fromisoformat(alert.closed_at) > now - REMEMBERED


def _findings(published: Path, since: datetime) -> tuple[list[Condition], list[str]]:
    """The findings of severity `error` of the publication and those before, since an instant."""
    from warehouse.changes import findings
    from warehouse.reader import connect

    if not published.exists():
        return [], []
    try:
        with connect(published) as connection:
            rows = findings(connection, since=since)
    except AmurError as error:
        return [], [f"alerts: findings can't be read: {error}"]
    wanted = [row for row in rows if row["severity"] == "error"]
    return [Condition(f"finding:{row['finding_id']}", FINDING, "", quoted(row["title"])) for row in wanted], []


def _deliver(channel: Channel, alerts: list[Alert], run_id: str, now: datetime) -> list[str]:
    """Tell one channel what it is owed; gives the line for the summary."""
    begun = [alert for alert in alerts if channel.name in alert.owed]
    ended = [alert for alert in alerts if channel.name in alert.end_owed]
    if not begun and not ended and not channel.always:
        return []
    standing = [alert for alert in alerts if not alert.closed_at]
    fault = channel.send(_message(begun, ended, standing, run_id, now))
    if fault:
        line = f"alerts: {channel.shown} could not be told of {_counted(begun, ended)}: {fault}. The next night tries"
        LOGGER.warning("%s", line, extra={"run_id": run_id, "stage": "alerts"})
        return [line]
    for alert in begun:
        alert.owed.remove(channel.name)
        alert.told.append(channel.name)
        alert.last_told_at = now.isoformat()
    for alert in ended:
        alert.end_owed.remove(channel.name)
        alert.last_told_at = now.isoformat()
    return [f"alerts: {channel.shown} was told of {_counted(begun, ended)}"] if begun or ended else []


def _counted(begun: Sequence[Alert], ended: Sequence[Alert]) -> str:
    return f"{len(begun)} begun, {len(ended)} ended"


def _message(
    begun: Sequence[Alert], ended: Sequence[Alert], standing: Sequence[Alert], run_id: str, now: datetime
) -> dict[str, Any]:
    """A message: a title, a text for a person, and the same for a program."""
    lines = []
    for heading, some in (("Begun", begun), ("Ended", ended)):
        if some:
            lines += [f"{heading}:", *(f"- {alert.title}" for alert in some[:SHOWN])]
            lines += [f"- and {len(some) - SHOWN} more"] if len(some) > SHOWN else []
    lines += [f"{len(standing)} in all stand. `amur status` and `amur quarantine list` say more."]
    return {
        "title": f"Amur: {_counted(begun, ended)}",
        "text": "\n".join(lines),
        "run_id": run_id,
        "at": now.isoformat(),
        "begun": [_plain(alert) for alert in begun],
        "ended": [_plain(alert) for alert in ended],
        "standing": [_plain(alert) for alert in standing],
    }


def _plain(alert: Alert) -> dict[str, str]:
    return {
        "id": alert.condition_id, "kind": alert.kind, "source": alert.source, "title": alert.title,
        "opened_at": alert.opened_at, "closed_at": alert.closed_at,
    }  # fmt: skip


def _read(path: Path, now: datetime) -> tuple[datetime, list[Alert], list[str]]:
    """Since when findings are told, the alerts so far, and a line where they can't be read."""
    try:
        said = json.loads(path.read_bytes())
        return datetime.fromisoformat(said["began"]), [Alert(**alert) for alert in said["alerts"]], []
    except FileNotFoundError:
        return now, [], []
    except (OSError, ValueError, LookupError, TypeError) as error:
        return now, [], [f"alerts: {path.name} can't be read ({type(error).__name__}): what stands is told once more"]


def _write(path: Path, began: datetime, alerts: Iterable[Alert]) -> None:
    said = {"began": began.isoformat(), "alerts": [asdict(alert) for alert in alerts]}
    write_durably(path, json.dumps(said, ensure_ascii=False, indent=1).encode())

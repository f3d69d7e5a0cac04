"""Parse archived payloads in a child process with limits: what can explode takes only the child with it."""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import os
import resource
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from decimal import Decimal
from types import TracebackType
from typing import Any, Final, Self, TypeVar

from sources import catalogue
from sources.contract import (
    OBSERVED,
    Article,
    Batch,
    Code,
    Columns,
    Doubt,
    Event,
    Figures,
    Observation,
    Payload,
    column,
)
from sources.errors import LayoutChanged

__all__ = ["Reader", "parse"]

SECONDS: Final = 60
MEMORY: Final = 2 << 30
MOST_ROWS: Final = 2_000_000
Out = TypeVar("Out")


def outline(payload: Payload) -> dict[str, str]:
    """The facts of a document; its module, with every parser that it needs, is imported in the child alone."""
    from sources.parse.outline import outline as taken_apart

    return taken_apart(payload)


def parse(payload: Payload) -> Batch:
    """All rows of a payload.

    Raises:
        LayoutChanged: it can't be read; a parser's own failure is worded as one, with the error's name.
    """
    source = catalogue.module(payload.source)
    observations: list[Observation] = []
    doubts: list[Doubt] = []
    codes: list[Code] = []
    events: list[Event] = []
    articles: list[Article] = []
    try:
        said = source.parse(payload)
        if isinstance(said, Figures):
            return _of_figures(payload, source.PARSER, said)
        for row in said:
            if isinstance(row, Observation):
                observations.append(row)
            elif isinstance(row, Doubt):
                doubts.append(row)
            elif isinstance(row, Code):
                codes.append(row)
            elif isinstance(row, Event):
                events.append(row)
            else:
                articles.append(row)
            if len(observations) > MOST_ROWS:
                raise _too_many(payload)
    except LayoutChanged:
        raise
    except MemoryError:
        raise LayoutChanged(payload, expected="a document that fits into memory", found="more") from None
    except Exception as error:
        raise LayoutChanged(
            payload, expected="a document that the parser can read", found=f"{type(error).__name__}: {error}"
        ) from error
    return Batch(
        payload, source.PARSER, tuple(observations), tuple(doubts), tuple(codes), tuple(events), tuple(articles)
    )


def _of_figures(payload: Payload, parser: int, said: Figures) -> Batch:
    if len(said.observations) > MOST_ROWS:
        raise _too_many(payload)
    return Batch(payload, parser, said.observations, said.doubts)


def _too_many(payload: Payload) -> LayoutChanged:
    return LayoutChanged(payload, expected=f"at most {MOST_ROWS:,} rows", found="more")


Packed = tuple[
    int, dict[str, list[Any]], int, tuple[Doubt, ...], tuple[Code, ...], tuple[Event, ...], tuple[Article, ...]
]
DECIMALS: Final = ("value", "precision")


def _parse_packed(payload: Payload) -> Packed:
    """Parse in the child; the rows go back as columns, a tenth of the time that pickling them one by one takes."""
    batch = parse(payload)
    rows = batch.observations
    columns = {name: column(rows, name) for name in OBSERVED}
    for name in DECIMALS:
        columns[name] = [None if cell is None else str(cell) for cell in columns[name]]
    return batch.parser, columns, len(rows), batch.doubts, batch.codes, batch.events, batch.articles


def _unpacked(payload: Payload, packed: Packed) -> Batch:
    parser, columns, size, doubts, codes, events, articles = packed
    for name in DECIMALS:
        known: dict[str | None, Decimal | None] = {None: None}
        cells = columns[name]
        columns[name] = [known[cell] if cell in known else known.setdefault(cell, Decimal(cell)) for cell in cells]
    return Batch(payload, parser, Columns(columns, size), doubts, codes, events, articles)


def _limit() -> None:
    """Begin as the child: no more memory than its share, and no life after the run that it reads for."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _end_with_parent() -> None:
    """A killed run can't tell its child to go, and the child holds both ends of its queue: it would wait for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        multiprocessing.connection.wait([parent.sentinel])
        os._exit(1)


class Reader:
    """A long-lived child that parses; it starts at the first payload, and anew after one that killed it."""

    def __init__(self) -> None:
        """Start nothing yet."""
        self._pool: ProcessPoolExecutor | None = None

    def read(self, payload: Payload) -> Batch:
        """Parse one payload in the child.

        Raises:
            LayoutChanged: it can't be read, took longer than 60 s, or more memory than the child is given.
        """
        return _unpacked(payload, self._in_child(_parse_packed, payload))

    def outline(self, payload: Payload) -> dict[str, str]:
        """What a payload looks like (`sources.parse.outline`), taken apart in the child.

        Raises:
            LayoutChanged: it took longer than 60 s, or more memory than the child is given.
        """
        return self._in_child(outline, payload)

    def _in_child(self, work: Callable[[Payload], Out], payload: Payload) -> Out:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"), initializer=_limit)
        try:
            return self._pool.submit(work, payload).result(timeout=SECONDS)
        except TimeoutError:
            self._kill()
            raise LayoutChanged(
                payload, expected=f"to be parsed within {SECONDS} s", found="not done by then"
            ) from None
        except BrokenProcessPool:
            self._kill()
            raise LayoutChanged(
                payload, expected="a document that the parser survives", found="the parsing process died"
            ) from None

    def read_all(self, payloads: Sequence[Payload]) -> list[Batch]:
        """Parse payloads that were read before; all must succeed."""
        return [self.read(payload) for payload in payloads]

    def _kill(self) -> None:
        if self._pool is not None:
            for process in list((self._pool._processes or {}).values()):  # noqa: SLF001 (there is no public way to end a child at work)
                process.kill()
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the child."""
        if kind is not None:
            self._kill()
        elif self._pool is not None:
            self._pool.shutdown(wait=True)
            self._pool = None

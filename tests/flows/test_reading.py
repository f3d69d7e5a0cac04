"""P-30: what a payload may cost. Parsing is done in a child; one that takes too much ends, and the run goes on."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest

from flows import reading
from flows.reading import MEMORY, Reader
from sources.contract import Observation, Payload
from sources.errors import LayoutChanged
from tests.payloads.cbr_fx import pages

GOOD = Payload(
    "cbr_fx", "https://www.cbr.ru/scripts/XML_daily.asp", pages.daily(day=date(2020, 4, 25)), "0" * 64,
    datetime(2026, 7, 24, tzinfo=UTC),
)  # fmt: skip


def sleeping(payload: Payload) -> int:
    """A parser that doesn't come to an end."""
    time.sleep(600)
    return len(payload.body)


def greedy(payload: Payload) -> int:
    """A parser that wants all memory there is: it catches what it is told, as a library may, and asks again."""
    held = []
    while len(held) < 4 * MEMORY >> 26:
        held.append(bytearray(1 << 26))
    return len(held) + len(payload.body)


def dying(payload: Payload) -> int:
    """A parser that takes its process down, as a fault in a library's C would."""
    import os
    import signal

    os.kill(os.getpid(), signal.SIGSEGV)
    return len(payload.body)


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    """One reader for all: after each of these payloads it must read the next."""
    with Reader() as made:
        yield made


@pytest.mark.parametrize(
    ("work", "seconds", "said"),
    [
        (sleeping, 1.0, "expected to be parsed within 1.0 s, found not done by then"),
        (dying, 60.0, "a document that the parser survives, found the parsing process died"),
    ],
    ids=["too long", "died"],
)
def test_p30_a_payload_that_takes_too_much_is_refused_and_the_next_is_read(
    reader: Reader, monkeypatch: pytest.MonkeyPatch, work: Callable[[Payload], int], seconds: float, said: str
) -> None:
    """P-30: the message names source and address; the child is gone, a new one reads the good payload."""
    monkeypatch.setattr(reading, "SECONDS", seconds)
    began = time.monotonic()
    with pytest.raises(LayoutChanged, match=r"cbr_fx https://www\.cbr\.ru") as caught:
        reader._in_child(work, GOOD)

    assert said in str(caught.value)
    assert time.monotonic() - began < 30
    monkeypatch.setattr(reading, "SECONDS", 60)
    assert len(reader.read(GOOD).observations) > 5


def test_p30_a_child_has_no_more_memory_than_its_share(reader: Reader) -> None:
    """P-30: what asks for more is told so inside the child: the machine doesn't notice."""
    with pytest.raises(MemoryError):
        reader._in_child(greedy, GOOD)
    assert len(reader.read(GOOD).observations) > 5


def test_p30_a_document_that_does_not_fit_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """P-30: a parser that runs out of memory has said something of its document, not of Amur."""

    class Hungry:
        PARSER = 1

        @staticmethod
        def parse(payload: Payload) -> Iterator[Observation]:
            raise MemoryError(payload.url)
            yield

    monkeypatch.setattr(reading.catalogue, "module", lambda _name: Hungry)
    with pytest.raises(LayoutChanged, match="expected a document that fits into memory, found more"):
        reading.parse(GOOD)

"""There and back: what is put into the archive or written to a file comes out as it went in."""

import csv
import io
import json
import pickle
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sources.contract import Fetched, Request
from sources.errors import AmurError
from tests.warehouse.builders import NOW, warehouse
from warehouse.archive import Archive
from warehouse.publisher import publish
from warehouse.reader import Connection, connect, query, write_result

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
words = texts.filter(lambda text: "\0" not in text)
instants = st.datetimes(datetime(2000, 1, 1), datetime(2099, 1, 1), timezones=st.just(UTC))
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """An empty publication."""
    home = tmp_path_factory.mktemp("home")
    with connect(publish(warehouse(home / "warehouse.duckdb"), home, "run-1", NOW).path) as connection:
        yield connection


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(
    body=b"", facts=("", "/@", "", "", ""), headers={}, at=NOW
)  # no name and password: these stand before the host
@given(body=st.binary(max_size=200), facts=st.tuples(*[texts] * 5), headers=st.dictionaries(texts, texts), at=instants)
def test_the_archive_gives_back_what_it_was_given(
    tmp_path: Path, body: bytes, facts: tuple[str, ...], headers: dict[str, str], at: datetime
) -> None:
    """Any bytes, whatever address, title or header came with them; and the archive is sound."""
    archive = Archive(tmp_path / f"{len(list(tmp_path.iterdir()))}")
    source, path, period, title, group = facts
    request = Request(f"http://x/{path}", period=period, title=title, group=group)
    kept = archive.keep(Fetched(request, request.url, 200, headers, body, at, 0.1, 1, "ok"), source, "run-1")
    (record,) = archive.records()
    payload = archive.payload(record)

    assert record == kept
    assert (payload.body, payload.fetched_at) == (body, at)
    assert (payload.source, payload.url, payload.period, payload.title, payload.group) == (
        source, f"http://x/{path}", period, title, group,
    )  # fmt: skip
    assert list(archive.damage()) == []


@settings(deadline=None, max_examples=60)
@given(rows=st.lists(st.tuples(words, st.floats(allow_nan=False, allow_infinity=False), st.integers(-(2**62), 2**62))))
def test_csv_gives_back_every_text_and_number(reader: Connection, rows: list[tuple[str, float, int]]) -> None:
    """P-65: Numbers to the last digit; texts verbatim, but for the apostrophe before what a spreadsheet would run."""
    sql = "SELECT unnest($1::VARCHAR[]) AS t, unnest($2::DOUBLE[]) AS x, unnest($3::BIGINT[]) AS n"
    printed = write_result(query(reader, sql, [[row[k] for row in rows] for k in range(3)]), "csv", None)
    head, *found = csv.reader(io.StringIO(printed, newline=""))

    assert head == ["t", "x", "n"]
    assert [(float(x), int(n)) for _, x, n in found] == [(x, n) for _, x, n in rows]
    for (text, *_), (cell, *_) in zip(rows, found, strict=True):
        assert cell == (f"'{text}" if text.startswith(FORMULA) else text)
        assert not cell.startswith(FORMULA)
    assert not any(x.startswith("'") for _, x, _ in found)


@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(words, st.floats(allow_nan=False, allow_infinity=False))))
def test_json_and_parquet_give_back_every_text_and_number(
    reader: Connection, tmp_path: Path, rows: list[tuple[str, float]]
) -> None:
    """Verbatim, both of them."""
    sql = "SELECT unnest($1::VARCHAR[]) AS t, unnest($2::DOUBLE[]) AS x"
    values = [[row[k] for row in rows] for k in range(2)]
    wanted = [{"t": text, "x": number} for text, number in rows]

    assert json.loads(write_result(query(reader, sql, values), "json", None) or "") == wanted
    write_result(query(reader, sql, values), "parquet", tmp_path / "out.parquet")
    assert pq.read_table(tmp_path / "out.parquet").to_pylist() == wanted


@given(
    facts=st.fixed_dictionaries(
        {name: st.text(max_size=40) for name in ("source", "url", "period", "at", "expected", "found", "advice")}
    ),
    kind=st.sampled_from(sorted(AmurError.__subclasses__(), key=lambda kind: kind.__name__)),
)
def test_an_error_crosses_a_process_with_its_words(facts: dict[str, str], kind: type[AmurError]) -> None:
    """Parsing runs in a child: what it has to say reaches the user as it was said, on one line of plain characters."""
    error = kind(**facts)
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 (our own, of this test)

    assert type(again) is kind
    assert (str(again), again.facts(), again.kind) == (str(error), error.facts(), error.kind)
    assert len(error.facts()["found"]) <= 160
    assert all(line.isprintable() for line in (error.facts()["found"], error.facts()["expected"]))

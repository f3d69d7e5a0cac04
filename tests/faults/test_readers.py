"""A few readers through a few publications; the whole is `make faults`."""

from pathlib import Path

from tests.faults.readers import read_through


def test_readers_see_whole_publications_only(tmp_path: Path) -> None:
    """P-52: 80 queries by 4 processes while 3 publications come out: no error, no part of one, no step back."""
    seen = read_through(tmp_path, queries=80, readers=4, publications=3)

    assert seen.wrong == []
    assert seen.queries >= 80
    assert 3 in seen.publications

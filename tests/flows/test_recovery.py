"""What a clock that goes wrong can do, and how a secret is wrapped."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.run import running
from flows.settings import Secret, Settings
from sources.errors import AmurError
from warehouse.database import Database


def test_p49_a_clock_that_was_moved_back_stops_the_run(tmp_path: Path) -> None:
    """P-49: what would be known before what is known already is not loaded; AMUR_NOW may go back."""
    home = tmp_path / "home"
    with running(Settings.read({"AMUR_HOME": str(home), "AMUR_NOW": "2999-01-01T00:00:00Z"}), "ingest"):
        pass
    with running(Settings.read({"AMUR_HOME": str(home), "AMUR_NOW": "2026-01-01T00:00:00Z"}), "ingest") as run:
        assert run.now.year == 2026
    with (
        pytest.raises(AmurError, match="at the clock, expected an instant after the newest run's, 2999-01-01") as told,
        running(Settings.read({"AMUR_HOME": str(home)}), "ingest"),
    ):
        pass
    assert "AMUR_NOW" in str(told.value)
    db = Database(home / "warehouse.duckdb", datetime(2999, 1, 2, tzinfo=UTC))
    assert db.value("SELECT count(*) FROM runs") == 2
    db.close()


@pytest.mark.parametrize(
    "said",
    [
        "2026-03-29T01:30:00+00:00",
        "2026-10-25T01:30:00+01:00",
        "2026-10-25T04:30:00+03:00",
        "2026-10-26T00:10:00+08:00",
    ],
)
def test_p49_an_instant_is_the_same_in_every_zone(tmp_path: Path, said: str) -> None:
    """P-49: the nights in which London's clocks change, Moscow's, and the minutes after midnight in Beijing."""
    settings = Settings.read({"AMUR_HOME": str(tmp_path), "AMUR_NOW": said})
    assert settings.now() == datetime.fromisoformat(said)
    assert settings.now().utcoffset() == UTC.utcoffset(None)
    with running(settings, "ingest") as run:
        run_id = run.run_id
        (began,) = run.db.rows("SELECT started_at FROM runs")
    assert began == (datetime.fromisoformat(said).astimezone(UTC).replace(tzinfo=None),)
    assert run_id.startswith(f"{datetime.fromisoformat(said).astimezone(UTC):%Y%m%dT%H%M%SZ}")


def test_p69_a_secret_shows_nowhere_and_is_no_argument() -> None:
    """P-69: not in text, fields or a pickle; no command has an option for one."""
    import pickle

    from tests.contract.test_documents import commands

    secret = Secret("c4n4ry")
    shown = (
        f"{secret} {secret!r} {secret!s:>10} {[secret]} {Settings(home=Path(), comtrade_key=secret)} {vars(Settings)}"
    )
    assert "c4n4ry" not in shown
    with pytest.raises(TypeError, match="cannot be pickled"):
        pickle.dumps(secret)
    options = {name for parser in commands().values() for action in parser._actions for name in action.option_strings}
    assert len(options) > 20
    assert not [name for name in options if any(word in name for word in ("key", "token", "password", "secret"))]

"""`amur cite`, `amur watch` and what `amur explain` says plainly, as a person types them."""

import json
import shutil
from pathlib import Path

import pytest

from tests.flows.conftest import Home
from tests.origin import bulletin

EXPORTS = "gacc_bulletin:by_country:trade_value:CN:RU:X:TOTAL:USD:M"
PAGE = "http://english.customs.gov.cn/Statics/table2.html"
STORY = "https://example.org/story"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home that was brought the bulletin of June 2026."""
    folder = tmp_path_factory.mktemp("quote")
    page = folder / "table2.html"
    page.write_bytes(bulletin.page(bulletin.JUNE))
    home = Home(folder / "home", {"AMUR_NOW": "2026-07-25T02:30:00Z"})
    done = home.here("ingest", str(page), "--source", "gacc_bulletin", "--url", PAGE)
    assert done.returncode == 0, done.stdout + done.stderr
    return home


@pytest.fixture
def own(filled: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A copy of it, to change; citations are written into an empty folder."""
    shutil.copytree(filled.path, tmp_path / "home")
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    return Home(tmp_path / "home", dict(filled.environment))


def test_a_citation_is_a_line_and_a_file_that_verifies(own: Home) -> None:
    """The line alone on standard output, the file beside; the check exits 0."""
    done = own.here("cite", "cn_exports_usd", "2026-06")
    checked = own.here("cite", "--verify", "citation-cn_exports_usd-2026-06.json")

    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == 1
    assert "11.43 billion (11,432,537,000) US dollars" in done.stdout
    assert checked.returncode == 0, checked.stdout
    assert checked.stdout.startswith("verified: 1 figure")


def test_a_changed_file_is_told_what_differs(own: Home, tmp_path: Path) -> None:
    """Exit 1; as JSON too."""
    assert own.here("cite", EXPORTS, "2026-06", "--out", str(tmp_path / "c.json")).returncode == 0
    said = json.loads((tmp_path / "c.json").read_text())
    said["value"] = said["figures"][0]["value"] = 12e9
    (tmp_path / "c.json").write_text(json.dumps(said))
    checked = own.here("cite", "--verify", str(tmp_path / "c.json"))
    as_json = own.here("cite", "--verify", str(tmp_path / "c.json"), "--json")

    assert (checked.returncode, as_json.returncode) == (1, 1)
    assert "its bytes say 11432537000" in checked.stdout
    assert not json.loads(as_json.stdout)["verified"]


def test_another_machine_without_anything_verifies_a_file_with_its_bytes(own: Home, tmp_path: Path) -> None:
    """An empty home; without the bytes it is told what is missing and how to bring it, and then it verifies."""
    empty = Home(tmp_path / "elsewhere", dict(own.environment))
    assert own.here("cite", EXPORTS, "2026-06", "--with-bytes", "--out", "whole.json").returncode == 0
    assert own.here("cite", EXPORTS, "2026-06", "--out", "bare.json").returncode == 0

    assert empty.here("cite", "--verify", "whole.json").returncode == 0
    bare = empty.here("cite", "--verify", "bare.json")
    assert bare.returncode == 1
    assert f"amur ingest FILE --source gacc_bulletin --url {PAGE}" in bare.stdout
    page = tmp_path / "saved.html"
    page.write_bytes(bulletin.page(bulletin.JUNE))
    assert empty.here("ingest", str(page), "--source", "gacc_bulletin", "--url", PAGE).returncode == 0
    assert empty.here("cite", "--verify", "bare.json").returncode == 0


def test_a_quote_is_watched_turns_stale_and_survives_a_rebuild(own: Home, tmp_path: Path) -> None:
    """A revision that is dated the very day of the quote makes it stale; then it is taken off the list."""
    added = own.here("watch", "add", "cn_exports_usd", "2026-06", "11.4 billion", "--quoted-in", STORY, "--by", "A. N.")
    assert added.returncode == 0, added.stderr
    assert "holds" in added.stdout
    page = tmp_path / "table2.html"
    page.write_bytes(bulletin.page(bulletin.JUNE, revised=True))
    brought = own.here("ingest", str(page), "--source", "gacc_bulletin", "--url", PAGE, AMUR_NOW="2026-07-28T02:30:00Z")
    assert brought.returncode == 0, brought.stdout + brought.stderr
    shown = own.here("watch", "list")
    (row,) = json.loads(own.here("watch", "list", "--json").stdout)

    assert "STALE" in shown.stdout
    assert "1 of 1 quotes are no longer right" in shown.stdout
    assert (row["stale"], row["value_now"], row["value_then"]) == (True, 11_546_862_000.0, 11_432_537_000.0)
    assert own.here("rebuild").returncode == 0
    assert json.loads(own.here("watch", "list", "--json").stdout) == [row]
    assert own.here("verify").returncode == 0
    assert own.here("watch", "remove", row["watch_id"]).returncode == 0
    assert json.loads(own.here("watch", "list", "--json").stdout) == []


def test_what_must_not_be_quoted_is_said_before_anything_else(own: Home) -> None:
    """Russia's rank in a table that covers too little: `explain` begins with it, `cite` refuses, --anyway marks it."""
    rows = json.loads(
        own.here("sql", "SELECT indicator, period FROM indicators WHERE grade = 'do not quote'", "--json").stdout
    )
    if not rows:
        pytest.skip("nothing in this home is graded so")
    name, period = rows[0]["indicator"], rows[0]["period"]

    assert own.here("explain", name, period).stdout.startswith("DO NOT QUOTE")
    assert own.here("cite", name, period).returncode == 1
    assert own.here("cite", name, period, "--anyway").stdout.startswith("[DO NOT QUOTE]")


def test_many_inputs_are_folded_on_the_terminal_and_whole_in_json(own: Home) -> None:
    """Russia's place among all partners: the first ones, a count, and in JSON every one; each body is parsed once."""
    text = own.here("explain", "ru_rank_partner", "2026-06", "--verify")
    found = json.loads(own.here("explain", "ru_rank_partner", "2026-06", "--json").stdout)

    assert len(found["cells"]) > 12
    assert f"... and {len(found['cells']) - 4} more inputs out of 1 archived bodies" in text.stdout
    assert f"{len(found['cells'])} of {len(found['cells'])} vintages found again" in text.stdout
    assert "what trade" in text.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["cite"], "SERIES and PERIOD"),
        (["cite", "cn_export_usd", "2026-06"], "Nearest: cn_exports_usd"),
        (["cite", "cn_exports_usd", "2026-07"], "nearest: 2026-06"),
        (["cite", "cn_exports_usd", "2026-06", "--as-of", "then"], "--as-of"),
        (["cite", "--verify", "nowhere.json"], "nowhere.json"),
        (["explain", "cn_export_usd", "2026-06"], "Nearest: cn_exports_usd"),
        (["explain", "cn_exports_usd", "2026-07"], "nearest: 2026-06"),
        (["watch", "add", "cn_exports_usd", "2026-06"], "SERIES PERIOD VALUE"),
        (["watch", "add", "cn_export_usd", "2026-06", "1", "--quoted-in", STORY], "Nearest: cn_exports_usd"),
        (["watch", "add", "cn_exports_usd", "2026-06", "much", "--quoted-in", STORY], "VALUE"),
        (["watch", "add", "cn_exports_usd", "2026-06", "1"], "--quoted-in"),
        (["watch", "add", "cn_exports_usd", "2026-06", "1", "--quoted-in", STORY, "--tolerance", "-1"], "--tolerance"),
        (["watch", "remove", "w-none"], "amur watch list"),
    ],
)
def test_a_mistake_is_answered_in_one_line(filled: Home, arguments: list[str], says: str) -> None:
    """Exit 1, what was expected and found, what comes near."""
    done = filled.here(*arguments)

    assert done.returncode == 1, done.stdout
    assert says in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr

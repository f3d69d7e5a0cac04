"""The catalogue: every source is described in full, and everything that belongs to it is there."""

import dataclasses
import importlib
from datetime import date
from importlib.metadata import packages_distributions
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from sources import catalogue
from sources.catalogue import CATALOGUE, Entry, entry, module
from sources.errors import AmurError
from tests.contract.samples import samples, shared

ROOT = Path(__file__).parents[2]
PACKAGES = ("flows", "sources", "warehouse", "expectations")
MAY_BE_EMPTY = {"hosts", "due_days", "stale_days"}  # of what is shipped with the program or comes by hand
WHERE_NEEDED = {"key_header", "key_setting", "outlet", "language", "feeds"}
IRREGULAR = "irregular"  # no day on which anything is due

every_entry = pytest.mark.parametrize("known", CATALOGUE.values(), ids=lambda known: known.id)


@every_entry
def test_an_entry_says_everything(known: Entry) -> None:
    """Title, publisher, licence, the wording it asks for, calendar: no field is left empty."""
    said = dataclasses.asdict(known)

    assert [name for name, value in said.items() if value in ("", ()) and name not in MAY_BE_EMPTY | WHERE_NEEDED] == []
    assert known.shipped or known.by_hand or known.hosts
    assert known.shipped or known.by_hand or known.cadence == IRREGULAR or (known.due_days and known.stale_days)
    assert bool(known.key_header) == bool(known.key_setting)
    assert (known.calls_nightly is None) == (known.calls_backfill is None)
    assert all(text == text.strip() and text.isprintable() for text in said.values() if isinstance(text, str))


@every_entry
def test_a_source_is_asked_where_it_says_it_is(known: Entry) -> None:
    """The address is on one of its hosts, which are whole names in lower case."""
    assert known.shipped or (known.by_hand and not known.hosts) or urlsplit(known.url).hostname in known.hosts
    assert all(urlsplit(address).hostname in known.hosts for address in known.feeds)
    assert all(host == host.lower() and "." in host and "/" not in host for host in known.hosts)


@every_entry
def test_a_calendar_makes_sense(known: Entry) -> None:
    """The first expected day does not come after the last; history begins in the past."""
    assert known.due_days == () or (len(known.due_days) == 2 and 0 < known.due_days[0] <= known.due_days[1])
    assert date(1900, 1, 1) < known.history_from < date(2026, 1, 1)
    assert known.stale_days >= 0
    assert known.cap_bytes > 0
    assert known.min_gap_s >= 1


@every_entry
def test_everything_that_belongs_to_a_source_has_its_name(known: Entry) -> None:
    """Module, expectations, pages and tests: who looks for `cbr_fx` finds all four."""
    family, name = known.module.split(".")[1:]
    suite = importlib.import_module(f"expectations.{family}.{name}")

    assert family == known.family
    assert suite.SUITE
    assert callable(suite.measure)
    assert samples(known.id)
    if shared(known.id):  # one module for several outlets, with pages and tests of its own name
        assert known.outlet
        assert known.language
        assert (ROOT / "tests" / "sources" / "news" / f"test_{name}.py").is_file()
        return
    assert name == known.id
    assert module(known.id).__name__ == known.module  # type: ignore[attr-defined]
    assert (ROOT / "tests" / "payloads" / known.id).is_dir()
    tests = ROOT / "tests" / "sources"
    assert (tests / f"test_{known.id}.py").is_file() or (tests / family / f"test_{known.id}.py").is_file()


@every_entry
def test_the_rules_of_a_source_say_why(known: Entry) -> None:
    """Each expectation has a name of its own, a severity and a reason that a person reads in quarantine."""
    suite = importlib.import_module(known.module.replace("sources.", "expectations.", 1)).SUITE
    metas = [rule.meta for rule in suite]

    assert all(meta["why"] for meta in metas)
    assert len({meta["rule"] for meta in metas}) == len(metas)
    assert {str(rule.severity).rpartition(".")[2].lower() for rule in suite} <= {"critical", "warning"}


def test_every_source_module_is_in_the_catalogue() -> None:
    """A module that no entry names would never be asked."""
    there = {
        f"sources.{path.parent.name}.{path.stem}"
        for family in {known.family for known in CATALOGUE.values()}
        for path in (ROOT / "sources" / family).glob("[!_]*.py")
    }
    assert there == {known.module for known in CATALOGUE.values()}


def test_an_unknown_source_is_refused_with_those_there_are() -> None:
    """A mistyped name: the message lists the right ones."""
    for ask in (entry, module):
        with pytest.raises(AmurError, match="expected a source: one of gacc_preliminary, gacc_bulletin") as caught:
            ask("gacc_buletin")
        assert "'gacc_buletin'" in str(caught.value)


def test_the_catalogue_cannot_be_changed_by_the_program() -> None:
    """What is true of a source is written in one place."""
    with pytest.raises(TypeError):
        CATALOGUE["other"] = CATALOGUE["cbr_fx"]  # type: ignore[index]
    with pytest.raises(dataclasses.FrozenInstanceError):
        CATALOGUE["cbr_fx"].title = "other"  # type: ignore[misc]
    assert catalogue.entry("cbr_fx").title.startswith("Bank of Russia")


@pytest.mark.parametrize("package", PACKAGES)
def test_the_packages_are_those_of_this_checkout(package: str) -> None:
    """They have common names: no installed distribution may own one of them and be imported in their place."""
    spec = find_spec(package)

    assert spec is not None
    assert spec.origin is not None
    assert Path(spec.origin).is_relative_to(ROOT)
    assert set(packages_distributions().get(package, ())) <= {"amur"}

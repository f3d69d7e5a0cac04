"""The tables of `make faults` say what happened, and a campaign that proves nothing doesn't pass."""

from collections import Counter

import pytest

from tests.faults.tables import Control, Fault, Row, Tried, kept, printed, verdict

GOOD = Fault(id="T01", kind="transport", rule="refused", hit=3, exit="3", told=True, kept=kept({}), heals=True)
ROWS: dict[str, tuple[Row, str]] = {
    "never applied": (
        Fault(id="T02", kind="transport", rule="drop", hit=0, exit="0", told=None, kept=kept({}), heals=True),
        "not tried",
    ),
    "a row lost": (
        Fault(id="T03", kind="transport", rule="drip", hit=1, exit="3", told=True, kept=kept(["I1"]), heals=True),
        "I1",
    ),
    "no cause named": (
        Fault(id="T04", kind="transport", rule="403", hit=1, exit="3", told=False, kept=kept({}), heals=True),
        "message",
    ),
    "not healed": (
        Fault(id="K05 kill", kind="kill", rule="rename#2", hit=1, exit="-9", told=None, kept=kept({}), heals=False),
        "next run",
    ),
    "a wrong figure loaded": (
        Tried(source="cbr_fx", format="xml", generator="own", payloads=60, wrong=["value_times_1e6: loads_different"]),
        "value_times_1e6",
    ),
    "a broken build that passes": (
        Control(of="transport", name="redirects followed blindly", wanted="fails", found="passes"),
        "followed blindly",
    ),
}


@pytest.mark.parametrize(("row", "words"), ROWS.values(), ids=ROWS)
def test_what_is_wrong_is_named_and_ends_the_campaign(row: Row, words: str) -> None:
    """One bad row among good ones is enough."""
    assert verdict([GOOD], whole=False) == []
    assert [words in line for line in verdict([GOOD, row], whole=False)] == [True]


def test_too_few_cases_are_no_campaign() -> None:
    """25 transport faults and 60 payloads a format are promised; a sample is free of that."""
    few = Tried(source="cbr_fx", format="xml", generator="own", payloads=59)

    assert len(verdict([GOOD, few])) == 2
    assert verdict([GOOD, few], whole=False) == []


def test_the_tables_line_up_and_count() -> None:
    """One line a row, under its head; a case that was not tried is no survivor."""
    tried = Tried(
        source="cbr_fx", format="xml", generator="own", payloads=61, outcomes=Counter(rejected=60, loads_same=1)
    )  # fmt: skip
    text = printed([GOOD, ROWS["never applied"][0], ROWS["not healed"][0], tried])
    lines = text.splitlines()

    head = next(line for line in lines if line.startswith("id "))
    assert lines[lines.index(head) + 2][head.index("rule") :].startswith("refused")
    assert "transport faults 1, kill places 1 (1 runs); not tried 1; violations 1" in text
    assert "payloads 61, at least 61 a row; loads different 0; crashed 0; over time 0; against the rules 0" in text

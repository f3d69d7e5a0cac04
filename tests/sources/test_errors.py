"""What an error says: one line, whatever a publisher or an address brought."""

import pickle

from hypothesis import given
from hypothesis import strategies as st

from sources.errors import AmurError, LayoutChanged


@given(st.text(), st.text(), st.text(), st.text())
def test_p68_an_error_is_one_line_that_steers_no_terminal(url: str, period: str, found: str, at: str) -> None:
    """P-68: addresses of feeds and names of files are foreign text, too."""
    said = str(LayoutChanged(source="feed", url=url, period=period, at=at, expected="a figure", found=found))

    assert said.isprintable()
    assert said.startswith("feed")


def test_an_error_crosses_a_process_whole() -> None:
    """Parsing runs in a child: what it found comes back with its words."""
    error = AmurError(source="aeb", url="https://x/\u202egnp", period="2026-01", expected="1", found="2", advice="Wait")
    back = pickle.loads(pickle.dumps(error))  # noqa: S301 (our own)

    assert (str(back), back.facts()) == (str(error), error.facts())
    assert "\u202e" not in str(error)
    assert str(error).endswith("expected 1, found 2. Wait")

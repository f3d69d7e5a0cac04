"""What a pattern can't do without: a look that spares attempts and must never cost a match."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.parse.news import chinese, english, russian, sentences, stems
from sources.parse.news.model import Page
from sources.parse.news.rules import Tongue
from tests.payloads.news import pages

TONGUES = (english.TONGUE, russian.TONGUE, chinese.TONGUE)


@pytest.mark.parametrize(
    ("pattern", "runs"),
    [
        (r"\bban(?:s|ned)?\b", {"ban"}),
        (r"(?:raised|cut) the dut(?:y|ies)", {" the dut"}),
        (r"imposed?|levied", {"impose", "levied"}),
        (r"(?:x+|)y?", set()),
        (r"\w+\d", set()),
        (r"(?P<who>Росстандарт)?\s*запрет", {"запрет"}),
        (r"[禁停]止进口", {"止进口"}),
        (r"(?!no )deal", {"deal"}),
    ],
)
def test_a_pattern_needs_its_rarest_run_of_letters(pattern: str, runs: set[str]) -> None:
    """Of what every match must hold the longest is looked for; of what may be left out nothing is."""
    assert stems.needed(re.compile(pattern, re.IGNORECASE)) == runs


@pytest.mark.parametrize("tongue", TONGUES, ids=lambda one: one.name)
def test_nearly_every_rule_is_spared_in_a_sentence_about_something_else(tongue: Tongue) -> None:
    """A sentence without any of their words is read by no rule, or by one or two that could match anything."""
    assert len(list(tongue.likely("0000"))) <= 2


@pytest.mark.parametrize("tongue", TONGUES, ids=lambda one: one.name)
def test_no_rule_that_matches_a_text_is_left_out(tongue: Tongue) -> None:
    """The samples of every outlet are read as if each rule had been tried, in the order of the rules."""
    title, paragraphs = pages.TEXTS[tongue.name]
    article = Page(
        url="https://x.example/1",
        outlet="x",
        title=title,
        language=tongue.name,
        paragraphs=paragraphs,
        published=date(2025, 9, 2),
    )
    texts = [one.text for one in sentences.split(article)]
    texts += [text.upper() for text in texts]
    for text in texts:
        tried = [rule.id for rule in tongue.rules if rule.trigger.search(text)]
        likely = [rule.id for rule in tongue.likely(text)]
        assert [name for name in likely if name in tried] == tried
    assert any(rule.trigger.search(text) for text in texts for rule in tongue.rules)


@pytest.mark.parametrize("language", ["en", "ru", "zh"])
def test_no_pattern_of_any_kind_that_matches_a_text_is_left_out(language: str) -> None:
    """After a look at a text each pattern finds in it what it would have found anyway, upper case too."""
    title, paragraphs = pages.TEXTS[language]
    for text in (title, *paragraphs, title.upper(), *(one.upper() for one in paragraphs)):
        stems.Quick.look(text)
        for one in stems.Quick._every:
            found = [match.span() for match in re.finditer(one.pattern, text, one.flags)]
            assert not found or one.can(text), (one.pattern, text)
            assert [match.span() for match in one.tried.finditer(text)] == found, (one.pattern, text)


@pytest.mark.parametrize(
    ("pattern", "text", "possible"),
    [
        (r"\bban(?:s|ned)?\b", "urban plans", False),
        (r"\bban(?:s|ned)?\b", "a ban, he said", True),
        (r"raised .* dut(?:y|ies)|cut .* fees?", "the fee was raised", False),
        (r"raised .* dut(?:y|ies)|cut .* fees?", "cut the fee", True),
        (r"no longer", "no  longer", False),
        (r"(?=.*coal)\bexports?\b", "exports of timber", False),
    ],
)
def test_each_way_through_a_pattern_needs_all_that_it_needs(pattern: str, text: str, possible: bool) -> None:
    """One way's words beside another's make no match, nor does a word's part where the whole word is asked for."""
    assert stems.Sieve([re.compile(pattern, re.IGNORECASE)]).passing(text) == ([0] if possible else [])


@pytest.mark.parametrize(
    ("pattern", "glance"),
    [
        (r"\b(?:ban(?:s|ned)?|levied)\b", r"\b(?=[bl])"),
        (r"ban|levied", r"(?=[bl])"),
        (r"\bban|\blevied", r"\b(?=[bl])"),
        (r"(?P<no>not? )?\d+%", r"(?=[\dn])"),
        (r"(?:on|\s)*[a-f]", r"(?=[\sa-fo])"),
        (r"(?<!no )(?=.*coal)-", r"(?=[\-])"),
        (r"(?:not )?", ""),
        (r"\w+ ban", ""),
        (r"[^a]ban", ""),
        (r"(?:not )?.ban", ""),
        (r"(?i:b)an", ""),
    ],
)
def test_a_pattern_glances_at_the_letter_that_it_begins_with(pattern: str, glance: str) -> None:
    """Where a match may be empty, or begin with nearly anything, the pattern stays as it is."""
    glancing = stems.glancing(re.compile(pattern, re.IGNORECASE)).pattern
    assert glancing == (f"{glance}(?:{pattern})" if glance else pattern)


@given(st.text(alphabet="bansBANSİıſK рРусУС止进口0 ", max_size=30))
def test_a_glance_never_costs_a_match(text: str) -> None:
    """With and without case the same is found at the same places, whatever letters stand for `i`, `s` and `k`."""
    for said in ("in|ban", r"\bkin?", r"(?:s|\d)*an", r"(?-i:S)", "[рк]ус", "止?进"):
        for flags in (0, re.IGNORECASE):
            pattern = re.compile(said, flags)
            found = [match.span() for match in pattern.finditer(text)]
            assert [match.span() for match in stems.glancing(pattern).finditer(text)] == found


@given(st.text(alphabet="bansBANSİıſK рРусУС止进口0 ", max_size=30))
def test_letters_of_any_case_are_seen(text: str) -> None:
    """What a pattern without case matches is never taken for impossible, whatever letters stand for `i`, `s` and `k`."""
    for said in ("in", "kin", "bans", "рус", "止进", "ban|sk"):
        pattern = re.compile(said, re.IGNORECASE)
        if pattern.search(text):
            assert stems.possible(pattern, stems.fold(text))
            assert stems.Sieve([pattern]).passing(text) == [0]

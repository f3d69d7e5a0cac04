"""Figures out of prose: what a sentence of a release or article counts, of whom, when, and against what.

    from sources.parse import prose

    topic = prose.Topic(subject=prose.MARKET, measure="sales", geography="RU", title="Июль: продажи новых машин")
    found = prose.figures(text, language="ru", published=date(2025, 8, 5), topic=topic)
    found.figures      facts, hedged ones included (`obs_status` says A, P or E): these may become rows
    found.asides       said, but not as facts: plans, forecasts, ranges, values that the text itself calls superseded
    found.unresolved   a number that could be a figure and can't be settled: the candidates and the reason

`text` is plain text without markup: one paragraph a line, the heading apart in `Topic.title` (it gives a period, a
subject or a measure to sentences that have none; figures in it are not read). Lists, tables and side columns don't
belong in it; for table cells there are `cell_count`, `cell_change` and `is_missing`.

What a sentence leaves out it takes from the sentence or paragraph before it, or from the heading, and only where
there is one thing to take and nothing unknown stands in its part of the sentence. A word that the word lists
(`*.txt` here) don't know holds the numbers beside it: they come back as unresolved, never as a guess.
"""

from sources.parse.prose.cells import cell_change, cell_count, is_missing
from sources.parse.prose.figures import figures, may_count
from sources.parse.prose.model import (
    MARKET,
    Comparison,
    Extraction,
    Figure,
    Hedge,
    Kind,
    Language,
    Measure,
    Period,
    Printed,
    Subject,
    SubjectKind,
    Topic,
    Unit,
    Unresolved,
)

__all__ = [
    "MARKET",
    "Comparison",
    "Extraction",
    "Figure",
    "Hedge",
    "Kind",
    "Language",
    "Measure",
    "Period",
    "Printed",
    "Subject",
    "SubjectKind",
    "Topic",
    "Unit",
    "Unresolved",
    "cell_change",
    "cell_count",
    "figures",
    "is_missing",
    "may_count",
]

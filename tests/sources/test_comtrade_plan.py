"""What is asked of UN Comtrade: all that is wanted, never an answer that can be cut, in the fewest requests."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import product
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.contract import Payload, Request, Window
from sources.customs import comtrade
from sources.customs.comtrade import Block, fewest, wanted
from sources.errors import LayoutChanged, WrongDocument
from tests.payloads.comtrade import pages

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
KEY = frozenset({"comtrade"})
ALL = Window(date(2017, 1, 1), date(2026, 10, 31), NOW)
TONIGHT = Window(date(2025, 1, 1), NOW.date(), NOW, nightly=True)
KEYS = pytest.mark.parametrize("keys", [frozenset(), KEY], ids=["keyless", "keyed"])
EVERYBODY = -1
Cell = tuple[str, str, int, int, str, str]  # frequency, period, reporter, partner (EVERYBODY: all), flow, code


def with_keys(window: Window, keys: frozenset[str]) -> Window:
    """The same window of an operator who has these keys."""
    return Window(window.start, window.end, window.now, window.nightly, keys)


def data_of(requests: Iterable[Request]) -> list[Request]:
    """The requests for figures."""
    return [request for request in requests if request.role == "data" and "reporterCode" in request.params]


def numbers(request: Request, name: str) -> list[int]:
    """A list of numbers in a question; all partners where none is named."""
    return [int(text) for text in request.params[name].split(",")] if name in request.params else [EVERYBODY]


def cells(request: Request) -> Iterator[Cell]:
    """Each figure that a request asks for."""
    freq = urlsplit(request.url).path.split("/")[-2]
    texts = [request.params[name].split(",") for name in ("period", "flowCode", "cmdCode")]
    for period, flow, code in product(*texts):
        for reporter, partner in product(numbers(request, "reporterCode"), numbers(request, "partnerCode")):
            yield freq, period, reporter, partner, flow, code


def of_blocks(blocks: Iterable[Block]) -> set[tuple[int, int, str, str]]:
    """Each figure of one period that blocks hold."""
    return {
        cell
        for block in blocks
        for cell in product(block.reporters, block.partners or (EVERYBODY,), block.flows, block.codes)
    }


# --- what is wanted ------------------------------------------------------------------------------------------------

SIX_DIGITS = "870321 870322 870323 870324 870331 870332 870333 870340 870350 870360 870370 870380 870390"
OTHERS = "TOTAL 27 2701 2702 2704 2709 2710 2711 271111 271121 8703 8704 8701 8708 72 73 1001 1003 44 31 85 84"
CODES = {*OTHERS.split(), *SIX_DIGITS.split()}
MIRRORS = {"KZ": 398, "KG": 417, "BY": 112, "UZ": 860, "AM": 51, "TR": 792, "AE": 784}


def spelled_out(*, russia: bool) -> set[tuple[int, int, str, str]]:
    """What one period needs, written down once more, by hand."""
    found = {(156, partner, "X", code) for partner in (643, *MIRRORS.values()) for code in CODES}
    found |= {(156, 643, "M", code) for code in CODES}
    found |= {(156, seller, "M", code) for seller in (804, 398, 36, 251, 124, 842) for code in ("1001", "1003")}
    found |= {(156, EVERYBODY, "M", "2709")}
    found |= {(mirror, 643, "X", code) for mirror in MIRRORS.values() for code in CODES}
    found |= {(mirror, 156, "M", code) for mirror in MIRRORS.values() for code in CODES}
    if russia:
        found |= {(643, 156, flow, code) for flow in ("X", "M") for code in CODES}
    return found


@pytest.mark.parametrize("russia", [True, False])
def test_the_blocks_hold_what_is_wanted_and_nothing_twice(russia: bool) -> None:
    """All 35 codes for China, its partners and its mirrors; Russia as long as it reported."""
    blocks = wanted(russia=russia)

    assert len(CODES) == 35
    assert of_blocks(blocks) == spelled_out(russia=russia)
    assert sum(len(of_blocks([block])) for block in blocks) == len(of_blocks(blocks))


@KEYS
def test_a_backfill_asks_for_every_figure_of_every_period(keys: frozenset[str]) -> None:
    """Each month from January 2017 to October 2026, each year to 2025; Russia's until January 2022."""
    asked = {cell for request in data_of(comtrade.plan(with_keys(ALL, keys))) for cell in cells(request)}
    months = [f"{year}{month:02d}" for year in range(2017, 2027) for month in range(1, 13)]
    years = [str(year) for year in range(2017, 2026)]
    for freq, periods, last in (("M", months[:-2], "202201"), ("A", years, "2021")):
        for period in periods:
            for reporter, partner, flow, code in spelled_out(russia=period <= last):
                either = {(freq, period, reporter, one, flow, code) for one in (partner, EVERYBODY)}
                assert either & asked, either


@pytest.mark.parametrize(("keys", "expected"), [(frozenset(), 701), (KEY, 22)], ids=["keyless", "keyed"])
def test_the_whole_history_takes_as_few_requests_as_it_can(keys: frozenset[str], expected: int) -> None:
    """Without a key 5 a period (6 while Russia reported): 118 months, 9 years. With one, 2 a year and 2 for years.

    61 months and 5 years of 6, 57 months and 4 years of 5; 10 years of months and one dozen of years of 2.
    """
    assert len(data_of(comtrade.plan(with_keys(ALL, keys)))) == expected
    assert 66 * 6 + 61 * 5 == 701
    assert 10 * 2 + 2 == 22


# --- limits --------------------------------------------------------------------------------------------------------


@KEYS
@pytest.mark.parametrize("window", [ALL, TONIGHT], ids=["backfill", "night"])
def test_no_answer_can_be_as_long_as_its_cap(keys: frozenset[str], window: Window) -> None:
    """Below 500 rows without a key, one period a request; below 100,000 with one, at most twelve periods."""
    planned = list(comtrade.plan(with_keys(window, keys)))
    requests = data_of([*planned, *(other for request in planned for other in request.otherwise)])

    assert requests
    for request in requests:
        rows = sum(300 if cell[3] == EVERYBODY else 1 for cell in cells(request))
        periods = request.params["period"].split(",")
        assert rows < (100_000 if keys else 500)
        assert len(periods) <= (12 if keys else 1)
        assert request.keyed == bool(keys)
        assert urlsplit(request.url).path.startswith("/data/v1/get/" if keys else "/public/v1/preview/")
        assert len(request.address) < 4096


@KEYS
def test_every_question_sends_the_filters_that_keep_parts_out(keys: frozenset[str]) -> None:
    """Without them totals and their breakdowns come together."""
    filters = {"partner2Code": "0", "customsCode": "C00", "motCode": "0", "includeDesc": "true"}

    for request in data_of(comtrade.plan(with_keys(ALL, keys))):
        assert filters.items() <= request.params.items()


@KEYS
def test_nothing_is_asked_before_2017_or_ahead_of_time(keys: frozenset[str]) -> None:
    """A window over all time gives the plan from 2017 on; of a month that isn't over nothing is published."""
    everything = Window(date(1900, 1, 1), NOW.date(), NOW, keys=keys)
    requests = data_of(comtrade.plan(everything))
    labels = {request.period for request in requests if "/M/" in request.url}

    assert {period[:4] for request in requests for period in request.params["period"].split(",")} >= {"2017"}
    assert min(period for request in requests for period in request.params["period"].split(",")) >= "2017"
    assert max(labels) == ("2026-12" if keys else "2026-10")
    assert not data_of(comtrade.plan(Window(date(2016, 1, 1), date(2016, 12, 31), NOW, keys=keys)))
    assert not data_of(comtrade.plan(Window(date(2026, 11, 1), date(2026, 11, 20), NOW, keys=keys)))


def test_a_long_list_is_divided_until_the_address_fits() -> None:
    """1,500 codes in one list would make an address of ten thousand characters."""
    block = Block("many", (156,), (643,), ("M",), tuple(f"{100_000 + n}" for n in range(1500)))
    asked = list(comtrade._Asking(block, "M", ("202301",), keyed=True).within_limits())

    assert all(len(one.request().address) < 4096 and len(one.block.codes) <= 100 for one in asked)
    assert of_blocks(one.block for one in asked) == of_blocks([block])


# --- the planner against all there is ------------------------------------------------------------------------------

SETS = st.lists(st.integers(1, 3), min_size=1, max_size=2, unique=True).map(tuple)
BLOCKS = st.builds(
    Block,
    name=st.sampled_from(["a", "b", "c"]),
    reporters=SETS,
    partners=SETS,
    flows=st.sampled_from([("X",), ("M",), ("M", "X")]),
    codes=st.lists(st.sampled_from(["27", "2709", "8703", "TOTAL"]), min_size=1, max_size=3, unique=True).map(tuple),
)


def partitions(blocks: Sequence[Block]) -> Iterator[list[list[Block]]]:
    """Every way to put blocks together."""
    if not blocks:
        yield []
        return
    first, *rest = blocks
    for smaller in partitions(rest):
        yield [[first], *smaller]
        for n, group in enumerate(smaller):
            yield [*smaller[:n], [first, *group], *smaller[n + 1 :]]


def union(blocks: Sequence[Block]) -> int:
    """The rows of the smallest cross product that holds all."""
    size = 1
    for name in ("reporters", "partners", "flows", "codes"):
        size *= len({value for block in blocks for value in getattr(block, name)})
    return size


@settings(max_examples=150, deadline=None)
@given(blocks=st.lists(BLOCKS, min_size=1, max_size=6), limit=st.integers(24, 90))
def test_the_planner_finds_the_fewest_requests(blocks: list[Block], limit: int) -> None:
    """Against every way to put them together; all is covered, no bound is passed."""
    found = fewest(tuple(blocks), limit)
    best = min(len(groups) for groups in partitions(blocks) if all(union(group) <= limit for group in groups))

    assert len(found) == best
    assert of_blocks(found) >= of_blocks(blocks)
    assert all(block.rows <= limit for block in found)


@settings(max_examples=100, deadline=None)
@given(block=BLOCKS, limit=st.integers(1, 12))
def test_a_block_over_the_limit_is_cut_and_nothing_is_lost(block: Block, limit: int) -> None:
    """Down to a single figure a request."""
    found = fewest((block,), limit)

    assert of_blocks(found) == of_blocks([block])
    assert all(piece.rows <= limit for piece in found)
    assert len(found) >= -(-block.rows // limit)


def test_one_code_of_all_partners_can_not_be_cut() -> None:
    """There is no smaller question: the limit is wrong."""
    with pytest.raises(ValueError, match="over 200"):
        fewest((Block("all", (156,), (), ("M",), ("2709",)),), 200)


# --- addresses that stay -------------------------------------------------------------------------------------------


def test_a_keyed_address_is_the_same_all_year() -> None:
    """Whole calendar years of months, dozens of years: what is archived is found again."""

    def addresses(month: int) -> list[str]:
        now = datetime(2026, month, 20, tzinfo=UTC)
        window = Window(date(2025, 11, 1), now.date(), now, keys=KEY)
        return [request.address for request in data_of(comtrade.plan(window))]

    assert addresses(3) == addresses(11)
    periods = {request.params["period"] for request in data_of(comtrade.plan(with_keys(ALL, KEY)))}
    assert ",".join(f"2026{month:02d}" for month in range(1, 13)) in periods
    assert ",".join(str(year) for year in range(2017, 2029)) in periods


@KEYS
def test_the_newest_periods_are_asked_for_first(keys: frozenset[str]) -> None:
    """A day's calls go to what matters most; each request names the newest period it may bring, and its group."""
    requests = data_of(comtrade.plan(with_keys(ALL, keys)))
    months = [request.period for request in requests if "/M/" in request.url]

    assert months == sorted(months, reverse=True)
    assert all(request.group and request.recheck == timedelta(days=30) for request in requests)
    assert len({request.address for request in requests}) == len(requests)
    assert len({request.group for request in requests}) < 25


def test_groups_are_named_by_what_they_hold() -> None:
    """The same text every night."""
    groups = {request.group for request in data_of(comtrade.plan(with_keys(ALL, frozenset())))}

    assert {"M crude", "M exports", "M grain", "A crude", "M mirror imports+russia"} <= groups


def test_code_lists_are_asked_for_monthly_and_dictionaries_kept() -> None:
    """Reporters, partners and the HS are read; the field dictionary and the modes of transport are archived."""
    lists = [request for request in comtrade.plan(ALL) if "/reference/" in request.url]

    assert [(request.title, request.role) for request in lists] == [
        ("Reporters", "data"), ("partnerAreas", "data"), ("HS", "data"),
        ("TradeDataItems", "keep"), ("ModeOfTransportCodes", "keep"),
    ]  # fmt: skip
    assert {request.recheck for request in lists[:3]} == {timedelta(days=30)}
    assert lists == [request for request in comtrade.plan(TONIGHT) if "/reference/" in request.url]


# --- nights --------------------------------------------------------------------------------------------------------


def test_a_night_first_asks_what_was_released() -> None:
    """Months of this year and of the last, and years: at most twelve periods each, at addresses that stay all year."""
    indexes = [request for request in comtrade.plan(TONIGHT) if request.role == "index"]

    assert [urlsplit(request.url).path for request in indexes] == [
        "/public/v1/getDA/C/M/HS", "/public/v1/getDA/C/M/HS", "/public/v1/getDA/C/A/HS",
    ]  # fmt: skip
    assert indexes[0].params == {
        "reporterCode": "51,112,156,398,417,784,792,860",
        "period": "202601,202602,202603,202604,202605,202606,202607,202608,202609,202610,202611,202612",
    }
    assert indexes[1].params["period"].startswith("202501,")
    assert indexes[2].params == {
        "reporterCode": "51,112,156,398,417,643,784,792,860",
        "period": "2017,2018,2019,2020,2021,2022,2023,2024,2025",
    }
    assert not data_of(comtrade.plan(TONIGHT))


@KEYS
def test_where_nobody_says_what_was_released_the_newest_periods_are_asked_for(keys: frozenset[str]) -> None:
    """Four months, for data come one to three months late, and the last year."""
    now = datetime(2026, 3, 10, tzinfo=UTC)
    window = Window(date(2025, 1, 1), now.date(), now, nightly=True, keys=keys)
    indexes = [request for request in comtrade.plan(window) if request.role == "index"]
    labels = [sorted({other.period for other in request.otherwise}) for request in indexes]

    assert labels == (
        [["2026-12"], ["2025-12"], ["2028"]] if keys else [["2026-01", "2026-02"], ["2025-11", "2025-12"], ["2025"]]
    )
    assert all(other.role == "data" and other.keyed == bool(keys) for one in indexes for other in one.otherwise)


def index(*entries: dict[str, object], url: str = "https://comtradeapi.un.org/public/v1/getDA/C/M/HS") -> Payload:
    """An archived answer of getDA."""
    return Payload(
        source="comtrade", url=url, body=pages.answer(entries), sha256="0" * 64, fetched_at=NOW, role="index"
    )


def test_an_index_leads_to_what_was_released_and_says_when() -> None:
    """China's and Kazakhstan's June: each request has the last release among the reporters that it asks."""
    payload = index(
        pages.release(156, 202606, "2026-07-25T10:00:00"),
        pages.release(398, 202606, "2026-08-20T11:30:00.1234567"),
        pages.release(156, 202605, "2026-06-25T10:00:00"),
    )
    led = list(comtrade.links(payload, TONIGHT))
    crude = {request.period: request.changed_at for request in led if request.group == "M crude"}
    mirror = [request for request in led if request.group == "M mirror imports"]

    assert crude == {
        "2026-06": datetime(2026, 7, 25, 10, tzinfo=UTC),
        "2026-05": datetime(2026, 6, 25, 10, tzinfo=UTC),
    }
    assert [(request.period, request.changed_at) for request in mirror] == [
        ("2026-06", datetime(2026, 8, 20, 11, 30, 0, 123456, tzinfo=UTC))
    ]
    assert [request.period for request in led] == sorted((request.period for request in led), reverse=True)


def test_an_index_of_years_leads_to_years_with_russia_where_it_reported() -> None:
    """2021 was Russia's last whole year."""
    payload = index(pages.release(643, 2021, "2022-12-01T00:00:00"), pages.release(156, 2025, "2026-04-01T00:00:00"))
    led = list(comtrade.links(payload, TONIGHT))

    assert {request.period for request in led} == {"2021", "2025"}
    assert all("643" in request.params["reporterCode"].split(",") for request in led if request.period == "2021")
    assert all("/C/A/HS" in request.url for request in led)


def test_with_a_key_an_index_leads_to_whole_years() -> None:
    """One release of the year is enough; the newest counts."""
    payload = index(
        pages.release(156, 202606, "2026-07-25T10:00:00"), pages.release(156, 202601, "2026-09-01T00:00:00+02:00")
    )
    led = list(comtrade.links(payload, with_keys(TONIGHT, KEY)))

    assert [(request.period, request.keyed) for request in led] == [("2026-12", True)] * 2
    assert {request.changed_at for request in led} == {datetime(2026, 8, 31, 22, tzinfo=UTC)}


def test_nothing_released_leads_to_nothing() -> None:
    """In January of a new year; and what was released of 2016 is not wanted."""
    assert list(comtrade.links(index(), TONIGHT)) == []
    assert list(comtrade.links(index(pages.release(156, 2016, "2017-05-01T00:00:00")), TONIGHT)) == []


@pytest.mark.parametrize(
    "fields",
    [{"lastReleased": None}, {"lastReleased": "soon"}, {"period": 202613}, {"period": 2026}, {"reporterCode": "156"},
     {"freqCode": "Q"}, {"freqCode": ["M"]}],
)  # fmt: skip
def test_an_index_that_can_not_be_read_is_refused(fields: dict[str, object]) -> None:
    """Never a night without news."""
    with pytest.raises(LayoutChanged, match=r"data\[0\]"):
        list(comtrade.links(index({**pages.release(156, 202606, "2026-07-25T10:00:00"), **fields}), TONIGHT))


def test_an_answer_is_no_index_and_a_refusal_neither() -> None:
    """Figures in place of what was released, or the service's own words."""
    for body, kind in (
        (pages.answer(pages.crude()), LayoutChanged),
        (pages.refused(429, "Too fast"), WrongDocument),
    ):
        payload = Payload(source="comtrade", url="https://a", body=body, sha256="0" * 64, fetched_at=NOW)
        with pytest.raises(kind):
            list(comtrade.links(payload, TONIGHT))


# --- asking again in parts -----------------------------------------------------------------------------------------


@KEYS
def test_a_question_is_divided_down_to_single_figures_and_nothing_is_lost(keys: frozenset[str]) -> None:
    """Codes first, then partners, flows, reporters, periods."""
    requests = [request for request in data_of(comtrade.plan(with_keys(ALL, keys))) if request.period[:4] == "2022"]
    for request in [one for one in requests if len(list(cells(one))) < 5000][:3]:
        left, single = [request], []
        while left:
            one = left.pop()
            halves = comtrade.parts(one)
            left.extend(halves)
            if not halves:
                single.append(one)
        asked = [cell for one in single for cell in cells(one)]
        assert sorted(asked) == sorted(cells(request))
        assert len(single) == len(asked)


def test_a_part_is_like_its_whole_but_for_what_it_asks() -> None:
    """Half of the codes at the same endpoint, in the same group."""
    request = next(one for one in data_of(comtrade.plan(ALL)) if one.group == "M exports")
    first, second = comtrade.parts(request)

    assert (first.group, first.period, first.recheck) == (request.group, request.period, request.recheck)
    assert f"{first.params['cmdCode']},{second.params['cmdCode']}" == request.params["cmdCode"]
    assert {name for name in request.params if first.params[name] != request.params[name]} == {"cmdCode"}


def test_a_part_of_the_periods_names_its_own_newest() -> None:
    """January and February of four months."""
    url, periods = "https://comtradeapi.un.org/data/v1/get/C/M/HS", "202501,202502,202503,202504"
    request = Request(url, params={"period": periods}, period="2025-12")

    assert [part.period for part in comtrade.parts(request)] == ["2025-02", "2025-04"]


def test_what_can_not_be_divided_gives_no_parts() -> None:
    """All partners of one code and period, or a code list: there the refusal stands."""
    crude = next(one for one in data_of(comtrade.plan(ALL)) if one.group == "M crude")
    (reporters,) = (one for one in comtrade.plan(ALL) if one.title == "Reporters")

    assert comtrade.parts(crude) == ()
    assert comtrade.parts(reporters) == ()

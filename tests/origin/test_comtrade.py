"""The demo's UN Comtrade answers, cuts and refuses as the service does, and its figures hold together."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from email.message import Message
from typing import Any

import pytest
import requests

from sources.contract import Observation, Payload, Request, Window
from sources.customs import comtrade as source
from tests.origin import trade_figures
from tests.origin.comtrade import ADDRESS, FIELDS, Comtrade, figure
from tests.origin.server import Answer, Origin, Page
from tests.origin.trade_figures import ENGINES, KNOWN, PRODUCTS, months, partners

TODAY = date(2026, 7, 25)
NOW = datetime(2026, 7, 25, 2, 30, tzinfo=UTC)
KEY = "Ocp-Apim-Subscription-Key"
PREVIEW = "public/v1/preview/C/M/HS?"
DATA = "data/v1/get/C/M/HS?"
RELEASES = "public/v1/getDA/C/M/HS?"
WHOLE = "&partner2Code=0&customsCode=C00&motCode=0&includeDesc=true"
CRUDE = "reporterCode=156&partnerCode=643&cmdCode=2709&flowCode=M"
YEARS = range(2017, 2027)
SIDES = [(r, flow) for r in ("CN", "RU", "KZ", "KG", "BY", "UZ", "AM", "TR", "AE") for flow in ("X", "M")]


@pytest.fixture
def service() -> Comtrade:
    """The service as it stands on 25 July 2026."""
    return Comtrade(TODAY)


def ask(service: Comtrade, address: str, **headers: str) -> Answer:
    """One request without a network; `key` is the header of the subscription."""
    message = Message()
    for name, value in headers.items():
        message[KEY if name == "key" else name.replace("_", "-")] = value
    return service(f"{ADDRESS}{address}", message)


def rows(service: Comtrade, address: str, **headers: str) -> list[dict[str, Any]]:
    """The data of an answer that says itself how much it is."""
    answer = ask(service, address, **headers)
    assert answer.status == 200, answer.body
    said = json.loads(answer.body)
    assert list(said) == ["elapsedTime", "count", "data", "error"]
    assert said["count"] == len(said["data"])
    assert said["error"] == ""
    found: list[dict[str, Any]] = said["data"]
    return found


# --- answers --------------------------------------------------------------------------------------------------


def test_a_row_has_the_fields_of_the_service(service: Comtrade) -> None:
    """47 in their order; an import's value is CIF, its weight is its quantity."""
    (row,) = rows(service, f"{PREVIEW}{CRUDE}&period=202306{WHOLE}")

    assert list(row) == list(FIELDS)
    assert len(row) == 47
    assert (row["period"], row["refPeriodId"], row["refYear"], row["refMonth"]) == ("202306", 20230601, 2023, 6)
    assert (row["reporterISO"], row["partnerISO"], row["partner2ISO"]) == ("CHN", "RUS", "W00")
    assert (row["aggrLevel"], row["isLeaf"], row["classificationCode"]) == (4, False, "H6")
    assert (row["cifvalue"], row["fobvalue"], row["primaryValue"]) == (5443481794.0, None, 5443481794.0)
    assert (row["qtyUnitAbbr"], row["qty"], row["netWgt"]) == ("kg", 10493989499.0, 10493989499.0)


def test_a_year_is_month_52(service: Comtrade) -> None:
    """Cars are counted in pieces, exports are FOB, and a weight that nobody gave is an estimate."""
    (row,) = rows(
        service,
        f"public/v1/preview/C/A/HS?reporterCode=156&partnerCode=643&cmdCode=8703&flowCode=X&period=2025{WHOLE}",
    )

    assert (row["freqCode"], row["period"], row["refMonth"]) == ("A", "2025", 52)
    assert (row["qtyUnitCode"], row["qtyUnitAbbr"], row["qty"]) == (5, "u", 632341.0)
    assert (row["cifvalue"], row["fobvalue"]) == (None, 8460000000.0)
    assert row["isNetWgtEstimated"] is True


def test_names_come_only_when_asked_for(service: Comtrade) -> None:
    """Without `includeDesc=true` the fields are there and empty."""
    address = f"{PREVIEW}{CRUDE}&period=202306{WHOLE}".replace("&includeDesc=true", "")
    (row,) = rows(service, address)

    assert list(row) == list(FIELDS)
    assert (row["reporterDesc"], row["cmdDesc"], row["partnerISO"]) == (None, None, None)
    assert row["partnerCode"] == 643


@pytest.mark.parametrize(
    ("query", "field", "values"),
    [
        ("reporterCode=156,398", "reporterCode", {156, 398}),
        ("period=202401,202403", "period", {"202401", "202403"}),
        ("partnerCode=643,0", "partnerCode", {643, 0}),
        ("cmdCode=TOTAL,271111,8704", "cmdCode", {"TOTAL", "271111", "8704"}),
        ("flowCode=X", "flowCode", {"X"}),
        ("partner2Code=0", "partner2Code", {0}),
        ("customsCode=C00,C01", "customsCode", {"C00", "C01"}),
        ("motCode=0,2100", "motCode", {0, 2100}),
    ],
)
def test_each_filter_leaves_only_what_it_names(service: Comtrade, query: str, field: str, values: set[object]) -> None:
    """And all of it; other fields are free."""
    rest = "&".join(
        part
        for part in ("reporterCode=156", "period=202401", "cmdCode=TOTAL,8704,271111", "partnerCode=643,398,0")
        if not part.startswith(f"{field}=")
    )
    found = rows(service, f"{DATA}{query}&{rest}", key="one")

    assert {row[field] for row in found} == values


def test_without_filters_totals_come_with_their_breakdowns(service: Comtrade) -> None:
    """The breakdowns by partner, procedure and mode each add up to the total: a plain sum counts four times."""
    found = rows(service, f"{PREVIEW}{CRUDE}&period=202306")
    value = {(row["partner2Code"], row["customsCode"], row["motCode"]): row["primaryValue"] for row in found}
    total = value.pop((0, "C00", 0))

    assert total == 5443481794.0
    assert len(found) == 7
    assert sum(v for (_, _, mode), v in value.items() if mode) == total
    assert sum(v for (_, procedure, _), v in value.items() if procedure != "C00") == total
    assert sum(v for (second, _, _), v in value.items() if second) == total


def test_the_preview_is_cut_at_500_rows_without_a_word(service: Comtrade) -> None:
    """The same question with a key has more; nothing in the short answer says so."""
    question = "reporterCode=156&period=202306"

    assert len(rows(service, f"{PREVIEW}{question}")) == 500
    assert len(rows(service, f"{DATA}{question}", key="one")) > 5000


def test_a_limit_is_reached_only_by_more_rows(service: Comtrade) -> None:
    """One period of both countries of interest stays far below the cap."""
    pair = rows(service, f"{PREVIEW}reporterCode=156&partnerCode=643&period=202605{WHOLE}")

    assert 50 < len(pair) < 100
    keys = Counter((row["flowCode"], row["cmdCode"]) for row in pair)
    assert set(keys.values()) == {1}


def test_data_is_cut_at_100_000_rows(service: Comtrade) -> None:
    """All of China, of all periods, is more."""
    answer = ask(service, f"{DATA}reporterCode=156", key="one")

    assert b'"count":100000,' in answer.body[:60]
    assert answer.body.count(b'"typeCode"') == 100_000


def test_thirteen_periods_are_refused(service: Comtrade) -> None:
    """Twelve are answered, thirteen are status 400; the list of releases takes any number."""
    year = ",".join(f"2023{month:02d}" for month in range(1, 13))

    assert len(rows(service, f"{PREVIEW}{CRUDE}&period={year}{WHOLE}")) == 12
    refused = ask(service, f"{PREVIEW}{CRUDE}&period={year},202401{WHOLE}")
    assert (refused.status, json.loads(refused.body)["statusCode"]) == (400, 400)
    assert len(rows(service, f"{RELEASES}reporterCode=156&period={year},202401")) == 13


@pytest.mark.parametrize(
    "query",
    [
        "period=209901",
        "period=202606",  # June comes in the middle of August
        "period=2023",  # a year isn't a month
        "period=202306&reporterCode=643",  # Russia has stopped
        "period=202306&cmdCode=0101",
        "period=202306&partnerCode=999",
    ],
)
def test_what_is_not_published_is_an_empty_list(service: Comtrade, query: str) -> None:
    """Status 200, count 0, no data: never a zero."""
    defaults = "" if "reporterCode" in query else "&reporterCode=156"

    assert rows(service, f"{PREVIEW}{query}{defaults}{WHOLE}") == []


def test_the_time_that_it_took_differs_from_call_to_call(service: Comtrade) -> None:
    """Two answers to one question aren't the same bytes, their data are."""
    first, second = (json.loads(ask(service, f"{PREVIEW}{CRUDE}&period=202306{WHOLE}").body) for _ in range(2))

    assert first.pop("elapsedTime") != second.pop("elapsedTime")
    assert first == second


# --- releases -------------------------------------------------------------------------------------------------


def test_releases_are_dated(service: Comtrade) -> None:
    """China's May comes 45 days after its end; Kazakhstan's 56 days after, one day too late for today."""
    address = f"{RELEASES}reporterCode=156,398&period=202604,202605"
    found = {(row["reporterISO"], row["period"]): row["lastReleased"] for row in rows(service, address)}

    assert found == {
        ("CHN", 202604): "2026-06-14T00:00:00",
        ("CHN", 202605): "2026-07-15T00:00:00",
        ("KAZ", 202604): "2026-06-25T00:00:00",
    }
    service.today = date(2026, 7, 26)
    assert ("KAZ", 202605) in {(row["reporterISO"], row["period"]) for row in rows(service, address)}


def test_russia_stops_in_january_2022(service: Comtrade) -> None:
    """Its last month is January 2022, its last year 2021."""
    monthly = rows(service, f"{RELEASES}reporterCode=643")
    yearly = rows(service, "public/v1/getDA/C/A/HS?reporterCode=643")

    assert (min(r["period"] for r in monthly), max(r["period"] for r in monthly)) == (201701, 202201)
    assert (min(r["period"] for r in yearly), max(r["period"] for r in yearly)) == (2017, 2021)


def test_a_release_counts_its_rows(service: Comtrade) -> None:
    """`totalRecords` is what the data of that reporter and period are."""
    (release,) = rows(service, f"{RELEASES}reporterCode=398&period=202401")

    assert release["totalRecords"] == len(rows(service, f"{DATA}reporterCode=398&period=202401", key="one"))


def test_a_revision_is_a_later_release_with_other_values(service: Comtrade) -> None:
    """From its day on, and then only for its reporter and period."""
    release, question = f"{RELEASES}reporterCode=156&period=202306", f"{PREVIEW}{CRUDE}&period=202305,202306{WHOLE}"
    (before,) = rows(service, release)
    service.revise("CN", "202306", date(2026, 7, 26), percent=2)

    assert rows(service, release) == [before]
    service.today = date(2026, 7, 26)
    (after,) = rows(service, release)
    assert (before["lastReleased"], after["lastReleased"]) == ("2023-08-14T00:00:00", "2026-07-26T00:00:00")
    assert before["firstReleased"] == after["firstReleased"]
    assert before["datasetChecksum"] != after["datasetChecksum"]
    assert [row["primaryValue"] for row in rows(service, question)] == [5238533428.0, 5552351429.0]


# --- refusals -------------------------------------------------------------------------------------------------


def test_data_need_a_key(service: Comtrade) -> None:
    """401 without one; the preview needs none."""
    refused = ask(service, f"{DATA}{CRUDE}&period=202306")

    assert refused.status == 401
    assert json.loads(refused.body) == {"statusCode": 401, "message": "No subscription key came with the request"}
    assert len(rows(service, f"{DATA}{CRUDE}&period=202306{WHOLE}", key="one")) == 1


def test_another_key_than_the_right_one_is_refused() -> None:
    """Where the service was given a key."""
    service = Comtrade(TODAY, key="right")

    assert ask(service, f"{DATA}{CRUDE}&period=202306", key="wrong").status == 401
    assert ask(service, f"{DATA}{CRUDE}&period=202306", key="right").status == 200


def test_a_quota_is_used_up(service: Comtrade) -> None:
    """Every call of preview and data costs one, a refused thirteenth period too; releases and files are free."""
    service.calls_left = 3
    assert ask(service, f"{PREVIEW}{CRUDE}&period=202306").status == 200
    assert ask(service, f"{RELEASES}reporterCode=398").status == 200
    assert ask(service, "files/v1/app/reference/HS.json").status == 200
    assert ask(service, f"{DATA}{CRUDE}&period=202306").status == 401
    assert service.calls_left == 2
    assert ask(service, f"{DATA}{CRUDE}&period=202306", key="one").status == 200
    assert ask(service, f"{PREVIEW}period={','.join(map(str, range(202301, 202314)))}").status == 400
    assert service.calls_left == 0

    refused = ask(service, f"{PREVIEW}{CRUDE}&period=202306")

    assert refused.status == 403
    assert json.loads(refused.body) == {
        "statusCode": 403,
        "message": "Out of call volume quota. Quota will be replenished in 03:14:17.",
    }
    service.calls_left = None
    assert ask(service, f"{PREVIEW}{CRUDE}&period=202306").status == 200


def test_a_rate_limit_lasts_as_many_calls_as_it_was_set_for(service: Comtrade) -> None:
    """429 with the seconds to wait; such calls cost nothing of the quota."""
    service.calls_left = 1
    service.limit_next(2)

    refused = [ask(service, address) for address in (RELEASES, f"{PREVIEW}{CRUDE}&period=202306")]

    assert [(one.status, one.headers["Retry-After"]) for one in refused] == [(429, "1"), (429, "1")]
    assert service.calls_left == 1
    assert ask(service, f"{PREVIEW}{CRUDE}&period=202306").status == 200


def test_calls_are_noted_without_their_keys(service: Comtrade) -> None:
    """Path, query, status and whether there was a key: the key is nowhere."""
    ask(service, f"{DATA}{CRUDE}&period=202306", key="a-secret")
    ask(service, f"{PREVIEW}period=202306,202307&cmdCode=")
    ask(service, "public/v1/nothing")

    first, second, third = service.calls
    assert (first.path, first.keyed, first.status) == ("/data/v1/get/C/M/HS", True, 200)
    assert first.query["partnerCode"] == "643"
    assert (second.path, second.keyed, second.query["period"]) == ("/public/v1/preview/C/M/HS", False, "202306,202307")
    assert (third.path, third.status) == ("/public/v1/nothing", 404)
    assert "a-secret" not in repr(service.calls) + repr(vars(service))


# --- reference files ------------------------------------------------------------------------------------------


def test_every_code_of_the_rows_has_a_name(service: Comtrade) -> None:
    """Reporters, partners, second partners, products and modes are all in the reference files."""

    def listed(name: str, field: str) -> set[object]:
        said = json.loads(ask(service, f"files/v1/app/reference/{name}.json").body)
        assert all(entry.get("text") or entry["description"] for entry in said["results"])
        return {entry[field] for entry in said["results"]}

    found = rows(service, f"{DATA}period=202401", key="one")

    assert {row["reporterCode"] for row in found} <= listed("Reporters", "reporterCode")
    areas = listed("partnerAreas", "PartnerCode")
    assert {row[name] for row in found for name in ("partnerCode", "partner2Code")} <= areas
    assert {row["cmdCode"] for row in found} == listed("HS", "id") == set(PRODUCTS)
    assert {str(row["motCode"]) for row in found} <= listed("ModeOfTransportCodes", "id")
    assert listed("TradeDataItems", "dataItem") == set(FIELDS)


def test_a_reference_file_that_is_known_is_304(service: Comtrade) -> None:
    """By its ETag; a file that there isn't is 404."""
    first = ask(service, "files/v1/app/reference/Reporters.json")

    again = ask(service, "files/v1/app/reference/Reporters.json", If_None_Match=first.headers["ETag"])

    assert (first.status, again.status) == (200, 304)
    assert ask(service, "files/v1/app/reference/Flows.json").status == 404


# --- behind the origin ----------------------------------------------------------------------------------------


@pytest.fixture
def origin(service: Comtrade) -> Iterator[Origin]:
    """A page of the service's host, and the service for all else there."""
    with Origin({f"{ADDRESS}robots.txt": Page(b"none"), "http://a.test/": Page(b"a")}, {ADDRESS: service}) as running:
        yield running


def get(origin: Origin, url: str, **headers: str) -> requests.Response:
    """What a client of the origin gets."""
    with requests.Session() as session:
        session.trust_env = False
        proxies = {"http": origin.proxy, "https": origin.proxy}
        return session.get(url, headers=headers, proxies=proxies, verify=str(origin.certificate), timeout=20)


def test_the_origin_lets_the_service_answer_its_addresses(origin: Origin, service: Comtrade) -> None:
    """Over TLS, with status and headers of the service; pages come first, other hosts are none of its business."""
    got = get(origin, f"{ADDRESS}{PREVIEW}{CRUDE}&period=202306{WHOLE}")
    service.limit_next(1)
    limited = get(origin, f"{ADDRESS}{RELEASES}period=202306", **{KEY: "a-secret"})

    assert got.headers["Content-Type"] == "application/json; charset=utf-8"
    assert got.json()["data"][0]["primaryValue"] == 5443481794.0
    assert (limited.status_code, limited.headers["Retry-After"]) == (429, "1")
    assert get(origin, f"{ADDRESS}robots.txt").content == b"none"
    assert get(origin, "http://a.test/").content == b"a"
    assert get(origin, "https://comtradeapi.un.org.test/files").status_code == 404
    assert [(call.keyed, call.status) for call in service.calls] == [(False, 200), (True, 429)]
    asked = [(one.url, one.status) for one in origin.asked if one.method == "GET"]
    assert (f"{ADDRESS}{RELEASES}period=202306", 429) in asked
    assert "a-secret" not in repr(origin.asked)


def test_a_304_of_the_service_has_no_body(origin: Origin) -> None:
    """The origin notes that the question was conditional."""
    address = f"{ADDRESS}files/v1/app/reference/HS.json"
    tag = get(origin, address).headers["ETag"]

    again = get(origin, address, **{"If-None-Match": tag})

    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
    assert [one.conditional for one in origin.asked if one.method == "GET"] == [False, True]


# --- figures --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "period", "usd", "amount"),
    [
        # Crude, LNG and pipeline gas from Russia: China Customs, online query system.
        ("CN M RU 2709", "202201", 4_238_207_674, 7_256_424_820),
        ("CN M RU 2709", "202212", 3_869_233_270, 6_471_032_455),
        ("CN M RU 2709", "202306", 5_443_481_794, 10_493_989_499),
        ("CN M RU 2709", "202312", 5_525_313_310, 9_561_014_006),
        ("CN M RU 2709", "2022", 58_448_908_358, 86_245_477_057),
        ("CN M RU 2709", "2023", 60_644_807_015, 107_024_517_297),
        ("CN M RU 2709", "2024", 62_425_837_940, 108_471_331_436),
        ("CN M RU 271111", "202210", 1_083_230_540, 749_479_598),
        ("CN M RU 271111", "2023", 5_188_422_505, 8_053_734_135),
        ("CN M RU 271121", "202302", 648_165_872, None),
        ("CN M RU 271121", "2023", 6_435_585_201, None),
        ("CN M RU 271121", "2021", 1_510_642_469, 7_536_636_452),
        ("CN M RU 2701", "2023", 14_346_043_690, 101_684_726_450),
        # Cars, trucks and totals: China Customs in the news.
        ("CN X RU 8703", "2022", 1_680_000_000, 153_200),
        ("CN X RU 8703", "2025", 8_460_000_000, 632_341),
        ("CN X RU 8703", "202405", 1_300_000_000, 103_800),
        ("CN X RU TOTAL", "2024", 115_490_000_000, None),
        ("CN M RU TOTAL", "2024", 129_320_000_000, None),
    ],
)
def test_figures_that_were_published_are_true(who: str, period: str, usd: int, amount: int | None) -> None:
    """To the dollar, kilogram and car, months and years; withheld quantities stay withheld."""
    reporter, flow, partner, product = who.split()
    assert flow in {"X", "M"}
    cell = figure(reporter, "X" if flow == "X" else "M", partner, product, period)

    assert cell is not None
    assert (cell.usd, cell.amount) == (usd, amount)


@pytest.mark.parametrize(
    ("partner", "usd", "kg"),
    [("SA", 28_300_000_000, 46_500_000_000), ("IQ", 17_000_000_000, 29_500_000_000),
     ("AE", 13_500_000_000, 21_500_000_000)],
)  # fmt: skip
def test_gulf_crude_has_the_true_half_year_in_even_months(partner: str, usd: int, kg: int) -> None:
    """Sums as quoted from China Customs in July 2023; a month is a sixth, to the unit."""
    half = months("CN", "M", partner, 2023)["2709"][:6]

    assert (sum(cell.usd for cell in half), sum(cell.kg or 0 for cell in half)) == (usd, kg)
    assert max(cell.usd for cell in half) - min(cell.usd for cell in half) <= 1


@pytest.mark.parametrize("known", KNOWN, ids=lambda k: f"{k.exporter}-{k.importer}-{k.product}-{k.measure}-{k.year}")
def test_every_published_sum_is_kept(known: trade_figures.Known) -> None:
    """China's own side shows each sum of the table over its months; the table names where it is from."""
    flow, partner = ("M", known.exporter) if known.importer == "CN" else ("X", known.importer)
    cells = months("CN", "M" if flow == "M" else "X", partner, known.year)[known.product]

    for first, last, total in known.spans:
        inside = [cell.usd if known.measure == "usd" else cell.amount or 0 for cell in cells[first - 1 : last]]
        assert sum(inside) == total
    assert "China Customs" in known.source


@pytest.mark.parametrize(("reporter", "flow"), SIDES)
def test_parts_add_up_to_less_than_their_whole(reporter: str, flow: trade_figures.Flow) -> None:
    """Chapters and headings below TOTAL, headings below their chapter, subheadings below their heading."""
    checked = 0
    for partner in ("W0", *partners(reporter, flow)):
        for year in YEARS:
            cells = months(reporter, flow, partner, year)
            for parent in {PRODUCTS[code].parent for code in cells} - {""}:
                parts = [row for code, row in cells.items() if PRODUCTS[code].parent == parent]
                for whole, *each in zip(cells[parent], *parts, strict=True):
                    assert sum(part.usd for part in each) <= whole.usd
                    assert sum(part.kg or 0 for part in each) <= (whole.kg or 10**18)
                    checked += 1
    assert checked > 1000


def test_months_add_up_to_the_year(service: Comtrade) -> None:
    """Values, quantities and weights of every product of the annual answer."""
    question = f"reporterCode=398&partnerCode=156,643{WHOLE}"
    year = rows(service, f"data/v1/get/C/A/HS?{question}&period=2023", key="one")
    monthly = rows(service, f"{DATA}{question}&period={','.join(f'2023{m:02d}' for m in range(1, 13))}", key="one")
    sums: Counter[tuple[object, ...]] = Counter()
    for row in monthly:
        for name in ("primaryValue", "qty", "netWgt"):
            sums[row["flowCode"], row["partnerCode"], row["cmdCode"], name] += row[name] or 0

    assert len(year) > 80
    for row in year:
        for name in ("primaryValue", "qty", "netWgt"):
            assert (row[name] or 0) == sums[row["flowCode"], row["partnerCode"], row["cmdCode"], name]


def test_the_world_is_more_than_its_partners() -> None:
    """China's crude of 2023: 563.99 million tonnes were published, named suppliers sold less; Russia the most."""
    world = figure("CN", "M", "W0", "2709", "2023")
    each = {p: figure("CN", "M", p, "2709", "2023") for p in partners("CN", "M") if p != trade_figures.REST}
    tonnes = {p: (cell.kg or 0) // 1000 for p, cell in each.items() if cell is not None}

    assert world is not None
    assert world.kg == 563_990_000_000
    assert sum(tonnes.values()) * 1000 < world.kg
    assert sorted(tonnes, key=tonnes.__getitem__)[-2:] == ["SA", "RU"]
    assert tonnes["SA"] == 85_960_000


@pytest.mark.parametrize(
    ("exporter", "importer"), [("CN", "KZ"), ("CN", "RU"), ("RU", "CN"), ("KZ", "CN"), ("KZ", "RU"), ("RU", "KG")]
)
def test_the_importers_side_is_higher_by_a_cif_margin(exporter: str, importer: str) -> None:
    """Between 3 and 9 percent, the same in every month; the quantities agree."""
    factors = set()
    for year in (2019, 2021):
        sold, bought = months(exporter, "X", importer, year), months(importer, "M", exporter, year)
        assert sold.keys() == bought.keys()
        for fob, cif in zip(sold["TOTAL"], bought["TOTAL"], strict=True):
            factors.add(round(cif.usd / fob.usd, 4))
        assert [cell.kg for cell in sold["84"]] == [cell.kg for cell in bought["84"]]

    assert len(factors) == 1
    assert 1.03 <= factors.pop() < 1.09


@pytest.mark.parametrize("country", ["KZ", "KG"])
def test_chinese_cars_make_a_detour(country: str) -> None:
    """Imports from China and exports to Russia of 8703 are in 2023 and 2024 far above the path of 2019 to 2021."""
    for flow, partner in (("M", "CN"), ("X", "RU")):
        cars = {
            year: sum(cell.usd for cell in months(country, "M" if flow == "M" else "X", partner, year)["8703"])
            for year in (2019, 2020, 2021, 2023, 2024)
        }
        path = max(cars[year] for year in (2019, 2020, 2021))
        assert cars[2023] > 5 * path
        assert cars[2024] > 5 * path


def test_the_engine_classes_are_all_there() -> None:
    """Thirteen subheadings of 8703, most of the heading between them."""
    cells = months("CN", "X", "RU", 2025)
    classes = sum(cell.usd for code in ENGINES for cell in cells[code])

    assert len(ENGINES) == 13
    assert 0.97 * 8_460_000_000 < classes < 8_460_000_000


def test_what_is_withheld_is_an_estimate_in_its_headings() -> None:
    """Pipeline gas has no quantity since 2022; the weights of 2711 and of chapter 27 are flagged and hold some."""
    cells = months("CN", "M", "RU", 2023)

    assert {cell.kg for cell in cells["271121"]} == {None}
    for code in ("2711", "27"):
        assert all(cell.kg and cell.estimated for cell in cells[code])
        assert not any(cell.estimated for cell in months("CN", "M", "RU", 2021)[code])
    gas = sum(cell.kg or 0 for cell in cells["2711"])
    assert gas > 2 * 8_053_734_135  # the liquefied part


def test_a_sum_that_leaves_less_than_nothing_is_refused() -> None:
    """The table can't hold published figures that contradict each other."""
    with pytest.raises(ValueError, match="left of 5"):
        trade_figures._fit([1] * 12, [(1, 1, 6), (1, 2, 5)])


# --- a night of the source --------------------------------------------------------------------------------------


def payload(service: Comtrade, request: Request) -> Payload:
    """What the archive would give of the service's answer to a request of the source."""
    answer = ask(service, request.address.removeprefix(ADDRESS))
    assert answer.status == 200, request.address
    return Payload(
        source="comtrade",
        url=request.address,
        body=answer.body,
        sha256=hashlib.sha256(answer.body).hexdigest(),
        fetched_at=NOW,
        content_type=answer.content_type,
        role=request.role,
        period=request.period,
    )


def test_a_keyless_night_of_the_source_is_answered_whole(service: Comtrade) -> None:
    """Every index leads on, every list is there, no answer is empty, refused or cut, and the source reads a sample."""
    window = Window(date(2025, 1, 1), TODAY, NOW, nightly=True)
    first = list(source.plan(window))
    indexes = [payload(service, request) for request in first if request.role == "index"]
    lists = [payload(service, request) for request in first if request.role != "index"]
    data = [request for index in indexes for request in source.links(index, window)]

    counts = []
    for n, request in enumerate(data):
        answered = payload(service, request)
        counts.append(json.loads(answered.body)["count"])
        if n % 25 == 0:
            assert all(isinstance(row, Observation) for row in source.parse(answered)), request.address
    assert len(indexes) == 3
    assert len(lists) == 5
    assert len(data) > 50
    assert min(counts) > 0
    assert max(counts) < 500
    assert {call.status for call in service.calls} == {200}
    assert not any(call.keyed for call in service.calls)

"""What naming partners promises: the right code under each spelling, and no guess."""

import re

import pytest

from sources.parse import countries
from sources.parse.countries import Place


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Russia", "RU"), ("Russian Federation", "RU"), ("俄罗斯", "RU"), ("俄罗斯联邦", "RU"),
        ("\xa0\xa0Russia\xa0 ", "RU"),
        ("of which: Germany", "DE"), ("\xa0of which： Germany", "DE"), ("其中：德国", "DE"),
        ("Taiwan, China", "TW"), ("Taiwan，China", "TW"), ("Hong Kong, China", "HK"), ("中国香港", "HK"),
        ("Czechia(Czech Republic)", "CZ"), ("Czechia（Czech Republic）", "CZ"), ("Czech Republic", "CZ"),
        ("Eswatini(Swaziland)", "SZ"), ("Swaziland", "SZ"), ("Côte d'Ivoire", "CI"), ("Cote d'Ivoire", "CI"),
        ("Cote d’Ivoire", "CI"), ("Türkiye", "TR"), ("Turkey", "TR"), ("Réunion", "RE"), ("Åland Islands", "AX"),
        ("Congo", "CG"), ("Democratic Republic of Congo", "CD"), ("刚果(布)", "CG"), ("刚果（金）", "CD"),
        ("Republic of Korea", "KR"), ("R. O. Korea", "KR"), ("Democratic People's Republic of Korea", "KP"),
        ("Guinea", "GN"), ("Guinea-Bissau", "GW"), ("Equatorial Guinea", "GQ"), ("Papua New Guinea", "PG"),
        ("Niger", "NE"), ("Nigeria", "NG"), ("Dominica", "DM"), ("Dominican Republic", "DO"), ("多米尼加", "DO"),
        ("Samoa", "WS"), ("American Samoa", "AS"), ("Lao", "LA"), ("Laos", "LA"), ("Viet Nam", "VN"), ("Vietnam", "VN"),
        ("United States (US)", "US"), ("United States", "US"), ("United Kingdom (UK)", "GB"), ("China", "CN"),
        ("The Federated States of Micronesia", "FM"), ("Bosnia & Herzegovina", "BA"),
    ],
)  # fmt: skip
def test_a_country_has_one_code_under_all_its_names(name: str, code: str) -> None:
    """Spellings of both publications, of both languages, with accents and widths that come and go."""
    assert (countries.place(name).code, countries.place(name).kind) == (code, "country")


@pytest.mark.parametrize(
    ("name", "code", "kind"),
    [
        ("Total", "W0", "world"), ("TOTAL", "W0", "world"), ("总值", "W0", "world"),
        ("European Union", "EU", "group"), ("EU\xa0", "EU", "group"), ("欧洲联盟", "EU", "group"),
        ("ASEAN\xa0", "ASEAN", "group"), ("APEC", "APEC", "group"),
        ("Regional Comprehensive Economic Partnership", "RCEP", "group"), ("RCEP", "RCEP", "group"),
        ("Jointly build the countries along Belt and Road Routes", "BRI", "group"), ("BRI", "BRI", "group"),
        ("Asia:", "_ASIA", "group"), ("Latin America:\xa0\xa0", "_LATAM", "group"), ("Africa", "_AFRICA", "group"),
        ("Canary Islands", None, "area"), ("Other Asian Territories", None, "area"),
        ("Countries（Territories）Unknown", None, "area"),
    ],
)  # fmt: skip
def test_groups_and_areas_are_no_countries(name: str, code: str | None, kind: str) -> None:
    """Groups have codes of their own; an area without an ISO code keeps its name."""
    place = countries.place(name)

    assert (place.code, place.kind) == (code, kind)
    assert place.name


@pytest.mark.parametrize(
    "name", ["", "Atlantis", "Guine", "Korea", "Ivory", "Russia and Belarus", "United", "12.5", "-"]
)
def test_an_unknown_name_is_never_guessed(name: str) -> None:
    """Not from a part of a name, nor from one with something more."""
    with pytest.raises(KeyError):
        countries.place(name)


def test_every_code_is_one_place() -> None:
    """Codes are two capitals for countries, and none stands for two places."""
    places: set[Place] = set(countries.PLACES.values())
    codes = [place.code for place in places if place.code]

    assert len(codes) == len(set(codes))
    assert all(re.fullmatch("[A-Z]{2}", place.code or "") for place in places if place.kind == "country")
    assert sum(place.kind == "country" for place in places) == 249

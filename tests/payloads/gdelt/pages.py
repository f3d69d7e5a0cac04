"""Answers of GDELT's API in its layout, written for Amur; the counts are invented, the headlines own words."""

import json
from collections.abc import Mapping

__all__ = ["articles", "samples", "timeline"]


def articles(count: int = 2) -> bytes:
    """A list of articles."""
    rows = [
        {
            "url": f"https://www.example.org/{n}?utm_source=x", "url_mobile": "", "title": "China , Russia sign gas memorandum - sources",
            "seendate": f"202507{n % 28 + 1:02}T073000Z", "domain": "example.org", "language": "English", "sourcecountry": "",
        }
        for n in range(count)
    ]  # fmt: skip
    return json.dumps({"articles": rows}).encode()


def timeline(series: str = "Volume Intensity") -> bytes:
    """Five days of volume, the third of them nothing."""
    values = (0.03, 0.02, 0.0, 0.11, 0.09)
    data = [{"date": f"202507{n:02}T000000Z", "value": value} for n, value in enumerate(values, start=1)]
    return json.dumps(
        {
            "query_details": {"title": "(china OR chinese) (russia OR russian) dumping"},
            "timeline": [{"series": series, "data": data}],
        }
    ).encode()


def samples() -> Mapping[str, bytes]:
    """Documents by name."""
    return {"articles": articles(), "volumes": timeline(), "counts": timeline("Article Count")}

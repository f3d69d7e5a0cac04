"""Answers of GDELT's API in its layout, written for Amur; the counts are invented, the headlines own words."""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence

__all__ = ["articles", "events", "samples", "timeline"]


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


def events(
    pairs: Sequence[tuple[str, str]] = (("CHN", "RUS"), ("RUS", "CHN"), ("CHN", "USA"), ("RUS", "RUS")),
) -> bytes:
    """An event file of fifteen minutes: a zip with one table of 61 columns and no heading; the events are invented."""
    lines = []
    for number, (first, second) in enumerate(pairs):
        cells = [""] * 61
        cells[0], cells[1], cells[7], cells[17] = str(number), "20240902", first, second
        cells[59], cells[60] = "20250902074500", "https://www.example.org/1"
        lines.append("\t".join(cells))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(zipfile.ZipInfo("20250902074500.export.CSV"), "\n".join(lines) + "\n")
    return packed.getvalue()


def samples() -> Mapping[str, bytes]:
    """Documents by name."""
    return {"articles": articles(), "volumes": timeline(), "counts": timeline("Article Count")}

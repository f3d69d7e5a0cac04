"""What files of UN Comtrade's web page must satisfy: what the service's own answers must."""

from __future__ import annotations

from expectations.customs.comtrade import OWN_SERIES_ALONE, SUITE, measure

__all__ = ["OWN_SERIES_ALONE", "SUITE", "measure"]

"""Addresses of articles: one spelling an article, and the hash by which it is known.

Of a page's own claims to an address (`rel=canonical`, `og:url`, JSON-LD) only one on the site that it was fetched from
counts. A copy at a syndicator keeps its own address although it names its original: stories join copies, each outlet
counts once, and no page can take over the address of another outlet.

Which part of a host somebody registered is the public suffix list's to say (`tld`, which carries it). Addresses are
spelled here and not by a library: those sort queries, drop parameters that name articles (`cid`, `eid`), read escapes
of windows-1251 as UTF-8, and know no AMP or mobile twins.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

from tld import get_fld

__all__ = ["article_id", "asked", "canonical", "normal", "outlet_of", "registrable", "same_site"]

LONGEST: Final = 2000
PORTS: Final = {"http": 80, "https": 443}
# Parameters that follow readers or choose a rendering; whatever else a query holds may name the article.
TRACKING: Final = re.compile(
    r"utm_\w+|at_\w+|ito|n?cmpid?|fbclid|gclid|gbraid|wbraid|yclid|ysclid|dclid|msclkid|twclid|igshid|mc_[ce]id|maca|mod"
    r"|from|ref|ref_?(?:src|url)|refe?rr?er|source|smid|sref|spm|partner|campaign|ns_\w+|_ga|_gl|guce_\w+|guccounter"
    r"|amp|amp_\w+|outputtype|share|shared|xtor|wt_\w+|_openstat|traffic_source|soc_src|soc_trk|tblci|cx_\w+",
    re.IGNORECASE,
)
AMP_TAIL: Final = re.compile(r"(?:/amp|\.amp)(?P<end>/?|\.html?)$", re.IGNORECASE)
AMP_PART: Final = re.compile(r"/amp(?:/s)?/(?=.)", re.IGNORECASE)
TWINS: Final = ("amp.", "m.", "mobile.", "wap.")
HOST: Final = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)+", re.ASCII)
NUMBERS: Final = re.compile(r"[\d.]+", re.ASCII)
BLANKS: Final = re.compile(r"[\x00-\x20\x7f\u200b\ufeff]+")
UNESCAPED: Final = "/:@!$&'()*+,;=~%-._"
ESCAPE: Final = re.compile(r"%[0-9a-fA-F]{2}")


def normal(url: str, base: str | None = None) -> str | None:
    """The address of an article in one spelling; None for what is no http(s) address of a host.

    Relative links are joined with `base`. Fragment, user, default port and parameters that only follow readers are
    dropped, the others stay in their order; AMP and mobile twins become the page itself, and http becomes https but
    where a port is named: a site that answers on both shows one article on both.
    """
    spelled = asked(url, base)
    if spelled is None or not spelled.startswith("http://"):
        return spelled
    return spelled if urlsplit(spelled).port is not None else f"https{spelled.removeprefix('http')}"


def asked(url: str, base: str | None = None) -> str | None:
    """The same, but with the scheme of the link: what to ask, since some sites answer on http alone."""
    text = BLANKS.sub("", url)
    if not text or len(text) > LONGEST:
        return None
    try:
        parts = urlsplit(urljoin(base, text) if base and not text.startswith(("https://", "http://")) else text)
        host, port = (parts.hostname or "").rstrip("."), parts.port
        host = host if host.isascii() else host.encode("idna").decode("ascii")
    except ValueError:
        return None
    if parts.scheme not in PORTS or not HOST.fullmatch(host):
        return None
    return urlunsplit(SplitResult(parts.scheme, _place(host, port, parts.scheme), _path(parts.path), _query(parts), ""))


def _place(host: str, port: int | None, scheme: str) -> str:
    for twin in TWINS:
        rest = host.removeprefix(twin)
        if rest != host and (registered := registrable(rest)) and registrable(host) == registered:
            host = f"www.{rest}" if registered == rest else rest
            break
    return host if port in {None, PORTS[scheme]} else f"{host}:{port}"


def _escaped(text: str) -> str:
    """Escapes in capitals, what is not ASCII escaped; escapes are not read: they may be of any character set."""
    whole = text if text.isascii() and " " not in text else quote(text, safe=UNESCAPED + "?")
    return ESCAPE.sub(lambda found: found[0].upper(), whole) if "%" in whole else whole


def _path(path: str) -> str:
    shorter = AMP_PART.sub("/", path or "/")
    tail = AMP_TAIL.search(shorter)
    if tail and len(shorter) > len(tail[0]):
        shorter = shorter[: tail.start()] + (tail["end"] if tail["end"] != "/" else "")
    return _escaped(re.sub(r"/{2,}", "/", shorter))


def _query(parts: SplitResult) -> str:
    pieces = (piece for piece in parts.query.split("&") if piece)
    return _escaped("&".join(piece for piece in pieces if not TRACKING.fullmatch(piece.partition("=")[0])))


def canonical(fetched: str, claims: Iterable[str], base: str | None = None) -> str:
    """The address of an article: the first of its page's claims that lies on the same site, else where it was fetched.

    A claim that is the front page of its site is none. Where nobody says an address (a file, `file:...`) the first
    claim that is one counts.
    """
    own = normal(fetched)
    for claim in claims:
        said = normal(claim, base or own) if claim else None
        if said and (own is None or same_site(said, own)) and urlsplit(said)[2:4] not in {("/", ""), ("", "")}:
            return said
    return own or fetched


@lru_cache(maxsize=10_000)
def registrable(host: str) -> str:
    """The part of a host that somebody registered: `news.bbc.co.uk` is of `bbc.co.uk`, a blog of its own host.

    Of an address in numbers that is all of it; of a name under no known suffix its last two labels; empty for a
    suffix alone.
    """
    name = host.lower().rstrip(".")
    if NUMBERS.fullmatch(name) or ":" in name:
        return name
    found = get_fld(f"http://{name}", fail_silently=True, search_private=True)
    if found is None:
        return ".".join(name.split(".")[-2:])
    return "" if found == name and name.count(".") and _is_suffix(name) else found


def _is_suffix(name: str) -> bool:
    """Is it a suffix that names are sold under? The list gives it as its own domain, and so what is put before it."""
    return get_fld(f"http://probe.{name}", fail_silently=True, search_private=True) == f"probe.{name}"


def same_site(one: str, other: str) -> bool:
    """Do two addresses lie under one registered name?"""
    first, second = (urlsplit(url).hostname or "" for url in (one, other))
    return bool(first) and (first == second or registrable(first) == registrable(second) != "")


def outlet_of(url: str) -> str:
    """The host that names an outlet, without `www.` and twins."""
    host = urlsplit(url).hostname or ""
    for prefix in ("www.", *TWINS):
        if host.startswith(prefix) and host.count(".") > 1:
            host = host.removeprefix(prefix)
    return host


def article_id(url: str) -> str:
    """The id of the article at a canonical address; http and https, with and without `www.` or a last slash are one.

    The scheme was never part of it: ids of articles that were known by an http address stay what they are.
    """
    plain = re.sub(r"^https?://(?:www\.)?", "", normal(url) or url).rstrip("/")
    return f"a-{hashlib.blake2b(plain.encode(), digest_size=8).hexdigest()}"

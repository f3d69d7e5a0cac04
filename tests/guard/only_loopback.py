"""An audit hook: this Python connects to nothing but this machine, and what it tries else is written down.

Names that no name server can know (RFC 2606, RFC 6761) may be looked up: tests ask for them because they lead nowhere.
"""

import ipaddress
import os
import socket
import sys

LOG = "ONLY_LOOPBACK_LOG"
NOWHERE = (".test", ".invalid", ".example", ".localhost", ".local")
SENDS = {"socket.connect", "socket.sendto", "socket.sendmsg"}
LOOKS_UP = {"socket.getaddrinfo", "socket.gethostbyname"}


def _here(host: object) -> bool:
    """Is it this machine?"""
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host or "")
    try:
        address = ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return name in {"", "localhost", socket.gethostname()}
    return address.is_loopback or address.is_unspecified


def _may_be_looked_up(host: object) -> bool:
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host or "")
    try:
        ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return _here(name) or name.rstrip(".").lower().endswith(NOWHERE)
    return True


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if event in SENDS:
        where = arguments[1]
        refused = isinstance(where, tuple) and bool(where) and not _here(where[0])
    elif event in LOOKS_UP:
        where, refused = arguments[0], not _may_be_looked_up(arguments[0])
    else:
        return
    if refused:
        with open(os.environ[LOG], "a", encoding="utf-8") as log:  # noqa: PTH123 (pathlib isn't loaded this early)
            log.write(f"{event} {where!r} by {' '.join(sys.argv)[:80]!r}\n")
        raise PermissionError(f"only loopback in tests: {event} {where!r}")


if LOG in os.environ:
    sys.addaudithook(_watch)

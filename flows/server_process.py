"""Prefect's API server in a process of its own: `python -m flows.server_process FD KIND`, on an open loopback socket.

KIND is `one-shot` (the API for one run) or `lasting` (with the web page and the scheduler, for `amur serve`).

It lives as long as its parent: when the parent dies, standard input reaches its end and the server goes with it.
"""

from __future__ import annotations

import os
import sys
import threading

__all__ = ["serve"]


def _watch() -> None:
    try:
        # os.read, not sys.stdin: a buffered read aborts the interpreter at exit
        while os.read(0, 4096):
            pass
    finally:
        os._exit(0)


def serve(handle: int, kind: str) -> None:
    """Serve the API on the inherited socket `handle` until the parent goes."""
    threading.Thread(target=_watch, daemon=True).start()
    import uvicorn
    from prefect.server.api.server import create_app

    uvicorn.run(create_app(ephemeral=kind == "one-shot"), fd=handle, log_level="error", lifespan="on", access_log=False)


if __name__ == "__main__":
    serve(int(sys.argv[1]), sys.argv[2])

"""Prefect's API server in a process of its own: `python -m flows.server_process FD`, on an open loopback socket.

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


def serve(handle: int) -> None:
    """Serve the API on the inherited socket `handle` until the parent goes."""
    threading.Thread(target=_watch, daemon=True).start()
    import uvicorn
    from prefect.server.api.server import create_app

    uvicorn.run(create_app(ephemeral=True), fd=handle, log_level="error", lifespan="on", access_log=False)


if __name__ == "__main__":
    serve(int(sys.argv[1]))

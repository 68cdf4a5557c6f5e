"""`dashboard`: the published warehouse as a page in a browser, on loopback, until stopped."""

import argparse
import ipaddress
import os
import socket
import sys
import webbrowser
from collections.abc import Awaitable, Callable, MutableMapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from extractors.errors import SettingsError
from flows.cli.arguments import Commands, add_command, home_of
from flows.cli.questions import open_reader

_PORT = 4280
_NEEDED = ("marimo", "altair")

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[Any], Awaitable[None]]
Page = Callable[[Scope, Receive, Send], Awaitable[None]]


def add_to(commands: Commands) -> None:
    """Add the command to the parser."""
    parser = add_command(
        commands,
        "dashboard",
        _run,
        summary="look at the warehouse in a browser: speakers, quotations, edits, feeds",
        examples=(
            "  onrecord dashboard\n"
            "  onrecord dashboard --port 8080 --no-browser\n"
            "  onrecord dashboard --home ./onrecord-demo"
        ),
        on_json="refused, since it runs until it is stopped",
    )
    parser.add_argument(
        "--port", type=_port, default=_PORT, metavar="N", help=f"default: {_PORT}; 0: any free one"
    )
    parser.add_argument(
        "--host",
        type=_loopback,
        default="127.0.0.1",
        metavar="ADDRESS",
        help="a loopback address (default: 127.0.0.1)",
    )
    parser.add_argument("--no-browser", action="store_true", help="only print the address")


def _port(text: str) -> int:
    value = int(text)
    if not 0 <= value < 65_536:
        raise argparse.ArgumentTypeError(f"{text!r} is no port")
    return value


def _loopback(text: str) -> str:
    if not ipaddress.ip_address("127.0.0.1" if text == "localhost" else text).is_loopback:
        raise argparse.ArgumentTypeError(
            f"{text} can be reached from elsewhere, and the page asks nobody for a password"
        )
    return "127.0.0.1" if text == "localhost" else text


def _run(options: argparse.Namespace) -> int:
    if options.json:
        raise SettingsError("dashboard runs until it is stopped and prints no JSON")
    _check_installed()
    home = home_of(options)
    with open_reader(options):
        pass  # made or brought up to date once, before anybody looks
    with _listening(options.host, options.port) as listener:
        port = listener.getsockname()[1]
        address = f"http://{_bracketed(options.host)}:{port}"
        print(address, flush=True)
        if not options.no_browser and _has_screen():
            webbrowser.open(address)
        _serve(listener, _guarded(_notebook(home.path), _names_of(options.host, port)))
    return 0


def _check_installed() -> None:
    if missing := [name for name in _NEEDED if find_spec(name) is None]:
        raise SettingsError(
            f"the dashboard needs {' and '.join(missing)}: pip install 'onrecord[dashboard]'"
        )


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen()
    except OSError as error:
        listener.close()
        raise SettingsError(
            f"cannot listen on {host}, port {port}: {error.strerror}; try another --port"
        ) from error
    return listener


def _names_of(host: str, port: int) -> set[str]:
    """Return how a browser may call the page: nobody else's site can read it under these."""
    return {f"{name}:{port}" for name in ("localhost", _bracketed(host))}


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _has_screen() -> bool:
    """Tell whether a browser can open a window; without one it would take the terminal."""
    return sys.platform == "darwin" or bool({"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys())


def _notebook(home: Path) -> Page:
    """Return the notebook as a page that is told where the warehouse is."""
    import marimo

    found = find_spec("warehouse.dashboard")
    if found is None or found.origin is None:
        raise SettingsError("the dashboard's notebook is not installed")
    app: Any = marimo.create_asgi_app(quiet=True).with_app(path="", root=found.origin).build()

    async def page(scope: Scope, receive: Receive, send: Send) -> None:
        async def received() -> MutableMapping[str, Any]:
            message = await receive()
            if message["type"] == "lifespan.shutdown":
                # Each open page has threads, which Python would wait for at its end for ever.
                for mounted in app.routes:
                    await mounted.app.state.session_manager.shutdown()
            return message

        await app({**scope, "meta": {"home": str(home)}}, received, send)

    return page


def _guarded(page: Page, names: set[str]) -> Page:
    """Return `page` for those alone who call it by its own name.

    Any site that a person visits can send requests to loopback, and see the answers where it
    makes its own name mean loopback. Browsers tell in `Host` and `Origin` who asks.
    """
    origins = {f"http://{name}" for name in names}

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        headers = {
            key.decode("latin-1"): value.decode("latin-1")
            for key, value in scope.get("headers", ())
        }
        is_ours = scope["type"] == "lifespan" or (
            headers.get("host") in names and headers.get("origin", min(origins)) in origins
        )
        if is_ours:
            await page(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await send({"type": "http.response.start", "status": 403, "headers": []})
            await send({"type": "http.response.body", "body": b"not the address of this page\n"})

    return guarded


def _serve(listener: socket.socket, page: Page) -> None:
    """Answer requests until a signal comes, which the command line then sees as its own."""
    import uvicorn

    settings = uvicorn.Config(page, log_level="warning", timeout_graceful_shutdown=2)
    uvicorn.Server(settings).run(sockets=[listener])

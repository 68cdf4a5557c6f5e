"""Thousands of web hosts in one process, on the addresses of the loopback network.

    python -m tests.bench.hosts

Prints its port and answers until it is ended: `/feed.xml` (304 to its own ETag), `/page/N` after
300 ms, `/bomb.gz`, `/bomb.br` and `/bomb.zst` (1 GB of zeros once decoded), and 404 to the rest.
"""

import asyncio
import sys
import zlib
from functools import cache

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

import brotli  # type: ignore[import-untyped]

LATENCY_S = 0.3
_BOMB_BYTES = 1_000_000_000
_ZEROS = bytes(1_000_000)
_ETAG = b'"v1"'
_ITEM = "<item><guid>{0}</guid><title>Story {0}</title><link>http://{1}/page/{0}</link></item>"
_PAGE = "<html><head><title>Story</title></head><body><p>{}</p></body></html>".format(
    "The council met on Monday and talked about the bridge over the river. " * 300
).encode()


@cache
def _bomb(coding: str) -> bytes:
    pieces = _BOMB_BYTES // len(_ZEROS)
    if coding == "br":
        packer = brotli.Compressor(quality=5)
        body = b"".join(packer.process(_ZEROS) for _ in range(pieces))
        return bytes(body + packer.finish())
    if coding == "zstd":
        stream = zstd.ZstdCompressor(level=3)
        return b"".join(stream.compress(_ZEROS) for _ in range(pieces)) + stream.flush()
    deflate = zlib.compressobj(wbits=31)
    return b"".join(deflate.compress(_ZEROS) for _ in range(pieces)) + deflate.flush()


async def _answer(path: str, headers: dict[str, str]) -> tuple[str, str, bytes]:
    """Return status line, further headers and body."""
    if path == "/feed.xml":
        if headers.get("if-none-match") == _ETAG.decode():
            return "304 Not Modified", f"ETag: {_ETAG.decode()}\r\n", b""
        items = "".join(_ITEM.format(number, headers["host"]) for number in range(20))
        feed = f'<rss version="2.0"><channel><title>Feed</title>{items}</channel></rss>'
        return "200 OK", f"ETag: {_ETAG.decode()}\r\nContent-Type: text/xml\r\n", feed.encode()
    if path.startswith("/page/"):
        await asyncio.sleep(LATENCY_S)
        return "200 OK", "Content-Type: text/html\r\n", _PAGE
    if path.startswith("/bomb."):
        coding = {"gz": "gzip", "br": "br", "zst": "zstd"}[path.rpartition(".")[2]]
        told = f"Content-Type: text/html\r\nContent-Encoding: {coding}\r\n"
        return "200 OK", told, _bomb(coding)
    return "404 Not Found", "", b""


async def _serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while request := await reader.readuntil(b"\r\n\r\n"):
            first, *lines = request.decode("latin-1").split("\r\n")
            pairs = (line.partition(":") for line in lines if line)
            headers = {name.lower(): value.strip() for name, _, value in pairs}
            status, told, body = await _answer(first.split(" ")[1], headers)
            length = "" if status.startswith("304") else f"Content-Length: {len(body)}\r\n"
            writer.write(f"HTTP/1.1 {status}\r\n{told}{length}\r\n".encode() + body)
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        writer.close()


async def _main() -> None:
    server = await asyncio.start_server(_serve, "0.0.0.0", 0, backlog=4096)  # noqa: S104
    for coding in ("gzip", "br", "zstd"):
        _bomb(coding)
    print(server.sockets[0].getsockname()[1], flush=True)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_main())

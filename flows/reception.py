"""Connections on loopback between a pass and its assistants, each side sure of the other.

Jobs and results are pickles, and who can send a pickle can run code. So nothing is unpickled
before the other side has proved, by the challenge and answer of `multiprocessing`, that it knows
the key of the invitation; and nobody listens but on this machine's loopback address.
"""

import logging
import os
import secrets
import socket
import struct
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import AuthenticationError
from multiprocessing.connection import (
    Client,
    Connection,
    Listener,
    answer_challenge,
    deliver_challenge,
)

logger = logging.getLogger(__name__)

_HOST = "127.0.0.1"
#: For each message of the proof. Any process of the machine can connect, and then say nothing.
_PROOF_S = 10.0
#: Who must wait longer for a turn to prove anything is sent away.
_MOST_PROOFS = 16
_BACKLOG = 64
_BETWEEN_TRIES_S = 0.5
#: What comes of talking to who has gone, is silent, or talks of something else.
LOST = (OSError, EOFError, AuthenticationError)


class Reception:
    """Lets in who knows the key, from its making to its closing.

    Args:
        admit: called, from threads of its own, with the connection to each.
    """

    def __init__(self, admit: Callable[[Connection], None]) -> None:
        self.key = secrets.token_hex(32)
        self._admit = admit
        self._listener = Listener((_HOST, 0), backlog=_BACKLOG)
        self.host, self.port = _address_of(self._listener)
        self._closed = threading.Event()
        self._turns = threading.BoundedSemaphore(_MOST_PROOFS)
        self._listening = threading.Thread(target=self._listen, daemon=True)
        self._listening.start()

    def _listen(self) -> None:
        while not self._closed.is_set():
            try:
                connection = self._listener.accept()
            except OSError as error:  # gone before it was let in, or there are no files left
                logger.warning("cannot let in error=%s", error)
                self._closed.wait(_BETWEEN_TRIES_S)
                continue
            if self._closed.is_set() or not self._turns.acquire(blocking=False):
                connection.close()
                continue
            threading.Thread(target=self._receive, args=(connection,), daemon=True).start()

    def _receive(self, connection: Connection) -> None:
        key = bytes.fromhex(self.key)
        try:
            limit(connection, _PROOF_S)
            deliver_challenge(connection, key)
            answer_challenge(connection, key)
        except LOST as error:
            logger.warning("sent away error=%s", repr(error))
            connection.close()
        else:
            self._admit(connection)
        finally:
            self._turns.release()

    def close(self) -> None:
        """Let nobody in any more."""
        self._closed.set()
        with suppress(OSError):  # wakes who waits for somebody to come
            socket.create_connection((self.host, self.port), timeout=_PROOF_S).close()
        self._listening.join()
        self._listener.close()


def _address_of(listener: "Listener") -> tuple[str, int]:
    host, port = listener.address
    return str(host), int(port)


def joined(host: str, port: int, key: str) -> Connection:
    """Return a connection to the pass that listens there, when each has proved to know the key.

    Raises:
        OSError, EOFError, AuthenticationError: nobody listens, or somebody else does.
    """
    connection: Connection = Client((host, port))
    try:
        limit(connection, _PROOF_S)
        answer_challenge(connection, bytes.fromhex(key))
        deliver_challenge(connection, bytes.fromhex(key))
    except BaseException:
        connection.close()
        raise
    return connection


def limit(connection: Connection, seconds: float) -> None:
    """Have reading and writing raise OSError once nothing has moved for so long; 0: never."""
    whole, part = divmod(seconds, 1)
    value = struct.pack("ll", int(whole), int(part * 1_000_000))
    with socket.socket(fileno=os.dup(connection.fileno())) as same:
        same.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, value)
        same.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, value)


def hang_up(connection: Connection) -> None:
    """End a connection that another thread may be reading, which then finds its end."""
    with suppress(OSError), socket.socket(fileno=os.dup(connection.fileno())) as same:
        same.shutdown(socket.SHUT_RDWR)

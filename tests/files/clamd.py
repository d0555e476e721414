"""A virus scanner for tests: the real one with two signatures of its own, and some that are not to be trusted."""

import contextlib
import pathlib
import shutil
import socket
import subprocess
import tempfile
import threading

import pytest

CLAMD = shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin")
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"  # whole in memory only
KWAAD = b"dit is een kwaad bestand van de test"
SIGNATURES = f"Test.Eicar:0:*:{EICAR.hex()}\nTest.Kwaad:0:*:{KWAAD.hex()}\n"
CONFIG = """Foreground yes
LocalSocket {dir}/clamd.sock
TCPSocket {port}
TCPAddr 127.0.0.1
DatabaseDirectory {dir}/db
StreamMaxLength {limit}
"""


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@contextlib.contextmanager
def real(limit="25M"):
    """{"unix": …, "tcp": …}: how to reach a clamd that is there as long as this lasts."""
    if not CLAMD:
        pytest.skip("no clamd on this machine: the tests with a real virus scanner are skipped")
    with tempfile.TemporaryDirectory(prefix="clamd", dir="/tmp") as home:  # the path of a socket is short
        (pathlib.Path(home) / "db").mkdir()
        (pathlib.Path(home) / "db" / "test.ndb").write_text(SIGNATURES)
        port = free_port()
        config = pathlib.Path(home) / "clamd.conf"
        config.write_text(CONFIG.format(dir=home, port=port, limit=limit))
        with subprocess.Popen([CLAMD, "-c", str(config)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
            try:
                said = next(line for line in process.stdout if b"Self checking" in line or b"ERROR" in line)
                assert b"ERROR" not in said
                yield {"unix": f"unix:{home}/clamd.sock", "tcp": f"tcp:127.0.0.1:{port}"}
            finally:
                process.terminate()


@contextlib.contextmanager
def fake(answer):
    """The address of one that does `answer(connection)` with whoever comes."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        over = threading.Event()

        def serve():
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection, contextlib.suppress(OSError):
                    answer(connection, over)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield f"tcp:127.0.0.1:{server.getsockname()[1]}"
        finally:
            over.set()
            server.shutdown(socket.SHUT_RDWR)
            thread.join(5)


def swallow(connection):
    """Read all that is sent, up to the four zeros that end it."""
    seen = b""
    while not seen.endswith(bytes(4)):
        seen = (seen + connection.recv(1 << 16))[-4:]

"""The service as it is run: under load while it reloads and stops, and with certificates."""

from __future__ import annotations

import json
import signal
import socket
import ssl
import subprocess
from http.client import HTTPSConnection
from pathlib import Path

import pytest

from benchmarks.connections import run
from tests.support.serving import serving

pytestmark = pytest.mark.external


def test_reloading_and_stopping_lose_nothing() -> None:
    """`python -m benchmarks.connections` does the same for a minute."""
    tally, recorded, said = run(connections=50, seconds=2)
    assert tally.answered == recorded
    assert {*tally.others} <= {"closed before an answer began"}
    assert len(recorded) > 50
    assert "reloaded" in said


def _signed(folder: Path, name: str, by: str | None) -> None:
    """A key and a certificate for this machine, signed by an authority or else by itself."""
    key, request, certificate = (folder / f"{name}.{end}" for end in ("key", "csr", "pem"))
    made = ["openssl", "req", "-newkey", "rsa:2048", "-nodes", "-keyout", str(key)]
    about = ["-subj", f"/CN={name}", "-addext", "subjectAltName=IP:127.0.0.1"]
    if by is None:
        self_signed = ["-x509", "-days", "2", "-out", str(certificate)]
        subprocess.run([*made, *about, *self_signed], check=True, capture_output=True)
        return
    subprocess.run([*made, *about, "-out", str(request)], check=True, capture_output=True)
    subprocess.run(
        [
            "openssl", "x509", "-req", "-in", str(request), "-days", "2", "-CAcreateserial",
            "-CA", str(folder / f"{by}.pem"), "-CAkey", str(folder / f"{by}.key"),
            "-copy_extensions", "copy", "-out", str(certificate),
        ],
        check=True, capture_output=True,
    )  # fmt: skip


def _asked(port: int, folder: Path, client: str | None) -> int:
    """The status of a reply to a client with a certificate."""
    context = ssl.create_default_context(cafile=str(folder / "authority.pem"))
    if client is not None:
        context.load_cert_chain(folder / f"{client}.pem", folder / f"{client}.key")
    connection = HTTPSConnection("127.0.0.1", port, timeout=20, context=context)
    try:
        body = json.dumps({"as_of": "2019-09-01"})
        connection.request("POST", "/v1/check", body, {"content-type": "application/json"})
        return connection.getresponse().status
    finally:
        connection.close()


def test_callers_show_certificates_of_our_authority(tmp_path: Path) -> None:
    for name, by in (
        ("authority", None), ("server", "authority"), ("client", "authority"), ("other", None),
    ):  # fmt: skip
        _signed(tmp_path, name, by)
    certificate, key, authority = (
        str(tmp_path / name) for name in ("server.pem", "server.key", "authority.pem")
    )
    with serving("--certificate", certificate, "--key", key, "--client-ca", authority) as (
        process, port,
    ):  # fmt: skip
        assert _asked(port, tmp_path, "client") == 200
        for nobody in (None, "other"):
            with pytest.raises((ssl.SSLError, ConnectionError)):
                _asked(port, tmp_path, nobody)
        # Without TLS there is no answer either.
        with socket.create_connection(("127.0.0.1", port), 20) as plain:
            plain.sendall(b"GET /health HTTP/1.1\r\nhost: localhost\r\n\r\n")
            assert b"200" not in plain.recv(1000)
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0

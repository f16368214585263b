"""The service as it is run: under load while it reloads and stops, certificates, callers."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
from http.client import HTTPSConnection
from pathlib import Path
from typing import Final

import pytest

from benchmarks.connections import run
from tests.support.serving import serving

pytestmark = pytest.mark.external


CALLERS: Final = Path("examples/callers")
SAID: Final = """\
permitted: {yes}
cases/A1: permitted
cases/A2: prohibited
  3.1/1
422 /facts/cases/0/simple
"""
# As much of Spring as the example names, so that it is compiled where there is no Spring.
SPRING: Final = {
    "beans.factory.annotation.Value": "String value();", "context.annotation.Bean": "",
    "context.annotation.Configuration": "", "stereotype.Service": "",
}  # fmt: skip


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


def _java(program: str) -> str:
    home = os.environ.get("JAVA_HOME")
    return str(Path(home, "bin", program)) if home else program


@pytest.fixture(scope="module")
def java(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The classes of the client in Java, compiled for Java 8."""
    folder = tmp_path_factory.mktemp("java")
    sources = [str(each) for each in CALLERS.glob("java/*/*.java")]
    for name, holds in SPRING.items():
        package, _, annotation = f"org.springframework.{name}".rpartition(".")
        source = folder / f"{annotation}.java"
        source.write_text(f"package {package}; public @interface {annotation} {{ {holds} }}")
        sources.append(str(source))
    options = ["--release", "8", "-Xlint:all,-options", "-Werror", "-d", str(folder / "classes")]
    subprocess.run([_java("javac"), *options, *sources], check=True)
    return folder / "classes"


@pytest.mark.parametrize("caller", ["java", "python"])
def test_a_caller_asks_and_is_told(
    caller: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    token = "0123456789abcdefghijklmn"
    tokens = tmp_path / "tokens.txt"
    tokens.write_text(f"caller {token}\n", "utf-8")
    command = [sys.executable, str(CALLERS / "policy_rules_client.py")]
    if caller == "java":
        command = [
            _java("java"),
            "-cp",
            str(request.getfixturevalue("java")),
            "policyrules.Example",
        ]
    with serving("--tokens", str(tokens)) as (_, port):
        asked = [*command, f"http://127.0.0.1:{port}"]
        told = subprocess.run([*asked, token], capture_output=True, text=True, check=True)
        assert told.stdout == SAID.format(yes="true" if caller == "java" else "True")
        refused = subprocess.run(asked, capture_output=True, text=True, check=False)
        assert refused.returncode == 1
        assert "401 a token is missing" in refused.stderr


def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    unit = Path("examples/service/policy-rules.service").read_text("utf-8")
    there = unit.replace("/opt/policy-rules/bin/policy-rules", sys.executable)
    assert there != unit
    (tmp_path / "policy-rules.service").write_text(there, "utf-8")
    command = ["systemd-analyze", "verify", str(tmp_path / "policy-rules.service")]
    if shutil.which(command[0]) is None:
        pytest.skip("there is no systemd")
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (found.returncode, found.stdout + found.stderr) == (0, "")

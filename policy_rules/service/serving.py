"""Running the application on uvicorn: where it may listen, its certificate, reloading, stopping."""

from __future__ import annotations

import ipaddress
import logging
import signal
import socket
import ssl
from collections.abc import Callable
from types import FrameType

import uvicorn
from attrs import frozen

from ..facts import FactError, Fault
from ..facts.faults import FaultCode
from .application import LOG, Application
from .asking import Service
from .tokens import Tokens

# How long what is under way may take once the server is told to stop, beyond an answer's own limit.
_GRACE = 5


@frozen(kw_only=True)
class Place:
    """Where to listen, and how callers are known.

    `certificate` and `key` are files in PEM; with `client_ca`, callers show a certificate that
    these authorities have signed. `open_to_all` is the word of whoever runs it that nobody need be
    known.
    """

    host: str = "127.0.0.1"
    port: int = 8052
    certificate: str | None = None
    key: str | None = None
    client_ca: str | None = None
    open_to_all: bool = False

    def faults(self, tokens: Tokens | None) -> list[Fault]:
        """Why it may not listen there."""
        found = []
        if (self.certificate is None) != (self.key is None):
            zh, en = "证书和私钥须一同给出", "a certificate and its key go together"
            found.append(_fault("--certificate", zh, en))
        if self.client_ca is not None and self.certificate is None:
            zh, en = "须同时给出服务器证书 --certificate", "it needs a --certificate of the server"
            found.append(_fault("--client-ca", zh, en))
        known = tokens is not None or self.client_ca is not None
        if not (known or self.open_to_all or _is_loopback(self.host)):
            zh = "不只供本机访问时，须有 --tokens 或 --client-ca；确实不需要的，写明 --open-to-all"
            en = (
                "to listen beyond this machine, callers need --tokens or --client-ca; "
                "say --open-to-all where they really do not"
            )
            found.append(_fault(f"--host {self.host}", zh, en))
        return found


def run(
    app: Application, place: Place, renewed: Callable[[], tuple[Service, Tokens | None]]
) -> None:
    """Serve until told to stop: what was accepted is answered first.

    A hangup (SIGHUP) takes what `renewed` gives for all requests that come later; where it raises
    FactError, what there was goes on. Raises FactError where it may not or cannot listen.
    """
    if faults := place.faults(app.tokens):
        raise FactError(faults)
    config = uvicorn.Config(
        app,
        host=place.host,
        port=place.port,
        log_config=None,
        access_log=False,
        server_header=False,
        ssl_certfile=place.certificate,
        ssl_keyfile=place.key,
        ssl_ca_certs=place.client_ca,
        ssl_cert_reqs=ssl.CERT_NONE if place.client_ca is None else ssl.CERT_REQUIRED,
        timeout_graceful_shutdown=int(app.service.limits.seconds) + _GRACE,
    )
    listening = _bound(place)

    def renew(_: int, __: FrameType | None) -> None:
        try:
            app.service, app.tokens = renewed()
        except FactError as error:
            LOG.error("not reloaded, what there was goes on: %s", error)
        else:
            LOG.info("reloaded")

    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, renew)
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s %(message)s", level="INFO")
    _Server(config, app).run(sockets=[listening])


class _Server(uvicorn.Server):
    """A server whose application says that it is not ready once it is told to stop."""

    def __init__(self, config: uvicorn.Config, app: Application) -> None:
        super().__init__(config)
        self._application = app

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop once all is answered; told by the keyboard again, at once."""
        self._application.ready = False
        self.force_exit = self.should_exit and sig == signal.SIGINT
        self.should_exit = True


def _bound(place: Place) -> socket.socket:
    family = socket.AF_INET6 if ":" in place.host else socket.AF_INET
    # Without its protocol, asyncio does not tell it to send at once, and each reply waits 40 ms.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((place.host, place.port))
    except OSError as error:
        listening.close()
        reason = error.strerror or str(error)
        zh, en = f"无法监听（{reason}）", f"cannot listen there ({reason})"
        raise FactError([_fault(f"{place.host}:{place.port}", zh, en)]) from error
    return listening


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _fault(place: str, zh: str, en: str) -> Fault:
    return Fault(place=place, code=FaultCode.WRONG_USAGE, zh=zh, en=en)

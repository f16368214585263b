"""`serve`: the rules over HTTP."""

from __future__ import annotations

import os
from contextlib import nullcontext
from typing import TYPE_CHECKING

import click

from ..facts import NO_FACTS, FactError, Fault
from ..facts.faults import FaultCode
from ..formats import InputError, read
from ..formats.citing import cited, wrongly_cited
from .bilingual import BilingualCommand, option
from .decision_logs import opened_for_writing
from .inputs import chosen
from .options import SERVING, Options

if TYPE_CHECKING:
    from ..decision_log import DecisionLog
    from ..service import Service
    from ..service.tokens import Tokens


@click.command(
    cls=BilingualCommand,
    short=("通过 HTTP 提供回答。", "Answer over HTTP."),
    zh="""通过 HTTP 提供认定、事前审核、核查和说明，请求为 JSON；另按 AuthZEN 1.0 回答。
    接口见 /openapi.json。需要 policy-rules[service]。

    收到 SIGHUP 时重新读取令牌和 --known 的数据；收到 SIGTERM 时答完已接受的请求再停止。

    \b
    示例：
      policy-rules serve --port 8052
      policy-rules serve --host 0.0.0.0 --tokens tokens.txt --certificate c.pem --key k.pem

    退出状态：0；2 输入或用法有误。
    """,
    en="""Answer over HTTP: decisions, verdicts, audits and explanations of facts in JSON, and
    questions of AuthZEN 1.0. What can be asked is at /openapi.json. It needs policy-rules[service].

    On SIGHUP it reads the tokens and the facts of --known again; on SIGTERM it answers what it has
    accepted, then stops.

    \b
    Examples:
      policy-rules serve --port 8052
      policy-rules serve --host 0.0.0.0 --tokens tokens.txt --certificate c.pem --key k.pem

    Exit status: 0; 2 bad input or usage.
    """,
)
@option("--host", default="127.0.0.1", show_default=True, zh="监听的地址。", en="Where to listen.")
@option(
    "--port", type=click.IntRange(0, 65535), default=8052, show_default=True,
    zh="监听的端口。", en="The port.",
)  # fmt: skip
@option(
    "--tokens", metavar="FILE",
    zh="调用方的令牌，每行一个：名称 令牌。",
    en="The tokens of callers, one on a line: NAME TOKEN.",
)  # fmt: skip
@option("--certificate", metavar="FILE", zh="服务器证书（PEM）。", en="The server's certificate.")
@option("--key", metavar="FILE", zh="其私钥（PEM）。", en="Its private key.")
@option(
    "--client-ca", metavar="FILE",
    zh="签发调用方证书的机构（PEM）；调用方须出示证书。",
    en="Who signs callers' certificates, which they then have to show.",
)  # fmt: skip
@option(
    "--open-to-all", is_flag=True,
    zh="不只供本机访问，也不要求令牌或证书。",
    en="Listen beyond this machine without tokens or certificates.",
)  # fmt: skip
@option(
    "--known", metavar="FACTS",
    zh="AuthZEN 请求所指的数据，如各派出所。",
    en="Facts that questions of AuthZEN refer to, such as the stations.",
)  # fmt: skip
@SERVING
def serve(
    options: Options,
    host: str,
    port: int,
    tokens: str | None,
    certificate: str | None,
    key: str | None,
    client_ca: str | None,
    open_to_all: bool,
    known: str | None,
) -> int:
    """Serve until told to stop."""
    try:
        from ..service import application, serving
    except ImportError as error:
        raise FactError([_not_installed(str(error.name))]) from error

    place = serving.Place(
        host=host, port=port, certificate=certificate, key=key, client_ca=client_ca,
        open_to_all=open_to_all,
    )  # fmt: skip
    files = {"--certificate": certificate, "--key": key, "--client-ca": client_ca}
    absent = [_absent(name, file) for name, file in files.items() if file and not _is_file(file)]
    if absent:
        raise FactError(absent)
    record = options.record
    with nullcontext() if record is None else opened_for_writing(record, option="--record") as log:

        def renewed() -> tuple[Service, Tokens | None]:
            return _service(options, known, log), _tokens(tokens)

        serving.run(application(*renewed()), place, renewed)
    return 0


def _service(options: Options, known: str | None, log: DecisionLog | None) -> Service:
    from ..service import Service

    picked = chosen(options, None, lambda _: ())
    faults, facts = list(picked.faults), NO_FACTS
    if picked.loaded is not None and known is not None:
        rules = picked.loaded.rules
        try:
            document, vain = cited(read(known, rules.directive.classes), rules)
            facts = document.facts
            faults += vain
        except FactError as error:
            faults += error.faults
            if isinstance(error, InputError):
                faults += wrongly_cited(error, rules)
    if picked.loaded is None or faults:
        raise FactError(faults)
    return Service(
        directive=picked.loaded,
        as_of=picked.as_of,
        readings=picked.readings,
        parameters=picked.parameters,
        known=facts,
        log=log,
    )


def _tokens(file: str | None) -> Tokens | None:
    from ..service.tokens import Tokens

    return None if file is None else Tokens.read(file)


def _is_file(path: str) -> bool:
    return os.path.isfile(path)


def _absent(name: str, file: str) -> Fault:
    zh, en = "没有此文件", "there is no such file"
    return Fault(place=f"{name} {file}", code=FaultCode.UNREADABLE_FILE, zh=zh, en=en)


def _not_installed(module: str) -> Fault:
    return Fault(
        place="serve",
        code=FaultCode.WRONG_USAGE,
        zh=f"需要 `{module}`：请安装 `policy-rules[service]`",
        en=f"needs `{module}`: install `policy-rules[service]`",
    )

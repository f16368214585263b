"""What is asked over HTTP: the answers of the command line, and all faults of what cannot be."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Final

import anyio
import pytest
from jsonschema import Draft202012Validator

import policy_rules as pr
from policy_rules.decision_log import DecisionLog, DecisionLogReader
from policy_rules.formats import read
from policy_rules.policy import answers_document
from policy_rules.service import Limits, Service, application, authzen
from policy_rules.service.problems import ProblemError
from policy_rules.service.tokens import Tokens
from tests.support.asgi import ask

PUTIAN: Final = pr.load("putian-2019-52")
EXAMPLE: Final = Path("examples/putian/facts.json")
KNOWN: Final = pr.Facts(stations=[pr.Station(id="S1")])
APP: Final = application(Service(directive=PUTIAN))
CASE: Final[dict[str, Any]] = {
    "id": "A1", "causation_clear": True, "simple": True, "means": ["image"],
    "place_codes": ["350304"], "complex": False, "category": "ordinary", "role": "lead",
}  # fmt: skip
DAY: Final = "2019-09-01"


def checked(**changed: object) -> Any:
    """The verdict on a case, some of whose fields are changed."""
    case = {**CASE, **changed}
    reply = ask(APP, "/v1/check", {"as_of": DAY, "facts": {"cases": [case]}})
    assert reply.status == 200
    (verdict,) = reply.json["verdicts"]
    return verdict


def test_a_case_is_checked() -> None:
    # 3.1/1: clear causation, simple facts, found out by image means.
    assert checked()["outcome"] == "permitted"
    # ... and not by forensic means.
    prohibited = checked(means=["image", "forensic"])
    assert prohibited["outcome"] == "prohibited"
    assert [each["cite"] for each in prohibited["reasons"]] == ["3.1/1"]
    # What is not known is asked for.
    unknown = {name: value for name, value in CASE.items() if name != "simple"}
    reply = ask(APP, "/v1/check", {"as_of": DAY, "facts": {"cases": [unknown]}})
    assert reply.json["verdicts"][0]["needs"] == ["cases/A1.simple"]


@pytest.mark.parametrize("asked", ["audit", "check", "decide"])
def test_documents_are_answered_as_by_the_library(asked: str) -> None:
    document = read(EXAMPLE)
    assert document.as_of is not None
    policy = PUTIAN.policy(as_of=document.as_of, exemptions=document.exemptions)
    expected = {
        "audit": lambda: policy.audit(document.facts).as_json(),
        "check": lambda: answers_document(policy, verdicts=policy.verdicts_of(document.facts)),
        "decide": lambda: answers_document(policy, decisions=policy.decisions_of(document.facts)),
    }[asked]()
    reply = ask(APP, f"/v1/{asked}", {"facts": json.loads(EXAMPLE.read_text("utf-8"))})
    assert reply.json == json.loads(json.dumps(expected))


def test_one_decision_by_name() -> None:
    # 5.1/2: twelve officers or more, not a pilot: two teams and one room.
    station = {"id": "S1", "pilot": False, "officers": 12}
    content = {"as_of": DAY, "name": "duty_mode", "facts": {"stations": [station]}}
    (decision,) = ask(APP, "/v1/decide", content).json["decisions"]
    assert (decision["value"], decision["cites"]) == ("two_teams_one_room", ["5.1/2"])


def test_readings_and_parameters_of_a_request() -> None:
    station = {"id": "S1", "pilot": False, "officers": 11, "auxiliaries": 9}
    content = {
        "as_of": DAY, "name": "duty_mode", "facts": {"stations": [station]},
        "readings": {"strength_counts": "sworn_and_auxiliary"},
        "parameters": {"most_days_owed": 10},
    }  # fmt: skip
    answers = ask(APP, "/v1/decide", content).json
    assert answers["decisions"][0]["value"] == "two_teams_one_room"
    assert answers["readings"]["strength_counts"] == "sworn_and_auxiliary"
    assert answers["parameters"] == {"most_days_owed": 10}


def test_a_calendar_of_a_request() -> None:
    """As JSON has it, and as the answer gives it back; nothing else is one, and no file is read."""
    holidays = {"2021": {"off": ["2021-10-01/2021-10-07"], "worked": []}}
    content = {"as_of": DAY, "name": "duty_mode", "parameters": {"holidays": holidays}}
    assert ask(APP, "/v1/decide", content).json["parameters"] == {"holidays": holidays}
    given: list[Any] = ["china:2021", "/etc/hostname", 5, {"2021": {"free": []}}]
    for wrong in given:
        told = ask(APP, "/v1/decide", content | {"parameters": {"holidays": wrong}})
        assert [each["pointer"] for each in told.json["errors"]] == ["/parameters/holidays"]


def test_an_explanation_in_both_languages() -> None:
    content = {"as_of": DAY, "facts": {"cases": [CASE]}, "subject": "cases/A1"}
    (verdict,) = ask(APP, "/v1/explain", content).json["verdicts"]
    policy = PUTIAN.policy(as_of=date(2019, 9, 1))
    case = pr.CriminalCase(**CASE)
    expected = {lang: policy.explain(policy.check(case), lang) for lang in ("zh", "en")}
    assert verdict["explanation"] == expected


def test_how_to_reach_an_aim() -> None:
    # That causation is not clear is found, not decided: but the station can assist (3.1/1).
    case = {**CASE, "causation_clear": False, "means": []}
    content = {
        "as_of": "2020-06-01", "facts": {"cases": [case]}, "subject": "cases/A1",
        "goal": "permitted",
    }  # fmt: skip
    reply = ask(APP, "/v1/how-to", content)
    assert (reply.status, reply.json["result"]) == (200, "possible")
    (change,) = reply.json["ways"][0]["changes"]
    assert (change["field"], change["before"], change["after"], change["cites"]) == (
        "role", "lead", "assist", ["3.1/1"],
    )  # fmt: skip
    # Where the role may not change, nothing that may makes it so.
    other = content | {"may_change": ["cases.complex"], "costs": {"cases.complex": 2}, "keep": []}
    assert ask(APP, "/v1/how-to", other).json["result"] == "impossible"
    wrong = {"facts": {"cases": [case]}, "may_change": 5, "keep": [5], "costs": [], "aim": "x"}
    pointers = {each["pointer"] for each in ask(APP, "/v1/how-to", wrong).json["errors"]}
    assert pointers == {"/aim", "/may_change", "/keep/0", "/costs", "/subject", "/goal"}
    for changed in ({"goal": "permited"}, {"subject": "cases/A2"}, {"may_change": ["mood"]}):
        assert ask(APP, "/v1/how-to", content | changed).status == 422


def test_all_faults_of_a_request_have_their_pointers() -> None:
    content = {
        "facts": {"stations": [{"id": "S1"}, {"id": "S2", "officers": "many", "x": 1}]},
        "as_of": "1 September", "readings": {"strength_counts": "all", "mood": "good"},
        "parameters": {"most_days_owed": "ten"}, "dates": [],
    }  # fmt: skip
    reply = ask(APP, "/v1/audit", content)
    assert reply.status == 422
    assert reply.headers["content-type"] == "application/problem+json"
    assert {each["pointer"] for each in reply.json["errors"]} == {
        "/dates", "/as_of", "/facts/stations/1", "/facts/stations/1/officers",
        "/readings/strength_counts", "/readings/mood", "/parameters/most_days_owed",
    }  # fmt: skip
    assert reply.json["title"] == "the request has faults"
    in_chinese = ask(APP, "/v1/audit", content, accept_language="zh-CN,zh;q=0.9")
    assert in_chinese.json["title"] == "请求的内容有误"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[]", 400),
        (b'{"as_of": NaN}', 422),
        (b"\xff\xfe", 400),
        (b"[" * 100_000, 400),
        (b'{"facts": ' + b'{"a":' * 50_000, 400),
        (b'{"\\ud800": 1}', 400),
        (b'{"as_of": "2020-01-01", "as_of": "2021-01-01"}', 400),
        (b'{"as_of": "\\ud83d\\ude00"}', 422),
        (b'{"facts": []}', 422),
        (b'{"facts": {"stations": [{"id": "S", "id": "S"}]}}', 422),
        (b'{"facts": {"stations": [{"id": "S"}, {"id": "S"}]}}', 422),
        (b'{"subject": "stations/1"}', 422),
    ],
)
def test_what_is_no_request_is_a_problem(body: bytes, status: int) -> None:
    reply = ask(APP, "/v1/check", body=body)
    assert reply.status == status
    assert reply.json["errors"]


def test_addresses_and_methods_and_media_types() -> None:
    assert ask(APP, "/v1/nothing").status == 404
    wrong = ask(APP, "/v1/check")
    assert (wrong.status, wrong.headers["allow"]) == (405, "POST")
    assert ask(APP, "/v1/check", {}, content_type="text/plain").status == 415


def test_what_explains_names_a_fact_that_there_is() -> None:
    nothing = ask(APP, "/v1/explain", {"facts": {"cases": [CASE]}})
    assert [each["pointer"] for each in nothing.json["errors"]] == ["/subject"]
    another = ask(APP, "/v1/explain", {"facts": {"cases": [CASE]}, "subject": "cases/A2"})
    assert [each["pointer"] for each in another.json["errors"]] == ["/subject"]
    cite = {"facts": {"cases": [CASE]}, "subject": "cases/A1", "cite": "5.1/2"}
    assert [e["pointer"] for e in ask(APP, "/v1/explain", cite).json["errors"]] == ["/cite"]
    name = {"facts": {"cases": [CASE]}, "name": "mood"}
    assert [e["pointer"] for e in ask(APP, "/v1/decide", name).json["errors"]] == ["/name"]


def test_limits() -> None:
    small = application(Service(directive=PUTIAN, limits=Limits(bytes=2000, facts=2)))
    facts = {"stations": [{"id": f"S{n}"} for n in range(3)]}
    assert ask(small, "/v1/check", {"facts": facts}).status == 413
    assert ask(small, "/v1/check", body=b" " * 2001).status == 413
    assert ask(small, "/v1/check", {"facts": {"stations": facts["stations"][:2]}}).status == 200


def test_what_takes_too_long_is_told() -> None:
    hurried = application(Service(directive=PUTIAN, limits=Limits(seconds=0.001)))
    stations = [{"id": f"S{number}"} for number in range(5000)]
    reply = ask(hurried, "/v1/audit", {"as_of": DAY, "facts": {"stations": stations}})
    assert (reply.status, reply.json["type"]) == (503, "urn:policy-rules:problem:out-of-time")


def test_work_ends_when_its_time_is_over() -> None:
    hurried = Service(directive=PUTIAN, limits=Limits(seconds=-1), known=KNOWN)
    body = json.dumps({"facts": {"cases": [CASE], "stations": [{"id": "S1"}]}}).encode()
    entities = {
        "subject": {"type": "caller", "id": "1"}, "action": {"name": "criminal_case"},
        "resource": {"type": "station", "id": "S1"},
    }  # fmt: skip
    several = json.dumps({"evaluations": [entities]}).encode()
    search = json.dumps(entities).encode()
    aim = {"facts": {"cases": [CASE]}, "subject": "cases/A1", "goal": "permitted"}
    works: list[Callable[[], object]] = [
        lambda: hurried.how_to(json.dumps(aim).encode()),
        lambda: hurried.audit(body), lambda: hurried.check(body), lambda: hurried.decide(body),
        lambda: authzen.evaluations(hurried, several, None),
        lambda: authzen.ADDRESSES["/access/v1/search/resource"](hurried, search, None),
    ]  # fmt: skip
    for work in works:
        with pytest.raises(ProblemError, match="out-of-time"):
            work()


def test_tokens() -> None:
    lines = ["# of the patrol's server", "", "patrol 0123456789abcdefghij"]
    app = application(Service(directive=PUTIAN), Tokens.of(lines))
    content = {"as_of": DAY, "facts": {"cases": [CASE]}}
    refused = ask(app, "/v1/check", content)
    assert (refused.status, refused.headers["www-authenticate"]) == (401, "Bearer")
    for wrong in ("Bearer 0123456789abcdefghik", "Basic 0123456789abcdefghij", "Bearer", ""):
        assert ask(app, "/v1/check", content, authorization=wrong).status == 401
    right = "Bearer 0123456789abcdefghij"
    assert ask(app, "/v1/check", content, authorization=right).status == 200
    for path in ("/openapi.json", "/metrics", "/v1/directive"):
        assert ask(app, path).status == 401
    assert ask(app, "/health").status == ask(app, "/ready").status == 200


@pytest.mark.parametrize(
    "lines",
    [[], ["patrol"], ["patrol short"], ["a 0123456789abcdefghij", "b 0123456789abcdefghij"]],
)
def test_tokens_that_cannot_be_taken(lines: list[str]) -> None:
    with pytest.raises(pr.FactError) as caught:
        Tokens.of(lines)
    assert "0123456789abcdefghij" not in str(caught.value)


def test_health_readiness_and_measures() -> None:
    app = application(Service(directive=PUTIAN))
    assert ask(app, "/ready").json == {"status": "ready"}
    app.ready = False
    assert ask(app, "/ready").status == 503
    ask(app, "/v1/check", {"as_of": DAY, "facts": {"cases": [CASE]}})
    ask(app, "/v1/elsewhere", {})
    text = ask(app, "/metrics").body.decode()
    assert 'policy_rules_requests_total{path="/v1/check",status="200"} 1.0' in text
    assert 'policy_rules_requests_total{path="other",status="404"} 1.0' in text
    assert 'policy_rules_answers_total{kind="verdicts",outcome="permitted"} 1.0' in text
    assert "policy_rules_requests_under_way 1.0" in text  # this one


def test_an_error_of_our_own_is_told_as_one(caplog: pytest.LogCaptureFixture) -> None:
    app = application(Service(directive=PUTIAN))
    app.service = None  # type: ignore[assignment]  # what nobody gives, so that something fails
    reply = ask(app, "/v1/check", {})
    assert (reply.status, reply.json["type"]) == (500, "urn:policy-rules:problem:internal")
    assert "POST /v1/check failed" in caplog.text


def test_whoever_goes_away_gets_no_answer() -> None:
    app = application(Service(directive=PUTIAN))
    scope = {
        "type": "http", "method": "POST", "path": "/v1/check", "query_string": b"",
        "headers": [(b"content-type", b"application/json")],
    }  # fmt: skip

    async def receive() -> Any:
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        raise AssertionError(message)

    anyio.run(app, scope, receive, send)
    assert ask(app, "/health").status == 200


def test_a_request_keeps_its_id() -> None:
    assert ask(APP, "/health", x_request_id="abc").headers["x-request-id"] == "abc"
    assert len(ask(APP, "/health").headers["x-request-id"]) == 32


def test_the_directive_is_told() -> None:
    told = ask(APP, "/v1/directive").json
    assert told["number"] == "莆政办〔2019〕52号"
    assert {"name": "duty_mode", "of": "stations"} in told["decisions"]
    assert [each["collection"] for each in told["requests"]] == [
        "cases", "tasks", "transfers", "appointments", "postings",
    ]  # fmt: skip
    assert {each["name"] for each in told["readings"]} == set(PUTIAN.rules.readings)


def test_what_is_replaced_holds_for_later_requests() -> None:
    app = application(Service(directive=PUTIAN, as_of=date(2019, 9, 1)))
    assert ask(app, "/v1/check", {}).json["as_of"] == "2019-09-01"
    app.service = Service(directive=PUTIAN, as_of=date(2020, 9, 1))
    assert ask(app, "/v1/check", {}).json["as_of"] == "2020-09-01"


def test_its_openapi_document_describes_what_it_answers() -> None:
    described = ask(APP, "/openapi.json").json
    assert described["openapi"] == "3.1.0"

    def valid(name: str, content: object) -> None:
        schema = {"$ref": f"#/components/schemas/{name}", "components": described["components"]}
        Draft202012Validator(schema).validate(content)

    asked = {path: item["post"] for path, item in described["paths"].items() if "post" in item}
    for path, posted in asked.items():
        body = posted["requestBody"]["content"]["application/json"]
        request = body["schema"]["$ref"].rpartition("/")[2]
        valid(request, body["example"])
        reply = ask(APP, path, body["example"])
        assert reply.status == 200, path
        answers = posted["responses"]["200"]["content"]["application/json"]["schema"]
        valid(answers["$ref"].rpartition("/")[2], reply.json)
        valid("Problem", ask(APP, path, {"facts": 1, "context": 1}).json)
        if path.startswith("/v1/"):
            whole = {**body["example"], "facts": json.loads(EXAMPLE.read_text("utf-8"))}
            valid(request, whole)
    assert {*described["paths"], "/openapi.json"} == APP.paths
    refs = set(_refs(described))
    assert all(_there(described, ref) for ref in refs)
    # Of tokens it speaks where they are asked for.
    assert "security" not in described
    guarded = application(Service(directive=PUTIAN), Tokens.of(["a 0123456789abcdefghij"]))
    token = "Bearer 0123456789abcdefghij"
    assert ask(guarded, "/openapi.json", authorization=token).json["security"] == [{"token": []}]
    chinese = ask(APP, "/openapi.json", accept_language="zh").json
    assert chinese["paths"]["/v1/check"]["post"]["summary"] == "事前审核"


def _refs(content: Any) -> Any:
    if isinstance(content, dict):
        if isinstance(content.get("$ref"), str):
            yield content["$ref"]
        for each in content.values():
            yield from _refs(each)
    elif isinstance(content, list):
        for each in content:
            yield from _refs(each)


def _there(document: Any, ref: str) -> bool:
    for part in ref.removeprefix("#/").split("/"):
        if part not in document:
            return False
        document = document[part]
    return True


def test_every_answer_is_on_record_before_it_is_given(tmp_path: Path) -> None:
    folder = tmp_path / "log"
    content = {"as_of": DAY, "facts": {"cases": [CASE]}}
    with DecisionLog(folder) as log:
        app = application(Service(directive=PUTIAN, log=log))
        for path in ("check", "decide", "audit", "explain"):
            sent = {**content, "subject": "cases/A1"} if path == "explain" else content
            assert ask(app, f"/v1/{path}", sent, x_request_id=path).status == 200
        question = {
            "subject": {"type": "bureau", "id": "B1"}, "context": {"as_of": DAY},
            "action": {"name": "criminal_case", "properties": {**CASE, "id": "A2"}},
            "resource": {"type": "station", "id": "S1", "properties": {}},
        }  # fmt: skip
        assert ask(app, "/access/v1/evaluation", question, x_request_id="authzen").status == 200
    with DecisionLogReader(folder) as read:
        records = [json.loads(json.dumps(each.record)) for each in read.entries()]
        assert read.verify().whole
    found = {text for each in records if (text := each.get("correlation_id"))}
    assert found == {"check", "audit", "explain", "authzen"}  # nothing is decided of a case


def test_what_cannot_be_put_on_record_is_not_answered(tmp_path: Path) -> None:
    folder = tmp_path / "log"
    with DecisionLog(folder) as log:
        pass
    shutil.rmtree(folder)
    folder.write_text("no log")
    app = application(Service(directive=PUTIAN, log=log))
    reply = ask(app, "/v1/check", {"as_of": DAY, "facts": {"cases": [CASE]}})
    assert (reply.status, reply.json["type"]) == (503, "urn:policy-rules:problem:not-recorded")

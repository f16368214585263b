"""The JSON Schema of documents of answers, as `--format json` of audit, decide and check writes."""

from __future__ import annotations

from typing import Final

from ..answers import ANSWERS_FORMAT, Consistency, Outcome, Status
from ..engines.columns import NOT_IN_COLUMNS
from ..engines.lists import Extent
from ..facts.faults import FaultCode
from ..language import RuleSet
from ..language.rules import Modality
from ..render.wording import Language, pick
from .facts_schema import DIALECT, Schema, as_date
from .schema_parts import (
    CITE,
    COUNT,
    DATE_OR_NULL,
    NEEDS,
    NUMBER,
    TEXT,
    TEXT_OR_NULL,
    TEXTS,
    WORDS,
    Keys,
    list_of,
    object_of,
    one_of,
    status_of,
    subject_of,
)

_VALUE: Final[Schema] = {"anyOf": [{"type": ["string", "integer", "boolean", "null"]}, TEXTS]}
_FROM_TEXT: Final[Keys] = {
    "heading": (TEXT, "所在条款", "the heading that the sentence stands under"),
    "quote": (TEXT, "原文", "the operative words of the text"),
}


def answers_schema(rules: RuleSet, lang: Language) -> Schema:
    """What a document of answers under a directive may hold; words in one language."""
    kinds = {
        "decisions": ("Decision", "认定", "decisions"),
        "verdicts": ("Verdict", "审核结论", "verdicts on requests"),
        "findings": ("Finding", "核查结果", "findings"),
        "agreements": ("Agreement", "数据是否一致", "whether data agree"),
    }
    answers = {key: (list_of(name), zh, en) for key, (name, zh, en) in kinds.items()}
    head = {**_head(rules), **answers}
    optional = ("parameters", "labels", "lists", "tolerated")
    return {
        "$schema": DIALECT,
        "title": pick(lang, "回答文档", "A document of answers"),
        **object_of(head, lang, optional),
        "$defs": answer_definitions(rules, lang)
        | {"Fault": object_of(_FAULT, lang, ("count", "values"))},
    }


def answer_definitions(rules: RuleSet, lang: Language) -> dict[str, Schema]:
    """What answers of each kind may hold, by name."""
    kinds = {
        "Decision": _decision(rules),
        "Verdict": _VERDICT,
        "Finding": _finding(rules),
        "Agreement": _agreement(rules),
    }
    subject = subject_of(rules), "对象，写作 `列表/编号`", "the fact, as `collection/id`"
    amended: Keys = {}
    if rules.reached:
        amended = {"amended_by": (
            {"anyOf": [TEXTS, {"type": "null"}]},
            "适用哪些修改文件的规则", "the amendments by whose rules an act is judged",
        )}  # fmt: skip
    optional = (*NOT_IN_COLUMNS, "amended_by")
    return {
        **{
            name: object_of({"subject": subject, **keys, **amended}, lang, optional)
            for name, keys in kinds.items()
        },
        "Reason": object_of(_REASON, lang),
        "List": object_of(_LIST, lang),
    }


def choices_schema(rules: RuleSet) -> Keys:
    """The directive, the date, and what was chosen: what every document says first."""
    options = {
        name: {"enum": [each.name for each in reading.options]}
        for name, reading in rules.readings.items()
    }
    return {
        "directive": ({"const": rules.directive.id}, "依据的文件", "the directive"),
        "as_of": (as_date({}), "基准日期", "the date for which the answers are given"),
        "readings": (
            {"type": "object", "properties": options, "required": [*options],
             "additionalProperties": False},
            "所选的口径", "the option taken of each reading",
        ),
        "parameters": (
            {"type": "object", "properties": {name: {} for name in rules.parameters},
             "additionalProperties": False},
            "设定的参数", "the parameters that were set",
        ),
    }  # fmt: skip


def _head(rules: RuleSet) -> Keys:
    both = object_of(WORDS, "en")
    tolerated: Keys = {
        "values": (COUNT, "按未知处理的值", "how many values were taken as unknown"),
        "rows": (COUNT, "未计入的行", "how many rows were left out"),
        "faults": (list_of("Fault"), "略过的各处", "what was passed over"),
    }
    return {
        "format": ({"const": ANSWERS_FORMAT}, "格式", "the format of the document"),
        **choices_schema(rules),
        "fingerprint": (
            {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "规则的指纹", "the fingerprint of the rules by which they are given",
        ),
        "labels": (
            {"type": "object", "additionalProperties": both},
            "条款在文件中怎样称呼", "how the text itself is cited",
        ),
        "lists": (list_of("List"), "文件所列名单", "how much there is of the lists of the text"),
        "tolerated": (object_of(tolerated, "en"), "容错读取", "what --tolerate passed over"),
    }  # fmt: skip


def _decision(rules: RuleSet) -> Keys:
    names = list(dict.fromkeys(name for _, name in rules.definitions))
    return {
        "name": ({"enum": names}, "认定事项", "the attribute that is decided"),
        "value": (
            _VALUE,
            "认定的值；`none` 为没有，null 为无法判定",
            "its value; `none`: there is none; null: it is open",
        ),
        "cites": (TEXTS, "依据的条款", "the sentences that give the value"),
        "conflict": (TEXTS, "相互冲突的条款", "the sentences that contradict each other"),
        "needs": NEEDS,
    }


_VERDICT: Final[Keys] = {
    "outcome": status_of(Outcome),
    "reasons": (
        list_of("Reason"),
        "理由",
        "why it is not permitted, and what an exemption set aside",
    ),
    "missing_steps": (TEXTS, "尚缺的程序", "the steps that are still to be obtained"),
    "needs": NEEDS,
}
_REASON: Final[Keys] = {
    "cite": CITE,
    "strength": (
        {"enum": [str(Modality.MUST_NOT), str(Modality.IN_PRINCIPLE)]},
        "严格的，还是原则性的", "whether it holds always or in principle",
    ),
    "exemption": (TEXT_OR_NULL, "豁免批准的编号", "the id of the exemption that sets it aside"),
    **WORDS,
}  # fmt: skip


def _placed(rules: RuleSet) -> Keys:
    """Whom an answer is about and to whom it belongs, and what the text says."""
    body = {
        "type": ["object", "null"],
        "properties": {"id": TEXT, "name": TEXT_OR_NULL},
        "required": ["id", "name"],
        "additionalProperties": False,
    }
    bodies = [cls.collection for cls in rules.directive.bodies]
    belongs = {
        "type": "object",
        "properties": dict.fromkeys(bodies, body),
        "required": bodies,
        "additionalProperties": False,
    }
    return {
        "name": (TEXT_OR_NULL, "对象的名称", "what the fact is called"),
        "bodies": (belongs, "属于哪个单位", "the body of each class to which the fact belongs"),
        **_FROM_TEXT,
    }


def _finding(rules: RuleSet) -> Keys:
    return {
        "cite": CITE,
        "status": status_of(Status),
        "actual": (NUMBER, "实有", "what was measured"),
        "required": (NUMBER, "应有", "what is required"),
        "shortfall": (NUMBER, "相差", "by how much it is missed; 0 where it is met"),
        "due": (DATE_OR_NULL, "期限", "the date by which it was or is to be met"),
        "met_on": (DATE_OR_NULL, "逾期完成的日期", "the day on which it was met late"),
        "retroactive": (
            {"type": "boolean"}, "期限早于文件成文日期",
            "whether that date lies before the directive's own",
        ),
        "periods": (TEXTS, "缺的各期", "the periods that lack what recurs"),
        "exemption": (TEXT_OR_NULL, "豁免批准的编号", "the id of the exemption that displaced it"),
        "responsible": (TEXT_OR_NULL, "由谁负责", "the body that answers for it"),
        **_placed(rules),
        "modality": (one_of(Modality), "要求的强度", "how strictly it is asked"),
        "needs": NEEDS,
        **WORDS,
    }  # fmt: skip


def _agreement(rules: RuleSet) -> Keys:
    return {
        "cite": CITE,
        "status": status_of(Consistency),
        "first": (NUMBER, "第一处", "what the first account says"),
        "second": (NUMBER, "第二处", "what the second account says"),
        "responsible": (TEXT_OR_NULL, "由谁负责", "the body that answers for the data"),
        **_placed(rules),
        "needs": NEEDS,
        **WORDS,
    }


_MEMBERS: Final[Schema] = {"type": "array"}
_LIST: Final[Keys] = {
    "cite": CITE,
    "collection": (TEXT_OR_NULL, "哪个列表", "the collection that has them"),
    "parameter": (TEXT_OR_NULL, "哪个参数", "the parameter that has them"),
    "extent": status_of(Extent),
    "expected": (NUMBER, "应有", "how many the text speaks of"),
    "found": (NUMBER, "已有", "how many there are"),
    "undetermined": (NUMBER, "未定", "of how many it is open"),
    "partial": ({"type": "boolean"}, "列表不完整", "whether the list is partial"),
    "there": (_MEMBERS, "已有的", "those that are there"),
    "missing": (_MEMBERS, "缺的", "those that are not"),
    "repeated": (_MEMBERS, "重复的", "those that are there more than once"),
    **WORDS,
}
_FAULT: Final[Keys] = {
    "place": (TEXT, "在哪里", "where it stands"),
    "field": (TEXT, "哪一项", "the field"),
    "code": ({"enum": [each.value for each in FaultCode]}, "哪一种", "what kind it is"),
    **WORDS,
    "count": (COUNT, "几处", "how often"),
    "values": (
        {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"value": TEXT_OR_NULL, "count": COUNT, "at": TEXTS},
                "required": ["value", "count", "at"],
                "additionalProperties": False,
            },
        },
        "各值", "the values, with how often and where each is",
    ),
}  # fmt: skip

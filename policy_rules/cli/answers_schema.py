"""The JSON Schema of documents of answers, as `--format json` of audit, decide and check writes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from ..answers import ANSWERS_FORMAT, Consistency, Outcome, Standings, Status
from ..engines.columns import NOT_IN_COLUMNS
from ..engines.lists import Extent
from ..facts import Labelled
from ..facts.faults import FaultCode
from ..formats.facts_schema import DIALECT, Schema, as_date
from ..language import RuleSet
from ..language.rules import Modality
from ..render.wording import Language, pick

# What a key holds, and what that means in Chinese and English.
_Keys = Mapping[str, tuple[Schema, str, str]]

_TEXT: Final[Schema] = {"type": "string"}
_NUMBER: Final[Schema] = {"type": ["integer", "null"]}
_COUNT: Final[Schema] = {"type": "integer", "minimum": 0}
_TEXT_OR_NULL: Final[Schema] = {"type": ["string", "null"]}
_TEXTS: Final[Schema] = {"type": "array", "items": _TEXT}
_DATE_OR_NULL: Final[Schema] = {"anyOf": [as_date({}), {"type": "null"}]}
_VALUE: Final[Schema] = {"anyOf": [{"type": ["string", "integer", "boolean", "null"]}, _TEXTS]}
_WORDS: Final[_Keys] = {
    "zh": (_TEXT, "中文表述", "in Chinese"),
    "en": (_TEXT, "英文表述", "in English"),
}
_FROM_TEXT: Final[_Keys] = {
    "heading": (_TEXT, "所在条款", "the heading that the sentence stands under"),
    "quote": (_TEXT, "原文", "the operative words of the text"),
}
_NEEDS: Final = (_TEXTS, "需要补充什么才能判定", "the facts that settle it, where it is open")
_CITE: Final = (_TEXT, "条款号", "the citation of the rule")


def answers_schema(rules: RuleSet, lang: Language) -> Schema:
    """What a document of answers under a directive may hold; words in one language."""
    kinds = {
        "decisions": ("Decision", _decision(rules), "认定", "decisions"),
        "verdicts": ("Verdict", _VERDICT, "审核结论", "verdicts on requests"),
        "findings": ("Finding", _finding(rules), "核查结果", "findings"),
        "agreements": ("Agreement", _agreement(rules), "数据是否一致", "whether data agree"),
    }
    subject = _subject(rules), "对象，如 `stations/S1`", "the fact, such as `stations/S1`"
    amended: _Keys = {}
    if rules.reached:
        amended = {"amended_by": (
            {"anyOf": [_TEXTS, {"type": "null"}]},
            "适用哪些修改文件的规则", "the amendments by whose rules an act is judged",
        )}  # fmt: skip
    head = {
        **_head(rules),
        **{key: ({"type": "array", "items": {"$ref": f"#/$defs/{name}"}}, zh, en)
        for key, (name, _, zh, en) in kinds.items()},
    }  # fmt: skip
    definitions = {
        name: _object(
            {"subject": subject, **keys, **amended}, lang, (*NOT_IN_COLUMNS, "amended_by")
        )
        for name, keys, _, _ in kinds.values()
    }
    optional = ("parameters", "labels", "lists", "tolerated")
    return {
        "$schema": DIALECT,
        "title": pick(lang, "回答文档", "A document of answers"),
        **_object(head, lang, optional),
        "$defs": definitions
        | {
            "Reason": _object(_REASON, lang),
            "List": _object(_LIST, lang),
            "Fault": _object(_FAULT, lang, ("count", "values")),
        },
    }


def _object(keys: _Keys, lang: Language, optional: Iterable[str] = ()) -> Schema:
    left = frozenset(optional)
    return {
        "type": "object",
        "properties": {
            key: {"description": pick(lang, zh, en)} | of for key, (of, zh, en) in keys.items()
        },
        "required": [key for key in keys if key not in left],
        "additionalProperties": False,
    }


def _one_of(of: type[Labelled]) -> Schema:
    return {"enum": [each.value for each in of]}


def _status(of: type[Standings]) -> tuple[Schema, str, str]:
    zh = "，".join(f"{each.value}：{each.zh}" for each in of)
    en = ", ".join(f"{each.value}: {each.en}" for each in of)
    return _one_of(of), zh, en


def _subject(rules: RuleSet) -> Schema:
    collections = "|".join(cls.collection for cls in rules.directive.classes)
    return {"type": "string", "pattern": f"^(?:{collections})/"}


def _head(rules: RuleSet) -> _Keys:
    directive = rules.directive
    options = {
        name: {"enum": [each.name for each in reading.options]}
        for name, reading in rules.readings.items()
    }
    both = _object(_WORDS, "en")
    tolerated: _Keys = {
        "values": (_COUNT, "按未知处理的值", "how many values were taken as unknown"),
        "rows": (_COUNT, "未计入的行", "how many rows were left out"),
        "faults": (_of("Fault"), "略过的各处", "what was passed over"),
    }
    return {
        "format": ({"const": ANSWERS_FORMAT}, "格式", "the format of the document"),
        "directive": ({"const": directive.id}, "依据的文件", "the directive"),
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
        "labels": (
            {"type": "object", "additionalProperties": both},
            "条款在文件中怎样称呼", "how the text itself is cited",
        ),
        "lists": (_of("List"), "文件所列名单", "how much there is of the lists of the text"),
        "tolerated": (_object(tolerated, "en"), "容错读取", "what --tolerate passed over"),
    }  # fmt: skip


def _of(name: str) -> Schema:
    return {"type": "array", "items": {"$ref": f"#/$defs/{name}"}}


def _decision(rules: RuleSet) -> _Keys:
    names = list(dict.fromkeys(name for _, name in rules.definitions))
    return {
        "name": ({"enum": names}, "认定事项", "the attribute that is decided"),
        "value": (
            _VALUE,
            "认定的值；`none` 为没有，null 为无法判定",
            "its value; `none`: there is none; null: it is open",
        ),
        "cites": (_TEXTS, "依据的条款", "the sentences that give the value"),
        "conflict": (_TEXTS, "相互冲突的条款", "the sentences that contradict each other"),
        "needs": _NEEDS,
    }


_VERDICT: Final[_Keys] = {
    "outcome": _status(Outcome),
    "reasons": (_of("Reason"), "理由", "why it is not permitted, and what an exemption set aside"),
    "missing_steps": (_TEXTS, "尚缺的程序", "the steps that are still to be obtained"),
    "needs": _NEEDS,
}
_REASON: Final[_Keys] = {
    "cite": _CITE,
    "strength": (
        {"enum": [str(Modality.MUST_NOT), str(Modality.IN_PRINCIPLE)]},
        "严格的，还是原则性的", "whether it holds always or in principle",
    ),
    "exemption": (_TEXT_OR_NULL, "豁免批准的编号", "the id of the exemption that sets it aside"),
    **_WORDS,
}  # fmt: skip


def _placed(rules: RuleSet) -> _Keys:
    """Whom an answer is about and to whom it belongs, and what the text says."""
    body = {
        "type": ["object", "null"],
        "properties": {"id": _TEXT, "name": _TEXT_OR_NULL},
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
        "name": (_TEXT_OR_NULL, "对象的名称", "what the fact is called"),
        "bodies": (belongs, "属于哪个单位", "the body of each class to which the fact belongs"),
        **_FROM_TEXT,
    }


def _finding(rules: RuleSet) -> _Keys:
    return {
        "cite": _CITE,
        "status": _status(Status),
        "actual": (_NUMBER, "实有", "what was measured"),
        "required": (_NUMBER, "应有", "what is required"),
        "shortfall": (_NUMBER, "相差", "by how much it is missed; 0 where it is met"),
        "due": (_DATE_OR_NULL, "期限", "the date by which it was or is to be met"),
        "met_on": (_DATE_OR_NULL, "逾期完成的日期", "the day on which it was met late"),
        "retroactive": (
            {"type": "boolean"}, "期限早于文件成文日期",
            "whether that date lies before the directive's own",
        ),
        "periods": (_TEXTS, "缺的各期", "the periods that lack what recurs"),
        "exemption": (_TEXT_OR_NULL, "豁免批准的编号", "the id of the exemption that displaced it"),
        "responsible": (_TEXT_OR_NULL, "由谁负责", "the body that answers for it"),
        **_placed(rules),
        "modality": (_one_of(Modality), "要求的强度", "how strictly it is asked"),
        "needs": _NEEDS,
        **_WORDS,
    }  # fmt: skip


def _agreement(rules: RuleSet) -> _Keys:
    return {
        "cite": _CITE,
        "status": _status(Consistency),
        "first": (_NUMBER, "第一处", "what the first account says"),
        "second": (_NUMBER, "第二处", "what the second account says"),
        "responsible": (_TEXT_OR_NULL, "由谁负责", "the body that answers for the data"),
        **_placed(rules),
        "needs": _NEEDS,
        **_WORDS,
    }


_MEMBERS: Final[Schema] = {"type": "array"}
_LIST: Final[_Keys] = {
    "cite": _CITE,
    "collection": (_TEXT_OR_NULL, "哪个列表", "the collection that has them"),
    "parameter": (_TEXT_OR_NULL, "哪个参数", "the parameter that has them"),
    "extent": _status(Extent),
    "expected": (_NUMBER, "应有", "how many the text speaks of"),
    "found": (_NUMBER, "已有", "how many there are"),
    "undetermined": (_NUMBER, "未定", "of how many it is open"),
    "partial": ({"type": "boolean"}, "列表不完整", "whether the list is partial"),
    "there": (_MEMBERS, "已有的", "those that are there"),
    "missing": (_MEMBERS, "缺的", "those that are not"),
    "repeated": (_MEMBERS, "重复的", "those that are there more than once"),
    **_WORDS,
}
_FAULT: Final[_Keys] = {
    "place": (_TEXT, "在哪里", "where it stands"),
    "field": (_TEXT, "哪一项", "the field"),
    "code": ({"enum": [each.value for each in FaultCode]}, "哪一种", "what kind it is"),
    **_WORDS,
    "count": (_COUNT, "几处", "how often"),
    "values": (
        {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"value": _TEXT_OR_NULL, "count": _COUNT, "at": _TEXTS},
                "required": ["value", "count", "at"],
                "additionalProperties": False,
            },
        },
        "各值", "the values, with how often and where each is",
    ),
}  # fmt: skip

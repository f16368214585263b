"""The JSON Schema of reports, as `audit --format report-json` writes them."""

from __future__ import annotations

from typing import Final

from ..answers import Consistency, Outcome, Status
from ..calendar.due import DueKind, DueStatus
from ..facts import Labelled
from ..formats.answers_schema import answer_definitions, choices_schema
from ..formats.facts_schema import DIALECT, Schema
from ..formats.schema_parts import (
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
)  # fmt: skip
from ..language import RuleSet
from ..language.rules import Modality
from ..render.wording import Language, pick
from ..report import REPORT_FORMAT, Colour

_BODY: Final[Keys] = {
    "subject": (TEXT, "编号", "its key"),
    "name": (TEXT_OR_NULL, "名称", "its name"),
}
_REGION: Final[Keys] = {"value": (TEXT, "地区代码", "its code"), **WORDS}
_SHARE: Final[Keys] = {
    "met": (COUNT, "符合", "how many duties are met"),
    "unmet": (COUNT, "不符合", "how many are not"),
    "open": (COUNT, "无法判定", "how many are open for want of data"),
}
_PLACE: Final[Keys] = {
    "place": (NUMBER, "名次；null 为不参加排名", "its rank; null: it is not ranked"),
    "colour": (one_of(Colour), "颜色", "how it stands"),
    "share": ({"$ref": "#/$defs/Share"}, "据数据判定的事项", "of what is measured"),
    "attested": ({"$ref": "#/$defs/Share"}, "依据佐证材料的事项", "of what rests on attestations"),
}
_DUE: Final[Keys] = {
    "due": (DATE_OR_NULL, "期限", "the date by which it is due"),
    "period": (TEXT_OR_NULL, "所属周期", "the period that it is due in"),
    "subject": (TEXT, "对象", "the fact"),
    "cite": CITE,
    "kind": (one_of(DueKind), "期限或定期", "once, or again and again"),
    "modality": (one_of(Modality), "要求的强度", "how strictly it is asked"),
    "status": status_of(DueStatus),
    "met_on": (DATE_OR_NULL, "逾期完成的日期", "the day on which it was met late"),
    "retroactive": (
        {"type": "boolean"}, "期限早于文件成文日期",
        "whether that date lies before the directive's own",
    ),
    "every": (TEXT_OR_NULL, "多久一次", "how often it recurs"),
    "exemption": (TEXT_OR_NULL, "豁免批准的编号", "the id of the exemption that displaced it"),
    "needs": NEEDS,
    "quote": (TEXT, "原文", "the operative words of the text"),
    **WORDS,
}  # fmt: skip
_EFFECT: Final[Keys] = {
    "reading": (TEXT, "口径", "the reading"),
    "cite": CITE,
    **WORDS,
    "taken": (TEXT, "所选的选项", "the option taken"),
    "answers": (COUNT, "涉及的回答", "how many answers rest on it"),
    "changes": (
        {"type": "object", "additionalProperties": COUNT},
        "选其他选项时不同的回答", "how many are different under each other option",
    ),
    "turned": (
        {"type": "object", "additionalProperties": COUNT},
        "其中结论不同的", "how many of these come to something else",
    ),
}  # fmt: skip
_MISSING: Final[Keys] = {
    "body": (
        {"anyOf": [{"$ref": "#/$defs/Body"}, {"type": "null"}]},
        "由哪个单位填写", "the body that has to fill it in",
    ),
    "collection": (TEXT, "列表", "the collection"),
    "name": (TEXT, "数据项", "the field, list or parameter"),
    "subjects": (TEXTS, "对象", "the facts of which it is not known"),
    "cites": (TEXTS, "涉及条款", "the rules that want it"),
    "findings": (COUNT, "涉及的核查结果", "how many findings want it"),
}  # fmt: skip


def report_schema(rules: RuleSet, lang: Language) -> Schema:
    """What a report on a directive may hold as JSON: an inspection, or an overview of very many."""

    def made(keys: Keys) -> Schema:
        return object_of(keys, lang)

    defined = {
        "Body": made(_BODY), "Region": made(_REGION), "Share": made(_SHARE), "Due": made(_DUE),
        "Effect": made(_EFFECT), "Missing": made(_MISSING), "Ranked": made(_RANKED),
        "Placed": made(_PLACED), "Indicator": made(_INDICATOR), "Spread": made(_SPREAD),
        "Problem": made(_PROBLEM), "Gap": made(_GAP),
    }  # fmt: skip
    head, foot = _head(rules), _FOOT
    kinds = {
        "inspection": {**head, **_INSPECTION, **foot},
        "overview": {**head, **_OVERVIEW, **foot},
    }
    return {
        "$schema": DIALECT,
        "title": pick(lang, "督查通报", "An inspection report"),
        "oneOf": [
            made({"kind": ({"const": kind}, "哪一种", "which kind it is"), **keys})
            for kind, keys in kinds.items()
        ],
        "$defs": answer_definitions(rules, lang) | defined,
    }


def _ref(name: str, zh: str, en: str, *, null: bool = False) -> tuple[Schema, str, str]:
    of: Schema = {"$ref": f"#/$defs/{name}"}
    return ({"anyOf": [of, {"type": "null"}]} if null else of), zh, en


def _by_key(of: Schema, zh: str, en: str) -> tuple[Schema, str, str]:
    return {"type": "object", "additionalProperties": of}, zh, en


def _counts(of: type[Labelled], zh: str, en: str) -> tuple[Schema, str, str]:
    counted = dict.fromkeys((each.value for each in of), COUNT)
    return {"type": "object", "properties": counted, "additionalProperties": False}, zh, en


_SHARES: Final = _by_key({"$ref": "#/$defs/Share"}, "各处", "in each, by its key")
_RULE: Final[Keys] = {"cite": CITE, **WORDS}
_RANKED: Final[Keys] = {
    "body": _ref("Body", "单位", "the body"),
    "within": (TEXT_OR_NULL, "上级单位", "the body above it"),
    **_PLACE,
    "gaps": (COUNT, "未解决的问题", "how many of its problems are open"),
    "worst": _ref("Finding", "其中最重的", "the gravest of them", null=True),
}
_PLACED: Final[Keys] = {
    "body": _ref("Body", "单位", "the body", null=True),
    "region": _ref("Region", "地区", "the region", null=True),
    **_PLACE,
    "foremost": (TEXT_OR_NULL, "不符合最多的条款", "the rule under which most is not met"),
    "colours": _counts(Colour, "各颜色的单位数", "how many of its bodies stand how"),
}
_INDICATOR: Final[Keys] = {**_RULE, "shares": _SHARES}
_SPREAD: Final[Keys] = {
    **_RULE,
    "share": _ref("Share", "总计", "in all"),
    "regions": _SHARES,
}
_PROBLEM: Final[Keys] = {
    **_RULE,
    "quote": (TEXT, "原文", "the operative words of the text"),
    "modality": (one_of(Modality), "要求的强度", "how strictly it is asked"),
    "responsible": (TEXT_OR_NULL, "由谁负责", "the body that answers for it"),
    "open": (list_of("Gap"), "未解决的", "what is still open"),
    "late": (list_of("Gap"), "逾期完成的", "what was met late"),
}
_GAP: Final[Keys] = {
    "finding": _ref("Finding", "核查结果", "the finding"),
    "overdue": (NUMBER, "逾期天数", "how many days its date has passed"),
}


def _head(rules: RuleSet) -> Keys:
    colours: Keys = {
        "green": (TEXT, "符合率自此为绿", "from which share met on it is green"),
        "yellow": (TEXT, "自此为黄", "from which on it is yellow"),
        "known": (TEXT, "可判定率低于此为灰", "below which share settled it is grey"),
    }
    return {
        "format": ({"const": REPORT_FORMAT}, "格式", "the format of the document"),
        **choices_schema(rules),
        "colours": (object_of(colours, "en"), "颜色的界限", "where colours begin"),
        "statuses": _counts(Status, "据数据判定的结果", "findings that were measured"),
        "share": _ref("Share", "总计", "in all"),
        "attested": _ref("Share", "佐证材料总计", "in all, of what rests on attestations"),
    }


_INSPECTION: Final[Keys] = {
    "within": (TEXT_OR_NULL, "只限于此单位", "the body to which it is confined"),
    "attestations": _counts(Status, "依据佐证材料的结果", "findings that rest on attestations"),
    "ranking": _by_key(list_of("Ranked"), "排名", "the bodies of each class, the best first"),
    "indicators": (list_of("Indicator"), "主要指标", "rules that are measured, by body"),
    "problems": (list_of("Problem"), "问题", "what falls short, by rule"),
    "denied": (list_of("Problem"), "经佐证材料确认未落实的", "what is attested not to be there"),
    "doubtful": (list_of("Agreement"), "数据存疑", "accounts that differ"),
    "soon": _by_key(list_of("Due"), "若干天内到期的", "what falls due within so many days"),
    "missing": (list_of("Missing"), "缺少的数据", "what is not known and would settle something"),
    "verdicts": (list_of("Verdict"), "事前审核", "verdicts on requests"),
    "turning": (
        {"anyOf": [list_of("Effect"), {"type": "null"}]},
        "口径的影响；null 为未比较", "what other readings would turn; null: not asked",
    ),
}  # fmt: skip
_OVERVIEW: Final[Keys] = {
    "numbers": _by_key(COUNT, "事实数", "how many facts there are of each collection"),
    "regions": (list_of("Placed"), "各地区", "the regions, the best first"),
    "bodies": (list_of("Placed"), "各单位", "the bodies, the best first"),
    "spreads": (list_of("Spread"), "逐条情况", "how each rule is met"),
}
_FOOT: Final[Keys] = {
    "agreements": _counts(Consistency, "数据是否一致", "whether data agree"),
    "outcomes": _counts(Outcome, "审核结论", "verdicts by outcome"),
    "lists": (list_of("List"), "文件所列名单", "how much there is of the lists of the text"),
    "notes": (TEXTS, "对数据的说明", "what is said of the data as a whole"),
    "details": _by_key(TEXT, "各单位的报告文件", "the file with the report on each body"),
}

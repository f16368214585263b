"""What the benchmarks write (`_generated`) in Chinese: each of their phrases, whatever its figures.

A test names the phrases that are not here.
"""

from __future__ import annotations

import re
from typing import Final

# Paragraphs, with their figures in the order of the English ones.
_PARAGRAPHS: Final = [
    (
        r"Made by `make bench` \((.+?)\)\. All contestants gave the same answers to the same "
        r"(\S+) made-up, fully known inputs of each question before anything was timed\. Medians "
        r"of (\d+) interleaved rounds in one process; the ratio is to the hand-written function "
        r"that returns the value alone\. What an engine takes instead of facts \(flat numbers, "
        r"JSON text\) is made beforehand and not timed\.",
        r"由 `make bench` 生成（\1）。计时之前，各方对每个问题的同样 \2 个虚构的、全部已知的输入给"
        r"出了相同的回答。取同一进程中交替进行的 \3 轮的中位数；倍数是与只返回结果的手写函数相比。"
        r"引擎所用的不是事实的（扁平的数、JSON 文字），事先准备好，不计时。",
    ),
    (
        r"\*\*Starting\*\*, median of (\d+) fresh processes, bytecode written",
        r"**启动**，\1 个新进程的中位数，字节码已写好",
    ),
    (
        r"\*\*Audit\*\* of a made-up city of (\S+) stations and (\S+) officers, engine `python`: "
        r"(\S+) ms for (\S+) findings, after (\S+) ms of making the facts\.",
        r"**核查**一个虚构的市，\1 个派出所、\2 名民警，引擎 `python`：建立事实 \5 毫秒，之后得出 "
        r"\4 项核查结果用 \3 毫秒。",
    ),
    (r"Skipped: (.+?) cannot be imported here \((.+?)\)\.", r"略去：\1 在这里不能导入（\2）。"),
    (r"Skipped: polars is not installed\.", "略去：没有安装 polars。"),
    (
        r"Made by `python -m benchmarks\.sessions --write` \((.+?)\)\.",
        r"由 `python -m benchmarks.sessions --write` 生成（\1）。",
    ),
    (
        r"Made by `python -m benchmarks\.reports --write` \((.+?)\)\. Medians of (\d+) rounds? "
        r"after one that is not counted; what is compiled of the rules is there, what is worked "
        r"out of the facts is not\. The command starts anew each time\.",
        r"由 `python -m benchmarks.reports --write` 生成（\1）。先走一轮不计，再取 \2 轮的中位数；"
        r"规则已编译，由事实得出的尚无。命令每次都重新启动。",
    ),
    (
        r"\*\*The example, (\d+) stations\*\*: (\S+) findings, of which (\S+) apply and are "
        r"explained; the page has (\S+) MB\.",
        r"**示例，\1 个派出所**：\2 项核查结果，其中适用的 \3 项给出判定依据；网页 \4 MB。",
    ),
    (
        r"\*\*A made-up city of (\S+) stations and (\S+) officers\*\*: (\S+) findings, of which "
        r"(\S+) apply and are explained; the page has (\S+) MB\.",
        r"**虚构的市，\1 个派出所、\2 名民警**：\3 项核查结果，其中适用的 \4 项给出判定依据；网页 "
        r"\5 MB。",
    ),
    (
        r"A session of (\S+) stations and (\S+) officers: its facts were made in (\S+) s and the "
        r"session built in (\S+) s; the process held (\S+ MB) at most, and (\S+ MB) after all "
        r"changes\. A change with all the conclusions that it changed, in µs, at the median \(and "
        r"the 99th of a hundred\), of (\S+) of each kind:",
        r"会话有 \1 个派出所、\2 名民警：建立事实用 \3 秒，建立会话用 \4 秒；进程最多占用 \5，全部"
        r"变动之后 \6。一个变动连同它所改变的全部结论，单位微秒，每种 \7 次，取中位数（括号中是第 "
        r"99 百分位）：",
    ),
    (
        r"With a journal the disk is flushed twice before a change is acknowledged: once for the "
        r"change, and once for the head, which says that it was acknowledged\. Two such flushes "
        r"alone took (.+?) µs\.",
        r"有日志时，确认一个变动之前写盘两次：一次写变动，一次写表明已确认的开头。单是这样两次写盘"
        r"用 \1 微秒。",
    ),
    (
        r"Made by `make bench-scale` \((.+?)\)\. A made-up nation of (\S+) stations, (\S+) "
        r"officers, (\S+) tasks, (\S+) cases, (\S+) facts in all, in a DuckDB file, as of (\S+)\. "
        r"Three of a hundred values are unknown, but of the references none\. Each step ran in a "
        r"process of its own\.",
        r"由 `make bench-scale` 生成（\1）。虚构的全国数据：\2 个派出所，\3 名民警，\4 项任务，\5 "
        r"起案件，共 \6 个事实，在一个 DuckDB 文件中，基准日期 \7。值有百分之三未知，引用都已知。"
        r"每一步各用一个进程。",
    ),
    (
        r"\*\*The audit by every clause\*\*: (\S+) answers in (\S+) s \((\S+) a second\), written "
        r"to Parquet files; the process held (\S+ GB) at most\.",
        r"**按全部条款核查**：\1 个回答用 \2 秒（每秒 \3 个），写入 Parquet 文件；进程最多占用 \4"
        r"。",
    ),
    (
        r"\*\*Task checks\*\*: (\S+) in (\S+) s \((\S+) a second\), written to a Parquet file\.",
        r"**审核任务**：\1 项用 \2 秒（每秒 \3 项），写入 Parquet 文件。",
    ),
    (
        r"\*\*Against what is written by hand\*\*, the same answers in the same columns, checked "
        r"before anything was timed, into a table in memory; medians of at least (\d+) interleaved "
        r"rounds\. Throughput is that of the SQL by hand, by the clock and by the time of all "
        r"processors\.",
        r"**与手写的比较**，同样的回答、同样的列，计时之前已核对，写入内存中的表；至少 \1 轮交替进"
        r"行，取中位数。吞吐量是手写 SQL 的多少倍，分别按时钟和全部处理器的时间计算。",
    ),
    (r"\*\*How the audit grows\*\*", "**核查怎样增长**"),
    (r"\*\*A\. The duty mode of a station, with its citation\*\*", "**A. 派出所的勤务模式及条款**"),
    (r"\*\*B\. A criminal case, with all reasons\*\*", "**B. 刑事案件及全部理由**"),
    (
        r"\*\*C\. A task, with all reasons and all missing steps\*\*",
        "**C. 任务，全部理由和全部缺少的程序**",
    ),
]
# Cells of tables; what is left of a cell is a name, or figures.
_CELLS: Final = {
    "engine and use": "引擎和用法",
    "times": "倍数",
    "hand-written, value alone": "手写，只返回结果",
    "hand-written, whole answer": "手写，整个回答",
    "policy_rules, `python`, ready fact": "policy_rules，`python`，现成的事实",
    "policy_rules, `python`, answer read": "policy_rules，`python`，连同读出回答",
    "policy_rules, `python`, from a dict": "policy_rules，`python`，由字典建起",
    "policy_rules, `python`, bound question": "policy_rules，`python`，绑定的问题",
    "policy_rules, `interpreter`, ready fact": "policy_rules，`interpreter`，现成的事实",
    "policy_rules, `durable`, ready fact": "policy_rules，`durable`，现成的事实",
    "zen-engine, compiled expression, JSON text": "zen-engine，编译的表达式，JSON 文字",
    "zen-engine, compiled expression, dict": "zen-engine，编译的表达式，字典",
    "zen-engine, decision table by key": "zen-engine，按键的决策表",
    "rule-engine, compiled rule": "rule-engine，编译的规则",
    "durable-rules, one session": "durable-rules，一个会话",
    "step": "步骤",
    "s of the processor": "处理器秒数",
    "ms an answer": "每个回答毫秒",
    "audit": "核查",
    "inspected, without other readings": "汇总，不含其他口径",
    "inspected, with other readings": "汇总，含其他口径",
    "page, HTML": "网页，HTML",
    "document, DOCX": "文档，DOCX",
    "ledger, XLSX": "台账，XLSX",
    "explained in Chinese": "用中文解释",
    "explained in English": "用英文解释",
    "the whole command, from JSON to the page": "整个命令，从 JSON 到网页",
    "ms above bare Python": "比单独启动 Python 多的毫秒",
    "bare Python": "单独启动 Python",
    "and `load` of the directive": "再 `load` 文件",
    "and a first decision": "再作第一次认定",
    "a change of": "变动",
    "a station's beds": "派出所的备勤床位",
    "a station's number of officers": "派出所的民警数",
    "a station's population": "派出所的实有人口",
    "an officer's days of training": "民警的训练天数",
    "an officer's post": "民警的岗位",
    "an officer moves to another station": "民警调到另一派出所",
    "a new officer": "新增民警",
    "answers": "回答",
    "questions": "问题",
    "rows": "行",
    "seconds": "秒",
    "rows a second": "每秒行数",
    "findings": "核查结果",
    "verdicts": "审核结论",
    "decisions": "认定",
    "agreements": "一致性核对",
    "made by": "由何得出",
    "processors'": "处理器的秒",
    "throughput": "吞吐量",
    "by processors": "按处理器",
    "SQL by hand": "手写 SQL",
    "policy_rules, from Parquet files": "policy_rules，读 Parquet 文件",
    "polars by hand, from Parquet files": "手写 polars，读 Parquet 文件",
    "stations": "派出所",
    "facts": "事实",
    "answers a second": "每秒回答数",
    "GB at most": "最多占用 GB",
}
_WITH_FIGURES: Final = [
    (r"\((\d+) in all\)", r"（共 \1）"),
    (r"([\d,]+) stations", r"\1 个派出所"),
    (r"([\d,]+), with a journal", r"\1 个，有日志"),
]


def in_chinese(page: str) -> str:
    """A page that the benchmarks wrote, in Chinese."""
    return "\n".join(map(_line, page.split("\n")))


def _line(line: str) -> str:
    if line.startswith("|"):
        return "|".join(_cell(cell) for cell in line.split("|"))
    for english, chinese in _PARAGRAPHS:
        if (found := re.fullmatch(english, line)) is not None:
            return found.expand(chinese)
    return line


def _cell(cell: str) -> str:
    said = cell.strip()
    for english, chinese in _WITH_FIGURES:
        if (found := re.fullmatch(english, said)) is not None:
            return f" {found.expand(chinese)} "
    return f" {_CELLS[said]} " if said in _CELLS else cell

"""A directive made up for the conformance tests of AuthZEN: who reads, writes and deletes records.

It is of the shape of their demonstration policy: two users, one of whom is an administrator, and
two records, one of which is archived.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from policy_rules import Facts
from policy_rules.facts import Fact, Labelled, boolean, choice, fact, identity, reference
from policy_rules.language import Clause, Directive, subject, the
from policy_rules.language.sentences import fingerprints

TEXT: Final = """
1/1 销毁的档案不得查阅。
1/2 在用档案不得由管理员修改。
1/3 归档的档案不得由管理员以外的人员修改。
1/4 销毁的档案不得修改。
1/5 档案不得彻底删除。
"""


class Role(Labelled):
    """What a user does in the office."""

    CLERK = ("clerk", "职员", "clerk")
    MANAGER = ("manager", "主管", "manager")
    ADMIN = ("admin", "管理员", "administrator")


class Status(Labelled):
    """What became of a record."""

    ACTIVE = ("active", "在用", "active")
    ARCHIVED = ("archived", "归档", "archived")
    DESTROYED = ("destroyed", "销毁", "destroyed")


@fact(collection="users", zh="用户", en="user")
class User(Fact):
    """Who works in the office."""

    id: str = identity()
    role: Role | None = choice(Role, zh="角色", en="role", meaning="What the user does.")


@fact(collection="records", zh="档案", en="record")
class Record(Fact):
    """A record of the office."""

    id: str = identity()
    status: Status | None = choice(Status, zh="状态", en="status", meaning="What became of it.")


@fact(collection="readings_of_records", zh="查阅", en="reading of a record")
class Read(Fact):
    """A request to read a record."""

    id: str = identity()
    user_id: str | None = reference("users", zh="用户", en="user", meaning="Who reads.")
    record_id: str | None = reference("records", zh="档案", en="record", meaning="What is read.")


@fact(collection="changes_of_records", zh="修改", en="change of a record")
class Write(Fact):
    """A request to change a record."""

    id: str = identity()
    user_id: str | None = reference("users", zh="用户", en="user", meaning="Who changes it.")
    record_id: str | None = reference("records", zh="档案", en="record", meaning="What is changed.")


@fact(collection="deletions_of_records", zh="删除", en="deletion of a record")
class Delete(Fact):
    """A request to delete a record."""

    id: str = identity()
    user_id: str | None = reference("users", zh="用户", en="user", meaning="Who deletes it.")
    record_id: str | None = reference("records", zh="档案", en="record", meaning="What is deleted.")
    soft: bool | None = boolean(
        zh="可恢复", no_zh="不可恢复", en="soft", meaning="Whether it can be taken back."
    )


records = Clause("1", "档案的使用", "The use of records")
s1, s2, s3, s4, s5 = records.sentences(5)
read, write, delete = subject(Read), subject(Write), subject(Delete)
status = the(Record, write.record_id).status
role = the(User, write.user_id).role

s1("不得查阅")("不得查阅销毁的档案", "a destroyed record is not read").forbids(
    read, the(Record, read.record_id).status.is_(Status.DESTROYED)
)
s2("不得由管理员修改")(
    "管理员不得修改在用档案", "no administrator changes an active record"
).forbids(write, status.is_(Status.ACTIVE) & role.is_(Role.ADMIN))
s3("不得由管理员以外的人员修改")(
    "归档的档案只由管理员修改", "only an administrator changes an archived record"
).forbids(write, status.is_(Status.ARCHIVED) & ~role.is_(Role.ADMIN))
s4("不得修改")("不得修改销毁的档案", "a destroyed record is not changed").forbids(
    write, status.is_(Status.DESTROYED)
)
s5("不得彻底删除")("档案不得彻底删除", "no record is deleted for good").forbids(
    delete, ~delete.soft
)

DIRECTIVE: Final = Directive(
    id="record-office",
    number="示例〔2025〕2号",
    zh="档案使用规定（示例）",
    en="On the use of records (made up)",
    issued=date(2025, 1, 1),
    clauses=[records],
    sentences=fingerprints(TEXT),
    fact_classes=[User, Record, Read, Write, Delete],
)
KNOWN: Final = Facts(
    others=[
        User(id="alice", role=Role.CLERK),
        User(id="bob", role=Role.ADMIN),
        Record(id="record-1", status=Status.ACTIVE),
        Record(id="record-2", status=Status.ARCHIVED),
    ],
    complete=[User, Record],
)

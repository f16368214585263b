"""Addresses of databases: what is taken for one, what is sound, and that no password is shown."""

import pytest

from policy_rules.cli import main
from policy_rules.cli.addresses import is_address, is_sound, masked, shown_address

SECRET = "s3cr3t"

# How an address is written, and what it is called in messages.
ADDRESSES = [
    (f"postgresql://u:{SECRET}@h:5432/db", "postgresql://u@h:5432/db"),
    (f"postgresql://u:{SECRET}@[::1]:5432/db", "postgresql://u@[::1]:5432/db"),
    (f"postgresql://u:{SECRET}@h1:1,h2:2/db?x=y", "postgresql://u@h1:1,h2:2/db"),
    (f"postgresql://h:5432/db?password=a@{SECRET}", "postgresql://h:5432/db"),
    (f"postgresql://h/db#{SECRET}", "postgresql://h/db"),
    (f"jdbc:postgresql://u:{SECRET}@h/db", "jdbc:postgresql://u@h/db"),
    (f"duckdb:///data/my facts.duckdb?key={SECRET}", "duckdb:///data/my facts.duckdb"),
    # What can be read in several ways, or in none, is cut off.
    (f"postgresql://u:a@{SECRET}@h/db", "postgresql://u@h/db"),
    (f"postgresql://u:{SECRET}@[::1/db", "postgresql://…"),
    (f"postgresql://u:{SECRET}/x@h/db", "postgresql://…"),
    (f"postgresql://u:12/{SECRET}@h/db", "postgresql://…"),
    (f"postgresql://u:{SECRET}?x@h/db", "postgresql://…"),
    (f"postgresql://u:{SECRET}#x@h/db", "postgresql://…"),
    (f"postgresql://u:{SECRET} x@h/db", "postgresql://…"),
    (f"postgresql://u/v:{SECRET}@h/db", "postgresql://…"),
    (f"postgresql://u:{SECRET}", "postgresql://…"),
    (f"oracle://u/{SECRET}@h/db", "oracle://…"),
    (f"jdbc:sqlserver://h:1433;user=sa;password={SECRET}", "jdbc:sqlserver://…"),
    (f"jdbc:oracle:thin:u/{SECRET}@//h:1521/x", "jdbc:…"),
    (f"host=h user=u password={SECRET} dbname=db", "host=…"),
    (f"PGPASSWORD={SECRET} postgresql://h/db", "PGPASSWORD=…"),
    (f"dbname=db PASSWORD = '{SECRET} x'", "dbname=…"),
    (f"Server=h;Uid=u;Pwd={SECRET};", "Server=…"),
    (f"u:{SECRET}@h", "u:…"),
    (f"postgres:u:{SECRET}@h/db", "postgres:…"),
]
SOUND = [
    "postgresql://u:p%40w@h:5432/db?sslmode=require",
    "postgresql://u@h1:1,h2:2/db",
    "postgresql://[2001:db8::1]/db",
    "postgresql:///db?host=/var/run/postgresql",
    "postgresql://%2Fvar%2Frun/db",
    "postgres://h",
]
COMMANDS = ("decide", "check", "audit", "explain", "calendar", "sensitivity", "watch")
CONNECTING = ("decide", "check", "audit")
_MORE = {"explain": ["--subject", "stations/S1"], "watch": ["--events", "-"]}


@pytest.mark.parametrize(("written", "shown"), ADDRESSES)
def test_what_an_address_is_called(written: str, shown: str) -> None:
    assert is_address(written)
    assert shown_address(written) == shown
    assert SECRET not in shown


@pytest.mark.parametrize("url", SOUND)
def test_sound_ones(url: str) -> None:
    assert is_sound(url)


@pytest.mark.parametrize("file", ["facts.json", "a/b.csv", "stations=1.json", "C:\\facts.json"])
def test_files_are_no_addresses(file: str) -> None:
    assert not is_address(file)


@pytest.mark.parametrize("written", [written for written, _ in ADDRESSES])
def test_no_message_holds_a_secret(written: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever takes it: as FACTS of each command, as another argument, as an option's value."""
    runs = [[command, written, *_MORE.get(command, ())] for command in COMMANDS]
    runs += [["mapping", "init", written], ["mapping", "check", "county.toml", written]]
    runs += [
        ["audit", "facts.json", written],
        ["audit", "facts.json", f"--mapping={written}"],
        ["audit", "facts.json", "--directive", written],
        ["audit", "facts.json", "--output", written],
        ["audit", "facts.json", "--as-of", written],
        ["audit", "facts.json", "--set", f"x={written}"],
        ["watch", "facts.json", "--events", written],
        ["directive", "--check-text", written],
        [written],
    ]
    # Where it is sound and of PostgreSQL, connecting to it is another test's matter.
    if is_sound(written) and written.startswith("postgresql"):
        connecting = [[command, written] for command in CONNECTING]
        runs = [run for run in runs if run not in connecting and run[0] != "mapping"]
    for arguments in runs:
        for options in (["--lang", "en"], ["--lang", "zh"], ["--format", "json"]):
            status = main([*arguments, *options])
            told = capsys.readouterr()
            assert (status, told.out) == (2, ""), arguments
            assert SECRET not in told.err, arguments
            assert "internal error" not in told.err
            assert "内部错误" not in told.err


@pytest.mark.parametrize("command", ["decide", "check", "audit"])
@pytest.mark.parametrize(
    ("facts", "shown"),
    [
        (f"postgresql://u:{SECRET}@[::1/db", "postgresql://…"),
        (f"postgresql://u:{SECRET}@h:port/db", "postgresql://…"),
        (f"host=h password={SECRET}", "host=…"),
    ],
)
def test_what_is_no_url(
    command: str, facts: str, shown: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command, facts, "--lang", "en"]) == 2
    assert capsys.readouterr().err == (
        f"{shown}: expected a URL such as `postgresql://user@host:5432/db`, found something else; "
        "correct it, and write special characters as %40 and the like\n"
    )
    assert main([command, facts, "--lang", "zh"]) == 2
    assert capsys.readouterr().err.startswith(f"{shown}：应为如 `postgresql://用户@服务器:5432/")


def test_what_is_said_around_an_address_stays() -> None:
    told = 'at "postgresql://u:pw@h/db": see `postgresql://u@h/db`，见 postgresql://h：应为 a=b?'
    assert masked(told, []) == (
        'at "postgresql://u@h/db": see `postgresql://u@h/db`，见 postgresql://h：应为 a=b?'
    )

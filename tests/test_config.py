"""The two files an operator writes: what is read from them, and what is said where they are wrong."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from svwatch.config import Settings, load_config
from svwatch.errors import ConfigError
from svwatch.records import Rules
from svwatch.workspace import carried

Write = Callable[..., Path]
ONE = "sources:\n- {id: gazette, name: Gazette, url: 'https://gazette.example/feed'}\n"


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Lays a workspace with these texts as its files; a file given as None is not there."""

    def lay(sources: str | None = ONE, settings: str | None = None) -> Path:
        (tmp_path / "config").mkdir()
        for name, text in (("sources", sources), ("settings", settings)):
            if text is not None:
                (tmp_path / "config" / f"{name}.yaml").write_text(text, encoding="utf-8")
        return tmp_path

    return lay


def refusal(workspace: Path) -> str:
    """What is said of a workspace that is refused, its own path left out."""
    with pytest.raises(ConfigError) as refused:
        load_config(workspace)
    return str(refused.value).replace(f"{workspace}/", "")


def row(**keys: object) -> str:
    """A file of one source with these keys beside, or in place of, the needed ones."""
    given = {"id": "gazette", "name": "Gazette", "url": "'https://gazette.example/feed'"} | keys
    return "sources:\n- {" + ", ".join(f"{key}: {value}" for key, value in given.items()) + "}\n"


def test_every_key_of_a_source_is_read(write: Write) -> None:
    workspace = write(
        "sources:\n- id: gazette\n  name: Gazette\n  url: https://gazette.example/feed\n  kind: local\n"
        "  every: 30m\n  enabled: false\n  reason: it moved\n  match: ['=SEND', EHCP]\n"
        "  expect: {min: 1, max: 20}\n  rules: {drop: [.ad], keep: [article], end: [Read more]}\n"
    )
    (source,) = load_config(workspace).sources
    assert (source.id, source.name, source.url) == ("gazette", "Gazette", "https://gazette.example/feed")
    assert (source.kind, source.every, source.enabled) == ("local", timedelta(minutes=30), False)
    assert (source.reason, source.match, source.expect) == ("it moved", ("=SEND", "EHCP"), (1, 20))
    assert source.rules == Rules((".ad",), ("article",), ("Read more",))


def test_only_three_keys_of_a_source_are_needed(write: Write) -> None:
    (source,) = load_config(write()).sources
    assert (source.every, source.enabled, source.match) == (timedelta(hours=1), True, ())


@pytest.mark.parametrize(
    ("written", "every"),
    [("30m", timedelta(minutes=30)), ("2h", timedelta(hours=2)), ("1d", timedelta(days=1)), ("' 5 m '", None)],
)
def test_a_time_span_has_a_number_and_a_unit(write: Write, written: str, every: timedelta | None) -> None:
    (source,) = load_config(write(row(every=written))).sources
    assert source.every == (every or timedelta(minutes=5))


@pytest.mark.parametrize("settings", [None, "", "# nothing yet\n", "crawl: {}\n"])
def test_every_setting_is_optional(write: Write, settings: str | None) -> None:
    assert load_config(write(settings=settings)).settings == Settings()


def test_places_are_relative_to_the_workspace(write: Write) -> None:
    workspace = write(settings="database: data/watch.db\noutput: site\n")
    config = load_config(workspace)
    assert config.database_path == workspace / "data" / "watch.db"
    assert config.output_path == workspace / "site"


def test_the_user_agent_names_svwatch_and_the_contact(write: Write) -> None:
    crawl = load_config(write(settings="crawl: {contact: news@example.org}")).settings.crawl
    assert crawl.agent().startswith("svwatch/") and crawl.agent().endswith("; news@example.org)")


@pytest.mark.parametrize("name", ["sources.yaml", "settings.yaml"])
def test_the_carried_configuration_is_there(name: str) -> None:
    assert (carried("config") / name).is_file()


def test_every_carried_source_is_valid() -> None:
    """`svwatch init` copies these; those that are off say why, and each is asked for over the web."""
    config = load_config(carried("config").parent)
    assert len(config.sources) >= 10
    assert len({source.url for source in config.sources}) == len(config.sources)
    assert all(source.reason for source in config.sources if not source.enabled)
    assert any(source.enabled for source in config.sources)


def test_every_carried_setting_is_the_default() -> None:
    """As the file itself promises."""
    assert load_config(carried("config").parent).settings == Settings()


def test_problems_of_both_files_are_told_at_once(write: Write) -> None:
    workspace = write(
        "sources:\n"
        "- {id: gazette, name: Gazette, url: www.gazette.example/news}\n"
        "- {id: observer, name: Observer, url: 'https://observer.example/rss', evry: 30m}\n"
        "- {id: gazette, name: Other, url: 'https://other.example/rss', enabled: false, every: soon}\n",
        "crawl: {workers: 0}\ndigset: {days: 2}\n",
    )
    assert refusal(workspace).splitlines() == [
        "config/sources.yaml has 5 problems:",
        '  sources[0].url: "www.gazette.example/news" is not a web address; start it with https://',
        '  sources[1].evry: there is no key "evry"; did you mean "every"?',
        '  sources[2].every: write a time span such as "30m", "2h" or "1d"',
        "  sources[2].reason: a source that is off needs a reason; say here why it is off",
        '  sources[2].id: "gazette" is taken by sources[0]; give each source its own id',
        "config/settings.yaml has 2 problems:",
        "  crawl.workers: must be greater than or equal to 1",
        '  digset: there is no key "digset"; did you mean "digest"?',
    ]


@pytest.mark.parametrize(
    ("sources", "said"),
    [
        pytest.param(row(every="30"), 'every: write a time span such as "30m"', id="a span without a unit"),
        pytest.param(row(every="1.5h"), 'every: write a time span such as "30m"', id="a fraction"),
        pytest.param(row(every="0m"), 'every: write a time span such as "30m"', id="no time at all"),
        pytest.param(row(every="-5m"), 'every: write a time span such as "30m"', id="a span back in time"),
        pytest.param(row(every="99999999999d"), 'every: write a time span such as "30m"', id="aeons"),
        pytest.param(row(every="5s"), 'every: write a time span such as "30m"', id="seconds"),
        pytest.param(row(url="ftp://x.example/"), "url: ", id="another scheme"),
        pytest.param(row(url="'http://[x/'"), "url: ", id="an address that cannot be split"),
        pytest.param(row(id="A_b"), "id: must be small letters, digits and hyphens", id="an id with a capital"),
        pytest.param(row(id="7"), "id: must be text; put it in quotes", id="a number for an id"),
        pytest.param(row(name="''"), "name: must not be empty", id="no name"),
        pytest.param(row(match="SEND"), 'match: must be a list, such as ["one", "two"]', id="a word for a list"),
        pytest.param(row(expect="{min: 5, max: 1}"), "expect.max: must not be less than min", id="a range upside down"),
        pytest.param(row(rules="{ends: [x]}"), 'rules.ends: there is no key "ends"; did you mean "end"?', id="nested"),
        pytest.param(row(zzz="1"), 'zzz: there is no key "zzz"; known here: id, name, url', id="nothing is near"),
        pytest.param(row(enabled="false"), "reason: a source that is off needs a reason", id="off without a reason"),
        pytest.param("sources:\n- {id: a, name: A}\n", "sources[0].url: is required; add it", id="no address"),
        pytest.param("sources:\n- just words\n", "sources[0]: must hold keys of its own", id="a row of words"),
        pytest.param("sources: {a: 1}\n", "sources: must be a list", id="keys for a list"),
        pytest.param("", "sources: is required; add it", id="an empty file"),
        pytest.param("- a\n", "holds no keys at the top; write lines such as `sources:`", id="a list at the top"),
    ],
)
def test_a_wrong_source_is_told_with_its_remedy(write: Write, sources: str, said: str) -> None:
    assert said in refusal(write(sources))


@pytest.mark.parametrize("url", ["https://me:sesame@x.example/feed", "me:sesame@x.example", "https://sesame@x.example"])
def test_s42_a_password_in_an_address_is_refused_and_not_repeated(write: Write, url: str) -> None:
    message = refusal(write(row(url=f"'{url}'")))
    assert "it holds a user name or a password" in message and "sesame" not in message


def test_an_at_sign_in_a_path_is_no_password(write: Write) -> None:
    assert load_config(write(row(url="https://x.example/@parents/feed"))).sources


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        pytest.param(
            "crawl: {contct: a}", 'crawl.contct: there is no key "contct"; did you mean "contact"?', id="typo"
        ),
        pytest.param("crawl: {timeout_seconds: 0}", "crawl.timeout_seconds: must be greater than 0", id="no time"),
        pytest.param("crawl: {timeout_seconds: .inf}", "crawl.timeout_seconds: must be", id="for ever"),
        pytest.param("crawl: {page_delay_seconds: .nan}", "crawl.page_delay_seconds: must be", id="not a number"),
        pytest.param("crawl: {workers: many}", "crawl.workers: must be a valid integer", id="a word for a number"),
        pytest.param(
            'crawl: {contact: "a\\r\\nX-Header: b"}', "crawl.contact: it goes into a header", id="header lines"
        ),
        pytest.param("crawl: 5", "crawl: must hold keys of its own", id="a number for a section"),
        pytest.param("digest: {days: 32}", "digest.days: must be less than or equal to 31", id="too many days"),
        pytest.param("database: ''", "database: must not be empty", id="no file name"),
    ],
)
def test_a_wrong_setting_is_told_with_its_remedy(write: Write, settings: str, said: str) -> None:
    assert said in refusal(write(settings=settings))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("sources:\n- {id: a\n", ", line 3, column 1:", id="broken YAML"),
        pytest.param("sources:\n  - id: a\n id: b\n", ", line 3, column 2:", id="a line out of place"),
        pytest.param("sources: []\nsources: []\n", ', line 2, column 1: "sources" is set twice', id="a key twice"),
        pytest.param(
            "sources:\n- {id: a, id: b}\n", ', line 2, column 11: "id" is set twice', id="a key twice in a source"
        ),
        pytest.param("a: &a [x]\nb: *a\n", ", line 2, column 4: aliases (*name) are not allowed", id="an alias"),
        pytest.param("sources: !!python/object/apply:os.getcwd []\n", ", line 1, column 10:", id="an object tag"),
        pytest.param("? [a, b]\n: c\n", ", line 1, column 3: a key must be a word", id="a list for a key"),
        pytest.param("sources: 2024-13-45\n", "month must be in 1..12; put dates", id="an impossible date"),
        pytest.param("[" * 5000, "it is nested too deeply", id="deep nesting"),
        pytest.param("sources: \x01\n", "special characters are not allowed", id="a control character"),
    ],
)
def test_s41_yaml_that_is_not_plain_is_refused_with_its_place(write: Write, text: str, said: str) -> None:
    message = refusal(write(text))
    assert message.startswith("config/sources.yaml") and said in message


def test_s41_an_alias_bomb_costs_nothing(write: Write) -> None:
    """Ten levels of ten would be ten thousand million words."""
    levels = [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 10)}]" for n in range(1, 11)]
    assert "aliases (*name) are not allowed" in refusal(write("l0: &l0 [x]\n" + "\n".join(levels)))


def test_a_missing_file_is_told_with_the_command_that_makes_it(tmp_path: Path) -> None:
    message = refusal(tmp_path)
    assert message.startswith("config/sources.yaml is missing") and "svwatch init" in message


def test_a_file_that_cannot_be_read_is_told_with_its_cause(write: Write) -> None:
    workspace = write(None)
    (workspace / "config" / "sources.yaml").mkdir()
    assert refusal(workspace).startswith("config/sources.yaml cannot be read: Is a directory")


def test_bytes_that_are_no_text_are_refused(write: Write) -> None:
    workspace = write()
    (workspace / "config" / "settings.yaml").write_bytes(b"digest: {title: \xe9}\n")
    assert refusal(workspace).startswith("config/settings.yaml")

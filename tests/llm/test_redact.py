from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from headwater.llm.interface import ModelError, ModelRequest
from headwater.llm.redact import MARK, RedactedModel, find_secrets, redact_text
from headwater.testing.scripted_model import ScriptedModel

PEM = "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\nIBAAKC\n-----END RSA PRIVATE KEY-----"


@pytest.mark.parametrize(
    "name",
    [
        "API_KEY",
        "OPENAI_API_KEY",
        "GITHUB_TOKEN",
        "CLIENT_SECRET_2",
        "DB_PASSWORD",
        "dbpassword",
        "MYSQL_PWD",
        "SMTP_PASS",
        "AWS_ACCESS_KEY_ID",
        "NPM_AUTH",
        "GITLAB_PAT",
        "KEY2",
        "SSH_PASSPHRASE",
        "GOOGLE_CREDENTIALS",
    ],
)
def test_variables_named_like_secrets_count(name: str) -> None:
    assert find_secrets({name: "s3cret-value"}) == ("s3cret-value",)


@pytest.mark.parametrize(
    "name", ["PWD", "OLDPWD", "PATH", "KEYBOARD", "TOKENIZERS", "GIT_AUTHOR_NAME"]
)
def test_other_variables_do_not(name: str) -> None:
    assert find_secrets({name: "ordinary value"}) == ()


def test_short_values_and_the_mark_itself_are_left_out() -> None:
    assert find_secrets({"A_KEY": "seven77", "B_KEY": MARK, "C_KEY": ""}) == ()


def test_a_password_in_an_address_counts_whatever_the_variable_is_called() -> None:
    environment = {"DATABASE_URL": "postgres://me:pass-word-1@db/x", "X": "http://[bad"}
    assert find_secrets(environment) == ("pass-word-1",)


def test_a_value_of_several_lines_counts_line_by_line_too() -> None:
    found = find_secrets({"SIGNING_KEY": "first-line\nsecond-line\nx\n"})
    assert found == ("first-line", "first-line\nsecond-line\nx", "second-line")


@pytest.mark.parametrize(
    "token",
    [
        "sk-ant-api03-abcdefghijklmnop",
        "sk-proj-ABCDEFGHIJKLMNOPQRST",
        "ghp_" + "a1" * 18,
        "github_pat_" + "a1" * 20,
        "glpat-abcdefghij0123456789",
        "AKIAIOSFODNN7EXAMPLE",
        "AIza" + "x" * 35,
        "xoxb-123456789012-abc",
        "hf_" + "x" * 34,
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0xyz.c2lnbmF0dXJl",
        PEM,
        PEM[:50],
    ],
)
def test_well_known_tokens_are_replaced(token: str) -> None:
    assert redact_text(f"use {token}\n", secrets=()).startswith(f"use {MARK}")
    assert token not in redact_text(f"use {token}\n", secrets=())


@pytest.mark.parametrize(
    "text",
    [
        "task-list and risk-free ask-me-anything-about-it",
        "def sk(n): return n",
        "-----BEGIN CERTIFICATE-----",
        "https://user:password@example.com/",
        "eyJ only",
        "",
    ],
)
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert redact_text(text, secrets=("a-real-secret",)) == text


def test_overlapping_secrets_leave_nothing_of_either() -> None:
    redacted = redact_text("x aaaabbbbcccc y", secrets=("aaaabbbb", "bbbbcccc"))
    assert redacted == f"x {MARK} y"


words = st.text("abc-[]", min_size=8, max_size=14).filter(lambda word: word not in MARK)


@given(secrets=st.lists(words, min_size=1, max_size=4), data=st.data())
@example(secrets=["aaaaaaaa"], data=None)
def test_no_secret_survives(secrets: list[str], data: st.DataObject | None) -> None:
    part = st.one_of(st.sampled_from(secrets), st.text("abc-[] ", max_size=9))
    parts = [secrets[0]] if data is None else data.draw(st.lists(part, max_size=8))
    redacted = redact_text("".join(parts), secrets=secrets)
    assert not [secret for secret in secrets if secret in redacted]
    assert redact_text(redacted, secrets=secrets) == redacted


@given(text=st.text(max_size=60))
def test_text_without_secrets_is_unchanged(text: str) -> None:
    assert redact_text(text, secrets=("\0" * 40,)) == text


def test_every_part_of_a_request_is_cleaned() -> None:
    secret = "hunter2-hunter2"
    inner = ScriptedModel(["done"])
    model = RedactedModel(inner, secrets=(secret,))
    reply = model.complete(
        ModelRequest(
            prompt=f"a {secret}",
            system=f"b {secret}",
            prefill=f"c {secret}",
            stop=(secret,),
            purpose=f"d {secret}",
            seed=3,
        )
    )
    assert model.name == inner.name
    assert inner.requests == (
        ModelRequest(
            prompt=f"a {MARK}",
            system=f"b {MARK}",
            prefill=f"c {MARK}",
            stop=(MARK,),
            purpose=f"d {MARK}",
            seed=3,
        ),
    )
    assert secret not in reply.text


def test_errors_are_cleaned_too() -> None:
    secret = "hunter2-hunter2"
    failing = ScriptedModel([ModelError(f"401: bad key {secret}", hint=secret), ModelError("down")])
    model = RedactedModel(failing, secrets=(secret,))
    with pytest.raises(ModelError) as caught:
        model.complete(ModelRequest(prompt="p"))
    assert (caught.value.message, caught.value.hint) == (f"401: bad key {MARK}", MARK)
    assert caught.value.__cause__ is None
    with pytest.raises(ModelError, match="down"):
        model.complete(ModelRequest(prompt="p"))

"""Settings: where they come from, and what is said of a wrong one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from headwater.config import Settings, load_settings
from headwater.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def load(
    folder: Path,
    text: str = "",
    *,
    environment: Mapping[str, str] | None = None,
    **overrides: object,
) -> Settings:
    """The settings of a repository with this `headwater.toml`; overrides as `model_seed=3`."""
    if text:
        (folder / "headwater.toml").write_text(text, encoding="utf-8")
    dotted = {name.replace("_", ".", 1): value for name, value in overrides.items()}
    return load_settings(folder, overrides=dotted, environment=environment or {})


def refuse(
    folder: Path, text: str = "", environment: Mapping[str, str] | None = None
) -> UsageError:
    """The error that these settings are refused with."""
    with pytest.raises(UsageError) as refused:
        load(folder, text, environment=environment)
    assert refused.value.exit_code is ExitCode.USAGE
    return refused.value


def test_everything_has_a_default(tmp_path: Path) -> None:
    assert load(tmp_path) == Settings()


def test_the_file_says_what_differs(tmp_path: Path) -> None:
    settings = load(
        tmp_path,
        '[model]\nladder = ["embedded:", "openai:gpt"]\ntimeout = 5\nmirror = true\n'
        "[search]\ntokens = 9\nheld_out_share = 0.5\n[build]\nworkers = 2\n"
        '[sandbox]\nkind = "landlock"\n',
    )
    assert settings.model.ladder == ("embedded:", "openai:gpt")
    assert settings.model.timeout == 5.0
    assert isinstance(settings.model.timeout, float)
    assert settings.model.mirror is True
    assert (settings.search.tokens, settings.search.held_out_share) == (9, 0.5)
    assert settings.build.workers == 2
    assert settings.sandbox.kind == "landlock"
    assert settings.search.attempts == Settings().search.attempts


def test_the_environment_goes_before_the_file_and_the_command_line_before_both(
    tmp_path: Path,
) -> None:
    text = "[model]\nseed = 1\n"
    environment = {"HEADWATER_MODEL_SEED": "2"}
    assert load(tmp_path, text).model.seed == 1
    assert load(tmp_path, environment=environment).model.seed == 2
    assert load(tmp_path, environment=environment, model_seed=3).model.seed == 3
    assert load(tmp_path, environment=environment, model_seed=None).model.seed == 2
    assert load(tmp_path, sandbox_kind="none").sandbox.kind == "none"


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("HEADWATER_MODEL_NAME", "embedded:", ("model", "name", "embedded:")),
        ("HEADWATER_MODEL_BASE_URL", "http://h", ("model", "base_url", "http://h")),
        ("HEADWATER_MODEL_TIMEOUT", "2.5", ("model", "timeout", 2.5)),
        ("HEADWATER_MODEL_MIRROR", "True", ("model", "mirror", True)),
        ("HEADWATER_BUILD_FROZEN", "0", ("build", "frozen", False)),
        ("HEADWATER_MODEL_LADDER", "a:b, c:d", ("model", "ladder", ("a:b", "c:d"))),
        ("HEADWATER_MODEL_LADDER", "", ("model", "ladder", ())),
        ("HEADWATER_SANDBOX_KIND", "none", ("sandbox", "kind", "none")),
    ],
)
def test_a_variable_is_read_as_what_it_sets(
    tmp_path: Path, name: str, value: str, found: tuple[str, str, object]
) -> None:
    section, key, expected = found
    settings = load(tmp_path, environment={name: value})
    assert getattr(getattr(settings, section), key) == expected


@pytest.mark.parametrize(
    "name", ["HEADWATER_DATA", "HEADWATER_CACHE", "HEADWATER_MODEL_COLOUR", "HEADWATER_X_Y", "PATH"]
)
def test_other_variables_are_no_settings(tmp_path: Path, name: str) -> None:
    assert load(tmp_path, environment={name: "1"}) == Settings()


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        pytest.param("[model\n", r"^headwater\.toml is not valid TOML: .*line 1", "", id="no TOML"),
        pytest.param(
            "[modle]\nseed = 1\n",
            r"^headwater\.toml:1: there is no setting modle$",
            "Did you mean model?",
            id="unknown table",
        ),
        pytest.param(
            "[zzz]\n", r"toml:1: there is no setting zzz", "There are: model, search", id="strange"
        ),
        pytest.param(
            "seed = 1\n", r"^headwater\.toml:1: there is no setting seed$", "", id="no table"
        ),
        pytest.param(
            "[model]\nseed = 1\nsed = 2\n",
            r"^headwater\.toml:3: there is no setting model\.sed$",
            "Did you mean model.seed?",
            id="unknown key",
        ),
        pytest.param(
            "[model]\nsedd = 0\nseed = 'x'\n", r":2: there is no setting", "", id="first fault"
        ),
        pytest.param(
            "model = 3\n",
            r"^headwater\.toml:1: \[model\] must be a table of settings$",
            "",
            id="no such table",
        ),
        pytest.param(
            "[model]\n\nseed = 'one'\n",
            r"^headwater\.toml:3: model\.seed must be a whole number, not 'one'$",
            "",
            id="no whole number",
        ),
        pytest.param("[model]\nseed = true\n", r"must be a whole number, not True", "", id="bool"),
        pytest.param("[model]\nseed = 1.5\n", r"must be a whole number, not 1.5", "", id="float"),
        pytest.param("[model]\ntimeout = '9'\n", r"must be a number, not '9'", "", id="no number"),
        pytest.param("[model]\nmirror = 1\n", r"must be true or false, not 1", "", id="no bool"),
        pytest.param("[model]\nname = 7\n", r":2: model.name must be a text, not 7", "", id="text"),
        pytest.param(
            "[model]\nladder = 'a'\n", r"must be a list of texts, not 'a'", "", id="no list"
        ),
        pytest.param(
            "[model]\nladder = [1]\n", r":2: model.ladder must be a text, not 1", "", id="item"
        ),
        pytest.param(
            "[sandbox]\nkind = 'jail'\n",
            r"^headwater\.toml:2: sandbox\.kind must be one of auto, bubblewrap, landlock, none, "
            r"not 'jail'$",
            "",
            id="no such choice",
        ),
        pytest.param(
            "[model]\nname = 'x'\n# tokens\n[search]\nattempts = 3\ntokens = 'many'\n",
            r"^headwater\.toml:6: search\.tokens",
            "",
            id="line in its table",
        ),
        pytest.param(
            "[search]\ntokens = 3\n[model]\ntokens = 3\n",
            r"^headwater\.toml:4: there is no setting model\.tokens$",
            "",
            id="the same key in two tables",
        ),
        pytest.param(
            "model.timeout_ms = 1\n", r"there is no setting model\.timeout_ms", "", id="dotted"
        ),
        pytest.param(
            "[model]\nnames = 1\nname = 3\n", r":2: there is no setting model\.names", "", id="near"
        ),
        pytest.param(
            "[search]\ntokens_ = 1\n", r":2: .*tokens_", "Did you mean search.tokens?", id="prefix"
        ),
    ],
)
def test_a_wrong_setting_is_refused_with_its_line(
    tmp_path: Path, text: str, message: str, hint: str
) -> None:
    with pytest.raises(UsageError, match=message) as refused:
        load(tmp_path, text)
    assert refused.value.hint.startswith(hint)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("HEADWATER_MODEL_SEED", "x", "HEADWATER_MODEL_SEED must be a whole number, not 'x'"),
        ("HEADWATER_MODEL_TIMEOUT", "long", "HEADWATER_MODEL_TIMEOUT must be a number, not 'long'"),
        (
            "HEADWATER_MODEL_MIRROR",
            "yes",
            "HEADWATER_MODEL_MIRROR must be true or false, not 'yes'",
        ),
        (
            "HEADWATER_SANDBOX_KIND",
            "jail",
            "HEADWATER_SANDBOX_KIND must be one of auto, bubblewrap, landlock, none, not 'jail'",
        ),
    ],
)
def test_a_wrong_variable_is_named(tmp_path: Path, name: str, value: str, message: str) -> None:
    assert refuse(tmp_path, environment={name: value}).message == message


def test_a_variable_does_not_hide_that_its_table_is_none(tmp_path: Path) -> None:
    error = refuse(tmp_path, "model = 3\n", {"HEADWATER_MODEL_SEED": "1"})
    assert "must be a table" in error.message


def test_a_file_in_another_encoding(tmp_path: Path) -> None:
    (tmp_path / "headwater.toml").write_bytes("[model]\nname = 'é'\n".encode("latin-1"))
    assert "UTF-8" in refuse(tmp_path).message

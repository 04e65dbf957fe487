"""A built repository for the tests of what is said about one."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from headwater.testing.scripted_model import ScriptedModel
from tests.cli.projects import write_template
from tests.operations.adopting_till import build_till
from tests.operations.builders import SUMS, Checkout, answer_all, copy_checkout, start_checkout
from tests.operations.changing_titles import Changing, start_changing
from tests.operations.foreign_documents import DOCUMENTS, write
from tests.operations.measuring import build_weak
from tests.operations.policies import SECURITY
from tests.operations.wallets import build_wallets, write_wallets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def built_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built repository, made once, to be copied and never changed."""
    folder = tmp_path_factory.mktemp("template") / "repository"
    folder.mkdir()
    write_template(folder)
    return folder


@pytest.fixture
def built(built_template: Path, git_settings: Path, tmp_path: Path) -> Path:
    """The root of a repository whose one component is derived and fresh."""
    root = tmp_path / "built"
    shutil.copytree(built_template, root)
    return root


@contextmanager
def new_repository(place: Path) -> Iterator[Path]:
    """An empty repository below `place`, with git set up for as long as the block lasts."""
    folder, settings = place / "repository", place / "gitconfig"
    folder.mkdir()
    settings.write_text("[user]\n\tname = Ada Lovelace\n\temail = ada@example.org\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GIT_CONFIG_GLOBAL", str(settings))
        patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
        Checkout(root=folder).git("init", "--quiet", "-b", "main")
        yield folder


@pytest.fixture(scope="session")
def sums_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sketch `SUMS`, built once, to be copied and never changed."""
    with new_repository(tmp_path_factory.mktemp("sums")) as folder:
        checkout = start_checkout(folder)
        assert checkout.build(ScriptedModel(answer_all(SUMS))).succeeded
    return folder


@pytest.fixture
def sums(sums_template: Path, git_settings: Path, tmp_path: Path) -> Checkout:
    """The sketch `SUMS`, derived and fresh."""
    return copy_checkout(sums_template, tmp_path)


@pytest.fixture(scope="session")
def till_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The till, built once, to be copied and never changed."""
    with new_repository(tmp_path_factory.mktemp("till")) as folder:
        build_till(folder)
    return folder


@pytest.fixture
def till(till_template: Path, git_settings: Path, tmp_path: Path) -> Checkout:
    """The till, derived and fresh."""
    return copy_checkout(till_template, tmp_path)


@pytest.fixture(scope="session")
def wallets_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two features that hang together, built once, to be copied and never changed."""
    with new_repository(tmp_path_factory.mktemp("wallets")) as folder:
        build_wallets(write_wallets(folder))
    return folder


@pytest.fixture
def wallets(wallets_template: Path, git_settings: Path, tmp_path: Path) -> Checkout:
    """Two features that hang together, derived and fresh."""
    return copy_checkout(wallets_template, tmp_path)


@pytest.fixture
def ruled(repository: Path) -> Checkout:
    """A repository with one policy, committed."""
    checkout = Checkout(root=repository)
    checkout.write("policies/security.md", SECURITY)
    checkout.commit()
    return checkout


@pytest.fixture
def mixed(repository: Path) -> Path:
    """A repository with OpenSpec and Kiro documents."""
    write(repository, DOCUMENTS)
    return repository


@pytest.fixture
def changing(built: Path, run_git: Callable[..., str]) -> Changing:
    """A repository whose first commit is the base, tagged `base`."""
    return start_changing(built, run_git)


@pytest.fixture(scope="session")
def weak_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A requirement with too few rows, built and measured once, to be copied and never changed."""
    with new_repository(tmp_path_factory.mktemp("weak")) as folder:
        build_weak(folder)
    return folder


@pytest.fixture
def weak(weak_template: Path, git_settings: Path, tmp_path: Path) -> Checkout:
    """A requirement with too few rows, derived, fresh and measured."""
    return copy_checkout(weak_template, tmp_path)

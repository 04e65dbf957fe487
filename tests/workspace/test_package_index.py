"""Facts on packages, from a real index on this machine."""

from __future__ import annotations

import json
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from headwater.workspace.package_index import PackageFacts, PackageIndex, find_index_url

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

PROJECT = {
    "info": {
        "version": "3.0",
        "license": "BSD\n\nRedistribution and use in source and binary forms …",
        "license_expression": None,
        "classifiers": ["Topic :: Office", "License :: OSI Approved :: BSD License"],
    },
    "urls": [{"upload_time_iso_8601": "2022-11-27T10:09:43.0Z"}],
}
SIMPLE = {
    "name": "moneyed",
    "versions": ["2.0", "3.0"],
    "files": [
        {"filename": "moneyed-3.0-py3-none-any.whl", "upload-time": "2022-11-27T10:09:43Z"},
        {"filename": "moneyed-2.0.tar.gz", "upload-time": "2021-05-23T10:00:00Z"},
    ],
}


@contextmanager
def serve(pages: Mapping[str, object]) -> Iterator[tuple[str, list[str]]]:
    """An index with these pages; its address, and the paths that it was asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            page = pages.get(self.path)
            self.send_response(200 if page is not None else 404)
            self.end_headers()
            self.wfile.write(page if isinstance(page, bytes) else json.dumps(page).encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/simple", asked
    finally:
        server.shutdown()
        server.server_close()


def test_version_licence_and_last_release() -> None:
    with serve({"/pypi/moneyed/json": PROJECT}) as (url, _):
        facts = PackageIndex(url=url).find_facts("moneyed")
    assert facts == PackageFacts(
        name="moneyed", version="3.0", licence="BSD License", released="2022-11-27"
    )
    assert str(facts) == "moneyed: 3.0, BSD License, released 2022-11-27"


def test_an_index_with_the_simple_api_alone() -> None:
    with serve({"/simple/moneyed/": SIMPLE}) as (url, _):
        facts = PackageIndex(url=f"{url}/").find_facts("moneyed")
    assert facts == PackageFacts(name="moneyed", version="3.0", released="2022-11-27")


def test_a_package_that_the_index_does_not_have() -> None:
    with serve({}) as (url, asked):
        assert PackageIndex(url=url).find_facts("moneyed") is None
    assert asked == ["/pypi/moneyed/json", "/simple/moneyed/"]


@pytest.mark.parametrize(
    "page",
    [
        b"<html>",
        b"[]",
        {"info": []},
        {"info": {"version": "## Components", "license": "a | b <!-- x -->"}, "urls": "no"},
    ],
)
def test_what_is_no_fact_is_none(page: object) -> None:
    with serve({"/pypi/moneyed/json": page}) as (url, _):
        facts = PackageIndex(url=url).find_facts("moneyed")
    assert facts in (None, PackageFacts(name="moneyed"))


def test_an_index_that_is_not_there_is_asked_once() -> None:
    with serve({}) as (url, _):
        pass
    index = PackageIndex(url=url, timeout=2.0)
    assert index.find_facts("moneyed") is None
    with serve({"/pypi/moneyed/json": PROJECT}) as (again, asked):
        index.url = again
        assert index.find_facts("moneyed") is None
    assert asked == []


def test_only_an_address_of_the_web_is_asked(tmp_path: Path) -> None:
    assert PackageIndex(url=tmp_path.as_uri()).find_facts("moneyed") is None


def test_the_index_is_the_one_that_pip_is_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert find_index_url({"PIP_INDEX_URL": "http://one.example/simple"}) == (
        "http://one.example/simple"
    )
    settings = tmp_path / "pip.conf"
    settings.write_text("[global]\nindex-url = http://two.example/simple\n", encoding="utf-8")
    monkeypatch.delenv("PIP_INDEX_URL", raising=False)
    monkeypatch.setenv("PIP_CONFIG_FILE", str(settings))
    assert find_index_url({}) == "http://two.example/simple"

"""HTTP calls of a spec as an OpenAPI document."""

from __future__ import annotations

import pytest
import yaml

from headwater.steps.plan.openapi import find_template, write_contract
from headwater.steps.plan.read_requests import read_requests
from tests.steps.plan.builders import read_spec_text

SPEC = """\
# Feature Specification: Accounts

## Requirements

- **FR-001**: An account MUST be opened once.

  | Request | Status | Body |
  | --- | --- | --- |
  | `POST /accounts {"id": "a-1", "held": 5}` | `201` | `{"id": "a-1", "at": "…"}` |
  | `POST /accounts {"id": "a-1", "held": 2.5}` | `409` | `{"error": "exists"}` |
  | `GET /accounts/a-1?currency=EUR` | `200` | `{"id": "a-1", "held": null}` |
  | `GET /accounts/b-2` | `404` | — |
  | `SEND /accounts` | `200` | — |
  | `GET /accounts/c-3` | soon | — |
"""


def write(text: str = SPEC) -> dict[str, object]:
    content = yaml.safe_load(write_contract("Accounts", read_requests(read_spec_text(text))))
    assert isinstance(content, dict)
    return content


def test_calls_become_operations_with_schemas_of_all_rows() -> None:
    json = "application/json"
    assert write()["paths"] == {
        "/accounts": {
            "post": {
                "operationId": "post_accounts",
                "x-serves": ["FR-001"],
                "requestBody": {
                    "content": {
                        json: {
                            "schema": {
                                "type": "object",
                                "properties": {
                                    "id": {"type": "string"},
                                    "held": {"type": "number"},
                                },
                                "required": ["id", "held"],
                            },
                            "example": {"id": "a-1", "held": 5},
                        }
                    }
                },
                "responses": {
                    "201": {
                        "description": "Answer 201",
                        "content": {
                            json: {
                                "schema": {
                                    "type": "object",
                                    "properties": {"id": {"type": "string"}, "at": {}},
                                    "required": ["id", "at"],
                                },
                                "example": {"id": "a-1", "at": "…"},
                            }
                        },
                    },
                    "409": {
                        "description": "Answer 409",
                        "content": {
                            json: {
                                "schema": {
                                    "type": "object",
                                    "properties": {"error": {"type": "string"}},
                                    "required": ["error"],
                                },
                                "example": {"error": "exists"},
                            }
                        },
                    },
                },
            }
        },
        "/accounts/{account}": {
            "get": {
                "operationId": "get_accounts_account",
                "x-serves": ["FR-001"],
                "parameters": [
                    {
                        "name": "account",
                        "in": "path",
                        "required": True,
                        "schema": {"type": "string"},
                    },
                    {
                        "name": "currency",
                        "in": "query",
                        "required": False,
                        "schema": {"type": "string"},
                    },
                ],
                "responses": {
                    "200": {
                        "description": "Answer 200",
                        "content": {
                            json: {
                                "schema": {
                                    "type": "object",
                                    "properties": {
                                        "id": {"type": "string"},
                                        "held": {"type": "null"},
                                    },
                                    "required": ["id", "held"],
                                },
                                "example": {"id": "a-1", "held": None},
                            }
                        },
                    },
                    "404": {"description": "Answer 404"},
                },
            }
        },
    }


def test_it_is_what_the_standard_says() -> None:
    validator = pytest.importorskip("openapi_spec_validator", reason="it is not installed")
    validator.validate(write())


@pytest.mark.parametrize(
    ("path", "template"),
    [
        ("/accounts", "/accounts"),
        ("/accounts/7/lines/8", "/accounts/{account}/lines/{line}"),
        ("/v1/me", "/v1/me"),
        ("/7", "/{id}"),
        ("/a/1/2", "/a/{a}/{a_2}"),
        ("/", "/"),
    ],
)
def test_what_has_a_digit_in_it_is_a_value(path: str, template: str) -> None:
    assert find_template(path) == template


def test_a_spec_without_request_tables_has_no_calls() -> None:
    text = SPEC.replace("| Request |", "| Wish |")
    assert read_requests(read_spec_text(text)) == ()

"""Documents of a Kiro feature, in English and Japanese, and short ways to read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.interop.builders import Gathered, read_kiro

if TYPE_CHECKING:
    from headwater.spec.model import Spec

ENGLISH = """\
# Requirements Document

## Introduction

Signing in.

## Requirements

### Requirement 1

**User Story:** As a member, I want to sign in, so that I see my page.

#### Acceptance Criteria

1. WHEN the password is right THEN THE System SHALL open the page.
2. IF it is wrong THEN THE System SHALL:
   - say so
   - count it

### Requirement 2: Locking

**User Story:** As an owner, I want locking.

#### Acceptance Criteria

2.1 THE System SHALL lock after 5 failures.
2.2 WHILE locked, THE System SHALL refuse [NEEDS CLARIFICATION: for how long?].

#### Notes

1. Nobody reads this.
"""
JAPANESE = """\
# 要件定義書

## 要件

### 要件 1: 計測

**Why**: 効果を知る。

#### 受け入れ基準

1.1. 以下を計測する:
   - 表示
   - 送信

1.2. 週に一度見る。

---

### 要件 2：通知

**Acceptance Criteria**

- 2.1 新着を知らせる
- 2.2 止められる
"""
BUGFIX = """\
# Bugfix Requirements Document

## Introduction

It crashes.

## Bug Analysis

### Current Behavior (Defect)

1.1 WHEN the cart is empty THEN the system crashes

### Expected Behavior (Correct)

2.1 WHEN the cart is empty THEN the system SHALL say so

### Unchanged Behavior (Regression Prevention)

3.1 WHEN the cart is full THEN the system SHALL CONTINUE TO charge
"""
DESIGN = """\
# Design Document

## Overview

Plain.

## Design Decisions

### 1. One table

Enough.

## Correctness Properties

### Property 1: Locked stays locked

*For any* account, it holds.

**Validates: Requirements 1.2, 2.1-2.2**
"""
TASKS = """\
# Implementation Plan

- [x] 1. Set up
  - [x] 1.1 (P) Write src/lock.py
    - with care
    - _Requirements: 1.1, 2.1_
  - [ ]* 1.2 Write tests
    - **Property 1: Locked stays locked**
    - **Validates: Requirements 2**
    - _Depends: 1.1_
- [-] 2. Ship it
  - _Requirements: 2.1–2.2_
"""


def read_feature(**documents: str) -> Gathered:
    """One spec called `auth`."""
    return read_kiro({f"specs/auth/{name}.md": text for name, text in documents.items()})


def spec_of(read: Gathered) -> Spec:
    spec = read.feature("auth").spec
    assert spec is not None
    return spec

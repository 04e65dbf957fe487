"""The words by which Kiro's documents are told apart, in the languages that they are written in."""

from __future__ import annotations

REQUIREMENT = (
    r"(?i)(?:requirement|req|要件|要求|需求|요구\s*사항|requisito|exigence|anforderung)\s*[-#]?\s*"
    r"(?P<number>\d{1,3})(?![\d.])\s*(?:[:：.、–—-]\s*(?P<title>.*))?"
)
"""A heading such as `Requirement 1: Title`."""

CRITERIA = (
    r"(?i)(?:\d[\d.]*\s*)?(?:acceptance\s+criteria|受け?入れ?(?:基準|条件)|验收标准|驗收標準|인수\s*기준"
    r"|criterios\s+de\s+aceptación|critérios\s+de\s+aceitação|critères\s+d.acceptation"
    r"|akzeptanzkriterien).*"
)
"""A heading, or a line in bold type, above the criteria of a requirement."""

_JAPANESE = r"(?:動作|挙動|振る舞い)"
DEFECT = rf"(?i).*(?:\bcurrent\s+behaviou?r\b|現(?:在|状)の{_JAPANESE}|当前行为).*"
EXPECTED = (
    r"(?i).*(?:\bexpected\s+behaviou?r\b|(?:预期|期望)行为"
    rf"|期待(?:される|する)?{_JAPANESE}).*"
)
UNCHANGED = (
    r"(?i).*(?:\bunchanged\s+behaviou?r\b|不变行为"
    rf"|(?:変更(?:し)?ない|変わらない|不変の?|維持する){_JAPANESE}).*"
)
"""The three parts of a bug's analysis."""

_REQUIREMENTS = r"(?:requirements?|要件|需求|要求|요구\s*사항)"
_VALIDATES = r"(?:validates|検証(?:対象)?|验证)"
REFS = (
    rf"[*_]{{0,3}}(?:{_VALIDATES}[*_]{{0,3}}\s*[:：][*_]{{0,3}}\s*(?:{_REQUIREMENTS}\b)?"
    rf"|{_REQUIREMENTS}[*_]{{0,3}}\s*[:：])[*_]{{0,3}}\s*[:：]?\s*"
    r"(?P<refs>[^\r\n]*?)[*_]{0,3}[ \t]*$"
)
"""A line that names requirements: `_Requirements: 1.1, 2.3_`, `**Validates: Requirements 1.2**`."""

DEPENDS = (
    r"(?i)[*_]{1,3}(?:depends(?:\s+on)?|dependencies|依存(?:関係)?|依赖)\s*[:：]\s*"
    r"(?P<refs>[^\r\n_*]*)"
)
"""A line that names tasks: `_Depends: 1.1_`."""

NOTHING = r"(?i)\s*(?:none|n/?a|-|–|—|なし|无)?\s*"
"""What stands for no ref at all."""

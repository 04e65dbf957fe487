"""What a person says in the drafted plan: how the fee is counted, and what the command prints."""

import re
import sys
from pathlib import Path

COUNTS = (
    "`hours_begun` divides the minutes by 60 and rounds up. `parking_fee` refuses a negative "
    "number; it is 0 up to 15 minutes, else `250 * hours_begun(minutes)`, at most 2000. "
    "`format_euros` divides the cents by 100."
)
TELLS = (
    "The word of the command is `sys.argv[1]`. When it is `lost`, print "
    "`format_euros(lost_ticket_fee())`; otherwise print `format_euros(parking_fee(int(word)))`. "
    "Return 0."
)
LIBRARY = r"(\*\*Implements\*\*: FR-001[^\n]*\n\*\*Depends on\*\*[^\n]*\n\*\*Responsibility\*\*: )[^\n]*"
COMMAND = r"(\*\*Command\*\*: `parking`[^\n]*\n\*\*Responsibility\*\*: )[^\n]*"

path = Path(sys.argv[1])
text = path.read_text(encoding="utf-8")
for pattern, said in ((LIBRARY, COUNTS), (COMMAND, TELLS)):
    text, found = re.subn(pattern, lambda match, said=said: match[1] + said, text)
    if not found:
        sys.exit(f"{path} has no component that matches {pattern}")
path.write_text(text, encoding="utf-8")

"""What a person says of the command in the drafted plan: which function answers which word."""

import re
import sys
from pathlib import Path

TELLS = (
    "The word of the command is `sys.argv[1]`. When it is `lost`, print "
    "`format_euros(lost_ticket_fee())`; otherwise print `format_euros(parking_fee(int(word)))`. "
    "Return 0."
)

path = Path(sys.argv[1])
text = path.read_text(encoding="utf-8")
command = r"(\*\*Command\*\*: `parking`[^\n]*\n\*\*Responsibility\*\*: )[^\n]*"
settled, found = re.subn(command, lambda match: match[1] + TELLS, text)
if not found:
    sys.exit(f"{path} has no component that `parking` starts")
path.write_text(settled, encoding="utf-8")

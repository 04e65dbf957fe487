#!/usr/bin/env bash
# The main job on the embedded model, from documents to verified code, in a folder of its own:
# derive, check, change one requirement, derive again. Usage: scripts/demo.sh [SEED]
set -euo pipefail

seed=${1:-0}
here=$(cd "$(dirname "$0")/.." && pwd)
export PATH="$here/.venv/bin:$PATH"
export HEADWATER_MODEL_NAME=${HEADWATER_MODEL_NAME:-embedded:} HEADWATER_MODEL_MIRROR=${HEADWATER_MODEL_MIRROR:-1}
folder=${DEMO_FOLDER:-$(mktemp -d "${TMPDIR:-/tmp}/headwater-demo-XXXXXX")}
spec=specs/001-timesheet/spec.md

say() { printf '\n\033[1m== %s\033[0m\n' "$*"; }
run() { printf '\n$ %s\n' "$*"; "$@"; }

say "A project that holds documents and no code, in $folder"
cp -R "$here/examples/punch/." "$folder"
cd "$folder"
git init -q -b main .
git config user.name "Demo"
git config user.email "demo@example.org"
run headwater init --yes
git add -A
git commit -qm "Say what Punch does"
run headwater model pull
run headwater status || true

say "Derive the code: tests first, seen failing, then candidates until they pass"
run headwater build --seed "$seed"
run headwater check
run git log --oneline --stat -3

say "The program works"
printf '2026-03-02 website 1:00 Fix login\n2026-03-03 shop 0:20 Add cart\n' |
  (printf '\n$ punch 60\n' && PYTHONPATH=src python3 -m punch.cli 60)

say "Change one requirement: entries for other programs are separated by semicolons, not tabs"
sed -i -e '/FR-010/,/^## /{s/tab-separated/semicolon-separated/;s/\\t/;/g}' "$spec"
run git diff --stat
git commit -qam "Separate the values by semicolons"
run headwater status || true

say "Derive again: only what the change touches"
run headwater build --seed "$seed"
run headwater check
run headwater status

say "Done. Look around in $folder"

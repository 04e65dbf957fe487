#!/usr/bin/env bash
# From a company's policies and one paragraph to a verified program, on the embedded model, in a
# folder of its own. A person's part (corrections, an answer, approvals) is played from
# examples/parking/person. Usage: scripts/parking.sh [SEED]
set -euo pipefail

seed=${1:-0}
here=$(cd "$(dirname "$0")/.." && pwd)
export PATH="$here/.venv/bin:$PATH"
export HEADWATER_MODEL_NAME=${HEADWATER_MODEL_NAME:-embedded:} HEADWATER_MODEL_MIRROR=${HEADWATER_MODEL_MIRROR:-1}
export HEADWATER_MODEL_SEED=$seed
folder=${PARKING_FOLDER:-$(mktemp -d "${TMPDIR:-/tmp}/headwater-parking-XXXXXX")}
person="$here/examples/parking/person"

say() { printf '\n\033[1m== %s\033[0m\n' "$*"; }
run() { printf '\n$ %s\n' "$*"; "$@"; }
# A conflict between policies and open questions are findings: exit code 1, and the way goes on.
look() { printf '\n$ %s\n' "$*"; "$@" || [ $? -eq 1 ]; }

say "Policies and an idea, and nothing else, in $folder"
cp -R "$here/examples/parking/policies" "$here/examples/parking/idea.md" "$folder"
cd "$folder"
git init -q -b main .
git config user.name "Demo"
git config user.email "demo@example.org"
run headwater init --yes
git add -A
git commit -qm "Say what is wanted, and how software is written here"

say "1. Rules: articles with their sources; the policies' conflict is for a person to settle"
look headwater constitution --from policies
python3 "$person/settle.py" .specify/memory/constitution.md
cp "$person/SECURITY.md" .
git add -A
git commit -qm "Settle what the policies disagree in"

say "2. Planning: a spec drafted from the idea"
run headwater specify --from idea.md
spec=$(git ls-files 'specs/*/spec.md')
look headwater review

say "A person corrects the draft: what the model got wrong, counted as differences in meaning"
sed "s#@BRANCH@#$(git branch --show-current)#" "$person/spec.md" > "$spec"
git commit -qam "Correct the drafted spec"
look headwater review --diff HEAD~1
run headwater clarify --answers "$person/answers.yaml"
run headwater check --allow-stale
run headwater approve "$spec"

say "A plan from the spec, and tasks from the plan"
run headwater plan
python3 "$person/settle_plan.py" "${spec%spec.md}plan.md"
git commit -qam "Say how the fee is counted and what the command prints"
look headwater review --diff HEAD~1
run headwater tasks
run headwater check --allow-stale
run headwater approve "${spec%spec.md}plan.md"

say "3. Implementation: tests first, then code until they pass"
run headwater build
run headwater check
printf '\n$ parking 90\n' && PYTHONPATH=src python3 -m "$(basename "$(dirname "$(git ls-files 'src/*/cli.py')")").cli" 90
run headwater log --limit 12

say "Done. Look around in $folder"

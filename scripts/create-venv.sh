#!/usr/bin/env bash
# Make a virtual environment that holds exactly what requirements.lock pins, each file checked by
# its hash, and this package in editable form. Usage: scripts/create-venv.sh FOLDER
set -euo pipefail

folder=${1:?usage: scripts/create-venv.sh FOLDER}
cd "$(dirname "$0")/.."

find_python() {
  local name
  for name in python3.11 python3 python3.12 python3.13; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      echo "$name"
      return
    fi
  done
  echo "Headwater needs Python 3.11 or newer; found none on the PATH. Install it and run again." >&2
  return 1
}

if ! "$folder/bin/python" -c 'import pip' 2>/dev/null; then
  python=$(find_python)
  echo "$("$python" --version), new"
  rm -rf "$folder"
  "$python" -m venv "$folder" || {
    echo "On Debian and Ubuntu: apt-get install python3-venv" >&2
    exit 1
  }
fi
pip=("$folder/bin/python" -m pip --disable-pip-version-check)
# First pip itself: up to 23.2 it overlooks the pin of a package that another asks for with an extra.
"${pip[@]}" install --quiet --require-hashes -r <(sed -n '/^pip==/,/[^\\]$/p' requirements.lock)
"${pip[@]}" install --quiet --require-hashes -r requirements.lock
"${pip[@]}" install --quiet --no-deps --editable .
"${pip[@]}" check

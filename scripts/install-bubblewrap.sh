#!/bin/sh
# Installs bubblewrap, the sandbox of generated code, with apt-get; does nothing where it is there.
set -eu

if command -v bwrap >/dev/null 2>&1; then
    exit 0
fi
if ! command -v apt-get >/dev/null 2>&1; then
    echo "install-bubblewrap: no apt-get here; install bubblewrap with this system's own tool" >&2
    exit 1
fi
as_root=""
if [ "$(id -u)" -ne 0 ]; then
    as_root="sudo"
fi
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update -qq >/dev/null
$as_root apt-get install -qq -y --no-install-recommends bubblewrap >/dev/null
bwrap --version >/dev/null

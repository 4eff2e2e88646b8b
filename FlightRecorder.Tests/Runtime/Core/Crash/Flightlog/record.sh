#!/usr/bin/env bash
# Renews flightlog-0.6.2.json: fetches the package from npm and runs the script with it. Needs node and npm.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
VERSION=0.6.2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
(cd "$folder" && npm pack --silent "flightlog@$VERSION" >/dev/null && tar -xzf ./*.tgz)
node record.mjs "$folder/package" "flightlog-$VERSION.json"

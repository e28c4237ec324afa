#!/usr/bin/env bash
# Makes everything that testdata/dl4j holds: make_all.sh OUT
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
grep -v '^#' "$here/selection.txt" | while read -r version type names; do
  "$here/make_dl4j_cases.sh" "$version" "$1" "$names" "$type" < /dev/null
done

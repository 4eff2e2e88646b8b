#!/usr/bin/env bash
# The only entry to building, testing and trying FlightRecorder: ./build/build.sh VERB
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1
CONFIGURATION=${CONFIGURATION:-Release}
SOLUTION=FlightRecorder.slnx
RESULTS=artifacts/test-results

usage() {
  cat <<'TEXT'
usage: ./build/build.sh VERB

  restore         fetch the packages
  build           compile everything, warnings as errors
  test            build and run all tests (starts a private PostgreSQL)
  aot             publish samples/ShopAot and the crash recorder's tests ahead of time and drive them, hold size and start-up against build/aot-baseline.json
  demo [--postgres]  run the sample shop, show a recording and its prompt; also by way of a PostgreSQL store
  format [--fix]  check the formatting, or mend it
  pack            make the packages in artifacts/packages
  api [--accept]  compare the public members of each package with the accepted ones, or accept them
  package-test    pack, then build and run consumers of nothing but the packages
  bench NAME      measure: overhead (requests with and without the recorder), redact, dapper, efcore, crash, journal, ring, slots,
                  postgres [folder of the Express recorder], postgres outage
  load [instances] [seconds] [recordings a second] [seed]   several instances over one PostgreSQL, killed and started again, and nothing lost
  torture NAME [rounds] [seed]   break it for longer than the tests do: journal (1000 processes killed while they write), postgres (500 rounds of chaos)
  ci              format, build, test, aot, package-test: what must pass before a change lands
TEXT
}

step() { printf '\n== %s\n' "$*"; }

need_dotnet() {
  command -v dotnet >/dev/null || { echo "The .NET SDK 10 is needed: https://dotnet.microsoft.com/download" >&2; exit 1; }
}

verb_restore() { dotnet restore "$SOLUTION" -v q; }

verb_build() {
  step "build ($CONFIGURATION, warnings as errors)"
  dotnet build "$SOLUTION" -c "$CONFIGURATION" -v q -nologo
}

verb_format() {
  step "format"
  if [ "${1:-}" = --fix ]; then dotnet format "$SOLUTION"; else dotnet format "$SOLUTION" --verify-no-changes; fi
}

# The recipes of the deployment page are run as they stand there.
want_jq() {
  command -v jq >/dev/null && return
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "installing jq"
    apt-get install -y -qq jq >/dev/null 2>&1 || { apt-get update -qq && apt-get install -y -qq jq; } >/dev/null 2>&1 || true
  fi
  command -v jq >/dev/null || echo "jq is not to be had: the recipes of the deployment page are not run"
}

verb_test() {
  want_jq
  verb_build
  step "test"
  rm -rf "$RESULTS"
  local status=0
  local -a filter=()
  # Those need a binary that only the verb aot publishes.
  [[ " $* " == *" --filter "* ]] || filter=(--filter "TestCategory!=Aot")
  dotnet test "$SOLUTION" -c "$CONFIGURATION" --no-build --nologo -v q --logger trx --results-directory "$RESULTS" "${filter[@]}" "$@" || status=$?
  echo
  echo "results: $RESULTS (one .trx a project)"
  tell_faults "$RESULTS"
  count_results "$RESULTS" || status=1
  return $status
}

# Names each failed test in the result files of a folder and below, with the beginning of what it said.
list_failed() {
  find "$1" -name '*.trx' -exec awk '
    /<UnitTestResult / && / outcome="Failed"/ { match($0, / testName="[^"]*"/); name = substr($0, RSTART + 11, RLENGTH - 12); said = 0 }
    name && /<Message>/ { said = 1 }
    name && said && said <= 6 { line = $0; gsub(/<\/?Message>/, "", line); print (said == 1 ? "failed: " name "\n" : "") "    " line; said++ }
    /<\/Message>|<\/UnitTestResult>/ { name = ""; said = 0 }' {} + 2>/dev/null
}

# Sums the counters of the result files in a folder and below; a run without any result is a failure.
count_results() {
  local totals
  totals=$(find "$1" -name '*.trx' -exec sed -n 's/.*<Counters total="\([0-9]*\)" executed="\([0-9]*\)" passed="\([0-9]*\)".*/\1 \2 \3/p' {} + 2>/dev/null |
    awk '{ executed += $2; passed += $3 } END { printf "%d %d", passed, executed - passed }')
  local passed=${totals% *} failed=${totals#* }
  [ "$failed" -eq 0 ] || list_failed "$1"
  if [ "$passed" -eq 0 ] && [ "$failed" -eq 0 ]; then failed=1; fi
  echo "$passed passed, $failed failed"
  [ "$failed" -eq 0 ]
}

# What the tests in a folder's result files say of the faults they injected, a test a line. The summary of a file repeats it all.
tell_faults() {
  find "$1" -name '*.trx' -exec grep -ohE '<TestRun |<ResultSummary |testName="[^"(]*|[0-9]+ faults injected' {} + 2>/dev/null | awk '
    /^</ { isSummary = /Summary/; next }
    isSummary { next }
    /^testName/ { name = substr($0, 11); gsub("_", " ", name); next }
    { faults[name] += $1; all += $1 }
    END { for (name in faults) printf "%8d  %s\n", faults[name], name | "sort -k2"; close("sort -k2"); printf "%8d  faults injected\n", all }'
}

# The linker of the ahead-of-time compiler is clang, or gcc where only that is there.
need_linker() {
  command -v clang >/dev/null && return
  if ! command -v gcc >/dev/null && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "installing gcc"
    apt-get install -y -qq gcc >/dev/null 2>&1 || { apt-get update -qq && apt-get install -y -qq gcc; } >/dev/null 2>&1 || true
  fi
  command -v gcc >/dev/null || { echo "A linker is needed to compile ahead of time: clang or gcc" >&2; return 1; }
  linker=(-p:CppCompilerAndLinker=gcc)
}

publish_crash_app() { dotnet publish FlightRecorder.Tests/Runtime/CrashApp -c Release -v q -nologo "${linker[@]}" -p:AheadOfTime=true; }

verb_aot() {
  local project=samples/ShopAot/ShopAot.csproj tests=FlightRecorder.Tests/Runtime/ShopAot/FlightRecorder.ShopAot.Tests.csproj
  local figures=artifacts/aot/figures.txt status=0
  local -a linker=()
  need_linker || status=1
  rm -rf artifacts/aot artifacts/publish/ShopAot artifacts/publish/ShopAot.Bare artifacts/publish/ShopAot.Store
  step "publish ShopAot ahead of time (warnings as errors)"
  dotnet publish "$project" -c Release -v q -nologo "${linker[@]}" || status=1
  step "publish ShopAot without the recorder"
  dotnet publish "$project" -c Release -v q -nologo "${linker[@]}" -p:FlightRecorder=false || status=1
  step "publish ShopAot with the PostgreSQL store"
  dotnet publish "$project" -c Release -v q -nologo "${linker[@]}" -p:FlightRecorderStore=true || status=1
  step "publish the app of the crash tests ahead of time"
  publish_crash_app || status=1
  step "test what was published"
  dotnet build "$tests" -c Release -v q -nologo || return 1
  dotnet test "$tests" -c Release --no-build --nologo -v q --logger trx --results-directory "$RESULTS" || status=$?
  dotnet test FlightRecorder.Tests/Runtime/Core -c Release --nologo -v q --filter TestCategory=Aot --logger trx --results-directory "$RESULTS" || status=$?
  cat "$figures" artifacts/aot/store.txt 2>/dev/null || true
  return $status
}

verb_pack() {
  step "pack"
  rm -rf artifacts/packages
  dotnet pack "$SOLUTION" -c "$CONFIGURATION" -v q -nologo
  ls artifacts/packages
}

verb_api() {
  local accept=0
  [ "${1:-}" != --accept ] || accept=1
  FLIGHT_ACCEPT_API=$accept dotnet test FlightRecorder.Tests/Architecture -c "$CONFIGURATION" -v q -nologo --filter FullyQualifiedName~PublicApi
}

# The packages of others are kept between runs, or read from the machine's own folder; ours are unpacked anew.
use_package_cache() {
  local machine=${HOME:-}/.nuget/packages
  export NUGET_PACKAGES=$PWD/artifacts/package-cache
  rm -rf "$NUGET_PACKAGES"/flightrecorder.*
  if [ -d "$machine" ] && [ -z "$(find "$machine" -maxdepth 1 -name 'flightrecorder.*' -print -quit)" ]; then
    export NUGET_FALLBACK_PACKAGES=$machine
  fi
}

verb_package_test() {
  verb_pack
  local status=0 results=$RESULTS/packages project
  rm -rf "$results"

  step "package-test: what is in the packages, and consumers of nothing but them, built outside this folder"
  dotnet test FlightRecorder.Tests/Packages -c "$CONFIGURATION" -p:PackageTests=true --nologo -v q \
    --logger "console;verbosity=normal" --logger trx --results-directory "$results" "$@" || status=$?

  step "package-test: behaviour tests and the sample shop over the packages"
  for project in Shop AspNetCore EntityFrameworkCore AdoNet; do
    (use_package_cache
    dotnet test "FlightRecorder.Tests/Runtime/$project" -c "$CONFIGURATION" -p:UsePackages=true --nologo -v q \
      --logger trx --results-directory "$results") || status=$?
  done
  count_results "$results" || status=1
  return $status
}

verb_demo() {
  step "build"
  dotnet build samples/Shop/Shop.csproj -c "$CONFIGURATION" -v q -nologo
  dotnet build FlightRecorder.Runtime/Cli/FlightRecorder.Cli.csproj -c "$CONFIGURATION" -v q -nologo
  CONFIGURATION=$CONFIGURATION build/demo.sh "$@"
}

verb_bench() {
  local name=${1:-}
  [ -n "$name" ] || { echo "bench needs a name: overhead, redact, dapper, efcore, crash, journal, ring, slots, postgres" >&2; exit 2; }
  dotnet build FlightRecorder.Tests/Benchmarks/FlightRecorder.Benchmarks.csproj -c Release -v q -nologo
  if [[ "$*" == overhead* || "$*" == "postgres outage"* ]] && ! command -v wrk >/dev/null && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "installing wrk"
    apt-get install -y -qq wrk >/dev/null 2>&1 || { apt-get update -qq && apt-get install -y -qq wrk; } >/dev/null 2>&1 || echo "wrk is not to be had: the built-in load is used"
  fi
  dotnet artifacts/bin/FlightRecorder.Benchmarks/release/FlightRecorder.Benchmarks.dll "$@"
}

# Programs that run for as long as they are told, in the project of the measurements.
run_program() {
  dotnet build FlightRecorder.Tests/Benchmarks/FlightRecorder.Benchmarks.csproj -c Release -v q -nologo
  dotnet artifacts/bin/FlightRecorder.Benchmarks/release/FlightRecorder.Benchmarks.dll "$@"
}

verb_load() { run_program load "$@"; }

verb_torture() {
  [ -n "${1:-}" ] || { echo "torture needs a name: journal, postgres" >&2; exit 2; }
  if [ "$1" = journal ]; then
    local -a linker=()
    step "publish the app that is killed ahead of time: every second of them is"
    { need_linker && publish_crash_app; } || echo "without it all of them are compiled while they run"
  fi
  run_program torture "$@"
}

verb_ci() {
  local started=$SECONDS
  verb_restore || { echo "0 passed, 1 failed"; return 1; }
  verb_format || { echo "0 passed, 1 failed"; return 1; }
  verb_build || { echo "0 passed, 1 failed"; return 1; }
  local status=0
  verb_test || status=1
  verb_aot || status=1
  verb_package_test || status=1
  step "all tests, after $((SECONDS - started)) s"
  tell_faults "$RESULTS"
  count_results "$RESULTS" || status=1
  return $status
}

need_dotnet
verb=${1:-}
shift || true
case "$verb" in
  restore | build | test | aot | demo | format | pack | api | package-test | bench | load | torture | ci) "verb_${verb//-/_}" "$@" ;;
  "" | help | -h | --help) usage ;;
  *) echo "unknown verb: $verb" >&2; usage >&2; exit 2 ;;
esac

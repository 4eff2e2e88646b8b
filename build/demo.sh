#!/usr/bin/env bash
# The whole of FlightRecorder in one minute: starts a private PostgreSQL and the sample shop, sends requests of which some fail
# by design, and shows the list, the recording of a write with Dapper, one failing recording and its prompt. Fails when anything
# does not hold.
#
#   build/demo.sh [--postgres]        (./build/build.sh demo builds first)
#
# With --postgres the shop also carries its recordings to a database of that server, and they are read from there, too.
#
# The recordings stay in artifacts/demo; no process stays.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

readonly configuration=${CONFIGURATION:-Release}
readonly shop_directory=$PWD/artifacts/bin/Shop/${configuration,,}
readonly cli=$PWD/artifacts/bin/FlightRecorder.Cli/${configuration,,}/FlightRecorder.Cli.dll
readonly password='correct-horse-battery-9'
readonly good_card='4111111111111111'
readonly declined_card='4000000000000002'
readonly badge='WH-204817'
readonly deadline_s=60

with_postgres=0
case "${1:-}" in
  "") ;;
  --postgres) with_postgres=1 ;;
  *) echo "usage: build/demo.sh [--postgres]" >&2; exit 2 ;;
esac

run=$(date -u +%Y%m%dT%H%M%S)-$$
readonly output=$PWD/artifacts/demo/$run
readonly journal=$output/journal
postgres=$(mktemp -d "${TMPDIR:-/tmp}/flight-demo.XXXXXX")
shop_pid=
base=
store=
marked=0
failed=0
unmarked=0

say() { printf '\n== %s\n' "$*"; }
die() { printf 'demo: %s\n' "$*" >&2; exit 1; }

# Waits for a process of ours to end, first politely.
end_shop() {
  [[ -n $shop_pid ]] || return 0
  local pid=$shop_pid waited=0 status=0
  shop_pid=
  kill -TERM "$pid" 2>/dev/null || true
  while kill -0 "$pid" 2>/dev/null; do
    if ((waited++ >= deadline_s * 10)); then
      kill -KILL "$pid" 2>/dev/null || true
      wait "$pid" 2>/dev/null || true
      return 1
    fi
    sleep 0.1
  done
  wait "$pid" || status=$?
  return "$status"
}

clean_up() {
  local status=$?
  trap - EXIT
  end_shop || true
  build/postgres.sh stop "$postgres" >/dev/null 2>&1 || true
  rm -rf "$postgres"
  exit "$status"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

build_if_missing() {
  if [[ ! -f $shop_directory/Shop.dll || ! -f $cli ]]; then
    dotnet build samples/Shop/Shop.csproj -c "$configuration" -v q -nologo
    dotnet build FlightRecorder.Runtime/Cli/FlightRecorder.Cli.csproj -c "$configuration" -v q -nologo
  fi
}

start_shop() {
  local database
  database=$(build/postgres.sh start "$postgres") || die 'PostgreSQL did not start'
  # The shop makes a database of its own; the one that the server came with is free.
  if ((with_postgres)); then store=$database; fi
  ConnectionStrings__flight=$store SHOP_DATABASE=${database/Database=postgres/Database=shop} FlightRecorder__Journal__Directory=$journal DOTNET_gcServer=0 \
    dotnet "$shop_directory/Shop.dll" --contentRoot "$shop_directory" --urls http://127.0.0.1:0 >"$output/shop.log" 2>&1 &
  shop_pid=$!
  local waited=0
  until base=$(sed -n 's/.*Now listening on: \(http[^ ]*\).*/\1/p' "$output/shop.log") && [[ -n $base ]]; do
    kill -0 "$shop_pid" 2>/dev/null || { cat "$output/shop.log" >&2; die 'the shop did not start'; }
    ((waited++ < deadline_s * 10)) || { cat "$output/shop.log" >&2; die "the shop did not start within $deadline_s s"; }
    sleep 0.1
  done
  printf 'shop at %s, its log in %s\n' "$base" "$output/shop.log"
}

# send EXPECTED METHOD PATH [BODY]: prints the exchange, and fails on another status.
send() {
  local expected=$1 method=$2 path=$3 body=${4:-} status answer
  local -a arguments=(-sS -m "$deadline_s" -o "$output/answer" -w '%{http_code}' -X "$method")
  if [[ -n $body ]]; then arguments+=(-H 'content-type: application/json' --data-binary "$body"); fi
  if [[ $path == /api/* ]]; then
    marked=$((marked + 1))
    ((expected < 400)) || failed=$((failed + 1))
    arguments+=(-H "x-request-id: $run-$marked")
  else
    unmarked=$((unmarked + 1))
  fi

  status=$(curl "${arguments[@]}" "$base$path") || die "$method $path got no answer"
  answer=$(head -c 120 "$output/answer")
  # The shop really sends them back; they need not stand on the screen.
  answer=${answer//$declined_card/****************}
  printf '%-4s %-34s %s  %s\n' "$method" "$path" "$status" "${answer//$badge/*********}"
  [[ $status == "$expected" ]] || die "$method $path answered $status instead of $expected"
}

send_all() {
  local customer='{"email":"ada@example.com","name":"Ada","password":"'$password'"}'
  send 200 GET /health/live
  send 200 GET /health/ready
  send 201 POST /api/customers "$customer"
  send 409 POST /api/customers "$customer"
  send 200 GET /api/customers/1
  send 200 GET /api/stock/3
  send 201 POST /api/orders '{"customer_id":1,"lines":[{"product_id":1,"quantity":2},{"product_id":2,"quantity":1}]}'
  send 402 POST /api/orders/1/payments '{"card_number":"'$declined_card'","cvv":"737","expires":"12/29"}'
  send 200 POST /api/orders/1/payments '{"card_number":"'$good_card'","cvv":"737","expires":"12/29"}'
  send 200 POST /api/orders/1/ship
  send 201 POST /api/orders '{"customer_id":1,"lines":[{"product_id":3,"quantity":2},{"product_id":3,"quantity":3}]}'
  cause=$run-$marked
  send 200 POST /api/orders/2/payments '{"card_number":"'$good_card'","cvv":"737","expires":"12/29"}'
  send 500 POST /api/orders/2/ship
  effect=$run-$marked
  send 200 GET /api/stock/3
  send 200 GET '/api/orders?customer_id=1&limit=5'
  send 200 POST /api/stock/2/receipts '{"quantity":10}'
  send 201 POST /api/stock/movements '{"product_id":2,"quantity":-3,"reason":"damaged","badge":"'$badge'"}'
  booked=$run-$marked
  send 409 POST /api/stock/movements '{"product_id":4,"quantity":-3,"reason":"damaged","badge":"'$badge'"}'
  refused=$run-$marked
  send 200 POST /api/orders/1/return '{"badge":"'$badge'"}'
  send 200 GET /api/stock/2/movements
  send 200 GET '/api/reports/low-stock?threshold=50'
  send 200 GET "/api/reports/sales?from=$(date -u +%F)&to=$(date -u +%F)"
  send 200 GET /health/ready
  printf '%s marked requests, %s of them failed by design; %s unmarked ones\n' "$marked" "$failed" "$unmarked"
}

# What the journal shows, PostgreSQL must show.
check_store() {
  stored list --limit 1000 | diff <(recordings list --limit 1000) - || die 'the list from PostgreSQL differs from that of the journal'
  stored show "$failing" | diff <(recordings show "$failing") - || die 'the failed shipping in PostgreSQL differs from that in the journal'
  echo "PostgreSQL shows the $marked recordings as the journal shows them"
}

stored() { dotnet "$cli" "$@" --postgres "$store"; }

recordings() { dotnet "$cli" "$@" --dir "$journal"; }

# The id of the recording with a request id; the first id of a line is its own.
id_of() { lines | grep -F "\"requestId\":\"$1\"" | grep -oE '"id":"[0-9a-f]{8}-[0-9a-f-]{27}"' | head -n 1 | cut -d '"' -f 4 || true; }

lines() { find "$journal" -type f -name '*.jsonl' -exec cat {} +; }

check_journal() {
  local i found
  [[ -d $journal ]] || die "there is no journal in $journal"
  for ((i = 1; i <= marked; i++)); do
    found=$(lines | grep -cF "\"requestId\":\"$run-$i\"" || true)
    [[ $found == 1 ]] || die "marked request $i is $found times in the journal"
  done
  found=$(lines | grep -cF '"kind":"request"' || true)
  [[ $found == "$marked" ]] || die "the journal holds $found requests instead of $marked"
  echo "each of the $marked marked requests is in the journal once, none of the $unmarked unmarked ones"
}

check_secrets() {
  local secret
  for secret in "$password" "$good_card" "$declined_card" "$badge"; do
    if grep -rqF -- "$secret" "$journal"; then die 'a secret that was sent is in the journal'; fi
  done
  echo 'neither the password, nor a card number, nor the badge number occurs anywhere in the journal directory'
}

# What Dapper wrote must be there: statements with their parameters, tables, and what became of them.
check_writes() {
  local page=$1 outcome=$2 expected
  for expected in 'INSERT INTO stock_movements' 'UPDATE stock SET on_hand' '"badge": "[REDACTED]"' '"Badge":"[REDACTED]"'; do
    grep -qF -- "$expected" "$page" || die "the recording of the movement does not hold: $expected"
  done
  for expected in 'insert stock_movements' 'update stock'; do
    grep -qE "$expected( \{[^}]*\})? +$outcome.* transaction t1" "$page" || die "the recording of the movement does not show: $expected, $outcome"
  done
}

# The prompt of the failed shipping must name its handler, the row, and the order that wrote it wrong.
check_prompt() {
  local prompt=$1 expected secret
  for expected in 'you have full read access to the repository' 'samples/Shop/Controllers/OrdersController.cs:' 'UPDATE stock' "$(id_of "$cause")"; do
    grep -qF -- "$expected" "$prompt" || die "the prompt does not hold: $expected"
  done
  grep -qE 'Reserved +\| 3 +\| -2' "$prompt" || die 'the prompt does not show the stock row before and after'
  for secret in "$password" "$good_card" "$declined_card"; do
    if grep -qF -- "$secret" "$prompt"; then die 'a secret that was sent is in the prompt'; fi
  done
  echo "the prompt names the handler's file and line, the row before and after, the statement, and the earlier order that wrote the row"
}

mkdir -p "$output"
build_if_missing
say 'start'
start_shop
say 'requests'
send_all
say 'stop: the journal is complete once the shop has stopped'
end_shop || die "the shop did not stop cleanly; see $output/shop.log"
check_journal
check_secrets

say 'flightrecorder list'
recordings list
if ((with_postgres)); then
  say 'flightrecorder list --postgres'
  stored list
fi
movement=$(id_of "$booked")
[[ -n $movement ]] || die 'the stock movement has no id in the journal'
say "flightrecorder show $movement: a write with Dapper"
recordings show "$movement" | tee "$output/movement.txt"
failing=$(id_of "$effect")
[[ -n $failing ]] || die 'the failed shipping has no id in the journal'
say "flightrecorder show $failing"
recordings show "$failing"
say "flightrecorder prompt $failing"
recordings prompt "$failing" | tee "$output/prompt.md"
say 'checks'
check_writes "$output/movement.txt" committed
recordings show "$(id_of "$refused")" >"$output/refused.txt"
check_writes "$output/refused.txt" 'rolled back'
echo 'what Dapper wrote is recorded with its statements: committed for the movement, rolled back for the refused one'
check_prompt "$output/prompt.md"
if ((with_postgres)); then check_store; fi
rm -f "$output/answer"
printf '\nall held; took %s s\njournal: %s\n' "$SECONDS" "$journal"

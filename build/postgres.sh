#!/usr/bin/env bash
# A private PostgreSQL cluster for tests and the demo.
#
#   build/postgres.sh start DIR    prints one line: Host=127.0.0.1;Port=…;Username=…;Database=postgres
#   build/postgres.sh stop DIR     fine to repeat; leaves the data, and no process
#
# Everything lies in DIR: data, log, unix socket. It listens on a free loopback port, the one it had before where that is still
# free, trusts whoever connects there, and does not sync to disk. Starting a running one prints its line again. Progress goes to stderr.
set -euo pipefail

readonly account_name=flight

say() { printf 'postgres.sh: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

usage() {
  printf 'usage: %s start|stop DIR\n' "$0" >&2
  exit 2
}

# The directory with initdb, pg_ctl and postgres; empty when there is none.
binaries() {
  local found
  if command -v initdb >/dev/null && command -v pg_ctl >/dev/null; then
    dirname "$(readlink -f "$(command -v initdb)")"
    return
  fi

  found=$(printf '%s\n' /usr/lib/postgresql/*/bin/initdb | sort -V | tail -n 1)
  if [[ -x $found ]]; then
    dirname "$found"
  fi
}

install_binaries() {
  [[ $(id -u) -eq 0 ]] || die 'no PostgreSQL found in PATH or /usr/lib/postgresql; install it (Debian: apt-get install postgresql)'
  command -v apt-get >/dev/null || die 'no PostgreSQL found in PATH or /usr/lib/postgresql, and no apt-get to install it with'
  say 'installing PostgreSQL (apt-get install -y postgresql) …'
  # RUNLEVEL=1 keeps the package from starting a cluster of its own.
  export DEBIAN_FRONTEND=noninteractive RUNLEVEL=1
  apt-get install -y -q postgresql >&2 && return
  say 'refreshing the package lists …'
  apt-get update -q >&2 || true
  apt-get install -y -q postgresql >&2 || die 'apt-get could not install PostgreSQL; install it and try again'
}

# PostgreSQL refuses to run as root: an existing ordinary account stands in.
ordinary_account() {
  local name
  for name in postgres nobody; do
    if id -u "$name" >/dev/null 2>&1; then
      printf '%s\n' "$name"
      return
    fi
  done

  say "creating the system account $account_name …"
  useradd --system --no-create-home --shell /usr/sbin/nologin "$account_name" >&2 || die 'neither postgres nor nobody exists, and no account could be created'
  printf '%s\n' "$account_name"
}

# Runs a command as the account that owns the cluster, from a directory that it may enter.
as_owner() {
  if [[ -z $owner ]]; then
    (cd / && "$@")
  elif command -v runuser >/dev/null; then
    (cd / && runuser -u "$owner" -- "$@")
  else
    (cd / && setpriv --reuid "$owner" --regid "$(id -g "$owner")" --init-groups -- "$@")
  fi
}

running() { [[ -f $data/postmaster.pid ]] && as_owner "$bin/pg_ctl" status -D "$data" >/dev/null 2>&1; }

print_line() { printf 'Host=127.0.0.1;Port=%s;Username=%s;Database=postgres\n' "$(sed -n 4p "$data/postmaster.pid")" "$account_name"; }

create_cluster() {
  say "creating a cluster in $dir …"
  as_owner "$bin/initdb" -D "$data" -U "$account_name" --auth=trust --encoding=UTF8 --locale=C --no-sync >"$dir/initdb.log" 2>&1 </dev/null ||
    { cat "$dir/initdb.log" >&2; die "initdb failed in $dir (may ${owner:-this account} enter it?)"; }
  printf 'local all all trust\nhost all all 127.0.0.1/32 trust\n' >"$data/pg_hba.conf"
  write_settings
}

# A unix socket's path is limited to 107 bytes; without room for it, TCP alone serves.
socket_directories() {
  local quoted
  (( $(printf '%s' "$dir/.s.PGSQL.65535" | wc -c) <= 107 )) || return 0
  quoted=${dir//\"/\"\"}
  printf '"%s"' "${quoted//\'/\'\'}"
}

write_settings() {
  cat >>"$data/postgresql.conf" <<SETTINGS
listen_addresses = '127.0.0.1'
unix_socket_directories = '$(socket_directories)'
fsync = off
synchronous_commit = off
full_page_writes = off
max_connections = 100
shared_buffers = '32MB'
timezone = 'UTC'
log_timezone = 'UTC'
SETTINGS
}

# Below the range from which the system hands out ports to clients.
random_port() { printf '%s\n' $((20000 + (RANDOM * 32768 + RANDOM) % 12000)); }

in_use() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# Another cluster may take the port between the look and the start: then the server refuses to start, and the next port has its turn.
start_server() {
  local try port
  for try in 1 2 3 4 5 6 7 8 9 10; do
    port=$(random_port)
    if (( try == 1 )) && [[ -s $dir/port ]]; then
      port=$(<"$dir/port")
    fi

    if in_use "$port"; then
      continue
    fi

    : >"$dir/server.log"
    [[ -z $owner ]] || chown "$owner" "$dir/server.log"
    if as_owner "$bin/pg_ctl" start -w -t 60 -D "$data" -l "$dir/server.log" -o "-p $port" >"$dir/pg_ctl.log" 2>&1 </dev/null; then
      printf '%s\n' "$port" >"$dir/port"
      return
    fi

    grep -q 'could not create any TCP/IP sockets' "$dir/server.log" || break
    say "port $port was taken (attempt $try)"
  done

  cat "$dir/pg_ctl.log" "$dir/server.log" >&2 || true
  stop_server
  die "the server in $dir did not start"
}

stop_server() {
  local pid
  [[ -f $data/postmaster.pid ]] || return 0
  pid=$(sed -n 1p "$data/postmaster.pid")
  if running; then
    as_owner "$bin/pg_ctl" stop -m fast -w -t 20 -D "$data" >/dev/null 2>&1 ||
      as_owner "$bin/pg_ctl" stop -m immediate -w -t 20 -D "$data" >/dev/null 2>&1 ||
      kill -KILL "$pid" 2>/dev/null || true
  fi

  ! running || die "the server in $dir (process $pid) could not be stopped"
}

start() {
  [[ -n $bin ]] || { install_binaries; bin=$(binaries); }
  [[ -n $bin ]] || die 'PostgreSQL was installed, but initdb is nowhere to be found'
  mkdir -p "$dir"
  if [[ $(id -u) -eq 0 ]]; then
    owner=$(ordinary_account)
    chown "$owner" "$dir"
  fi

  chmod 700 "$dir"
  if ! running; then
    trap 'stop_server; exit 1' INT TERM
    [[ -f $data/PG_VERSION ]] || create_cluster
    start_server
  fi

  say "running in $dir"
  print_line
}

stop() {
  if [[ -f $data/postmaster.pid && -n $bin ]]; then
    if [[ $(id -u) -eq 0 ]]; then
      owner=$(stat -c %U "$data")
    fi

    stop_server
    say "stopped in $dir"
  fi
}

[[ $# -eq 2 && -n $2 ]] || usage
dir=$(realpath -m -- "$2")
data=$dir/data
owner=
bin=$(binaries)
case $1 in
  start) start ;;
  stop) stop ;;
  *) usage ;;
esac

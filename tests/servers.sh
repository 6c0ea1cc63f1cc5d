#!/usr/bin/env bash
# Private PostgreSQL and RabbitMQ servers for the end-to-end tests, beside whatever runs on this machine.
#
#   tests/servers.sh start DIR   starts both in DIR, on free ports of 127.0.0.1, and prints the lines to eval:
#                                export ALIGNOPS_TEST_POSTGRES=... and export ALIGNOPS_TEST_RABBITMQ=...
#   tests/servers.sh stop DIR    stops both; DIR may then be removed
#
# Everything they write stands under DIR. As root they run as the users postgres and rabbitmq, which the packages make.
set -euo pipefail

usage() {
  sed -n '2,9s/^# \{0,1\}//p' "$0" >&2
  exit 2
}

[ $# -eq 2 ] || usage
command=$1
mkdir -p "$2"
dir=$(cd "$2" && pwd)
log=$dir/servers.log

fail() {
  echo "tests/servers.sh: $1" >&2
  [ -s "$log" ] && tail -n 20 "$log" >&2
  exit 1
}

# become USER COMMAND...: turns this shell into the command, as that user when this is root.
become() {
  local user=$1
  shift
  if [ "$(id -u)" = 0 ]; then
    exec setpriv --reuid "$user" --regid "$user" --init-groups env HOME="$dir/$user" "$@"
  else
    exec env HOME="$dir/$user" "$@"
  fi
}

# Lets the servers' users pass through to DIR: a folder made by mktemp lets nobody else in.
open_way() {
  [ "$(id -u)" = 0 ] || return 0
  local folder=$dir user
  chmod a+x "$dir"
  while [[ $folder == "${TMPDIR:-/tmp}"/* ]]; do
    chmod a+x "$folder"
    folder=$(dirname "$folder")
  done
  for user in postgres rabbitmq; do
    (become "$user" test -x "$dir") || fail "the user $user cannot reach $dir; name a folder under /tmp"
  done
}

owned_folder() {
  mkdir -p "$dir/$1"
  [ "$(id -u)" != 0 ] || chown "$1:$1" "$dir/$1"
}

# A port that is free now, from below the range that outgoing connections take theirs from.
free_port() {
  local port
  for _ in $(seq 200); do
    port=$((15000 + RANDOM % 17000))
    if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && ! grep -qs "^$port$" "$dir/ports"; then
      echo "$port" >>"$dir/ports"
      echo "$port"
      return
    fi
  done
  fail "found no free port"
}

wait_for_port() {
  local port=$1 what=$2 pid=$3
  for _ in $(seq 600); do
    if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
      return
    fi
    kill -0 "$pid" 2>/dev/null || fail "$what ended while starting"
    sleep 0.1
  done
  fail "$what did not answer on port $port within a minute"
}

find_program() {
  local found
  found=$(command -v "$1" 2>/dev/null || ls -d /usr/lib/postgresql/*/bin/"$1" /usr/lib/rabbitmq/bin/"$1" 2>/dev/null | sort -V | tail -n 1 || true)
  [ -n "$found" ] || fail "$1 is not installed; run: apt-get install -y postgresql rabbitmq-server"
  echo "$found"
}

find_servers() {
  initdb=$(find_program initdb)
  postgres=$(find_program postgres)
  # The wrapper in /usr/sbin changes to the package's own folders; the server itself takes everything from the environment.
  rabbitmq=/usr/lib/rabbitmq/bin/rabbitmq-server
  [ -x "$rabbitmq" ] || rabbitmq=$(find_program rabbitmq-server)
}

start_postgres() {
  local port
  port=$(free_port)
  owned_folder postgres
  (become postgres "$initdb" -D "$dir/postgres/data" -U postgres -A trust --no-sync --locale=C -E UTF8) >>"$log" 2>&1 || fail "initdb failed"
  # Tests need no durability of their own server, only speed; sockets stay in DIR.
  become postgres "$postgres" -D "$dir/postgres/data" -p "$port" -c listen_addresses=127.0.0.1 -c unix_socket_directories="$dir/postgres" \
    -c fsync=off -c full_page_writes=off -c max_connections=300 >>"$dir/postgres/log" 2>&1 &
  echo $! >"$dir/postgres.pid"
  postgres_port=$port
}

await_postgres() {
  wait_for_port "$postgres_port" PostgreSQL "$(cat "$dir/postgres.pid")"
  echo "export ALIGNOPS_TEST_POSTGRES='Host=127.0.0.1;Port=$postgres_port;Username=postgres;Database=postgres'"
}

start_rabbitmq() {
  local port dist epmd
  port=$(free_port)
  dist=$(free_port)
  epmd=$(free_port)
  owned_folder rabbitmq
  printf 'listeners.tcp.1 = 127.0.0.1:%s\nlog.console = true\nlog.console.level = warning\nlog.file = false\ndisk_free_limit.absolute = 50MB\nloopback_users.guest = true\n' "$port" >"$dir/rabbitmq/rabbitmq.conf"
  echo '[].' >"$dir/rabbitmq/enabled_plugins"
  chmod a+r "$dir/rabbitmq/rabbitmq.conf" "$dir/rabbitmq/enabled_plugins"
  become rabbitmq env RABBITMQ_NODENAME="alignops$port@localhost" RABBITMQ_MNESIA_BASE="$dir/rabbitmq/mnesia" RABBITMQ_LOG_BASE="$dir/rabbitmq" \
    RABBITMQ_CONFIG_FILE="$dir/rabbitmq/rabbitmq.conf" RABBITMQ_ENABLED_PLUGINS_FILE="$dir/rabbitmq/enabled_plugins" RABBITMQ_PID_FILE="$dir/rabbitmq/pid" \
    RABBITMQ_DIST_PORT="$dist" ERL_EPMD_PORT="$epmd" ERL_EPMD_ADDRESS=127.0.0.1 RABBITMQ_CONF_ENV_FILE=/dev/null \
    "$rabbitmq" >>"$dir/rabbitmq/log" 2>&1 &
  echo $! >"$dir/rabbitmq.pid"
  echo "$epmd" >"$dir/epmd.port"
  rabbitmq_port=$port
}

await_rabbitmq() {
  wait_for_port "$rabbitmq_port" RabbitMQ "$(cat "$dir/rabbitmq.pid")"
  echo "export ALIGNOPS_TEST_RABBITMQ='amqp://guest:guest@127.0.0.1:$rabbitmq_port/'"
}

stop_one() {
  local name=$1 signal=$2 pid
  [ -f "$dir/$name.pid" ] || return 0
  pid=$(cat "$dir/$name.pid")
  kill "-$signal" "$pid" 2>/dev/null || true
  for _ in $(seq 150); do
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.1
  done
  kill -KILL "$pid" 2>/dev/null || true
  rm -f "$dir/$name.pid"
}

stop_epmd() {
  [ -f "$dir/epmd.port" ] || return 0
  (become rabbitmq env ERL_EPMD_PORT="$(cat "$dir/epmd.port")" epmd -kill) >/dev/null 2>&1 || true
  rm -f "$dir/epmd.port"
}

case $command in
  start)
    trap 'code=$?; if [ $code -ne 0 ]; then stop_one rabbitmq TERM; stop_epmd; stop_one postgres INT; fi' EXIT
    find_servers
    open_way
    start_rabbitmq
    start_postgres
    await_postgres
    await_rabbitmq
    ;;
  stop)
    stop_one rabbitmq TERM
    stop_epmd
    stop_one postgres INT
    ;;
  *)
    usage
    ;;
esac

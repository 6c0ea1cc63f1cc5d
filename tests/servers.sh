#!/usr/bin/env bash
# Private RabbitMQ and PostgreSQL for tests and proofs, on free loopback ports, with everything they write under one folder.
#   tests/servers.sh start DIR    starts both and prints: export ALIGNOPS_TEST_POSTGRES=… ALIGNOPS_TEST_RABBITMQ=…
#   tests/servers.sh stop DIR     stops both
set -euo pipefail

verb=${1:?start or stop} dir=$(mkdir -p "${2:?a folder}" && cd "$2" && pwd)
postgres_bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)

free_port() { # asks the kernel for a port nobody listens on
  perl -MIO::Socket::INET -e 'print IO::Socket::INET->new(Listen => 1, LocalAddr => "127.0.0.1")->sockport'
}

as() { # runs as a server's own user where this shell is root: neither server wants to be root
  local user=$1; shift
  if [ "$(id -u)" -eq 0 ]; then setpriv --reuid "$user" --regid "$(id -g "$user")" --clear-groups env HOME="$dir" "$@"; else "$@"; fi
}

own() { if [ "$(id -u)" -eq 0 ]; then chown -R "$1" "$2"; fi; }

open_path() { # the servers' users must be able to reach DIR
  local path=$1
  while [ "$path" != "/" ]; do chmod o+x "$path" 2>/dev/null || true; path=$(dirname "$path"); done
}

start_postgres() {
  mkdir -p "$dir/postgres"; own postgres "$dir/postgres"
  postgres_port=$(free_port)
  as postgres "$postgres_bin/initdb" -D "$dir/postgres/data" -U alignops --auth=trust --encoding=UTF8 --no-sync >"$dir/postgres/initdb.log" 2>&1
  as postgres "$postgres_bin/pg_ctl" -D "$dir/postgres/data" -w -t 60 -l "$dir/postgres/server.log" \
    -o "-c listen_addresses=127.0.0.1 -c port=$postgres_port -c unix_socket_directories='' -c max_connections=300 -c shared_buffers=64MB" start >/dev/null
}

rabbit_settings() {
  export RABBITMQ_MNESIA_BASE="$dir/rabbitmq/mnesia" RABBITMQ_LOG_BASE="$dir/rabbitmq/log" RABBITMQ_HOME="$dir/rabbitmq" HOME="$dir/rabbitmq" \
    RABBITMQ_CONFIG_FILE="$dir/rabbitmq/rabbitmq" RABBITMQ_ENABLED_PLUGINS_FILE="$dir/rabbitmq/enabled_plugins" \
    RABBITMQ_PID_FILE="$dir/rabbitmq/pid" ERL_EPMD_ADDRESS=127.0.0.1
  RABBITMQ_NODENAME=$(cat "$dir/rabbitmq/node") RABBITMQ_DIST_PORT=$(cat "$dir/rabbitmq/dist-port")
  export RABBITMQ_NODENAME RABBITMQ_DIST_PORT
}

rabbit() { # the scripts in lib do not change users themselves, unlike the wrapper in /usr/sbin
  local script; script=$(ls -d /usr/lib/rabbitmq/lib/*/sbin | tail -n 1)/$1; shift
  if [ "$(id -u)" -eq 0 ]; then setpriv --reuid rabbitmq --regid "$(id -g rabbitmq)" --clear-groups "$script" "$@"; else "$script" "$@"; fi
}

start_rabbit() {
  mkdir -p "$dir/rabbitmq"
  rabbit_port=$(free_port)
  echo "alignops_$rabbit_port@localhost" > "$dir/rabbitmq/node"
  free_port > "$dir/rabbitmq/dist-port"
  printf 'listeners.tcp.1 = 127.0.0.1:%s\nloopback_users = none\nlog.console = false\n' "$rabbit_port" > "$dir/rabbitmq/rabbitmq.conf"
  echo '[].' > "$dir/rabbitmq/enabled_plugins"
  own rabbitmq "$dir/rabbitmq"
  rabbit_settings
  rabbit rabbitmq-server -detached >"$dir/rabbitmq/start.log" 2>&1
  for _ in $(seq 60); do [ -s "$RABBITMQ_PID_FILE" ] && break; sleep 0.5; done
  rabbit rabbitmqctl --quiet --timeout 60 wait "$RABBITMQ_PID_FILE" >>"$dir/rabbitmq/start.log" 2>&1
  rabbit rabbitmqctl --quiet await_startup >>"$dir/rabbitmq/start.log" 2>&1
}

case $verb in
  start)
    open_path "$dir"
    start_postgres
    start_rabbit || { cat "$dir/rabbitmq/start.log" >&2; exit 1; }
    echo "export ALIGNOPS_TEST_POSTGRES='Host=127.0.0.1;Port=$postgres_port;Username=alignops;Database=postgres'"
    echo "export ALIGNOPS_TEST_RABBITMQ='amqp://guest:guest@127.0.0.1:$rabbit_port/'"
    ;;
  stop)
    if [ -d "$dir/postgres/data" ]; then as postgres "$postgres_bin/pg_ctl" -D "$dir/postgres/data" -m immediate stop >/dev/null 2>&1 || true; fi
    if [ -f "$dir/rabbitmq/node" ]; then rabbit_settings; rabbit rabbitmqctl --quiet stop >/dev/null 2>&1 || { [ -s "$RABBITMQ_PID_FILE" ] && kill -9 "$(cat "$RABBITMQ_PID_FILE")" 2>/dev/null || true; }; fi
    ;;
  *) echo "start or stop" >&2; exit 2 ;;
esac

#!/usr/bin/env bash
# The README's test command: installs what the tests need where it may, starts private servers, builds once, runs every test project,
# and closes with one line: N passed, N failed, N skipped.
set -uo pipefail
cd "$(dirname "$0")/.."

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MASSTRANSIT_USAGE_TELEMETRY=false

install_line="apt-get install -y rabbitmq-server postgresql chromium"
have_servers() { command -v rabbitmq-server >/dev/null || [ -x /usr/sbin/rabbitmq-server ]; }
have_postgres() { ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; }
have_browser() { [ -n "${ALIGNOPS_CHROMIUM:-}" ] || command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null; }

if ! have_servers || ! have_postgres || ! have_browser; then
  if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    echo "Installing rabbitmq-server, postgresql and chromium ..."
    # The package would start a broker of its own on the standard ports; the tests bring private ones.
    if [ ! -e /usr/sbin/policy-rc.d ]; then
      printf '#!/bin/sh\nexit 101\n' > /usr/sbin/policy-rc.d && chmod +x /usr/sbin/policy-rc.d
      trap 'rm -f /usr/sbin/policy-rc.d' EXIT
    fi
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    have_servers && have_postgres || apt-get install -y -qq rabbitmq-server postgresql >/dev/null
    have_browser || apt-get install -y -qq --no-install-recommends chromium fonts-liberation >/dev/null
    rm -f /usr/sbin/policy-rc.d
    trap - EXIT
  fi
fi
if ! have_servers || ! have_postgres || ! have_browser; then
  echo "The tests need RabbitMQ, PostgreSQL and Chromium. Type:"
  echo "  sudo $install_line"
  exit 1
fi

state=$(mktemp -d)
chmod a+x "$state" # the servers run as users of their own
results="$state/results"
cleanup() { tests/servers.sh stop "$state/servers" >/dev/null 2>&1; rm -rf "$state"; }
trap cleanup EXIT

dotnet build AlignOps.sln -c Release --nologo -v quiet -clp:ErrorsOnly || { echo "0 passed, 1 failed, 0 skipped"; exit 1; }

servers=$(tests/servers.sh start "$state/servers") || { echo "The private servers did not start."; echo "0 passed, 1 failed, 0 skipped"; exit 1; }
eval "$servers"

status=0
for project in tests/AlignOps.Tests tests/AlignOps.EndToEnd.Tests; do
  dotnet test "$project" -c Release --no-build --nologo --logger "trx;LogFileName=$(basename "$project").trx" --results-directory "$results" || status=1
done

count() { cat "$results"/*.trx 2>/dev/null | grep -o '<Counters [^>]*' | grep -o " $1=\"[0-9]*\"" | tr -dc '0-9\n' | awk '{ sum += $1 } END { print sum + 0 }'; }
passed=$(count passed) failed=$(count failed) total=$(count total)
skipped=$((total - passed - failed))
[ "$total" -gt 0 ] || status=1
[ "$failed" -eq 0 ] || status=1
if [ "$status" -ne 0 ] && [ "$failed" -eq 0 ]; then failed=1; fi
echo "$passed passed, $failed failed, $skipped skipped"
exit "$status"

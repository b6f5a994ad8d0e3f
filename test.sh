#!/usr/bin/env bash
# Runs every test on a machine that has only the SDK: installs the browser, the database server and the mail server that tests need and the machine lacks,
# starts a PostgreSQL of its own for the run, checks format, builds once, tests. The last line counts all tests; the exit code is 0 only
# when nothing failed.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")"
exec < /dev/null

work=$(mktemp -d "${TMPDIR:-/tmp}/portal-tests.XXXXXX")
summary="0 passed, 0 failed, 0 skipped" # nothing ran yet
postgres_user=()
postgres_bin=""

finish() {
    local code=$?
    if [ -f "$work/data/postmaster.pid" ]; then
        (cd / && "${postgres_user[@]}" "$postgres_bin/pg_ctl" -D "$work/data" -m immediate -w stop > /dev/null 2>&1) || true
    fi
    rm -rf "$work"
    echo "$summary"
    exit "$code"
}
trap finish EXIT
trap 'exit 130' INT TERM

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

find_postgres() {
    local initdb
    initdb=$(ls -1 /usr/lib/postgresql/*/bin/initdb 2> /dev/null | sort -V | tail -n 1) || true
    [ -n "$initdb" ] || initdb=$(command -v initdb) || true
    if [ -n "$initdb" ]; then dirname "$initdb"; fi
}

install_missing() {
    local missing=()
    [ -x /usr/bin/chromium-headless-shell ] || missing+=(chromium-headless-shell)
    [ -n "$(find_postgres)" ] || missing+=(postgresql)
    [ -x /usr/sbin/exim4 ] || missing+=(exim4-daemon-light)
    if [ ${#missing[@]} -eq 0 ]; then return; fi
    echo "Installing ${missing[*]}"
    as_root apt-get update -q
    # RUNLEVEL=1: the packages' own servers stay down, the run starts some for itself.
    as_root env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -y -q --no-install-recommends "${missing[@]}"
}

start_postgres() {
    postgres_bin=$(find_postgres)
    if [ "$(id -u)" = 0 ]; then # the server refuses to run as root
        id -u postgres > /dev/null 2>&1 || useradd --system postgres
        postgres_user=(runuser -u postgres --)
        chown postgres "$work"
    fi

    (cd / && "${postgres_user[@]}" "$postgres_bin/initdb" -D "$work/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync > "$work/initdb.log" 2>&1) \
        || { cat "$work/initdb.log"; return 1; }
    local port
    for _ in 1 2 3 4 5; do
        port=$((RANDOM % 20000 + 30000))
        if (cd / && "${postgres_user[@]}" "$postgres_bin/pg_ctl" -D "$work/data" -l "$work/data/server.log" -w -t 30 start -o \
            "-c listen_addresses=127.0.0.1 -p $port -c unix_socket_directories= -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=300" \
            > /dev/null 2>&1); then
            export PORTAL_TEST_POSTGRES="Host=127.0.0.1;Port=$port;Username=postgres;Database=postgres"
            return
        fi
    done

    cat "$work/data/server.log"
    return 1
}

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
export DOTNET_TieredPGO=0 DOTNET_TC_CallCountThreshold=300 # the portals of these tests live too short to be worth optimizing
install_missing
start_postgres
dotnet restore
formatted=0
dotnet format whitespace --verify-no-changes --no-restore || formatted=1 # the build checks the style: its warnings are errors
dotnet build --no-restore
tests=0
# A test that waits for what never comes is named after five minutes; the whole run ends in any case.
timeout --kill-after=30s 60m dotnet OnboardingPortal.Tests/bin/Debug/net10.0/OnboardingPortal.Tests.dll -longRunning 300 -xml "$work/results.xml" || tests=$?

count() { sed -nE "s/.*<assembly [^>]* $1=\"([0-9]+)\".*/\1/p" "$work/results.xml" | awk '{ sum += $1 } END { print sum + 0 }'; }
[ -f "$work/results.xml" ] || { echo "The tests left no report."; exit 1; }
summary="$(count passed) passed, $(($(count failed) + $(count errors))) failed, $(count skipped) skipped"
[ "$formatted" = 0 ] || echo "The format is not as .editorconfig says: run dotnet format whitespace."
[ "$tests" = 0 ] && [ "$formatted" = 0 ]

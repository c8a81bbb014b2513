#!/usr/bin/env bash
# Sees to it that the programs the Makefile calls are there: installs what is missing where it can (Debian or Ubuntu,
# as root or with sudo that asks nothing), and otherwise prints what to type. Needs no network when nothing is missing.
# Usage: deploy/setup.sh [--test]   with --test also what the tests need
set -euo pipefail
cd "$(dirname "$0")/.."

node_needed=20.19.0
postgres_needed=15
packages=() # to install
orders=()   # for a person to carry out

has() { command -v "$1" >/dev/null 2>&1; }
at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; } # at_least HAVE NEED

# The version apt would install, without epoch and revision; empty when it knows none.
candidate() {
    has apt-cache || return 0
    apt-cache policy "$1" 2>/dev/null | sed -n 's/^ *Candidate: *\([0-9]*:\)\{0,1\}\([0-9.]*\).*/\2/p'
}

# want WHAT NEED PACKAGE...: install the packages if the first is new enough, else tell the person.
want() {
    local what=$1 need=$2 offered
    shift 2
    offered=$(candidate "$1")
    if [ -n "$offered" ] && at_least "$offered" "$need"; then
        packages+=("$@")
    else
        orders+=("$what $need or newer")
    fi
}

postgres_dirs() {
    if [ -n "${ZHONGDA_PG_BIN:-}" ]; then
        echo "$ZHONGDA_PG_BIN"
        return
    fi
    has postgres && dirname "$(readlink -f "$(command -v postgres)")"
    ls -d /usr/lib/postgresql/*/bin 2>/dev/null || true
}

has_postgres() {
    local dir version
    for dir in $(postgres_dirs); do
        [ -x "$dir/initdb" ] || continue
        version=$("$dir/postgres" --version 2>/dev/null | sed -n 's/.*) \([0-9]*\).*/\1/p')
        [ "${version:-0}" -ge "$postgres_needed" ] && return 0
    done
    return 1
}

look_for_programs() {
    local go_needed have
    go_needed=$(sed -n 's/^go //p' go.mod)
    have=$(go env GOVERSION 2>/dev/null | sed 's/^go//; s/[^0-9.].*//') || have=
    at_least "${have:-0}" "$go_needed" || want Go "$go_needed" golang-go
    have=$(node --version 2>/dev/null | sed 's/^v//') || have=
    at_least "${have:-0}" "$node_needed" || want Node.js "$node_needed" nodejs
    has npm || want npm 9 npm
    if ! has_postgres; then
        if [ -n "$(candidate postgresql-15)" ]; then packages+=(postgresql-15); else want PostgreSQL $postgres_needed postgresql; fi
    fi
}

look_for_test_programs() {
    has gcc || want "a C compiler" 0 gcc libc6-dev # for the race detector
    has "${CHROMIUM:-chromium}" || want Chromium 108 chromium
    if ! has fc-list || ! fc-list :lang=zh-cn | grep -q .; then want "a Chinese font" 0 fonts-noto-cjk fontconfig; fi
}

# as_root COMMAND...: fails where this account may not.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; elif has sudo; then sudo -n "$@"; else return 1; fi
}

# Zhongda runs its own server; the cluster that the package would make and start at boot is not wanted.
without_cluster() {
    local rule=/etc/postgresql-common/createcluster.d/zhongda.conf status=0
    as_root mkdir -p "$(dirname "$rule")"
    echo "create_main_cluster = false" | as_root tee "$rule" >/dev/null
    "$@" || status=$?
    as_root rm -f "$rule"
    return "$status"
}

install_packages() {
    echo "Installing: ${packages[*]}"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq || return 1
    without_cluster as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "${packages[@]}"
}

look_for_programs
[ "${1:-}" != --test ] || look_for_test_programs

if [ ${#packages[@]} -gt 0 ] && ! install_packages; then
    orders+=("sudo apt-get update && sudo apt-get install --no-install-recommends ${packages[*]}")
fi
if [ ${#orders[@]} -gt 0 ]; then
    echo "Zhongda needs programs that could not be installed from here. Please see to these, then try again:" >&2
    printf '    %s\n' "${orders[@]}" >&2
    exit 1
fi

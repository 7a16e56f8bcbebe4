#!/bin/sh
# Prints the path of a Chromium that opens a page, and nothing else; what it does on the way goes to stderr.
# Fails when there is none to be had, so that the browser tests cannot be left out by accident.
#
#   sh tests/ensure_browser.sh          find one, or install one
#   sh tests/ensure_browser.sh --look   find one; install nothing
#
# It takes, in this order: $CHROMIUM or $BROWSER_PATH; a browser on this machine; one that Playwright downloaded; the
# system's package, where root can install it with apt-get; Playwright's download. $PYTHON is the Python that has
# Playwright, whose driver needs a library that small systems lack.
set -eu

python=${PYTHON:-python3}
here=$(dirname "$0")
look=${1:-}

log() { printf 'browser: %s\n' "$*" >&2; }
fail() { log "$@"; exit 1; }

can_apt() { [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; }
# What a person without root's rights, or on another system, has to ask for.
remedy() {
    if command -v apt-get >/dev/null; then
        [ "$(id -u)" -eq 0 ] && sudo="" || sudo="sudo "
        echo "${sudo}apt-get update && ${sudo}apt-get install --no-install-recommends $*"
    else
        echo "install these with the system's package manager: $*"
    fi
}
apt_install() {
    log "installing with apt-get: $* (a browser takes about a minute and 300 MB)"
    export DEBIAN_FRONTEND=noninteractive
    { apt-get update -qq && apt-get install -qq -y --no-install-recommends "$@"; } >/dev/null ||
        fail "apt-get could not install $*"
}

# A name on PATH is not enough: some systems put a stub there that only says how to install the browser, and one that
# starts may still be unable to open a page.
opens() {
    "$1" --version >/dev/null 2>&1 || { log "$1 does not start"; return 1; }
    reason=$("$python" -P "$here/launch.py" "$1" 2>&1) || { log "$1 opens no page: $reason"; return 1; }
}

use() {
    log "using $1"
    printf '%s\n' "$1"
    exit 0
}

use_installed() {
    for name in chromium chromium-browser google-chrome google-chrome-stable \
        "/Applications/Chromium.app/Contents/MacOS/Chromium" \
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
        path=$(command -v "$name") || continue
        if opens "$path"; then use "$path"; fi
    done
}

use_downloaded() {
    path=$("$python" -c 'from playwright.sync_api import sync_playwright
with sync_playwright() as playwright: print(playwright.chromium.executable_path)')
    if [ -x "$path" ] && opens "$path"; then use "$path"; fi
}

"$python" -c 'import playwright' 2>/dev/null || fail "Playwright is not installed yet: make browser"

# The driver first: without it every browser would look broken.
any_chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
if ! said=$("$python" -m playwright --version 2>&1); then
    case $said in
        *libatomic.so.1*) missing=libatomic1 ;;
        *) fail "Playwright's driver does not start: $said" ;;
    esac
    [ -n "${CHROMIUM:-${BROWSER_PATH:-$any_chromium}}" ] || missing="chromium $missing"
    if [ -z "$look" ] && can_apt; then
        # shellcheck disable=SC2086  # a list of packages
        apt_install $missing
    else
        log "Playwright, which drives the browser, lacks the library libatomic.so.1 here. This installs what is missing:"
        fail "    $(remedy "$missing")"
    fi
fi

chosen=${CHROMIUM:-${BROWSER_PATH:-}}
if [ -n "$chosen" ]; then
    # Someone asked for this very browser: testing with another one would hide that it is broken.
    path=$(command -v "$chosen") || fail "no such program: $chosen (from CHROMIUM or BROWSER_PATH)"
    opens "$path" || fail "CHROMIUM or BROWSER_PATH asked for this browser; unset it to have one found"
    use "$path"
fi

use_installed
use_downloaded
if [ -n "$look" ]; then
    log "no Chromium opens a page here"
    fail "make browser"
fi

if can_apt; then
    log "none found"
    apt_install chromium
    use_installed
fi

log "none found, asking Playwright to download one (about 180 MB)"
if said=$("$python" -m playwright install chromium 2>&1); then
    use_downloaded
else
    log "that failed: $(printf '%s\n' "$said" | grep -m 1 '^Error')"
fi

log "no Chromium to be had. Set CHROMIUM to the path of one, or install one:"
fail "    $(remedy chromium)"

#!/bin/sh
# Prints the path of a Chromium that starts, and nothing else; what it does on the way goes to stderr.
# Fails when there is none to be had, so that the browser tests cannot be left out by accident.
#
# It takes, in this order: $CHROMIUM or $BROWSER_PATH; a browser on this machine; the system's package, where
# apt-get can install it; Playwright's own download. $PYTHON is the Python that has Playwright.
set -eu

log() { printf 'browser: %s\n' "$*" >&2; }

# A name on PATH is not enough: some systems put a stub there that only says how to install the browser.
starts() { "$1" --version >/dev/null 2>&1; }

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
        if starts "$path"; then use "$path"; fi
        log "$path does not start, looking further"
    done
}

chosen=${CHROMIUM:-${BROWSER_PATH:-}}
if [ -n "$chosen" ]; then
    # Someone asked for this very browser: testing with another one would hide that it is broken.
    path=$(command -v "$chosen") || { log "no such program: $chosen (from CHROMIUM or BROWSER_PATH)"; exit 1; }
    starts "$path" || { log "does not start: $path (from CHROMIUM or BROWSER_PATH)"; exit 1; }
    use "$path"
fi

use_installed

if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    log "none found, installing the system's chromium with apt-get"
    export DEBIAN_FRONTEND=noninteractive
    if apt-get update >&2 && apt-get install -y chromium >&2; then
        use_installed
    else
        log "apt-get could not install chromium"
    fi
fi

log "none found, asking Playwright to download one"
python=${PYTHON:-python3}
if "$python" -m playwright install chromium >&2; then
    path=$("$python" -c 'from playwright.sync_api import sync_playwright
with sync_playwright() as playwright: print(playwright.chromium.executable_path)')
    if starts "$path"; then use "$path"; fi
    log "$path does not start; 'playwright install-deps chromium' installs the libraries it needs"
fi

log "no Chromium to be had: install one, or set CHROMIUM to the path of one"
exit 1

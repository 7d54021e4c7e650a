"""Print the path of a browser for tests: $CHROME, else one on PATH, else installed now; CI=true fails without one."""

import os
import shutil
import subprocess
import sys

NAMES = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome"]
APT = ["apt-get", "-qq", "-y", "-o", "DPkg::Lock::Timeout=300"]


def on_path() -> str:
    return next((path for name in NAMES if (path := shutil.which(name))), "")


def from_debian() -> str:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return ""
    for command in ([*APT, "update"], [*APT, "install", "--no-install-recommends", "chromium-headless-shell"]):
        subprocess.run(command, stdout=sys.stderr, check=False)
    return on_path()


def from_playwright() -> str:
    from playwright.sync_api import sync_playwright

    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], stdout=sys.stderr, check=False)
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if os.path.exists(path) else ""


def main() -> int:
    if found := os.environ.get("CHROME") or on_path() or from_debian() or from_playwright():
        print(found)
        return 0
    print("NO BROWSER: the browser stories were NOT run. Install chromium or set CHROME.", file=sys.stderr)
    return int(os.environ.get("CI") == "true")


if __name__ == "__main__":
    sys.exit(main())

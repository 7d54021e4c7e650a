"""Install the outside judges of tests/peers with npm, from their lock; a loud line where there is no Node."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

PEERS = Path(__file__).resolve().parents[1] / "tests" / "peers"


def main() -> int:
    npm = shutil.which("npm")
    if not npm:
        print("NO NODE: the outside judges were NOT asked. Install Node 20 or newer.", file=sys.stderr)
        return int(os.environ.get("CI") == "true")
    installed, lock = PEERS / "node_modules" / ".package-lock.json", PEERS / "package-lock.json"
    if installed.exists() and installed.stat().st_mtime >= lock.stat().st_mtime:
        return 0
    return subprocess.call([npm, "ci", "--silent", "--no-audit", "--no-fund", "--ignore-scripts"], cwd=PEERS)


if __name__ == "__main__":
    sys.exit(main())

"""``python -m laurels`` is ``laurels``."""

import sys

from laurels.web.cli import main

sys.exit(main())

"""`python -m psc` is the same as the `psc` command."""

import sys

from psc.cli import main

sys.exit(main())

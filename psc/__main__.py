"""`python -m psc` is the same as the `psc` command."""

import sys

from psc.cli.main import main

sys.exit(main())

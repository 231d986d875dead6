"""Text with control characters and foreign line ends, and the same as it is stored."""

DIRTY = "One\r=cmd|/C calc!A0\rtwo\x1b[31m\x07\x00 \u202ethree\u2028four\tfive \ud800\ufeffend"

CLEAN = "One\n=cmd|/C calc!A0\ntwo[31m three\nfour five end"

"""A record of what the site does, to prove that a change of its structure changes none of it.

`python -m bench.behaviour record FOLDER` writes it, `python -m bench.behaviour compare OLD NEW` says what differs.
It reaches the site as others do: through its servers, the `psc` commands, the files of SQL and the DuckDB file. The few
names it needs from inside `psc` are in `inside.py`. The clock stands still (`frozen/`), and the register is either
empty or a copy of `register.jsonl.gz`: a backup with records of every kind in most of their states, in which the people
of `psc.demo` have their roles. That file is data: a newer site must be able to restore it.
"""

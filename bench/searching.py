"""How long a search takes among 10,000 documents, and how much longer looking at each in turn would take.

The documents are mixed from the sentences of the committed register, each with a few words of its own, so that there
are as many different words as so many authors would use. The queries are what people type, slips included.
"""

import random
import re
import statistics
import time
from pathlib import Path

from bench.report import Finding, at_least, note, within
from psc.register.compiled.load import load_register
from psc.register.search.entries import Entry, entries_of
from psc.register.search.text_search import Index
from psc.settings import data_folder
from tests.register.search_twin import slow_search

DOCUMENTS, SHOWN, REPEATS, SLOW_SAMPLE = 10_000, 20, 5, 5
LIMIT_MS, TIMES_FASTER = 20, 10
QUERIES = """
falls; falls in care homes; presure ulcer; pressure ulcers; antibotics; antibiotic; sepsis; sepis; medicines safety;
medcines safty; opioids chronic pain; opiods; deterioration; deteriorating patient; deteriorateing; NEWS2; RESTORE2
care homes; martha's rule; marthas rule; acute kidney injury; kidny injury; catheter infection; cathater infections;
urinary tract infection; maternity; matternity neonatal; preterm birth; premature babies; caesarean wound infection;
laparotomy; emergancy laparotomy; COPD discharge bundle; discharge medicines; transfer of care pharmacy; hydration;
hydrating residents; safety huddles; huddels; mental health wards; restrictive practise; virtual ward; pulse
oximetry; emergency department checklist; ambulance handover; training for staff; stafff training; patient
involvement; learning from deaths; the use of the national early warning score in hospitals and care homes; wessex
"""


def measure(folder: Path) -> list[Finding]:
    """Time building the index and each query, with the first 20 hits highlighted."""
    documents = _documents(random.Random(1))
    queries = [" ".join(query.split()) for query in QUERIES.split(";")]
    begun = time.process_time()
    index = Index(documents)
    note(f"index of {len(documents):,} documents built in {time.process_time() - begun:.2f} s")
    fast = {query: _median_ms(index, query) for query in queries}
    slow_search(documents, "words are kept after the first time")
    slow = statistics.median(_slow_ms(documents, query) for query in queries[:SLOW_SAMPLE])
    middle, worst = statistics.median(fast.values()), max(fast, key=fast.__getitem__)
    found = statistics.median(len(index.ids(query, "solution")) for query in queries)
    note(f"{len(queries)} queries, half of them find {found:,.0f} solutions or more; the slowest is “{worst}”")
    return [
        within("Search, half of the queries", middle, LIMIT_MS, "ms"),
        within("Search, the slowest query", fast[worst], LIMIT_MS, "ms"),
        at_least("Search, half of the queries", middle, slow, TIMES_FASTER, "ms", "record by record"),
    ]


def _documents(rng: random.Random) -> list[Entry]:
    written = list(entries_of(load_register(data_folder() / "register")))
    titles = [entry.title for entry in written]
    sentences = [part for e in written for part in re.split(r"(?<=\.) |\n", f"{e.main}\n{e.rest}") if len(part) > 20]
    made = []
    for number in range(DOCUMENTS):
        own = " ".join("".join(rng.choices("abcdeilmnorst", k=rng.randint(4, 10))) for _ in range(3))
        title = f"{rng.choice(titles)} {own.split()[0]}"
        main = " ".join(rng.choices(sentences, k=rng.randint(3, 6)))
        rest = "\n".join([*rng.choices(sentences, k=rng.randint(4, 10)), own])
        made.append(Entry("solution" if number % 2 else "priority", f"case-{number}", title, main, rest))
    return made


def _median_ms(index: Index, query: str) -> float:
    """Median CPU time of several goes: other processes on the machine disturb it less than the clock on the wall."""
    taken = []
    for _ in range(REPEATS):
        begun = time.process_time()
        index.search(query, limit=SHOWN)
        taken.append(time.process_time() - begun)
    return 1000 * statistics.median(taken)


def _slow_ms(documents: list[Entry], query: str) -> float:
    begun = time.process_time()
    slow_search(documents, query)
    return 1000 * (time.process_time() - begun)

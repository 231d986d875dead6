"""The register as the site uses it: opened once, its public part kept until something in it changes."""

import logging
import threading
import time
from dataclasses import replace
from functools import lru_cache

from sqlalchemy.exc import SQLAlchemyError

from psc.catalogue.definition import Catalogue
from psc.events import log_event
from psc.register.errors import Unavailable
from psc.register.public.public_register import PublicRegister
from psc.register.public.read_public import latest_seal, only_compiled, read_published
from psc.register.records.fields import KnownIds, KnownMeasure
from psc.register.service import Service
from psc.settings import administrators, register_url, state_folder
from psc.store.connection import Store, open_store
from psc.store.query import run_query
from psc.store.stored_documents import Documents, read_documents

LOOK_AGAIN_SECONDS = 0.5
"""How long another process's change may stay unseen; this process's own is seen at once."""
RETRY_SECONDS = 5
"""How long a database that could not be opened or read is left alone."""
NEVER = float("-inf")
_UNFORESEEN = "What is in the register cannot be read. The cause is in the log, and `psc audit verify` may say more."
_LOG = logging.getLogger(__name__)


class Access:
    """One register, opened when it is first needed, with what was last read of it. Safe between threads."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.problem: str | None = None
        self._lock = threading.RLock()
        self._service: Service | None = None
        self._published: PublicRegister | None = None
        self._of_store: Store | None = None
        self._look_at = NEVER

    def service(self) -> Service:
        """Return the register to write in. Raises Unavailable when it cannot be opened."""
        with self._lock:
            if self._service is None:
                self._service = self._open()
            return self._service

    def _open(self) -> Service:
        if self.problem and time.monotonic() < self._look_at:
            raise Unavailable(self.problem)
        store = open_store()
        # Only now, in the background while the site starts: what opening needs takes longer to load than the site.
        from psc.register.opening import open_service
        from psc.web.session.chart_facts import chart_facts

        try:
            service = open_service(
                self.url,
                folder=state_folder(),
                known=known_ids(store),
                compiled=documents_of(store).register,
                administrators=administrators(),
            )
            return replace(service, charts=chart_facts)
        except Unavailable as unavailable:
            self._failed(unavailable)
            raise

    def published(self) -> PublicRegister:
        """Return what the public reads; while the database cannot be read, what was last read, or what is compiled."""
        store = open_store()
        with self._lock:
            if time.monotonic() >= self._look_at or not (self._of_store is store or self.problem):
                try:
                    self._read(store)
                except Unavailable as unavailable:
                    self._failed(unavailable)
                except (SQLAlchemyError, ValueError, KeyError) as error:
                    self._failed(Unavailable(_UNFORESEEN), error)
            return self._published or _history(store)

    def _read(self, store: Store) -> None:
        with self.service().database.reading() as session:
            kept = self._published if self._of_store is store else None
            if kept is None or kept.seal != latest_seal(session):
                self._published = read_published(session, documents_of(store).register)
        self._of_store, self.problem = store, None
        self._look_at = time.monotonic() + LOOK_AGAIN_SECONDS

    def _failed(self, unavailable: Unavailable, cause: Exception | None = None) -> None:
        if self.problem is None:
            _LOG.error("The register cannot be read", exc_info=cause or unavailable)
            log_event("register.failed", problem=str(unavailable))
        self.problem = str(unavailable)
        self._look_at = time.monotonic() + RETRY_SECONDS

    @property
    def reason(self) -> str | None:
        """What is wrong with the register, in words for anyone; None while it can be read."""
        return Unavailable(self.problem).reason if self.problem else None

    def look_again(self) -> None:
        """See a change at once: for whoever has just made one."""
        self._look_at = NEVER


@lru_cache(maxsize=1)
def _access(url: str) -> Access:
    return Access(url)


def access() -> Access:
    """Return this process's access to the register of the settings."""
    return _access(register_url())


@lru_cache(maxsize=2)
def documents_of(store: Store) -> Documents:
    """Return the documents of a store, read once: pages ask for them dozens of times."""
    return read_documents(store)


@lru_cache(maxsize=1)
def _history(store: Store) -> PublicRegister:
    return only_compiled(documents_of(store).register)


def known_ids(store: Store) -> KnownIds:
    """Return every id that a record may name."""
    catalogue, register = documents_of(store).catalogue, documents_of(store).register
    return KnownIds(
        areas=frozenset(run_query(store, "areas")["id"]),
        harm_areas=frozenset(area.code for area in catalogue.harm_areas),
        care_settings=frozenset(setting.code for setting in catalogue.care_settings),
        metrics=frozenset(definition.id for definition in catalogue.metrics),
        programmes=frozenset(register.programmes_by_id),
        solutions=frozenset(register.solutions_by_id),
        measures=_known_measures(store, catalogue),
    )


def _known_measures(store: Store, catalogue: Catalogue) -> dict[str, KnownMeasure]:
    """Return metric id → what an aim in its figures is checked against."""
    signals = run_query(store, "all_signals")
    areas = signals.groupby("metric_id")["area_id"].agg(frozenset).to_dict()
    return {
        metric.id: KnownMeasure(metric.direction, *metric.possible, areas.get(metric.id, frozenset()))
        for metric in catalogue.metrics
    }

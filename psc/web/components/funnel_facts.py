"""What the funnel of a metric's latest figures found, for the pages that say it."""

from psc.narrate.funnel_sentences import FunnelFacts
from psc.stats.funnels.limit_curves import expected_false_alarms
from psc.web.session import store
from psc.web.session.cache import cached


def funnel_facts(metric: str) -> FunnelFacts | None:
    """Return what the funnel of a measure's latest figures found; None where there is no count to draw one from."""
    return _funnel_facts(metric)


@cached(entries=60)
def _funnel_facts(metric: str) -> FunnelFacts | None:
    found = store.rows("funnel", metric=metric)
    if found.empty:
        return None
    row, areas = found.iloc[0], store.rows("funnel_areas", metric=metric)
    return FunnelFacts(
        areas=int(row["areas"]),
        higher=tuple(areas.loc[areas["level"] == "higher", "name"]),
        lower=tuple(areas.loc[areas["level"] == "lower", "name"]),
        above=tuple(areas.loc[areas["side"] == "high", "name"]),
        below=tuple(areas.loc[areas["side"] == "low", "name"]),
        expected=float(expected_false_alarms(int(row["areas"])).expected),
        overdispersed=bool(row["overdispersed"]),
        not_compared=int((~areas["compared"]).sum()),
    )

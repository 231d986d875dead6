"""The slow, obvious twin of psc.stats.verdicts.denominator_steps: one contributor, one month at a time."""

import math
from statistics import median


def known(figures):
    return [figure for figure in figures if not math.isnan(figure)]


def side_of(own, n, year):
    """1 far above, −1 far below the median of the periods before period n, 0 neither, None without a figure."""
    if math.isnan(own[n]):
        return None
    before = known(own[max(n - year, 0) : n])
    if n < year or len(before) < year / 2 or median(before) <= 0:
        return 0
    if own[n] > 1.25 * median(before):
        return 1
    return -1 if own[n] < 0.75 * median(before) else 0


def steps(own, area, months_apart=1):
    """(first, ratio, share) of each step of one contributor."""
    year, n = 12 // months_apart, len(own)
    own = [math.nan if math.isnan(whole) else mine for mine, whole in zip(own, area, strict=True)]
    runs, current, last_side = [], [], 0
    for place in range(n):
        side = side_of(own, place, year)
        if side is None:
            continue
        if side != last_side and current:
            runs.append(current)
            current = []
        if side:
            current.append(place)
        last_side = side
    runs += [current] if current else []
    found = []
    for run in runs:
        if sum(place >= n - 24 // months_apart for place in run) * months_apart < 3:
            continue
        usual = median(known(own[run[0] - year : run[0]]))
        both = [(own[place], area[place]) for place in range(run[0] - year, run[-1] + 1) if not math.isnan(own[place])]
        share = sum(mine for mine, _ in both) / sum(whole for _, whole in both)
        if share >= 0.05:
            found.append((run[0], median(own[place] for place in run) / usual, share))
    return found

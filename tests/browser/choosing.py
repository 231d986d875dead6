"""Choosing from a list the way a person does: who sees whether it was taken, and chooses again if it was not."""

import re

from playwright.sync_api import Locator, TimeoutError, expect

_ATTEMPTS, _PATIENCE = 5, 5_000
_WIDGET = "xpath=ancestor::*[@data-testid='stSelectbox' or @data-testid='stMultiSelect'][1]"


def choose(box: Locator, option: re.Pattern[str], *, typed: str = "", finger: bool = False) -> None:
    """Choose an option of a picker, by mouse or finger, after typing the beginning of it where ``typed`` says so.

    Streamlit closes an open list as soon as the page moves beneath it. While the list fades, for a tenth of a second,
    it can still be clicked, but the click is not taken: a page that settled in that moment is met again here.
    """
    for _ in range(_ATTEMPTS):
        if _try(box, option, typed, finger):
            return
    raise AssertionError(f"“{option.pattern}” was chosen {_ATTEMPTS} times and never stood in its box")


def _try(box: Locator, option: re.Pattern[str], typed: str, finger: bool) -> bool:
    _press(box, finger)
    if typed:
        box.fill(typed)
    try:
        _press(box.page.get_by_role("option", name=option).first, finger, timeout=_PATIENCE)
    except TimeoutError:
        return False
    finally:
        # Leaving the box closes its list and takes away what was typed: only what was chosen is left in it.
        box.press("Tab")
    return _is_taken(box, option)


def _press(place: Locator, finger: bool, timeout: float | None = None) -> None:
    if finger:
        place.tap(timeout=timeout)
    else:
        place.click(timeout=timeout)


def _is_taken(box: Locator, option: re.Pattern[str]) -> bool:
    several = box.locator(_WIDGET).get_by_test_id("stMultiSelectTagsContainer")
    try:
        if several.count():
            expect(several.get_by_text(option)).to_be_visible(timeout=_PATIENCE)
        else:
            expect(box).to_have_value(option, timeout=_PATIENCE)
    except AssertionError:
        return False
    return True

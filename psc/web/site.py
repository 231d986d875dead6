"""The frame around every page: navigation, name, styles, footer. Streamlit runs this script on every visit."""

from pathlib import Path

import streamlit as st

from psc.store.connection import StoreMissing
from psc.web.components.page_parts import footer, heading
from psc.web.components.permalink import ENTERED
from psc.web.session.navigation import site_pages
from psc.web.session.register import access
from psc.web.session.store import rows

ASSETS = Path(__file__).parent / "assets"
FAVICON = ASSETS / "favicon.svg"
REGISTER_PAGES = frozenset({"area", "chart", "priorities", "priority", "solutions", "learning", "search", "suggest"})

st.set_page_config(page_title="Patient Safety Collaboratives", page_icon=str(FAVICON), layout="wide")
page = st.navigation(site_pages(), position="top")
st.session_state[ENTERED] = st.session_state.get("page") != page.url_path
st.session_state["page"] = page.url_path
try:
    release = rows("release").iloc[0]
except StoreMissing as missing:
    heading("The figures are not ready.")
    st.error(str(missing))
    st.stop()
if page.url_path in REGISTER_PAGES and (reason := access().reason):
    st.warning(
        "The register of priorities and shared learning cannot be reached at the moment, so this page shows it as it "
        f"was last seen here, or as compiled from public sources. {reason}"
    )
page.run()
footer(release)

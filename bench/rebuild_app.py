"""Serves `rebuild_page.py` with Leaflet from this machine, as the real application does."""

from pathlib import Path

import streamlit as st
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from xstatic.pkg import leaflet

PAGE = Path(__file__).with_name("rebuild_page.py")

app = st.App(PAGE, routes=[Mount("/assets/leaflet", StaticFiles(directory=leaflet.BASE_DIR))])

"""Serves the site with `rebuild_site.py` around its pages."""

from pathlib import Path

import streamlit as st

from psc.web.routes.application import MIDDLEWARE, ROUTES

app = st.App(Path(__file__).with_name("rebuild_site.py"), routes=ROUTES, middleware=MIDDLEWARE)

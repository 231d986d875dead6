"""The ASGI entry: `streamlit run app.py` serves the dashboard, its static files and its HTTP routes."""

import streamlit as st

from psc.settings import check_settings
from psc.web.routes.application import MIDDLEWARE, ROUTES, SITE, lifespan, show_script_error

check_settings()
# `streamlit run` recognises an ASGI application by this very call, so it stands here and not in a function.
app = st.App(SITE, lifespan=lifespan, routes=ROUTES, middleware=MIDDLEWARE, on_script_error=show_script_error)

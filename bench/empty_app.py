"""The site's own server with an empty page: what a visit costs before there is anything to see."""

from pathlib import Path

import streamlit as st

from psc.web.routes.application import MIDDLEWARE, ROUTES

app = st.App(Path(__file__).with_name("empty_page.py"), routes=ROUTES, middleware=MIDDLEWARE)

"""The ASGI entry: `streamlit run app.py` serves the dashboard."""

from psc.web.server import build_app

app = build_app()

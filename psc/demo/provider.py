"""The pretend provider: `python -m psc.demo.provider HOST PORT` signs anybody in as any of the demo's users.

It is oidc-provider-mock with our users, on this computer only. Its pages load their style from a third party and it
offers a debugger that runs any code; here they do neither.
"""

import os
import sys
import warnings

import uvicorn
from authlib.deprecate import AuthlibDeprecationWarning  # type: ignore[import-untyped]
from flask import Flask
from jinja2 import ChoiceLoader, DictLoader

from psc.demo.users import USERS

PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Pretend sign-in</title>
<link rel="icon" href="data:,">
<style>
body { font: 16px/1.5 Arial, Helvetica, sans-serif; color: #212b32; max-width: 44rem; margin: 2rem auto;
  padding: 0 1rem; }
button { font: inherit; display: block; width: 100%; text-align: left; margin: 0.4rem 0; padding: 0.6rem 0.8rem;
  border: 1px solid #4c6272; border-radius: 4px; background: #f0f4f5; color: #212b32; cursor: pointer; }
</style>
<main>{% block content %}{{ content }}{% endblock %}</main>
</html>
"""
FORM = """{% extends "_base.html" %}
{% block content %}
<h1>Pretend sign-in</h1>
<p>For trying the site out. Nobody checks who you are here: choose whom to be.</p>
<form method="post">
{% for user in users %}
<button type="submit" name="sub" value="{{ user.email }}"><b>{{ user.email }}</b><br>{{ user.words }}</button>
{% endfor %}
</form>
<form method="post"><button type="submit" name="action" value="deny">Go back without signing in</button></form>
{% endblock %}
"""
ERROR = """{% extends "_base.html" %}
{% block content %}<h1>Error: {{ name }}</h1><p>{{ description }}</p>{% endblock %}
"""


def provider() -> Flask:
    """Return the provider as a WSGI application that knows `USERS`, each with a verified address."""
    with warnings.catch_warnings():
        # What it imports is to go from a later Authlib; that is not for the reader of our log to mend.
        warnings.simplefilter("ignore", AuthlibDeprecationWarning)
        import oidc_provider_mock  # type: ignore[import-untyped]
    claims = [
        oidc_provider_mock.User(sub=user.email, claims={"email": user.email, "name": user.name, "email_verified": True})
        for user in USERS
    ]
    app = oidc_provider_mock.app(user_claims=claims)
    app.debug = False
    # The mock wraps its application in a debugger; this is the application without it.
    app.wsgi_app = app.wsgi_app.app
    pages = DictLoader({"_base.html": PAGE, "authorization_form.html": FORM, "error.html": ERROR})
    app.jinja_loader = ChoiceLoader([pages, app.jinja_loader])
    app.context_processor(lambda: {"users": USERS})
    return app


def main(host: str, port: int) -> None:
    """Serve it until stopped."""
    # It is not reached through a network, so it needs no encryption.
    os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"
    uvicorn.run(provider(), interface="wsgi", host=host, port=port, log_level="warning")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))

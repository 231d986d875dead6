"""The demo: the site with signing in, on one computer, with a pretend provider and five ready users.

For development only. Nobody proves who they are to the pretend provider, so it must never sign people in on a site
that others can reach; it listens on this computer alone.
"""

from psc.demo.users import USERS, DemoUser, grant_roles

__all__ = ["USERS", "DemoUser", "grant_roles"]

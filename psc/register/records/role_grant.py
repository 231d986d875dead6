"""A role that somebody holds."""

from psc.register.records.record_content import Content, OptionalLine


class RoleGrantContent(Content):
    """A role: the words are in the row's own columns."""

    name: OptionalLine = None

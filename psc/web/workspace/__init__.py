"""The workspace: where people who hold a role write, publish, review and answer."""

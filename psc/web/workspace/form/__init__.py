"""A form: its fields, answers, findings, problems and versions."""

"""This service's name; its settings are those of every process."""

SERVICE = "tasks"

"""Every event type, one module a topic: the contract in code.

The only thing that services know of each other. Import the classes from their modules and the
rest from here.
"""

from mingjing_shared.events.asyncapi import asyncapi_document
from mingjing_shared.events.base import DEPARTMENTS, SERVICES, CaseEvent, Event
from mingjing_shared.events.catalogue import (
    CATALOGUE,
    dataschema_of,
    event_class,
    key_fits,
    key_of,
    short_name,
    subject_fits,
    subject_of,
    topics_of,
    with_case_number,
)
from mingjing_shared.events.decoding import DataRefused, decode, to_data
from mingjing_shared.events.examples import example
from mingjing_shared.events.overview import CatalogueRow, FieldRow, catalogue_rows
from mingjing_shared.events.personal import merge_pii, split_pii, unknown_fields
from mingjing_shared.events.plausible import implausible, implausible_instant
from mingjing_shared.events.problems import FieldProblem, explain
from mingjing_shared.events.schema import schema_of

__all__ = [
    "CATALOGUE",
    "DEPARTMENTS",
    "SERVICES",
    "CaseEvent",
    "CatalogueRow",
    "DataRefused",
    "Event",
    "FieldProblem",
    "FieldRow",
    "asyncapi_document",
    "catalogue_rows",
    "dataschema_of",
    "decode",
    "event_class",
    "example",
    "explain",
    "implausible",
    "implausible_instant",
    "key_fits",
    "key_of",
    "merge_pii",
    "schema_of",
    "short_name",
    "split_pii",
    "subject_fits",
    "subject_of",
    "to_data",
    "topics_of",
    "unknown_fields",
    "with_case_number",
]

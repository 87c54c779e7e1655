"""The sealed columns of recording, and what each value is bound to."""

from __future__ import annotations

from mingjing_recording.tables import (
    BLOBS,
    CASEFILE_PACKAGES,
    DOCUMENT_FACTS,
    DOCUMENTS,
    GAP_EXPLANATIONS,
)
from mingjing_shared.privacy.sealed import Sealed

DOCUMENT_TITLE = Sealed(DOCUMENTS.c.title, "document.title/{document_key}")
DOCUMENT_FACT_TITLE = Sealed(DOCUMENT_FACTS.c.title, DOCUMENT_TITLE.form)
DATA_KEY = Sealed(BLOBS.c.data_key, "blobs.data_key/{blob_id}")
GAP_WORDS = Sealed(GAP_EXPLANATIONS.c.words, "gap_explanations.words/{explanation_id}")
LACKING = Sealed(CASEFILE_PACKAGES.c.lacking, "casefile_packages.lacking/{sha256}")

SEALED = (DOCUMENT_TITLE, DOCUMENT_FACT_TITLE, DATA_KEY, GAP_WORDS, LACKING)

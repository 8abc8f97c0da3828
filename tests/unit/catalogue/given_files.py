"""The files among inputs or in a request, as prices count them."""

import json
import re
from collections.abc import Mapping

from app.catalogue import MediaFile, Modality, read_media


def files_of(inputs: Mapping[str, object], kind: Modality) -> list[MediaFile]:
    """Every picture, clip or recording that goes in, those within lists of parts, too."""
    references = re.findall(r'"(telegram:[^"]*)"', json.dumps(inputs))
    files = (read_media(reference) for reference in references)
    return [file for file in files if file is not None and file.kind is kind]

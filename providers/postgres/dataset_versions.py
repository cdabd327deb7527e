"""Any version of a dataset, from the first one and the patches since; and where its values came from."""

from collections.abc import Sequence
from typing import Any

import jsonpatch

from domain.dataset import Dataset
from providers.postgres.rows import Row


def at_version(first: Dataset, versions: Sequence[Row]) -> Dataset:
    """Apply the patches of `versions`, in order, to the first dataset."""
    dataset = first
    for version in versions:
        dataset = jsonpatch.apply_patch(dataset, version["patch"])
    return dataset


def latest_sources(versions: Sequence[Row]) -> list[dict[str, Any]]:
    """For each JSON Pointer, the newest turn and words that set it; clocks have no words."""
    sources: dict[str, dict[str, Any]] = {}
    for version in versions:
        sources |= {source["path"]: source for source in version["provenance"]}
    return [source for path, source in sources.items() if not path.endswith("/updated_at")]

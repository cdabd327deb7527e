"""Rows as LangSmith's examples, and the datasets of an account that hold them."""

from uuid import UUID, uuid5

from langsmith import Client
from langsmith.schemas import Example

from evals.datasets import Dataset

HERE = UUID(int=0)
"""Stands for a dataset that no account holds."""


def examples_of(dataset: Dataset, dataset_id: UUID = HERE) -> list[Example]:
    """The rows as LangSmith's examples; a row that was changed is another example."""
    return [
        Example(
            id=uuid5(dataset_id, f"{dataset.name}/{row.model_dump_json()}"),
            dataset_id=dataset_id,
            inputs=row.model_dump(mode="json", exclude={"about", "expected"}),
            outputs=row.model_dump(mode="json", include={"expected"}),
            metadata={"about": row.about},
        )
        for row in dataset.rows
    ]


def upload_examples(client: Client, dataset: Dataset) -> list[Example]:
    """Give LangSmith the rows that it does not have yet, and return all of them as it knows them."""
    name = dataset.name
    known = client.has_dataset(dataset_name=name)
    kept = client.read_dataset(dataset_name=name) if known else client.create_dataset(name)
    examples = examples_of(dataset, kept.id)
    there = {example.id for example in client.list_examples(dataset_id=kept.id)} if known else set()
    new = [
        {"id": each.id, "inputs": each.inputs, "reference_outputs": each.outputs, "metadata": each.metadata}
        for each in examples
        if each.id not in there
    ]
    if new:
        client.create_examples(dataset_id=kept.id, examples=new)
    return examples

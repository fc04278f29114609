"""What `plan.json` says: the network to build, what it predicts, and how to train it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Mapping

FORMAT_VERSION = 1


class PlanError(ValueError):
    """A plan that this program does not understand; the message says what was expected and what was found."""


@dataclass(frozen=True)
class Table:
    """An embedding table: `rows` ids by `dimension` values.

    While training: frozen_epochs at the start in which it does not change; l2, weight of half its squared values in the
    loss; max_norm, to which longer rows are cut after each step (0 for none).
    """

    rows: int
    dimension: int
    frozen_epochs: int = 0
    l2: float = 0.0
    max_norm: float = 0.0


@dataclass(frozen=True)
class Column:
    """One thing looked up about each token.

    kind: `entry`, one id a token; `lexicon`, the sum of several; `ngrams`, their mean; `characters-cnn` and
    `characters-lstm`, read by a network. table: index of its embedding table. ids_per_token: W. output_size: values it
    adds to a token's vector.
    """

    kind: str
    table: int
    ids_per_token: int
    output_size: int


@dataclass(frozen=True)
class Lstm:
    """The encoder: units of each direction, stacked layers, directions, and what each layer does beside."""

    state_size: int
    layers: int
    bidirectional: bool = True
    layer_norm: bool = False
    learned_initial_state: bool = False

    def output_size(self) -> int:
        """Values per token that it gives."""
        return 2 * self.state_size if self.bidirectional else self.state_size


@dataclass(frozen=True)
class NetworkPlan:
    """The network.

    head: `per-text` or `per-token`. representation: what stands for a text, `max-mean`, `last` or `attention`. classes:
    the number of outputs, K.
    """

    tables: list[Table]
    columns: list[Column]
    lstm: Lstm
    representation: str
    head: str
    classes: int


@dataclass(frozen=True)
class TrainingPlan:
    """How to train; names and meanings are those of a recipe's `training` section.

    word_columns: indices of the columns in which word dropout makes ids unknown.
    """

    epochs: int
    patience: int
    batch_size: int
    optimizer: str
    learning_rate: float
    warm_up_steps: int
    decay: str
    weight_decay: float
    momentum: float
    embedding_dropout: float
    layer_dropout: float
    output_dropout: float
    word_dropout: float
    clip_norm: float | None
    clip_value: float | None
    averaging: float
    seed: int
    word_columns: list[int]


@dataclass(frozen=True)
class Plan:
    """The whole of it; labels are class names or entity types, tags those of the CRF (none for a text classifier)."""

    task: str
    labels: list[str]
    tags: list[str]
    network: NetworkPlan
    training: TrainingPlan | None = field(default=None)


def read_plan(directory: Path) -> Plan:
    """Reads `plan.json` of a folder that Glosstream prepared."""
    file = directory / "plan.json"
    if not file.is_file():
        raise PlanError(
            f"folder '{directory}': expected a plan.json, found none; make the folder with 'glosstream prepare'"
        )
    content = json.loads(file.read_text(encoding="utf-8"))
    if content.get("formatVersion") != FORMAT_VERSION:
        raise PlanError(
            f"plan '{file}': expected formatVersion {FORMAT_VERSION}, got {content.get('formatVersion')};"
            " prepare the folder with the Glosstream that this training folder belongs to"
        )
    return parse_plan(content)


def parse_plan(content: Mapping[str, Any]) -> Plan:
    """Turns the content of `plan.json` into a plan."""
    network = content["network"]
    training = content.get("training")
    return Plan(
        task=content["task"],
        labels=list(content["labels"]),
        tags=list(content.get("tags", [])),
        network=NetworkPlan(
            tables=[_record(Table, table) for table in network["tables"]],
            columns=[_record(Column, column) for column in network["columns"]],
            lstm=_record(Lstm, network["lstm"]),
            representation=network["representation"],
            head=network["head"],
            classes=network["classes"],
        ),
        training=None if training is None else _record(TrainingPlan, training),
    )


def _record(kind: type, values: Mapping[str, Any]) -> Any:
    """Makes a dataclass from keys in camel case; every key must be known, every field given."""
    wanted = {_camel(each.name): each.name for each in fields(kind)}
    if set(values) != set(wanted):
        raise PlanError(
            f"plan: expected {kind.__name__.lower()} to have {sorted(wanted)}, got {sorted(values)}; prepare the folder"
            " with the Glosstream that this training folder belongs to"
        )
    return kind(**{wanted[key]: value for key, value in values.items()})


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)

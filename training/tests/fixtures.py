"""Small plans, networks and examples, the same in every run."""

from __future__ import annotations

import random

import numpy as np
import torch
from torch import Tensor, nn

from glosstream_torch.data import Example
from glosstream_torch.network import SequenceNetwork
from glosstream_torch.plan import Column, Lstm, NetworkPlan, Plan, Table, TrainingPlan

TAGS = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC"]
COLUMNS = [
    Column("entry", 0, 1, 8),
    Column("entry", 1, 1, 4),
    Column("ngrams", 1, 5, 4),
    Column("lexicon", 1, 3, 4),
    Column("characters-cnn", 2, 6, 7),
    Column("characters-lstm", 2, 12, 8),
]
TABLES = [Table(50, 8), Table(20, 4), Table(30, 6)]


def network_plan(lstm: Lstm = Lstm(6, 2), representation: str = "max-mean", head: str = "per-text") -> NetworkPlan:
    """A network with a column of every kind; columns share tables."""
    return NetworkPlan(TABLES, COLUMNS, lstm, representation, head, 3 if head == "per-text" else len(TAGS))


def random_network(plan: NetworkPlan) -> SequenceNetwork:
    """A network with random weights, biases included, large enough to matter."""
    torch.manual_seed(3)
    network = SequenceNetwork(plan).eval()
    for parameter in network.parameters():
        nn.init.normal_(parameter, std=0.5)
    return network


def random_ids(plan: NetworkPlan, lengths: list[int], seed: int = 5) -> list[Tensor]:
    """Ids of a batch: padding behind the length of a row, and behind the ids of some tokens."""
    chance = np.random.default_rng(seed)
    columns = []
    for column in plan.columns:
        cells = chance.integers(1, 20, (len(lengths), max(lengths), column.ids_per_token))
        half = column.ids_per_token // 2
        used = chance.integers(1, column.ids_per_token + 1, cells.shape[:2])
        for row, length in enumerate(lengths):
            cells[row, length:] = 0
            for token in range(length):
                if column.kind == "characters-lstm":
                    own = 1 + used[row, token] % half
                    cells[row, token, own:half] = 0
                    cells[row, token, half : half + own] = cells[row, token, :own][::-1]
                    cells[row, token, half + own :] = 0
                elif column.ids_per_token > 1:
                    cells[row, token, used[row, token] :] = 0
        columns.append(torch.from_numpy(cells if column.ids_per_token > 1 else cells[:, :, 0]))
    return columns


def training_plan(**changes: object) -> TrainingPlan:
    """Settings that learn a toy corpus by heart."""
    settings: dict[str, object] = dict(
        epochs=30,
        patience=30,
        batch_size=8,
        optimizer="adam",
        learning_rate=0.02,
        warm_up_steps=0,
        decay="cosine",
        weight_decay=0.0,
        momentum=0.0,
        embedding_dropout=0.1,
        layer_dropout=0.1,
        output_dropout=0.1,
        word_dropout=0.05,
        clip_norm=None,
        clip_value=1.0,
        averaging=0.9,
        seed=7,
        word_columns=[0],
    )
    settings.update(changes)
    return TrainingPlan(**settings)  # type: ignore[arg-type]


def toy_plan(per_token: bool, **changes: object) -> Plan:
    """One column of words; texts of a class, or tags that follow from the word."""
    network = NetworkPlan(
        [Table(12, 6)],
        [Column("entry", 0, 1, 6)],
        Lstm(5, 1),
        "max-mean",
        "per-token" if per_token else "per-text",
        len(TAGS) if per_token else 2,
    )
    return Plan(
        "entities" if per_token else "sentiment",
        ["PER", "LOC"] if per_token else ["bad", "good"],
        TAGS if per_token else [],
        network,
        training_plan(**changes),
    )


def toy_examples(per_token: bool, count: int = 60) -> list[Example]:
    """Word 2 is a person, 3 goes on with it, 4 is a place; or word 5 makes a text good."""
    chance = random.Random(11)
    examples = []
    for _ in range(count):
        words: list[int] = []
        tags: list[int] = []
        while len(words) < chance.randint(2, 9):
            kind = chance.choice([[2, 3], [2], [4], [6], [7], [5]])
            words += kind
            tags += {2: [1, 2], 4: [3]}.get(kind[0], [0])[: len(kind)]
        good = float(5 in words)
        target = np.array(tags) if per_token else np.array([1 - good, good], dtype=np.float32)
        examples.append(Example(len(words), [np.array(words)], target))
    return examples


def initial(plan: Plan) -> dict[str, np.ndarray]:
    """Start values, as `glosstream prepare` would write them: the row of padding is zero."""
    torch.manual_seed(1)
    network = SequenceNetwork(plan.network)
    with torch.no_grad():
        for table in network.tables:
            table.weight[0] = 0
    return {name: parameter.detach().numpy() for name, parameter in network.named_parameters()}

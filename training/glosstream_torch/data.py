"""Examples as `glosstream prepare` writes them, and the batches of an epoch."""

from __future__ import annotations

import gzip
import json
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Iterator, Sequence

import numpy as np
import torch
from torch import Tensor

UNKNOWN_ID = 1
POOL = 50


@dataclass(frozen=True)
class Example:
    """One text: `length` tokens T; ids, one array [T * W] per column; targets, a tag per token [T] or the probability of
    each class [K]; weight, how much it counts."""

    length: int
    ids: list[np.ndarray]
    targets: np.ndarray
    weight: float = 1.0


@dataclass(frozen=True)
class Batch:
    """ids: int64 [B, T] or [B, T, W] per column; lengths: int64 [B]; targets: float32 [B, K], or tags int64 [B, T] with 0
    as padding; weights: float32 [B]."""

    ids: list[Tensor]
    lengths: Tensor
    targets: Tensor
    weights: Tensor


def read_examples(file: Path) -> list[Example]:
    """Reads a file of examples: gzip of JSON lines.

    `{"length": T, "ids": [[...], ...], "weight": 1.0, "tags": [...]}`, or `"distribution"` in place of `"tags"`.
    """
    examples = []
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            content = json.loads(line)
            examples.append(
                Example(
                    content["length"],
                    [np.asarray(ids, dtype=np.int32) for ids in content["ids"]],
                    np.asarray(content["tags"], dtype=np.int64)
                    if "tags" in content
                    else np.asarray(content["distribution"], dtype=np.float32),
                    content["weight"],
                )
            )
    return examples


def collate(examples: Sequence[Example], per_token: bool) -> Batch:
    """Puts examples side by side, padded to the longest."""
    size, longest = len(examples), max(example.length for example in examples)
    columns = []
    for column in range(len(examples[0].ids)):
        width = len(examples[0].ids[column]) // examples[0].length
        cells = np.zeros((size, longest * width), dtype=np.int64)
        for row, example in enumerate(examples):
            cells[row, : example.length * width] = example.ids[column]
        shape = (size, longest) if width == 1 else (size, longest, width)
        columns.append(torch.from_numpy(cells.reshape(shape)))
    width = longest if per_token else len(examples[0].targets)
    targets = np.zeros((size, width), dtype=np.int64 if per_token else np.float32)
    for row, example in enumerate(examples):
        targets[row, : len(example.targets)] = example.targets
    return Batch(
        columns,
        torch.tensor([example.length for example in examples]),
        torch.from_numpy(targets),
        torch.tensor([example.weight for example in examples]),
    )


def epoch_batches(examples: Sequence[Example], size: int, chance: random.Random) -> list[list[Example]]:
    """Returns the batches of an epoch: shuffled, yet of like length, sorted within pools of fifty batches."""
    shuffled = list(examples)
    chance.shuffle(shuffled)
    batches: list[list[Example]] = []
    for start in range(0, len(shuffled), POOL * size):
        pool = sorted(shuffled[start : start + POOL * size], key=lambda example: example.length)
        batches.extend(pool[at : at + size] for at in range(0, len(pool), size))
    chance.shuffle(batches)
    return batches


def in_order(examples: Sequence[Example], size: int) -> Iterator[Sequence[Example]]:
    """Yields the examples in their order, some at a time."""
    for start in range(0, len(examples), size):
        yield examples[start : start + size]


def drop_words(batch: Batch, columns: Sequence[int], rate: float, generator: torch.Generator) -> None:
    """Makes the words of some tokens unknown, in place, so that the network learns to do without."""
    if rate == 0 or not columns:
        return
    cells = batch.ids[columns[0]]
    dropped = torch.rand(cells.shape, generator=generator).lt(rate) & cells.ne(0)
    for column in columns:
        batch.ids[column].masked_fill_(dropped, UNKNOWN_ID)

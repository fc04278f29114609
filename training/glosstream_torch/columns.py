"""From the ids of a token column to the vector it gives each token.

B texts, T tokens, W ids per token, D values of a table's row, F values of the vector. Padding ids are 0 and count for
nothing; a cell of padding gets a vector that means nothing.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from .plan import Column, PlanError

KERNEL = 3


class EntryVectors(nn.Module):
    """One id per token: [B, T] -> [B, T, D]."""

    def __init__(self, table: nn.Embedding) -> None:
        super().__init__()
        self.table = table

    def forward(self, ids: Tensor) -> Tensor:
        return self.table(ids)


class SummedVectors(nn.Module):
    """The sum of the vectors of a token's ids, or their mean; zero if it has none: [B, T, W] -> [B, T, D]."""

    def __init__(self, table: nn.Embedding, mean: bool) -> None:
        super().__init__()
        self.table = table
        self.mean = mean

    def forward(self, ids: Tensor) -> Tensor:
        vectors = self.table(ids)
        mask = ids.ne(0).unsqueeze(3).to(vectors.dtype)
        total = (vectors * mask).sum(dim=2)
        return total / mask.sum(dim=2).clamp(min=1.0) if self.mean else total


class CharacterCnn(nn.Module):
    """A convolution over three characters, tanh, and its maximum over the token: [B, T, W] -> [B, T, F].

    Ma and Hovy, "End-to-end Sequence Labeling via Bi-directional LSTM-CNNs-CRF", 2016.
    """

    def __init__(self, table: nn.Embedding, filters: int) -> None:
        super().__init__()
        self.table = table
        self.convolution = nn.Conv1d(table.embedding_dim, filters, KERNEL, padding=KERNEL // 2)

    def forward(self, ids: Tensor) -> Tensor:
        shape = ids.size()
        flat = ids.reshape(-1, shape[2])
        mask = flat.ne(0)
        vectors = self.table(flat)
        vectors = vectors * mask.unsqueeze(2).to(vectors.dtype)
        convolved = torch.tanh(self.convolution(vectors.transpose(1, 2)))
        # Padding falls below every value of tanh.
        real = convolved - 2.0 * (~mask).unsqueeze(1).to(convolved.dtype)
        return real.amax(dim=2).reshape(shape[0], shape[1], -1)


class CharacterLstm(nn.Module):
    """The last states of an LSTM over the characters and of one over them in reverse: [B, T, W] -> [B, T, F].

    Of the W ids of a token the first half is its characters in order, the second half the same in reverse. Lample et
    al., "Neural Architectures for Named Entity Recognition", 2016.
    """

    def __init__(self, table: nn.Embedding, filters: int) -> None:
        super().__init__()
        self.table = table
        self.ahead = nn.LSTM(table.embedding_dim, filters // 2, batch_first=True)
        self.behind = nn.LSTM(table.embedding_dim, filters // 2, batch_first=True)

    def forward(self, ids: Tensor) -> Tensor:
        shape = ids.size()
        flat = ids.reshape(-1, shape[2])
        length = shape[2] // 2
        vectors = self.table(flat)
        last = (flat[:, :length].ne(0).sum(dim=1) - 1).clamp(min=0)
        ahead, _ = self.ahead(vectors[:, :length])
        behind, _ = self.behind(vectors[:, length:])
        rows = torch.arange(flat.size(0), device=flat.device)
        return torch.cat([ahead[rows, last], behind[rows, last]], dim=1).reshape(shape[0], shape[1], -1)


def column_vectors(column: Column, tables: nn.ModuleList) -> nn.Module:
    """Returns the module of a column; columns may share a table."""
    table = tables[column.table]
    if column.kind == "entry":
        return EntryVectors(table)
    if column.kind in ("lexicon", "ngrams"):
        return SummedVectors(table, mean=column.kind == "ngrams")
    if column.kind == "characters-cnn":
        return CharacterCnn(table, column.output_size)
    if column.kind == "characters-lstm":
        return CharacterLstm(table, column.output_size)
    raise PlanError(
        f"plan: expected a column of kind entry, lexicon, ngrams, characters-cnn or characters-lstm, got '{column.kind}'"
    )

"""The network that Glosstream serves, in PyTorch: token columns, LSTM, representation of the text, linear layer.

B texts of a batch, T tokens of the longest, W ids per token, H units of a direction, S values of a token's state (2H, or H
for one direction), K outputs.
"""

from __future__ import annotations

from typing import List, NamedTuple

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from .columns import column_vectors
from .plan import Lstm, NetworkPlan, PlanError


class Dropout(NamedTuple):
    """Shares of values set to zero while training: of the embedded tokens, between LSTM layers, before the last layer."""

    embedding: float = 0.0
    between_layers: float = 0.0
    output: float = 0.0


def initial(ahead: Tensor, behind: Tensor, rows: int) -> Tensor:
    """The same state for every row: [1, H] and [1, H] or [0, H] -> [directions, B, H]."""
    return torch.cat([ahead, behind]).unsqueeze(1).expand(-1, rows, -1).contiguous()


class EncoderLayer(nn.Module):
    """One LSTM layer over packed rows: [B, T, D], lengths [B] on the CPU -> [B, T, S]."""

    def __init__(self, input_size: int, plan: Lstm) -> None:
        super().__init__()
        self.lstm = nn.LSTM(input_size, plan.state_size, batch_first=True, bidirectional=plan.bidirectional)
        # States before the first token, a row per direction; no parameters, and zero, unless they are learned.
        directions = {"": 1, "_reverse": 1 if plan.bidirectional else 0}
        for name, rows in ((kind + way, rows) for kind in ("hidden", "cell") for way, rows in directions.items()):
            state = torch.zeros(rows, plan.state_size)
            if plan.learned_initial_state and rows:
                self.register_parameter("initial_" + name, nn.Parameter(state))
            else:
                self.register_buffer("initial_" + name, state, persistent=False)
        self.norm = nn.LayerNorm(plan.output_size()) if plan.layer_norm else nn.Identity()

    def forward(self, x: Tensor, lengths: Tensor) -> Tensor:
        if torch.jit.is_scripting():
            return self.norm(self.read_padded(x, lengths))
        return self.norm(self.read_packed(x, lengths))

    def read_packed(self, x: Tensor, lengths: Tensor) -> Tensor:
        """Through packed rows: what is trained, and what the other way is tested against."""
        packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        start = (
            initial(self.initial_hidden, self.initial_hidden_reverse, x.size(0)),
            initial(self.initial_cell, self.initial_cell_reverse, x.size(0)),
        )
        states, _ = self.lstm(packed, start)
        return pad_packed_sequence(states, batch_first=True, total_length=x.size(1))[0]

    def read_padded(self, x: Tensor, lengths: Tensor) -> Tensor:
        """The same through padded rows, each reversed within its own length for the backward direction.

        Padding stays behind the real tokens in both directions. libtorch has fused kernels for padded rows alone, in
        bfloat16 too; it reads packed ones step by step.
        """
        weights = self.lstm._flat_weights
        start = [initial(state, state[:0], x.size(0)) for state in (self.initial_hidden, self.initial_cell)]
        states = torch.lstm(x, start, weights[:4], True, 1, 0.0, False, False, True)[0]
        if not self.lstm.bidirectional:
            return states
        steps = torch.arange(x.size(1)).unsqueeze(0)
        mirrored = lengths.unsqueeze(1) - 1 - steps
        cells = torch.where(mirrored < 0, steps, mirrored).unsqueeze(2).to(x.device)
        start = [
            initial(state, state[:0], x.size(0)) for state in (self.initial_hidden_reverse, self.initial_cell_reverse)
        ]
        behind = torch.lstm(
            x.gather(1, cells.expand(-1, -1, x.size(2))), start, weights[4:], True, 1, 0.0, False, False, True
        )[0]
        return torch.cat([states, behind.gather(1, cells.expand(-1, -1, behind.size(2)))], dim=2)


class Encoder(nn.Module):
    """Stacked LSTM layers: [B, T, D], lengths [B] on the CPU -> [B, T, S]; what lies behind a row's end means nothing."""

    def __init__(self, input_size: int, plan: Lstm, dropout: float) -> None:
        super().__init__()
        sizes = [input_size] + [plan.output_size()] * (plan.layers - 1)
        self.layers = nn.ModuleList(EncoderLayer(size, plan) for size in sizes)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, lengths: Tensor) -> Tensor:
        for index, layer in enumerate(self.layers):
            if index > 0:
                x = self.dropout(x)
            x = layer(x, lengths)
        return x


class MaxMean(nn.Module):
    """Maximum and mean of the states of the real tokens: [B, T, S], mask [B, T, 1] -> [B, 2S]."""

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        real = states * mask
        maximum = (real + (mask - 1.0) * 1e4).amax(dim=1)
        return torch.cat([maximum, real.sum(dim=1) / mask.sum(dim=1)], dim=1)


class Last(nn.Module):
    """The forward state of the last token, beside the backward state of the first: [B, T, S] -> [B, S]."""

    def __init__(self, plan: Lstm) -> None:
        super().__init__()
        self.state_size = plan.state_size

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        rows = torch.arange(states.size(0), device=states.device)
        last = mask.sum(dim=[1, 2]).to(torch.int64) - 1
        ahead = states[rows, last][:, : self.state_size]
        return torch.cat([ahead, states[:, 0, self.state_size :]], dim=1)


class Attention(nn.Module):
    """The mean of the states, weighted by learned attention (Yang et al., 2016): [B, T, S] -> [B, S]."""

    def __init__(self, plan: Lstm) -> None:
        super().__init__()
        self.hidden = nn.Linear(plan.output_size(), plan.output_size())
        self.score = nn.Linear(plan.output_size(), 1, bias=False)

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        # Far enough below any score that padding has no weight at all.
        scores = self.score(torch.tanh(self.hidden(states))) + (mask - 1.0) * 1e4
        return (states * torch.softmax(scores, dim=1)).sum(dim=1)


class EachToken(nn.Module):
    """The states as they are, for an answer per token."""

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        return states


def representation(plan: NetworkPlan) -> tuple[nn.Module, int]:
    """Returns what stands before the linear layer, and the number of values it gives."""
    size = plan.lstm.output_size()
    if plan.head == "per-token":
        return EachToken(), size
    if plan.head != "per-text":
        raise PlanError(f"plan: expected a head per-text or per-token, got '{plan.head}'")
    if plan.representation == "max-mean":
        return MaxMean(), 2 * size
    if plan.representation == "last":
        return Last(plan.lstm), size
    if plan.representation == "attention":
        return Attention(plan.lstm), size
    raise PlanError(f"plan: expected a representation max-mean, last or attention, got '{plan.representation}'")


class SequenceNetwork(nn.Module):
    """The network of a bundle.

    `score` takes the ids of each column, int64 [B, T] (or [B, T, W] where a token has several), and lengths int64 [B];
    it returns float32 [B, T, K] with the head `per-token`, [B, K] with `per-text`. Cells of padding hold values that
    mean nothing. Columns and LSTM may be in bfloat16; what follows them is always in float32.
    """

    def __init__(self, plan: NetworkPlan, dropout: Dropout = Dropout()) -> None:
        super().__init__()
        self.tables = nn.ModuleList(nn.Embedding(table.rows, table.dimension) for table in plan.tables)
        self.columns = nn.ModuleList(column_vectors(column, self.tables) for column in plan.columns)
        self.input_dropout = nn.Dropout(dropout.embedding)
        width = sum(column.output_size for column in plan.columns)
        self.encoder = Encoder(width, plan.lstm, dropout.between_layers)
        self.representation, size = representation(plan)
        self.output_dropout = nn.Dropout(dropout.output)
        self.output = nn.Linear(size, plan.classes)

    @torch.jit.export
    def score(self, ids: List[Tensor], lengths: Tensor) -> Tensor:
        vectors: List[Tensor] = []
        for index, column in enumerate(self.columns):
            vectors.append(column(ids[index]))
        embedded = self.input_dropout(torch.cat(vectors, dim=2))
        states = self.encoder(embedded, lengths.cpu()).float()
        steps = torch.arange(states.size(1), device=states.device)
        mask = steps.unsqueeze(0).lt(lengths.to(states.device).unsqueeze(1)).unsqueeze(2).to(states.dtype)
        return self.output(self.output_dropout(self.representation(states, mask)))

    def to_bfloat16(self) -> "SequenceNetwork":
        """Turns columns and LSTM into bfloat16, in place; the casts are inside `score`."""
        self.tables.to(torch.bfloat16)
        self.columns.to(torch.bfloat16)
        self.encoder.to(torch.bfloat16)
        return self


def load_parameters(network: SequenceNetwork, arrays: "dict[str, object]") -> None:
    """Fills a network with parameters by name, as NumPy arrays; exactly its own must be there, in its own shapes."""
    parameters = dict(network.named_parameters())
    if set(parameters) != set(arrays):
        raise PlanError(f"parameters: expected {sorted(parameters)}, got {sorted(arrays)}")
    with torch.no_grad():
        for name, parameter in parameters.items():
            values = torch.as_tensor(arrays[name], dtype=torch.float32)
            if values.shape != parameter.shape:
                raise PlanError(
                    f"parameter '{name}': expected shape {list(parameter.shape)}, got {list(values.shape)}"
                )
            parameter.copy_(values)

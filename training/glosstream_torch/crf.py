"""A linear-chain conditional random field over BIO tags: exact log-likelihood, and the best path.

B sequences, T tokens, K tags. `transitions[from][to]` are natural-log scores. Tags are 0 for O, 2n + 1 for B and 2n + 2
for I of type n; what BIO forbids scores FORBIDDEN while training and is never decoded. Lample et al., "Neural
Architectures for Named Entity Recognition", 2016.
"""

from __future__ import annotations

from typing import Sequence

import torch
from torch import Tensor, nn

FORBIDDEN = -1e4


def is_inside(tag: int) -> bool:
    """Whether a tag continues an entity."""
    return tag != 0 and tag % 2 == 0


def may_follow(before: int, after: int) -> bool:
    """Whether `after` may stand directly after `before`: an I only after a B or I of its own type."""
    return not is_inside(after) or before in (after, after - 1)


class LinearChainCrf(nn.Module):
    """The transitions, and what is computed with them."""

    def __init__(self, tags: int) -> None:
        super().__init__()
        self.transitions = nn.Parameter(torch.zeros(tags, tags))
        self.start = nn.Parameter(torch.zeros(tags))
        self.end = nn.Parameter(torch.zeros(tags))
        forbidden = [[0.0 if may_follow(i, j) else FORBIDDEN for j in range(tags)] for i in range(tags)]
        self.register_buffer("forbidden", torch.tensor(forbidden))
        self.register_buffer("forbidden_start", torch.tensor([FORBIDDEN if is_inside(i) else 0.0 for i in range(tags)]))

    def loss(self, emissions: Tensor, tags: Tensor, lengths: Tensor) -> Tensor:
        """Returns the negative log-likelihood of the tags of each sequence, [B].

        emissions [B, T, K]; tags int64 [B, T], anything behind a sequence's end; lengths [B].
        """
        steps = torch.arange(emissions.size(1), device=emissions.device)
        mask = steps.unsqueeze(0) < lengths.to(emissions.device).unsqueeze(1)
        return self._log_partition(emissions, mask) - self._path_score(emissions, tags, mask)

    def _scores(self) -> tuple[Tensor, Tensor]:
        return self.transitions + self.forbidden, self.start + self.forbidden_start

    def _log_partition(self, emissions: Tensor, mask: Tensor) -> Tensor:
        """The forward algorithm: [B]."""
        transitions, start = self._scores()
        alphas = start + emissions[:, 0]
        for step in range(1, emissions.size(1)):
            following = torch.logsumexp(alphas.unsqueeze(2) + transitions, dim=1) + emissions[:, step]
            alphas = torch.where(mask[:, step].unsqueeze(1), following, alphas)
        return torch.logsumexp(alphas + self.end, dim=1)

    def _path_score(self, emissions: Tensor, tags: Tensor, mask: Tensor) -> Tensor:
        """The score of the given paths: [B]."""
        transitions, start = self._scores()
        safe = tags.masked_fill(~mask, 0)
        own = emissions.gather(2, safe.unsqueeze(2)).squeeze(2).masked_fill(~mask, 0.0).sum(dim=1)
        moves = transitions[safe[:, :-1], safe[:, 1:]].masked_fill(~mask[:, 1:], 0.0).sum(dim=1)
        last = safe.gather(1, (mask.sum(dim=1) - 1).unsqueeze(1)).squeeze(1)
        return own + moves + start[safe[:, 0]] + self.end[last]

    @torch.no_grad()
    def best_path(self, emissions: Tensor) -> list[int]:
        """Returns the best allowed path of one sequence, emissions [T, K]: T tags. Ties go to the lower tag."""
        transitions, start = self._scores()
        scores = start + emissions[0]
        pointers: list[list[int]] = []
        for emission in emissions[1:]:
            best, source = (scores.unsqueeze(1) + transitions).max(dim=0)
            pointers.append(source.tolist())
            scores = best + emission
        path = [int((scores + self.end).argmax())]
        for source in reversed(pointers):
            path.append(source[path[-1]])
        return path[::-1]


def spans(tags: Sequence[int]) -> list[tuple[int, int, int]]:
    """Returns the entities of a path of tags: (type, first token, token after the last)."""
    found: list[tuple[int, int, int]] = []
    start = -1
    for position, tag in enumerate([*tags, 0]):
        if start >= 0 and not is_inside(tag):
            found.append(((tags[start] - 1) // 2, start, position))
            start = -1
        if tag % 2 == 1:
            start = position
    return found

"""The CRF against every path written out."""

from __future__ import annotations

import itertools
import unittest

import torch
from torch import Tensor, nn

from glosstream_torch.crf import FORBIDDEN, LinearChainCrf, is_inside, may_follow, spans

TAGS = 5
TOLERANCE = 1e-4


class LinearChainCrfTest(unittest.TestCase):
    def setUp(self) -> None:
        torch.manual_seed(2)
        self.crf = LinearChainCrf(TAGS)
        for parameter in self.crf.parameters():
            nn.init.normal_(parameter)

    def path_score(self, emissions: Tensor, path: tuple[int, ...]) -> float:
        """By the definition, one addition after the other."""
        total = self.crf.start[path[0]] + self.crf.end[path[-1]]
        total = total + (FORBIDDEN if is_inside(path[0]) else 0)
        for position, tag in enumerate(path):
            total = total + emissions[position, tag]
            if position:
                total = total + self.crf.transitions[path[position - 1], tag]
                total = total + (0 if may_follow(path[position - 1], tag) else FORBIDDEN)
        return float(total)

    def test_should_equal_the_sum_over_all_paths_for_rows_of_mixed_length(self) -> None:
        lengths = [4, 1, 3]
        emissions = torch.randn(3, 4, TAGS)
        tags = torch.tensor([[1, 2, 0, 3], [3, 0, 0, 0], [0, 1, 2, 0]])
        expected = []
        for row, length in enumerate(lengths):
            scores = [
                self.path_score(emissions[row], path) for path in itertools.product(range(TAGS), repeat=length)
            ]
            gold = self.path_score(emissions[row], tuple(tags[row, :length].tolist()))
            expected.append(float(torch.logsumexp(torch.tensor(scores), 0)) - gold)

        loss = self.crf.loss(emissions, tags, torch.tensor(lengths))

        for row in range(3):
            self.assertAlmostEqual(float(loss[row].detach()), expected[row], delta=TOLERANCE)

    def test_should_not_read_behind_the_end_of_a_row(self) -> None:
        emissions = torch.randn(2, 6, TAGS)
        tags = torch.tensor([[1, 2, 0, 3, 4, 0], [1, 0, 0, 0, 0, 0]])
        lengths = torch.tensor([6, 2])
        before = self.crf.loss(emissions, tags, lengths)
        emissions[1, 2:] = 1e3
        tags[1, 2:] = 4

        self.assertEqual(self.crf.loss(emissions, tags, lengths).tolist(), before.tolist())

    def test_should_decode_the_best_of_all_allowed_paths(self) -> None:
        for length in range(1, 5):
            emissions = torch.randn(length, TAGS)
            allowed = [
                path
                for path in itertools.product(range(TAGS), repeat=length)
                if not is_inside(path[0]) and all(may_follow(a, b) for a, b in zip(path, path[1:]))
            ]
            best = max(allowed, key=lambda path: self.path_score(emissions, path))

            self.assertEqual(self.crf.best_path(emissions), list(best))

    def test_should_allow_an_inside_only_after_its_own_type(self) -> None:
        names = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC"]
        for (before, left), (after, right) in itertools.product(enumerate(names), repeat=2):
            allowed = not right.startswith("I-") or left in ("B-" + right[2:], right)
            self.assertEqual(may_follow(before, after), allowed, f"{left} {right}")

    def test_should_find_the_spans_of_a_path(self) -> None:
        self.assertEqual(spans([1, 2, 0, 3, 3, 4, 0, 1]), [(0, 0, 2), (1, 3, 4), (1, 4, 6), (0, 7, 8)])
        self.assertEqual(spans([0, 0]), [])


if __name__ == "__main__":
    unittest.main()

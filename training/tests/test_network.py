"""The network of every kind: padding changes nothing, TorchScript changes nothing, bfloat16 changes little."""

from __future__ import annotations

import itertools
import tempfile
import unittest
from pathlib import Path

import torch

from glosstream_torch import scripting
from glosstream_torch.network import load_parameters
from glosstream_torch.plan import Lstm, PlanError

from . import fixtures

LENGTHS = [7, 1, 4]
ROUNDING = 1e-5
BFLOAT16_ROUNDING = 0.1

VARIANTS = [
    (Lstm(6, layers, both, norm, learned), representation, head)
    for layers, both, norm, learned in itertools.product((1, 2), (True, False), (True, False), (True, False))
    for representation, head in (
        ("max-mean", "per-text"),
        ("last", "per-text"),
        ("attention", "per-text"),
        ("max-mean", "per-token"),
    )
]


class SequenceNetworkTest(unittest.TestCase):
    def test_should_score_a_text_alone_as_beside_longer_ones(self) -> None:
        for lstm, representation, head in VARIANTS:
            with self.subTest(lstm=lstm, representation=representation, head=head):
                plan = fixtures.network_plan(lstm, representation, head)
                network = fixtures.random_network(plan)
                ids = fixtures.random_ids(plan, LENGTHS)
                together = network.score(ids, torch.tensor(LENGTHS))
                for row, length in enumerate(LENGTHS):
                    alone = network.score([each[row : row + 1, :length] for each in ids], torch.tensor([length]))[0]
                    own = together[row] if head == "per-text" else together[row, :length]
                    self.assertLess(float((own - alone).abs().max()), ROUNDING)

    def test_should_not_read_the_ids_of_padding(self) -> None:
        plan = fixtures.network_plan()
        network = fixtures.random_network(plan)
        ids = fixtures.random_ids(plan, LENGTHS)
        before = network.score(ids, torch.tensor(LENGTHS))
        for each in ids:
            each[1, LENGTHS[1] :] = 9

        self.assertLess(float((network.score(ids, torch.tensor(LENGTHS)) - before).abs().max()), ROUNDING)

    def test_should_keep_its_scores_in_torchscript(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "weights.pt"
            for lstm, representation, head in VARIANTS[::5]:
                plan = fixtures.network_plan(lstm, representation, head)
                network = fixtures.random_network(plan)
                ids = fixtures.random_ids(plan, LENGTHS)
                expected = network.score(ids, torch.tensor(LENGTHS))
                for precision, tolerance in (("fp32", ROUNDING), ("bf16", BFLOAT16_ROUNDING)):
                    with self.subTest(lstm=lstm, representation=representation, precision=precision):
                        scripting.save(network, file, precision)
                        scores = scripting.run(file, ids, torch.tensor(LENGTHS))
                        self.assertEqual(scores.dtype, torch.float32)
                        for row, length in enumerate(LENGTHS):
                            real = slice(None) if head == "per-text" else slice(0, length)
                            self.assertLess(float((scores[row][real] - expected[row][real]).abs().max()), tolerance)

    def test_should_take_the_ids_of_each_column_and_the_lengths(self) -> None:
        scripted = scripting.script(fixtures.random_network(fixtures.network_plan()))

        names = [argument.name for argument in scripted.forward.schema.arguments]

        self.assertEqual(names, ["self", *(f"ids{column}" for column in range(6)), "lengths"])

    def test_should_keep_the_network_that_is_exported(self) -> None:
        network = fixtures.random_network(fixtures.network_plan())

        scripting.script(network, "bf16")

        self.assertTrue(all(each.dtype == torch.float32 and each.requires_grad for each in network.parameters()))

    def test_should_refuse_parameters_that_are_not_its_own(self) -> None:
        network = fixtures.random_network(fixtures.network_plan())
        arrays = {name: each.detach().numpy() for name, each in network.named_parameters()}
        load_parameters(network, arrays)

        with self.assertRaisesRegex(PlanError, "expected .*output.bias"):
            load_parameters(network, {name: each for name, each in arrays.items() if name != "output.bias"})
        with self.assertRaisesRegex(PlanError, "parameter 'output.bias': expected shape \\[3\\], got \\[2\\]"):
            load_parameters(network, {**arrays, "output.bias": arrays["output.bias"][:2]})


if __name__ == "__main__":
    unittest.main()

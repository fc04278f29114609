"""Training on toy corpora, and the bundle that is written."""

from __future__ import annotations

import dataclasses
import gzip
import hashlib
import json
import random
import tempfile
import unittest
from pathlib import Path

import numpy as np
import torch

from glosstream_torch import bundle, data, measures, scripting
from glosstream_torch.plan import Plan, PlanError, Table, parse_plan, read_plan
from glosstream_torch.trainer import LearningRate, Trained, Trainer, predict

from . import fixtures


def train(plan: Plan) -> Trained:
    examples = fixtures.toy_examples(bool(plan.tags))
    return Trainer(plan, fixtures.initial(plan), examples).run(examples, lambda line: None)


class TrainerTest(unittest.TestCase):
    def test_should_learn_texts_by_heart(self) -> None:
        self.assertEqual(train(fixtures.toy_plan(per_token=False)).measured["accuracy"], 1.0)

    def test_should_learn_tags_by_heart(self) -> None:
        self.assertGreater(train(fixtures.toy_plan(per_token=True)).measured["f1"], 0.95)

    def test_should_train_the_same_weights_from_the_same_seed(self) -> None:
        plan = fixtures.toy_plan(per_token=True, epochs=3)
        first, second = train(plan).module, train(plan).module

        for left, right in zip(first.parameters(), second.parameters()):
            self.assertTrue(torch.equal(left, right))

    def test_should_stop_when_dev_no_longer_gets_better(self) -> None:
        lines: list[str] = []
        plan = fixtures.toy_plan(per_token=False, learning_rate=1e-9, patience=2)
        examples = fixtures.toy_examples(False)
        Trainer(plan, fixtures.initial(plan), examples).run(examples, lines.append)

        self.assertEqual(len(lines), 3)

    def test_should_learn_by_the_weight_of_each_text(self) -> None:
        plan = fixtures.toy_plan(per_token=False, embedding_dropout=0.0, output_dropout=0.0, word_dropout=0.0)
        examples = fixtures.toy_examples(False)[:8]
        trainer = Trainer(plan, fixtures.initial(plan), examples)
        trainer.module.eval()
        alone = float(trainer._loss(data.collate(examples[:1], False)).detach())
        weighted = [dataclasses.replace(e, weight=8.0 if i == 0 else 0.0) for i, e in enumerate(examples)]

        self.assertAlmostEqual(float(trainer._loss(data.collate(weighted, False)).detach()), alone, places=5)

    def test_should_freeze_cut_and_shrink_tables(self) -> None:
        def length_of_rows(**table: float) -> torch.Tensor:
            plan = fixtures.toy_plan(per_token=False, epochs=2)
            network = dataclasses.replace(plan.network, tables=[Table(12, 6, **table)])
            plan = dataclasses.replace(plan, network=network)
            examples = fixtures.toy_examples(False)
            trainer = Trainer(plan, fixtures.initial(plan), examples)
            before = trainer.module.network.tables[0].weight.detach().clone()
            trainer.run_epoch(1)
            weight = trainer.module.network.tables[0].weight.detach()
            self.assertEqual(torch.equal(weight, before), "frozen_epochs" in table)
            self.assertTrue(torch.equal(weight[0], before[0]), "the row of padding changed")
            return weight.norm(dim=1)[1:]

        free = length_of_rows()
        length_of_rows(frozen_epochs=1)
        self.assertLessEqual(float(length_of_rows(max_norm=0.5).max()), 0.5 + 1e-5)
        self.assertLess(float(length_of_rows(l2=1.0).mean()), float(free.mean()))

    def test_should_warm_up_then_fall_to_a_twentieth(self) -> None:
        rate = LearningRate(fixtures.training_plan(learning_rate=1.0, warm_up_steps=10), 1000)

        rates = [rate.at(step) for step in range(1, 1001)]

        self.assertEqual(rates[10], 1.0)
        self.assertEqual(rates.index(max(rates)), 10)
        self.assertAlmostEqual(rates[-1], 0.05, places=4)
        self.assertLess(rates[0], 0.2)


class DataTest(unittest.TestCase):
    def test_should_pad_behind_the_tokens(self) -> None:
        short = data.Example(1, [np.array([3]), np.array([4, 5])], np.array([1]))
        long = data.Example(2, [np.array([6, 7]), np.array([8, 9, 10, 0])], np.array([0, 2]))

        batch = data.collate([short, long], per_token=True)

        self.assertEqual(batch.ids[0].tolist(), [[3, 0], [6, 7]])
        self.assertEqual(batch.ids[1].tolist(), [[[4, 5], [0, 0]], [[8, 9], [10, 0]]])
        self.assertEqual(batch.lengths.tolist(), [1, 2])
        self.assertEqual(batch.targets.tolist(), [[1, 0], [0, 2]])

    def test_should_put_every_example_into_one_batch_of_like_length(self) -> None:
        examples = fixtures.toy_examples(False, 500)

        batches = data.epoch_batches(examples, 16, random.Random(1))

        self.assertCountEqual([id(each) for batch in batches for each in batch], [id(each) for each in examples])
        padding = sum(max(e.length for e in batch) * len(batch) for batch in batches)
        self.assertLess(padding / sum(each.length for each in examples), 1.1)

    def test_should_drop_words_and_never_padding(self) -> None:
        batch = data.collate(fixtures.toy_examples(False), per_token=False)
        before = batch.ids[0].clone()

        data.drop_words(batch, [0], 0.5, torch.Generator().manual_seed(1))

        changed = batch.ids[0].ne(before)
        self.assertTrue(batch.ids[0][changed].eq(data.UNKNOWN_ID).all())
        self.assertFalse((changed & before.eq(0)).any())
        self.assertAlmostEqual(float(changed.sum() / before.ne(0).sum()), 0.5, delta=0.1)


class MeasuresTest(unittest.TestCase):
    def test_should_count_classes_by_hand(self) -> None:
        measured = measures.classification(["a", "b"], [0, 0, 0, 1], [0, 0, 1, 1])

        self.assertEqual(measured["accuracy"], 0.75)
        self.assertAlmostEqual(measured["f1.a"], 0.8)
        self.assertAlmostEqual(measured["f1.b"], 2 / 3)
        self.assertAlmostEqual(measured["macroRecall"], (2 / 3 + 1) / 2)

    def test_should_count_exact_spans_by_hand(self) -> None:
        measured = measures.entities(["PER", "LOC"], [[1, 2, 0, 3], [1, 0]], [[1, 0, 0, 3], [1, 0]])

        self.assertAlmostEqual(measured["precision"], 2 / 3)
        self.assertAlmostEqual(measured["recall"], 2 / 3)
        self.assertEqual(measured["f1.LOC"], 1.0)
        self.assertEqual(measured["f1.PER"], 0.5)


class BundleTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.prepared, self.out = Path(folder.name) / "prepared", Path(folder.name) / "out"
        self.prepared.mkdir()
        (self.prepared / "word.vocabulary.txt").write_text("<pad>\n<unknown>\nparis\n", encoding="utf-8")
        manifest = {
            "name": "toy",
            "version": "1.0.0",
            "task": "entities",
            "license": "CC0-1.0",
            "attributions": ["nobody"],
            "labels": ["PER", "LOC"],
            "weights": {"file": "", "format": "", "precision": ""},
            "training": {"program": "glosstream 1", "epochs": 0},
            "metrics": {},
            "files": {"word.vocabulary.txt": ""},
        }
        (self.prepared / bundle.MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
        self.plan = fixtures.toy_plan(per_token=True, epochs=2)
        self.trained = train(self.plan)

    def test_should_write_every_file_with_its_checksum(self) -> None:
        bundle.write_bundle(self.prepared, self.out, self.plan, self.trained)

        manifest = json.loads((self.out / bundle.MANIFEST).read_text(encoding="utf-8"))
        self.assertEqual(set(manifest["files"]), {"word.vocabulary.txt", bundle.WEIGHTS, bundle.TRANSITIONS})
        for name, digest in manifest["files"].items():
            self.assertEqual(digest, hashlib.sha256((self.out / name).read_bytes()).hexdigest())
        self.assertEqual(manifest["weights"], {"file": "weights.pt", "format": "torchscript", "precision": "fp32"})
        self.assertEqual(manifest["training"]["epochs"], self.trained.epoch)
        self.assertIn("f1", manifest["metrics"]["dev"])
        self.assertIn("# toy 1.0.0", (self.out / bundle.CARD).read_text(encoding="utf-8"))

    def test_should_tell_precisions_apart(self) -> None:
        bundle.write_bundle(self.prepared, self.out, self.plan, self.trained, "bf16")

        manifest = json.loads((self.out / bundle.MANIFEST).read_text(encoding="utf-8"))
        self.assertEqual(manifest["weights"]["precision"], "bf16")
        self.assertEqual(manifest["version"], "1.0.0+bf16")

    def test_should_serve_what_was_trained(self) -> None:
        bundle.write_bundle(self.prepared, self.out, self.plan, self.trained)
        examples = fixtures.toy_examples(True)[:9]
        batch = data.collate(examples, per_token=True)

        scores = scripting.run(self.out / bundle.WEIGHTS, batch.ids, batch.lengths)

        crf = self.trained.module.crf
        assert crf is not None
        served = [crf.best_path(scores[row, : each.length]) for row, each in enumerate(examples)]
        self.assertEqual(served, predict(self.plan, self.trained.module, examples))

    def test_should_read_what_was_prepared(self) -> None:
        with gzip.open(self.prepared / "train.jsonl.gz", "wt", encoding="utf-8") as lines:
            lines.write('{"length": 2, "ids": [[3, 4], [5, 6, 7, 8]], "weight": 0.5, "tags": [0, 1]}\n')
            lines.write('{"length": 1, "ids": [[3], [5, 6]], "weight": 1.5, "distribution": [0.25, 0.75]}\n')

        tagged, judged = data.read_examples(self.prepared / "train.jsonl.gz")

        self.assertEqual((tagged.length, tagged.weight, tagged.targets.tolist()), (2, 0.5, [0, 1]))
        self.assertEqual([each.tolist() for each in tagged.ids], [[3, 4], [5, 6, 7, 8]])
        self.assertEqual((judged.weight, judged.targets.tolist()), (1.5, [0.25, 0.75]))


class PlanTest(unittest.TestCase):
    def test_should_say_what_is_missing(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            with self.assertRaisesRegex(PlanError, "expected a plan.json, found none; .*glosstream prepare"):
                read_plan(Path(folder))
            (Path(folder) / "plan.json").write_text('{"formatVersion": 99}', encoding="utf-8")
            with self.assertRaisesRegex(PlanError, "expected formatVersion 1, got 99"):
                read_plan(Path(folder))

    def test_should_refuse_a_network_that_it_does_not_know(self) -> None:
        lstm = {"stateSize": 2, "layers": 1, "bidirectional": True, "layerNorm": False, "peepholes": True}
        content = {
            "task": "sentiment",
            "labels": ["a", "b"],
            "network": {"tables": [], "columns": [], "lstm": lstm, "representation": "", "head": "", "classes": 2},
        }
        with self.assertRaisesRegex(PlanError, "expected lstm to have .*got .*peepholes"):
            parse_plan(content)


if __name__ == "__main__":
    unittest.main()

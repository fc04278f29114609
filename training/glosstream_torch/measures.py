"""How good a model is on labelled examples: the measures of `glosstream evaluate`, by the same names."""

from __future__ import annotations

from typing import Sequence

from .crf import spans


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _f1(correct: int, predicted: int, actual: int) -> float:
    precision, recall = _ratio(correct, predicted), _ratio(correct, actual)
    return _ratio(2 * precision * recall, precision + recall)


def classification(labels: Sequence[str], truths: Sequence[int], predictions: Sequence[int]) -> dict[str, float]:
    """Accuracy, macro-F1, macro-recall and the F1 of each class."""
    f1, recalls = [], []
    for label in range(len(labels)):
        correct = sum(t == p == label for t, p in zip(truths, predictions))
        f1.append(_f1(correct, sum(p == label for p in predictions), sum(t == label for t in truths)))
        recalls.append(_ratio(correct, sum(t == label for t in truths)))
    hits = sum(t == p for t, p in zip(truths, predictions))
    return {
        "examples": float(len(truths)),
        "accuracy": _ratio(hits, len(truths)),
        "macroF1": sum(f1) / len(labels),
        "macroRecall": sum(recalls) / len(labels),
        **{f"f1.{label}": value for label, value in zip(labels, f1)},
    }


def entities(
    types: Sequence[str], truths: Sequence[Sequence[int]], predictions: Sequence[Sequence[int]]
) -> dict[str, float]:
    """Precision, recall and F1 of exact spans of tokens, over all and per type."""
    correct, predicted, actual = ([0] * len(types) for _ in range(3))
    for truth, prediction in zip(truths, predictions):
        expected = spans(truth)
        for each in expected:
            actual[each[0]] += 1
        for each in spans(prediction):
            predicted[each[0]] += 1
            correct[each[0]] += each in expected
    return {
        "examples": float(len(truths)),
        "precision": _ratio(sum(correct), sum(predicted)),
        "recall": _ratio(sum(correct), sum(actual)),
        "f1": _f1(sum(correct), sum(predicted), sum(actual)),
        **{f"f1.{name}": _f1(correct[i], predicted[i], actual[i]) for i, name in enumerate(types)},
    }


def score(measures: dict[str, float]) -> float:
    """The one number by which an epoch is chosen."""
    return measures["f1"] if "f1" in measures else (measures["macroF1"] + measures["macroRecall"]) / 2

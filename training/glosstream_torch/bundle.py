"""Writes a model bundle: weights, transitions, manifest with checksums, model card."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import torch

from . import scripting
from .crf import LinearChainCrf
from .plan import Plan
from .trainer import Trained

MANIFEST = "manifest.json"
WEIGHTS = "weights.pt"
TRANSITIONS = "transitions.json"
CARD = "MODEL_CARD.md"


def write_bundle(prepared: Path, out: Path, plan: Plan, trained: Trained, precision: str = "fp32") -> None:
    """Writes the bundle of a training run into a folder; the manifest comes last: until then the old one does not fit.

    prepared: the folder of `glosstream prepare`, with a manifest to be completed and the files of the columns.
    """
    module = trained.module
    out.mkdir(parents=True, exist_ok=True)
    manifest: dict[str, Any] = json.loads((prepared / MANIFEST).read_text(encoding="utf-8"))
    names = list(manifest["files"])
    for name in names:
        shutil.copyfile(prepared / name, out / name)
    scripting.save(module.network, out / WEIGHTS, precision)
    names.append(WEIGHTS)
    if module.crf is not None:
        (out / TRANSITIONS).write_text(_json(transitions(plan.tags, module.crf)), encoding="utf-8")
        names.append(TRANSITIONS)
    manifest["weights"] = {"file": WEIGHTS, "format": "torchscript", "precision": precision}
    if precision != "fp32":
        manifest["version"] += f"+{precision}"
    manifest["training"]["epochs"] = trained.epoch
    manifest["training"]["program"] += f", PyTorch {torch.__version__}"
    manifest["metrics"] = {"dev": trained.measured}
    manifest["files"] = {name: sha256(out / name) for name in sorted(names)}
    (out / CARD).write_text(card(manifest), encoding="utf-8")
    (out / MANIFEST).write_text(_json(manifest), encoding="utf-8")


def transitions(tags: list[str], crf: LinearChainCrf) -> dict[str, Any]:
    """What a CRF has learned, as the bundle stores it: `transitions[from][to]`."""
    return {
        "tags": tags,
        "start": crf.start.tolist(),
        "end": crf.end.tolist(),
        "transitions": crf.transitions.tolist(),
    }


def sha256(file: Path) -> str:
    """The SHA-256 of a file in lower-case hexadecimal."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def card(manifest: dict[str, Any]) -> str:
    """A short model card; `glosstream evaluate --record` writes the full one."""
    figures = [
        f"| {data} | {', '.join(f'{name} {value:.4f}' for name, value in values.items())} |"
        for data, values in manifest["metrics"].items()
    ]
    return "\n".join(
        [
            f"# {manifest['name']} {manifest['version']}",
            "",
            f"{manifest['task'].capitalize()}: {', '.join(manifest['labels'])}. Written from `{MANIFEST}`.",
            "",
            f"Licence: {manifest['license']}. With thanks to:",
            "",
            *(f"- {source}" for source in manifest["attributions"]),
            "",
            "| data | measures |",
            "| --- | --- |",
            *figures,
            "",
            "Other languages, other domains and long documents get worse answers than the figures say. A label is a"
            " guess with a probability, not a fact about a person; do not decide about people by it.",
            "",
        ]
    )


def _json(content: Any) -> str:
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"

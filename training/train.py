#!/usr/bin/env python3
"""Trains a TorchScript bundle on a folder that `glosstream prepare` made.

python3 training/train.py DIR --out BUNDLE [--epochs N] [--seed N] [--precision fp32|bf16|both] [--threads N]
"""

from __future__ import annotations

import argparse
import dataclasses
import sys
from pathlib import Path

import numpy as np
import torch

from glosstream_torch import bundle, data
from glosstream_torch.plan import PlanError, read_plan
from glosstream_torch.trainer import Trainer


def arguments() -> argparse.Namespace:
    """Reads the command line."""
    parser = argparse.ArgumentParser(prog="train.py", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("prepared", type=Path, metavar="DIR", help="folder that 'glosstream prepare' made")
    parser.add_argument("--out", type=Path, required=True, metavar="BUNDLE", help="folder of the bundle")
    parser.add_argument("--epochs", type=int, help="most passes over the data, instead of the recipe's")
    parser.add_argument("--seed", type=int, help="of every random choice after the start, instead of the recipe's")
    parser.add_argument(
        "--precision",
        choices=("fp32", "bf16", "both"),
        default="fp32",
        help="of the arithmetic when serving; 'both' writes BUNDLE and BUNDLE-bf16",
    )
    parser.add_argument("--threads", type=int, default=1, help="threads of PyTorch; the same number, the same weights")
    return parser.parse_args()


def main() -> None:
    """Trains and writes."""
    options = arguments()
    torch.set_num_threads(options.threads)
    plan = read_plan(options.prepared)
    overrides = {key: value for key in ("epochs", "seed") if (value := getattr(options, key)) is not None}
    if plan.training is not None and overrides:
        plan = dataclasses.replace(plan, training=dataclasses.replace(plan.training, **overrides))
    with np.load(options.prepared / "initial.npz") as initial:
        trainer = Trainer(plan, dict(initial), data.read_examples(options.prepared / "train.jsonl.gz"))
    dev = data.read_examples(options.prepared / "dev.jsonl.gz")
    print(f"training on {len(trainer.examples)} examples, choosing by {len(dev)}", flush=True)
    trained = trainer.run(dev, lambda line: print(line, flush=True))
    for precision in ("fp32", "bf16") if options.precision == "both" else (options.precision,):
        out = options.out
        if options.precision == "both" and precision == "bf16":
            out = out.with_name(out.name + "-bf16")
        bundle.write_bundle(options.prepared, out, plan, trained, precision)
        print(f"wrote {out}", flush=True)


if __name__ == "__main__":
    try:
        main()
    except (PlanError, OSError) as failure:
        sys.exit(f"train.py: {failure}")

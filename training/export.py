#!/usr/bin/env python3
"""Writes the TorchScript file of a network whose weights Glosstream hands over; run by `glosstream export`.

python3 training/export.py DIR --out FILE [--precision fp32|bf16]; DIR holds plan.json and parameters.npz.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np

from glosstream_torch import scripting
from glosstream_torch.network import SequenceNetwork, load_parameters
from glosstream_torch.plan import PlanError, read_plan


def main() -> None:
    """Exports."""
    parser = argparse.ArgumentParser(prog="export.py", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("directory", type=Path, metavar="DIR", help="folder with plan.json and parameters.npz")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="TorchScript file to write")
    parser.add_argument("--precision", choices=scripting.PRECISIONS, default="fp32", help="of the arithmetic inside")
    options = parser.parse_args()
    network = SequenceNetwork(read_plan(options.directory).network)
    with np.load(options.directory / "parameters.npz") as arrays:
        load_parameters(network, dict(arrays))
    scripting.save(network, options.out, options.precision)


if __name__ == "__main__":
    try:
        main()
    except (PlanError, OSError) as failure:
        sys.exit(f"export.py: {failure}")

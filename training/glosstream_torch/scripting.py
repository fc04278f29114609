"""From a network to the TorchScript file that Glosstream serves."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import List

import torch
from torch import Tensor

from .network import SequenceNetwork

PRECISIONS = ("fp32", "bf16")


def script(network: SequenceNetwork, precision: str = "fp32") -> torch.jit.ScriptModule:
    """Scripts a network with the signature of a bundle.

    `forward(ids0, ids1, ..., lengths)`: the ids of each column in the plan's order, int64 [B, T] or [B, T, W]; then the
    lengths, int64 [B]. It returns float32 [B, T, K] or [B, K]. With bf16 the arithmetic inside is bfloat16. The network
    that was given stays as it is.
    """
    if precision not in PRECISIONS:
        raise ValueError(f"precision: expected one of {', '.join(PRECISIONS)}, got '{precision}'")
    served = copy.deepcopy(network).eval()
    for parameter in served.parameters():
        parameter.requires_grad_(False)
    if precision == "bf16":
        served.to_bfloat16()
    scripted = torch.jit.script(served)
    # Networks of one structure share their compiled class, which may have got its forward before.
    if scripted._c._has_method("forward"):
        return scripted
    names = [f"ids{index}" for index in range(len(served.columns))]
    arguments = ", ".join(f"{name}: Tensor" for name in [*names, "lengths"])
    scripted.define(
        f"def forward(self, {arguments}) -> Tensor:\n    return self.score([{', '.join(names)}], lengths)\n"
    )
    return scripted


def save(network: SequenceNetwork, file: Path, precision: str = "fp32") -> None:
    """Scripts a network and writes it."""
    script(network, precision).save(str(file))


def run(file: Path, ids: List[Tensor], lengths: Tensor) -> Tensor:
    """Runs a TorchScript file of a bundle."""
    with torch.no_grad():
        return torch.jit.load(str(file))(*ids, lengths)

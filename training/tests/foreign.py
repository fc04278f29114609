"""Writes TorchScript files that are not those of the sentiment bundle, for the tests of how they are refused.

python3 -m tests.foreign FOLDER, in the folder training/; each takes three columns of ids as the bundle does, but for one
thing that its name says.
"""

from __future__ import annotations

import sys
from pathlib import Path

import torch

GOOD = "torch.stack([lengths.float() * 0.0, lengths.float(), ids0.float()[:, 0]], dim=1)"
ARGUMENTS = "ids0: Tensor, ids1: Tensor, ids2: Tensor, lengths: Tensor"

FILES = {
    "sound": (ARGUMENTS, "Tensor", GOOD),
    "no-lengths": ("ids0: Tensor, ids1: Tensor, ids2: Tensor", "Tensor", "ids0.float()[:, :3]"),
    "list-of-ids": ("ids: List[Tensor], lengths: Tensor", "Tensor", "ids[0].float()[:, :3]"),
    "four-classes": (ARGUMENTS, "Tensor", "ids0.float()[:, :1].repeat(1, 4)"),
    "each-token": (ARGUMENTS, "Tensor", "ids0.float().unsqueeze(2).repeat(1, 1, 3)"),
    "half-precision": (ARGUMENTS, "Tensor", f"{GOOD}.to(torch.bfloat16)"),
    "tuple": (ARGUMENTS, "Tuple[Tensor, Tensor]", f"({GOOD}, lengths)"),
    "not-a-number": (ARGUMENTS, "Tensor", f"{GOOD} / 0.0"),
    "reads-padding": (ARGUMENTS, "Tensor", "ids0.float().mean(dim=1, keepdim=True).repeat(1, 3)"),
    "small-table": (ARGUMENTS, "Tensor", "torch.nn.functional.embedding(ids0, torch.zeros(5, 3)).sum(dim=1)"),
}


class Program(torch.nn.Module):
    """Holds nothing: what it does is defined later."""


def main(folder: Path) -> None:
    """Writes them all."""
    for name, (arguments, result, expression) in FILES.items():
        # A class of its own: TorchScript compiles a class once.
        module = torch.jit.script(type(name.replace("-", "_"), (Program,), {})())
        module.define(f"def forward(self, {arguments}) -> {result}:\n    return {expression}\n")
        module.save(str(folder / f"{name}.pt"))


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""Trains a network as Glosstream does: same start, same optimiser, same schedule, the best dev epoch kept."""

from __future__ import annotations

import copy
import math
import random
from dataclasses import dataclass
from typing import Callable, Sequence

import numpy as np
import torch
from torch import Tensor, nn

from . import data, measures
from .crf import LinearChainCrf
from .network import Dropout, SequenceNetwork, load_parameters
from .plan import Plan, PlanError, Table, TrainingPlan

STEPS_PER_AVERAGE = 10
# Both ends of the learning rate, as a share of its peak.
LEAST = 0.05
EVALUATION_BATCH = 64


class TaggingNetwork(nn.Module):
    """What is trained: the network that serves and, for entities, the CRF beside it."""

    def __init__(self, plan: Plan, dropout: Dropout = Dropout()) -> None:
        super().__init__()
        self.network = SequenceNetwork(plan.network, dropout)
        self.crf = LinearChainCrf(len(plan.tags)) if plan.tags else None


@dataclass(frozen=True)
class Trained:
    """What comes out of a run: the module of the best epoch, the number of that epoch, its measures on dev."""

    module: TaggingNetwork
    epoch: int
    measured: dict[str, float]


class LearningRate:
    """Rises in a line to its peak, then falls to a twentieth of it."""

    def __init__(self, plan: TrainingPlan, steps: int) -> None:
        # A small corpus must not spend all its steps on warming up.
        self.warm_up = min(plan.warm_up_steps, steps // 10)
        self.steps = steps
        self.plan = plan
        if plan.decay not in ("cosine", "linear", "constant"):
            raise PlanError(f"plan: expected a decay cosine, linear or constant, got '{plan.decay}'")

    def at(self, step: int) -> float:
        """The rate of a step, counted from 1."""
        if step <= self.warm_up:
            return self.plan.learning_rate * (LEAST + (1 - LEAST) * step / (self.warm_up + 1))
        done = min(1.0, (step - 1.0 - self.warm_up) / max(1, self.steps - self.warm_up))
        share = {"cosine": (1 + math.cos(math.pi * done)) / 2, "linear": 1 - done, "constant": 1.0}[self.plan.decay]
        return self.plan.learning_rate * (LEAST + (1 - LEAST) * share)


class AveragedWeights:
    """A moving average of parameters; early on it forgets faster. Izmailov et al., "Averaging Weights", 2018."""

    def __init__(self, module: nn.Module, keep: float) -> None:
        self.module = module
        self.keep = keep
        self.average = copy.deepcopy(module).eval()
        self.updates = 0

    @torch.no_grad()
    def update(self) -> None:
        """Takes the present parameters into the average."""
        self.updates += 1
        kept = min(self.keep, (self.updates - 1.0) / (self.updates + 9.0))
        for own, now in zip(self.average.parameters(), self.module.parameters()):
            own.mul_(kept).add_(now, alpha=1 - kept)


def make_optimizer(plan: TrainingPlan, parameters: Sequence[nn.Parameter]) -> torch.optim.Optimizer:
    """Returns the optimiser of a plan; its learning rate is set before each step."""
    if plan.optimizer == "adam":
        return torch.optim.Adam(parameters, weight_decay=plan.weight_decay)
    if plan.optimizer == "adamw":
        return torch.optim.AdamW(parameters, weight_decay=plan.weight_decay)
    if plan.optimizer == "sgd":
        return torch.optim.SGD(
            parameters, lr=plan.learning_rate, momentum=plan.momentum, weight_decay=plan.weight_decay
        )
    raise PlanError(f"plan: expected an optimizer adam, adamw or sgd, got '{plan.optimizer}'")


class Trainer:
    """One training run on the CPU. Every random choice follows from the plan's seed."""

    def __init__(self, plan: Plan, initial: dict[str, np.ndarray], examples: Sequence[data.Example]) -> None:
        if plan.training is None:
            raise PlanError("plan: expected a section training, got none; make the folder with 'glosstream prepare'")
        self.plan = plan
        self.settings = plan.training
        self.examples = examples
        torch.manual_seed(self.settings.seed)
        self.chance = random.Random(self.settings.seed)
        self.generator = torch.Generator().manual_seed(self.settings.seed)
        rates = (self.settings.embedding_dropout, self.settings.layer_dropout, self.settings.output_dropout)
        self.module = TaggingNetwork(plan, Dropout(*rates))
        load_parameters(self.module.network, initial)
        self.optimizer = make_optimizer(self.settings, list(self.module.parameters()))
        steps_per_epoch = math.ceil(len(examples) / self.settings.batch_size)
        self.learning_rate = LearningRate(self.settings, self.settings.epochs * steps_per_epoch)
        self.averages = AveragedWeights(self.module, self.settings.averaging)
        self.step = 0

    def run(self, dev: Sequence[data.Example], report: Callable[[str], None]) -> Trained:
        """Trains; hands a line per epoch to `report`."""
        best: Trained | None = None
        for epoch in range(1, self.settings.epochs + 1):
            loss = self.run_epoch(epoch)
            measured = evaluate(self.plan, self.averages.average, dev)
            if best is None or measures.score(measured) > measures.score(best.measured):
                best = Trained(copy.deepcopy(self.averages.average), epoch, measured)
            kept = " (kept)" if best.epoch == epoch else ""
            report(f"epoch {epoch}: loss {loss:.4f}, dev score {measures.score(measured):.4f}{kept}")
            if epoch - best.epoch >= self.settings.patience:
                break
        assert best is not None
        return best

    def run_epoch(self, epoch: int) -> float:
        """Goes once over the examples; returns the mean loss of a step."""
        self.module.train()
        for table, embedding in self._tables():
            embedding.weight.requires_grad_(epoch > table.frozen_epochs)
        batches = data.epoch_batches(self.examples, self.settings.batch_size, self.chance)
        total = 0.0
        for index, examples in enumerate(batches):
            total += self._gradient_step(data.collate(examples, per_token=bool(self.plan.tags)))
            if index % STEPS_PER_AVERAGE == 0 or index == len(batches) - 1:
                self.averages.update()
        return total / len(batches)

    def _gradient_step(self, batch: data.Batch) -> float:
        data.drop_words(batch, self.settings.word_columns, self.settings.word_dropout, self.generator)
        self.step += 1
        for group in self.optimizer.param_groups:
            group["lr"] = self.learning_rate.at(self.step)
        self.optimizer.zero_grad(set_to_none=True)
        loss = self._loss(batch)
        loss.backward()
        self._regularise()
        self._clip()
        self.optimizer.step()
        self._cut_rows()
        return float(loss.detach())

    def _loss(self, batch: data.Batch) -> Tensor:
        scores = self.module.network.score(batch.ids, batch.lengths)
        if self.module.crf is not None:
            each = self.module.crf.loss(scores, batch.targets, batch.lengths)
        else:
            each = -(torch.log_softmax(scores, dim=1) * batch.targets).sum(dim=1)
        return (each * batch.weights).mean()

    def _tables(self) -> "list[tuple[Table, nn.Embedding]]":
        return list(zip(self.plan.network.tables, self.module.network.tables))

    def _regularise(self) -> None:
        """Adds the slope of half the squared rows that were looked up. The row of padding gets none: it stays zero."""
        for table, embedding in self._tables():
            gradient = embedding.weight.grad
            if gradient is None:
                continue
            gradient[0].zero_()
            if table.l2 > 0:
                looked_up = gradient.ne(0).any(dim=1, keepdim=True)
                gradient.add_(embedding.weight.detach() * looked_up, alpha=table.l2)

    def _clip(self) -> None:
        """First the length of all gradients together, then every value."""
        if self.settings.clip_norm is not None:
            nn.utils.clip_grad_norm_(self.module.parameters(), self.settings.clip_norm)
        if self.settings.clip_value is not None:
            nn.utils.clip_grad_value_(self.module.parameters(), self.settings.clip_value)

    @torch.no_grad()
    def _cut_rows(self) -> None:
        for table, embedding in self._tables():
            if table.max_norm > 0:
                lengths = embedding.weight.norm(dim=1, keepdim=True).clamp(min=1e-12)
                embedding.weight.mul_((table.max_norm / lengths).clamp(max=1.0))


@torch.no_grad()
def predict(plan: Plan, module: TaggingNetwork, examples: Sequence[data.Example]) -> list[list[int]]:
    """Returns the class of each text, or its best allowed path of tags."""
    module.eval()
    answers: list[list[int]] = []
    for some in data.in_order(examples, EVALUATION_BATCH):
        batch = data.collate(some, per_token=bool(plan.tags))
        scores = module.network.score(batch.ids, batch.lengths)
        for row, example in enumerate(some):
            if module.crf is not None:
                answers.append(module.crf.best_path(scores[row, : example.length]))
            else:
                answers.append([int(scores[row].argmax())])
    return answers


def evaluate(plan: Plan, module: TaggingNetwork, examples: Sequence[data.Example]) -> dict[str, float]:
    """Measures a module on labelled examples."""
    answers = predict(plan, module, examples)
    if plan.tags:
        return measures.entities(plan.labels, [example.targets.tolist() for example in examples], answers)
    classes = [int(example.targets.argmax()) for example in examples]
    return measures.classification(plan.labels, classes, [answer[0] for answer in answers])

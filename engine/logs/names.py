"""What programs call their numbers, and what these are called here. Common names only: a person may always choose."""

from collections.abc import Iterable, Mapping

LOSS = (
    "loss", "train/loss", "train_loss", "training_loss", "loss/train", "training/loss", "train/loss_step",
    "train_loss_step", "losses/train", "loss/training", "lm_loss", "lm loss", "train/ce_loss", "train/cross_entropy",
    "train/epoch_loss", "epoch_loss", "train_loss_epoch", "train/loss_epoch", "nll_loss", "train/batch_loss",
    "batch_loss", "ce_loss", "cross_entropy", "train/running_loss",
)  # fmt: skip
VALIDATION = (
    "validation_loss", "val_loss", "val/loss", "validation/loss", "eval/loss", "eval_loss", "valid/loss", "valid_loss",
    "loss/val", "loss/validation", "loss/valid", "loss/eval", "dev/loss", "dev_loss", "losses/val", "loss/dev",
    "validation/epoch_loss", "val/epoch_loss", "val_loss_epoch", "evaluation/loss", "test/loss", "test_loss",
    "loss/test", "validated/loss", "validation loss", "valid/ce_loss", "lm loss validation",
)  # fmt: skip
AVERAGED = ("averaged_validation_loss", "averagevalidated/loss", "ema/val_loss", "val_loss_ema")
LEARNING_RATE = (
    "learning_rate", "lr", "train/learning_rate", "train/lr", "train_lr", "optim/lr", "learning-rate",
    "optimizer/lr", "lr-adamw", "lr-adam", "lr-sgd", "lr/group0", "lr/0", "schedule/lr", "epoch_learning_rate",
    "train/epoch_learning_rate",
)  # fmt: skip
GRADIENT_NORM = (
    "gradient_norm", "grad_norm", "train/grad_norm", "grad-norm", "gradnorm", "train/gradient_norm", "gnorm",
    "optim/grad_norm", "grad_norm/total", "total_grad_norm", "train/gnorm", "optim/total_grad_norm",
)  # fmt: skip
TOKENS = (
    "tokens", "train/tokens", "num_tokens", "tokens_seen", "train/num_input_tokens_seen", "num_input_tokens_seen",
    "consumed_tokens", "total_tokens", "train/total_tokens", "train/tokens_seen", "n_tokens",
)  # fmt: skip
EPOCHS = ("epochs", "epoch", "train/epoch", "train_epoch")
STEP = (
    "step", "_step", "global_step", "trainer/global_step", "train/global_step", "steps", "iteration", "iter",
    "iterations", "iter_num", "it", "update", "num_updates",
)  # fmt: skip
TIME = (
    "wall time", "wall_time", "timestamp", "_timestamp", "time", "datetime", "date", "_runtime", "runtime",
    "relative time", "elapsed", "seconds", "walltime",
)  # fmt: skip


def found(known: Iterable[str], names: Iterable[str]) -> str:
    """The first of the known that is there, however it is spelt; "" for none.

    Some exports put the run before the name, as "quiet-river-3 - train/loss": it counts where it is the only one.
    """
    spelt: dict[str, list[str]] = {}
    for name in names:
        spelt.setdefault(plain(name), []).append(name)
    there = (spelt[one] for one in known if one in spelt)
    return next((candidates[0] for candidates in there if len(candidates) == 1), "")


def plain(name: str) -> str:
    """Without the run before it."""
    return name.rpartition(" - ")[2].strip().casefold()


def loss_in(names: Mapping[str, object]) -> str:
    """Which series is the training loss; "" where that cannot be told."""
    return found(LOSS, names) or (next(iter(names)) if len(names) == 1 else "")

"""Every word in the picture of "Train a CNN", in the language of the session."""

from __future__ import annotations

from typing import Any

from pages.kit import opened, scored
from pages.kit.language import _
from pages.kit.run import words as training_words


def preset_names() -> dict[str, str]:
    """What each preset is called."""
    return {
        "notes": _("the notes' run"),
        "fast": _("fast"),
        "tiny": _("a tiny network"),
        "few_images": _("few images"),
    }


def architecture_names() -> dict[str, str]:
    """What each architecture is called."""
    return {
        "simple": _("the notes' SimpleCNN"),
        "lenet5": "LeNet-5",
        "alexnet": _("AlexNet, digit-sized"),
        "vgg": _("VGG, digit-sized"),
        "tiny": _("tiny"),
        "own": _("your own"),
    }


def augment_names() -> dict[str, str]:
    """What each kind of augmentation is called."""
    return {
        "none": _("none"),
        "shift": _("shifted"),
        "affine": _("turned and slanted"),
        "pen": _("another pen"),
    }


def activation_names() -> dict[str, str]:
    """What each activation is called."""
    return {
        "relu": "ReLU",
        "tanh": "tanh",
        "sigmoid": _("sigmoid"),
        "gelu": "GELU",
        "leaky": _("leaky"),
    }


def padding_names() -> dict[str, str]:
    """What each padding is called."""
    return {"same": _("same size"), "valid": _("none (valid)")}


def schedule_names() -> dict[str, str]:
    """What each course of the learning rate is called."""
    return {"constant": _("constant"), "cosine": _("cosine"), "onecycle": _("one cycle")}


def data_names() -> dict[str, str]:
    """What each source of digits is called."""
    return {"mnist": "MNIST", "pen": _("generated pen digits")}


def words() -> dict[str, Any]:
    """Every word in the picture."""
    panel = training_words.words(
        named=["architecture", "optimiser"],
        example=["data", "channels", "optimiser", "epochs"],
        fields={
            "data": "",
            "images": _("{value} images"),
            "architecture": "",
            "channels": _("{value} channels"),
            "kernel": _("kernels {value} × {value}"),
            "padding": _("padding: {value}"),
            "activation": "",
            "norm": _("batch normalisation {value}"),
            "dropout": _("dropout {value}"),
            "optimiser": "",
            "learning_rate": _("rate {value}"),
            "momentum": _("momentum {value}"),
            "decay": _("weight decay {value}"),
            "schedule": _("{value} rate"),
            "batch": _("batch {value}"),
            "epochs": _("{value} epochs"),
            "augment": _("augmentation: {value}"),
            "precision": "",
            "seed": _("seed {value}"),
        },
        values={
            "architecture": architecture_names(),
            "augment": augment_names(),
            "activation": activation_names(),
            "padding": padding_names(),
            "schedule": schedule_names(),
            "data": data_names(),
            "optimiser": training_words.optimisers(),
            "norm": {"true": _("on"), "false": _("off")},
        },
    )
    return (
        panel
        | {
            "oneStep": _("One batch"),
            "adopt": _("Use this network in “Draw a digit”"),
            "steps": _("batches"),
            "count": _("How many batches"),
            "oneEpoch": _("One epoch"),
            "place": _("batch {step} of {steps}"),
            "lookingBack": _("Viewing batch {step} of a run that has reached batch {last}."),
            "speed": _("{speed} batches a second"),
        }
        | _program()
        | _yours()
        | _number()
        | _curves()
        | _inside()
        | _mistakes()
        | _break()
    )


def _program() -> dict[str, Any]:
    return {
        "programTitle": _("The notes' program"),
        "programNote": _("for this setting; grey: each part's share of a batch's time"),
        "pieces": {
            "data": _("Data"),
            "loader": _("Loader"),
            "model": _("Model"),
            "loss": _("Loss, optimiser"),
            "loop": _("Loop"),
            "evaluation": _("Evaluation"),
        },
        "shareOf": {
            "data": _("taking a batch of digits, augmented"),
            "forward": _("forward through every layer"),
            "loss": _("comparing with the labels"),
            "backward": _("backward through every layer"),
            "update": _("changing the weights"),
        },
        "logitsOf": _("{count} × 10 logits"),
        "normOf": _("norm {norm}"),
        "rateOf": _("rate {rate}"),
        "validated": _("{share} of the validation digits are right"),
        "parameters": _("parameters"),
    }


def _yours() -> dict[str, Any]:
    return {
        "yours": _("Your digit in this network"),
        "yoursNote": _("each layer's maps at the batch on show; draw another one"),
        "backToYours": _("Back to your own digit"),
        "canvas": _("Canvas: draw a digit with mouse, finger or pen"),
        "canvasHelp": _(
            "Ctrl+Z undoes, Delete clears. With the keyboard alone, begin with a sample."
        ),
        "tools": _("Drawing tools"),
        "undo": _("Undo"),
        "clear": _("Clear"),
        "sample": _("A sample"),
        "full": _("The canvas is full. Erase something, or clear it."),
        "seenAs": _("What the network sees"),
        "mapOf": _("{layer}, map {map} of {count}. Arrow keys choose another one."),
        "pooled": _("max-pool {index}"),
        "augmented": _("What augmentation makes of it"),
        "others": _("Six others"),
    }


def _number() -> dict[str, Any]:
    return {
        "opened": opened.words(),
        "openShare": _("How does the network come to this probability of {digit}?"),
        "openMap": _("Click a number to see how it comes about."),
        "number": "{layer} {place}",
        "onward": _("from {name}"),
        "close": _("Close"),
        "scores": _scores(),
        "measured": _(
            "Computed now, by the network on show. A curve holds what was measured while it "
            "learned: of a batch before its step, of other digits when the run last looked at "
            "them, and in the example before its weights were rounded to be stored."
        ),
        "counts": opened.counts() | _steps(),
        "parts": {
            "validation": _("of the validation digits"),
            "seen": _("of the validation digits that a run looks at"),
            "batch": _("of the last batch, answered by the network on show, after its step"),
            "test": _("of the test digits"),
            "before": _("of the first test digits, as it was learned"),
            "after": _("of the first test digits, after your changes"),
        },
    }


def _steps() -> dict[str, str]:
    """What the numbers of a step are called, by the last word of their arrays."""
    return {
        "rate": _("learning rate"),
        "highest": _("learning rate, as set"),
        "part": _("part of it at this step"),
        "progress": _("share of the steps"),
        "fallen": _("share of the steps in which it falls"),
        "step": _("steps before"),
        "steps": _("steps in all"),
        "now": _("this step, counted from 1"),
        "all": _("steps in all, and one"),
        "norm": _("length of the gradient"),
        "norms": _("length of the gradient, layer"),
        "ratio": _("length of the gradient over that of the weights"),
        "length": _("length of the weights"),
        "weight": _("weight"),
    }


def _scores() -> dict[str, str]:
    """What the counts of right and wrong answers are called."""
    return scored.names() | {
        "accuracy": _("accuracy on the digits that a run looks at"),
        "hits": _("right answers of these"),
        "digits": _("all of these"),
        "diagonal": _("right answers, digit"),
        "seen": _("how often a digit was called so"),
        "labels": _("digit and its label"),
        "called": _("what it was called"),
        "confusion": _("a digit that is called"),
        "all_right": _("right answers"),
        "share": _("accuracy"),
        "class_hits": _("right answers, digit"),
        "class_digits": _("how many there are, digit"),
        "class_accuracy": _("accuracy of the digit"),
        "surprise": _("loss of digit"),
        "log_p": _("logarithm of the probability of what is right, digit"),
        "p": _("probability of what is right, digit"),
        "probabilities": _("probability of digit and class"),
        "logits": _("logit of digit and class"),
    }


def _curves() -> dict[str, Any]:
    return {
        "accuracyTitle": _("Accuracy"),
        "accuracyNote": _("validation, at the batch on show"),
        "accuracyLabel": _("Share of right answers against batch"),
        "shareRight": _("share right"),
        "lossTitle": _("Loss"),
        "lossNote": _("solid: training, running mean; dashed: validation"),
        "lossLabel": _("Loss against batch, logarithmic"),
        "crossEntropy": _("cross-entropy"),
        "batches": _("batch"),
        "training": _("training"),
        "validation": _("validation"),
        "rateMark": _("rate {rate}"),
        "pace": _("{count} images a second"),
        "seconds": _("seconds"),
    }


def _inside() -> dict[str, Any]:
    return {
        "kernels": _("Kernels of the first layer"),
        "kernelsNote": _("{count} of {side} × {side}; blue is positive, orange negative"),
        "kernelOf": _("{layer}, number {map} of {count}. Arrow keys choose another one."),
        "gradients": _("Gradients of the last batch"),
        "gradientsNote": _("a bar's length is logarithmic"),
        "layer": _("layer"),
        "norm": _("norm"),
        "ratio": _("norm / weights"),
        "ratioHelp": _("The gradient's norm over the norm of the layer's weights."),
    }


def _mistakes() -> dict[str, Any]:
    return {
        "confusion": _("Confusion matrix"),
        "confusionOf": {
            "mnist": _("{count} validation digits, right answers left blank"),
            "pen": _("{count} generated pen digits, right answers left blank"),
        },
        "trueDigit": _("is a"),
        "saidDigit": _("is called"),
        "cellRight": _("{count} of the {true}s are right"),
        "cellWrong": _("{count} of the {true}s are called {said}"),
        "digitsBehind": _("The digits behind a number"),
        "clickCell": _("click a square of the matrix"),
        "cellTitle": _("Called {said}, but a {true}"),
        "cellTitleRight": _("Rightly called {said}"),
        "none": _("none"),
        "classes": _("Accuracy of each digit"),
        "classesNote": _("80% to 100%, with 95% intervals"),
        "interval": _("{right} of {of}; 95% interval {low} to {high}"),
        "worst": _("Its worst mistakes"),
        "worstNote": _("largest loss first; click one to send it through the network"),
        "wasSaid": _("{true}, not {said}"),
        "test": _("Evaluate on the 10,000 test digits"),
        "testReminder": _(
            "The test set is used once, at the end: whoever chooses a setting by it has "
            "made it a validation set."
        ),
        "peeked": _("Evaluated {count} times in this session."),
        "peekedOnce": _("Evaluated once in this session."),
        "tested": _("{share} right, {right} of {of}; 95% interval {low} to {high}"),
        "computing": _("Computing …"),
    }


def _break() -> dict[str, Any]:
    return {
        "breakTitle": _("Break it"),
        "breakNote": _("drag a weight, or switch off a filter; 1,000 test digits count the cost"),
        "filter": _("Filter"),
        "input": _("Input channel"),
        "stride": _("Stride"),
        "paddingKnob": _("Padding"),
        "asLearned": _("{value}, as learned"),
        "weight": _("Weight in row {row}, column {column}: {value}"),
        "kernelTitle": _("{layer}, filter {filter}"),
        "switchOff": _("Switch this filter off"),
        "shuffle": _("Shuffle its weights"),
        "undoEdit": _("Undo"),
        "heal": _("As learned"),
        "before": _("as learned"),
        "after": _("now"),
        "untouched": _("No change yet."),
        "noChange": _("No digit of {of} is lost. Recomputed in {seconds} s."),
        "costs": _("That costs {count} of {of} digits. Recomputed in {seconds} s."),
        "gains": _("{count} more of {of} digits are right. Recomputed in {seconds} s."),
        "stretched": _("The maps are {from} × {from} where {to} × {to} are expected: stretched."),
        "edited": {
            "kernels": _("{layer}: weights of filter {filter}"),
            "off": _("{layer}: filter {filter} off"),
            "shuffled": _("{layer}: filter {filter} shuffled"),
            "stride": _("{layer}: stride {value}"),
            "padding": _("{layer}: padding {value}"),
        },
    }

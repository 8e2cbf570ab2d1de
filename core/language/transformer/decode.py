"""A text with what a model makes of it, as a question wants it to be decoded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import torch

from core.language.transformer import decoding
from core.language.transformer.decoding import Drawing, Line, Tree
from core.language.transformer.model import Encoded, Transformer
from core.language.transformer.question import DecodingQuestion
from core.language.transformer.tasks import END
from core.language.transformer.trace import Pass
from core.schema import Refusal, mark


@dataclass(frozen=True)
class Decoding:
    """A text with what a model made of it.

    Attributes:
        model, question: what was asked, and of which model.
        encoded: of the text.
        line: the tokens that were chosen, one after the other.
        tree: of a beam search.
        seen: one pass over the whole answer.
    """

    model: Transformer
    question: DecodingQuestion
    encoded: Encoded
    line: Line
    tree: Tree | None
    seen: Pass
    _alone: dict[int, Line] = field(default_factory=dict)

    @property
    def target(self) -> list[str]:
        """The tokens from <start> on."""
        return [self.question.about.words[i] for i in self.line.ids]

    @property
    def given(self) -> int:
        """How many tokens were given."""
        return len(self.question.prefix)

    def alone(self, given: int) -> Line:
        """What greedy decoding says behind the first tokens of the prefix."""
        if self.question.mode == "greedy" and given == self.given:
            return self.line
        if given not in self._alone:
            prefix = self.line.ids[1 : 1 + given]
            self._alone[given] = decoding.line(self.model, self.encoded, prefix)
        return self._alone[given]

    @property
    def best(self) -> int:
        """The node of the tree that won.

        Raises:
            Refusal: there is no tree.
        """
        if self.tree is None:
            raise Refusal(mark("There is no such block in this network."))
        return self.tree.best

    def path(self, node: int) -> Pass:
        """The pass over the target that a node of the tree ends.

        The number behind the last node stands for what greedy decoding says.

        Raises:
            Refusal: there is no such node.
        """
        if node == self.best or self.tree is None:
            return self.seen
        nodes = [each for step in self.tree.steps for each in step]
        if not 0 < node <= len(nodes):
            raise Refusal(mark("This tree has {count} nodes."), count=len(nodes))
        greedy = node == len(nodes)
        ids = self.alone(self.given).ids if greedy else decoding.path(nodes, nodes[node])
        return _passed(self.model, self.question, self.encoded, ids)


def _passed(
    model: Transformer, question: DecodingQuestion, encoded: Encoded, ids: Sequence[int]
) -> Pass:
    """One pass over a target, its last token not among what is read."""
    about = question.about
    decoded = model.decode(encoded, torch.tensor([ids[:-1]]))
    source = [*question.source, about.words[END]]
    target = [about.words[i] for i in ids[:-1]]
    following = ids[1:] if question.mode == "beam" else ()
    how = question.draws or Drawing()
    return Pass(model, encoded, decoded, source, target, about.words, following, how)


@torch.inference_mode()
def decode(model: Transformer, question: DecodingQuestion) -> Decoding:
    """Decode the question's text as it wants it."""
    about = question.about
    encoded = model.encode(torch.tensor([about.source(question.source)]))
    prefix = [about.index[token] for token in question.prefix]
    tree: Tree | None = None
    if question.mode == "beam":
        tree = decoding.beam(model, encoded, question.beams, prefix)
        line = decoding.line(model, encoded, tree.ids[1:], limit=len(tree.ids) - 1)
    else:
        line = decoding.line(model, encoded, prefix, question.draws)
    seen = _passed(model, question, encoded, line.ids)
    return Decoding(model, question, encoded, line, tree, seen)

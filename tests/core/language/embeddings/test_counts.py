"""Windows, co-occurrence, PPMI, GloVe's weight, subsampling: against their definitions."""

from __future__ import annotations

import math

import pytest
import torch

from core.language.corpora import texts
from core.language.corpora.texts import Corpus
from core.language.embeddings import counts
from core.language.embeddings.batch import Batches
from core.language.embeddings.model import decompose
from core.language.embeddings.setting import BATCH, VectorsSetting

TEXT = "the cat sat on the mat. a dog sat. the dog saw a cat on the mat"


def _by_hand(corpus: Corpus, window: int, by_distance: bool) -> list[list[float]]:
    found = [[0.0] * len(corpus.words) for _ in corpus.words]
    for sentence in corpus.sentences:
        for i, word in enumerate(sentence):
            for j, other in enumerate(sentence):
                if i != j and abs(i - j) <= window:
                    step = 1 / abs(i - j) if by_distance else 1.0
                    found[corpus.index[word]][corpus.index[other]] += step
    return found


@pytest.mark.parametrize("by_distance", [False, True])
@pytest.mark.parametrize("window", [1, 2, 10])
def test_counted_as_by_hand(window: int, by_distance: bool) -> None:
    corpus = texts.own(TEXT)
    found = counts.cooccurrence(corpus, window, by_distance)
    assert torch.allclose(found, torch.tensor(_by_hand(corpus, window, by_distance)))


def test_contexts_end_with_their_sentence_and_leave_dropped_words_out() -> None:
    corpus = texts.own("b a c. a b a b x a", min_count=2)  # c and x occur once
    a, b = corpus.index["a"], corpus.index["b"]
    found = counts.contexts(corpus, 2)
    assert found[0].tolist() == [-1, -1, a, -1]
    assert found[1].tolist() == [-1, b, -1, -1]
    assert found[2].tolist() == [-1, -1, -1, -1]  # c itself
    assert found[6].tolist() == [b, a, -1, a]  # a window does not reach farther over x


def test_ppmi_is_its_formula() -> None:
    count = torch.tensor([[0.0, 2.0, 1.0], [2.0, 0.0, 0.0], [1.0, 0.0, 4.0]])
    found = counts.ppmi(count)
    assert found[0, 1] == pytest.approx(math.log(2 * 10 / (3 * 2)))
    assert found[1, 2] == 0
    assert found[0, 2] == 0  # less often than by chance
    assert (found >= 0).all()


def test_the_weight_of_glove() -> None:
    found = counts.weight(torch.tensor([0.0, 1.0, 50.0, 100.0, 5_000.0])).tolist()
    assert found == pytest.approx([0, 0.01**0.75, 0.5**0.75, 1, 1])


def test_subsampling_leaves_out_the_most_frequent_words() -> None:
    corpus = texts.generated("en")
    assert counts.keep_chances(corpus, 0.0).tolist() == [1.0] * len(corpus.words)
    kept = counts.keep_chances(corpus, 1e-3)
    share = corpus.counts / corpus.counts.sum()
    t = 1e-3 / float(share[0])
    assert kept[0] == pytest.approx(math.sqrt(t) + t)
    assert (kept.diff() >= 0).all()


def test_the_decomposition_is_the_best_of_its_rank() -> None:
    matrix = counts.ppmi(counts.cooccurrence(texts.own(TEXT), 2, False))
    inward, outward = decompose(matrix, 3)
    left = (matrix - inward @ outward.T).square().sum()
    assert left == pytest.approx(float(torch.linalg.svdvals(matrix)[3:].square().sum()), rel=1e-3)
    largest = inward.abs().argmax(0)
    assert (inward[largest, torch.arange(3)] > 0).all()  # so that the same text has the same map
    whole = decompose(matrix, 40)  # more than there are words
    assert torch.allclose(whole[0] @ whole[1].T, matrix, atol=1e-4)


@pytest.mark.parametrize("method", ["skip_gram", "cbow"])
def test_a_batch_counts_the_pairs_of_its_windows(method: str) -> None:
    setting = VectorsSetting(method=method, window=3, negatives=4)  # type: ignore[arg-type]
    batch = Batches(setting)(0)
    assert batch.drawn is not None
    assert batch.wanted.sum() == batch.pairs
    assert torch.equal(batch.drawn.sum(1), 4 * batch.wanted.sum(1))
    if batch.mix is None:
        whole = counts.cooccurrence(setting.corpus(), 3, by_distance=False)
        assert ((whole > 0) | (batch.wanted == 0)).all()
    else:
        assert batch.pairs == BATCH
        assert torch.allclose(batch.mix.sum(1), torch.ones(BATCH))


def test_an_epoch_sees_every_pair_as_often_as_windows_shrink() -> None:
    setting = VectorsSetting(objective="softmax", window=4, epochs=20)
    batches = Batches(setting)
    seen = sum(batches(step).wanted for step in range(setting.steps()))
    assert isinstance(seen, torch.Tensor)
    # a pair d places apart is seen when the window reaches d: (w + 1 - d) / w of the times
    whole = sum(
        counts.cooccurrence(setting.corpus(), d, by_distance=False) / 4 for d in range(1, 5)
    )
    assert isinstance(whole, torch.Tensor)
    assert float(seen.sum() / (20 * whole.sum())) == pytest.approx(1, abs=0.01)
    assert torch.corrcoef(torch.stack((seen.flatten(), whole.flatten())))[0, 1] > 0.999


def test_negatives_are_drawn_by_their_chances() -> None:
    setting = VectorsSetting(epochs=5)
    batches = Batches(setting)
    drawn = torch.zeros(len(setting.corpus().words))
    for step in range(setting.steps()):
        found = batches(step).drawn
        assert found is not None
        drawn += found.sum(0)
    chances = counts.noise(setting.corpus())
    raised = setting.corpus().counts.double() ** 0.75
    assert torch.allclose(chances, (raised / raised.sum()).float())
    assert torch.allclose(drawn / drawn.sum(), chances, rtol=0.08, atol=1e-4)

"""The runnable program of the merges: the same pieces in plain Python."""

from __future__ import annotations

import textwrap

from core.language.tokenizer.merges import LEAST, SPACE, words
from core.language.tokenizer.question import TokensQuestion


def source(question: TokensQuestion) -> str:
    """A program that learns the merges of the question's text, and prints each."""
    return f"""from collections import Counter

# {SPACE} stands for the space before a word; punctuation stands by itself
text = r'''
{textwrap.fill(" ".join(words(question.learned_from)), 88, break_long_words=False)}
'''
counts = Counter(text.split())
cut = {{word: list(word) for word in counts}}  # the pieces of each word, at first its characters
known = {{letter: n for n, letter in enumerate(sorted(set("".join(counts))))}}

for step in range({question.step}):
    pairs = Counter()
    for word, pieces in cut.items():
        for pair in zip(pieces, pieces[1:]):
            pairs[pair] += counts[word]
    # the most frequent pair; of several the one whose pieces were known first
    left, right = max(pairs, key=lambda p: (pairs[p], -known[p[0]], -known[p[1]]), default=("", ""))
    if pairs[left, right] < {LEAST}:
        break
    known.setdefault(left + right, len(known))
    print(left, "+", right, "->", left + right, pairs[left, right])
    for word, pieces in cut.items():
        merged = []
        for piece in pieces:
            if merged and (merged[-1], piece) == (left, right):
                merged[-1] = left + right
            else:
                merged.append(piece)
        cut[word] = merged
"""

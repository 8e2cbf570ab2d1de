"""One step opened: how every number of one pair's loss, gradient and update comes about.

The update is plain gradient descent for this one pair, as in the papers. A run takes the mean over
hundreds of pairs, and Adam scales each number's step. W words, D numbers a word, K negatives, w the
window. A number that is not an axis is an array of no axes.
"""

"""Language: word vectors, an encoder-decoder transformer, and BERT."""

"""RNN, LSTM and GRU learn to continue a series."""

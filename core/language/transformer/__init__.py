"""An encoder-decoder transformer that translates, copies, reverses, sorts and reads dates."""

"""The scored sets of tests/evals: one function each, which returns figures and misses. They change nothing."""

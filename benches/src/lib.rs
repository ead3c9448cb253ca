//! Benchmark programs and their peers; `make bench` runs them.

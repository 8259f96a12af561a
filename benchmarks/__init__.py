"""What the program costs beside what it could cost: `python -m benchmarks`; results in docs/benchmarks.md."""

"""Demo data: invented people and campaigns as import files that go through the pipeline, and as many more for load."""

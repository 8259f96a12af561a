"""Programs that do what an import does, each run by an environment of its own with the released package."""

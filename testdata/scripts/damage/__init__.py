"""Small good files, spoiled on purpose: one module per container."""

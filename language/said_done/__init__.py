"""The promise "said means done": what a sentence claims was done, and whether there is a receipt for it."""

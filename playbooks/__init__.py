"""One folder per business: its dataset, tools, words, rules and ready calls; a loader finds them."""

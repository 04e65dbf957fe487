"""Rules about words: what a sentence must not leave open."""

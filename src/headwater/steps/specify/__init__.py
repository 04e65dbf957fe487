"""From an idea to a specification: sentence by sentence, so that nothing of the idea is lost."""

"""Finding out where two versions of derived code behave differently, by running both."""

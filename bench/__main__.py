"""`python -m bench`: lists the benches, and runs the one that needs neither model nor data."""

from __future__ import annotations

import sys

from bench import startup

BENCHES = {
    "python -m bench.solve": "exercises solved by a prompt, by resampling and by a build (hours)",
    "python -m bench.corpora": "what is read of real documents, beside counts by hand (seconds)",
    "python -m bench.scale N": "how checking grows with N requirements, beside peers (minutes)",
    "python -m bench.incremental": "what an edit costs in 200 components, beside peers (minutes)",
    "python -m bench.reimplements": "corrected cases of exercises, built before and after (hours)",
    "python -m bench.planning": "ten ideas to specs, plans and tasks on a model (an hour)",
    "python -m bench.triage": "ten seeded bugs traced to spec or code (a minute)",
    "python -m bench.review_words": "words to review a feature, here and elsewhere (seconds)",
    "python -m bench.startup": "processor time of commands that have nothing to do (a minute)",
}


def main(runs: int = startup.RUNS) -> int:
    """List the benches and run `bench.startup`."""
    for command, meaning in BENCHES.items():
        print(f"{command:<31}{meaning}")
    print("\n$ python -m bench.startup\n")
    return startup.main(runs)


if __name__ == "__main__":
    sys.exit(main())

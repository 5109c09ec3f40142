"""The screens of training with 1,000 and with 10,000 agents, above an empty signed-in page.

Each size adds agents, Maisons (one for 3.5 agents: 2,845 for 10,000), 2,000 sessions at the full size and
about twelve registrations for each, spread over three years. Every screen is asked in turn with the
empty page of the same theme, warm, in this process; what is printed is the median and the 95th
percentile of the screen less those of the empty page (`worst`: the 95th less its median), and the
queries less its own.
On SQLite and, with DATABASE_TEST_URL, on PostgreSQL.

Usage: python bench/training.py [--requests 200] [--sizes 1000,10000] [--only network] [--profile]
"""

import argparse

from _screens import measure_sizes, run, set_up


def inside(options: argparse.Namespace) -> None:
    set_up()
    from bench._training import Network

    measure_sizes(Network(), options)


if __name__ == "__main__":
    run(__file__, __doc__.splitlines()[0], inside)

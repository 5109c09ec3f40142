"""Pages are asked several times in a test: none is kept."""

import pytest


@pytest.fixture(autouse=True)
def _no_page_cache(settings):
    settings.PAGE_CACHE = False

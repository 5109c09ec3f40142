"""Two people who close at the same moment close once, on both databases."""

import pytest

from accounts.factories import UserFactory
from learning.closing import factories
from learning.closing.services import close
from learning.models import Certificate, SessionReport
from tests.learning.test_places_together import together

pytestmark = pytest.mark.django_db(transaction=True)


def test_four_who_close_together_close_once():
    session = factories.over(3)
    closers = [session.trainers.get(), *UserFactory.create_batch(3, role="national-team")]
    done = []
    raised = together(*(lambda by=by: done.append(close(session, by)) for by in closers))
    assert not raised
    assert sorted(closing.again for closing in done) == [False, True, True, True]
    assert (Certificate.objects.count(), SessionReport.objects.count()) == (6, 1)
    assert len(set(Certificate.objects.values_list("number", flat=True))) == 6

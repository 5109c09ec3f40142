"""Several who complete, or ask, at the same moment, with real threads."""

import pytest

from accounts.factories import UserFactory
from learning.credentials import keys, services
from learning.credentials.factories import completed, make_certificate
from learning.models import BadgeKey, PathCertificate, StatusList
from learning.paths.factories import make_path
from tests.learning.test_places_together import together

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_completion_settled_by_four_at_once_gives_one_attestation():
    row = completed()
    raised = together(*(lambda: services.issue(row) for _ in range(4)))
    assert not raised and PathCertificate.objects.count() == 1


def test_twelve_people_at_once_get_twelve_numbers_codes_and_places():
    path = make_path()
    rows = [completed(path=path) for _ in range(12)]
    raised = together(*(lambda row=row: services.issue(row) for row in rows))
    assert not raised
    made = PathCertificate.objects.all()
    assert len({row.number for row in made}) == len({row.code for row in made}) == 12
    assert len({(row.status_list_id, row.status_index) for row in made}) == 12
    assert sum(StatusList.objects.values_list("taken", flat=True)) == 12


def test_two_who_revoke_together_revoke_once():
    made = make_certificate()
    people = UserFactory.create_batch(2, role="national-team")
    raised = together(
        *(lambda by=by: services.revoke(made, by=by, reason="x", replace=True) for by in people)
    )
    assert [type(error) for error in raised] == [services.CannotRevoke]
    assert PathCertificate.objects.count() == 2


def test_two_processes_that_need_a_first_key_make_one():
    raised = together(*(keys.current for _ in range(3)))
    assert not raised and BadgeKey.objects.count() == 1

"""The pictures that trainers put in questions: those of one collection, theirs to add to, and no others."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.models import GroupCollectionPermission

from accounts import groups
from accounts.factories import UserFactory
from cms.factories import SiteImageFactory
from cms.models import SiteImage
from learning.quizzes import pictured, pictures
from learning.quizzes.factories import correct, make_question
from maisons.factories import MembershipFactory

pytestmark = pytest.mark.django_db
CHOOSER = "wagtailimages_chooser"


@pytest.fixture
def trainer(client):
    person = UserFactory(role="trainer")
    client.force_login(person)
    return person


@pytest.fixture
def world():
    """A colleague's picture in the collection, and one of the site."""
    groups.sync_groups()
    return (
        SiteImageFactory(title="Du comptoir", collection=pictures.collection()),
        SiteImageFactory(title="Du site"),
    )


def upload(client, **data):
    drawn = BytesIO()
    Image.new("RGB", (40, 30)).save(drawn, "PNG")
    file = SimpleUploadedFile("plan.png", drawn.getvalue(), "image/png")
    said = {"title": "Un plan", "file": file, "alt_decision": "decorative", **data}
    named = {f"image-chooser-upload-{name}": value for name, value in said.items()}
    return client.post(reverse(f"{CHOOSER}:create"), named)


def test_a_trainer_chooses_among_the_pictures_of_questions_alone(client, trainer, world):
    theirs, other = world
    shown = client.get(reverse(f"{CHOOSER}:choose_results")).content.decode()
    assert theirs.title in shown
    assert other.title not in shown
    for image, status in ((theirs, 200), (other, 404)):
        for name in ("chosen", "select_format"):
            assert client.get(reverse(f"{CHOOSER}:{name}", args=[image.pk])).status_code == status


def test_a_picture_added_goes_to_the_collection_and_is_read_once_in_a_question(
    client, trainer, world
):
    assert upload(client, collection=world[1].collection_id).json()["step"] == "chosen"
    added = SiteImage.objects.get(title="Un plan")
    assert added.collection == pictures.collection()
    assert added.uploaded_by_user == trainer
    agent = MembershipFactory(user=UserFactory(), role="agent").user
    assert not pictures.may_read(agent, added)
    shown = str(pictured.Picture(image=world[0].pk, alt="Le comptoir"))
    correct(make_question(), by=trainer, text=f"<p>Où ?</p>{shown}")
    assert pictures.may_read(agent, world[0])


def test_naming_a_picture_of_another_collection_opens_it_to_nobody(trainer, world):
    shown = str(pictured.Picture(image=world[1].pk, alt="Le site"))
    correct(make_question(), by=trainer, text=f"<p>Où ?</p>{shown}")
    assert not pictures.may_read(trainer, world[1])


def test_a_trainer_changes_what_they_added_and_nothing_of_others(client, trainer, world):
    own = SiteImageFactory(
        title="À moi", collection=pictures.collection(), uploaded_by_user=trainer
    )
    listed = client.get(reverse("wagtailimages:index")).content.decode()
    assert own.title in listed
    for image in world:
        assert client.post(
            reverse("wagtailimages:edit", args=[image.pk]), {"title": "Piraté"}
        ).status_code in {302, 403, 404}
        image.refresh_from_db()
        assert image.title != "Piraté"
    assert client.get(reverse("wagtailimages:edit", args=[own.pk])).status_code == 200


def test_bringing_groups_up_to_date_again_changes_nothing(world):
    def held():
        rows = GroupCollectionPermission.objects.order_by("pk")
        return list(rows.values_list("pk", "group__name", "collection__name", "permission"))

    before = held()
    groups.sync_groups()
    assert held() == before
    assert {name for _pk, group, name, _code in before if group == "Formateurs"} == {
        pictures.COLLECTION
    }
    assert {name for _pk, group, name, _code in before if group == "Rédaction"} == {"Root"}

"""What the addresses of the network answer to each role."""

from collections.abc import Iterator
from typing import Any

from cms import registry
from cms.matrix import Case, Expected, only, public


@registry.url_cases.provide("maisons")
def cases() -> Iterator[Case]:
    from .factories import CommuneFactory, ContactRequestFactory, DepartmentFactory, MaisonFactory
    from .models import Maison

    steering = ("national-team", "administrator")
    # Far from the department and the organisation of the matrix's own people.
    far = CommuneFactory(code="97233", department=DepartmentFactory(code="972"))
    project = MaisonFactory(status=Maison.Status.PROJECT, commune=far)
    yield Case("/maisons/", public())
    yield Case("/maisons/?departement=zz&page=abc", public())
    yield Case(f"/maisons/{project.slug}/", only(*steering, others=404, anonymous=404))
    yield Case(f"/maisons/{MaisonFactory().slug}/", public())
    yield Case("/maisons/nulle-part/", public(404))
    for model in ("operator", "hostorganisation", "membership"):
        yield Case(f"/admin/{model}/", only(*steering))
        yield Case(f"/admin/{model}/new/", only(*steering))
    yield Case("/admin/snippets/maisons/maison/", only(*steering))
    yield Case("/admin/snippets/maisons/maison/add/", only(*steering))
    yield Case("/contact/", public())
    yield Case("/contact/?sujet=zz&maison=%00&departement=zzzzz", public())
    yield Case("/contact/", public(422), method="post", data={"sujet": "network"})
    yield Case("/contact/envoye/", public())
    yield Case("/espace-pro/demandes/", only(*AT_A_DESK, others=403))
    for path, answer in requests_of(far, ContactRequestFactory):
        yield Case(path, answer)
    yield Case("/admin/contactrequest/", only(*steering))


AT_A_DESK = ("manager", "host-manager", "prefecture-referent", "national-team", "administrator")


def requests_of(far: Any, factory: Any) -> Iterator[tuple[str, Expected]]:
    """A request of a department that nobody of the matrix has; the national team reads all."""
    request = factory(department=far.department)
    readers = only("national-team", "administrator", others=404)
    yield f"/espace-pro/demandes/{request.uuid}/", readers

"""What the addresses of the network answer to each role."""

from collections.abc import Iterator

from cms import registry
from cms.matrix import Case, only, public


@registry.url_cases.provide("maisons")
def cases() -> Iterator[Case]:
    from .factories import CommuneFactory, DepartmentFactory, MaisonFactory
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

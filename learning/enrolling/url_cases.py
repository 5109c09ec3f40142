"""What the addresses of enrolling answer to each role."""

from collections.abc import Iterator

from cms import registry
from cms.matrix import Case, only

STEERING = ("national-team", "administrator")
LEADING = ("manager", "host-manager", *STEERING)


@registry.url_cases.provide("learning.enrolling")
def cases() -> Iterator[Case]:
    from ..following.factories import make_cohort
    from ..models import EnrolmentImport
    from ..paths.factories import make_enrolment, make_path

    path = make_path()
    cohort = make_cohort(path=path)
    row = make_enrolment(path, cohort=cohort)
    batch = EnrolmentImport.objects.create(path=path, by=row.user, filename="liste.csv")
    team = "/espace-pro/equipe/parcours/inscrire/"
    for address in (
        team,
        f"{team}?maison=zz&q={'a' * 200}&personne=zz&parcours=zz&page=abc",
        f"{team}fichier/",
    ):
        yield Case(address, only(*LEADING, others=403))
    yield Case(f"{team}fichier/{batch.uuid}/", only(*LEADING, answer=404, others=403))
    # Nobody of the team of the managers of the matrix: it does not exist for them.
    terms = f"/espace-pro/equipe/parcours/conditions/{row.uuid}/"
    leading = dict.fromkeys(LEADING, 404) | dict.fromkeys(STEERING, 200)
    yield Case(terms, {**only(others=403), **leading})
    cohorts = "/espace-pro/cohortes/"
    yield Case(f"{cohorts}nouvelle/", only("trainer", *STEERING, others=403))
    yield Case(f"{cohorts}rappels/", only(*STEERING, others=403))
    # The trainer of the matrix is named on no cohort: it does not exist for them.
    base = f"{cohorts}{cohort.uuid}/"
    members = f"{base}membres/"
    for address in (
        f"{base}modifier/",
        f"{base}rappels/",
        members,
        f"{members}?etat=zz&q={'a' * 200}&page=abc",
        f"{members}ajouter/?q=a",
        f"{members}fichier/",
        f"{members}{row.uuid}/",
    ):
        yield Case(address, only(*STEERING, others=404))
    yield Case(f"{members}fichier/{batch.uuid}/", only(*STEERING, answer=404, others=404))
    for address in (
        f"{base}fermer/",
        f"{base}rouvrir/",
        f"{members}ajouter/",
        f"{members}{row.uuid}/retirer/",
    ):
        yield Case(address, only(*STEERING, answer=302, others=404), method="post")

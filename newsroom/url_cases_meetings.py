"""What meetings, consultations, contributions and prizes answer to each role."""

from collections.abc import Iterator

from django.urls import reverse

from cms import registry
from cms.matrix import Case, only, public, signed_in

MODERATORS = ("editor", "chief-editor", "national-team", "administrator")


@registry.url_cases.provide("newsroom.meetings")
def pages() -> Iterator[Case]:
    from . import factories_meetings as make

    edition, consultation, award = make.edition(), make.consultation(), make.award()
    make.contribution(consultation)
    for page in (
        make.meeting_index(),
        edition.get_parent(),
        edition,
        make.consultation_index(),
        consultation,
        make.award_index(),
        award,
    ):
        yield Case(page.get_url(), public())
    draft = make.edition(live=False)
    yield Case(f"{draft.get_parent().get_url()}{draft.slug}/", public(404))


@registry.url_cases.provide("newsroom.contributions")
def contributions() -> Iterator[Case]:
    from . import factories_meetings as make

    row = make.contribution(state="submitted")
    yield Case(reverse("newsroom_contributions"), signed_in())
    yield Case(reverse("newsroom_contribute", args=[row.consultation.slug]), signed_in())
    yield Case(reverse("newsroom_contribute", args=["nulle-part"]), signed_in(404))
    # Somebody else's: it does not exist, not even for moderators, who have their own screen.
    own = reverse("newsroom_contribution", args=[row.uuid])
    yield Case(own, signed_in(404))
    yield Case(own, signed_in(404), "post")
    for name in ("newsroom_contribution_withdraw", "newsroom_contribution_reopen"):
        yield Case(reverse(name, args=[row.uuid]), signed_in(404), "post")
    yield Case(reverse("newsroom_moderation_list"), only(*MODERATORS))
    yield Case(reverse("newsroom_moderation", args=[row.uuid]), only(*MODERATORS))
    draft = make.contribution(state="draft")
    yield Case(reverse("newsroom_moderation", args=[draft.uuid]), only(*MODERATORS, answer=404))
    yield Case("/exports/contributions/", only(*MODERATORS, others=404))

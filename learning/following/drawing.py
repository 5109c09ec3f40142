"""The funnel of a cohort: how many began and ended each unit."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cms import charts

from .kinds import Progress
from .queries import Stage, link


def funnel_chart(stages: list[Stage], people: int, base: str) -> charts.Chart | None:
    """Each figure leads to its people. None while the path has no unit or the cohort nobody."""
    if not stages or not people:
        return None
    rows = [
        charts.Step(
            stage.title,
            (stage.started, stage.done),
            url=link(base, etape=stage.outline.uuid, stade=Progress.STARTED.value),
            urls=(
                link(base, etape=stage.outline.uuid, stade=Progress.STARTED.value),
                link(base, etape=stage.outline.uuid, stade=Progress.DONE.value),
            ),
        )
        for stage in stages
    ]
    return charts.steps(
        "etapes",
        _("From one unit to the next"),
        rows,
        (_("Begun"), pgettext("unit", "Done")),
        heading=_("Unit of the path"),
        maximum=people,
        whole=(_("Enrolled"), f"{base}#personnes"),
    )

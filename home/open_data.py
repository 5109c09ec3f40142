"""The figures as an open file: /a-propos/chiffres.csv."""

import csv
import io
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from cms.exports import escape

from .models import Figure

COLUMNS = (
    "code",
    "sujet",
    "intitule",
    "valeur",
    "unite",
    "environ",
    "date",
    "precision_date",
    "source",
    "adresse_source",
    "note",
)
PRECISION = {"year": "annee", "month": "mois", "day": "jour"}


def rows() -> Iterator[list[str]]:
    """The lines of the file; numbers with a point, dates as ISO 8601 writes them."""
    for one in Figure.objects.all():
        yield [
            one.code,
            one.subject,
            one.label,
            f"{one.value.normalize():f}",
            one.unit,
            "oui" if one.approximate else "non",
            one.date.isoformat(),
            PRECISION[one.precision],
            one.source,
            one.source_url,
            one.note,
        ]


@require_safe
def figures_csv(request: HttpRequest) -> HttpResponse:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for row in rows():
        writer.writerow([escape(cell) for cell in row])
    response = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="chiffres-maisons.csv"'
    return response

"""What people searched in vain, for those who write."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from . import empty
from .exporting import EMPTY_SEARCHES, SinceForm, may_read


@require_safe
def empty_searches(request: HttpRequest) -> HttpResponse:
    """The words, the most searched first, with a link to promote a page for them."""
    if not may_read(request.user):
        raise PermissionDenied
    form = SinceForm(request.GET)
    since = form.cleaned_data["since"] if form.is_valid() else None
    rows = Paginator(empty.report(since), 50).get_page(request.GET.get("p"))
    context = {
        "form": form,
        "since": since,
        "rows": rows,
        "keep_days": empty.KEEP_DAYS,
        "export": EMPTY_SEARCHES.code,
        "may_promote": request.user.has_perm("search.add_promotion"),
    }
    return render(request, "search/admin/empty.html", context)

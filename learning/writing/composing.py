"""The steps of writing to several people: write, read over, send."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages as flash
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import ngettext

from .forms import ChosenField, MessageForm
from .sending import CannotSend

# (form, reading over, status) → the page.
Show = Callable[[MessageForm, bool, int], HttpResponse]


def compose(
    request: HttpRequest,
    form: MessageForm,
    show: Show,
    send: Callable[[dict[str, Any]], Any],
    then: Callable[[], HttpResponse],
) -> HttpResponse:
    """One step: the buttons "back" and "send" say which. form: bound when something was sent."""
    if not form.is_bound:
        return show(form, False, 200)
    if not form.is_valid():
        return show(form, False, 422)
    if "back" in request.POST:
        return show(form, False, 200)
    if "send" not in request.POST:
        return show(form, True, 200)
    try:
        message = send(form.cleaned_data)
    except CannotSend as error:
        form.add_error(None, error)
        return show(form, False, 409)
    number = message.recipients.count()
    said = ngettext("Sent to %(n)d person.", "Sent to %(n)d people.", number) % {"n": number}
    flash.success(request, said)
    return then()


def ticked(request: HttpRequest) -> list[str]:
    """Identifiers of the rows ticked on a list (`a`); nothing where one is wrong."""
    try:
        return [str(each) for each in ChosenField(required=False).clean(request.GET.getlist("a"))]
    except ValidationError:
        return []

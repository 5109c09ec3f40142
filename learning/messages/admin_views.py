"""Back to the original text of a message, after confirmation."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.permissions import policy_registry

from ..models import MessageTemplate
from .originals import original
from .templates import back_to_original


@require_http_methods(["GET", "HEAD", "POST"])
def original_text(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the original text, then bring it back on confirmation."""
    template = get_object_or_404(MessageTemplate, pk=pk)
    policy = policy_registry.get(template)
    if not policy.user_has_permission_for_instance(request.user, "change", template):
        raise PermissionDenied
    edit_url = template.snippet_viewset.get_url_name("edit")
    if request.method == "POST":
        back_to_original(template, by=request.user)
        messages.success(request, _("The message has its original text again."))
        return redirect(edit_url, template.pk)
    context = {
        "template": template,
        "words": original(template.kind, template.language),
        "edit_url_name": edit_url,
    }
    return render(request, "learning/messages/admin/original.html", context)

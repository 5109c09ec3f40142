"""An empty page of the professional space: what any screen costs before it shows anything.

Used as `ROOT_URLCONF`, it adds /page-vide/ to the site.
"""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.cache import never_cache

from cms import urls
from cms.meta import PageMeta

URL = "/page-vide/"


@login_required
@never_cache
def empty(request: HttpRequest) -> HttpResponse:
    meta = PageMeta(title="Vide", cache="private")
    return render(request, "pro/base.html", {"page_meta": meta})


urlpatterns = [path(URL.strip("/") + "/", empty), *urls.urlpatterns]

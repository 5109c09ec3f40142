"""What the origin of learning packages answers. `cms.urls`, the site's, holds none of it but this."""

from django.urls import path

from . import health

urlpatterns = [path("healthz", health.healthz, name="healthz")]

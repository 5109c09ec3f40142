"""Training: sessions for everybody under /sessions/, one's own under /espace-pro/."""

from django.urls import path

from . import views
from .alerts import urls as alerts_urls
from .asking import urls as asking_urls
from .assignments import urls as assignment_urls
from .attendance import urls as attendance_urls
from .calendars import urls as calendars_urls
from .closing import urls as closing_urls
from .credentials import urls as credentials_urls
from .enrolling import urls as enrolling_urls
from .evaluations import urls as evaluations_urls
from .files import urls as files_urls
from .following import urls as following_urls
from .notes import urls as note_urls
from .opinions import urls as opinion_urls
from .overview import urls as overview_urls
from .paths import urls as path_urls
from .quizzes import urls as quizzes_urls
from .running import urls as running_urls
from .steering import urls as steering_urls
from .webinars import urls as webinar_urls

app_name = "learning"
urlpatterns = [
    *evaluations_urls.urlpatterns,
    *files_urls.urlpatterns,
    *attendance_urls.urlpatterns,
    *alerts_urls.urlpatterns,
    *calendars_urls.urlpatterns,
    *running_urls.urlpatterns,
    path("formations/", views.catalogue, name="catalogue"),
    path("sessions/", views.session_list, name="sessions"),
    path("sessions/<uuid:uuid>/", views.session, name="session"),
    path("sessions/<uuid:uuid>/inscription/", views.register, name="register"),
    path("espace-pro/inscriptions/<uuid:uuid>/", views.registration, name="registration"),
    path("espace-pro/inscriptions/<uuid:uuid>/<slug:act>/", views.decide, name="decide"),
    *closing_urls.urlpatterns,
    # Before those of steering, which has any word after `reseau/`.
    *overview_urls.urlpatterns,
    *credentials_urls.urlpatterns,
    *steering_urls.urlpatterns,
    *following_urls.urlpatterns,
    *assignment_urls.urlpatterns,
    *asking_urls.urlpatterns,
    *note_urls.urlpatterns,
    *opinion_urls.urlpatterns,
    *quizzes_urls.urlpatterns,
    *path_urls.urlpatterns,
    *webinar_urls.urlpatterns,
    *enrolling_urls.urlpatterns,
]

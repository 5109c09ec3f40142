from django.db import transaction

from .models import ArticlePage


@transaction.atomic
def publish_issue(issue, user):
    for page in [issue, *ArticlePage.objects.child_of(issue)]:
        page.get_latest_revision().publish(user=user)

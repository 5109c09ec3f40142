"""Take away the groups and the workflow that Wagtail brings: ours come from the roles.

Destructive and safe: it runs on a new database only, where nobody is in those groups yet.
"""

from django.db import migrations


def remove(apps, schema_editor):
    apps.get_model("auth.Group").objects.filter(name__in=["Moderators", "Editors"]).delete()
    apps.get_model("wagtailcore.Workflow").objects.filter(name="Moderators approval").delete()
    tasks = apps.get_model("wagtailcore.Task").objects.filter(name="Moderators approval")
    apps.get_model("wagtailcore.GroupApprovalTask").objects.filter(
        pk__in=tasks.values("pk")
    ).delete()
    tasks.delete()


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailimages", "0012_copy_image_permissions_to_collections"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailmedia", "0003_copy_media_permissions_to_collections"),
        ("wagtail_localize", "0006_create_submit_translation_permission"),
    ]
    operations = [migrations.RunPython(remove, migrations.RunPython.noop)]

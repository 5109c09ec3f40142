"""The columns of a file of past attendance."""

from django.utils.translation import gettext_lazy as _

from ..csv_rows import Column

COLUMNS = (
    Column("module", _("Module"), ("formation", "titre"), hint=_("Its title in the catalogue.")),
    Column(
        "dates", _("Dates"), ("date",), hint=_("04/10/2016, or several: 04/10/2016, 05/10/2016.")
    ),
    Column(
        "city",
        _("City"),
        ("ville", "commune"),
        required=False,
        hint=_(
            "Empty: remote. With its department where several have the name: Saint-Denis (974)."
        ),
    ),
    Column(
        "email",
        _("E-mail"),
        ("courriel", "e-mail", "mail"),
        required=False,
        hint=_("Of the account."),
    ),
    Column(
        "name",
        _("Name"),
        ("nom", "agent", "personne"),
        required=False,
        hint=_("With the Maison, when the address is not known."),
    ),
    Column(
        "maison",
        _("Maison"),
        ("msap",),
        required=False,
        hint=_("On whose behalf; the person is or was one of its members."),
    ),
    Column("attended", _("Half-days attended"), ("demi-journées suivies", "présences")),
    Column("due", _("Half-days due"), ("demi-journées prévues", "demi-journées")),
    Column(
        "kind",
        _("Kind of session"),
        ("type", "nature"),
        required=False,
        hint=_("“session” or “pilote”."),
    ),
)

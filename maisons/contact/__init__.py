"""Contact requests: a form, who answers, what becomes of it (docs/contact.md).

    from maisons.contact import About, Kind, form_for

    registry.contact_kinds.register("initiative", Kind("initiative", _("About an initiative"), Desk.MAISON))
    context["contact_form"] = form_for("initiative", maisons=[maison], about=About(title, url))

and in the template `{% include "maisons/contact_form.html" with form=contact_form only %}`.
"""

from .forms import About, ContactForm, form_for
from .kinds import Kind

__all__ = ["About", "ContactForm", "Kind", "form_for"]

"""Where, of what, how far."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from cms.models import Commune

from ..forms import DISTANCES
from ..models import TrainingModulePage
from ..places import find_near


def modules_for(user: Any) -> Any:
    """The modules that may be chosen: those in French, to which sessions belong."""
    return (
        TrainingModulePage.objects.visible_to(user)
        .filter(locale=Locale.get_default())
        .defer_streamfields()
        .order_by("kind", "order", "title")
    )


class AlertForm(forms.Form):
    """What one wants to be told. `commune`: the one found, once the place is read."""

    module = forms.ModelChoiceField(
        queryset=None,
        to_field_name="slug",
        label=_("Module"),
        empty_label=_("Any module"),
        required=False,
    )
    place = forms.CharField(label=_("Commune or postcode"), max_length=100)
    code = forms.RegexField(
        r"^[0-9AB]{5}$", required=False, widget=forms.HiddenInput, label=_("Commune")
    )
    distance = forms.TypedChoiceField(
        label=_("Within"), choices=DISTANCES, coerce=int, initial="60"
    )
    with_remote = forms.BooleanField(
        label=_("Tell me of remote sessions too"), required=False, initial=True
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["module"].queryset = modules_for(user)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        asked, code = cleaned.get("place", ""), cleaned.get("code", "")
        if not asked:
            return cleaned
        # The code counts for the name that came with it, not for another typed over it.
        kept = Commune.objects.filter(code=code).first() if code else None
        near = find_near(asked, code if kept and kept.name == asked else "")
        if near.commune is None or near.commune.latitude is None:
            self.add_error("place", _("No commune has this name or this postcode."))
        return {**cleaned, "commune": near.commune}


class AlertAsked(forms.Form):
    """What a link to the form says already. Whatever is wrong is left out."""

    module = forms.SlugField(max_length=255, required=False)
    commune = forms.RegexField(r"^[0-9AB]{5}$", required=False)
    rayon = forms.ChoiceField(choices=DISTANCES, required=False)

    def initial_for(self, user: Any) -> dict[str, Any]:
        """Initial values; without a place, the commune of the person's Maison."""
        from ..rules import maisons_of

        self.is_valid()
        asked = self.cleaned_data
        initial: dict[str, Any] = {"distance": asked.get("rayon") or "60", "with_remote": True}
        slug = asked.get("module")
        page = TrainingModulePage.objects.filter(slug=slug).first() if slug else None
        if page is not None:
            french = modules_for(user).filter(translation_key=page.translation_key).first()
            initial["module"] = french.slug if french else None
        commune = Commune.objects.filter(code=asked.get("commune") or "").first()
        if commune is None:
            maison = maisons_of(user).first()
            commune = maison.commune if maison else None
        if commune is not None:
            initial.update(place=commune.name, code=commune.code)
        return initial

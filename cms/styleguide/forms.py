"""A form that has one field of each kind."""

from django import forms

from ..listings import FilterForm, KindField, YearField


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(
        label="Nom de la Maison", help_text="Celui que les habitants connaissent."
    )
    email = forms.EmailField(label="Adresse électronique", help_text="Au format nom@domaine.fr.")
    kind = forms.ChoiceField(
        label="Implantation",
        choices=[("", "Choisir"), ("fixed", "Lieu fixe"), ("bus", "Itinérante")],
    )
    text = forms.CharField(
        label="Ce qu’il faut savoir", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    days = forms.MultipleChoiceField(
        label="Jours d’ouverture",
        choices=[("1", "Lundi"), ("2", "Mardi"), ("3", "Mercredi")],
        widget=forms.CheckboxSelectMultiple,
        help_text="Ceux d’une semaine ordinaire.",
    )
    contact = forms.ChoiceField(
        label="Prévenir par",
        choices=[("mail", "courriel"), ("phone", "téléphone")],
        widget=forms.RadioSelect,
    )
    when = forms.DateField(
        label="Date d’ouverture", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    agree = forms.BooleanField(label="J’ai vérifié les horaires", required=False)
    closed = forms.CharField(label="Champ fermé", initial="19310", disabled=True, required=False)


class SampleFilters(FilterForm):
    """What narrows a list."""

    genre = KindField([("news", "Actualité"), ("date", "Rendez-vous")], label="Genre")
    annee = YearField()

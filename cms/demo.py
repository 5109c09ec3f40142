"""Demonstration content of the foundation: territories and themes."""

from . import registry
from .demo_legal import LegalLoader
from .editors.demo import TemplatesLoader
from .models import Theme

# code: (French, English), in the order in which they are proposed.
THEMES = {
    "access-to-rights": ("Accès aux droits", "Access to rights"),
    "employment": ("Emploi", "Employment"),
    "digital-support": ("Accompagnement numérique", "Digital support"),
    "mobility": ("Mobilité", "Mobility"),
    "health": ("Santé", "Health"),
    "social-protection": ("Protection sociale", "Social protection"),
    "housing": ("Logement", "Housing"),
    "training": ("Formation", "Training"),
    "communication": ("Communication", "Communication"),
    "network-life": ("Vie du réseau", "Life of the network"),
    "public-policy": ("Politique publique", "Public policy"),
    "economic-development": ("Développement économique", "Economic development"),
    "tourism-culture": ("Tourisme et culture", "Tourism and culture"),
    "itinerance": ("Itinérance", "Mobile services"),
    "partnerships": ("Partenariats", "Partnerships"),
}


class TerritoriesLoader:
    order = 5

    def load(self, verbosity: int = 1) -> None:
        from .territories import load_territories

        load_territories()


class ThemesLoader:
    order = 10

    def load(self, verbosity: int = 1) -> None:
        for order, (code, (french, english)) in enumerate(THEMES.items()):
            Theme.objects.get_or_create(
                code=code, defaults={"label_fr": french, "label_en": english, "order": order}
            )


registry.demo_loaders.register("territories", TerritoriesLoader())
registry.demo_loaders.register("themes", ThemesLoader())
registry.demo_loaders.register("legal", LegalLoader())
registry.demo_loaders.register("page-templates", TemplatesLoader())

"""The words of the example: a town, organisations, first names and surnames, all invented."""

from typing import Final

TOWN: Final = "Saint-Exemple-sur-Loire"
"""A town that does not exist; no French commune bears this name."""

SOLIDARITY: Final = "solidarités"
EDUCATION: Final = "éducation et culture"
HALVES: Final = (SOLIDARITY, EDUCATION)
"""The two worlds of the partnership, which only one partner links."""

HALF_OF_SECTOR: Final = {
    "Action sociale": SOLIDARITY,
    "Santé": SOLIDARITY,
    "Emploi et insertion": SOLIDARITY,
    "Habitat et cadre de vie": SOLIDARITY,
    "Éducation": EDUCATION,
    "Culture": EDUCATION,
    "Sport et loisirs": EDUCATION,
    "Institutions": EDUCATION,
}
SECTORS: Final = tuple(HALF_OF_SECTOR)

GROUPS: Final = {
    "Accès aux droits": SOLIDARITY,
    "Inclusion numérique": SOLIDARITY,
    "Aide alimentaire": SOLIDARITY,
    "Logement et hébergement": SOLIDARITY,
    "Santé mentale": SOLIDARITY,
    "Retour à l'emploi": SOLIDARITY,
    "Mobilité solidaire": SOLIDARITY,
    "Isolement des aînés": SOLIDARITY,
    "Précarité énergétique": SOLIDARITY,
    "Parentalité": EDUCATION,
    "Insertion des jeunes": EDUCATION,
    "Jeunesse 16-25 ans": EDUCATION,
    "Réussite éducative": EDUCATION,
    "Petite enfance": EDUCATION,
    "Éducation artistique": EDUCATION,
    "Sport pour tous": EDUCATION,
    "Vie de quartier": EDUCATION,
}
"""The seventeen working groups, each with its half."""

LEADERS: Final = {
    "Accès aux droits": "ccas",
    "Inclusion numérique": "maison-solidarites",
    "Aide alimentaire": "mains-tendues",
    "Logement et hébergement": "office-habitat",
    "Santé mentale": "maison-sante",
    "Retour à l'emploi": "agence-emploi",
    "Mobilité solidaire": "agence-emploi",
    "Isolement des aînés": "ccas",
    "Précarité énergétique": "office-habitat",
    "Parentalité": "caf",
    "Insertion des jeunes": "lycee-du-val",
    "Jeunesse 16-25 ans": "lycee-du-val",
    "Réussite éducative": "ville-education",
    "Petite enfance": "ville-education",
    "Éducation artistique": "mediatheque",
    "Sport pour tous": "office-sports",
    "Vie de quartier": "mjc-ecluse",
}
"""Which partner convenes a working group where the coordinator does not."""

AGENDA: Final = (
    "état des lieux",
    "cartographie des acteurs",
    "retours de terrain",
    "préparation du forum",
    "plan d'action",
    "suivi des actions",
)
LAST_ON_THE_AGENDA: Final = "bilan et perspectives"

WORKSHOPS: Final = {
    SOLIDARITY: (
        "Le non-recours aux droits, parlons-en",
        "Accueillir sans orienter dans le vide",
        "La santé mentale est l'affaire de tous",
        "Se déplacer pour travailler",
        "Rompre l'isolement des aînés",
        "Précarité énergétique : repérer et agir",
        "Repérer les violences, savoir vers qui se tourner",
        "Le numérique sans laisser personne au bord du chemin",
        "Mieux manger avec peu",
    ),
    EDUCATION: (
        "Parents et école, une alliance",
        "Les écrans en famille",
        "Décrochage scolaire : agir tôt",
        "La culture hors les murs",
        "Le sport, moteur de la vie de quartier",
        "Petite enfance : quels modes d'accueil demain ?",
        "Écouter les jeunes pour agir avec eux",
        "Faire vivre l'espace public",
        "Orientation et premiers pas vers l'emploi",
    ),
}

CHANNELS: Final = {"téléphone": 0.45, "courriel": 0.35, "visite": 0.12, "visioconférence": 0.08}

BACKGROUND: Final = {
    "ccas": ("CCAS de Saint-Exemple", "Action sociale"),
    "maison-solidarites": ("Maison départementale des solidarités", "Action sociale"),
    "agence-emploi": ("Agence locale pour l'emploi", "Emploi et insertion"),
    "lycee-du-val": ("Lycée du Val", "Éducation"),
    "mjc-ecluse": ("MJC de l'Écluse", "Culture"),
    "ville-education": ("Ville – Direction de l'éducation", "Éducation"),
    "maison-sante": ("Maison de santé pluriprofessionnelle du Port", "Santé"),
    "office-habitat": ("Office de l'habitat du Val", "Habitat et cadre de vie"),
    "mediatheque": ("Médiathèque municipale", "Culture"),
    "sous-prefecture": ("Sous-préfecture", "Institutions"),
    "mains-tendues": ("Les Mains tendues", "Action sociale"),
    "office-sports": ("Office municipal des sports", "Sport et loisirs"),
    "elus": ("Ville – Élus municipaux", "Institutions"),
    "caf": ("Caisse d'allocations familiales – antenne locale", "Institutions"),
    "chantier-levee": ("Chantier d'insertion La Levée", "Emploi et insertion"),
    "ecole-coteaux": ("École élémentaire des Coteaux", "Éducation"),
    "hopital-proximite": ("Hôpital de proximité – service social", "Santé"),
    "regie-quartier": ("Régie de quartier des Hauts", "Habitat et cadre de vie"),
    "creche-coccinelles": ("Crèche associative Les Coccinelles", "Éducation"),
    "theatre-gabare": ("Théâtre de la Gabare", "Culture"),
    "vestiaire": ("Le Vestiaire solidaire", "Action sociale"),
    "judo": ("Judo-club exemplois", "Sport et loisirs"),
    "cmp": ("Centre médico-psychologique du Val", "Santé"),
    "tremplin": ("Tremplin vers l'emploi", "Emploi et insertion"),
    "ecole-musique": ("École de musique intercommunale", "Culture"),
    "toit-pour-tous": ("Un toit d'abord – Val de Loire", "Habitat et cadre de vie"),
    "parents-eleves": ("Collectif des parents d'élèves", "Éducation"),
    "aidants": ("La Halte des aidants", "Santé"),
    "point-justice": ("Point-justice", "Action sociale"),
    "education-nationale": ("Inspection de l'éducation nationale", "Institutions"),
    "football": ("Football-club de la Levée", "Sport et loisirs"),
    "cooperative-jeunes": ("Coopérative jeunesse de services", "Emploi et insertion"),
    "cinema": ("Cinéma Le Batelier", "Culture"),
    "aide-domicile": ("Aide à domicile du canton", "Action sociale"),
    "addictologie": ("Consultation d'addictologie Le Gué", "Santé"),
    "pmi": ("Protection maternelle et infantile", "Santé"),
    "relais-petite-enfance": ("Relais petite enfance", "Éducation"),
    "geiq": ("Groupement d'employeurs du Val", "Emploi et insertion"),
    "velo-atelier": ("Atelier vélo Le Rayon vert", "Habitat et cadre de vie"),
    "compagnie-rives": ("Compagnie des Deux Rives", "Culture"),
    "randonneurs": ("Les Randonneurs du fleuve", "Sport et loisirs"),
    "ecoute-familles": ("Écoute familles", "Action sociale"),
    "taxi-solidaire": ("Garage solidaire La Clé de douze", "Emploi et insertion"),
}
"""Ordinary partners, those that the planted ones depend on first: identifier → name and sector."""

PREFIXES: Final = {
    "Association des habitants": "Habitat et cadre de vie",
    "Amicale laïque": "Éducation",
    "Entraide": "Action sociale",
    "Union sportive": "Sport et loisirs",
    "Atelier d'insertion": "Emploi et insertion",
    "Centre de soins infirmiers": "Santé",
    "Chorale": "Culture",
    "École maternelle": "Éducation",
    "Bibliothèque associative": "Culture",
    "Accueil de jour": "Action sociale",
}
PLACES: Final = (
    "du Port",
    "des Coteaux",
    "de la Levée",
    "des Hauts",
    "du Moulin",
    "de la Gare",
    "des Vignes",
    "du Bac",
    "de l'Île",
    "des Peupliers",
    "du Vieux-Pont",
    "de la Butte",
    "des Mariniers",
    "du Champ-Rond",
    "de la Varenne",
)
"""Beyond the ordinary partners above, larger partnerships pair a prefix with a place."""

INDEPENDENTS: Final = {
    "medecin-du-port": ("Santé", "Isolement des aînés"),
    "psychologue": ("Santé", "Santé mentale"),
    "permanence-ecriture": ("Action sociale", "Accès aux droits"),
}
"""Persons who belong to no organisation and stand for themselves: identifier → sector and working group."""

FIRST_NAMES: Final = (
    *("Adèle", "Agnès", "Aïcha", "Alban", "Aline", "Amina", "Anouk", "Antonin", "Armelle", "Bastien", "Béatrice", "Benoît"),
    *("Brahim", "Camille", "Capucine", "Carole", "Cédric", "Chloé", "Clément", "Coralie", "Damien", "Delphine", "Denis"),
    *("Djamila", "Édith", "Élodie", "Émile", "Estelle", "Fabrice", "Fatou", "Félix", "Flavie", "Florent", "Gaëlle"),
    *(
        "Ghislaine",
        "Grégoire",
        "Hakim",
        "Hélène",
        "Hervé",
        "Inès",
        "Isabelle",
        "Jérôme",
        "Joël",
        "Josiane",
        "Karim",
        "Laetitia",
    ),
    *("Laurent", "Léa", "Lionel", "Loïc", "Lucie", "Maëlle", "Malik", "Manon", "Marlène", "Maryse", "Mathilde", "Mehdi"),
    *("Moussa", "Nadège", "Nadia", "Nolwenn", "Noémie", "Olivier", "Pascale", "Patrice", "Quentin", "Rachid", "Régine"),
    *("Romain", "Rosalie", "Sabine", "Samir", "Sandrine", "Solène", "Stéphane", "Sylvain", "Tatiana", "Thibault", "Thuy"),
    *("Valérie", "Véronique", "Violaine", "Xavier", "Yann", "Yasmine", "Yvon", "Zoé"),
)
SURNAMES: Final = (
    *("Aubrée", "Auvinet", "Barillet", "Belkacem", "Bellanger", "Benslimane", "Blondeau", "Boissinot", "Bourdin", "Bréhier"),
    *(
        "Brossard",
        "Cailleteau",
        "Camara",
        "Cesbron",
        "Chalopin",
        "Charbonnier",
        "Chevreux",
        "Clavreul",
        "Cochard",
        "Coutable",
    ),
    *("Da Silva", "Davaine", "Delhumeau", "Derouet", "Diallo", "Doizé", "Drouineau", "Émeriau", "Fauchard", "Ferron"),
    *("Frémondière", "Gachet", "Gaudicheau", "Gélineau", "Gohier", "Grellier", "Guédon", "Guérineau", "Haddad", "Hérault"),
    *("Houdayer", "Jamin", "Jolivet", "Keller", "Konaté", "Lasne", "Le Goff", "Lehoux", "Lemasson", "Lépinay", "Lhommeau"),
    *(
        "Loiseleur",
        "Maillocheau",
        "Mansouri",
        "Marquis",
        "Ménoret",
        "Métayer",
        "Morillon",
        "Nguyen",
        "Oger",
        "Papin",
        "Pasquier",
    ),
    *(
        "Péan",
        "Pineau",
        "Plessis",
        "Poupard",
        "Prodhomme",
        "Quignon",
        "Rabouan",
        "Raimbault",
        "Renou",
        "Retailleau",
        "Rochard",
    ),
    *(
        "Saulnier",
        "Sorin",
        "Sourice",
        "Taillandier",
        "Tessier",
        "Thareau",
        "Touré",
        "Travers",
        "Vaillant",
        "Verdier",
        "Vigneron",
    ),
)

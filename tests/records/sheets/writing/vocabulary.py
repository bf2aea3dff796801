"""The words that people write: headers, statuses, marks, days, titles."""

from collections.abc import Mapping
from typing import Final

from tests.records.sheets.writing.known import Language

HEADERS: Final[Mapping[Language, Mapping[str, tuple[str, ...]]]] = {
    "fr": {
        "day": ("Date", "Jour", "Date de la réunion", "Date réunion"),
        "meeting": ("Réunion", "Instance", "Intitulé de la réunion", "Nom de la réunion"),
        "name": ("Nom et prénom", "Nom", "Participant", "Nom Prénom", "Prénom et nom", "Nom / Prénom", "Participants"),
        "last": ("Nom", "NOM", "Nom de famille"),
        "first": ("Prénom", "Prénoms"),
        "organisation": ("Structure", "Organisme", "Organisation", "Partenaire", "Institution", "Structure / organisme"),
        "status": ("Présence", "Statut", "Présence / absence", "État de présence"),
        "signature": ("Signature", "Émargement", "Signatures"),
        "invited": ("Invité", "Invité(e)", "Convié", "Invité·e", "Invitation"),
        "present": ("Présent", "Présents", "Présent(e)", "Présent·e"),
        "excused": ("Excusé", "Excusés", "Excusé(e)", "Excusé·e"),
        "absent": ("Absent", "Absents", "Absent(e)", "Absent·e"),
        "source": ("De", "Émetteur", "Expéditeur", "De la part de"),
        "target": ("À", "Destinataire", "Destinataires", "Vers"),
        "contact": ("Contact", "Interlocuteur", "Personne contactée"),
        "channel": ("Type de contact", "Canal", "Moyen", "Mode de contact"),
        "direction": ("Sens", "Sens du contact", "Entrant / sortant", "Entrant/Sortant", "Émis / reçu"),
        "reply": ("Réponse", "Réponse à l'invitation"),
        "mail": ("Mail", "Courriel", "Adresse e-mail", "Email"),
        "phone": ("Téléphone", "Tél.", "Portable"),
        "role": ("Fonction", "Poste", "Qualité"),
        "number": ("N°", "Numéro", "n°"),
        "remark": ("Observations", "Remarques", "Commentaires"),
        "town": ("Commune", "Ville", "Quartier"),
        "sector": ("Secteur", "Thématique", "Domaine"),
        "total": ("Total", "Total présences", "Nb de présences"),
        "place": ("Lieu", "Salle"),
        "subject": ("Objet", "Sujet", "Motif"),
    },
    "en": {
        "day": ("Date", "Meeting date", "Day", "Date of meeting"),
        "meeting": ("Meeting", "Meeting title", "Group", "Name of meeting"),
        "name": ("Name", "Full name", "Attendee", "Participant", "Participants"),
        "last": ("Last name", "Surname", "Family name"),
        "first": ("First name", "Forename", "Given name"),
        "organisation": ("Organisation", "Organization", "Partner", "Agency", "Company / organisation"),
        "status": ("Status", "Attendance", "Attendance status"),
        "signature": ("Signature", "Signed", "Sign here"),
        "invited": ("Invited", "Invited?", "Invitation sent"),
        "present": ("Present", "Attended", "Present?"),
        "excused": ("Apologies", "Excused", "Apologies received"),
        "absent": ("Absent", "Did not attend", "No show"),
        "source": ("From", "Sender", "Contacted by"),
        "target": ("To", "Recipient", "Recipients"),
        "contact": ("Contact", "Contact name", "Person contacted"),
        "channel": ("Channel", "Type of contact", "Method", "Contact type"),
        "direction": ("Direction", "In / out", "In/Out", "Incoming / outgoing"),
        "reply": ("Response", "RSVP", "Reply"),
        "mail": ("Email", "E-mail", "Email address"),
        "phone": ("Phone", "Telephone", "Mobile"),
        "role": ("Job title", "Role", "Position"),
        "number": ("No.", "Number", "#"),
        "remark": ("Comments", "Notes", "Remarks"),
        "town": ("Town", "Ward", "Area"),
        "sector": ("Sector", "Theme", "Field"),
        "total": ("Total", "Total attended"),
        "place": ("Venue", "Location"),
        "subject": ("Subject", "Purpose", "About"),
    },
}

SCHEMES: Final[Mapping[Language, tuple[Mapping[str, tuple[str, ...]], ...]]] = {
    "fr": (
        {"present": ("Présent", "Présente"), "excused": ("Excusé", "Excusée"), "absent": ("Absent", "Absente")},
        {"present": ("P",), "excused": ("E",), "absent": ("A",)},
        {"present": ("p",), "excused": ("e",), "absent": ("a",)},
        {"present": ("présent·e",), "excused": ("excusé·e",), "absent": ("absent·e",)},
        {"present": ("présent(e)",), "excused": ("excusé(e)",), "absent": ("absent(e)",)},
        {"present": ("PRESENT", "PRESENTE"), "excused": ("EXCUSE", "EXCUSEE"), "absent": ("ABSENT", "ABSENTE")},
        {"present": ("Prés.",), "excused": ("Exc.",), "absent": ("Abs.",)},
        {"present": ("oui",), "excused": ("excusé", "excusée"), "absent": ("non",)},
        {"present": ("Oui", "OUI"), "absent": ("Non", "NON")},
        {"present": ("1",), "absent": ("0",)},
        {"present": ("X",), "excused": ("E", "Exc")},
        {"present": ("x",)},
        {"present": ("X", "x")},
        {"present": ("✓",)},
        {"present": ("✔",)},
        {"present": ("1",)},
    ),
    "en": (
        {"present": ("Present",), "excused": ("Apologies",), "absent": ("Absent",)},
        {"present": ("P",), "excused": ("E",), "absent": ("A",)},
        {"present": ("Attended",), "excused": ("Excused",), "absent": ("Absent",)},
        {"present": ("present",), "excused": ("apologies",), "absent": ("absent",)},
        {"present": ("PRESENT",), "excused": ("EXCUSED",), "absent": ("ABSENT",)},
        {"present": ("Yes",), "excused": ("Apologies",), "absent": ("No",)},
        {"present": ("Y",), "absent": ("N",)},
        {"present": ("yes",), "absent": ("no",)},
        {"present": ("1",), "absent": ("0",)},
        {"present": ("x",)},
        {"present": ("X",)},
        {"present": ("✓",)},
        {"present": ("✔",)},
    ),
}
"""Ways to mark. One without `absent` leaves the cell blank."""

CODES: Final[tuple[Mapping[str, tuple[str, ...]], ...]] = (
    {"present": ("1",), "excused": ("2",), "absent": ("3",)},
    {"present": ("V",), "excused": ("J",), "absent": ("R",)},
    {"present": ("+",), "excused": ("o",), "absent": ("-",)},
    {"present": ("PR",), "excused": ("EX",), "absent": ("AB",)},
)
"""Marks that a legend alone explains."""
TICKS: Final = ("x", "X", "✓", "✔", "1")
SIGNED: Final[Mapping[Language, tuple[str, ...]]] = {
    "fr": ("x", "INITIALS", "signé", "✓"),
    "en": ("x", "INITIALS", "signed", "✓"),
}
LETTERS: Final[Mapping[Language, Mapping[str, str]]] = {
    "fr": {"present": "présent", "excused": "excusé", "absent": "absent"},
    "en": {"present": "present", "excused": "excused", "absent": "absent"},
}
MONTHS: Final[Mapping[Language, tuple[str, ...]]] = {
    "fr": ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
           "décembre"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December"),
}  # fmt: skip
WEEKDAYS: Final[Mapping[Language, tuple[str, ...]]] = {
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
CIVILITIES: Final[Mapping[Language, tuple[str, ...]]] = {"fr": ("Mme", "M."), "en": ("Ms", "Mr")}
ROLES: Final[Mapping[Language, tuple[str, ...]]] = {
    "fr": ("Directrice", "Chargé de mission", "Conseillère", "Présidente", "Coordinateur", "Élue", "Bénévole", ""),
    "en": ("Director", "Project officer", "Adviser", "Chair", "Councillor", "Volunteer", ""),
}
REMARKS: Final[Mapping[Language, tuple[str, ...]]] = {
    "fr": ("", "", "arrivée à 10h", "à recontacter", "partie avant la fin", "nouvelle adresse à demander", "cf. mail"),
    "en": ("", "", "arrived at 10am", "to call back", "left early", "new address to ask for", "see email"),
}
TOWNS: Final[Mapping[Language, tuple[str, ...]]] = {
    "fr": ("Kerlan", "Pontrieux", "Plouézec"),
    "en": ("Truro", "Redruth", "St Agnes"),
}
SECTORS: Final[Mapping[Language, tuple[str, ...]]] = {
    "fr": ("Social", "Éducation", "Santé", "Culture"),
    "en": ("Social care", "Education", "Health", "Arts"),
}
CHANNELS: Final[Mapping[Language, tuple[str, ...]]] = {
    "fr": ("Appel", "Mail", "Visite", "Courriel", "Téléphone"),
    "en": ("Call", "Email", "Visit", "Phone"),
}
DIRECTIONS: Final[Mapping[Language, tuple[tuple[str, str], ...]]] = {
    "fr": (("Sortant", "Entrant"), ("émis", "reçu"), ("Émis", "Reçu"), ("sortant", "entrant"), ("Envoyé", "Reçu")),
    "en": (
        ("Outgoing", "Incoming"),
        ("out", "in"),
        ("OUT", "IN"),
        ("Sent", "Received"),
        ("Outbound", "Inbound"),
        ("made", "received"),
    ),
}
"""Ways of a contact: made by the office, received by it."""
SUBJECTS: Final[Mapping[Language, tuple[str, ...]]] = {
    "fr": ("Relance convention", "Préparation du bilan", "Salle pour l'atelier"),
    "en": ("Agreement to renew", "Preparing the review", "Room for the workshop"),
}
PARTNERSHIP: Final[Mapping[Language, str]] = {"fr": "Partenariat de la Rive droite", "en": "Riverside partnership"}
UPDATED: Final[Mapping[Language, str]] = {"fr": "Document mis à jour le 12 janvier 2026", "en": "Updated on 12 January 2026"}

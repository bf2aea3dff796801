"""The words that people write: headers, statuses, marks, days, titles."""

from collections.abc import Mapping
from typing import Final

from tests.records.sheets.writing.known import Language

HEADERS: Final[Mapping[Language, Mapping[str, tuple[str, ...]]]] = {
    "fr": {
        "day": ("Date", "Jour", "Date de la réunion", "Date réunion", "Date de la rencontre", "Date de séance"),
        "meeting": (
            "Réunion",
            "Instance",
            "Intitulé de la réunion",
            "Nom de la réunion",
            "Rencontre",
            "Objet de la réunion",
            "Nom du groupe",
        ),
        "name": (
            "Nom et prénom",
            "Nom",
            "Participant",
            "Nom Prénom",
            "Prénom et nom",
            "Nom / Prénom",
            "Participants",
            "Nom du participant",
            "Participant·e",
            "Nom - Prénom",
            "Personne",
        ),
        "last": ("Nom", "NOM", "Nom de famille"),
        "first": ("Prénom", "Prénoms"),
        "organisation": (
            "Structure",
            "Organisme",
            "Organisation",
            "Partenaire",
            "Institution",
            "Structure / organisme",
            "Nom de la structure",
            "Organisme représenté",
            "Structure représentée",
            "Association / structure",
        ),
        "status": (
            "Présence",
            "Statut",
            "Présence / absence",
            "État de présence",
            "Présent / absent",
            "Présent (O/N)",
            "P / E / A",
            "Participation",
        ),
        "signature": ("Signature", "Émargement", "Signatures", "Signature du participant", "Visa"),
        "invited": ("Invité", "Invité(e)", "Convié", "Invité·e", "Invitation", "Convoqué", "Invitation envoyée"),
        "present": ("Présent", "Présents", "Présent(e)", "Présent·e", "Était présent", "A participé"),
        "excused": ("Excusé", "Excusés", "Excusé(e)", "Excusé·e", "Absent excusé", "Excusé·es"),
        "absent": ("Absent", "Absents", "Absent(e)", "Absent·e", "Absent non excusé", "Non excusé"),
        "source": ("De", "Émetteur", "Expéditeur", "De la part de", "Appelant", "À l'initiative de", "Auteur"),
        "target": ("À", "Destinataire", "Destinataires", "Vers", "Structure contactée", "Contacté"),
        "contact": ("Contact", "Interlocuteur", "Personne contactée", "Personne rencontrée"),
        "channel": ("Type de contact", "Canal", "Moyen", "Mode de contact", "Nature du contact", "Moyen de contact"),
        "direction": ("Sens", "Sens du contact", "Entrant / sortant", "Entrant/Sortant", "Émis / reçu"),
        "reply": ("Réponse", "Réponse à l'invitation"),
        "mail": ("Mail", "Courriel", "Adresse e-mail", "Email", "Adresse mail", "Mél"),
        "phone": ("Téléphone", "Tél.", "Portable", "N° de téléphone", "Tel"),
        "role": ("Fonction", "Poste", "Qualité", "Fonction / poste", "Titre et fonction"),
        "number": ("N°", "Numéro", "n°"),
        "remark": ("Observations", "Remarques", "Commentaires", "Divers", "Notes"),
        "town": ("Commune", "Ville", "Quartier"),
        "sector": ("Secteur", "Thématique", "Domaine"),
        "total": ("Total", "Total présences", "Nb de présences", "Nombre de présences", "Taux de présence"),
        "place": ("Lieu", "Salle"),
        "subject": ("Objet", "Sujet", "Motif"),
    },
    "en": {
        "day": ("Date", "Meeting date", "Day", "Date of meeting", "Date held", "When", "Session date"),
        "meeting": ("Meeting", "Meeting title", "Group", "Name of meeting", "Committee", "Session", "Name of group"),
        "name": (
            "Name",
            "Full name",
            "Attendee",
            "Participant",
            "Participants",
            "Attendee name",
            "Delegate",
            "Names",
            "Name of attendee",
        ),
        "last": ("Last name", "Surname", "Family name"),
        "first": ("First name", "Forename", "Given name"),
        "organisation": (
            "Organisation",
            "Organization",
            "Partner",
            "Agency",
            "Company / organisation",
            "Representing",
            "Organisation represented",
            "Employer",
            "Name of organisation",
        ),
        "status": ("Status", "Attendance", "Attendance status", "Attended?", "Present / absent", "Attendance (Y/N)"),
        "signature": ("Signature", "Signed", "Sign here", "Initials", "Signed in"),
        "invited": ("Invited", "Invited?", "Invitation sent", "Invitation"),
        "present": ("Present", "Attended", "Present?", "Here", "In attendance"),
        "excused": ("Apologies", "Excused", "Apologies received", "Sent apologies", "Apology"),
        "absent": ("Absent", "Did not attend", "No show", "Not present", "Absent without apology"),
        "source": ("From", "Sender", "Contacted by", "Initiated by", "Caller"),
        "target": ("To", "Recipient", "Recipients", "Contacted", "Organisation contacted"),
        "contact": ("Contact", "Contact name", "Person contacted"),
        "channel": ("Channel", "Type of contact", "Method", "Contact type", "Means of contact", "Contact method"),
        "direction": ("Direction", "In / out", "In/Out", "Incoming / outgoing"),
        "reply": ("Response", "RSVP", "Reply"),
        "mail": ("Email", "E-mail", "Email address", "E-mail address"),
        "phone": ("Phone", "Telephone", "Mobile", "Tel.", "Phone number"),
        "role": ("Job title", "Role", "Position", "Title", "Function"),
        "number": ("No.", "Number", "#"),
        "remark": ("Comments", "Notes", "Remarks", "Observations"),
        "town": ("Town", "Ward", "Area"),
        "sector": ("Sector", "Theme", "Field"),
        "total": ("Total", "Total attended", "Number attended", "Attendance rate"),
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
        {"present": ("présent", "en visio"), "excused": ("excusé par mail",), "absent": ("absent non excusé",)},
        {"present": ("est venu", "est venue"), "absent": ("pas venu", "pas venue")},
        {"present": ("O",), "absent": ("N",)},
        {"present": ("☑",), "absent": ("☐",)},
        {"present": ("✅",), "absent": ("❌",)},
        {"present": ("●",)},
        {"present": ("Présent(e)", "Visio"), "excused": ("Abs. exc.",), "absent": ("Abs.",)},
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
        {"present": ("In person", "Online"), "excused": ("Apologies sent",), "absent": ("Did not attend",)},
        {"present": ("Attended",), "excused": ("Sent apologies",), "absent": ("DNA",)},
        {"present": ("☑",), "absent": ("☐",)},
        {"present": ("✅",), "absent": ("❌",)},
        {"present": ("●",)},
        {"present": ("Present", "Late"), "excused": ("Apology",), "absent": ("No show",)},
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
MONTHS_CUT: Final[Mapping[Language, tuple[str, ...]]] = {
    "fr": ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}
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

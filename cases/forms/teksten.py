"""Every question, hint and error of a form. A field without its own sentences does not exist: see `veld()`."""

# field: what it says when it is empty
LEEG = {
    "ab": "Kies een ambulant begeleider.",
    "afgerond_reden": "Kies hoe de aanmelding is afgerond.",
    "afgerond_toelichting": "Schrijf op wat jullie afspraken.",
    "afspraken": "Schrijf op wie wat doet.",
    "antwoord": "Schrijf je antwoord op.",
    "bevinding": "Schrijf op wat je zag.",
    "datum": "Vul de datum in.",
    "doel": "Schrijf op wat het doel is.",
    "doel_behaald": "Kies of het doel is behaald.",
    "eerste_contact_met": "Vul in met wie je contact had.",
    "eerste_contact_op": "Vul de datum van het eerste contact in.",
    "gesprek_inzet": "Schrijf op welke inzet jullie afspraken.",
    "gesprek_offerte": "Kies of het op offerte gaat.",
    "gesprek_op": "Vul de datum van het gesprek in.",
    "gesprek_wie": "Schrijf op wie wat doet.",
    "kort_overleg_met": "Kies de onderwijsspecialist.",
    "kort_overleg_op": "Vul de datum van het korte overleg in.",
    "minuten": "Kies hoe lang het duurde.",
    "note": "Schrijf op waarom.",
    "onderwijsbehoeften": "Schrijf op wat de leerling nodig heeft.",
    "opbrengst": "Schrijf op wat het opleverde.",
    "overdracht_op": "Vul de datum van de overdracht in.",
    "overdracht_tekst": "Schrijf op wat er al bekend is.",
    "soort": "Kies wat het was.",
    "tekst": "Schrijf op wat je advies is.",
    "uitvoerder": "Kies wie het traject uitvoert.",
    "verwachte_einddatum": "Vul in wanneer het klaar is.",
    "voortraject": "Kies of er een voortraject is.",
    "vraag": "Schrijf op wat je wilt weten.",
}
NODIG = "Alleen wat nodig is voor de hulpvraag."
HINT = {
    "hulpvraag": NODIG,
    "al_gedaan": "Kort is goed. Wat hielp, en wat niet?",
    "gaat_goed": "Sterke kanten van de leerling of de groep.",
    "geboortedatum": "Bijvoorbeeld 27-03-2017.",
    "ouders_akkoord": "Eén ouder met gezag is genoeg.",
    "groep_naam": "Bijvoorbeeld 6b.",
    "groeidocument_url": "Dan hoef je niets over te typen.",
    "voorkeur_ab": "Het expertteam kijkt of het kan.",
    "eerste_contact_op": "Vandaag staat al ingevuld.",
    "datum": "Vandaag staat al ingevuld.",
    "notitie": f"{NODIG} De school leest dit mee.",
    "verwachte_einddatum": "Lichte ondersteuning is altijd kortdurend.",
    "overdracht_tekst": "Doel, bevindingen en afspraken uit het voortraject. Een link mag ook.",
    "bevinding": "Eén regel is genoeg.",
    "opbrengst": "Kort, zonder namen.",
    "afgerond_toelichting": "Eén regel is genoeg.",
    "gesprek_wie": "Bijvoorbeeld: de onderwijsspecialist observeert, de ambulant begeleider denkt mee.",
    "gesprek_inzet": "Bijvoorbeeld: 2 uur.",
    "afschrift_reden": "Alleen als de ouders geen afschrift kregen.",
    "vraag": "De school krijgt een e-mail met een link, zonder je tekst.",
}
WEET_NIET = "Weet je het niet? Kies basis. De onderwijsspecialist kijkt met je mee."
SOORT_HINT = {
    "basis": "Hulp bij de zorg op school, in de groep of voor een leerling.",
    "licht": "Korte hulp voor een leerling of groep.",
    "complex": "Langere hulp bij een grote of ingewikkelde vraag van een leerling.",
}
KEUZE_WEG = "Deze keuze bestaat niet meer. Kies opnieuw."

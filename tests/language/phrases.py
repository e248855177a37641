"""What people say, by language: to us, with the slots that should result, and about other things.

The locks are `LOCKS[language]`; the second one is in the area that is listed with them.
"""

type Phrase = tuple[str, str, dict[str, str]]

LOCKS = {
    "en": ("Front door", "Garden studio", "Office"),
    "de": ("Haustür", "Gartenhaus", "Büro"),
    "fr": ("Porte d'entrée", "Studio", "Bureau"),
    "nl": ("Voordeur", "Tuinhuis", "Kantoor"),
}

ISSUE = "CodelocksIssueNetcode"
LAST = "CodelocksLastEntry"
LOW = "CodelocksLowBatteries"
ACTIVE = "CodelocksActiveNetcodes"
CALLS = "CodelocksCallsLeft"
END = "CodelocksNetcodeEnd"
WITHDRAW = "CodelocksWithdrawNetcode"
AGAIN = "CodelocksSayNetcode"


def issue(sentence: str, lock: str = "", name: str = "", when: str = "") -> Phrase:
    """Return a request for a code."""
    slots = {"lock": lock, "name": name, "when": when}
    return sentence, ISSUE, {key: value for key, value in slots.items() if value}


def ask(sentence: str, intent: str, lock: str = "") -> Phrase:
    """Return a question."""
    return sentence, intent, {"lock": lock} if lock else {}


def code(sentence: str, intent: str, name: str = "", lock: str = "") -> Phrase:
    """Return what is said about somebody's code."""
    slots = {"name": name, "lock": lock}
    return sentence, intent, {key: value for key, value in slots.items() if value}


PHRASES: dict[str, list[Phrase]] = {
    "en": [
        issue(
            "Make a code for the plumber at the front door tomorrow from nine to twelve.",
            "front door",
            "plumber",
            "tomorrow from nine to twelve",
        ),
        issue("create a code for Anna at the office", "office", "Anna"),
        issue("Make a code"),
        issue("give me a code for the garden studio", "garden studio"),
        issue("I need a code for the front door for two hours", "front door", "", "for two hours"),
        issue(
            "Can you make me a code for the front door until Friday evening please?",
            "front door",
            "",
            "until Friday evening",
        ),
        issue(
            "generate a net code for the cleaner from 14:30 until 16:00 at the office",
            "office",
            "cleaner",
            "from 14:30 until 16:00",
        ),
        issue(
            "could you please create a door code for my mother at the front door this weekend",
            "front door",
            "my mother",
            "this weekend",
        ),
        issue("make a two hour code for the office", "office", "", "two hour"),
        issue("make a half hour code for the front door", "front door", "", "a half hour"),
        issue(
            "set up an access code for the guests in room 12 at the front door "
            "from Friday at 3 pm to Monday at 11 am",
            "front door",
            "guests in room 12",
            "from Friday at 3 pm to Monday at 11 am",
        ),
        issue(
            "create a code tomorrow at noon for an hour and a half for the office",
            "office",
            "",
            "tomorrow at noon for an hour and a half",
        ),
        issue(
            "issue a code for the cellar door from two to four",
            "",
            "cellar door",
            "from two to four",
        ),
        issue("make a code for the plumber at the cellar", "cellar", "plumber"),
        issue(
            "I'd like a temporary code for Dr. Smith on the front door tonight",
            "front door",
            "Dr. Smith",
            "tonight",
        ),
        issue(
            "please create a new code for the office all day tomorrow",
            "office",
            "",
            "all day tomorrow",
        ),
        issue(
            "let me have a front door code for Anna until six", "front door", "Anna", "until six"
        ),
        issue("a new code for the office please", "office"),
        ask("Who came in last?", LAST),
        ask("who went in last", LAST),
        ask("who opened the front door last", LAST, "front door"),
        ask("Who opened the office last?", LAST, "office"),
        ask("who last unlocked the garden studio", LAST, "garden studio"),
        ask("who was the last person to open the front door", LAST, "front door"),
        ask("when was the front door last opened", LAST, "front door"),
        ask("who came in through the front door last", LAST, "front door"),
        ask("which lock batteries are low", LOW),
        ask("which locks need new batteries", LOW),
        ask("do any of the locks have a low battery", LOW),
        ask("how is the battery of the front door", LOW, "front door"),
        ask("is the battery in the front door lock low", LOW, "front door"),
        ask("Which codes are active?", ACTIVE),
        ask("which codes are active at the cellar", ACTIVE, "the cellar"),
        ask("which codes are valid for the garden studio", ACTIVE, "garden studio"),
        ask("who has a code for the front door", ACTIVE, "front door"),
        ask("are there any active codes right now", ACTIVE),
        ask("list all active codes", ACTIVE),
        ask("tell me the active codes for the front door", ACTIVE, "front door"),
        ask("do our locks need new batteries", LOW),
        ask("who was the last person at the front door", LAST, "front door"),
        ask("how many NetCode calls are left", CALLS),
        ask("how many calls are left this month", CALLS),
        ask("how many codes can I still make this month", CALLS),
        code("Until when does the plumber's code open?", END, "plumber's"),
        code("how long does the code for Anna work", END, "Anna"),
        code("when does the code of Anna Berger end", END, "Anna Berger"),
        code("when does Anna's front door code expire", END, "Anna's", "front door"),
        code("when does the code for Anna at the office run out", END, "Anna", "office"),
        code("until when is the code at the front door valid", END, "", "front door"),
        code("withdraw the plumber's code", WITHDRAW, "plumber's"),
        code("please cancel the code for Anna at the front door", WITHDRAW, "Anna", "front door"),
        code("can you revoke Anna's code", WITHDRAW, "Anna's"),
        code("cancel Anna's code for the office", WITHDRAW, "Anna's", "office"),
        code("Say the plumber's code again.", AGAIN, "plumber's"),
        code("tell me the code for Anna at the office again please", AGAIN, "Anna", "office"),
        code("repeat the code for my mother", AGAIN, "mother"),
        code("what was Anna's code again", AGAIN, "Anna's"),
    ],
    "de": [
        issue(
            "Mach einen Code für den Klempner an der Haustür morgen von neun bis zwölf.",
            "Haustür",
            "Klempner",
            "morgen von neun bis zwölf",
        ),
        issue("Erstelle einen Code für Anna im Büro", "Büro", "Anna"),
        issue("Mach einen Code"),
        issue("gib mir bitte einen Code für das Gartenhaus", "Gartenhaus"),
        issue(
            "ich brauche einen Code für die Haustür für zwei Stunden",
            "Haustür",
            "",
            "für zwei Stunden",
        ),
        issue(
            "Kannst du mir einen Code für die Haustür bis Freitagabend machen?",
            "Haustür",
            "",
            "bis Freitagabend",
        ),
        issue(
            "Kannst du einen Türcode erstellen für die Putzfrau im Büro von 14:30 bis 16 Uhr",
            "Büro",
            "Putzfrau",
            "von 14:30 bis 16 Uhr",
        ),
        issue(
            "erzeuge einen Netcode für meine Mutter an der Haustür am Wochenende",
            "Haustür",
            "meine Mutter",
            "am Wochenende",
        ),
        issue("mach einen zwei Stunden Code für das Büro", "Büro", "", "zwei Stunden"),
        issue(
            "ich möchte einen Zugangscode für die Haustür ab halb drei für anderthalb Stunden",
            "Haustür",
            "",
            "ab halb drei für anderthalb Stunden",
        ),
        issue(
            "mach mir einen Code für die Haustür vom 24. bis 26. Dezember",
            "Haustür",
            "",
            "vom 24. bis 26. Dezember",
        ),
        issue(
            "Kannst du mir für den Maler einen Code an der Haustür morgen von 9 bis 12 Uhr machen",
            "Haustür",
            "Maler",
            "morgen von 9 bis 12 Uhr",
        ),
        issue(
            "mach einen Code für den Keller von zwei bis vier", "", "Keller", "von zwei bis vier"
        ),
        issue("mach einen Code für den Klempner im Keller", "Keller", "Klempner"),
        issue(
            "bitte erstelle einen neuen Code für Herrn Maier an der Haustür heute Abend",
            "Haustür",
            "Herrn Maier",
            "heute Abend",
        ),
        issue(
            "mach einen Code für das Büro morgen den ganzen Tag",
            "Büro",
            "",
            "morgen den ganzen Tag",
        ),
        ask("Wer kam zuletzt rein?", LAST),
        ask("wer ist als letzter hereingekommen", LAST),
        ask("wer hat die Haustür zuletzt geöffnet", LAST, "Haustür"),
        ask("Wer hat das Büro zuletzt aufgeschlossen?", LAST, "Büro"),
        ask("wer hat zuletzt das Gartenhaus aufgemacht", LAST, "Gartenhaus"),
        ask("wann wurde die Haustür zuletzt geöffnet", LAST, "Haustür"),
        ask("wer war zuletzt im Gartenhaus", LAST, "Gartenhaus"),
        ask("Welche Schlösser brauchen neue Batterien?", LOW),
        ask("welches Schloss hat eine schwache Batterie", LOW),
        ask("bei welchem Schloss ist die Batterie leer", LOW),
        ask("wie ist die Batterie der Haustür", LOW, "Haustür"),
        ask("ist die Batterie vom Gartenhaus schwach", LOW, "Gartenhaus"),
        ask("Welche Codes sind aktiv?", ACTIVE),
        ask("welche Codes sind gerade gültig", ACTIVE),
        ask("welche Codes gelten für die Haustür", ACTIVE, "Haustür"),
        ask("wer hat einen Code für das Büro", ACTIVE, "Büro"),
        ask("gibt es gerade aktive Codes", ACTIVE),
        ask("wie viele Netcode Aufrufe sind noch übrig", CALLS),
        ask("Wie viele Aufrufe haben wir diesen Monat noch übrig?", CALLS),
        ask("wie viele Codes kann ich noch machen", CALLS),
        code("Bis wann gilt der Code des Klempners?", END, "Klempners"),
        code("wie lange öffnet der Code für Anna", END, "Anna"),
        code("wann läuft Annas Code ab", END, "Annas"),
        code("wann endet der Code von Anna an der Haustür", END, "Anna", "Haustür"),
        code("bis wann ist der Code für die Haustür gültig", END, "", "Haustür"),
        code("Zieh den Code des Klempners zurück", WITHDRAW, "Klempners"),
        code("bitte widerrufe den Code für Anna im Büro", WITHDRAW, "Anna", "Büro"),
        code("kannst du bitte Annas Code stornieren", WITHDRAW, "Annas"),
        code("Sag mir den Code für den Klempner noch einmal", AGAIN, "Klempner"),
        code("nenne bitte nochmal den Code von Anna", AGAIN, "Anna"),
        code("wiederhole Annas Code", AGAIN, "Annas"),
        code("nimm Annas Code für das Büro zurück", WITHDRAW, "Annas", "Büro"),
    ],
    "fr": [
        issue(
            "Crée un code pour le plombier à la porte d'entrée demain de neuf heures à midi.",
            "porte d'entrée",
            "plombier",
            "demain de neuf heures à midi",
        ),
        issue("fais un code pour Anna au bureau", "bureau", "Anna"),
        issue("Crée un code"),
        issue("donne-moi un code pour le studio", "studio"),
        issue(
            "j'ai besoin d'un code pour la porte d'entrée pendant deux heures",
            "porte d'entrée",
            "",
            "pendant deux heures",
        ),
        issue(
            "Peux-tu créer un code pour la porte d'entrée jusqu'à vendredi soir, s'il te plaît ?",
            "porte d'entrée",
            "",
            "jusqu'à vendredi soir",
        ),
        issue(
            "génère un code d'accès pour la femme de ménage au bureau de 14h30 à 16h",
            "bureau",
            "femme de ménage",
            "de 14h30 à 16h",
        ),
        issue(
            "je voudrais un code pour ma mère à la porte d'entrée ce week-end",
            "porte d'entrée",
            "ma mère",
            "ce week-end",
        ),
        issue(
            "crée un code pour le studio demain à 9 heures pour une heure et demie",
            "studio",
            "",
            "demain à 9 heures pour une heure et demie",
        ),
        issue(
            "fais un code pour la porte d'entrée du 24 au 26 décembre",
            "porte d'entrée",
            "",
            "du 24 au 26 décembre",
        ),
        issue(
            "crée un code pour l'électricien à la porte d'entrée ce soir",
            "porte d'entrée",
            "électricien",
            "ce soir",
        ),
        issue(
            "crée un code pour la cave de deux heures à quatre heures",
            "",
            "cave",
            "de deux heures à quatre heures",
        ),
        issue("crée un code pour le plombier dans la cave", "cave", "plombier"),
        issue(
            "il me faut un code pour le bureau demain toute la journée",
            "bureau",
            "",
            "demain toute la journée",
        ),
        issue(
            "puis-je avoir un code pour le studio à partir de neuf heures moins le quart",
            "studio",
            "",
            "à partir de neuf heures moins le quart",
        ),
        issue(
            "prépare un code pour Monsieur Martin au studio vendredi prochain",
            "studio",
            "Monsieur Martin",
            "vendredi prochain",
        ),
        ask("Qui est entré en dernier ?", LAST),
        ask("qui est venu en dernier", LAST),
        ask("qui a ouvert la porte d'entrée en dernier", LAST, "porte d'entrée"),
        ask("Qui a été le dernier à ouvrir le bureau ?", LAST, "bureau"),
        ask("qui a déverrouillé le studio en dernier", LAST, "studio"),
        ask(
            "quand est-ce que la porte d'entrée a été ouverte pour la dernière fois",
            LAST,
            "porte d'entrée",
        ),
        ask("Quelles serrures ont besoin de nouvelles piles ?", LOW),
        ask("quelle serrure a une pile faible", LOW),
        ask("est-ce que les piles des serrures sont faibles", LOW),
        ask("quel est le niveau de la pile de la porte d'entrée", LOW, "porte d'entrée"),
        ask("la pile du studio est faible", LOW, "studio"),
        ask("Quels codes sont actifs ?", ACTIVE),
        ask("quels codes sont valables en ce moment", ACTIVE),
        ask("qui a un code pour le studio", ACTIVE, "studio"),
        ask("y a-t-il des codes actifs", ACTIVE),
        ask("donne-moi tous les codes actifs", ACTIVE),
        ask("quels sont les codes actifs pour la porte d'entrée", ACTIVE, "porte d'entrée"),
        ask("Combien d'appels NetCode reste-t-il ?", CALLS),
        ask("combien d'appels reste-t-il ce mois-ci", CALLS),
        ask("combien de codes puis-je encore créer", CALLS),
        code("Jusqu'à quand est valable le code du plombier ?", END, "plombier"),
        code("jusqu'à quand le code d'Anna est-il valable", END, "Anna"),
        code("quand expire le code pour Anna au bureau", END, "Anna", "bureau"),
        code("Retire le code du plombier", WITHDRAW, "plombier"),
        code("peux-tu annuler le code de la femme de ménage", WITHDRAW, "femme de ménage"),
        code("Redis-moi le code du plombier s'il te plaît", AGAIN, "plombier"),
        code("répète le code d'Anna", AGAIN, "Anna"),
    ],
    "nl": [
        issue(
            "Maak een code voor de loodgieter bij de voordeur morgen van negen tot twaalf.",
            "voordeur",
            "loodgieter",
            "morgen van negen tot twaalf",
        ),
        issue("maak een code voor Anna op kantoor", "kantoor", "Anna"),
        issue("Maak een code"),
        issue("geef me een code voor het tuinhuis", "tuinhuis"),
        issue(
            "ik heb een code nodig voor de voordeur voor twee uur", "voordeur", "", "voor twee uur"
        ),
        issue(
            "Kun je een code maken voor Anna bij de voordeur tot vrijdagavond?",
            "voordeur",
            "Anna",
            "tot vrijdagavond",
        ),
        issue(
            "genereer een toegangscode voor de schoonmaker op kantoor van 14:30 tot 16:00",
            "kantoor",
            "schoonmaker",
            "van 14:30 tot 16:00",
        ),
        issue(
            "kun je me een code geven voor mijn moeder bij de voordeur dit weekend",
            "voordeur",
            "mijn moeder",
            "dit weekend",
        ),
        issue(
            "maak een code voor de voordeur vanaf half drie gedurende anderhalf uur",
            "voordeur",
            "",
            "vanaf half drie gedurende anderhalf uur",
        ),
        issue(
            "maak een code bij de voordeur van kwart voor tien tot tien over half twaalf",
            "voordeur",
            "",
            "van kwart voor tien tot tien over half twaalf",
        ),
        issue("geef me een deurcode voor de voordeur vanavond", "voordeur", "", "vanavond"),
        issue(
            "kun je voor de loodgieter een code maken bij de voordeur morgen om 9 uur",
            "voordeur",
            "loodgieter",
            "morgen om 9 uur",
        ),
        issue("maak een code voor de kelder van twee tot vier", "", "kelder", "van twee tot vier"),
        issue("maak een code voor de loodgieter in de kelder", "kelder", "loodgieter"),
        issue(
            "ik wil graag een nieuwe code voor het kantoor morgen de hele dag",
            "kantoor",
            "",
            "morgen de hele dag",
        ),
        issue(
            "maak alsjeblieft een code voor de voordeur van 24 tot en met 26 december",
            "voordeur",
            "",
            "van 24 tot en met 26 december",
        ),
        ask("Wie kwam er als laatste binnen?", LAST),
        ask("wie is als laatste binnengekomen", LAST),
        ask("wie heeft de voordeur het laatst geopend", LAST, "voordeur"),
        ask("wie opende het kantoor als laatste", LAST, "kantoor"),
        ask("wie deed het tuinhuis het laatst open", LAST, "tuinhuis"),
        ask("Wanneer is de voordeur voor het laatst geopend?", LAST, "voordeur"),
        ask("Welke sloten hebben nieuwe batterijen nodig?", LOW),
        ask("welk slot heeft een lege batterij", LOW),
        ask("zijn de batterijen van de sloten bijna leeg", LOW),
        ask("hoe is de batterij van de voordeur", LOW, "voordeur"),
        ask("is de batterij van het tuinhuis leeg", LOW, "tuinhuis"),
        ask("Welke codes zijn actief?", ACTIVE),
        ask("welke codes zijn nu geldig", ACTIVE),
        ask("wie heeft een code voor de voordeur", ACTIVE, "voordeur"),
        ask("zijn er actieve codes", ACTIVE),
        ask("zijn er codes voor het kantoor", ACTIVE, "kantoor"),
        ask("noem alle actieve codes", ACTIVE),
        ask("Hoeveel netcode aanroepen zijn er nog over?", CALLS),
        ask("hoeveel aanroepen hebben we deze maand nog over", CALLS),
        ask("hoeveel codes kan ik nog maken", CALLS),
        code("Tot wanneer werkt de code van de loodgieter?", END, "loodgieter"),
        code("hoe lang is de code voor Anna geldig", END, "Anna"),
        code("wanneer verloopt Anna's code", END, "Anna's"),
        code("wanneer eindigt de code voor Anna bij de voordeur", END, "Anna", "voordeur"),
        code("Trek de code van de loodgieter in", WITHDRAW, "loodgieter"),
        code("kun je de code voor Anna annuleren", WITHDRAW, "Anna"),
        code("annuleer Anna's code", WITHDRAW, "Anna's"),
        code("trek Anna's code voor de voordeur in", WITHDRAW, "Anna's", "voordeur"),
        code("Zeg de code van de loodgieter nog eens", AGAIN, "loodgieter"),
        code("herhaal de code voor Anna", AGAIN, "Anna"),
        code("wat was de code van Anna ook alweer", AGAIN, "Anna"),
    ],
}

EVERYDAY = {
    "en": """
        what is the zip code of London
        what is the code
        when does the sale end
        until when is the bakery open
        cancel the timer
        cancel the appointment with the plumber
        say that again
        tell me the news again
        how long does the battery last
        turn on the kitchen light
        turn off all the lights in the office
        open the front door
        lock the front door
        unlock the front door
        is the front door locked
        is the front door open
        which doors are open
        open the garage
        when was the window last opened
        who opened the fridge last
        who ate the last cookie
        who is at the door
        who is home
        who came home last night
        what is the battery level of my phone
        which batteries are low
        is the battery of my phone low
        how is the weather tomorrow from nine to twelve
        what time is it
        set a timer for two hours
        set an alarm for nine
        wake me up at half past six tomorrow
        add milk to the shopping list
        add code review to my to-do list
        create a calendar event for the plumber tomorrow from nine to twelve
        make a coffee
        make a note for Anna
        make a QR code for the guest wifi
        create a code snippet in python
        give me the weather code
        let me have a look at the front door
        a new code
        what is the code for the front door
        send the code of the front door to Anna
        do the remotes need new batteries
        give me the code
        what is the code for the alarm
        arm the alarm with code 1234
        disarm the alarm
        scan the code on the box
        what is the dress code for tonight
        what is the area code for London
        call Anna
        how many calls did I miss
        how many lights are on
        how many hours are left until Friday
        play the last album by Adele
        who sang this song first
        vacuum the office
        send a message to the plumber
        set the temperature in the office to 21 degrees
        how many steps are left this month
        start the movie at nine
        good night
    """,
    "de": """
        schalte das Licht im Büro ein
        mach das Licht an
        mach die Haustür auf
        öffne die Haustür
        schließ die Haustür ab
        ist die Haustür offen
        ist die Haustür abgeschlossen
        wer hat den Kühlschrank zuletzt geöffnet
        wer hat die letzte Pizza gegessen
        wann kam Anna zuletzt nach Hause
        welche Batterien sind schwach
        ist die Batterie von meinem Handy schwach
        wie viel Akku hat mein Handy
        wie wird das Wetter morgen von neun bis zwölf
        stelle einen Timer auf zwei Stunden
        weck mich morgen um halb sieben
        setze Milch auf die Einkaufsliste
        mach einen Termin für den Klempner morgen von neun bis zwölf
        mach einen Kaffee
        mach einen QR-Code für das Gäste-WLAN
        schreib einen Code in Python
        was ist der Code für die Alarmanlage
        wie lautet der Dresscode heute Abend
        schalte die Alarmanlage scharf
        wie viele Anrufe habe ich verpasst
        wie viele Lichter sind an
        wie viele Tage sind es noch bis Weihnachten
        sauge das Büro
        spiel Musik im Gartenhaus
        gute Nacht
    """,
    "fr": """
        allume la lumière du bureau
        éteins toutes les lumières
        ouvre la porte d'entrée
        verrouille la porte d'entrée
        est-ce que la porte d'entrée est ouverte
        la porte d'entrée est-elle verrouillée
        qui a ouvert le frigo en dernier
        qui a mangé le dernier gâteau
        qui est à la maison
        quelles piles sont faibles
        la batterie de mon téléphone est faible
        quel temps fera-t-il demain de neuf heures à midi
        mets un minuteur de deux heures
        réveille-moi demain à six heures et demie
        ajoute du lait à la liste de courses
        crée un rendez-vous pour le plombier demain de neuf heures à midi
        fais un café
        fais un QR code pour le wifi des invités
        quel est le code de l'alarme
        quel est le code postal de Paris
        donne-moi le code
        combien d'appels ai-je manqués
        combien de lumières sont allumées
        combien de jours reste-t-il avant Noël
        passe l'aspirateur dans le bureau
        joue de la musique dans le studio
        arme l'alarme
        bonne nuit
    """,
    "nl": """
        doe het licht op kantoor aan
        doe alle lichten uit
        doe de voordeur open
        open de voordeur
        doe de voordeur op slot
        is de voordeur open
        is de voordeur op slot
        wie heeft de koelkast het laatst geopend
        wie heeft de laatste koek gegeten
        wie is er thuis
        welke batterijen zijn leeg
        is de batterij van mijn telefoon leeg
        wat voor weer wordt het morgen van negen tot twaalf
        zet een timer voor twee uur
        maak me morgen om half zeven wakker
        zet melk op het boodschappenlijstje
        maak een afspraak met de loodgieter morgen van negen tot twaalf
        maak een kop koffie
        maak een QR-code voor de gastenwifi
        wat is de code van het alarm
        wat is de dresscode vanavond
        geef me de code
        hoeveel oproepen heb ik gemist
        hoeveel lampen zijn aan
        hoeveel dagen is het nog tot kerst
        zuig het kantoor
        speel muziek in het tuinhuis
        zet het alarm aan
        welterusten
    """,
}


def everyday(language: str) -> list[str]:
    """Return what people say about other things."""
    return [line.strip() for line in EVERYDAY[language].splitlines() if line.strip()]

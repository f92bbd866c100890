"""Words of a text, their folded form, and the words that carry no question."""

import re
import unicodedata
from functools import lru_cache

WORD = re.compile(r"\w+")


def word_set(words: str) -> frozenset[str]:
    return frozenset(words.split())


STOP_WORDS = word_set(
    """
    aber alle allem allen aller alles als also am an ander andere anderem anderen anderer anderes
    anderm andern auch auf aus bei bin bis bist da damit dann das dass daß dasselbe dazu dein deine
    deinem deinen deiner deines dem demselben den denn denselben der derer derselbe derselben des
    desselben dessen dich die dies diese dieselbe dieselben diesem diesen dieser dieses dir doch
    dort du durch ein eine einem einen einer eines einig einige einigem einigen einiger einiges
    einmal er es etwas euch euer eure eurem euren eurer eures für gegen gewesen hab habe haben hat
    hatte hatten hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer ihres im in indem ins
    ist jede jedem jeden jeder jedes jene jenem jenen jener jenes jetzt kann kein keine keinem
    keinen keiner keines können könnte machen man manche manchem manchen mancher manches mein meine
    meinem meinen meiner meines mich mir mit muss musste nach nicht nichts noch nun nur ob oder ohne
    sehr sein seine seinem seinen seiner seines selbst sich sie sind so solche solchem solchen
    solcher solches soll sollte sondern sonst über um und uns unser unsere unserem unseren unseres
    unter viel vom von vor während war waren warst was weg weil weiter welche welchem welchen
    welcher welches wenn werde werden wie wieder will wir wird wirst wo wollen wollte würde würden
    zu zum zur zwar zwischen
    """
)

# A question asked in words: these say how somebody asks, not what about. They
# are kept in the index, because inside a text they may matter in a phrase.
QUESTION_WORDS = STOP_WORDS | word_set(
    """
    bedeutet bekommen bekommt bitte darf durfte dürfen eigene eigentlich finde finden findet gab
    geben geht gehen geplant getan gibt heißt jemand komme kommen kommt läuft macht man möchte mögen
    müssen passiert plant sollen steht stehen suche tun tut unternimmt viele wann warum welch wem
    wen wer wessen weshalb wieso wieviel wievielen woher wohin worden wurde wurden überhaupt
    """
)


def words_of(text: str) -> list[str]:
    return WORD.findall(text)


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """Lower case, without umlauts and accents: Straße and STRASSE become strasse."""
    word = word.lower()
    if word.isascii():
        return word
    parts = unicodedata.normalize("NFKD", word)
    plain = "".join(letter for letter in parts if not unicodedata.combining(letter))
    # Again: some letters have no lower case until they are taken apart (𝓐 becomes A).
    return plain.lower().replace("ß", "ss")

"""Ordinary words around names: what stands before one, ends one, and can begin none."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ASIDE = "yes|yeah|sure|well|no|oh|hi|hello|hey|um|uh|so|sorry|actually|it's|that's"
"""Words an answer may begin with before the name."""

ENDS_A_NAME = _words(
    """
    a actually also an and at back because but by calling fine for from good here i i'm if in is it it's just
    like mate my no not now of okay on or please really right sorry speaking spelled spelling spelt so sure
    thank thanks that the then this though to we well when which who with yeah yes you again
    """
)
"""Words that end a name."""

NO_FIRST_NAME = _words(
    """
    about afraid afternoon all almost always american around based between british busy ceo checkatrade confused
    correct curious director done down dr easy eight eighty english evening facebook fifty five forty founder four
    free friday glad google great half happy hard he head hello her hey hi him his hiya howdy impressed
    interested keen later less looking maybe manager marketing md me monday more morning mr mrs ms near nearly
    never new nine ninety ok old one only over owner ppc pretty probably quite ready responsible ringing roughly
    running sales saturday seven seventy she six sixty still sunday ten there they thirty three thursday today
    tomorrow too trying tuesday twenty two under up used very wednesday what working
    """
)
"""Words that no name begins with, capital or not."""

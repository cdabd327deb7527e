"""Signs of listening: what a hearer says so that the speaker goes on, as opposed to an answer."""

import re

from language.tokens import tokens

_VERY = "(?:(?:so|very|really|all|just|absolutely|pretty|quite) )*"
_GOOD = "(?:good|great|perfect|fine|lovely|wonderful|excellent|brilliant|fantastic|awesome|amazing|cool|nice|sweet)"
_HESITATION = "u+h+m*|u+m+|e+r+m*|e+h*m+|h+m+"
_HUM = "m+(?: ?h+m+)*|a+h+|a+ha|o+h+|oho|(?:u+h+|m+|a+) ?hu+h+|mhm+|um ?hm+|ooh|wow|whoa"
_ACCORD = (
    "yes|yeah|yea|yah|yep|yup|aye|ok|okay|okey dokey|okie dokie|alright|all right|right|sure|sure thing|true|exactly|"
    "absolutely|definitely|totally|indeed|of course|correct|fair enough|no problem|no worries"
)
_GRASP = (
    "i (?:see|know|understand|get (?:it|you|that)|hear you)|(?:i )?got (?:it|you|that)|gotcha|understood|"
    "(?:that )?makes sense|interesting|really|is that so|is that right|no way|go on|carry on|keep going|continue|"
    "please (?:go on|carry on|continue)|i'm (?:listening|with you|here|following)|"
    "(?:thank you|thanks)(?: (?:so|very) much)?"
)
_PRAISE = f"(?:(?:that's|that is|it's|thats|sounds|that sounds) )?{_VERY}(?:{_GOOD}|right|fair|true|correct|okay|ok)"

_ONE_HESITATION = re.compile(_HESITATION)
_THINKING = re.compile(rf"(?:(?:{_HESITATION}|so|well)(?: |$))+")
_LISTENING = re.compile(
    rf"(?:(?:(?:and|so|well) )*(?:{_HESITATION}|{_HUM}|{_ACCORD}|{_GRASP}|{_PRAISE})(?: then)?(?: |$))+"
)
_SURPRISE = re.compile(r"(?:oh )?(?:really|is that so|is that right|no way|yeah|wow)")

_MOST_WORDS, _MOST_CHARACTERS = 8, 80
"""Whoever says more wants to be heard, whatever the words are."""


def is_hesitation(folded: str) -> bool:
    """Tell whether a folded word only fills a pause: "uh", "ummm", "erm"."""
    return _ONE_HESITATION.fullmatch(folded) is not None


def is_back_channel(words: str, question_open: bool) -> bool:
    """Tell whether words say no more than "I am listening": "uh-huh", "okay, right", "yeah, I see".

    With a question of ours open they are an answer ("yes", "uh-huh", "okay"), unless they only hesitate ("um").
    Something asked back ("okay?", "right?", "hm?") is never one, but for surprise ("really?"), nor is a no ("uh-uh"),
    nor are no words.
    """
    said = [word.folded for word in tokens(words[: _MOST_CHARACTERS + 1])]
    if not said or len(said) > _MOST_WORDS or len(words) > _MOST_CHARACTERS:
        return False
    text = " ".join(said)
    if "uh uh" in text:
        return False
    asks = "?" in words
    if question_open:
        return not asks and _THINKING.fullmatch(text) is not None
    return (_SURPRISE if asks else _LISTENING).fullmatch(text) is not None

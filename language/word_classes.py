"""The closed classes of English words that tell one repair from another; all words folded."""

QUESTION = frozenset("what which who whom whose where when why how what's who's where's when's how's".split())
DETERMINERS = frozenset("the a an this these those my your our their his its".split())
PREPOSITIONS = frozenset(
    "in on at by for from of to with into onto over under about after before between during through until "
    "without within near against among since towards toward around".split()
)
SUBJECTS = frozenset("i you he she it we they i'm you're he's she's it's we're they're there there's".split())
DO_HAVE_BE = frozenset(
    "is are was were am be been being do does did has have had isn't aren't wasn't weren't don't doesn't "
    "didn't hasn't haven't hadn't".split()
)
MODALS = frozenset("can could will would shall should may might must can't couldn't won't wouldn't".split())
CONJUNCTIONS = frozenset("and but or so because if that than then as while although though".split())
NUMBERS = frozenset(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand "
    "million billion half quarter double triple".split()
)
ORDINALS = frozenset(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth".split()
)
DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays "
    "saturdays sundays today tomorrow tonight yesterday".split()
)
MONTHS = frozenset(
    "january february march april may june july august september october november december".split()
)
NEGATIONS = frozenset(
    "no not never none nothing nobody neither nor without cannot isn't aren't wasn't weren't don't doesn't "
    "didn't hasn't haven't hadn't can't couldn't won't wouldn't shouldn't".split()
)
FUNCTION_WORDS = (
    QUESTION | DETERMINERS | PREPOSITIONS | SUBJECTS | DO_HAVE_BE | MODALS | CONJUNCTIONS
    | frozenset("me him her us them not no yes very too also just only".split())
)

_CLASSES = (
    ("day", DAYS), ("number", NUMBERS), ("ordinal", ORDINALS), ("month", MONTHS), ("question", QUESTION),
    ("determiner", DETERMINERS), ("preposition", PREPOSITIONS), ("subject", SUBJECTS), ("auxiliary", DO_HAVE_BE),
    ("modal", MODALS), ("conjunction", CONJUNCTIONS),
)
_BY_WORD = {word: name for name, words in reversed(_CLASSES) for word in words}


def word_class(folded: str) -> str | None:
    """The closed class of a word ("number" for anything with a digit), or None for a content word."""
    if any(letter.isdigit() for letter in folded):
        return "number"
    return _BY_WORD.get(folded)


def is_number(folded: str) -> bool:
    """Whether a word names a number or holds a digit."""
    return folded in NUMBERS or folded in ORDINALS or any(letter.isdigit() for letter in folded)

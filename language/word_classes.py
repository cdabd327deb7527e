"""The closed classes of English words that tell one repair from another; all words folded."""

from language.tokens import word_set

QUESTION = word_set("what which who whom whose where when why how what's who's where's when's how's")
DETERMINERS = word_set("the a an this these those my your our their his its")
PREPOSITIONS = word_set(
    "in on at by for from of to with into onto over under about after before between during through until "
    "without within near against among since towards toward around"
)
SUBJECTS = word_set("i you he she it we they i'm you're he's she's it's we're they're there there's")
DO_HAVE_BE = word_set(
    "is are was were am be been being do does did has have had isn't aren't wasn't weren't don't doesn't "
    "didn't hasn't haven't hadn't"
)
MODALS = word_set("can could will would shall should may might must can't couldn't won't wouldn't")
CONJUNCTIONS = word_set("and but or so because if that than then as while although though")
NUMBERS = word_set(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand "
    "million billion half quarter double triple"
)
ORDINALS = word_set(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth"
)
DAYS = word_set(
    "monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays "
    "saturdays sundays today tomorrow tonight yesterday"
)
MONTHS = word_set("january february march april may june july august september october november december")
NEGATIONS = word_set(
    "no not never none nothing nobody neither nor without cannot isn't aren't wasn't weren't don't doesn't "
    "didn't hasn't haven't hadn't can't couldn't won't wouldn't shouldn't"
)
OBJECT_VERBS = word_set(
    "get gets got give gives gave need needs needed want wants see sees saw take takes took make makes made offer "
    "offers charge charges find finds show shows say says said means mean means include includes know knows cost "
    "costs accept accepts leave leaves left come comes came keep keeps hear hears receive receives provide provides "
    "sell sells serve serves carry carries send sends pay pays allow allows require requires contain contains hold "
    "face faces use uses buy buys bring brings add adds book books meet meets carry have has had run runs expect"
)
"""Common verbs that take an object: after "we get" a "no" may be its determiner, an "it" is no subject."""
FUNCTION_WORDS = (
    QUESTION
    | DETERMINERS
    | PREPOSITIONS
    | SUBJECTS
    | DO_HAVE_BE
    | MODALS
    | CONJUNCTIONS
    | word_set("me him her us them not no yes very too also just only")
)

_CLASSES = {
    "conjunction": CONJUNCTIONS,
    "modal": MODALS,
    "auxiliary": DO_HAVE_BE,
    "subject": SUBJECTS,
    "preposition": PREPOSITIONS,
    "determiner": DETERMINERS,
    "question": QUESTION,
    "month": MONTHS,
    "ordinal": ORDINALS,
    "number": NUMBERS,
    "day": DAYS,
}
_BY_WORD = {word: name for name, words in _CLASSES.items() for word in words}


def word_class(folded: str) -> str | None:
    """The closed class of a word ("number" for anything with a digit), or None for a content word."""
    return _BY_WORD.get(folded) or ("number" if _has_digit(folded) else None)


def is_number(folded: str) -> bool:
    """Whether a word names a number or holds a digit."""
    return folded in NUMBERS or folded in ORDINALS or _has_digit(folded)


def is_year(folded: str) -> bool:
    """Whether a word is a year in figures, 1000 to 2099."""
    return len(folded) == 4 and folded.isdecimal() and 1000 <= int(folded) < 2100


def _has_digit(folded: str) -> bool:
    return not folded.isalpha() and any(letter.isdigit() for letter in folded)

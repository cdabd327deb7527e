"""Words that are no names, or not where a name is expected."""

from language.slots.spelling import TIMES
from language.tokens import word_set

PARTICLES = word_set("de da del della di van von der den la le bin al el st mc mac")
"""Words inside a name, never at its end."""

HINDI = word_set(
    "haan ji nahi nahin mat theek thik accha achha bilkul hai hain ka ke ko se mein chahiye naam "
    "mujhe milna dikhana kya aur bhi wala wali"
)
"""Words of a sentence in Hindi that are of no name in it."""

BEFORE_NAME = HINDI | word_set(
    "a an the this that these those my your our his her their its it i we you he she they me us not no yes yeah yep "
    "nope "
    "on in at for of to from with by under as is was are were be been being have has had do does did can could will "
    "would "
    "should shall may might must and or but if so then than too also just only really very actually please thanks "
    "thank "
    "sorry hello hi hey okay ok sure right well there here what who when where why how which same still already going "
    "looking calling trying wanting wondering hoping afraid asking having getting unable able happy glad interested "
    "fine "
    "good great late early tomorrow today tonight yesterday now later next last first one two three four five six "
    "seven "
    "eight nine ten eleven twelve all any some none every each both booked listed made correct wrong spelled spelt "
    "misspelled spelling spell name names number booking reservation table restaurant appointment doctor someone "
    "somebody "
    "nothing anything something everything anyone anybody everyone everybody nobody whoever whatever whichever "
    "about because before after until about around"
)
"""Words that no name begins with, even where a name was announced."""

NO_NAMES = (
    BEFORE_NAME
    | TIMES.keys()
    | word_set(
        "am pm ish oclock people persons guests adults kids children lunch dinner breakfast table tables party group "
        "couple "
        "couples vegan vegetarian gluten wifi halal kosher veg info etc aug sept oct nov dec jan feb mon tue tues wed "
        "thu thur "
        "thurs fri sat sun xmas christmas valentine valentines easter halloween english french italian indian chinese "
        "thai "
        "mexican japanese british european american turkish spanish lebanese polish greek korean vietnamese asian "
        "mediterranean sushi pizza street road lane avenue square cafe bar grill kitchen ltd inc gmail email mr mrs "
        "ms miss dr "
        "id asap faq ok okay hr hrs mins uk usa london"
    )
)
"""Words that are of no name of a person, though they have a capital or stand in no dictionary."""

REPLIES = BEFORE_NAME | word_set(
    "pardon excuse repeat again cancel change book stop help wait moment minute second hold hang hear understand know "
    "think "
    "guess want need like love mean said say tell told ask asked speak talk call told maybe perhaps probably "
    "nevermind never "
    "mind sir madam man mate thing things question forget forgot remember agent human person operator representative "
    "absolutely definitely certainly exactly correct course problem nope nah bye goodbye cheers perfect lovely cool "
    "awesome "
    "skip next back done else other another more less enough out up down off over time date day week month year "
    "morning "
    "afternoon evening night people address phone mobile email mail code postcode zip city country insurance "
    "department fuck fucking shit idiot stupid damn bloody hell crazy"
)
"""Words that make an answer something else than a name."""

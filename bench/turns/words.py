"""What the parties of a measured call say: garbled as recognition garbles, and never the same call twice."""

TITLES = ("sales director", "office manager", "marketing lead", "managing director", "head of operations")

SAYINGS = (
    "um we get {low} to {high} visitors a month",
    "yeah that's that's about right I think",
    "well our company size is {people} people now",
    "okay and what happens after that",
    "I'd say uh around {calls} calls a month",
    "no we have have never looked into it",
    "I'm the {title} now",
    "right I see um could you say that again",
    "we get about {forms} forms a month",
    "it it was a quiet {month} for us you know",
)
"""Half of them state a fact, so that half of the turns call a tool and change the dataset."""

MONTHS = ("January", "February", "March", "April", "June", "July", "August", "October", "November", "December")

AGENT = "Thank you, that helps. And what would you like to change this year?"

CLEAN = "We have been in business for a long time."
"""A caller's words in which there is nothing to repair and nothing to note."""


def caller_says(turn: int) -> str:
    """The caller's words of a turn, from 1; figures keep their number of digits, so that no turn is longer for it."""
    return SAYINGS[turn % len(SAYINGS)].format(
        low=100 + turn * 37 % 400,
        high=500 + turn * 53 % 500,
        people=20 + turn * 7 % 80,
        calls=100 + turn * 91 % 900,
        forms=10 + turn * 13 % 90,
        title=TITLES[turn // len(SAYINGS) % len(TITLES)],
        month=MONTHS[turn // len(SAYINGS) % len(MONTHS)],
    )

"""Which questions propose a gated act, so that a yes to them grants it: few, and none in doubt."""

import pytest

from language.consent.judging import Verdict, judge

SUBJECT = ("demo", "demonstration")
ACTS = ("create", "build", "make", "set up", "start", "prepare", "put together", "generate")

PROPOSALS = """
    Brilliant. Shall I go ahead and create your demo now?
    Shall I create the demo?
    Shall I create your demo now
    Shall I go ahead and create the demo for you?
    Shall I build the demo for you now?
    Would you like me to create your personalised demo?
    Do you want me to build a demo for you?
    Want me to set up a demo?
    May I prepare your demo?
    Can I create a demo for Quick Fit Windows?
    Are you ready for me to create the demo?
    Ready to create your personalised demo?
    Are you happy for me to build your demo now?
    Is it okay if I create the demo now?
    I can build a demo for you. Is that okay?
    I can create the demo right now if you like.
    I'll create your demo now, okay?
    I'll go ahead and create your demo, if that's okay with you.
    Let's create your demo. Ready?
    Let's create your demo, shall we?
    I can create a demo for you. Shall I do that?
    I could put together a demo. Would you like that?
    I can set your demo up now. Shall I go ahead?
    The demo takes a minute. Would you like me to build it?
    Would you like me to create it? The demo takes a minute.
    Shall I create your demo? It takes a minute.
    So, Scott, shall I create your demo?
    Based on what you told me about your business, shall I create your demo?
    Great, that's everything. Shall we get started on your demo?
    Shall I go ahead with the demo?
    Thanks Scott. I have everything I need. Shall I start creating your demo now?
    Do I have your permission to create the demo?
    So you'd like me to create the demo?
    You want me to create the demo, right?
    Shall I create a free demo, with no obligation?
    Could I just quickly set up a short demo for you?
    Shall I generate the demonstration for you right away?
    I'd love to create a demo for you. How does that sound?
    That's great — shall I create the demo for you?
    I have what I need, so shall I create the demo now?
"""
OTHERS = """
    Is the demo of your competitor any good?
    Do you want to hear about the demo?
    Would you like me not to create the demo?
    Shall I delete your demo?
    Is it true that you hate the demo?
    Shall I explain how the demo works?
    Can I send you an email about the demo?
    Shall we talk about the demo next week?
    Did you hear me when I asked whether I shall create the demo?
    I can create a demo. But first, is your name Scott?
    Would you like a brochure? We also have a demo.
    Would you like a demo?
    Would you like to see a demo?
    Do you know that I can create a demo?
    Shall I create the demo next week?
    Shall I create the demo when you are back?
    Shall I create the demo or the brochure?
    Shall I create the demo, or would you like to hear the price?
    Shall I build the demo? By the way, is it raining there?
    Shall I build the demo? I need your email first.
    Shall I create the demo? Is your company in Bath?
    Shall I create the demo brochure?
    Shall I create a brochure for the demo?
    Shall I create an invoice about the demo?
    Shall I prepare the contract of the demo?
    Shall I make sure you like the demo?
    Shall I make sure your demo works?
    Shall I set up a call about the demo?
    Shall I set up a demo call?
    Shall I start explaining the demo?
    Shall I start with the demo?
    Should I cancel the demo?
    Shall I not create the demo?
    Shall I create the demo without you?
    Shouldn't I create the demo?
    Do you mind if I create the demo?
    Would you mind if I build your demo?
    You don't want me to create the demo, right?
    You wouldn't want me to create the demo?
    Have you asked me to create the demo?
    Did I create the demo?
    I created the demo. Is that okay?
    Your demo has been created. Okay?
    I created your demo yesterday. Shall I send it?
    Shall I stop creating the demo?
    Shall I hold off creating the demo?
    What if I create the demo?
    When shall I create the demo?
    Why should I create the demo?
    How can I create the demo for you?
    Who asked you whether I could create the demo?
    If you sign, shall I create the demo?
    Once you have paid, shall I create the demo?
    Shall I create the demo once you have paid?
    Shall I create the demo after the call?
    Shall I create the demo later?
    Shall I create the demo on Friday?
    Shall I create the demo in an hour?
    Before I create the demo, can I ask your name?
    I will create the demo once we are done. Is your number still the same?
    I can create the demo. It costs 500 pounds. Is that okay?
    I can create a demo. Are you still there?
    I can create a demo. Have you heard of us?
    I can create a demo.
    The demo shows how calls are tracked.
    The demo needs a script. Shall I create it?
    I wrote an email about the demo. Shall I create it?
    We have a demo and a brochure. Shall I make it?
    The demo takes a minute. Shall I send it?
    I can create a demo. Shall I send you the brochure?
    Shall I create it?
    Shall I do it?
    Is it okay if I tell you about the demo?
    Is it okay if I don't create the demo?
    Are you ready for the demo?
    Are you ready to talk about creating the demo?
    Can you create the demo yourself?
    Could you start the demo?
    Did you start the demo?
    Do you want to start by telling me about the demo?
    Would your colleague like me to create the demo?
    Does your boss want us to create the demo?
    Shall I forget about creating the demo?
    Would you like me to delete the demo and create an invoice?
    Great, the demo is ready. Shall I go ahead?
    Shall I create the demo? No, wait. What is your name?
    Shall I create the demo? Or not?
    Shall I create the demo? Let me know tomorrow.
    Shall I create the demo? You said you hate demos. Is that right?
    Do you think that I should create the demo?
    Can I ask whether I should create the demo?
    May I ask, shall I create the demo, is that what your boss said?
    The last caller said, shall we create the demo?
    You asked, can I build a demo?
    Is it correct that you told me to create the demo?
    Shall I create the demo of your competitor?
    How about lunch? I can create a demo.
    Would you like to hear how we create a demo?
    Will you tell your boss that I can create the demo?
    Shall I put the demo away?
    Can we start over with the demo?
    Shall we start the demo over?
    Should I make the demo shorter?
    Shall I make the demo disappear?
    Shall I build on the demo?
    What's your name, shall I create the demo?
    Shall I create the demo, is your name Scott?
    Shall I create the demo and is your name Scott?
    I can create the demo, yes.
    I can create the demo, right.
    Is your name Scott, and shall I create the demo?
    I can create the demo. Is it?
    I can create a demo. Does that surprise you?
    I will create the demo. Is that your dog?
    Shall I create the demo, what is your name?
"""


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.strip().splitlines()]


@pytest.mark.parametrize("question", lines(PROPOSALS))
def test_a_proposal_of_the_act(question: str) -> None:
    assert judge(question, "yes please", subject=SUBJECT, acts=ACTS).verdict is Verdict.GRANTED


@pytest.mark.parametrize("question", lines(OTHERS))
def test_a_question_for_anything_else(question: str) -> None:
    answers = ("yes please", "yes", "okay", "sounds good", "yes, I would", "absolutely, go ahead")
    granted = [a for a in answers if judge(question, a, subject=SUBJECT, acts=ACTS).verdict is Verdict.GRANTED]
    assert granted == []


@pytest.mark.parametrize("acts", [(), ("transfer",)])
def test_the_verb_must_be_one_of_the_act(acts: tuple[str, ...]) -> None:
    judgement = judge("Shall I delete the demo?", "yes please", subject=SUBJECT, acts=acts)
    assert (judgement.verdict, judgement.reason) == (Verdict.UNCLEAR, "nothing proposed")


def test_an_act_without_verbs_of_its_own_has_the_general_ones() -> None:
    assert judge("Shall I create the demo?", "yes", subject=SUBJECT).verdict is Verdict.GRANTED


@pytest.mark.parametrize(
    ("question", "answer", "expected"),
    [
        ("Shall I put you through to a colleague?", "yes please", Verdict.GRANTED),
        ("Shall I put you through?", "yes put me through to a human", Verdict.GRANTED),
        ("Would you like me to transfer you?", "yes", Verdict.GRANTED),
        ("Shall I hand you over to a colleague?", "yes, but not today", Verdict.UNCLEAR),
        ("Shall I transfer the money?", "yes", Verdict.UNCLEAR),
        ("Shall I pass on the message?", "yes", Verdict.UNCLEAR),
        ("Did a colleague call you?", "yes", Verdict.UNCLEAR),
        (None, "put me through to a human please", Verdict.GRANTED),
        (None, "my colleague will transfer it", Verdict.UNCLEAR),
    ],
)
def test_acts_of_two_words_and_acts_that_say_it_all(question: str | None, answer: str, expected: Verdict) -> None:
    subject, acts = ("human", "colleague", "transfer", "through"), ("transfer", "put through", "hand over", "pass on")
    assert judge(question, answer, subject=subject, acts=acts).verdict is expected


REASONS = {
    "yes to the newsletter": "more was said",
    "yes later": "put off",
    "yes if it's free": "hedged",
    "my boss said yes": "second hand",
    "okay thanks": "may be a polite no",
    "window repairs": "no yes",
    "no thanks": "refused",
    "yes and no": "negated",
    "yes please": "explicit yes",
    "create the demo": "asked for it outright",
}


def test_the_reason_says_what_kept_a_yes_from_being_one() -> None:
    judged = {
        answer: judge("Shall I create the demo?", answer, subject=SUBJECT, acts=ACTS).reason for answer in REASONS
    }
    assert judged == REASONS

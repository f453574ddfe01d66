"""What is said with every story: what it is, what it may not be used for, and the questions of the debrief."""

from __future__ import annotations

CONTENT = (
    "This exercise deals with children going missing and the possibility of sexual or criminal exploitation. It shows no images or descriptions of "
    "abuse. You may pause or leave at any time; your facilitator has support details."
)
SYNTHETIC = (
    "Every child, episode and result here is simulated from published averages and stated assumptions. No record of a real child was used. Results "
    "compare policies; they do not predict any child's risk and must not be used to grade a case."
)
CONSENT = "Children cannot consent to their own abuse. Responsibility lies with those who exploit, and with the services that are there to protect."
HINDSIGHT = (
    "What follows was not known to those who decided. Hours exposed, harm and the true state of the child come from the model; they say what "
    "a decision led to, not whether it was right on what was known."
)
DEBRIEF: dict[str, tuple[str, ...]] = {
    "all": (
        "What was known when you decided, and from whom?",
        "What could have been known, and who would have had to be asked?",
        "What changed the outcome, and what made no difference?",
        "What in the system made the decisions likely that were made? What would make better ones likelier next time?",
        "This case was chosen because something can be seen in it. How often does the decision make a difference in the pairs?",
    ),
    "under-graded-with-exploitation": (
        "Which pieces of information pointed to exploitation, and which of them reached the person who graded?",
        "What did the lower grade change: who looked, when, and who was asked afterwards?",
    ),
    "correctly-low": (
        "What would a higher grade have cost, and who would have paid for it?",
        "How do you tell a low grade that is right from one that is only convenient?",
    ),
    "over-graded": (
        "Who waited while people were busy here? Did anybody see that they waited?",
        "What would you need to know to lower a grade with a good conscience?",
    ),
    "information-not-used": (
        "Who held what, on which system, and why was it not in front of the person who graded?",
        "Which of the gaps can be closed by asking one more question?",
    ),
    "nothing-overnight": (
        "Whose decision was it that nothing happened until the morning: a person's, a plan's, or nobody's?",
        "What can be done at three in the morning with the people who are on duty then?",
    ),
    "trigger-plan-not-read": (
        "Who knew that there was a plan, and what stood between the plan and the people who searched?",
        "When is a plan out of date, and who notices?",
    ),
    "not-recorded": (
        "What did the next person not see because this case was not recorded?",
        "Who would notice that a case never left the incident log, and when?",
    ),
}

"""The model, written once: event rules by agent, the records they write, and the three verbs that an engine gives a body to.

Read it in the order of a missing episode: child, episode, police (grading, search, pools, work), recording, return_interview, social_care.
Importing this package
loads neither NumPy nor Numba nor SimPy.
"""

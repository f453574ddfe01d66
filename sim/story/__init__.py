"""One episode told: the same child, the same night, two decisions; then a thousand such pairs, and an exercise in which a learner decides.

A story is for training. It shows a system at work, never a child: every case is simulated, composite and synthetic, and none has a name.
"""

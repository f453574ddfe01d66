"""The local app: three doors (plan, train, analyse) in a browser on this machine.

Nothing is simulated, measured or worded here: the app asks the rooms before it, in a thread of its own, and shows what they say. It is loaded by the
command `missing-sim app` only, and needs the extra `app`.
"""

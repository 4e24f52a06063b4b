"""退回修改单: the department's own file with its cells marked, and a list of what to change in it.

``give_back`` takes what the store has and makes a ``ChangeList`` of it; ``markers`` sends that and the file
to a process apart; there, ``marking`` writes into the file, or into a new one where that cannot be done.
"""

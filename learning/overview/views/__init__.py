"""The screens of online learning: the team's and the network's."""

"""The demo newsroom: four invented outlets, their articles as text files, served over loopback."""

"""The buttons of each screen, in a module of the screen's name. Pure: data in, keyboard out."""

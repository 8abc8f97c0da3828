"""What each screen says, in a module of the screen's name. Pure: facts and words in, `View` out."""

"""What goes from the inside to the public face, and the form in which it goes."""

"""The tour: real screens of a running sandbox as pictures in `docs/`. Run by `make tour`; imports nothing of `app`."""

"""What the stand-in makes: pictures, clips and sound that can be looked at and that come from the prompt.

`outline` says which files a task has and what resultJson says of them (cheap, when the task ends); `artist` makes one
file when it is first asked for, always the same from the same task. Pillow and PyAV are imported there, not before.
"""

# Words that people look for; nobody sees them.
task-text-to-image = draw, generate a picture, image, photo, art from text
task-image-to-image = edit, change a photo, picture, image, photoshop
task-background-removal = remove, cut out the background of a photo, picture, transparent background
task-image-upscale = enlarge, enhance a photo, picture, upscaler, sharpen
task-text-to-video = make, generate a video, clip, movie from text
task-image-to-video = animate a photo, picture, video from a photo, animation
task-video-to-video = edit, change, extend a video, clip
task-video-upscale = enhance, sharpen a video, upscaler
task-lip-sync = talking head, talking photo, avatar, lipsync
task-music = make, generate a song, music, track, tune
task-music-edit = change, extend a song, cover, remix, instrumental, vocals
task-text-to-speech = voice over, voiceover, speech, narrator, tts
task-sound-effect = sound effect, sfx, noise
task-audio-isolation = remove noise, clean a voice, recording

"""What people type: sense, nonsense, and what breaks careless software."""

from typing import Any

NOWHERE = "nowhere"
"""The id of a file that nobody has: the stand-in refuses it, as it should."""
FILE = {"file_id": NOWHERE, "file_unique_id": "n"}
MARK = r"walker\d{5}"
"""Each person's own word, in their name and in all they type; nobody else may ever be shown it."""

NAMES = (
    "Анна",
    "O'Hara & Sons",
    "<b>Bold</b>",
    "</code>",
    "עומר",
    "\u202eevil",
    "👨‍👩‍👧‍👦",
    "Zo\u0308e",
    "a_b*c[d](e)~`#",
)

TEXTS = (
    "кот на крыше",
    "a cat in a hat",
    "нарисуй кота",
    "купи слона",
    "<b>жирно</b> & <i>косо",
    "a < b > c",
    "&lt;tag&gt;",
    "</code></pre><script>alert(1)</script>",
    "*bold* _it_ [link](http://x.example) `code` ~s~ ||sp||",
    "\u202eמימין לשמאל\u202c مرحبا",
    "👨‍👩‍👧‍👦🏳️‍🌈 e\u0301\u0302\u0303 \u200b\u2060\ufeff",
    "  пробелы \n\n\t и строки  ",
    "https://example.org/?a=1&b=2#c",
    "/ не команда",
    "@durov #тег $USD +7 900 000-00-00",
    "0",
    "-1",
    "3.5",
    "1e9",
    "١٢",
    "50",
    "250",
    "да",
    "yes",
    "картинка",
    "Kling",
    "озвчка",
)

COMMANDS = (
    *("/start", "/menu", "/models", "/search", "/favorites", "/history", "/balance", "/settings"),
    *("/language", "/help", "/support", "/paysupport", "/terms", "/cancel"),
    *(
        "/start ref_abc",
        "/start model_z-image",
        "/start preset_logo",
        "/start gen_1",
        "/start %00",
        "/search кот",
    ),
    *("/budget", "/privacy", "/admin", "/diag", "/nonsense", "/START", "/menu@somebody_else", "/start@"),
)

STRANGE: tuple[dict[str, Any], ...] = (
    {
        "sticker": {
            **FILE,
            "type": "regular",
            "width": 1,
            "height": 1,
            "is_animated": False,
            "is_video": False,
        }
    },
    {"location": {"latitude": 1, "longitude": 1}},
    {"contact": {"phone_number": "+70000000000", "first_name": "A"}},
    {"dice": {"emoji": "🎲", "value": 1}},
    {
        "poll": {
            "id": "1",
            "question": "?",
            "options": [
                {"persistent_id": "a", "text": "a", "voter_count": 0},
                {"persistent_id": "b", "text": "b", "voter_count": 0},
            ],
            "total_voter_count": 0,
            "is_closed": False,
            "is_anonymous": True,
            "type": "regular",
            "allows_multiple_answers": False,
            "allows_revoting": False,
            "members_only": False,
        }
    },
    {"video_note": {**FILE, "length": 1, "duration": 1}},
    {
        "document": {
            **FILE,
            "file_name": "setup.exe",
            "mime_type": "application/x-msdownload",
            "file_size": 1000,
        }
    },
    {"document": {**FILE, "file_name": "big.mp4", "mime_type": "video/mp4", "file_size": 30_000_000}},
    {"document": FILE},
    {"voice": {**FILE, "duration": 0}},
    {"venue": {"location": {"latitude": 1, "longitude": 1}, "title": "t", "address": "a"}},
)

GARBAGE = (
    *("menu:old", "page:cat:1:2", "go:nowhere", "go:", ":", "pick:x:y:z", "draft:1:1:explode", "run:1:1:1"),
    *(
        "made:1:again",
        "made:1:show",
        "made:999999999999:show",
        "buy:0",
        "buy:-5",
        "buy:99999999",
        "shelf:pictures:99",
    ),
    *("model:nothing:s:0", "list:a:-1", "past:9223372036854775807", "past:99999999999999999999", "lang:xx"),
    *("ж" * 32, "file:z-image:1", "files:0:1", "quick:77", "preset:none", "offer:none", "offers:5", "\x01"),
)

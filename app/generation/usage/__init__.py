"""What the past of all generations tells about models: which are liked, how well they work, how long they take.

Proven by tests/unit/generation/test_popularity.py, tests/integration/generation/test_pace.py.
"""

from app.generation.usage.pace import pace_of
from app.generation.usage.popularity import ENOUGH, Popularity, best_of
from app.generation.usage.repository import ModelUse

__all__ = ["ENOUGH", "ModelUse", "Popularity", "best_of", "pace_of"]

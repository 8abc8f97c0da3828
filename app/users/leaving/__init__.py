"""People who ask to be deleted: they leave, they are gone, and whoever comes back is not new."""

from app.users.leaving.service import LeavingService

__all__ = ["LeavingService"]

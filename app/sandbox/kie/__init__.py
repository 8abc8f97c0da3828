"""A stand-in for kie.ai: the API, the upload host and the file host, faithful and strict, on one aiohttp application.

It holds every request against KIE's own facts (`schemas.json`), never against our models; it answers as KIE does,
errors in HTTP 200 included; it takes credits, passes through the states, calls back, and makes results that can be
looked at. `knobs` lists the faults on demand. What is accepted survives a kill -9.
Proven by tests/integration/sandbox_kie.
"""

from app.sandbox.kie.routes import add_kie_routes

__all__ = ["add_kie_routes"]

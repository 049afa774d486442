"""The only readers of the database for pages and the API: models in, plain dataclasses out."""

"""The only door to the database: all of SQLAlchemy lives here."""

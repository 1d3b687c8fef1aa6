"""What is kept: tables and plain functions over one transaction, on SQLite or PostgreSQL."""

"""The least that keeps a story: Flask, SQLAlchemy, one INSERT, the SQLite settings of the product.

What ``benchmarks.submissions`` measures against, under the same gunicorn with as many workers.
"""

from __future__ import annotations

import sqlite3
from uuid import uuid4

from flask import Flask, Response, redirect, request
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from satupintu.actions.platform import Platform

FILE = "bare.sqlite3"
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")


class Base(DeclarativeBase):
    """The tables of this application."""


class Story(Base):
    """One story, as it was sent."""

    __tablename__ = "stories"
    id: Mapped[str] = mapped_column(primary_key=True)
    answers: Mapped[str]


def create_app(platform: Platform) -> Flask:
    """Return the application; the platform only says in which folder to keep the file."""
    engine = open_engine(f"sqlite:///{platform.settings.var / FILE}")
    app = Flask(__name__)

    @app.post("/")
    def keep() -> Response:
        story = Story(id=str(uuid4()), answers=request.form["answers"])
        with Session(engine) as session, session.begin():
            session.add(story)
        return redirect("/", 303)

    return app


def open_engine(url: str) -> Engine:
    """Return an engine with the product's SQLite settings, its table made."""
    engine = create_engine(url, pool_size=16, max_overflow=16, connect_args={"timeout": 30})

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    Base.metadata.create_all(engine)
    return engine

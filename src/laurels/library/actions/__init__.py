"""The verbs of learning."""

from laurels.library.actions.books import download, import_books, read_pages
from laurels.library.actions.reading import Imported, beat, finish_lesson, import_articles, reflect
from laurels.library.actions.shelving import describe_book, keep_book, publish_book, withdraw_book
from laurels.library.actions.writing import write_article

__all__ = [
    "Imported",
    "beat",
    "describe_book",
    "download",
    "finish_lesson",
    "import_articles",
    "import_books",
    "keep_book",
    "publish_book",
    "read_pages",
    "reflect",
    "withdraw_book",
    "write_article",
]

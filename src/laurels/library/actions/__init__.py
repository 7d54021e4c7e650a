"""The verbs of learning."""

from laurels.library.actions.books import download, import_books, read_pages
from laurels.library.actions.reading import Imported, beat, finish_lesson, import_articles, reflect
from laurels.library.actions.writing import write_article

__all__ = [
    "Imported",
    "beat",
    "download",
    "finish_lesson",
    "import_articles",
    "import_books",
    "read_pages",
    "reflect",
    "write_article",
]

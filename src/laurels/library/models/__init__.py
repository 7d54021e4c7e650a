from laurels.library.models.articles import Article, LessonDone, Picture, Reading
from laurels.library.models.ebooks import Download, Ebook, EbookFile, PagesRead

__all__ = ["Article", "Download", "Ebook", "EbookFile", "LessonDone", "PagesRead", "Picture", "Reading"]

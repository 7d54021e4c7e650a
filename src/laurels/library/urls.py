from django.urls import path

from laurels.library.views import books, desk, reading

urlpatterns = [
    path("learn", reading.path, name="learn"),
    path("learn/<slug:key>", reading.lesson, name="lesson"),
    path("learn/<slug:key>/done", reading.done, name="lesson-done"),
    path("sitemap.xml", reading.sitemap, name="sitemap"),
    path("articles", reading.articles, name="articles"),
    path("articles.atom", reading.ArticlesFeed(), name="articles-feed"),
    path("articles.rss", reading.ArticlesRss(), name="articles-rss"),
    path("articles/pictures/<slug:digest>.<slug:ending>", reading.picture, name="article-picture"),
    path("articles/<slug:slug>", reading.article, name="article"),
    path("articles/<slug:slug>/beats", reading.beats, name="article-beats"),
    path("articles/<slug:slug>/reflection", reading.reflection, name="article-reflection"),
    path("ebooks", books.ebooks, name="ebooks"),
    path("ebooks/<slug:slug>", books.ebook, name="ebook"),
    path("ebooks/<slug:slug>/cover", books.cover, name="ebook-cover"),
    path("ebooks/<slug:slug>/file", books.file, name="ebook-file"),
    path("ebooks/<slug:slug>/pages", books.pages, name="ebook-pages"),
    path("desk/ebooks", desk.ebooks, name="desk-ebooks"),
    path("desk/ebooks/<slug:slug>", desk.ebook, name="desk-ebook"),
    path("desk/ebooks/<slug:slug>/publication", desk.publication, name="desk-ebook-publication"),
    path("desk/articles", desk.articles, name="desk-articles"),
    path("desk/articles/new", desk.article, name="desk-new-article"),
    path("desk/articles/at/<slug:slug>/preview", desk.preview, name="desk-article-preview"),
    path("desk/articles/at/<slug:slug>", desk.article, name="desk-article"),
]

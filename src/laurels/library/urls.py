from django.urls import path

from laurels.library import views

urlpatterns = [
    path("learn", views.path, name="learn"),
    path("learn/<slug:key>", views.lesson, name="lesson"),
    path("learn/<slug:key>/done", views.done, name="lesson-done"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("articles", views.articles, name="articles"),
    path("articles.atom", views.ArticlesFeed(), name="articles-feed"),
    path("articles/<slug:slug>", views.article, name="article"),
    path("articles/<slug:slug>/beats", views.beats, name="article-beats"),
    path("articles/<slug:slug>/reflection", views.reflection, name="article-reflection"),
]

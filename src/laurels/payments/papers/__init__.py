"""Invoices and credit notes as PDF, from what they said on the day they were issued."""

from laurels.payments.papers.paper import Settled, file_name, paper_pdf, words_of

__all__ = ["Settled", "file_name", "paper_pdf", "words_of"]

"""The pages as HTML. Our own words and looks: nothing here imitates anybody's mark."""

from html import escape

from laurels.kernel.money import Money
from laurels.web.demo.stripe_like.cards import CARDS, card_of
from laurels.web.demo.stripe_like.errors import Thing

SHELL = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{title} · Test till</title>
<link rel="stylesheet" href="/till.css">
</head>
<body>
<header><strong>Test till</strong> <span>play money only</span></header>
<main>
{main}
</main>
<footer>No real money, no real cards: this till stands in for a payment provider in demos and tests.</footer>
</body>
</html>
"""


def page(title: str, main: str) -> str:
    return SHELL.format(title=escape(title), main=main)


def money(minor: int, currency: str) -> str:
    return escape(str(Money(minor, currency.upper())))


def pay_page(seller: str, session: Thing, *, problem: str, number: str) -> str:
    total = money(session["amount_total"], session["currency"])
    return page(
        f"Pay {seller}",
        f"""<h1>Pay {escape(seller)}</h1>
{_lines(session, total)}
{_problem(problem)}
<form method="post">
{_email(session)}
<label for="number">Test card number</label>
<input id="number" name="number" value="{escape(_shown_number(number))}" inputmode="numeric" autocomplete="off" required
  aria-describedby="number-hint" maxlength="40">
<p id="number-hint" class="hint">Filled in with a card that pays. Other cards below have other endings.</p>
<button class="main" name="act" value="pay">Pay {total} with this test card</button>
<button name="act" value="decline">Let the card be declined</button>
</form>
{_back(session["cancel_url"], "Go back without paying")}
{_cards()}""",
    )


def bank_page(intent: Thing, leave: str | None) -> str:
    total = money(intent["amount"], intent["currency"])
    return page(
        "Your bank asks",
        f"""<h1>Your bank asks: is this you?</h1>
<p>Somebody wants to pay <strong>{total}</strong> with your card. A real bank would send you to its app (3-D Secure);
this till lets you choose how it ends.</p>
<form method="post">
<button class="main" name="act" value="confirm">Complete: yes, this is me</button>
<button name="act" value="refuse">Fail: this is not me</button>
</form>
{_back(leave, "Leave without an answer")}""",
    )


def closed_page(seller: str, told: str, back: str | None) -> str:
    return page("Nothing to pay", f"<h1>{escape(told)}</h1>\n{_back(back, f'Back to {seller or "the seller"}')}")


def nothing_here() -> str:
    return page(
        "Not found", "<h1>There is nothing to pay here.</h1>\n<p>Go back to where you came from and begin anew.</p>"
    )


def _lines(session: Thing, total: str) -> str:
    rows = "\n".join(
        f"<tr><td>{escape(line['description'])}{_times(line)}</td>"
        f"<td>{money(line['amount_total'], line['currency'])}</td></tr>"
        for line in session["line_items"]
    )
    return f"""<table>
<thead><tr><th scope="col">What</th><th scope="col">Amount</th></tr></thead>
<tbody>
{rows}
</tbody>
<tfoot><tr><th scope="row">To pay</th><td>{total}</td></tr></tfoot>
</table>"""


def _times(line: Thing) -> str:
    if line["quantity"] == 1:
        return ""
    return f" <small>{line['quantity']} × {money(line['price']['unit_amount'], line['currency'])}</small>"


def _problem(problem: str) -> str:
    return f'<p class="problem" role="alert">{escape(problem)}</p>' if problem else ""


def _email(session: Thing) -> str:
    if session["customer_email"]:
        return f'<p class="hint">The receipt goes to {escape(session["customer_email"])}.</p>'
    typed = (session["customer_details"] or {}).get("email") or ""
    return f"""<label for="email">E-mail for the receipt</label>
<input id="email" name="email" type="email" value="{escape(typed)}" autocomplete="email" required>"""


def _back(url: str | None, text: str) -> str:
    return f'<p class="back"><a href="{escape(url)}">{escape(text)}</a></p>' if url else ""


def _cards() -> str:
    rows = "\n".join(
        f"<tr><td><code>{_in_fours(number)}</code></td><td>{escape(card.says)}</td></tr>"
        for number, card in CARDS.items()
    )
    return f"""<details>
<summary>All test cards</summary>
<table>
<thead><tr><th scope="col">Number</th><th scope="col">What happens</th></tr></thead>
<tbody>
{rows}
</tbody>
</table>
</details>"""


def _shown_number(typed: str) -> str:
    card = card_of(typed)
    return _in_fours(card.number) if card else typed


def _in_fours(number: str) -> str:
    return " ".join(number[at : at + 4] for at in range(0, len(number), 4))

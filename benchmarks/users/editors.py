"""Editors at the desk: sign in with both factors, decide candidates, write verifications."""

import hmac
import json
import struct
import time
from itertools import count

from locust import task
from locust.exception import StopUser
from lxml import html

from benchmarks.users.person import ASKED, Person, Wrong, plain

DESK = "/admin/claims"
INBOX = f"{DESK}/claim/inbox/"
PARTS = 4  # in which what is typed is saved
_numbers = count()
# What the desk said it kept: compared with the record afterwards.
DONE = {"accepted": [], "rejected": [], "worded": {}, "written": {}}


class Editor(Person):
    fixed_count = ASKED["users"]["editors"]
    pause = 1, 4

    def on_start(self):
        self.account = ASKED["editors"][next(_numbers)]
        self.headers["Origin"] = ASKED["origin"]
        self.candidate = None
        self.accepted = []
        if not self.sign_in():
            raise StopUser

    def sign_in(self):
        form = self.ask("desk: sign in", "/admin/login/", _form)
        given = {"username": self.account["name"], "password": self.account["password"]}
        code = form and self.send("desk: sign in", "/admin/login/", form | given, _form)
        given = {"code": _code(self.account["key"], time.time())}
        return code and self.send(
            "desk: second factor", "/admin/login/code/", code | given, _signed_in
        )

    def send(self, kind: str, path: str, form: dict, check, **asked):
        return self.ask(kind, path, check, method="POST", data=form, **asked)

    @task(10)
    def decide(self):
        """The candidate in the inbox: accepted, edited and accepted, or rejected."""
        if not self.candidate:
            self.candidate = self.ask("desk: inbox", INBOX, _candidate)
            return
        shown, self.candidate = self.candidate, None
        drawn = self.random.random()
        if drawn < 0.15:
            self.candidate = self.act("reject", shown, reject="not_worth_checking")
            if self.candidate:
                DONE["rejected"].append(shown["claim"])
        elif drawn < 0.5 and "worded" not in shown:
            wording = f"{shown['text']} (selon {self.account['name']})"
            self.candidate = self.act("save", shown, save="1", wording=wording)
            if self.candidate:
                DONE["worded"][shown["claim"]] = wording
                self.candidate["worded"] = True
        else:
            self.candidate = self.act("accept", shown, accept="anyway")
            if self.candidate:
                DONE["accepted"].append(shown["claim"])
                self.accepted.append(shown["claim"])

    def act(self, name: str, shown: dict, **pressed) -> dict | None:
        """Press a button; the candidate that is shown then, if it was done."""

        def done(answer):
            following = _candidate(answer)
            if "data-refused" in answer.text or (following["claim"] == shown["claim"]) != (
                name == "save"
            ):
                raise Wrong(f"{name} of {shown['claim']}: {plain(answer.text)[:200]}")
            return following

        asked = {"headers": {"HX-Request": "true"}}
        return self.send(f"desk: {name}", shown["action"], shown["form"] | pressed, done, **asked)

    @task(3)
    def verify(self):
        """A draft about a claim accepted before, typed bit by bit; it is there afterwards."""
        if not self.accepted:
            return
        claim = self.accepted.pop()
        form = self.ask("desk: claim", f"{DESK}/claim/{claim}/change/", _token)
        if not form:
            return
        start = f"{DESK}/verification/start/"
        draft = self.send("desk: draft", start, form | {"claim": claim}, _draft)
        if not draft:
            return
        pk, ending = draft["pk"], f" {claim} {self.account['name']}"
        written = {
            "rating": str(draft["ratings"][0]),
            "summary": "Ce constat est écrit pendant un essai." + ending,
            "explanation": "Les sources disent autre chose ; voici pourquoi. " * 20 + ending,
        }
        mark = draft["mark"]
        for part in range(1, PARTS + 1):
            self.wait()
            typed = {
                "rating": written["rating"],
                "summary": written["summary"][: -(-len(written["summary"]) * part // PARTS)],
                "explanation": written["explanation"][
                    : -(-len(written["explanation"]) * part // PARTS)
                ],
            }
            mark = self.send(
                "desk: save", f"{DESK}/verification/{pk}/save/", draft["form"] | typed
                | {"mark": mark}, _mark,
            )  # fmt: skip
            if not mark:
                return
        DONE["written"][pk] = written
        self.ask("desk: news", f"{DESK}/verification/{pk}/news/?mark={mark}", _mark)
        self.wait()

        def there(answer):
            found = _draft(answer)
            if found["typed"] != (written["summary"], written["explanation"]):
                raise Wrong(f"{found['typed']} is not {written}")

        self.ask("desk: verification", f"{DESK}/verification/{pk}/change/", there)

    @task(2)
    def lists(self):
        path = f"{DESK}/claim/?status__exact=candidate"
        self.ask("desk: list", path, lambda answer: _page(answer).get_element_by_id("result_list"))

    @task(2)
    def search(self):
        words = self.random.choice(ASKED["api"]["words"])
        self.ask("desk: search", f"{DESK}/claim/search/", _page, params={"q": words})


def _page(answer) -> html.HtmlElement:
    return html.fromstring(answer.text)


def _fields(page: html.HtmlElement, of: str = "") -> dict[str, str]:
    """What the browser would send of a form, the only one or the one of that id."""
    inside = f"//form[@id='{of}']//*" if of else "//form//*"
    found = {}
    for field in page.xpath(f"({inside} | //*[@form='{of}'])[@name]"):
        kind = field.get("type", "")
        if field.tag == "button" or kind in ("submit", "button"):
            continue
        if kind in ("radio", "checkbox") and field.get("checked") is None:
            continue
        value = field.value if field.tag in ("input", "select", "textarea") else None
        found[field.get("name")] = "on" if value is None and kind == "checkbox" else value or ""
    return found


def _form(answer) -> dict[str, str]:
    form = _fields(_page(answer))
    if "csrfmiddlewaretoken" not in form:
        raise Wrong("there is no form")
    return form


def _token(answer) -> dict[str, str]:
    """What protects every form."""
    tokens = _page(answer).xpath("//input[@name='csrfmiddlewaretoken']/@value")
    return {"csrfmiddlewaretoken": tokens[0]}


def _signed_in(answer) -> bool:
    if "/admin/logout/" not in answer.text:
        raise Wrong(plain(answer.text)[:200])
    return True


def _candidate(answer) -> dict:
    """The candidate that is shown, with all that its form sends."""
    page = _page(answer)
    form = page.get_element_by_id("candidate")
    return {
        "claim": int(form.get("data-claim")),
        "action": form.get("action"),
        "text": page.get_element_by_id("claim").text_content().strip(),
        "form": _fields(page, "candidate"),
    }


def _draft(answer) -> dict:
    page = _page(answer)
    editor = page.get_element_by_id("editor")
    return {
        "pk": int(editor.get("data-row")),
        "mark": editor.get("data-mark"),
        "form": _token(answer),
        "ratings": page.xpath("//input[@name='rating']/@value"),
        "typed": tuple(page.get_element_by_id(name).value for name in ("summary", "explanation")),
    }


def _mark(answer) -> str:
    given = json.loads(answer.text)
    if given.get("errors") or given.get("clashes") or given.get("refusal"):
        raise Wrong(answer.text[:300])
    return given["mark"]


def _code(key: str, now: float) -> str:
    """The six digits of that moment (RFC 6238)."""
    digest = hmac.digest(bytes.fromhex(key), struct.pack(">Q", int(now) // 30), "sha1")
    place = digest[-1] & 15
    return f"{(int.from_bytes(digest[place : place + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06}"

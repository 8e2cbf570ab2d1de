"""A lecturer opens a room, phones join, vote twice and draw, and a full page follows."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from core.room.plan_file import parsed
from tests.browser.conftest import Open
from tests.browser.hand import THREE
from tests.browser.screen import Screen
from tests.browser.training import Training

PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
    "locale": "ko-KR",
}
KERNEL = "/convolution-and-pooling"


def hook(screen: Screen, name: str) -> Any:
    return screen.page.locator(f"[data-fp={name}]")


def open_room(lecturer: Screen) -> str:
    """The letters of a room that a lecturer opens on the page that is on show."""
    lecturer.page.locator(".st-key-fp-rooms button").first.click()
    hook(lecturer, "room-open").click()
    hook(lecturer, "room-code").wait_for()
    code: str = hook(lecturer, "room-code").inner_text()
    assert re.fullmatch(r"[A-Z]{6}", code)
    return code


def join(open_page: Open, code: str) -> Screen:
    """A phone on which the letters are typed, small and with a blank, as one types them."""
    page = open_page("/j", **PHONE)
    hook(page, "code").fill(f"{code[:3].lower()} {code[3:].lower()}")
    hook(page, "join").tap()
    page.until(lambda: page.page.url.partition("?")[0].endswith(f"/j/{code}"))
    return page


def text(screen: Screen, name: str) -> str:
    found: str = hook(screen, name).inner_text()
    return found


@pytest.mark.parametrize("forgiven", [["422"]])
def test_a_vote_a_talk_a_second_vote_and_the_models_answer(
    open_page: Open, forgiven: list[str]
) -> None:
    lecturer = open_page("/draw-a-digit").ready()
    code = open_room(lecturer)
    phones = [join(open_page, code) for _ in range(2)]
    lecturer.until(lambda: text(lecturer, "room-people") == "2")

    # in a tab that is shut, so that the answer is not on the projector
    rows = lecturer.page.locator("[data-fp=room] li", has_text="How many rows has a map?")
    rows.locator("button").click()
    for phone, given in zip(phones, ("28", "26"), strict=True):
        phone.until(lambda phone=phone: hook(phone, "number").is_visible())
        hook(phone, "number").fill(given)
        hook(phone, "send").tap()
    lecturer.until(lambda: text(lecturer, "room-votes").startswith("2 of 2"))
    assert lecturer.page.locator("[data-fp=room] .covered").is_visible()

    hook(lecturer, "room-close").click()
    hook(lecturer, "room-again").click()
    phones[1].until(lambda: hook(phones[1], "number").is_visible())
    hook(phones[1], "number").fill("28")
    hook(phones[1], "send").tap()
    lecturer.until(lambda: text(lecturer, "room-votes").startswith("1 of 2"))
    hook(lecturer, "room-close").click()
    hook(lecturer, "room-reveal").click()
    answer = lecturer.page.locator("[data-fp=room] .answer")
    lecturer.until(lambda: answer.inner_text() == "The answer is 28.")
    assert "1 of 2 were right, after talking 1 of 1" in lecturer.page.inner_text("[data-fp=room]")
    phones[0].until(lambda: "28" in phones[0].page.inner_text("main"))

    hook(lecturer, "room").locator(".record summary").click()
    taken = {}
    for each in ("recordVotes", "recordPieces", "recordHtml"):
        with lecturer.page.expect_download() as download:
            hook(lecturer, each).click()
        taken[each] = download.value.path().read_text(encoding="utf-8-sig")
    votes = [line.split(",")[-4:] for line in taken["recordVotes"].splitlines()[1:]]
    assert votes == [["1", "26", "1", "no"], ["1", "28", "1", "yes"], ["2", "28", "1", "yes"]]
    assert taken["recordPieces"] == "number,kind,sent,made\n"
    assert "How many rows has a map?" in taken["recordHtml"] and "✓ 28" in taken["recordHtml"]

    # what the server refuses is read where the lecturer looks
    hook(lecturer, "room-away").click()
    hook(lecturer, "room-ask-own").scroll_into_view_if_needed()
    hook(lecturer, "room-ask-own").click()
    trouble = lecturer.page.locator("[data-fp=room] .trouble")
    lecturer.until(lambda: "needs a sentence" in trouble.inner_text())
    assert (trouble.bounding_box() or {})["y"] >= 0


@pytest.mark.parametrize("forgiven", [["409"]])
def test_the_room_draws_and_the_wall_shows_what_the_network_makes_of_it(
    open_page: Open, forgiven: list[str]
) -> None:
    lecturer = open_page("/draw-a-digit").ready()
    code = open_room(lecturer)
    phone = join(open_page, code)
    hook(lecturer, "room-wall-digit").click()
    pad = phone.page.locator("main canvas")
    pad.wait_for()
    box = pad.bounding_box()
    assert box and box["width"] > 200
    for stroke in THREE:
        (x, y), *rest = [
            (box["x"] + box["width"] * x, box["y"] + box["height"] * y) for x, y in stroke
        ]
        phone.page.mouse.move(x, y)
        phone.page.mouse.down()
        for x, y in rest:
            phone.page.mouse.move(x, y)
        phone.page.mouse.up()
    phone.page.locator("main button", has_text=re.compile(r"^3$")).tap()
    phone.until(lambda: "3" in text(phone, "verdict"))
    lecturer.until(lambda: text(lecturer, "room-score").startswith("1 of 1 right"))

    lecturer.page.locator("[data-fp=room-wall] .tile").click()
    told = lecturer.page.locator("[data-fp=room-wall] .about .note")
    lecturer.until(lambda: "join again" in told.inner_text())
    closing = hook(lecturer, "room-nobody-new")
    closing.press("Enter")
    lecturer.until(lambda: closing.inner_text() == "Let people in again")
    assert closing.evaluate("it => it === document.activeElement")
    late = open_page(f"/j/{code}", **PHONE)
    late.until(lambda: "새로운 사람을 이 방에 들이지" in late.page.inner_text("main"))
    phone.page.reload()
    pad.wait_for()  # who is in comes back with the key


def test_a_phone_sends_other_things_than_digits_and_points_at_a_place(open_page: Open) -> None:
    lecturer = open_page("/draw-a-digit").ready()
    phone = join(open_page, open_room(lecturer))
    tiles = lecturer.page.locator("[data-fp=room-wall] .tile")

    def sent(kind: str) -> None:
        hook(phone, "send").tap()
        lecturer.until(lambda: tiles.count() == 1)
        assert phone.page.locator(f"[data-fp=verdict] .piece.{kind}").is_visible()
        hook(lecturer, "room-questions").click()

    hook(lecturer, "room-wall-sentence").click()
    hook(phone, "example").tap()
    sent("sentence")
    hook(lecturer, "room-wall-kernel").click()
    hook(phone, "weight-4").tap()
    sent("kernel")
    hook(lecturer, "room-wall-series").click()
    hook(phone, "curve").focus()
    for turn in range(80):
        phone.page.keyboard.press("ArrowUp" if turn % 20 < 10 else "ArrowDown")
        phone.page.keyboard.press("ArrowRight")
    sent("series")

    lecturer.page.locator("#room-prompt").fill("Where would you rub it out?")
    lecturer.page.locator("#room-kind").select_option("place")
    hook(lecturer, "room-ask-own").click()
    hook(phone, "place").tap()
    lecturer.until(lambda: text(lecturer, "room-votes").startswith("1 of 1"))
    hook(lecturer, "room-close").click()
    hook(lecturer, "places").locator("circle").wait_for()
    phone.until(lambda: hook(phone, "places").get_attribute("aria-label") == "15행 15열: 1")

    hook(lecturer, "room-away").click()
    hook(lecturer, "room-ask-0").click()
    phone.until(lambda: "픽셀을 가린다면" in phone.page.inner_text("main"))
    hook(phone, "place").tap()
    lecturer.until(lambda: text(lecturer, "room-votes").startswith("1 of 1"))
    hook(lecturer, "room-close").click()
    hook(lecturer, "room-reveal").click()
    answer = lecturer.page.locator("[data-fp=room] .answer")
    lecturer.until(lambda: re.match(r"The answer is row \d+, column \d+", answer.inner_text()))
    hook(lecturer, "places").locator(".mark").wait_for()


def test_a_room_is_led_by_keyboard_alone(open_page: Open) -> None:
    lecturer = open_page("/draw-a-digit").ready()
    keys = lecturer.page.keyboard

    def press(name: str) -> None:
        hook(lecturer, name).first.wait_for()
        for _ in range(80):
            keys.press("Tab")
            focused = lecturer.page.evaluate("document.activeElement?.getAttribute('data-fp')")
            if focused == name:
                return keys.press("Enter")
        raise AssertionError(f"The tabulator does not come to {name}.")

    lecturer.page.locator(".st-key-fp-rooms .fp-button:not([aria-label])").press("Enter")
    press("room-open")
    hook(lecturer, "room-code").wait_for()
    phone = join(open_page, text(lecturer, "room-code"))
    press("room-ask-2")
    hook(phone, "number").fill("28")
    hook(phone, "send").tap()
    lecturer.until(lambda: text(lecturer, "room-votes").startswith("1 of 1"))
    press("room-close")
    press("room-reveal")
    lecturer.until(lambda: "The answer is 28." in lecturer.page.inner_text("[data-fp=room]"))
    assert "28" in phone.page.inner_text("main")
    press("room-away")
    press("room-wall-kernel")
    hook(phone, "weight-0").tap()
    hook(phone, "send").tap()
    tile = lecturer.page.locator("[data-fp=room-wall] .tile")
    tile.wait_for()
    tile.focus()
    keys.press("Enter")
    press("room-out")
    lecturer.until(lambda: tile.count() == 0)
    keys.press("Escape")
    lecturer.until(lambda: not hook(lecturer, "room").is_visible())


@pytest.mark.parametrize("forgiven", [["403"]])
def test_a_name_and_a_question_in_the_language_of_the_phone(
    open_page: Open, forgiven: list[str]
) -> None:
    lecturer = open_page("/draw-a-digit").ready()
    phone = join(open_page, open_room(lecturer))
    hook(phone, "nickname").tap()
    hook(phone, "name").fill("<b>민아</b>")
    hook(phone, "save-name").tap()
    lecturer.until(lambda: hook(lecturer, "room-names").text_content() == "<b>민아</b>")
    rows = lecturer.page.locator("[data-fp=room] li", has_text="Where are most of the weights?")
    rows.locator("button").click()
    phone.until(lambda: "가중치가 가장 많은 곳은" in phone.page.inner_text("main"))
    # a room that was full has forgotten the phone, which joins again and votes
    forgotten = {"status": 403, "body": "Join again."}
    phone.page.route("**/vote", lambda route: route.fulfill(**forgotten), times=1)
    phone.page.locator("[data-choice='1']").tap()
    lecturer.until(lambda: text(lecturer, "room-votes").startswith("1 of"))
    phone.page.locator("[data-choice='1'][aria-pressed=true]").wait_for()


def test_a_page_follows_looks_around_comes_back_and_is_paused(open_page: Open) -> None:
    lecturer = open_page("/draw-a-digit?seed=7").ready()
    phone = join(open_page, open_room(lecturer))
    hook(lecturer, "room-shut").click()
    student = Screen(phone.page)  # the same browser opens a whole page
    student.goto(phone.page.url.partition("/j")[0] + "/sine-live")
    student.until(lambda: "/draw-a-digit" in student.page.url)
    follow = hook(student, "room-follow")
    follow.wait_for()

    follow.locator("button").tap()
    lecturer.page.get_by_role("link", name="Convolution and pooling", exact=True).first.click()
    lecturer.until(lambda: KERNEL in lecturer.page.url)
    lecturer.let_pass(1500)
    assert "/draw-a-digit" in student.page.url
    follow.locator("button").tap()
    student.until(lambda: KERNEL in student.page.url)

    # the lecturer's walk is followed; what leads away from it stays in sight above its sentence
    lecturer.idle()
    lecturer.page.get_by_role("button", name="Walk me through").click()
    steps = student.page.locator(".fp-steps")
    steps.wait_for()

    def apart() -> bool:
        bar, walk = follow.bounding_box(), steps.bounding_box()
        return bool(bar and walk and bar["y"] + bar["height"] <= walk["y"])

    student.until(apart)
    lecturer.page.keyboard.press("Escape")
    student.until(lambda: not steps.is_visible())

    lecturer.page.locator(".st-key-fp-rooms button").first.click()
    hook(lecturer, "room-pause").click()
    student.until(lambda: hook(student, "room-paused").is_visible())
    hook(lecturer, "room-pause").click()
    student.until(lambda: not hook(student, "room-paused").is_visible())
    hook(lecturer, "room-pause").click()
    hook(student, "room-paused-leave").tap()  # where nobody is there to let them go on
    student.until(lambda: hook(student, "room-paused").count() == 0)
    assert follow.count() == 0


def test_a_second_lecturer_leads_by_a_link_and_ends_the_room(
    open_page: Open,
) -> None:
    lecturer = open_page("/draw-a-digit").ready()
    code = open_room(lecturer)
    phone = join(open_page, code)
    lecturer.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    lecturer.page.get_by_role("button", name="Copy link for a second lecturer").click()
    lecturer.until(lambda: "whoever opens it" in lecturer.page.inner_text("[data-fp=room]"))
    link = lecturer.page.evaluate("navigator.clipboard.readText()")
    path = link.partition("/draw-a-digit")
    second = open_page(path[1] + path[2]).ready()
    second.until(lambda: code in second.page.inner_text(".st-key-fp-rooms"))
    assert "lead" not in second.page.url, "the right stands in no address that a projector shows"

    # the same where a page is open already
    third = open_page("/sine-live")
    third.idle()
    third.page.evaluate("hash => { location.hash = hash }", path[2].partition("#")[2])
    third.until(lambda: code in third.page.inner_text(".st-key-fp-rooms"))
    assert "lead" not in third.page.url

    second.page.locator(".st-key-fp-rooms button").first.click()
    second.page.get_by_role("button", name="End the room").click()
    second.page.get_by_role("button", name="Yes, end it").click()
    for each in (lecturer, second):
        each.until(lambda each=each: "This room has ended." in each.page.inner_text("body"))
    phone.until(lambda: hook(phone, "code").is_visible())


def test_a_lecturers_run_is_followed_moment_by_moment_and_by_late_comers(open_page: Open) -> None:
    wave = "/sine-live?samples=100&hidden=8&batch=4&epochs=1000"
    lecturer = Training(open_page(wave), "sine").ready()
    code = open_room(lecturer)
    hook(lecturer, "room-shut").click()
    origin = lecturer.page.url.partition("/sine-live")[0]

    def follower() -> Training:
        page = Training(Screen(join(open_page, code).page), "sine")
        page.goto(f"{origin}/draw-a-digit")
        page.until(lambda: "/sine-live" in page.page.url)
        return page

    student = follower()
    lecturer.play()
    student.until(lambda: student.id.startswith("watched-") and student.step > 0)
    lecturer.pause()
    student.until(lambda: student.step == lecturer.step)
    lecturer.drag("time", 0)
    lecturer.until(lambda: "step 0 of" in text(lecturer, "time-text"))
    for page in (student, follower()):
        page.until(lambda page=page: page.id.startswith("watched-"))
        page.until(lambda page=page: page.step == lecturer.step)
        page.until(lambda page=page: page.part("time").input_value() == "0")
        for cell in ("rnn-one_step", "rnn-free_run"):
            page.until(lambda page=page, c=cell: page.value(c) == lecturer.value(c))


def test_a_plan_leads_the_projector_from_another_window(open_page: Open, tmp_path: Path) -> None:
    asked = {"prompt": "Which is hardest?", "choices": ["one", "seven"], "answer": "seven"}
    steps = [
        {"link": "draw-a-digit?seed=4", "note": "Slowly.", "questions": [asked]},
        {"title": "Slide it", "link": KERNEL.strip("/")},
    ]
    file = tmp_path / "plan.yaml"
    file.write_text(yaml.safe_dump({"steps": steps}), encoding="utf-8")
    projector = open_page("/draw-a-digit").ready()
    phone = join(open_page, open_room(projector))
    with projector.page.context.expect_page() as opened:
        hook(projector, "room-plan").click()
    plan = Screen(opened.value)
    hook(plan, "plan-now").wait_for()
    projector.page.bring_to_front()
    plan.page.locator("summary").click()
    hook(plan, "plan-file").set_input_files(file)
    plan.until(lambda: text(plan, "plan-note") == "Slowly.")
    hook(plan, "plan-ask-0").click()
    phone.page.locator("[data-choice='1']").tap()
    plan.until(lambda: text(plan, "plan-votes").startswith("1 of 1"))
    hook(plan, "close").click()
    hook(plan, "reveal").click()
    plan.until(lambda: "The answer is seven." in text(plan, "plan-room"))
    assert "Slide it" in text(plan, "plan-upcoming")

    # built on the page: the second step gets a question, and the file holds it
    field = hook(plan, "plan-asking-1")
    assert hook(plan, "plan-asking-0").input_value() == "Which is hardest?\none\n* seven"
    field.fill("How many numbers has it?\n= 9")
    field.blur()
    plan.until(lambda: field.input_value() == "How many numbers has it?\n= 9")
    with plan.page.expect_download() as download:
        hook(plan, "plan-save").click()
    saved = parsed(download.value.path().read_text(encoding="utf-8"))
    assert [[q.prompt for q in step.questions] for step in saved.steps] == [
        ["Which is hardest?"], ["How many numbers has it?"]
    ]  # fmt: skip
    assert saved.steps[1].questions[0].right([9.0]) == 1
    hook(plan, "plan-next").click()
    projector.until(lambda: KERNEL in projector.page.url)
    plan.page.close()

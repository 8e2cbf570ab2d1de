"""What a room says, on the phones and on the lecturer's screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from core.schema import Message, mark

BARS: Mapping[str, Message] = {
    "first": mark("first vote"),
    "second": mark("second vote"),
    "votesNone": mark("No votes yet."),
}

PAUSED = mark("Look at the screen: the lecturer has paused all pages.")

PHONE: Mapping[str, Message] = {
    **BARS,
    "paused": PAUSED,
    "title": mark("Join a room"),
    "canvas": mark("Canvas: draw a digit with mouse, finger or pen"),
    "padHelp": mark("Draw a digit, then press its key from 0 to 9: it is sent to the wall."),
    "tools": mark("Drawing tools"),
    "undo": mark("Undo"),
    "clear": mark("Clear"),
    "full": mark("The canvas is full. Erase something, or clear it."),
    "whatIsIt": mark("Which digit is it? Press its key."),
    "itIs": mark("It is a {digit}"),
    "unreachable": mark("The server cannot be reached. Trying again; nothing is lost."),
    "drawLead": mark("Draw a digit as you write it, and press its key: it goes to the wall."),
    "saysDigit": mark("You meant a {label}. The network says {digit}, with {share}."),
    "saysNone": mark("You meant a {label}. The network says that this is no digit."),
    "code": mark("The six letters on the screen"),
    "join": mark("Join"),
    "joining": mark("Joining…"),
    "wrongCode": mark("A room has six letters."),
    "wait": mark("You are in. A question will appear here."),
    "kept": mark(
        "No name and no account: the lecturer sees numbers, never who. Everything is deleted when "
        "the room ends, and after a day at the latest."
    ),
    "onScreen": mark("On the screen now:"),
    "openPage": mark("Open it here"),
    "choose": mark("You can change your vote until it is closed."),
    "voted": mark("Your vote has been counted. You can change it until the vote is closed."),
    "again": mark("Second vote: talk with your neighbour, then vote again."),
    "number": mark("Your number"),
    "send": mark("Send"),
    "noNumber": mark("Type a number, such as 12 or 0.5."),
    "closed": mark("The vote is closed. Look at the screen."),
    "yours": mark("your vote"),
    "answer": mark("The answer is {answer}."),
    "wasRight": mark("You were right."),
    "ended": mark("This room has ended, or there is none of these letters."),
    "away": mark("The server cannot be reached. Trying again; nothing is lost."),
    "light": mark("Light"),
    "dark": mark("Dark"),
}

PANEL: Mapping[str, Message] = {
    **BARS,
    "room": mark("Room"),
    "roomOpen": mark("Room {code}: {people}"),
    "lead": mark(
        "Everybody with a phone can join, without an account: predict together, vote again after "
        "talking, and then let the running model answer."
    ),
    "kept": mark(
        "Votes are kept without names until you end the room, a day at most. Only this browser can "
        "lead it."
    ),
    "open": mark("Open a room"),
    "joinOther": mark("Join somebody else's room with six letters"),
    "close": mark("Close"),
    "join": mark("Scan, or open {address} and type"),
    "unreachable": mark(
        "Phones cannot reach this server: it listens on this machine alone. Start it without "
        "server.address, or set FORWARD_PASS_URL to the address that visitors open."
    ),
    "otherAddress": mark("Not reachable? Try another address"),
    "people": mark("in the room"),
    "votes": mark("{votes} of {people} have voted"),
    "here": mark("Questions of this page"),
    "hereNone": mark("This page asks nothing right now."),
    "own": mark("A question of your own"),
    "prompt": mark("Question"),
    "choices": mark("Choices, one on each line; none for a number"),
    "hide": mark("Hide the bars until the vote is closed"),
    "ask": mark("Ask the room"),
    "end": mark("End the room"),
    "endSure": mark("Delete it with all votes?"),
    "endYes": mark("Yes, end it"),
    "endNo": mark("No"),
    "handOn": mark("Copy link for a second lecturer"),
    "handedOn": mark("Link copied: whoever opens it can lead this room"),
    "closeVote": mark("Close the vote"),
    "again": mark("Vote again"),
    "bars": mark("Show the bars to the room"),
    "barsHide": mark("Hide the bars"),
    "reveal": mark("Reveal the answer"),
    "away": mark("Next question"),
    "hidden": mark("The bars are hidden until the vote is closed."),
    "answer": mark("The answer is {answer}."),
    "elsewhere": mark(
        "The page shows something else than when you asked. Bring it back, and the running model "
        "can answer."
    ),
    "rightFirst": mark("{right} of {votes} were right"),
    "rightSecond": mark("{right} of {votes} were right, after talking {again} of {votesAgain}"),
    "lost": mark("The server cannot be reached. Trying again; nothing is lost."),
    "gone": mark("This room has ended."),
    "paused": PAUSED,
    "pause": mark("Pause all pages"),
    "goOn": mark("Let all go on"),
    "following": mark("Room {code}: this page follows the lecturer."),
    "around": mark("Room {code}: you are looking around."),
    "lookAround": mark("Look around"),
    "back": mark("Back to the lecturer"),
    "vote": mark("Vote now"),
    "leave": mark("Leave the room"),
    "memberLead": mark(
        "You have joined room {code}. Its questions come on a page of their own; this page follows "
        "the lecturer."
    ),
    "draw": mark("Let the room draw"),
    "drawStop": mark("Take no more drawings"),
    "wall": mark("Drawings: {count}"),
    "wallNone": mark("No drawings yet. Each phone has a canvas now."),
    "wallTile": mark("meant as {label}, taken for {digit} with {share}"),
    "wallTileNone": mark("meant as {label}, taken for no digit"),
    "wallScore": mark("{right} of {of} right: {share} (95% interval: {low} to {high})"),
    "wallHardest": mark("Hardest: the {digit}, {right} of {of} right."),
    "wallConfused": mark("{label} taken for {digit}: {count} times"),
    "wallConfusedNone": mark("{label} taken for no digit: {count} times"),
    "wallHide": mark("Hide the drawings"),
    "wallShow": mark("Show the drawings"),
    "wallOut": mark("Take it out"),
    "wallOutAll": mark("Take out all of its sender, and take no more from there"),
    "wallClear": mark("Take all out"),
    "backToQuestions": mark("Questions"),
    "toVotes": mark("To the questions"),
}


def translated(words: Mapping[str, Message], translate: Callable[[str], str]) -> dict[str, str]:
    """The words in a language."""
    return {name: translate(word) for name, word in words.items()}

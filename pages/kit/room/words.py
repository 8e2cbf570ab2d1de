"""What a room says, on the phones and on the lecturer's screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from core.schema import Message, mark

BARS: Mapping[str, Message] = {
    "first": mark("first vote"),
    "second": mark("second vote"),
    "votesNone": mark("No votes yet."),
}

PIECES: Mapping[str, Message] = {
    "saysDigit": mark("Meant as {label}: the network says {digit}, with {share}."),
    "saysNone": mark("Meant as {label}: the network says that this is no digit."),
    "saysSentence": mark("“{word}” stands for {answer}, says the network, with {share}."),
    "saysHidden": mark("The network guesses: {guesses}."),
    "saysUnknown": mark("It does not know: {words}."),
    "saysSeries": mark(
        "Dashed: how a network that has seen only a sine goes on. Mean squared error {error}; "
        "saying the last value again: {persistence}."
    ),
    "saysKernel": mark("What the kernel makes of a digit: blue above zero, orange below."),
    "placeAt": mark("row {row}, column {column}"),
    "placesAt": mark("rows {top} to {bottom}, columns {left} to {right}"),
    "answer": mark("The answer is {answer}."),
}

PAUSED = mark("Look at the screen: the lecturer has paused all pages.")

PHONE: Mapping[str, Message] = {
    **BARS,
    **PIECES,
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
    "digitLead": mark("Draw a digit as you write it, and press its key: it goes to the wall."),
    "sentenceLead": mark("A sentence with “it”: what does it stand for? It goes to the wall."),
    "hiddenLead": mark("A sentence with _ for one word: the network guesses it on the wall."),
    "seriesLead": mark("Draw a curve from left to right: it goes to the wall."),
    "kernelLead": mark("Nine weights of a kernel: tap each until it is right."),
    "sentenceField": mark("Your sentence"),
    "hiddenField": mark("Your sentence, with _ for a word"),
    "curveField": mark("A curve: draw it, or go through it with the arrow keys"),
    "curveNote": mark(
        "The network is shown the part before the line, and goes on without seeing the rest."
    ),
    "kernelField": mark("Weights of the kernel"),
    "weight": mark("Row {row}, column {column}: {value}"),
    "example": mark("Such as: {example}"),
    "placeField": mark("The place: tap it, or go there with the arrow keys"),
    "code": mark("The six letters on the screen"),
    "join": mark("Join"),
    "joining": mark("Joining…"),
    "wrongCode": mark("A room has six letters."),
    "wait": mark("You are in. A question will appear here."),
    "kept": mark(
        "No account: the lecturer sees numbers, never who voted or sent what. Everything is "
        "deleted when the room ends, and after a day at the latest."
    ),
    "nickname": mark("Nickname"),
    "nicknameAdd": mark("Add a nickname"),
    "nicknameNone": mark("A nickname, for the list of the room; empty for none"),
    "save": mark("Save"),
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
    "wasRight": mark("You were right."),
    "ended": mark("This room has ended, or there is none of these letters."),
    "away": mark("The server cannot be reached. Trying again; nothing is lost."),
    "light": mark("Light"),
    "dark": mark("Dark"),
}

PLAN: Mapping[str, Message] = {
    **BARS,
    **PIECES,
    "title": mark("Presenter's view"),
    "clock": mark("{passed} of {planned}"),
    "none": mark("No plan yet"),
    "noneNote": mark(
        "Open a plan from a file, or add the page that stands on the projector. This window leads "
        "the other one, in the same browser."
    ),
    "previous": mark("Previous"),
    "again": mark("Show this page"),
    "next": mark("Next"),
    "then": mark("Then: {name}"),
    "questions": mark("Questions"),
    "questionsNone": mark("Nothing to ask here."),
    "noRoom": mark("No room is open in this browser: open one on the page that is projected."),
    "ask": mark("Ask the room"),
    "people": mark("{people} in the room"),
    "votes": mark("{votes} of {people} have voted"),
    "pause": mark("Pause all pages"),
    "goOn": mark("Let all go on"),
    "closeVote": mark("Close the vote"),
    "voteAgain": mark("Vote again"),
    "bars": mark("Show the bars to the room"),
    "barsHide": mark("Hide the bars"),
    "reveal": mark("Reveal the answer"),
    "done": mark("Next question"),
    "rightFirst": mark("{right} of {votes} were right"),
    "rightSecond": mark("{right} of {votes} were right, after talking {again} of {votesAgain}"),
    "unreachable": mark("The server cannot be reached. Trying again; nothing is lost."),
    "edit": mark("The plan"),
    "link": mark("Link"),
    "note": mark("Notes"),
    "asking": mark("Questions of your own"),
    "askingHow": mark(
        "The question, then each choice on a line of its own, the right one with a * before it. "
        "For a number: = and the answer. A blank line before the next question."
    ),
    "minutes": mark("minutes"),
    "earlier": mark("Earlier"),
    "remove": mark("Take it out"),
    "add": mark("Add the page on the projector"),
    "saveFile": mark("Save as a file"),
    "open": mark("Open a plan:"),
    "restart": mark("Begin again"),
    "noPage": mark("No page of the course is open in another window that leads a room."),
}

REPORT: Mapping[str, Message] = {
    **BARS,
    **PIECES,
    "title": mark("What room {code} did"),
    "people": mark("Votes and pieces are counted; nobody is named."),
    "votes": mark("{votes} votes"),
    "wall": mark("Sent to the wall"),
    "score": mark("{right} of {of} right: {share} (95% interval: {low} to {high})"),
    "none": mark("Nothing was asked."),
}

PANEL: Mapping[str, Message] = {
    **BARS,
    **PIECES,
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
    "names": mark("Nicknames"),
    "votes": mark("{votes} of {people} have voted"),
    "here": mark("Questions of this page"),
    "hereNone": mark("This page asks nothing right now."),
    "own": mark("A question of your own"),
    "prompt": mark("Question"),
    "choices": mark("Choices, one on each line"),
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
    "shut": mark("Let nobody new in"),
    "unshut": mark("Let people in again"),
    "shutNote": mark("Nobody new gets in. Who is in stays, and can come back."),
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
    "plan": mark("Lesson plan and presenter's view"),
    "record": mark("Export"),
    "recordVotes": mark("Votes (CSV)"),
    "recordPieces": mark("Wall (CSV)"),
    "recordHtml": mark("What the room did (HTML)"),
    "teachRoom": mark("Teach it the room's hand"),
    "walls": mark("Let the room send to the wall"),
    "takeStop": mark("Take no more"),
    "takeMore": mark("Let the room send"),
    "kind": mark("Answered by"),
    "choiceKind": mark("One of several"),
    "numberKind": mark("A number"),
    "placeKind": mark("A place in the picture"),
    "digitKind": mark("Digits"),
    "kernelKind": mark("Kernels"),
    "seriesKind": mark("Curves"),
    "sentenceKind": mark("Sentences: what is “it”?"),
    "hiddenKind": mark("Sentences: a hidden word"),
    "wallNone": mark("Nothing yet. Each phone can send now."),
    "wallScore": mark("{right} of {of} right: {share} (95% interval: {low} to {high})"),
    "wallHardest": mark("Hardest: the {digit}, {right} of {of} right."),
    "wallConfused": mark("{label} taken for {digit}: {count} times"),
    "wallConfusedNone": mark("{label} taken for no digit: {count} times"),
    "wallMatrix": mark("Confusion matrix"),
    "wallMatrixNote": mark("Rows: what was meant. Columns: what the network says; – for no digit."),
    "wallHide": mark("Hide the wall"),
    "wallShow": mark("Show the wall"),
    "wallOut": mark("Take it out"),
    "wallOutAll": mark("Take out all of its sender, and take no more from there"),
    "wallOutNote": mark(
        "Without accounts, whoever is taken out can join again as somebody new, unless you let "
        "nobody new in."
    ),
    "wallClear": mark("Take all out"),
    "backToQuestions": mark("Questions"),
    "toVotes": mark("To the questions"),
}


def translated(words: Mapping[str, Message], translate: Callable[[str], str]) -> dict[str, str]:
    """The words in a language."""
    return {name: translate(word) for name, word in words.items()}

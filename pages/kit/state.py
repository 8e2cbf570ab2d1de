"""The state of a page in a session: kept across reruns and page switches, opened from a link.

The values live in one dictionary for each page, apart from the widgets, because Streamlit forgets a
widget as soon as it is not drawn. A control copies its widget into the dictionary when it changes.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableSet, Sequence
from contextlib import suppress
from typing import Any

import streamlit as st

from core.schema import Choice, Field, Flag, Ignored, Number, Refusal, Table, Text, Whole
from pages.kit.language import _
from pages.kit.query import asked

FEW = 5
"""Up to this many choices lie side by side; more go into a list."""


class PageState:
    """The values of one page in this session. Made by `page_state`."""

    def __init__(self, table: Table) -> None:
        """Take up the page's values, reading the link if the page is opened for the first time."""
        self.table = table
        self._key = f"fp.state.{table.page}"
        if self._key not in st.session_state:
            values, hidden, ignored = table.read(asked())
            st.session_state[self._key] = {
                "values": values,
                "hidden": hidden,
                "ignored": ignored,
                "hiding": set(),
                "labels": {},
                "names": {},
            }
        self._stored: dict[str, Any] = st.session_state[self._key]

    def __getitem__(self, name: str) -> Any:
        """Return the value of a field."""
        return self._stored["values"].get(name, self.table[name].default)

    @property
    def values(self) -> dict[str, Any]:
        """All values by name, a copy."""
        values: dict[str, Any] = self.table.defaults() | self._stored["values"]
        return values

    @property
    def hidden(self) -> frozenset[str]:
        """The names of the controls that the link hides."""
        hidden: frozenset[str] = self._stored["hidden"]
        return hidden

    @property
    def ignored(self) -> tuple[Ignored, ...]:
        """What the link said that was not used, until something is changed on the page."""
        ignored: tuple[Ignored, ...] = self._stored["ignored"]
        return ignored

    def open(self, query: Mapping[str, str]) -> None:
        """Take up what a link says, as if the page were opened by it."""
        values, hidden, ignored = self.table.read(query)
        self._stored.update(values=values, hidden=hidden, ignored=ignored)

    def begin(self, values: Mapping[str, Any]) -> None:
        """Begin with other values than the defaults, where the link says nothing of a field."""
        said = asked()
        checked = {n: self.table[n].check(v) for n, v in values.items() if n not in said}
        self._stored["values"].update(checked)

    def set(self, name: str, value: Any) -> None:
        """Change a value; raises `Refusal` if the field does not allow it.

        What was not used from the link is said until something of the link is changed: a picture
        tells what it shows as it arrives.
        """
        values, field = self._stored["values"], self.table[name]
        checked = field.check(value)
        if field.linked and values[name] != checked:
            self._stored["ignored"] = ()
        values[name] = checked

    def take(
        self, view: Any, names: Mapping[str, str], also: Sequence[str] = (), prefix: str = ""
    ) -> None:
        """Take over what a picture tells of its run; what cannot be read is left.

        Args:
            view: {"config": plain values by their names in a run}, if the picture tells the truth.
            names: field -> its name in a run.
            also: fields that the picture tells beside the config, under their own names.
            prefix: what stands before those names in the page's state.
        """
        fields = {name: field for field, name in names.items()}
        try:
            for name in also:
                if name in view:
                    self.set(prefix + name, self.table[prefix + name].read(view[name]))
            for name, value in view["config"].items():
                self.set(fields[name], self.table[fields[name]].read(value))
        except (AttributeError, KeyError, TypeError, ValueError):
            return  # the routes refuse the same, and say why

    def receive(self, view: Mapping[str, Any], names: Mapping[str, str]) -> None:
        """Take over fields of a picture's view: all of them, or none if one cannot be read.

        Args:
            view: plain values, as `plain` gives them.
            names: field -> its name in the view.
        """
        values = {name: self.table[name].read(view[theirs]) for name, theirs in names.items()}
        for name, value in values.items():
            self.set(name, value)

    def plain(self, names: Mapping[str, str]) -> dict[str, Any]:
        """Fields as plain values: the other way round of `take` and `receive`."""
        return {theirs: self.table[name].write(self[name]) for name, theirs in names.items()}

    def reset(self) -> None:
        """Give each field its default again."""
        self._stored["values"] = self.table.defaults()
        self._stored["ignored"] = ()

    @property
    def hiding(self) -> MutableSet[str]:
        """The names of the controls that a link copied from here is to hide."""
        hiding: MutableSet[str] = self._stored["hiding"]
        return hiding

    @property
    def labels(self) -> dict[str, str]:
        """The label of each control that this page has drawn."""
        labels: dict[str, str] = self._stored["labels"]
        return labels

    def spoken(self, name: str) -> str | None:
        """A value in the words of the page; None where only its link can say it."""
        value, kind = self[name], self.table[name].kind
        names: Mapping[Any, str] = self._stored["names"].get(name, {})
        if value in names:
            return names[value]
        if isinstance(kind, Choice):
            return str(value) if isinstance(value, int) else None
        return str(value) if isinstance(kind, Number | Text | Whole) else None

    def address(self) -> dict[str, str]:
        """Return the query that opens the page exactly as it is now."""
        return self.table.link(self.values, self.hidden)

    def link(self) -> dict[str, str]:
        """Return the query to hand out: the same page, without the controls chosen to be hidden."""
        return self.table.link(self.values, self.hidden | self.hiding)

    @property
    def unlinked(self) -> list[str]:
        """What the link has no room for, by its label."""
        return [self.labels.get(name, name) for name in self.table.unlinked(self.values)]

    def offer(self, name: str, label: str) -> bool:
        """Put a field that the page draws itself among those that a link can hide.

        Returns whether it is to be shown now.
        """
        if self.table[name].name in self.hidden:
            return False
        self.labels[name] = label
        return True

    def hidden_parts(self, parts: Mapping[str, tuple[str, str]]) -> list[str]:
        """The parts of a picture that are not to be shown now.

        Args:
            parts: fields that are set in the picture itself, each with its part of the picture and
                its label, not yet translated.
        """
        offered = {name: self.offer(name, _(label)) for name, (_part, label) in parts.items()}
        return [part for name, (part, _label) in parts.items() if not offered[name]]

    def widget_key(self, name: str) -> str:
        """Return the key of the widget that `control` draws for a field."""
        return f"fp.{self.table.page}.{name}"

    def control(
        self,
        name: str,
        label: str,
        *,
        names: Mapping[str, str] | None = None,
        number: bool = False,
        listed: bool | None = None,
        **options: Any,
    ) -> Any:
        """Draw the control of a field, unless the link hides it, and return the field's value.

        Args:
            name: the field.
            label: what the control is called, translated.
            names: for a choice, what each word is called, translated.
            number: for a number, a box to type in instead of a slider.
            listed: for a choice, whether a list even of few, where there is no room for them side
                by side, or never one, for parts of a page; without it, as many as there are.
            **options: handed on to the widget, such as `help`.
        """
        field = self.table[name]
        self._stored["names"][name] = dict(names or {})
        if not self.offer(name, label):
            return self[name]
        key = self.widget_key(name)
        if st.session_state.get(key, _NOTHING) != self[name]:
            st.session_state[key] = self[name]
        _widget(field, label, names or {}, number, listed, options | {"key": key}, self._changed)
        return self[name]

    def _changed(self, name: str) -> None:
        """Take over what a widget holds now.

        A list whose words have just changed language still holds the word of before. That is no
        change of the field, and `control` sets the list to the field again.
        """
        value = st.session_state[self.widget_key(name)]
        if value is not None:
            with suppress(Refusal):
                self.set(name, value)


_NOTHING = object()


def _widget(
    field: Field,
    label: str,
    names: Mapping[str, str],
    number: bool,
    listed: bool | None,
    options: dict[str, Any],
    changed: Any,
) -> None:
    options |= {"on_change": changed, "args": (field.name,)}
    match field.kind:
        case Choice(choices):
            options["format_func"] = lambda c: names.get(str(c), str(c))
            if not (len(choices) > FEW if listed is None else listed):
                st.segmented_control(label, choices, required=True, **options)
            else:  # always one of them; "required" would only be written beside its name
                st.selectbox(label, choices, **options)
        case Flag():
            st.toggle(label, **options)
        case Text(longest):
            st.text_input(label, max_chars=longest, **options)
        case Whole(low, high, step) | Number(low, high, step):
            options.setdefault("step", step)
            draw_number = st.number_input if number else st.slider
            draw_number(label, min_value=low, max_value=high, **options)
        case _:
            raise TypeError(f"{field.name} has no control of its own: the page draws it.")


def page_state(table: Table) -> PageState:
    """Return the state of a page; call it at the top of the page."""
    return PageState(table)


def stored(page: str, name: str, default: Any = None) -> Any:
    """Return what another page has stored in a field, or the default if it was not opened yet."""
    state = st.session_state.get(f"fp.state.{page}")
    return default if state is None else state["values"].get(name, default)


def notice(state: PageState) -> None:
    """Say in one sentence what was ignored in the link, if anything was."""
    if not state.ignored:
        return
    reasons = {
        "unknown": _("this page does not know it"),
        "unreadable": _("it cannot be read"),
        "out of range": _("it is out of range"),
        "not a choice": _("it is not one of the choices"),
        "too long": _("it is too long"),
        "too many": _("there are too many parts"),
    }
    parts = [f"{part.name} = {part.text} ({reasons[part.reason]})" for part in state.ignored[:4]]
    if len(state.ignored) > len(parts):
        parts.append(_("and {count} more").format(count=len(state.ignored) - len(parts)))
    with st.container(key="fp-notice"):
        st.text(_("Not used from the link: {parts}.").format(parts="; ".join(parts)))

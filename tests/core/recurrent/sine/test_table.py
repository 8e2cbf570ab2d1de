"""Columns as people paste them and offices save them, and as nobody should."""

import contextlib
import datetime
import io
import re

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.recurrent.sine.setting import MAX_VALUES
from core.recurrent.sine.table import Decimal, Sheet, encodings, read
from core.recurrent.sine.table.numeral import numeral
from core.schema import Refusal


def workbook(*rows: list[object], name: str = "data", **more: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    for title, content in {name: rows, **more}.items():
        page = book.create_sheet(title)
        for row in content:
            page.append(row)
    book.remove(book["Sheet"])
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


@pytest.mark.parametrize(
    ("text", "values", "name"),
    [
        ("1\n2\n3", (1, 2, 3), "column 1"),
        ("\ufeffwarm\r\n1.5\r\n-2e3\r\n", (1.5, -2000), "warm"),
        ("1,5\t2\n2,5\t3\n", (1.5, 2.5), "column 1"),
        ("day;warm\n1;20,5\n2;21\n", (20.5, 21), "warm"),
        ("value\n1,5\n2,25\n", (1.5, 2.25), "value"),
        ("day,warm\n1,20\n2,23\n3,21", (20, 23, 21), "warm"),
        ("2024-01-01,3\n2024-01-02,4\n", (3, 4), "column 2"),
        ("a b\n1 2\n3 4", (1, 3), "a"),
        ("my long name\n1\n2", (1, 2), "my long name"),
        ('name,"a, b"\nx,1\ny,2', (1, 2), "a, b"),
        ("\n\n 1 \n\n 2 \n", (1, 2), "column 1"),
        (" \t1\n\t2", (1, 2), "column 2"),
        ("sep=;\nday;warm\n1;2,5\n2;1,5", (2.5, 1.5), "warm"),
        ("day|warm\n1|2.5\n2|1.5", (2.5, 1.5), "warm"),
        ("0    20.5\n1    21.0\n2    19.5\nName: x, dtype: float64", (20.5, 21, 19.5), "column 2"),
        ('day,said\n1,"two\nlines"\n2,x', (1, 2), "day"),
        ("| t | x |\n|---|:-:|\n| 1 | 2.5 |\n| 2 | 1.5 |", (2.5, 1.5), "x"),
        (" t | x\n---+-----\n 1 | 2.5\n 2 | 1.5\n(2 rows)", (2.5, 1.5), "x"),
        ('[{"t": 1, "x": 2.5}, {"t": 2, "x": 1.5}]', (2.5, 1.5), "x"),
        ('{"t": [1, 2], "x": [2.5, 1.5]}', (2.5, 1.5), "x"),
        ("[1] 1.5 2.5 3.5\n[4] 4.5 5.5\n", (1.5, 2.5, 3.5, 4.5, 5.5), "column 1"),
    ],
)
def test_what_is_understood(text: str, values: tuple[float, ...], name: str) -> None:
    found = read(text).proposed
    assert (found.numbers(), found.name) == (values, name)


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["$1.5", "-$2.5", "3"], (1.5, -2.5, 3)),
        (["₩1,234,567", "2,500"], (1234567, 2500)),
        (["1.234,56 €", "0,5 €"], (1234.56, 0.5)),
        (["CHF 1'234.5", "CHF 2"], (1234.5, 2)),
        (["12.3%", "4 %", "-5％"], (12.3, 4, -5)),
        (["\u22121.5", "\uff0d2", "–3"], (-1.5, -2, -3)),
        (["(1.5)", "2", "3-"], (-1.5, 2, -3)),
        (["1 234,5", "2\u00a0345,5", "3\u202f456,5"], (1234.5, 2345.5, 3456.5)),
        (["1,23,456", "7"], (123456, 7)),
        (["20.5 °C", "21 °C"], (20.5, 21)),
        (["１２.５", "３"], (12.5, 3)),
        (["1,5E3", "2,5e-1"], (1500, 0.25)),
        (["0,123", "1,234"], (0.123, 1.234)),
        (["1.", ".5"], (1, 0.5)),
        (["5명", "6명"], (5, 6)),
        (["1.5D+03", "2.5d-1"], (1500, 0.25)),
        (["1.5×10^3", "2.5·10⁻¹", "-3 x 10^+2"], (1500, 0.25, -300)),
        (["\u200b1.5", "\u200e-2\ufeff", "\u00ad3"], (1.5, -2, -3)),
        (['="1.5"', "'2"], (1.5, 2)),
    ],
)
def test_numbers_as_people_write_them(cells: list[str], values: tuple[float, ...]) -> None:
    assert read("\n".join(["day;value", *(f"x;{cell}" for cell in cells)])).column(
        "value"
    ).numbers() == pytest.approx(values)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1, 2, 3", (1, 2, 3)),
        ("[1, 2, 3]", (1, 2, 3)),
        ("1 2 3 4", (1, 2, 3, 4)),
        ("1,5 2,5 3,5", (1.5, 2.5, 3.5)),
        ("1,5; 2,5; 3", (1.5, 2.5, 3)),
        ("[1. 2. 3.\n 4. 5.]", (1, 2, 3, 4, 5)),
        ("x = np.array([1.5, 2,\n  3], dtype=float32)", (1.5, 2, 3)),
        ("[[1], [2], [3]]", (1, 2, 3)),
        ("temperature,1,2,3", (1, 2, 3)),
        ("year,2020,2021,2022\nvalue,5,6,4", (5, 6, 4)),
    ],
)
def test_numbers_on_one_line(text: str, values: tuple[float, ...]) -> None:
    assert read(text).proposed.numbers() == values


@pytest.mark.parametrize(
    ("text", "names", "header"),
    [
        ("month,2022,2023\n1,10,11\n2,11,15\n3,9,8", ["month", "2022", "2023"], (1,)),
        ("month,2022,2023\nJan,10,11\nFeb,11,15\n", ["month", "2022", "2023"], (1,)),
        ("date,0,1,2\n2024-01-01,5,6,7\n2024-01-02,5,9,7", ["date", "0", "1", "2"], (1,)),
        ("sensor,1,2\n1,10,20\n2,11,25\n3,7,5", ["sensor", "1", "2"], (1,)),
        (",0,1,2\n0,10,11,12\n1,7,8,1", ["column 1", "0", "1", "2"], (1,)),
        ("0,1,2\n0.5,.3,.2\n.1,.2,.4", ["0", "1", "2"], (1,)),
        ("day,warm\nd,°C\n1,20\n2,19", ["day d", "warm °C"], (1, 2)),
        ("# day,warm\n1,20\n2,19", ["day", "warm"], (1,)),
        ("Weather of Seoul\n\nday,warm\n1,20\n2,19\nSource: office", ["day", "warm"], (3,)),
        ("# a note\n# another\nday;warm\n1;20\n2;19", ["day", "warm"], (3,)),
        ("x,y,y,\n1,2,3,4\n5,6,7,8", ["x", "y", "y (3)", "column 4"], (1,)),
        ("x,y,\n1,2,\n5,6,", ["x", "y"], (1,)),
        ("1;2\n3;4", ["column 1", "column 2"], ()),
        ('"day\nof month","warm"\n1,5\n2,6\n3,4', ["day of month", "warm"], (1,)),
        ("     a    b\n0  1.5  NaN\n1  2.5  3.5", ["column 1", "a", "b"], (1,)),
        ('"a","b"\n"1",1.5,2.5\n"2",3.5,4.5', ["column 1", "a", "b"], (1,)),
    ],
)
def test_the_header_that_was_taken(text: str, names: list[str], header: tuple[int, ...]) -> None:
    found = read(text)
    assert ([column.name for column in found.columns], found.header) == (names, header)
    assert len(found.columns[0].cells) == 2 + (len(text.splitlines()) > 3 and header == (1,))


@pytest.mark.parametrize(
    ("text", "line", "given"),
    [
        ("- 1\n- 2\n- 3\n", 1, "- 1"),
        ("v\n1 # first\n2\n3\n", 2, "1 # first"),
        ("v\n~1\n2\n3\n", 2, "~1"),
        ("t,v\n1,20,5\n2,21,5\n3,19,0\n", 1, "2 columns"),
        ("t,v\n1,1,000\n2,2,500\n3,3,900\n", 1, "2 columns"),
    ],
)
def test_what_may_be_another_number_is_not_guessed(text: str, line: int, given: str) -> None:
    """A list or minus signs, a note behind a number, commas that mark decimals or thousands."""
    with pytest.raises(Refusal, match=f"Line {line} has '?{given}"):
        read(text).proposed.numbers()


def test_lines_around_the_table_are_named() -> None:
    found = read("Weather\n\nday,warm\n1,20\n# noon\n2,19\nSource: office\n")
    assert found.passed == (1, 5, 7) and found.column("warm").numbers() == (20, 19)
    found = read("day;warm\n1;20\n2;22\n3;19\nTotal;61\n")
    assert found.passed == (5,) and found.column("warm").numbers() == (20, 22, 19)


@pytest.mark.parametrize(
    ("text", "passed", "values"),
    [
        ("month,sales\nTotal,60\nJan,10\nFeb,20\nMar,30", (2,), (10, 20, 30)),
        ("월;값\n1월;10\n2월;25\n소계;35\n3월;30\n4월;5\n합계;70", (4, 7), (10, 25, 30, 5)),
        ("kind,v\ntotal,1\nsum,2\nrest,3", (), (1, 2, 3)),  # half of them: these are their names
    ],
)
def test_a_total_is_no_number_of_the_series(
    text: str, passed: tuple[int, ...], values: tuple[float, ...]
) -> None:
    found = read(text)
    assert found.passed == passed and found.columns[1].numbers() == values


@pytest.mark.parametrize(
    ("dates", "backwards"),
    [
        (["2024-01-05", "2024-01-04", "2024-01-02"], True),
        (["2024.1.10", "2024.1.9", "2024.1.8"], True),
        (["2024년 1월 3일", "2024년 1월 2일", "2023년 12월 29일"], True),
        (["20240105", "20240104", "20240103"], True),
        (["05.01.2024", "04.01.2024", "03.01.2024"], True),
        (["1/10/2024", "1/9/2024", "12/29/2023"], True),
        (["2024-01-05 13:00", "2024-01-05 12:00", "2024-01-05 11:00"], True),
        (["2023", "2022", "2021"], True),
        (["2024-01-04", "2024-01-05", "2024-01-06"], False),
        (["05.01.2024", "04.02.2024", "03.03.2024"], False),
        (["2024-01-05", "2024-01-04", "2024-01-04"], False),
        (["2023년", "2022년", "2021년"], True),
        (["2030", "2020", "2010"], False),
        (["2024.5", "2023.1", "2020.7"], False),
        (["$2023", "$2022", "$2021"], False),
        (["12", "11", "10"], False),
        (["c", "b", "a"], False),
    ],
)
def test_a_table_whose_newest_line_comes_first_is_turned_round(
    dates: list[str], backwards: bool
) -> None:
    """Share prices and weather of offices; a network would learn them backwards in time."""
    rows = "\n".join(f"{date},{value}" for date, value in zip(dates, (3.5, 2.5, 4), strict=True))
    found = read(f"date,close\n{rows}")
    values = (4, 2.5, 3.5) if backwards else (3.5, 2.5, 4)
    assert found.backwards is backwards and found.column("close").numbers() == values
    assert [line for line, _ in found.column("close").cells] == (
        [4, 3, 2] if backwards else [2, 3, 4]
    )


def test_years_alone_are_the_series() -> None:
    assert read("v\n2023\n2022\n2021").proposed.numbers() == (2023, 2022, 2021)


def test_a_column_may_be_called_x() -> None:
    """Where it is the only one, it is a name; where another stands below, a number is missing."""
    assert read("a;x\np;1.5\nq;2.5\nr;1").column("x").numbers() == (1.5, 2.5, 1)
    found = read("p;x\nq;2.5\nr;x\ns;4")
    assert found.header == () and found.proposed.numbers(filling="drop") == (2.5, 4)


def test_a_first_line_of_years_is_asked_about() -> None:
    text = "2022;2023\n5;6\n7;4"
    assert read(text).doubtful and read(text).header == (1,)
    assert read(text, header=False).column("column 1").numbers() == (2022, 5, 7)
    assert read("2022\n5\n7", header=True).column("2022").numbers() == (5, 7)
    assert not read("20;22\n5;6\n7;4").doubtful


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("id,date,value\n1,20240101,5\n2,20240102,7\n3,20240103,6", "value"),
        ("year;station;value\n2020;108;5\n2021;108;7\n2022;108;6", "value"),
        ("hour,v\n22,4\n23,5\n0,4\n1,6", "v"),
        ("v,w\n3,1\n4,7\n2,5", "v"),
        ("time,v\n0.1,4\n0.25,5\n0.3,4", "v"),
        ("day,v,w\nx,,5\ny,,6\nz,3,7\nu,,5", "w"),
    ],
)
def test_the_column_that_varies_is_proposed(text: str, name: str) -> None:
    assert read(text).proposed.name == name


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Datum;Umsatz\n2024-01-01;1.234,5\n2024-01-02;viel", "Line 3 has 'viel' where a number"),
        ("date,price\n2024-01-01,$1.5\n2024-01-02,€2", "Line 3 has '€2'; the other numbers"),
        ("v\n5%\n0.5\n6%", "Line 3 has '0.5'; the other numbers have '%'"),
        ("v\n5\n6k\n7", "Line 3 has '6k'; the other numbers have no unit"),
        ("d;v\nx;1,5\ny;2,5\nz;1.5.2", "Line 4 has '1.5.2'"),
        ("d;v\nx;1,5\ny;2,5\nz;3.5", "Line 4 has '3.5'"),
        ("v\n3\n5²\n4", "Line 3 has '5²'"),
        ("hello\nworld\nagain", "Line 2 has 'world' where a number"),
        ("1\nabc\n3", "Line 2 has 'abc' where a number"),
        ("0x1F\n0x20", "Line 1 has '0x1F' where a number"),
        ("1kg\n500g", "Line 2 has '500g'; the other numbers have 'kg'"),
        ("1.5[1]\n2.5[2]", r"Line 1 has '1\.5\[1\]' where a number"),
        ('[{"x": 1}, {"x": {"y": 2}}, {"x": 3}]', "Line 3 has \"{'y': 2}\" where a number"),
        ("a\n1\n\nNaN\n", "missing in line 3, 4"),
        ("a;b\n1;2\n3;\n", "missing in line 3"),
        ("t;v\n1;2\n2;-9999\n3;4", "missing in line 3"),
        ("1\ninf\n", "Line 2 has 'inf'"),
        ("1\n1_000\n", "Line 2 has '1_000'"),
        ("1\n1e300\n", "at most 1,000,000,000,000"),
        ("v\n1,234\n5,678", "'1,234' may be a number with decimals or with thousands"),
        ("d;v\nx;1.234\ny;5.678", "'1.234' may be a number with decimals or with thousands"),
    ],
)
def test_the_cell_that_is_wrong_is_named(text: str, why: str) -> None:
    found = read(text)
    with pytest.raises(ValueError, match=why):
        found.columns[-1].numbers()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "It is empty"),
        (" \n\n", "It is empty"),
        ("1", "no more than one row"),
        ("name\n1", "no more than one row"),
        ("1;2\n3\n", "Line 2 has 1 columns, the other lines have 2"),
        ("1,5\n2,5\n", "comma may divide columns"),
        ("1 234\n2 345\n", "space may divide columns"),
        ("[0. 1. ... 8. 9.]", "cut short"),
        ("1\n" * (MAX_VALUES + 2), "5,002 lines; at most 5,000"),
        ("1\n" * 1_000_000, "larger than 1 MB"),
        (b"PK\x03\x04\x00\x00", "workbook cannot be read"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old or protected workbook"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not text"),
        (b"\xff\xfe1\x00\n", "not text"),
        ("," * 300 + "\n" + "," * 300, "301 columns; at most 200"),
        (workbook(), "It is empty"),
    ],
)
def test_what_is_refused_with_a_sentence(text: str | bytes, why: str) -> None:
    with pytest.raises(ValueError, match=why) as caught:
        read(text)
    assert len(str(caught.value)) < 300


def test_gaps_are_filled_as_chosen() -> None:
    column = read("d;v\na;\nb;2\nc;NA\nd;-999\ne;5\nf;-\n").column("v")
    assert column.stand_ins == ("-999",)
    assert column.numbers(filling="fill") == (2, 2, 3, 4, 5, 5)
    assert column.numbers(filling="carry") == (2, 2, 2, 2, 5, 5)
    assert column.numbers(filling="drop") == (2, 5)
    assert read("v\n1\n-999\n2").proposed.numbers(filling="keep") == (1, -999, 2)
    with pytest.raises(ValueError, match="missing in line 3"):
        read("v\n1\nNA\n-999\n2").proposed.numbers(filling="keep")


def test_a_number_that_is_no_stranger_is_no_gap() -> None:
    assert read("v\n-998\n-999\n-1000\n").proposed.numbers() == (-998, -999, -1000)


def test_a_sign_that_another_column_shows_is_not_asked_for() -> None:
    assert read("a;b\n1,234;0,5\n5,678;2\n").column("a").numbers() == (1.234, 5.678)
    assert read('a,b\n"1,234",0.5\n"5,678",2\n').column("a").numbers() == (1234, 5678)
    assert read("v\n1,234\n5,678").proposed.numbers(".") == (1234, 5678)
    assert read("v\n1,234\n5,678").proposed.numbers(",") == (1.234, 5.678)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("온도;습도\n1;2\n2;1", "utf-8"),
        ("온도;습도\n1;2\n2;1", "utf-8-sig"),
        ("온도;습도\n1;2\n2;1", "utf-16"),
        ("온도;습도\n1;2\n2;1", "utf-16-le"),
        ("온도;습도\n1;2\n2;1", "utf-16-be"),
        ("온도;습도\n1;2\n2;1", "utf-32"),
        ("온도;습도\n1;2\n2;1", "cp949"),
        ("똠방각하;기온(℃)\n1;2\n2;1", "cp949"),
        ("Größe;Höhe °C\n1;2\n2;1", "cp1252"),
        ("Année;µg/m³\n1;2\n2;1", "cp1252"),
        ("Preis €;£\n1;2\n2;1", "cp1252"),
        ("Préçipitation;éàè\n1;2\n2;1", "cp1252"),
    ],
)
def test_files_in_the_encodings_of_offices(text: str, encoding: str) -> None:
    found = read(text.encode(encoding))
    assert [column.name for column in found.columns] == text.split("\n")[0].split(";")
    assert found.columns[0].numbers() == (1, 2)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("日付,気温,ソ\n1,20.5,3\n2,21,4", "cp932"),
        ("日期,温度\n1,20.5\n2,21", "gb18030"),
        ("Дата;Темп\n1;20,5\n2;21", "koi8_r"),
        ("氣溫|功\n20.5|1\n21|2", "big5hkscs"),
    ],
)
def test_a_file_that_does_not_say_its_encoding_can_be_read_in_another(
    text: str, encoding: str
) -> None:
    """The numbers are the same in each; the names are as they should be in the chosen one."""
    content = text.encode(encoding)
    assert encoding in encodings(content) and not encodings(text)
    found = read(content, encoding=encoding)
    names = re.split("[,;|]", text.split("\n")[0])
    assert [column.name for column in found.columns] == names
    assert (20.5, 21) in [column.numbers() for column in found.columns]


def test_a_workbook_of_excel() -> None:
    day = datetime.date(2024, 1, 1)
    rows: list[list[object]] = [["Weather"], [], ["day", "warm", "note"], ["", "°C"]]
    rows += [[day + datetime.timedelta(n), value, "x"] for n, value in enumerate([0.1, 3, -1e-7])]
    found = read(workbook(*rows))
    assert found.proposed.name == "warm °C" and found.proposed.numbers() == (0.1, 3, -1e-7)
    assert found.passed == (1,) and found.header == (3, 4)
    assert found.column("day").cells[0] == (5, "2024-01-01")


def test_the_sheets_of_a_workbook() -> None:
    given = workbook(name="empty", second=[[1.5], [2.5]], third=[["a"], [3], [4]])
    assert read(given).sheet == "second" and read(given).proposed.numbers() == (1.5, 2.5)
    assert read(given, sheet="third").proposed.numbers() == (3, 4)
    with pytest.raises(ValueError, match="no sheet 'fourth'; there are empty, second, third"):
        read(given, sheet="fourth")


def test_an_empty_cell_of_a_workbook_is_a_gap() -> None:
    column = read(workbook(["v"], [1], [None], [3])).proposed
    assert column.numbers(filling="fill") == (1, 2, 3)


@given(st.text(max_size=200) | st.binary(max_size=200))
def test_nothing_else_can_happen(text: str | bytes) -> None:
    with contextlib.suppress(ValueError):
        assert len(read(text).proposed.numbers()) >= 2


def grouped(digits: str, sign: str) -> str:
    head = len(digits) % 3 or 3
    return sign.join([digits[:head], *(digits[n : n + 3] for n in range(head, len(digits), 3))])


@st.composite
def dialects(draw: st.DrawFn) -> tuple[bytes, list[float]]:
    """A table with one column of numbers in one way of writing, and these numbers."""
    decimal: Decimal = draw(st.sampled_from([".", ","]))
    group = draw(st.sampled_from(["", "." if decimal == "," else ",", "\u00a0", "'"]))
    minus = draw(st.sampled_from(["-", "\u2212", "("]))
    before, after = draw(st.sampled_from([("", ""), ("€", ""), ("", " %"), ("$ ", ""), ("", "°C")]))
    separator = draw(st.sampled_from(["\t", ";", ",", "|"]))
    heading = draw(st.sampled_from(["value", "2022", "온도", "temp °C", ""]))
    title = draw(st.sampled_from(["", "A title\n", "# a comment\n\n", "Two\nlines\n"]))
    below = draw(st.sampled_from(["", "\n", "\n\n", "\nSource: somebody"]))
    hundredths = draw(st.lists(st.integers(-(10**9), 10**9), min_size=3, max_size=12))
    lines = [f"day{separator}{heading}"] if heading else []
    for n, number in enumerate(hundredths, 1):
        whole, rest = divmod(abs(number), 100)
        digits = grouped(str(whole), group)
        written = f"{before}{digits}{decimal}{rest:02d}{after}"
        if number < 0:
            written = f"({written})" if minus == "(" else minus + written
        cell = f'"{written}"' if separator in written else written
        lines.append(f"2024-01-{n:02d}{separator}{cell}")
    text = title + "\n".join(lines) + below
    names = ["utf-8", "utf-8-sig", "utf-16"]
    if text.isascii():
        names += ["cp949", "cp1252"]
    return text.encode(draw(st.sampled_from(names))), [number / 100 for number in hundredths]


@given(dialects())
def test_a_table_in_any_dialect_reads_back_to_the_same_numbers(
    written: tuple[bytes, list[float]],
) -> None:
    given, values = written
    found = read(given)
    assert len(found.columns) == 2
    kept = "keep" if found.columns[1].gaps else None
    assert found.columns[1].numbers(filling=kept) == tuple(values)


@given(st.lists(st.floats(-1e12, 1e12), min_size=3, max_size=20))
def test_numbers_come_back(values: list[float]) -> None:
    column = read("x\n" + "\n".join(map(repr, values))).proposed
    assert column.numbers(".", "keep") == tuple(values)


@given(st.lists(st.floats(-1e12, 1e12), min_size=3, max_size=20))
def test_numbers_of_a_workbook_come_back(values: list[float]) -> None:
    values = [float(f"{value:.15g}") for value in values]  # openpyxl writes so many digits
    column = read(workbook(["x"], *([value] for value in values))).proposed
    assert not column.doubtful
    assert column.numbers(filling="keep") == tuple(values)


@given(st.text("0123456789.,'-+() %$€", max_size=12), st.sampled_from([".", ","]))
def test_a_number_is_one_that_its_digits_write(text: str, decimal: Decimal) -> None:
    found = numeral(text)
    value = found.value(decimal) if found else None
    if value is not None:
        digits = "".join(sign for sign in text if sign.isdecimal()).lstrip("0")
        shown = f"{abs(value):.12f}".rstrip("0").replace(".", "").lstrip("0")
        assert digits.rstrip("0") == shown.rstrip("0")


def test_a_sheet_finds_its_column_by_name() -> None:
    found: Sheet = read("day,warm\n1,20\n2,19\n")
    assert found.column("day") is found.columns[0]

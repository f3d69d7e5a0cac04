"""Markup to text: paragraphs as lines, nothing from beside the text, the same offsets every time."""

from sources.parse import plain


def test_a_paragraph_is_a_line() -> None:
    """Blocks and line breaks part, inline elements don't; blanks are single, those that group digits stay."""
    markup = "<p>Продано 40&nbsp;912\n машин,\t<b>рост</b> 5%.</p><div>Второй<br><br>Третий</div><p> </p>"

    assert plain.text(markup) == "Продано 40\u00a0912 машин, рост 5%.\nВторой\nТретий"


def test_what_stands_beside_the_text_is_no_text() -> None:
    """Tables, side columns, scripts, comments, and what readers don't see."""
    beside = (
        "<table><tr><td>1</td></tr></table><aside>2</aside><script>3</script><!-- 4 -->"
        '<span style="display: none">5</span><p hidden>6</p><i style="font-size:0">7</i>'
    )

    assert plain.text(f"<p>Текст</p>{beside}") == "Текст"


def test_text_without_markup_is_itself() -> None:
    """Entities are undone once; a soft hyphen is no letter."""
    assert plain.text("Образцы &amp; реше\u00adния") == "Образцы & решения"
    assert plain.text("") == ""


def test_deeply_nested_markup_is_read() -> None:
    """Without running out of stack."""
    assert plain.text("<div>" * 200 + "Текст" + "</div>" * 200) == "Текст"

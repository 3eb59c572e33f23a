"""Texts of people that typst, XML, templates or spreadsheets would take for their own; and hard letters."""

HARD_TEXTS = (
    '#let x = 1; #panic("no")',
    "*bold* _slanted_ `raw` $x$ @ref <label>",
    "// comment /* or */ -- --- ~ \\u{41} \\ [x] 'q' \"q\"",
    "</w:t></w:r><w:br/>&amp;&lt;&#65;",
    "<script>alert(1)</script><b onclick=x>",
    "{{ x }} {% x %} {# x #} {{ settings.SECRET_KEY }}",
    "=cmd|' /C calc'!A0",
    "𠮷田 髙橋 﨑 神 ㈱ ① 令和4年 1,000円 △5 ～－",
    "％s %(x)s {0} {x}",
)

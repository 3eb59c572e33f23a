"""A document before it is written: chapters of text, figures, tables and charts, ready for Word, PDF and the web.

Whoever fills a document formats its words: cells, amounts and dates are strings as a reader sees them. The writers
only set them. A document goes into the database as JSON and comes back equal, so that a draft keeps saying what it
said. Every string is cleaned (`core.text.clean`) as it comes in: no output can be broken by it.
"""

from apps.core.documents.blocks import (
    Amount,
    Block,
    Chart,
    DataTable,
    Figures,
    FigureValue,
    Picture,
    Point,
    Series,
    TableColumn,
    Text,
    Tone,
    amount,
    missing,
)
from apps.core.documents.document import Chapter, Document, Placed
from apps.core.documents.parts import DocumentError

__all__ = [
    "Amount",
    "Block",
    "Chapter",
    "Chart",
    "DataTable",
    "Document",
    "DocumentError",
    "FigureValue",
    "Figures",
    "Picture",
    "Placed",
    "Point",
    "Series",
    "TableColumn",
    "Text",
    "Tone",
    "amount",
    "missing",
]

"""Charts that were drawn already: drawing one takes a fifth of a second, and the same data draws the same picture."""

from django.db import models
from django.db.models.functions import Now


class RenderedChart(models.Model):
    """The pictures of one specification; `key` is the hash of the specification."""

    key = models.CharField(max_length=64, primary_key=True)
    svg = models.TextField()
    png = models.BinaryField()
    created_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return self.key

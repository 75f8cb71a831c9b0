"""Pages of the long lists of agreements: which fifty first, their names afterwards."""

from django.core.paginator import Paginator
from django.utils.functional import cached_property


class CountedPaginator(Paginator):
    """A list whose length is known already: no second query counts it."""

    def __init__(self, rows, per_page, *, number):
        self.number = number
        super().__init__(rows, per_page)

    @cached_property
    def count(self):
        return self.number


class KeysFirst:
    """For a paginator of agreements, in whatever order.

    Asked for all at once, the database joins the names of both sides to a hundred thousand
    agreements before it sorts them and throws all but fifty away.
    """

    def _get_page(self, rows, number, paginator):
        keys = list(rows.select_related(None).values_list("pk", flat=True))
        order = self.object_list.query.order_by
        found = self.object_list.model.objects.with_names().filter(pk__in=keys).order_by(*order)
        return super()._get_page(found, number, paginator)


class AgreementPaginator(KeysFirst, Paginator):
    pass


class CountedAgreementPaginator(KeysFirst, CountedPaginator):
    pass

"""The questions asked of e-Smart enrolments more than once, each with a name."""

from django.db import models

from programs.esmart_enums import ACCEPTED, ENDED, REPORTING
from programs.models.reach import places_of, reached_by


class EnrolmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Its own people, the Dinas of its region, and officers of e-Smart."""
        if user.has_perm("programs.view_enrolment"):
            return self
        return self.filter(reached_by(user))

    def of_people(self, user):
        """Those of the IKM that ``user`` belongs to."""
        return self.filter(organization__in=places_of(user))

    def running(self):
        """Those that have not ended."""
        return self.exclude(status__in=ENDED)

    def accepted(self):
        return self.filter(status__in=ACCEPTED)

    def reporting(self):
        """Those whose shops are asked for their sales each month."""
        return self.filter(status__in=REPORTING)

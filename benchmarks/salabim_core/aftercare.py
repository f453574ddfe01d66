"""After a reported episode in the salabim model: the police prevention interview, and the return home interview of the local authority."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from ..plain.aftercare import OFFER_SPREAD
from ..plain.records import Episode, Grade, Interview, Kind, Line, Pool
from .quiet import Quiet

if TYPE_CHECKING:
    from .child import Child


class PreventionInterview(Quiet):
    """A share of returns, after a delay by grade; not if the child is missing again by then. In person by response, or by phone from the desk."""

    def setup(self, child: Child, episode: Episode) -> None:
        super().setup()
        self.child, self.episode = child, episode

    def process(self) -> None:
        area = self.child.area
        practice, rng = area.numbers.practice, area.police
        if rng.random() >= practice.prevention_done_share:
            return
        grade = max(self.episode.grade, Grade.NONE)
        self.hold(rng.exponential(practice.prevention_delay_hours[grade]))
        if self.child.missing:
            return
        if rng.random() < practice.prevention_in_person_share[grade]:
            pool, hours = Pool.RESPONSE, practice.prevention_in_person_hours
        else:
            pool, hours = Pool.DESK, practice.prevention_phone_hours
        job = area.job(Kind.PREVENTION_INTERVIEW, pool, Line.LAST, self.env.now())
        self.request((area.pools[pool], 1, Line.LAST))
        job.started = self.env.now()
        self.hold(hours)
        job.ended = self.env.now()
        self.release()


class ReturnInterview(Quiet):
    """Offered, accepted, arranged, held: one interview for every episode until it is held. It waits while the child is missing, and expires."""

    def setup(self, child: Child) -> None:
        super().setup()
        self.child = child
        self.area = child.area
        self.record = Interview(returned=self.env.now())
        self.area.interviews.append(self.record)
        self.expires = self.env.now() + self.area.numbers.practice.rhi_expires_days * 24.0
        self.waits_for_child = False
        """Is it held up until the child comes back, or queueing until the child goes? Then a move of the child wakes it."""

    def process(self) -> None:
        self.offer()
        if self.record.done == inf and self.env.now() < self.expires:
            self.hold(till=self.expires)
        self.child.interview = None

    def passes(self, hours: float) -> bool:
        """Wait so long, or until it expires; False if that came first."""
        end = self.env.now() + hours
        self.hold(till=min(end, self.expires))
        return end < self.expires

    def offer(self) -> None:
        """Offer the interview and, if it is accepted and can be arranged, hold it."""
        area, practice, rng = self.area, self.area.numbers.practice, self.area.police
        if rng.random() >= practice.rhi_offered_share or not self.passes(area.lognormal(rng, practice.rhi_offer_hours, OFFER_SPREAD)):
            return
        world = area.numbers.world
        self.record.accepted = rng.random() < world.rhi_uptake - world.rhi_uptake_fall * min(self.child.reports - 1, 10)
        if not self.record.accepted or rng.random() >= practice.rhi_completed_share:
            return
        if not self.passes(area.lognormal(rng, practice.rhi_arrange_hours, OFFER_SPREAD)):
            return
        while self.record.done == inf and self.env.now() < self.expires:
            if self.child.missing:
                self.waits_for_child = True
                self.hold(till=self.expires)
                self.waits_for_child = False
            else:
                self.meet()

    def meet(self) -> None:
        """Ask for an interviewer and hold the interview, unless the child goes missing or it expires before anyone is free."""
        job = self.area.job(Kind.RETURN_INTERVIEW, Pool.INTERVIEWER, Line.ROUTINE, self.env.now())
        self.waits_for_child = True
        self.request((self.area.pools[Pool.INTERVIEWER], 1, Line.ROUTINE), fail_at=self.expires)
        self.waits_for_child = False
        job.dropped = self.failed()
        if job.dropped:
            return
        job.started = self.record.started = self.env.now()
        self.hold(self.area.numbers.practice.rhi_hours)
        job.ended = self.record.done = self.env.now()
        self.release()

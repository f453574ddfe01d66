"""How far the work is, and whether it is to stop."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from .book import Book
from .where import Progress


@dataclass
class Watch:
    """Tells how far the work is, and whether it is to stop: threads see that after the run that is under way."""

    book: Book
    asked: int
    progress: Progress
    stopped: threading.Event = field(default_factory=threading.Event)
    books: threading.Thread = field(default_factory=threading.current_thread)
    """The thread that books what is finished. It may do tasks itself."""
    raised: BaseException | None = None
    """What was raised within a task, by `progress` or in booking: it is raised again where the work is led."""

    def look(self) -> None:
        """Book what came in, and tell how far the work is. Raises what `progress` raises: KeyboardInterrupt if the work is to stop."""
        if self.raised is not None:
            raise self.raised
        self.book.take_in()
        self.progress(self.asked - self.book.missing, self.asked)

    def heard(self) -> bool:
        """Is the work to stop? Tasks ask after every run, in any thread, and end if so."""
        if threading.current_thread() is self.books:
            try:
                self.look()
            except BaseException as error:
                self.raised = error
                self.stopped.set()
        return self.stopped.is_set()

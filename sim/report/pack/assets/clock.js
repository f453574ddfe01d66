// The clock between two decisions: it goes to the next piece of information, leaves time to read it, and stops where a decision is needed.
(function (pack) {
  const TICK = 100;
  const MOVE = 2000;
  const READ_LEAST = 4000;
  const READ_LETTER = 60;
  const DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");

  // "Tuesday, 21:40" some hours later. Any other form of words is left as it is.
  pack.later = function (clock, hours) {
    const parts = /^(\w+), (\d\d):(\d\d)$/.exec(clock);
    const day = parts ? DAYS.indexOf(parts[1]) : -1;
    if (day < 0) { return clock; }
    const minutes = day * 1440 + Number(parts[2]) * 60 + Number(parts[3]) + Math.floor(hours * 60 + 1e-6);
    const two = function (n) { return String(n).padStart(2, "0"); };
    return DAYS[Math.floor(minutes / 1440) % 7] + ", " + two(Math.floor(minutes / 60) % 24) + ":" + two(minutes % 60);
  };

  // Is this an hour of the clock? "After the return" is none: when that is depends on what was decided.
  pack.isHour = function (clock) { return /, \d\d:\d\d$/.test(clock); };

  pack.since = function (hours) {
    const minutes = Math.round(Math.abs(hours) * 60);
    const h = Math.floor(minutes / 60);
    const m = minutes % 60;
    const words = (h ? h + (h === 1 ? " hour" : " hours") : "") + (h && m ? " " : "") + (m || !h ? m + (m === 1 ? " minute" : " minutes") : "");
    return words + (hours < 0 ? " before the report" : " after the report");
  };

  function Clock(show, changed) {
    this.show = show;
    this.changed = changed;
    this.speed = 1;
    this.paused = false;
    this.timer = null;
  }

  Clock.prototype.run = function (section, shown) {
    this.stop();
    this.section = section;
    this.arrivals = Array.from(section.querySelectorAll(".arrival"));
    this.from = Number(section.dataset.at);
    this.start = section.dataset.from;
    this.shown = Math.min(shown, this.arrivals.length);
    this.arrivals.forEach(function (one, place) { one.hidden = place >= shown; });
    this.at = this.shown ? Number(this.arrivals[this.shown - 1].dataset.at) : this.from;
    this.spent = 0;
    this.reading = this.shown ? this.arrivals[this.shown - 1].textContent.length : 0;
    this.tell(this.shown ? this.arrivals[this.shown - 1].dataset.clock : this.start);
    const clock = this;
    if (this.shown < this.arrivals.length) { this.timer = window.setInterval(function () { clock.tick(); }, TICK); }
  };

  Clock.prototype.tell = function (words, at) {
    this.show(words, at === undefined ? this.at : at);
    this.section.querySelector(".waiting").hidden = this.shown > 0;
    this.section.querySelector("[data-act=decide]").hidden = this.shown < this.arrivals.length;
    this.section.querySelectorAll("[data-act=pause], [data-act=next]").forEach(function (button) {
      button.parentNode.hidden = this.shown >= this.arrivals.length;
    }, this);
    this.section.querySelector("[data-act=pause]").textContent = this.paused ? "Let the clock run" : "Pause";
  };

  Clock.prototype.tick = function () {
    if (this.paused || document.hidden) { return; }
    this.spent += TICK * this.speed;
    const wait = this.reading ? Math.max(READ_LEAST, this.reading * READ_LETTER) : READ_LEAST / 2;
    if (this.spent < wait) { return; }
    const next = Number(this.arrivals[this.shown].dataset.at);
    const share = still.matches || !pack.isHour(this.arrivals[this.shown].dataset.clock) ? 0 : Math.min((this.spent - wait) / MOVE, 1);
    if (this.spent >= wait + MOVE) { this.next(); } else {
      const at = this.at + (next - this.at) * share;
      this.tell(pack.later(this.start, at - this.from), at);
    }
  };

  // Show what comes next at once.
  Clock.prototype.next = function () {
    if (!this.section || this.shown >= this.arrivals.length) { return; }
    const arrival = this.arrivals[this.shown];
    arrival.hidden = false;
    this.shown += 1;
    this.at = Number(arrival.dataset.at);
    this.spent = 0;
    this.reading = arrival.textContent.length;
    this.tell(arrival.dataset.clock);
    if (this.shown >= this.arrivals.length) { this.stop(); }
    this.changed(this.shown);
  };

  Clock.prototype.pause = function (paused) {
    this.paused = paused;
    if (this.section) { this.section.querySelector("[data-act=pause]").textContent = paused ? "Let the clock run" : "Pause"; }
  };

  Clock.prototype.stop = function () {
    window.clearInterval(this.timer);
    this.timer = null;
  };

  pack.Clock = Clock;
}(window.pack = window.pack || {}));

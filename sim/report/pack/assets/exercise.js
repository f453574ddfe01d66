// One exercise from the pre-brief to the debrief: which stage is shown, what may be shown yet, and what is kept of it.
(function (pack) {
  const LAST_LAYER = 4;

  function Exercise(body) {
    const exercise = this;
    this.body = body;
    this.lock = Number(body.dataset.lock);
    this.stages = Array.from(document.querySelectorAll(".stage"));
    this.names = this.stages.map(function (one) { return one.dataset.stage; });
    this.title = document.title;
    this.record = new pack.Record(body.dataset.pack, body.dataset.case);
    this.held = this.record.held;
    this.window = pack.mark();
    this.free = false;
    this.out = false;
    this.clock = new pack.Clock(
      function (words, at) { exercise.tellTime(words, at); },
      function (shown) {
        exercise.held.shown = shown;
        exercise.keep();
      },
    );
    const forms = Array.from(document.querySelectorAll("form[data-point]"));
    this.ids = forms.map(function (form) { return form.dataset.point; });
    this.forms = forms.map(function (form) {
      return new pack.Decision(form, function (id, draft) {
        exercise.held.drafts[id] = draft;
        exercise.keep();
      }, function (id, decision) {
        exercise.held.decisions[id] = decision;
        delete exercise.held.drafts[id];
        exercise.go(exercise.following());
        if (decision.cut) {
          exercise.notice("Your reasons were longer than what is kept. The first part was recorded, and the last " + decision.cut.toLocaleString("en-GB") + " characters were cut off.");
        }
      });
    });
    this.between = new pack.Between(this.held.pack, function (message) { exercise.hear(message); });
  }

  Exercise.prototype.begin = function () {
    const desk = pack.deskSays(this.held.pack);
    this.free = desk.hold === false;
    this.clock.speed = desk.speed || 1;
    this.held.released = Math.max(this.held.released, (desk.released || {})[this.held.case] || 0);
    if (window.location.hash === "#screen") { this.held.projector = true; }
    this.project(this.held.projector);
    this.restore();
    pack.wireExercise(this);
    this.show(false);
    if (this.record.resumed && this.held.stage !== "brief") { this.notice("You go on where you were."); }
    if (pack.local.refused) { this.refused(); }
  };

  // What the page forgot in a reload.
  Exercise.prototype.restore = function () {
    const held = this.held;
    this.names.forEach(function (name, place) {
      const form = this.stages[place].querySelector("form[data-point]");
      const decision = form ? held.drafts[form.dataset.point] || held.decisions[form.dataset.point] : null;
      if (!decision) { return; }
      form.querySelectorAll("input[type=radio]").forEach(function (one) { one.checked = one.value === decision.choice; });
      form.querySelector("textarea").value = decision.reasons;
    }, this);
    document.getElementById("own-note").value = held.note;
    document.getElementById(held.mode === "alone" ? "mode-alone" : "mode-group").checked = true;
  };

  Exercise.prototype.keep = function () {
    if (!this.record.save()) { this.refused(); }
    if (this.record.parted) {
      this.record.parted = false;
      this.notice("This exercise was opened in another window too. This window goes on with a record of its own, and nothing is overwritten.", true);
    }
    this.report();
  };

  Exercise.prototype.refused = function () {
    document.getElementById("keeping").textContent = "This browser keeps nothing for this page. Your decisions last until you close or reload it. Do not write names in them.";
    this.notice("This browser does not let the page keep anything. You can do the exercise all the same: your decisions last until you close or reload this page. Save them to a file at the end.", true);
  };

  // What concerns the record stays until it is hidden; the rest goes with its stage.
  Exercise.prototype.notice = function (words, stays) {
    const place = document.getElementById("notices");
    if (Array.from(place.querySelectorAll("p")).some(function (one) { return one.textContent === words; })) { return; }
    const box = document.createElement("div");
    const line = document.createElement("p");
    box.className = "notice";
    line.textContent = words;
    box.append(line);
    if (stays) {
      const hide = document.createElement("button");
      hide.type = "button";
      hide.className = "quiet";
      hide.textContent = "Hide this message";
      hide.addEventListener("click", function () {
        box.remove();
        document.getElementById("main").focus();
      });
      box.dataset.stays = "yes";
      box.append(hide);
    }
    place.append(box);
  };

  Exercise.prototype.place = function () { return Math.max(this.names.indexOf(this.held.stage), 0); };
  Exercise.prototype.following = function () { return this.names[Math.min(this.place() + 1, this.names.length - 1)]; };
  Exercise.prototype.layer = function () { return this.held.stage === "debrief" ? LAST_LAYER + 1 : Number((/^layer-(\d)$/.exec(this.held.stage) || [0, 0])[1]); };

  // The last layer that may be shown; the debrief is one more than the last.
  Exercise.prototype.allowed = function () {
    if (this.free || this.held.mode === "alone" || this.held.released >= LAST_LAYER) { return LAST_LAYER + 1; }
    return this.held.released;
  };

  Exercise.prototype.go = function (stage) {
    this.held.stage = stage;
    this.held.shown = 0;
    document.querySelectorAll("#notices .notice:not([data-stays])").forEach(function (one) { one.remove(); });
    this.show(true);
    this.keep();
  };

  Exercise.prototype.tellTime = function (words, at) {
    document.getElementById("clock").textContent = words;
    document.getElementById("since").textContent = pack.isHour(words) ? pack.since(at) : "";
  };

  // While a learner has stepped out nothing of the case is shown, whatever the facilitator does meanwhile; it is where they come back to.
  Exercise.prototype.step = function (out) {
    this.out = out;
    if (this.record.gone) { return this.forget(); }
    if (out) { this.stoppedBefore = this.clock.paused; }
    this.clock.pause(out || this.stoppedBefore);
    document.getElementById("out").hidden = !out;
    document.getElementById("stages").hidden = out;
    this.show(!out);
  };

  Exercise.prototype.pause = function (paused) { if (this.out) { this.stoppedBefore = paused; } else { this.clock.pause(paused); } };

  Exercise.prototype.show = function (focus) {
    if (this.layer() > this.allowed()) { this.held.stage = "wait"; }
    if (this.out) {
      this.clock.stop();
      document.getElementById("clock-bar").hidden = document.getElementById("steps").hidden = true;
      document.title = document.getElementById("out-heading").textContent + ": " + this.title;
      return;
    }
    const place = this.place();
    const stage = this.stages[place];
    const form = stage.querySelector("form[data-point]");
    this.clock.stop();
    this.stages.forEach(function (one, n) { one.hidden = n !== place; });
    document.getElementById("clock-bar").hidden = !stage.dataset.at;
    if (stage.dataset.from) { this.clock.run(stage, this.held.shown); } else if (stage.dataset.clock) { this.tellTime(stage.dataset.clock, Number(stage.dataset.at)); }
    if (form) {
      this.forms[this.ids.indexOf(form.dataset.point)].opened = Date.now();
      pack.fillSoFar(stage.querySelector(".so-far"), this.ids, this.held.decisions);
    }
    if (this.layer()) { this.showOwn(); }
    this.showGates();
    document.title = stage.querySelector("h2").textContent + ": " + this.title;
    if (focus) {
      window.scrollTo(0, 0);
      stage.querySelector("h2").focus({ preventScroll: true });
    }
  };

  Exercise.prototype.showGates = function () {
    if (this.out) { return; }
    const open = this.allowed() > 0;
    const layer = this.layer();
    document.querySelector("[data-held]").hidden = open;
    document.querySelector("[data-open]").hidden = !open;
    document.getElementById("steps").hidden = layer === 0;
    const [back, on] = document.querySelectorAll("#steps button");
    back.disabled = layer <= 1;
    on.hidden = layer > LAST_LAYER;
    on.disabled = layer >= this.allowed();
    on.textContent = on.disabled ? "Wait for your facilitator" : layer === LAST_LAYER ? "Go to the debrief" : "Next";
  };

  // What followed from the learner's own decisions; where one was not recorded, as it happened.
  Exercise.prototype.showOwn = function () {
    const choices = JSON.parse(this.body.dataset.happened);
    const held = this.held;
    const missing = this.ids.filter(function (id) { return !held.decisions[id]; }).length;
    this.ids.forEach(function (id) { if (held.decisions[id]) { choices[id] = held.decisions[id].choice; } });
    pack.fillDecisions(document.getElementById("decisions"), this.ids, held.decisions);
    const exact = pack.showLine(document.getElementById("own"), choices);
    const words = [exact ? "This line was simulated with these decisions, the same child and the same luck." : "No line was simulated with exactly these decisions. This is the nearest one."];
    if (missing) { words.push("Where no decision was recorded, the line follows what happened."); }
    document.getElementById("own-words").textContent = words.join(" ");
  };

  Exercise.prototype.project = function (on) {
    this.held.projector = on;
    this.body.classList.toggle("projecting", on);
    document.getElementById("projector").setAttribute("aria-pressed", String(on));
  };

  Exercise.prototype.release = function (layer) {
    this.held.released = layer;
    const seen = this.layer();
    if (layer === 0 && seen && !this.allowed()) { this.go("wait"); } else if (layer > 0 && (seen || this.held.stage === "wait" || this.held.projector)) { this.go("layer-" + layer); } else {
      this.showGates();
      this.keep();
    }
  };

  // Delete what is kept of this case, and begin again; who has stepped out begins when they come back.
  Exercise.prototype.forget = function () {
    this.record.forget();
    if (!this.out) { window.location.reload(); }
  };

  Exercise.prototype.hear = function (message) {
    if (message.from !== "desk") { return; }
    if (message.kind === "forget") { this.forget(); }
    if (message.kind === "hold") {
      this.free = message.value === false;
      if (this.layer() > this.allowed()) { this.go("wait"); } else { this.showGates(); }
    }
    if (message.case !== this.held.case) { return; }
    if (message.kind === "pause") { this.pause(Boolean(message.value)); }
    if (message.kind === "speed") { this.clock.speed = Number(message.value) || 1; }
    if (message.kind === "release") { this.release(Number(message.value)); }
    if (message.kind === "jump" && this.held.projector && this.names.includes(message.value)) {
      const layer = Number((/^layer-(\d)$/.exec(message.value) || [0, message.value === "debrief" ? LAST_LAYER : 0])[1]);
      this.held.released = Math.max(this.held.released, layer);
      this.go(message.value);
    }
    this.report();
  };

  // Tell the facilitator's page where this window is.
  Exercise.prototype.report = function () {
    this.between.say({
      from: "window", case: this.held.case, window: this.window, projector: this.held.projector,
      stage: this.held.stage, clock: document.getElementById("clock-bar").hidden ? "" : document.getElementById("clock").textContent, paused: this.clock.paused,
    });
  };

  pack.Exercise = Exercise;
}(window.pack = window.pack || {}));

// The controls of an exercise page: every button and form, and what it does.
(function (pack) {
  // 32-bit FNV-1a, as the page was locked. The code keeps a reveal for its moment; it is no secret.
  function locked(code) {
    let value = 2166136261;
    for (let n = 0; n < code.length; n += 1) { value = Math.imul(value ^ code.charCodeAt(n), 16777619) >>> 0; }
    return value;
  }

  function act(exercise, name) {
    const clock = exercise.clock;
    if (name === "pause") {
      clock.pause(!clock.paused);
      exercise.report();
    } else if (name === "next") {
      const section = clock.section;
      clock.next();
      if (clock.shown >= clock.arrivals.length) { section.querySelector("[data-act=decide]").focus(); }
    } else if (name === "decide" || name === "skip") { exercise.go(exercise.following()); }
    else if (name === "reveal") { exercise.go("layer-1"); }
    else if (name === "back") { exercise.go(exercise.names[exercise.place() - 1]); }
    else if (name === "on") { exercise.go(exercise.following()); }
    else if (name === "forget" && window.confirm("Delete all decisions and notes of this case that are kept on this computer, also those of other windows?")) { exercise.forget(); }
  }

  function stepOut(exercise) {
    document.getElementById("step-out").addEventListener("click", function () {
      if (!exercise.out) { exercise.step(true); }
      document.getElementById("out-heading").focus();
    });
    document.getElementById("step-in").addEventListener("click", function () { exercise.step(false); });
  }

  function unlock(exercise) {
    const field = document.getElementById("code");
    const error = document.getElementById("code-error");
    document.getElementById("unlock").addEventListener("submit", function (event) {
      event.preventDefault();
      const code = field.value.replace(/[^a-z]/gi, "").toUpperCase();
      error.hidden = locked(code) === exercise.lock;
      field.setAttribute("aria-invalid", String(!error.hidden));
      if (error.hidden) {
        exercise.held.released = 4;
        exercise.go("layer-1");
        return;
      }
      error.textContent = code ? "This is not the code of this case" : "Enter the four letters, or wait";
      field.setAttribute("aria-describedby", "code-error code-hint");
      field.focus();
    });
  }

  pack.wireExercise = function (exercise) {
    document.getElementById("exercise").addEventListener("click", function (event) {
      const button = event.target.closest("button[data-act]");
      if (button) { act(exercise, button.dataset.act); }
    });
    document.getElementById("projector").addEventListener("click", function () {
      exercise.project(!exercise.held.projector);
      exercise.keep();
    });
    document.getElementById("begin").addEventListener("submit", function (event) {
      event.preventDefault();
      exercise.held.mode = document.getElementById("mode-alone").checked ? "alone" : "group";
      exercise.go(exercise.following());
    });
    document.getElementById("branch").addEventListener("submit", function (event) {
      event.preventDefault();
      const choices = Object.fromEntries(new FormData(event.target));
      const place = document.getElementById("branched");
      pack.showLine(place, choices);
      place.tabIndex = -1;
      place.focus();
    });
    const area = document.getElementById("own-note");
    pack.watchLength(area, document.getElementById("length-note"));
    area.addEventListener("change", function () {
      const kept = pack.kept(area.value, Number(area.dataset.limit));
      exercise.held.note = kept.text;
      exercise.held.noteCut = kept.cut;
      exercise.keep();
    });
    document.getElementById("note").addEventListener("submit", function (event) { event.preventDefault(); });
    document.querySelectorAll("[data-save]").forEach(function (button) {
      button.addEventListener("click", function () {
        const name = pack.offer([exercise.held], button.dataset.save, "decisions-" + exercise.held.case + "-" + exercise.held.session);
        exercise.saved = true;
        document.getElementById("saved").textContent = "Saved as " + name + ", in the folder to which your browser downloads.";
      });
    });
    window.addEventListener("pagehide", function () {
      const area = document.activeElement;
      if (area && area.tagName === "TEXTAREA") { area.dispatchEvent(new Event("change", { bubbles: true })); }
    });
    window.addEventListener("beforeunload", function (event) {
      if (pack.local.refused && !exercise.saved && !exercise.record.gone && Object.keys(exercise.held.decisions).length) { event.preventDefault(); }
    });
    stepOut(exercise);
    unlock(exercise);
  };
}(window.pack = window.pack || {}));

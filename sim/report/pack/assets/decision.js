// The form of a decision: a choice and reasons, both needed. What is too long is cut where the hint says, and never in silence.
(function (pack) {
  // Text as it is kept, and how many characters did not fit. Half of a pair is never kept.
  pack.kept = function (text, limit) {
    const letters = Array.from(text.toWellFormed ? text.toWellFormed() : text);
    return { text: letters.slice(0, limit).join(""), cut: Math.max(letters.length - limit, 0) };
  };

  function said(n) { return n.toLocaleString("en-GB"); }

  // Say beside a field how much of it will be kept, when that is close.
  pack.watchLength = function (area, status) {
    const limit = Number(area.dataset.limit);
    function look() {
      const length = Array.from(area.value).length;
      if (length > limit) {
        status.textContent = "Only the first " + said(limit) + " characters are kept: the last " + said(length - limit) + " will be cut off. Shorten the text, or go on.";
      } else {
        status.textContent = length > 0.9 * limit ? said(limit - length) + " characters left" : "";
      }
      status.classList.toggle("over", length > limit);
    }
    area.addEventListener("input", look);
    look();
  };

  function problem(form, message, target) {
    const line = document.createElement("li");
    const link = document.createElement("a");
    link.href = "#" + target.id;
    link.textContent = message;
    link.addEventListener("click", function (event) {
      event.preventDefault();
      target.focus();
    });
    line.append(link);
    form.querySelector(".errors ul").append(line);
  }

  // Calls `drafted` while somebody writes or chooses, and `decided` with the decision once it is whole.
  pack.Decision = function (form, drafted, decided) {
    const errors = form.querySelector(".errors");
    const area = form.querySelector("textarea");
    const radios = Array.from(form.querySelectorAll("input[type=radio]"));
    const [noChoice, noReasons] = form.querySelectorAll(".error");
    const plain = area.getAttribute("aria-describedby");
    const decision = this;
    this.opened = Date.now();
    pack.watchLength(area, form.querySelector(".length"));

    form.addEventListener("change", function () {
      const chosen = radios.find(function (one) { return one.checked; });
      drafted(form.dataset.point, { choice: chosen ? chosen.value : "", reasons: area.value });
    });
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      const chosen = radios.find(function (one) { return one.checked; });
      const kept = pack.kept(area.value, Number(area.dataset.limit));
      const empty = kept.text.trim() === "";
      errors.querySelector("ul").replaceChildren();
      noChoice.hidden = Boolean(chosen);
      noReasons.hidden = !empty;
      if (!chosen) { problem(form, noChoice.textContent, radios[0]); }
      if (empty) { problem(form, noReasons.textContent, area); }
      area.setAttribute("aria-describedby", empty ? noReasons.id + " " + plain : plain);
      area.toggleAttribute("aria-invalid", false);
      if (empty) { area.setAttribute("aria-invalid", "true"); }
      errors.hidden = Boolean(chosen) && !empty;
      if (!errors.hidden) {
        errors.focus();
        return;
      }
      decided(form.dataset.point, {
        heading: form.dataset.heading, choice: chosen.value, label: form.querySelector("label[for='" + chosen.id + "']").textContent,
        reasons: kept.text, cut: kept.cut, seconds: Math.round((Date.now() - decision.opened) / 1000),
      });
    });
  };
}(window.pack = window.pack || {}));

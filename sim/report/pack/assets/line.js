// The line that follows from a set of choices: looked up among those that were simulated, never made up.
(function (pack) {
  // Shows it in a place, and says whether that very line was simulated; else the one with most choices in common is shown.
  pack.showLine = function (place, choices) {
    let best = null;
    let most = -1;
    document.querySelectorAll("template[data-choices]").forEach(function (template) {
      const held = JSON.parse(template.dataset.choices);
      const ids = Object.keys(held);
      const same = ids.filter(function (id) { return held[id] === choices[id]; }).length;
      if (same > most) {
        most = same;
        best = { template: template, exact: same === ids.length };
      }
    });
    place.replaceChildren();
    if (!best) { return false; }
    place.append(best.template.content.cloneNode(true));
    return best.exact;
  };

  const LONG = 300;

  // Text in a cell; what is long is folded, so that a table stays one.
  function put(place, text) {
    if (text.length <= LONG) {
      place.textContent = text;
      return;
    }
    const fold = document.createElement("details");
    const summary = document.createElement("summary");
    const whole = document.createElement("p");
    summary.textContent = "Show all " + text.length.toLocaleString("en-GB") + " characters";
    whole.textContent = text;
    fold.append(summary, whole);
    place.replaceChildren(text.slice(0, 120) + " … ", fold);
  }

  // What was decided, in the table of the reveal: the rows are there, in the order of the decisions.
  pack.fillDecisions = function (body, ids, decisions) {
    Array.from(body.rows).forEach(function (row, place) {
      const one = decisions[ids[place]];
      row.cells[1].textContent = one ? one.label : "Not recorded";
      put(row.cells[2], one ? one.reasons : "Not recorded");
    });
  };

  // The same beside a later decision.
  pack.fillSoFar = function (place, ids, decisions) {
    const list = place.querySelector("dl");
    list.replaceChildren();
    ids.filter(function (id) { return decisions[id]; }).forEach(function (id) {
      const heading = document.createElement("dt");
      const words = document.createElement("dd");
      heading.textContent = decisions[id].heading + ": " + decisions[id].label;
      put(words, decisions[id].reasons);
      list.append(heading, words);
    });
    place.hidden = list.children.length === 0;
  };
}(window.pack = window.pack || {}));

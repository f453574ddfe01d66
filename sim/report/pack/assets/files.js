// Records as files: JSON, and a table that a spreadsheet opens without running anything in it.
(function (pack) {
  const COLUMNS = ["data", "pack", "case", "session", "begun", "how", "decision", "choice", "reasons", "characters_cut", "seconds"];

  // A spreadsheet takes a cell that begins with one of these as a formula; an apostrophe makes it text.
  function cell(value) {
    let text = String(value === undefined || value === null ? "" : value);
    if (/^[\s\u0000]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20|%]|^[\t\r\n]/.test(text)) { text = "'" + text; }
    return "\"" + text.replace(/"/g, "\"\"") + "\"";
  }

  function rows(record) {
    const shared = ["simulated case", record.pack, record.case, record.session, record.begun, record.mode];
    const found = Object.keys(record.decisions).map(function (id) {
      const one = record.decisions[id];
      return shared.concat([one.heading, one.label, one.reasons, one.cut, one.seconds]);
    });
    if (record.note) { found.push(shared.concat(["Notes", "", record.note, record.noteCut || 0, ""])); }
    return found;
  }

  pack.asTable = function (records) {
    const lines = [COLUMNS].concat(...records.map(rows));
    return "\uFEFF" + lines.map(function (line) { return line.map(cell).join(","); }).join("\r\n") + "\r\n";
  };

  pack.asJson = function (records) {
    const told = document.querySelector("footer").innerText.trim();
    const plain = records.map(function (one) {
      const { writer, shown, stage, released, projector, drafts, ...rest } = one;
      return rest;
    });
    return JSON.stringify({ format: "missing-sim decisions 1", about: told, records: plain }, null, 2) + "\n";
  };

  // Offer the records as a file; returns its name.
  pack.offer = function (records, kind, name) {
    const text = kind === "csv" ? pack.asTable(records) : pack.asJson(records);
    const file = new Blob([text], { type: kind === "csv" ? "text/csv;charset=utf-8" : "application/json" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = name + "." + kind;
    document.body.append(link);
    link.click();
    link.remove();
    window.setTimeout(function () { URL.revokeObjectURL(link.href); }, 60000);
    return link.download;
  };
}(window.pack = window.pack || {}));

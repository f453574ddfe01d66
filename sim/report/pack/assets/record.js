// What one learner decided in one case: kept on this computer, without a name, and never written over by another window.
(function (pack) {
  const FORMAT = "missing-sim record 1";

  function start(ofPack) { return "missing-sim:" + ofPack + ":"; }

  pack.mark = function () {
    const letters = "abcdefghjkmnpqrstuvwxyz23456789";
    let text = "";
    for (let n = 0; n < 8; n += 1) { text += letters[Math.floor(Math.random() * letters.length)]; }
    return text;
  };

  function parsed(text) {
    try {
      const held = JSON.parse(text);
      return held && held.format === FORMAT && held.decisions ? held : null;
    } catch (error) { return null; }
  }

  function Record(ofPack, ofCase) {
    this.pointer = "missing-sim:here:" + ofPack + ":" + ofCase;
    this.writer = pack.mark();
    this.parted = false;
    this.gone = false;
    const session = pack.session.get(this.pointer);
    const held = session ? parsed(pack.local.get(start(ofPack) + ofCase + ":" + session)) : null;
    this.resumed = held !== null;
    this.held = held || {
      format: FORMAT, pack: ofPack, case: ofCase, session: pack.mark(), begun: new Date().toISOString().slice(0, 16) + "Z",
      mode: "group", stage: "brief", shown: 0, decisions: {}, drafts: {}, note: "", noteCut: 0, released: 0, projector: false,
    };
    if (this.resumed) {
      this.held.writer = this.writer;
      pack.local.set(this.key(), JSON.stringify(this.held));
    }
  }

  Record.prototype.key = function () { return start(this.held.pack) + this.held.case + ":" + this.held.session; };

  // Another window has taken this record over: go on as one of our own. Returns whether it is kept beyond this page.
  Record.prototype.save = function () {
    if (this.gone) { return true; }
    const other = parsed(pack.local.get(this.key()));
    if (other && other.writer !== this.writer) {
      this.held.session = pack.mark();
      this.parted = true;
    }
    this.held.writer = this.writer;
    pack.session.set(this.pointer, this.held.session);
    return pack.local.set(this.key(), JSON.stringify(this.held));
  };

  // Delete every record of this case. The page that holds this one writes nothing more, and begins a new one when it is loaded again.
  Record.prototype.forget = function () {
    this.gone = true;
    pack.forgetAll(this.held.pack, this.held.case);
    pack.session.remove(this.pointer);
  };

  // Every record of a pack on this computer that holds a decision or a note.
  pack.records = function (ofPack) {
    return pack.local.keys(start(ofPack)).map(function (key) { return parsed(pack.local.get(key)); }).filter(function (one) {
      return one && (Object.keys(one.decisions).length > 0 || one.note);
    });
  };

  // Every record of a pack, or of one case of it.
  pack.forgetAll = function (ofPack, ofCase) {
    pack.local.keys(start(ofPack) + (ofCase ? ofCase + ":" : "")).forEach(function (key) { pack.local.remove(key); });
  };

  pack.Record = Record;
}(window.pack = window.pack || {}));

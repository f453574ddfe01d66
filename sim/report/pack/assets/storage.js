// Where a browser keeps what learners write. If it refuses, what is written stays in memory, and whoever asks can say so.
(function (pack) {
  function Shelf(name) {
    this.memory = new Map();
    this.refused = false;
    try {
      this.place = window[name];
      const probe = "missing-sim:probe";
      this.place.setItem(probe, "1");
      this.place.removeItem(probe);
    } catch (error) {
      this.place = null;
      this.refused = true;
    }
  }

  Shelf.prototype.get = function (key) {
    if (this.memory.has(key)) { return this.memory.get(key); }
    try { return this.place ? this.place.getItem(key) : null; } catch (error) { return null; }
  };

  // True if it is kept beyond this page.
  Shelf.prototype.set = function (key, text) {
    try {
      if (this.place) {
        this.place.setItem(key, text);
        this.memory.delete(key);
        return true;
      }
    } catch (error) { /* Full, or refused since: memory then. */ }
    this.refused = true;
    this.memory.set(key, text);
    return false;
  };

  Shelf.prototype.remove = function (key) {
    this.memory.delete(key);
    try { if (this.place) { this.place.removeItem(key); } } catch (error) { this.refused = true; }
  };

  Shelf.prototype.keys = function (start) {
    const found = new Set(this.memory.keys());
    try {
      for (let n = 0; this.place && n < this.place.length; n += 1) { found.add(this.place.key(n)); }
    } catch (error) { this.refused = true; }
    return Array.from(found).filter(function (key) { return key.startsWith(start); }).sort();
  };

  pack.local = new Shelf("localStorage");
  pack.session = new Shelf("sessionStorage");
}(window.pack = window.pack || {}));

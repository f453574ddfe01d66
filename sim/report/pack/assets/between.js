// Talk between windows on one computer. Three ways are tried, since a browser may shut any of them for pages from a disk; if none is open, pages go
// on by themselves, each with its own controls.
(function (pack) {
  const NAME = "missing-sim";

  function Between(ofPack, heard) {
    const between = this;
    this.pack = ofPack;
    this.heard = heard;
    this.known = new Set();
    this.windows = new Set(window.opener ? [window.opener] : []);
    try {
      this.channel = new BroadcastChannel(NAME);
      this.channel.onmessage = function (event) { between.take(event.data); };
    } catch (error) { this.channel = null; }
    window.addEventListener("storage", function (event) {
      if (event.key === NAME + ":said" && event.newValue) {
        try { between.take(JSON.parse(event.newValue)); } catch (error) { /* Not ours. */ }
      }
    });
    window.addEventListener("message", function (event) {
      if (between.windows.has(event.source)) { between.take(event.data); }
    });
  }

  Between.prototype.take = function (message) {
    if (!message || message.pack !== this.pack || typeof message.id !== "string" || this.known.has(message.id)) { return; }
    if (this.known.size > 1000) { this.known.clear(); }
    this.known.add(message.id);
    this.heard(message);
  };

  Between.prototype.say = function (message) {
    const whole = Object.assign({ pack: this.pack, id: pack.mark() + pack.mark() }, message);
    this.known.add(whole.id);
    try { if (this.channel) { this.channel.postMessage(whole); } } catch (error) { this.channel = null; }
    if (!this.channel && !pack.local.refused) { pack.local.set(NAME + ":said", JSON.stringify(whole)); }
    this.windows.forEach(function (other) {
      try { if (!other.closed) { other.postMessage(whole, "*"); } } catch (error) { /* Gone. */ }
    });
  };

  pack.Between = Between;
}(window.pack = window.pack || {}));

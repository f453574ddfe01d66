// The facilitator's page: which case is run, who may see what followed, and the clock of the windows on this computer.
(function (pack) {
  const ASK_EVERY = 3000;
  const SILENT = 8000;

  function key(ofPack) { return "missing-sim:desk:" + ofPack; }

  // What the facilitator has set on this computer today, for pages that open later. Yesterday's class has no say.
  pack.deskSays = function (ofPack) {
    try {
      const says = JSON.parse(pack.local.get(key(ofPack)));
      return says && says.day === new Date().toDateString() ? says : {};
    } catch (error) { return {}; }
  };

  function Desk(body) {
    const desk = this;
    this.pack = body.dataset.pack;
    this.says = Object.assign({ hold: true, released: {}, speed: 1 }, pack.deskSays(this.pack));
    this.windows = new Map();
    this.select = document.getElementById("case");
    this.between = new pack.Between(this.pack, function (message) { desk.hear(message); });
  }

  Desk.prototype.case = function () { return this.select.value; };

  Desk.prototype.say = function (kind, value) { this.between.say({ from: "desk", case: this.case(), kind: kind, value: value }); };

  Desk.prototype.keep = function () { pack.local.set(key(this.pack), JSON.stringify(Object.assign(this.says, { day: new Date().toDateString() }))); };

  Desk.prototype.hear = function (message) {
    if (message.from !== "window") { return; }
    this.windows.set(message.window, Object.assign({ heard: Date.now() }, message));
    this.showWindows();
    this.showKept();
  };

  Desk.prototype.words = function (stage) {
    const option = Array.from(document.getElementById("stage").options).find(function (one) { return one.value === stage; });
    return option ? option.textContent : stage;
  };

  Desk.prototype.showWindows = function () {
    const list = document.getElementById("windows");
    const lines = [];
    this.windows.forEach(function (one, id) {
      if (Date.now() - one.heard > SILENT) { this.windows.delete(id); } else if (one.case === this.case()) {
        lines.push((one.projector ? "Projector: " : "Learner: ") + this.words(one.stage) + (one.clock ? ", " + one.clock : "") + (one.paused ? ", paused" : ""));
      }
    }, this);
    document.getElementById("no-windows").hidden = lines.length > 0;
    if (Array.from(list.children).map(function (one) { return one.textContent; }).join("\n") === lines.join("\n")) { return; }
    list.replaceChildren(...lines.map(function (words) {
      const line = document.createElement("li");
      line.textContent = words;
      return line;
    }));
  };

  Desk.prototype.showCase = function () {
    const option = this.select.selectedOptions[0];
    const stage = document.getElementById("stage");
    stage.replaceChildren(document.querySelector("template[data-stages='" + this.case() + "']").content.cloneNode(true));
    document.getElementById("code").textContent = option.dataset.code;
    document.getElementById("kind").textContent = option.dataset.kind;
    const released = this.says.released[this.case()] || 0;
    document.querySelectorAll("[data-layer]").forEach(function (button) {
      if (button.dataset.layer !== "0") { button.setAttribute("aria-pressed", String(Number(button.dataset.layer) <= released)); }
    });
    this.showWindows();
  };

  Desk.prototype.showKept = function () {
    const n = pack.records(this.pack).length;
    document.getElementById("kept-words").textContent = (pack.local.refused ? "This browser keeps nothing for this page. " : "") + (n === 0 ? "None that this page can see." : n === 1 ? "One record." : n + " records.")
      + " They hold no names. Some browsers show each page only its own: there, save them from the debrief of the case.";
  };

  Desk.prototype.open = function (hash) {
    const place = this.select.selectedOptions[0].dataset.file + hash;
    const opened = window.open(place, "_blank");
    if (opened) { this.between.windows.add(opened); } else {
      this.notice("The browser did not open a window. Allow windows from this page, or open " + place + " yourself.");
    }
  };

  Desk.prototype.notice = function (words) {
    const line = document.createElement("p");
    line.className = "notice";
    line.textContent = words;
    document.getElementById("notices").replaceChildren(line);
  };

  Desk.prototype.begin = function () {
    const desk = this;
    function on(id, kind, act) { document.getElementById(id).addEventListener(kind, act); }
    document.getElementById(this.says.hold ? "hold-yes" : "hold-no").checked = true;
    document.querySelectorAll("input[name=speed]").forEach(function (one) { one.checked = Number(one.value) === desk.says.speed; });
    on("case", "change", function () { desk.showCase(); desk.say("hello"); });
    on("open-projector", "click", function () { desk.open("#screen"); });
    on("open-learner", "click", function () { desk.open(""); });
    on("hold", "change", function () {
      desk.says.hold = document.getElementById("hold-yes").checked;
      desk.keep();
      desk.say("hold", desk.says.hold);
    });
    on("speed", "change", function (event) {
      desk.says.speed = Number(event.target.value);
      desk.keep();
      desk.say("speed", desk.says.speed);
    });
    on("pause", "click", function () { desk.say("pause", true); });
    on("go", "click", function () { desk.say("pause", false); });
    on("jump", "submit", function (event) {
      event.preventDefault();
      desk.say("jump", document.getElementById("stage").value);
    });
    document.querySelectorAll("[data-layer]").forEach(function (button) {
      button.addEventListener("click", function () {
        desk.says.released[desk.case()] = Number(button.dataset.layer);
        desk.keep();
        desk.showCase();
        desk.say("release", Number(button.dataset.layer));
      });
    });
    document.querySelectorAll("[data-save]").forEach(function (button) {
      button.addEventListener("click", function () {
        const name = pack.offer(pack.records(desk.pack), button.dataset.save, "decisions-" + desk.pack);
        document.getElementById("saved").textContent = "Saved as " + name + ", in the folder to which your browser downloads.";
      });
    });
    on("forget", "click", function () {
      if (window.confirm("Delete every record of decisions in this pack from this computer?")) {
        pack.forgetAll(desk.pack);
        desk.say("forget");
        desk.showKept();
      }
    });
    this.showCase();
    this.showKept();
    this.say("hello");
    window.setInterval(function () { desk.say("hello"); desk.showWindows(); }, ASK_EVERY);
  };

  pack.Desk = Desk;
}(window.pack = window.pack || {}));

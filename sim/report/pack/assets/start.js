// Start the page. Until then it says what is wrong, and it goes on saying so if it cannot start.
(function (pack) {
  const rooms = { exercise: ["exercise", pack.Exercise], facilitator: ["desk", pack.Desk] };
  const room = rooms[document.body.dataset.page];
  if (!room) { return; }
  try {
    const [id, Page] = room;
    document.getElementById(id).hidden = false;
    new Page(document.body).begin();
    document.getElementById("not-started").hidden = true;
  } catch (error) {
    document.getElementById(room[0]).hidden = true;
    const reason = document.getElementById("reason");
    reason.textContent = "This page is damaged, or belongs to another pack than its script (" + error.message + ").";
    reason.hidden = false;
  }
}(window.pack = window.pack || {}));

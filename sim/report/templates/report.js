"use strict";
(function () {
  var wideFrom = 700;
  var least = 640; // a figure that is drawn for wide pages only is no narrower than this
  var paper = 840; // the style sheet for paper makes this fit
  var charts = Array.prototype.map.call(document.querySelectorAll(".chart"), function (place) {
    return { place: place, drawings: JSON.parse(document.getElementById(place.id + "-drawing").textContent), width: 0 };
  });

  // One column of panels where there is no room for two. Nothing in a figure moves or reacts, so nothing in it needs a name or a key.
  function draw(chart, width) {
    if (width && !chart.drawings.narrow) { width = Math.max(width, least); }
    if (!width || width === chart.width) { return; }
    chart.width = width;
    var drawing = (width < wideFrom && chart.drawings.narrow) || chart.drawings.wide;
    chart.place.style.minHeight = drawing.layout.height + "px";
    var layout = Object.assign({}, drawing.layout, { width: width });
    Plotly.react(chart.place, drawing.data, layout, { staticPlot: true, displayModeBar: false, displaylogo: false });
  }

  function drawAll(width) { charts.forEach(function (chart) { draw(chart, width || chart.place.clientWidth); }); }

  var opened = [];
  window.addEventListener("beforeprint", function () {
    opened = Array.prototype.filter.call(document.querySelectorAll("figure details"), function (part) { return !part.open; });
    opened.forEach(function (part) { part.open = true; });
    drawAll(paper);
  });
  window.addEventListener("afterprint", function () {
    opened.forEach(function (part) { part.open = false; });
    drawAll();
  });
  window.addEventListener("resize", function () { drawAll(); });
  drawAll();
}());

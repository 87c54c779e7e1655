/* Keeps the figures new by server-sent events. One connection a browser: the window that holds the
   lock listens and tells the others; nobody listens for a window that is not looked at. */
(function () {
  "use strict";
  var box = document.getElementById("live");
  if (!box || !window.EventSource || !navigator.locks || !window.BroadcastChannel) { return; }
  var address = box.dataset.live, channel = new BroadcastChannel("mj-live:" + address), leave = null;

  /* New figures in the place of the old: scrolled tables and the row in hand stay where they are. */
  function places() { return box.querySelectorAll("[data-row], a, [data-scrolled]"); }
  function show(html) {
    var held = Array.prototype.indexOf.call(places(), document.activeElement);
    var scrolled = Array.prototype.map.call(box.querySelectorAll("[data-scrolled]"), function (one) { return one.scrollLeft; });
    box.innerHTML = html;
    box.querySelectorAll("[data-scrolled]").forEach(function (one, place) { one.scrollLeft = scrolled[place] || 0; });
    if (held >= 0) {
      var again = places()[held];
      if (again) {
        if (again.matches("[data-row]")) { again.tabIndex = -1; }
        again.focus({ preventScroll: true });
      }
    }
  }
  function stale() {
    var line = box.querySelector("[data-state]");
    if (line && !line.querySelector(".tag")) {
      var word = document.createElement("span");
      word.className = "tag soon";
      word.textContent = "连接中断，正在重连";
      line.appendChild(word);
    }
  }
  function listen() {
    return new Promise(function (done) {
      var source = new EventSource(address);
      source.onmessage = function (event) { channel.postMessage(event.data); show(event.data); };
      source.onerror = function () {
        if (source.readyState === EventSource.CLOSED) { stale(); setTimeout(finish, 10000); }
      };
      function finish() { source.close(); leave = null; done(); if (!document.hidden) { setTimeout(want, 0); } }
      leave = finish;
    });
  }
  var waiting = null;
  function want() {
    if (waiting || leave) { return; }
    waiting = new AbortController();
    navigator.locks.request("mj-live:" + address, { signal: waiting.signal }, function () {
      waiting = null;
      return document.hidden ? null : listen();
    }).catch(function () { waiting = null; });
  }
  channel.onmessage = function (event) { if (!document.hidden) { show(event.data); } };
  document.addEventListener("visibilitychange", function () {
    if (!document.hidden) { want(); return; }
    if (waiting) { waiting.abort(); waiting = null; }
    if (leave) { leave(); }
  });
  if (!document.hidden) { want(); }
})();

/* Keys, and forms that lose nothing. Everything works without this script; with it, faster.
   / search   j k rows   Enter open   ? these keys   a page's own keys: data-key on what they press */
(function () {
  "use strict";
  var help = { "/": "搜索", "j": "下一行", "k": "上一行", "Enter": "打开所在行", "?": "快捷键" };

  function typing(target) {
    return target.closest("input, textarea, select, [contenteditable]");
  }
  function rows() {
    return Array.prototype.filter.call(document.querySelectorAll("[data-row]"), function (row) {
      return row.offsetParent !== null;
    });
  }
  function move(step) {
    var all = rows();
    if (!all.length) { return; }
    var here = all.indexOf(document.activeElement);
    var next = all[Math.min(all.length - 1, Math.max(0, here + step))];
    next.tabIndex = -1;
    next.focus();
  }
  function showHelp() {
    var box = document.getElementById("mj-keys");
    if (!box) {
      box = document.createElement("dialog");
      box.id = "mj-keys";
      box.setAttribute("aria-label", "快捷键");
      var list = document.createElement("dl");
      Object.keys(help).forEach(function (key) { add(list, key, help[key]); });
      document.querySelectorAll("[data-key]").forEach(function (node) {
        if (!help[node.dataset.key]) { add(list, node.dataset.key, node.dataset.keyName || node.textContent.trim()); }
      });
      box.appendChild(list);
      document.body.appendChild(box);
    }
    if (box.open) { box.close(); } else { box.showModal(); }
  }
  function add(list, key, word) {
    var term = document.createElement("dt"), what = document.createElement("dd");
    term.textContent = key;
    what.textContent = word;
    list.appendChild(term);
    list.appendChild(what);
  }
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) { return; }
    if (event.key === "j" || event.key === "k") { move(event.key === "j" ? 1 : -1); event.preventDefault(); return; }
    if (event.key === "?") { showHelp(); event.preventDefault(); return; }
    if (event.key === "Enter" && document.activeElement.matches("[data-row]")) {
      var link = document.activeElement.querySelector("a[href]");
      if (link) { link.click(); event.preventDefault(); }
      return;
    }
    var pressed = document.querySelector('[data-key="' + CSS.escape(event.key) + '"]');
    if (pressed && !pressed.disabled) {
      event.preventDefault();
      if (pressed.matches("input, textarea, select")) { pressed.focus(); } else { pressed.click(); }
    }
  });

  /* What was typed is kept in this tab until it was taken: a session that ended, a page left by
     mistake. Passwords and files are never kept. */
  function place(form) { return "mj-form:" + location.pathname + ":" + form.dataset.keep; }
  document.querySelectorAll("form[data-keep]").forEach(function (form) {
    var kept = null;
    try { kept = JSON.parse(sessionStorage.getItem(place(form)) || "null"); } catch (e) { kept = null; }
    if (document.querySelector(".mj-done")) { sessionStorage.removeItem(place(form)); kept = null; }
    if (kept && !form.querySelector("[aria-invalid]")) {
      Array.prototype.forEach.call(form.elements, function (field) {
        if (kept[field.name] !== undefined && field.type !== "hidden" && field.type !== "radio" && field.type !== "checkbox") {
          field.value = kept[field.name];
        }
      });
    }
    form.addEventListener("input", function () {
      var values = {};
      Array.prototype.forEach.call(form.elements, function (field) {
        if (field.name && !/^(hidden|password|file|radio|checkbox|submit)$/.test(field.type)) { values[field.name] = field.value; }
      });
      sessionStorage.setItem(place(form), JSON.stringify(values));
    });
  });
  document.querySelectorAll("form[action='/session/sign-out']").forEach(function (form) {
    form.addEventListener("submit", function () { sessionStorage.clear(); });
  });
  /* What waits, over all departments; a department that is down is left out. */
  var bell = document.querySelector("[data-bell]");
  if (bell) {
    var sum = 0;
    bell.dataset.bell.trim().split(" ").forEach(function (address) {
      fetch(address, { headers: { "Accept": "text/plain" } }).then(function (answer) {
        return answer.ok ? answer.text() : "0";
      }).then(function (text) {
        sum += parseInt(text, 10) || 0;
        bell.textContent = sum ? String(sum) : "";
      }).catch(function () { /* left out */ });
    });
  }
  /* A part of a page that another department did not give says so. */
  ["htmx:responseError", "htmx:sendError"].forEach(function (name) {
    document.body.addEventListener(name, function (event) {
      var box = event.target, status = event.detail.xhr && event.detail.xhr.status;
      if (!box.dataset || !box.dataset.department) { return; }
      box.textContent = "";
      var head = document.createElement("h2"), text = document.createElement("p");
      head.textContent = box.dataset.department;
      text.className = "mj-hint";
      text.textContent = status === 403 ? "您没有查看这一部分的权限。" :
        status === 401 ? "会话已结束，请刷新页面重新登录。" : "该部门暂时不可用，其他部分不受影响；请稍后刷新。";
      box.appendChild(head);
      box.appendChild(text);
    });
  });
  /* One press is one act. */
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.dataset.sent) { event.preventDefault(); return; }
    if (form.method === "post") { form.dataset.sent = "1"; }
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(function (form) { delete form.dataset.sent; });
  });
  var refused = document.querySelector(".mj-refused");
  if (refused) { refused.focus(); }
})();

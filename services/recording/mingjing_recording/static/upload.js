/* An upload says how far it is, how fast, how long yet; it can be broken off. Without this script
   the form works all the same. */
(function () {
  "use strict";
  var form = document.querySelector("form[data-upload]");
  if (!form || !window.FormData) { return; }

  function words(bytes) {
    return bytes < 1048576 ? Math.round(bytes / 1024) + " KB" : (bytes / 1048576).toFixed(1) + " MB";
  }
  function left(seconds) {
    return seconds < 60 ? Math.ceil(seconds) + " 秒" : Math.ceil(seconds / 60) + " 分钟";
  }
  function show(text) {
    form.querySelector("[data-said]").textContent = text;
  }
  function bind() {
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      send();
    });
  }
  function send() {
    var request = new XMLHttpRequest(), begun = Date.now();
    var box = form.querySelector("[data-progress]"), bar = form.querySelector("progress");
    var stop = form.querySelector("[data-stop]"), press = form.querySelector("button:not([data-stop])");
    box.hidden = false;
    press.disabled = true;
    request.upload.addEventListener("progress", function (event) {
      if (!event.lengthComputable) { return; }
      var seconds = (Date.now() - begun) / 1000, rate = event.loaded / Math.max(seconds, 0.1);
      bar.max = event.total;
      bar.value = event.loaded;
      if (event.loaded < event.total) {
        show("已传 " + words(event.loaded) + " / " + words(event.total) + "，每秒 " + words(rate) + "，还需约 " + left((event.total - event.loaded) / rate));
      } else {
        show("已传完，正在校验、加密并锁定保存…");
      }
    });
    function again(text) {
      show(text);
      press.disabled = false;
      delete form.dataset.sent;
    }
    request.addEventListener("load", function () {
      if (request.status < 400) { location.assign(request.responseURL); return; }
      var page = new DOMParser().parseFromString(request.responseText, "text/html");
      var fresh = page.getElementById("content");
      if (!fresh) { again("没有完成，请稍后重试。"); return; }
      var chosen = form.querySelector("input[type=file]");
      document.getElementById("content").replaceWith(document.adoptNode(fresh));
      form = document.querySelector("form[data-upload]");
      if (!form) { return; }
      form.querySelector("input[type=file]").replaceWith(chosen);
      bind();
      var refused = document.querySelector(".mj-refused");
      if (refused) { refused.focus(); }
    });
    request.addEventListener("error", function () { again("连接中断，没有保存任何内容，请重新上传。"); });
    request.addEventListener("abort", function () { again("已取消，没有保存任何内容。"); });
    stop.onclick = function () { request.abort(); };
    request.open("POST", form.action);
    request.send(new FormData(form));
  }
  bind();
})();

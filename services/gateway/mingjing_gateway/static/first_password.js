/* A one-time link carries its code behind the #, which no server and no other site is told. It goes
   into the form and out of the address, also when the page is open already. Without this script
   the code is typed or pasted. */
(function () {
  "use strict";
  var field = document.querySelector("input[name=link]");
  var next = document.querySelector("input[name=password]");
  if (!field || !next) { return; }

  function take() {
    var code = window.location.hash.slice(1);
    if (!code) { return; }
    field.value = code;
    window.history.replaceState(null, "", window.location.pathname);
    next.focus();
  }
  window.addEventListener("hashchange", take);
  take();
}());

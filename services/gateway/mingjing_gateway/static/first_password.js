/* A one-time link carries its code behind the #, which no server and no other site is told. It goes
   into the form and out of the address. Without this script the code is typed or pasted. */
(function () {
  "use strict";
  var field = document.querySelector("input[name=link]");
  var code = window.location.hash.slice(1);
  if (!field || !code) { return; }
  field.value = code;
  window.history.replaceState(null, "", window.location.pathname);
  var next = document.querySelector("input[name=password]");
  if (next) { next.focus(); }
}());

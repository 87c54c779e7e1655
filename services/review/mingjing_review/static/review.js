/* The reviewer's desk: a ready wording goes into its field, notes of what is wrong into the reasons. */
(function () {
  "use strict";
  function put(field, text) {
    field.value = field.value.trim() ? field.value.trim() + "\n" + text : text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  }
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-into]");
    if (button) { put(document.getElementsByName(button.dataset.into)[0], button.dataset.insert); }
    var gather = event.target.closest("[data-gather]");
    if (!gather) { return; }
    var lines = [];
    document.querySelectorAll(".rv-checks fieldset").forEach(function (set) {
      var failed = set.querySelector("input[value=failed]:checked");
      var note = set.querySelector("[name^=note-]");
      if (failed && note.value.trim()) { lines.push(lines.length + 1 + ". " + note.value.trim()); }
    });
    if (lines.length) { put(document.getElementsByName(gather.dataset.gather)[0], lines.join("\n")); }
  });
})();

// Keys for whoever labels many pairs: 1 to 4 choose, Enter says so. Without this script the form is as complete.
"use strict";
(() => {
  const form = document.querySelector("form.label");
  if (!form) return;

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.matches("select")) return;
    const choice = form.querySelector(`input[data-key="${CSS.escape(event.key)}"]`);
    if (!choice) return;
    choice.checked = true;
    choice.focus();
    event.preventDefault();
  });
})();

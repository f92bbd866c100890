// Keys on the search page: "/" leads to the field, the arrow keys from hit to hit.
// A shortcut of one character can be switched off (WCAG 2.2, 2.1.4); the browser remembers it.
(() => {
  const OFF = "umlauf-search-key-off";
  const field = document.querySelector("form[role=search] input[name=q]");
  const choice = document.getElementById("key-choice");
  if (!field || !choice) return;

  const box = choice.querySelector("input");
  choice.hidden = false;
  box.checked = window.localStorage.getItem(OFF) === null;
  box.addEventListener("change", () => {
    if (box.checked) window.localStorage.removeItem(OFF);
    else window.localStorage.setItem(OFF, "1");
  });
  const isTyping = (element) =>
    element.matches("textarea, select, [contenteditable], input:not([type=checkbox])");

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/" && box.checked && !isTyping(event.target)) {
      event.preventDefault();
      field.focus();
      field.select();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const hits = [...document.querySelectorAll(".hits h3 a")];
      const place = hits.indexOf(document.activeElement);
      const next = hits[place + (event.key === "ArrowDown" ? 1 : -1)];
      if (place < 0 || !next) return;
      event.preventDefault();
      next.focus();
    }
  });
})();

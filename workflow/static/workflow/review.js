// Makes the list of points quicker to fill. Without it the page works by links and buttons.
(() => {
  "use strict";
  const list = document.querySelector("[data-points]");
  if (!list) return;
  const rows = list.querySelector(".rows");

  function add() {
    const row = rows.lastElementChild.cloneNode(true);
    const old = rows.childElementCount;
    for (const field of row.querySelectorAll("[id], [for]")) {
      for (const name of ["id", "for"]) {
        if (field.hasAttribute(name)) {
          field.setAttribute(name, field.getAttribute(name).replace(/\d+$/, String(old + 1)));
        }
      }
    }
    for (const label of row.querySelectorAll("label")) {
      label.textContent = label.textContent.replace(String(old), String(old + 1));
    }
    row.querySelector("select").value = "";
    row.querySelector("textarea").value = "";
    rows.append(row);
    return row;
  }

  function free() {
    return [...rows.children].find((row) => !row.querySelector("textarea").value.trim()) || add();
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-place]");
    if (!link) return;
    event.preventDefault();
    list.open = true;
    const row = free();
    row.querySelector("select").value = link.dataset.place;
    row.querySelector("textarea").focus();
  });

  list.querySelector("[data-more]").addEventListener("click", (event) => {
    event.preventDefault();
    add().querySelector("select").focus();
  });
})();

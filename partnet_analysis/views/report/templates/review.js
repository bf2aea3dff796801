"use strict";
// Tables sort by their own raw values, which stand in data-value; rows that stand apart stay where they are.
for (const table of document.querySelectorAll("table.sorts")) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, place) => {
    head.classList.add("sortable");
    const button = document.createElement("button");
    button.type = "button";
    button.title = table.dataset.sort;
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "none" || !head.hasAttribute("aria-sort")
        ? head.classList.contains("number") : head.getAttribute("aria-sort") === "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const key = (row) => row.cells[place].dataset.value ?? "";
      const compare = (one, other) => head.classList.contains("number")
        ? Number(one) - Number(other) : one.localeCompare(other, document.documentElement.lang, { numeric: true });
      const rows = [...table.tBodies[0].rows];
      const known = rows.filter((row) => key(row) !== "").sort((one, other) => compare(key(one), key(other)) * (down ? -1 : 1));
      table.tBodies[0].append(...known, ...rows.filter((row) => key(row) === ""));
    });
  });
}

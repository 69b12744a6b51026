"use strict";
// Narrows a list down by several facets at once. Without it, each value of each facet has a page of its own.
(() => {
  const list = window.CCIN_LIST;
  const form = document.querySelector("form[data-facets]");
  const place = document.getElementById("list");
  if (!list || !form || !place) {
    return;
  }
  const top = form.dataset.facets;
  const whole = [...place.childNodes];
  const others = document.querySelectorAll("nav.letters, main > nav.pages");
  const count = document.createElement("p");
  count.setAttribute("role", "status");
  count.className = "intro";
  const selects = list.facets.map((facet) => {
    const field = document.createElement("p");
    const label = document.createElement("label");
    const select = document.createElement("select");
    select.id = `facet-${facet.name.toLowerCase()}`;
    label.htmlFor = select.id;
    label.textContent = facet.name;
    field.append(label, select);
    select.append(new Option("any", ""));
    facet.values.forEach((value, position) => select.append(new Option(value, String(position))));
    select.name = facet.name.toLowerCase();
    form.append(field);
    return select;
  });
  const clear = document.createElement("button");
  clear.type = "reset";
  clear.textContent = "Show all";
  form.append(clear);
  form.after(count);

  const fits = (row, chosen) => chosen.every((value, facet) => value === "" || row[3][facet].includes(Number(value)));
  // How many things each value would leave, the other facets as they are; what leaves nothing cannot be chosen.
  const tell = (chosen) => {
    selects.forEach((select, facet) => {
      const others = chosen.map((value, position) => (position === facet ? "" : value));
      const left = list.rows.filter((row) => fits(row, others));
      for (const option of select.options) {
        if (option.value !== "") {
          const many = left.filter((row) => row[3][facet].includes(Number(option.value))).length;
          option.disabled = many === 0 && !option.selected;
          option.textContent = `${list.facets[facet].values[Number(option.value)]} (${many})`;
        }
      }
    });
  };
  const show = () => {
    const chosen = selects.map((select) => select.value);
    tell(chosen);
    const any = chosen.some((value) => value !== "");
    others.forEach((one) => (one.hidden = any));
    const now = new URLSearchParams();
    selects.forEach((select) => select.value !== "" && now.set(select.name, list.facets[selects.indexOf(select)].values[Number(select.value)]));
    try {
      history.replaceState(null, "", any ? `?${now}` : location.pathname);
    } catch {
      // From file:// some browsers refuse; the list stands all the same.
    }
    if (!any) {
      place.replaceChildren(...whole);
      count.textContent = "";
      return;
    }
    const found = list.rows.filter((row) => fits(row, chosen));
    const items = document.createElement("ul");
    items.className = "things";
    for (const [label, href, note] of found) {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = top + href;
      link.textContent = label;
      item.append(link);
      if (note) {
        const quiet = document.createElement("span");
        quiet.className = "quiet";
        quiet.textContent = ` – ${note}`;
        item.append(quiet);
      }
      items.append(item);
    }
    place.replaceChildren(items);
    count.textContent = `${found.length} of ${list.rows.length}`;
  };
  form.addEventListener("change", show);
  form.addEventListener("reset", () => setTimeout(show));
  form.addEventListener("submit", (event) => event.preventDefault());
  const address = new URLSearchParams(location.search);
  list.facets.forEach((facet, position) => {
    const value = facet.values.indexOf(address.get(facet.name.toLowerCase()) ?? "");
    if (value >= 0) {
      selects[position].value = String(value);
    }
  });
  form.hidden = false;
  show();
})();

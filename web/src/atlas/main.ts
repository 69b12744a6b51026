/** The map: only the councils of one nation, in the drawings and in the table. */

const form = document.querySelector<HTMLFormElement>("#atlas-nations");
const nation = document.querySelector<HTMLSelectElement>("#atlas-nation");
const said = document.querySelector<HTMLElement>("#atlas-said");
if (form && nation && said) {
  form.hidden = false;
  const towns = [...document.querySelectorAll<Element>(".atlas [data-nation]")];
  const rows = [...document.querySelectorAll<HTMLTableRowElement>("#atlas-towns [data-nation]")];
  const show = (): void => {
    const wanted = nation.value;
    const elsewhere = (one: Element): boolean => wanted !== "" && one.getAttribute("data-nation") !== wanted;
    for (const town of towns) {
      town.classList.toggle("elsewhere", elsewhere(town));
    }
    for (const row of rows) {
      row.hidden = elsewhere(row);
    }
    for (const tie of document.querySelectorAll(".atlas .tie")) {
      tie.classList.toggle("elsewhere", wanted !== "");
    }
    said.textContent = wanted ? `${rows.filter((row) => !row.hidden).length} councils` : "";
  };
  nation.addEventListener("change", show);
  show();
}
export {};

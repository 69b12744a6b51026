/** The form that writes a correction, filled in from the row that it is about. */

const form = document.querySelector<HTMLFormElement>("#correction");

function field(name: string): HTMLInputElement {
  return document.getElementById(`c-${name}`) as HTMLInputElement;
}

function written(): string {
  const lines = [
    `Thing: ${field("iri").value}`,
    ...(field("place").value ? [`Record: ${field("place").value}`] : []),
    ...(field("now").value ? [`It says: ${field("now").value}`] : []),
    `It should say: ${field("better").value}`,
    `Read at: ${field("lines").value}`,
  ];
  return `${lines.join("\n")}\n`;
}

if (form) {
  const said = document.getElementById("c-said")!;
  const text = document.getElementById("c-text") as HTMLTextAreaElement;
  const send = document.getElementById("c-send") as HTMLAnchorElement;
  form.hidden = false;
  for (const link of document.querySelectorAll<HTMLAnchorElement>("a.correct")) {
    link.addEventListener("click", () => {
      field("iri").value = link.dataset["iri"] ?? "";
      field("place").value = link.dataset["place"] ?? "";
      field("now").focus();
    });
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    text.value = written();
    const report = form.dataset["report"];
    if (report) {
      const body = new URLSearchParams({ title: `Correction: ${field("iri").value}`, body: text.value });
      send.href = report + (report.includes("?") ? "&" : "?") + body;
      send.hidden = false;
    }
    said.textContent = "Written below.";
    text.focus();
    text.select();
  });
  document.getElementById("c-copy")?.addEventListener("click", () => {
    text.select();
    navigator.clipboard?.writeText(text.value).then(
      () => {
        said.textContent = "Copied.";
      },
      () => {
        said.textContent = "Selected; copy it with the keyboard.";
      },
    );
  });
}
export {};

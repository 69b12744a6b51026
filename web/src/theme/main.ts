/** Light or dark: the system's choice, until the reader makes another one. */

const KEY = "theme";
const root = document.documentElement;

function kept(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // From file:// or with storage switched off: the choice lasts for the page.
  }
}

function isDark(): boolean {
  return (root.dataset["theme"] ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
}

function show(button: HTMLButtonElement): void {
  button.setAttribute("aria-pressed", String(isDark()));
}

const chosen = kept();
if (chosen === "light" || chosen === "dark") {
  root.dataset["theme"] = chosen;
}
const button = document.querySelector<HTMLButtonElement>("button[data-theme-switch]");
if (button) {
  button.hidden = false;
  show(button);
  button.addEventListener("click", () => {
    const theme = isDark() ? "light" : "dark";
    root.dataset["theme"] = theme;
    try {
      localStorage.setItem(KEY, theme);
    } catch {
      // Not kept; shown all the same.
    }
    show(button);
  });
}

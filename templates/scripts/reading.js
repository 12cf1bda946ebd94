import { byId, remembered, say } from "./page.js";

const THEMES = { auto: "themeAuto", light: "themeLight", dark: "themeDark" };

export function startTheme() {
  const toggle = byId("theme");
  let theme = remembered("theme") ?? "auto";
  const show = () => {
    if (!(theme in THEMES)) theme = "auto";
    if (theme === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    toggle.textContent = say(THEMES[theme]);
  };
  toggle.addEventListener("click", () => {
    const names = Object.keys(THEMES);
    theme = names[(names.indexOf(theme) + 1) % names.length];
    remembered("theme", theme);
    show();
  });
  show();
}

/** One button for all folded parts. */
export function startFolds() {
  const toggle = byId("replier");
  let open = false;
  const show = () => {
    toggle.textContent = say(open ? "fold" : "unfold");
  };
  toggle.addEventListener("click", () => {
    open = !open;
    for (const details of document.querySelectorAll("main details")) details.open = open;
    show();
  });
  show();
}

/** What scrolls by itself must be reached by the keyboard. */
export function startScrollers() {
  const look = () => {
    for (const table of document.querySelectorAll("main table, .sheet table")) {
      if (table.scrollWidth > table.clientWidth + 1) table.tabIndex = 0;
      else table.removeAttribute("tabindex");
    }
  };
  let waiting;
  addEventListener("resize", () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, 200);
  });
  look();
}

import type { PageElement } from "./ext-types.ts";
import type { PageWindow } from "./page-types.ts";

declare const window: PageWindow;

/** Runs inside the page: writes down what it is built of. Must not refer to anything outside itself. */
export function installDom(): void {
  const library = window.__constat;
  const ELEMENT = 1;
  const TEXT = 3;
  const UNSEEN = new Set(["SCRIPT", "STYLE", "NOSCRIPT", "TEMPLATE", "LINK", "META", "HEAD"]);
  // Generated afresh at each load, or pointing at what is.
  const GENERATED = /^(?:id|for|name|style|data-.*|aria-.*|on.*|href|src|action|tabindex|role)$/;
  const COUNTED = /(?:-|_)?\d{3,}(?=$|[-_])/g;

  const words = (text: string) => text.replace(/\s+/g, " ").trim();

  const write = (element: PageElement, lines: string[], depth: string): void => {
    if (UNSEEN.has(element.tagName) || element.matches(".constat-cover")) return;
    const kept = [...element.attributes]
      .filter(({ name }) => !GENERATED.test(name))
      .map(({ name, value }) => `${name}=${JSON.stringify(words(value).replace(COUNTED, ""))}`)
      .sort();
    lines.push(`${depth}${[element.tagName.toLowerCase(), ...kept].join(" ")}`);
    for (const child of element.childNodes) {
      if (child.nodeType === ELEMENT) write(child, lines, `${depth} `);
      else if (child.nodeType === TEXT && words(child.nodeValue ?? "") !== "")
        lines.push(`${depth} "${words(child.nodeValue ?? "")}"`);
    }
    if (element.shadowRoot)
      for (const child of element.shadowRoot.children as Iterable<PageElement> & ArrayLike<PageElement>)
        write(child, lines, `${depth} `);
    const { type, value } = element;
    if (value !== undefined && value !== "" && type !== "password" && type !== "hidden")
      lines.push(`${depth} = ${JSON.stringify(value)}`);
  };

  library.dom = () => {
    const lines: string[] = [];
    write(window.document.body, lines, "");
    return lines.join("\n");
  };
}

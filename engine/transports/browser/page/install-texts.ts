import type { PageElement, PageText } from "./ext-types.ts";
import type { PageWindow } from "./page-types.ts";

declare const window: PageWindow;

/** Runs inside the page: what is written on it, line by line, and how words are covered. Must not refer to anything outside itself. */
export function installTexts(): void {
  const library = window.__constat;
  const SHOW_TEXT = 4;
  const SHOW_ELEMENT = 1;
  const UNSEEN = new Set(["SCRIPT", "STYLE", "NOSCRIPT", "TEMPLATE", "TITLE"]);

  /** A page and every open shadow below it. */
  const trees = (root: PageElement): readonly PageElement[] => {
    const found: PageElement[] = [root];
    const walker = window.document.createTreeWalker(root, SHOW_ELEMENT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const shadow = (node as unknown as PageElement).shadowRoot;
      if (shadow) found.push(...trees(shadow));
    }
    return found;
  };

  library.textNodes = (root) => {
    const found: PageText[] = [];
    for (const tree of trees(root)) {
      const walker = window.document.createTreeWalker(tree, SHOW_TEXT);
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        if ((node.nodeValue ?? "").trim() === "" || UNSEEN.has(node.parentElement?.tagName ?? "")) continue;
        found.push(node);
      }
    }
    return found;
  };

  library.inputsOf = (root) =>
    trees(root).flatMap((tree) =>
      [
        ...(/^(?:INPUT|TEXTAREA)$/.test(tree.tagName ?? "") ? [tree] : []),
        ...tree.querySelectorAll("input,textarea"),
      ].filter(
        ({ type }) => !["checkbox", "radio", "submit", "button", "hidden", "image", "file"].includes(type ?? ""),
      ),
    );

  const block = (text: PageText): PageElement | null => {
    let element = text.parentElement;
    while (element?.parentElement && window.getComputedStyle(element).display.startsWith("inline"))
      element = element.parentElement;
    return element;
  };

  // A word may be cut in pieces by marks within a line: they are read together.
  library.lines = () => {
    const lines: PageText[][] = [];
    let last: PageElement | null | undefined;
    for (const text of library.textNodes(window.document.body)) {
      const place = block(text);
      if (place === last) lines.at(-1)?.push(text);
      else lines.push([text]);
      last = place;
    }
    return lines;
  };

  library.texts = () => [
    ...library.lines().map((line) => line.map(({ nodeValue }) => nodeValue ?? "").join("")),
    ...library.inputsOf(window.document.body).map(({ value, type }) => (type === "password" ? "" : (value ?? ""))),
  ];

  const pen = window.document.createElement("canvas").getContext?.("2d") ?? undefined;

  // As wide as the words were, so that nothing beside them moves and their length is not told.
  library.coverWords = (text, element) => {
    if (pen === undefined || element === null) return text.replace(/\S/gu, "•");
    pen.font = window.getComputedStyle(element).font;
    const width = (word: string) => pen.measureText(word).width;
    const dot = width("•");
    const hair = width("\u200a");
    return text.replace(/[^\s•]+/gu, (word) => {
      const wide = width(word);
      const dots = Math.max(1, Math.floor(wide / dot));
      const rest = hair > 0 ? Math.min(12, Math.max(0, Math.round((wide - dots * dot) / hair))) : 0;
      return "•".repeat(dots) + "\u200a".repeat(rest);
    });
  };
}

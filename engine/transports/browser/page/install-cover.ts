import type { ExtComponent, PageElement, PageText } from "./ext-types.ts";
import type { CoverRules, PageWindow, Want } from "./page-types.ts";

declare const window: PageWindow;

/** Runs inside the page: covers secrets, holds volatile values still, and shows both again. Must not refer to anything outside itself. */
export function installCover(): void {
  const library = window.__constat;
  const BOX = "constat-cover";
  /** What we wrote into a text, and what stood there. */
  const texts = new Map<PageText, { written: string; before: string }>();
  const undo: (() => void)[] = [];
  const touched = new Set<PageElement>();
  const fields = new Set<ExtComponent>();
  /** What stood in the places that were covered. */
  const words = new Set<string>();
  let observer: { disconnect(): void; takeRecords(): unknown } | undefined;

  const write = (text: PageText, value: string): void => {
    const now = text.nodeValue ?? "";
    if (now === value) return;
    const known = texts.get(text);
    texts.set(text, { written: value, before: known?.written === now ? known.before : now });
    text.nodeValue = value;
  };

  const isOurs = (text: PageText): boolean => texts.get(text)?.written === text.nodeValue;

  const box = (element: PageElement): void => {
    const { left, top, width, height } = element.getBoundingClientRect();
    if (width === 0 || height === 0) return;
    const cover = window.document.createElement("div");
    cover.setAttribute("class", BOX);
    cover.style.cssText = `position:fixed;left:${left}px;top:${top}px;width:${width}px;height:${height}px;background:#8a8f98;z-index:2147483646;pointer-events:none`;
    window.document.body.append(cover);
  };

  const fieldOf = (input: PageElement): ExtComponent | undefined =>
    library
      .query("field")
      .find((each) => each.inputEl?.dom === input && each.isXType("textfield") && !each.isXType("pickerfield"));

  const coverInput = (input: PageElement, change: (value: string) => string): void => {
    const before = input.value ?? "";
    const value = change(before);
    if (value === before || touched.has(input)) return;
    touched.add(input);
    const field = fieldOf(input);
    if (field?.setValue === undefined || field.isXType("numberfield")) {
      input.value = value;
      undo.push(() => {
        if (input.value === value) input.value = before;
      });
      return;
    }
    // Through the component, so that a later render does not bring it back; and without a word to its form, which would judge it.
    const held = field.getValue?.();
    field.suspendCheckChange = (field.suspendCheckChange ?? 0) + 1;
    field.setValue(value);
    if (input.value !== value) input.value = value;
    undo.push(() => {
      field.setValue?.(held);
      field.suspendCheckChange = (field.suspendCheckChange ?? 1) - 1;
    });
  };

  const textOnly = (element: PageElement): readonly PageText[] => library.textNodes(element);

  const GRAPHICS = "canvas,img,svg,iframe,video,object,embed";

  const coverElement = (element: PageElement): void => {
    const written = textOnly(element);
    for (const text of written) {
      if (isOurs(text)) continue;
      words.add((text.nodeValue ?? "").trim());
      write(text, library.coverWords(text.nodeValue ?? "", text.parentElement));
    }
    const inputs = library.inputsOf(element);
    for (const input of inputs) {
      if (!touched.has(input)) words.add((input.value ?? "").trim());
      coverInput(input, (value) => value.replace(/\S/gu, "•"));
    }
    const graphics = [...element.querySelectorAll(GRAPHICS)];
    // Where there is nothing to replace, a box is what remains.
    const boxed = element.matches(GRAPHICS) || written.length + inputs.length + graphics.length === 0;
    for (const each of boxed ? [element] : graphics) box(each);
  };

  const freezeElement = (element: PageElement, mark: string): void => {
    const charts = element.matches("canvas,svg") ? [element] : [...element.querySelectorAll("canvas,svg")];
    const written = textOnly(element);
    // A chart keeps its title, and a value its label, which stands before it.
    const values = charts.length > 0 ? [] : written.slice(written.length > 1 ? 1 : 0);
    for (const [index, text] of values.entries()) if (!isOurs(text)) write(text, index === 0 ? mark : "");
    for (const input of library.inputsOf(element)) coverInput(input, () => mark);
    for (const bar of element.querySelectorAll(".x-progress-bar,.x-progress")) box(bar);
    for (const each of charts) box(each);
  };

  /** Applies a change to every match on the whole page, within texts that may be in pieces; how many there were. */
  const everywhere = (pattern: RegExp, change: (found: string, element: PageElement | null) => string): number => {
    let count = 0;
    for (const line of library.lines()) {
      const whole = line.map(({ nodeValue }) => nodeValue ?? "").join("");
      // What we wrote ourselves is no match, or each pass would find the last one's marks.
      const free = whole.replace(/•+\u200a*|‹[^‹›]*›/g, (ours) => "\ufffc".repeat(ours.length));
      const matches = [...free.matchAll(pattern)].filter(([found]) => /[^\ufffc]/.test(found));
      count += matches.length;
      let start = 0;
      for (const text of line) {
        const value = text.nodeValue ?? "";
        const end = start + value.length;
        let changed = "";
        let at = start;
        for (const match of matches) {
          const from = Math.max(match.index, start);
          const to = Math.min(match.index + match[0].length, end);
          if (from >= to) continue;
          changed +=
            whole.slice(at, from) +
            (from === match.index || change === cover ? change(whole.slice(from, to), text.parentElement) : "");
          at = to;
        }
        changed += whole.slice(at, end);
        write(text, changed);
        start = end;
      }
    }
    for (const input of library.inputsOf(window.document.body)) {
      if (!pattern.test(input.value ?? "")) continue;
      count += 1;
      coverInput(input, (value) => value.replace(pattern, (found) => change(found, null)));
    }
    return count;
  };

  const cover = (found: string, element: PageElement | null) => library.coverWords(found, element);

  const apply = (want: Want, rules: CoverRules) => {
    for (const each of [...window.document.querySelectorAll(`.${BOX}`)]) each.remove();
    const spots = rules.spots.map((spot) => {
      const elements = library.elements(want, spot).map((each) => ({ each, field: library.fieldAt(each) }));
      for (const { each, field } of elements) {
        if (field !== undefined) fields.add(field);
        coverElement(field?.bodyEl?.dom ?? each);
      }
      return elements.length;
    });
    const frozen = rules.freeze.map((freeze) => {
      if ("text" in freeze) return everywhere(new RegExp(freeze.text, freeze.flags), () => rules.mark);
      const elements = library.elements(want, freeze).map((each) => library.fieldAt(each)?.bodyEl?.dom ?? each);
      for (const each of elements) freezeElement(each, rules.mark);
      return elements.length;
    });
    const patterns = rules.patterns.map(({ text, flags }) => everywhere(new RegExp(text, flags), cover));
    return { spots, frozen, patterns, words: [...words] };
  };

  library.cover = (want, rules) => {
    const found = apply(want, rules);
    // A poll paints cells anew: they are covered again before they are drawn.
    const watch = new window.MutationObserver(() => {
      apply(want, rules);
      watch.takeRecords();
    });
    watch.observe(window.document.body, { subtree: true, childList: true, characterData: true });
    observer = watch;
    return found;
  };

  library.isCovered = (component) => fields.has(component);

  library.uncover = () => {
    observer?.disconnect();
    observer = undefined;
    for (const [text, { written, before }] of texts) if (text.nodeValue === written) text.nodeValue = before;
    for (const each of undo.reverse()) each();
    for (const each of [...window.document.querySelectorAll(`.${BOX}`)]) each.remove();
    texts.clear();
    undo.length = 0;
    touched.clear();
    fields.clear();
    words.clear();
  };
}

import type { ExtComponent, PageElement, PageWindow, Want } from "./page-types.ts";

declare const window: PageWindow;

/** Runs inside the page: fills fields, covers secrets, and uncovers them. Must not refer to anything outside itself. */
export function installTouch(): void {
  const library = window.__constat;
  let undo: (() => void)[] = [];

  const named = (want: Want, name: string): readonly ExtComponent[] => {
    const root = library.root(want);
    if (root === undefined) return [];
    return library.fieldsOf(root).filter((each) => (each.getName?.() ?? each.name) === name);
  };

  // Some fields have no name before their form is sent: a component query within the window finds them.
  const target = (want: Want, key: string): ExtComponent | undefined => {
    const [, query] = /^component:(.+)$/s.exec(key) ?? [];
    if (query === undefined) return named(want, key)[0];
    const root = library.root(want);
    const inside = root === undefined ? [] : library.fieldsOf(root);
    return library.query(query.trim()).find((each) => inside.includes(each));
  };

  library.fill = (want, values) =>
    Object.entries(values).flatMap(([name, value]) => {
      const field = target(want, name);
      if (field?.setValue === undefined) return [name];
      field.setValue(value);
      return [];
    });

  library.invalid = (want, names) =>
    names.flatMap((name) => {
      const field = target(want, name);
      if (field === undefined) return [`${name} : champ absent`];
      return (field.getErrors?.(field.getRawValue?.() ?? field.getValue?.()) ?? []).map(
        (error) => `${name} : ${error}`,
      );
    });

  library.quiet = (hideLog, keepFocus) => {
    if (hideLog) for (const panel of library.query("pveStatusPanel")) panel.hide();
    window.document.body.style["caretColor"] = "transparent";
    // A focused combo opens its list by itself.
    if (!keepFocus) window.document.activeElement?.blur?.();
  };

  const covered = (text: string) => text.replace(/\S/gu, "•");

  const coverTexts = (element: PageElement): void => {
    const SHOW_TEXT = 4;
    const walker = window.document.createTreeWalker(element, SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const text = node;
      const before = text.nodeValue;
      text.nodeValue = covered(before ?? "");
      undo.push(() => {
        text.nodeValue = before;
      });
    }
    const inputs = [element, ...element.querySelectorAll("input,textarea")].filter((each) => each.value !== undefined);
    for (const input of inputs) {
      const before = input.value ?? "";
      input.value = covered(before);
      undo.push(() => {
        input.value = before;
      });
    }
  };

  const coverField = (field: ExtComponent): void => {
    const before = field.getValue?.();
    if (before === undefined || before === null || field.setValue === undefined) return;
    // Through the component, so that a later re-render does not bring it back.
    field.setValue(covered(String(before)));
    undo.push(() => field.setValue?.(before));
  };

  library.mask = (want, spots) =>
    spots.map((spot) => {
      const fields =
        spot.field !== undefined
          ? named(want, spot.field)
          : spot.component !== undefined
            ? library.query(spot.component).filter((each) => each.isFormField === true)
            : [];
      const elements = library.elements(want, spot);
      for (const field of fields) coverField(field);
      if (fields.length === 0) for (const element of elements) coverTexts(element);
      return Math.max(fields.length, elements.length);
    });

  library.unmask = () => {
    for (const each of undo.reverse()) each();
    undo = [];
  };

  library.closeWindows = () => {
    for (const each of library.query("window")) each.close();
    return library.query("window").length;
  };
}

import type { ExtComponent } from "./ext-types.ts";
import type { PageWindow, Want } from "./page-types.ts";

declare const window: PageWindow;

/** Runs inside the page: fills fields, and takes away what is in the way. Must not refer to anything outside itself. */
export function installTouch(): void {
  const library = window.__constat;

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

  library.present = (want, names) => names.filter((name) => target(want, name) !== undefined);

  library.errors = (want) => {
    const root = library.root(want);
    return (root === undefined ? [] : library.fieldsOf(root)).flatMap((field) =>
      (field.getErrors?.(field.getRawValue?.() ?? field.getValue?.()) ?? []).map(
        (error) => `${field.getName?.() ?? field.name ?? field.xtype} : ${error}`,
      ),
    );
  };

  library.invalid = (want, names) =>
    names.flatMap((name) => {
      const field = target(want, name);
      if (field === undefined) return [`${name} : champ absent`];
      return (field.getErrors?.(field.getRawValue?.() ?? field.getValue?.()) ?? []).map(
        (error) => `${name} : ${error}`,
      );
    });

  library.arrange = (want) => {
    if (want.type !== "view") return;
    // A panel that another picture hid is to be found too.
    for (const panel of window.Ext?.ComponentQuery.query("pveStatusPanel") ?? []) {
      if (panel.rendered !== true) continue;
      const shown = panel.isVisible(false);
      if (want.log && !shown) panel.show();
      if (!want.log && shown) panel.hide();
    }
  };

  library.quiet = (keepFocus) => {
    window.document.body.style["caretColor"] = "transparent";
    // A focused combo opens its list by itself.
    const { activeElement } = window.document;
    if (!keepFocus) activeElement?.blur?.();
    // A field that is left may be judged a moment later; a tree or a table that is left is not.
    return !keepFocus && ["INPUT", "TEXTAREA"].includes(activeElement?.tagName ?? "");
  };

  library.closeWindows = () => {
    for (const each of library.query("window")) each.close();
    return library.query("window").length;
  };
}

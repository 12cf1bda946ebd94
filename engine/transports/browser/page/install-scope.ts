import type { ExtComponent, ExtRecord, PageElement } from "./ext-types.ts";
import type { PageLibrary, PageWindow, Want } from "./page-types.ts";

declare const window: PageWindow;

/** Runs inside the page: finds the components that a picture is about. Must not refer to anything outside itself. */
export function installScope(): void {
  // Widgets that are no components (the surfaces of a chart) throw when asked.
  const shows = (c: ExtComponent): boolean => {
    try {
      return c.rendered === true && c.isVisible(true);
    } catch {
      return false;
    }
  };

  const query = (text: string): readonly ExtComponent[] => (window.Ext?.ComponentQuery.query(text) ?? []).filter(shows);

  const card = (): ExtComponent | undefined => {
    const panel = window.Ext?.getCmp("content")?.getLayout?.().getActiveItem?.() ?? undefined;
    return panel?.getLayout?.().getActiveItem?.() ?? undefined;
  };

  const root = (want: Want): ExtComponent | undefined => {
    if (want.type === "page") return undefined;
    return want.type === "view" ? card() : query(want.window)[0];
  };

  const inside = (top: ExtComponent): readonly ExtComponent[] => [
    top,
    ...(window.Ext?.ComponentQuery.query("*", top) ?? []).filter(shows),
  ];

  const records = (table: ExtComponent): readonly ExtRecord[] => {
    const store = table.isXType("treepanel") ? table.getView?.().getStore() : table.getStore?.();
    return store?.getRange() ?? [];
  };

  // 1, "1" and true are equal: Proxmox mixes them from one call to the next.
  const plain = (value: unknown) => (typeof value === "boolean" ? (value ? "1" : "0") : String(value));

  // biome-ignore lint/performance/useDomNodeTextContent: hidden text is not on the picture
  const textOf = (element: PageElement | undefined) => (element?.innerText ?? "").replace(/\s+/g, " ").trim();

  const messages = (): readonly string[] => query("messagebox").map((box) => textOf(box.el?.dom));

  const library: Partial<PageLibrary> = {
    query,
    root,
    inside,
    records,
    messages,
    textOf,
    tables: (top) => inside(top).filter((c) => c.isXType("tablepanel")),
    fieldsOf: (top) => inside(top).filter((c) => c.isFormField === true),
    matches: (record, where) =>
      Object.entries(where).every(([key, value]) => {
        const held = record.data[key];
        return held !== undefined && held !== null && plain(held) === plain(value);
      }),
    windows: () => query("window").map((w) => `${w.$className} « ${w.title ?? ""} »`),
    values: (text) =>
      query(text).map((c) => {
        const value = c.getValue?.();
        return {
          value: value === undefined ? null : JSON.parse(JSON.stringify(value)),
          shown: String(c.getRawValue?.() ?? textOf(c.el?.dom)),
        };
      }),
  };
  window.__constat = Object.assign(window.__constat ?? {}, library);
}

import type { ExtComponent } from "./ext-types.ts";
import type { PageField, PageGrid, PageReading, PageWindow } from "./page-types.ts";

declare const window: PageWindow;

/** Runs inside the page: reads what its components hold and show. Must not refer to anything outside itself. */
export function installRead(): void {
  const library = window.__constat;
  const oneLine = (text: string) => text.replace(/\s+/g, " ").trim();

  // Records carry dates, functions and cycles here and there: keep what JSON can say.
  const plainData = (data: Readonly<Record<string, unknown>>): Record<string, unknown> => {
    const kept: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(data)) {
      if (value === undefined || value === null || typeof value === "function") continue;
      try {
        kept[key] = JSON.parse(JSON.stringify(value));
      } catch {
        kept[key] = String(value);
      }
    }
    return kept;
  };

  const titleOf = (component: ExtComponent): string => {
    const titled = component.title === undefined ? component.up("[title]") : component;
    return oneLine(titled?.title ?? "");
  };

  const grid = (table: ExtComponent): PageGrid => {
    const records = library.records(table);
    const view = table.getView?.();
    const cells = records.map((record) => {
      const row = view?.getNode(record);
      return row ? [...row.querySelectorAll(".x-grid-cell-inner")].map((cell) => library.textOf(cell)) : [];
    });
    return {
      id: table.id,
      xtype: table.xtype,
      title: titleOf(table),
      columns: (table.getVisibleColumns?.() ?? []).map((column) => oneLine(column.text ?? "")),
      rows: records.map((record) => plainData(record.data)),
      cells,
    };
  };

  const field = (component: ExtComponent): PageField => {
    const secret = component.inputType === "password" || library.isCovered(component);
    const value = component.getValue?.();
    return {
      name: component.getName?.() ?? component.name ?? "",
      label: oneLine(component.fieldLabel ?? component.boxLabel ?? ""),
      xtype: component.xtype,
      value: secret ? "•••" : value === undefined ? null : JSON.parse(JSON.stringify(value)),
      shown: secret ? "•••" : oneLine(String(component.getRawValue?.() ?? value ?? "")),
      errors: [...(component.getErrors?.() ?? [])],
    };
  };

  const resources = () => {
    const tree = library.query("pveResourceTree")[0];
    const selection = tree?.getSelection?.();
    const keep = ["id", "text", "type", "node", "status", "online", "running"];
    return {
      selected: Array.isArray(selection) ? String(selection[0]?.data["id"] ?? "") : "",
      resources: (tree === undefined ? [] : library.records(tree)).map((record) =>
        Object.fromEntries(Object.entries(plainData(record.data)).filter(([key]) => keep.includes(key))),
      ),
    };
  };

  library.read = (want, textScope): PageReading => {
    const root = library.root(want);
    const fields = root === undefined ? [] : library.fieldsOf(root).map(field);
    const panel = window.Ext?.getCmp("content")?.getLayout?.().getActiveItem?.() ?? undefined;
    const choice = panel?.down("#menu")?.getSelection?.();
    const element =
      textScope === "page" || root === undefined
        ? window.document.body
        : textScope === "content"
          ? (window.Ext?.getCmp("content")?.el?.dom ?? window.document.body)
          : root.el?.dom;
    const typed = fields.filter(({ xtype }) => xtype !== "displayfield").map(({ label, shown }) => `${label} ${shown}`);
    return {
      window: want.type === "login" || want.type === "dialog" ? oneLine(root?.title ?? "") : "",
      tab: choice && !Array.isArray(choice) && "data" in choice ? oneLine(String(choice.data["text"] ?? "")) : "",
      tree: resources(),
      grids: root === undefined ? [] : library.tables(root).map(grid),
      fields,
      buttons: library
        .query("button")
        .flatMap((b) => (b.text ? [{ text: oneLine(b.text), disabled: b.disabled === true }] : [])),
      // What is typed into inputs is no text of the page.
      // biome-ignore lint/performance/useDomNodeTextContent: hidden text is not on the picture
      text: [element?.innerText ?? "", ...typed].join("\n"),
    };
  };
}

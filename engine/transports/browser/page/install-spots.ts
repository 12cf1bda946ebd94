import type { ExtComponent, PageElement } from "./ext-types.ts";
import type { PageWindow } from "./page-types.ts";

declare const window: PageWindow;

/** Runs inside the page: finds the elements that an author points at. Must not refer to anything outside itself. */
export function installSpots(): void {
  const library = window.__constat;
  const dom = (component: ExtComponent): readonly PageElement[] => {
    const element = component.el?.dom;
    return element === undefined ? [] : [element];
  };

  const cellsOf = (table: ExtComponent, dataIndex: string): readonly PageElement[] => {
    const columns = table.getVisibleColumns?.() ?? [];
    const view = table.getView?.();
    return library.records(table).flatMap((record) => {
      const row = view?.getNode(record);
      const cells = row ? [...row.querySelectorAll(".x-grid-cell-inner")] : [];
      return cells.filter((_, index) => columns[index]?.dataIndex === dataIndex);
    });
  };

  library.fieldAt = (element) => library.query("field").find((each) => each.el?.dom === element);

  library.elements = (want, spot) => {
    if (spot.selector !== undefined) return [...window.document.querySelectorAll(spot.selector)];
    if (spot.component !== undefined) return library.query(spot.component).flatMap(dom);
    const root = library.root(want);
    if (root === undefined) return [];
    const { field, button, row, column } = spot;
    if (column !== undefined) return library.tables(root).flatMap((table) => cellsOf(table, column));
    if (field !== undefined) {
      return library
        .fieldsOf(root)
        .filter((each) => (each.getName?.() ?? each.name) === field)
        .flatMap(dom);
    }
    if (button !== undefined) {
      const named = (each: ExtComponent) => each.reference === button || each.itemId === button;
      return library.query("button").filter(named).flatMap(dom);
    }
    if (row === undefined) return [];
    return library.tables(root).flatMap((table) =>
      library.records(table).flatMap((record) => {
        const node = library.matches(record, row) ? table.getView?.().getNode(record) : null;
        return node ? [node] : [];
      }),
    );
  };

  library.boxes = (want, spot) =>
    library.elements(want, spot).flatMap((element) => {
      element.scrollIntoView({ block: "nearest" });
      const { left, top, width, height } = element.getBoundingClientRect();
      return width > 0 && height > 0 ? [{ x: left, y: top, width, height }] : [];
    });

  library.button = (text, index) => {
    const found = library.query(text)[index];
    return found === undefined ? undefined : asButton(found);
  };

  library.menuEntry = (text) => {
    // Nothing shows before the menu is open: what is hidden counts here.
    const entry = (window.Ext?.ComponentQuery.query(text) ?? []).find((each) => {
      const button = each.up("button");
      return button !== undefined && library.query("button").includes(button);
    });
    if (entry === undefined) return undefined;
    const button = entry.up("button");
    return { entry: asButton(entry), button: button === undefined ? undefined : asButton(button) };
  };

  // Its class since 8.3; it has one button, of which nothing but its place is known.
  library.consent = () => {
    const agreed = library.query("window[$className=Proxmox.window.ConsentModal]")[0];
    return agreed?.down("button")?.el?.dom.id;
  };

  library.wizard = (want) => {
    const root = library.root(want);
    const pages = root?.down("#wizcontent");
    const next = root?.down("#next");
    const shown = pages?.getLayout?.().getActiveItem?.() ?? undefined;
    if (pages === undefined || next === undefined || shown === undefined) return undefined;
    return { page: pages.items?.indexOf?.(shown) ?? -1, title: shown.title ?? "", next: asButton(next) };
  };

  const asButton = (found: ExtComponent) => {
    const element = found.el?.dom;
    return {
      id: element?.id ?? "",
      disabled: found.disabled === true,
      // The button that sends a form is bound to its validity, or stands at the foot of the form's window.
      // Its name is submitbutton, submitButton or submit, by window; the migration's is bound to no form.
      submits:
        found.formBind === true ||
        [found.itemId, found.reference].some((name) => /^submit(?:button)?$/i.test(name ?? "")),
      text: library.textOf(element),
    };
  };
}

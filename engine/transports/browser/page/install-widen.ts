import type { ExtComponent, PageElement } from "./ext-types.ts";
import type { PageWindow, Want } from "./page-types.ts";

declare const window: PageWindow;

/** Runs inside the page: makes room for texts that columns cut off, and says which remain cut. Must not refer to anything outside itself. */
export function installWiden(): void {
  const library = window.__constat;
  const undo: (() => void)[] = [];
  /** For the border and the rounding of a cell. */
  const SPARE = 2;

  interface Column {
    readonly column: ExtComponent;
    readonly width: number;
    readonly needed: number;
    readonly cut: boolean;
  }

  const headOf = (column: ExtComponent): PageElement | undefined =>
    [...(column.el?.dom.querySelectorAll(".x-column-header-text") ?? [])][0];

  const measure = (table: ExtComponent): readonly Column[] => {
    const view = table.getView?.();
    const rows = library.records(table).flatMap((record) => {
      const row = view?.getNode(record);
      return row ? [[...row.querySelectorAll(".x-grid-cell-inner")]] : [];
    });
    return (table.getVisibleColumns?.() ?? []).map((column, index) => {
      const width = column.getWidth?.() ?? 0;
      const head = headOf(column);
      const cells = rows.flatMap((cells) => cells[index] ?? []);
      const over = (element: PageElement) => element.scrollWidth - element.clientWidth;
      const excess = Math.max(0, ...[...(head === undefined ? [] : [head]), ...cells].map(over));
      const cut = excess > 0;
      return { column, width, needed: cut ? width + excess + SPARE : tight(width, head, cells), cut };
    });
  };

  /** The least that a column needs whose texts are all there. */
  const tight = (width: number, head: PageElement | undefined, cells: readonly PageElement[]): number => {
    const text = (element: PageElement): number => {
      const range = window.document.createRange();
      range.selectNodeContents(element);
      const lefts = [...range.getClientRects()].filter((rect) => rect.width > 0);
      if (lefts.length === 0) return 0;
      const left = Math.min(...lefts.map((rect) => rect.left));
      return Math.max(...lefts.map((rect) => rect.left + rect.width)) - left;
    };
    const room = 24;
    return Math.min(width, Math.max(0, ...[...(head === undefined ? [] : [head]), ...cells].map(text)) + room);
  };

  const hold = (column: ExtComponent, width: number): void => {
    const before = column.minWidth ?? null;
    const own = column.getWidth?.() ?? 0;
    if ((column.flex ?? 0) > 0) {
      column.minWidth = width;
      undo.push(() => {
        column.minWidth = before;
      });
    } else {
      column.setWidth?.(width);
      undo.push(() => column.setWidth?.(own));
    }
  };

  library.widen = (want) => {
    const root = library.root(want);
    for (const table of root === undefined ? [] : library.tables(root)) {
      const columns = measure(table);
      if (!columns.some(({ cut }) => cut)) continue;
      const whole = columns.reduce((sum, { width }) => sum + width, 0);
      // Room comes from flexible columns by themselves; beyond that from columns wider than what stands in them. Never by scrolling.
      const slack = columns.reduce((sum, { width, needed, cut }) => sum + (cut ? 0 : width - needed), 0);
      const room = table.getView?.().el?.dom.clientWidth || whole;
      // Where there is not enough for all, as many as can be are made whole.
      let left = room - whole + slack;
      const widened = columns
        .filter(({ cut }) => cut)
        .sort((a, b) => a.needed - a.width - (b.needed - b.width))
        .filter(({ needed, width }) => {
          left -= needed - width;
          return left >= 0;
        });
      if (widened.length === 0) continue;
      const wanted = whole + widened.reduce((sum, { needed, width }) => sum + needed - width, 0);
      const missing = Math.max(0, wanted - room);
      for (const each of columns) {
        const { column, needed, width, cut } = each;
        if (widened.includes(each)) hold(column, needed);
        else if (cut) continue;
        else if (missing > 0 && width > needed) hold(column, Math.floor(width - ((width - needed) * missing) / slack));
      }
      table.updateLayout?.();
      undo.push(() => table.updateLayout?.());
    }
  };

  library.narrow = () => {
    for (const each of undo) each();
    undo.length = 0;
  };

  library.cutColumns = (want: Want) => {
    const root = library.root(want);
    return (root === undefined ? [] : library.tables(root)).flatMap((table) =>
      measure(table).flatMap(({ column, cut }) =>
        cut ? [library.textOf(headOf(column)) || (column.dataIndex ?? "")] : [],
      ),
    );
  };
}

import type { ExtComponent, ExtGlobal, ExtRecord, ExtStore, PageElement, PageRect, PageText } from "./ext-types.ts";

/** What must be on the page: the login window, a tab of a resource, or a window over it. */
export type Want =
  | { readonly type: "page" }
  | { readonly type: "login"; readonly window: string }
  | {
      readonly type: "view";
      readonly rid: string;
      readonly tab: string;
      readonly loginWindow: string;
      /** The resources must have been loaded more often than this. */
      readonly loads: number;
      /** Whether the log at the bottom is to be seen. */
      readonly log: boolean;
    }
  | {
      readonly type: "dialog";
      readonly rid: string;
      readonly tab: string;
      readonly loginWindow: string;
      readonly loads: number;
      readonly log: boolean;
      readonly window: string;
    };

/** Conditions that are not met: `hard` ones must be, `soft` ones may never be (stores that nobody asked to load). */
export interface Unmet {
  readonly hard: readonly string[];
  readonly soft: readonly string[];
}

export interface PageGrid {
  readonly id: string;
  readonly xtype: string;
  readonly title: string;
  readonly columns: readonly string[];
  /** The records, as the page's store holds them. */
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  /** What each row shows, cell by cell; empty for a row that is not rendered. */
  readonly cells: readonly (readonly string[])[];
}

export interface PageField {
  readonly name: string;
  readonly label: string;
  readonly xtype: string;
  readonly value: unknown;
  readonly shown: string;
  readonly errors: readonly string[];
}

/** What the page shows in the scope of a picture. */
export interface PageReading {
  readonly window: string;
  readonly tab: string;
  readonly tree: { readonly selected: string; readonly resources: readonly Readonly<Record<string, unknown>>[] };
  readonly grids: readonly PageGrid[];
  readonly fields: readonly PageField[];
  readonly buttons: readonly { readonly text: string; readonly disabled: boolean }[];
  readonly text: string;
}

export interface PageBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A spot as the page understands it; the same shape as `Spot` of the model. */
export interface PageSpot {
  readonly field?: string;
  readonly row?: Readonly<Record<string, unknown>>;
  readonly button?: string;
  readonly component?: string;
  readonly selector?: string;
  readonly column?: string;
  readonly label?: string | undefined;
}

/** A pattern to be met anywhere on the page; `flags` hold `g`. */
export interface PagePattern {
  readonly text: string;
  readonly flags: string;
}

/** What is replaced for the time of a picture. */
export interface CoverRules {
  readonly spots: readonly PageSpot[];
  readonly patterns: readonly PagePattern[];
  readonly freeze: readonly (PageSpot | PagePattern)[];
  /** Stands in the place of a volatile value. */
  readonly mark: string;
}

/** How often each rule met something, in the order of the rules. */
export interface Covered {
  readonly spots: readonly number[];
  readonly frozen: readonly number[];
  readonly patterns: readonly number[];
  /** What stood in the covered places. */
  readonly words: readonly string[];
}

export interface PageButton {
  readonly id: string;
  readonly disabled: boolean;
  readonly submits: boolean;
  readonly text: string;
}

/** What lives in the page under `__constat`; installed before the page's own scripts. */
export interface PageLibrary {
  query(query: string): readonly ExtComponent[];
  root(want: Want): ExtComponent | undefined;
  inside(root: ExtComponent): readonly ExtComponent[];
  tables(root: ExtComponent): readonly ExtComponent[];
  records(table: ExtComponent): readonly ExtRecord[];
  /** Text as it is shown, on one line. */
  textOf(element: PageElement | undefined): string;
  matches(record: ExtRecord, where: Readonly<Record<string, unknown>>): boolean;
  fieldsOf(root: ExtComponent): readonly ExtComponent[];
  /** Error boxes and windows that are open, in words. */
  messages(): readonly string[];
  windows(): readonly string[];
  unmet(want: Want): Unmet;
  read(want: Want, textScope: "page" | "content" | "window"): PageReading;
  values(query: string): readonly { readonly value: unknown; readonly shown: string }[];
  elements(want: Want, spot: PageSpot): readonly PageElement[];
  boxes(want: Want, spot: PageSpot): readonly PageBox[];
  button(query: string, index: number): PageButton | undefined;
  /** The first menu entry of a query, shown or not, and the button whose menu holds it; what is missing is undefined. */
  menuEntry(query: string): { readonly entry: PageButton; readonly button: PageButton | undefined } | undefined;
  /** The button that closes a text to be agreed to, which stands before the login window where a site has one. */
  consent(): string | undefined;
  /** Of a window of several pages: which one shows (from 0), its title, and the button to the next one. */
  wizard(want: Want): { readonly page: number; readonly title: string; readonly next: PageButton } | undefined;
  fill(want: Want, values: Readonly<Record<string, unknown>>): readonly string[];
  /** Those of the names that a field has which is shown. */
  present(want: Want, names: readonly string[]): readonly string[];
  /** What the shown fields have to say against their values. */
  errors(want: Want): readonly string[];
  invalid(want: Want, names: readonly string[]): readonly string[];
  /** Shows or hides the log as wanted, as soon as there is one. */
  arrange(want: Want): void;
  /** Hides what blinks; takes the focus away unless told to leave it. Whether a field was left, which may change what is seen. */
  quiet(keepFocus: boolean): boolean;
  /** Texts that are not blank, in the order of the document, open shadows included. */
  textNodes(root: PageElement): readonly PageText[];
  inputsOf(root: PageElement): readonly PageElement[];
  /** The page's texts by the line that they stand in. */
  lines(): readonly (readonly PageText[])[];
  /** All that is written on the page, and in its inputs save passwords. */
  texts(): readonly string[];
  coverWords(text: string, element: PageElement | null): string;
  fieldAt(element: PageElement): ExtComponent | undefined;
  /** Covers and freezes, and keeps doing so while the page goes on, until `uncover`. */
  cover(want: Want, rules: CoverRules): Covered;
  isCovered(component: ExtComponent): boolean;
  uncover(): void;
  /** Makes columns wide enough for their texts as far as all of them fit; undone by `narrow`. */
  widen(want: Want): void;
  narrow(): void;
  /** Columns of which a text is cut off, and where. */
  cutColumns(want: Want): readonly string[];
  /** What the page is built of, as canonical text: elements, classes, texts, without ids that are made anew at each load. */
  dom(): string;
  /** Where something is written. */
  written(): readonly PageRect[];
  /** Frames with their notes, each note where it hides the least of what is written within the bounds. */
  highlight(
    marks: readonly { readonly box: PageBox; readonly text: string }[],
    bounds: PageBox,
    written: readonly PageRect[],
  ): void;
  closeWindows(): number;
}

export interface PageWindow {
  /** When its document began: tells one document of an address from the next. */
  readonly performance: { readonly timeOrigin: number; now(): number };
  readonly MutationObserver: new (
    callback: () => void,
  ) => {
    observe(root: PageElement, what: object): void;
    disconnect(): void;
    takeRecords(): unknown;
  };
  getComputedStyle(element: PageElement): { readonly display: string; readonly font: string };
  __constat: PageLibrary;
  readonly Ext?: ExtGlobal;
  readonly PVE?: { readonly VersionInfo?: unknown; readonly data?: { readonly ResourceStore?: ExtStore } };
  readonly location: { readonly origin: string; readonly href: string; hash: string };
  readonly innerWidth: number;
  readonly innerHeight: number;
  readonly document: {
    readonly readyState: string;
    readonly body: PageElement;
    readonly activeElement: PageElement | null;
    readonly fonts: { readonly status: string; check(font: string): boolean };
    createElement(tag: string): PageElement;
    createRange(): { selectNodeContents(node: unknown): void; getClientRects(): Iterable<PageRect> };
    createTreeWalker(root: PageElement, what: number): { nextNode(): PageText | null };
    querySelectorAll(selector: string): Iterable<PageElement>;
  };
}

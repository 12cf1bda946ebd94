/** The part of the DOM that the functions inside the page use; the engine itself is typed without a browser. */
export interface PageElement {
  readonly id: string;
  readonly children: ArrayLike<PageElement>;
  readonly parentElement: PageElement | null;
  readonly isConnected: boolean;
  readonly style: { cssText: string; [name: string]: string };
  readonly tagName: string;
  readonly shadowRoot?: PageElement | null;
  readonly scrollWidth: number;
  readonly clientWidth: number;
  readonly attributes: Iterable<{ readonly name: string; readonly value: string }>;
  readonly childNodes: Iterable<PageElement & PageText & { readonly nodeType: number }>;
  textContent: string | null;
  innerText: string;
  value?: string;
  checked?: boolean;
  type?: string;
  blur?(): void;
  remove(): void;
  append(...nodes: readonly PageElement[]): void;
  click(): void;
  decode?(): Promise<void>;
  matches(selector: string): boolean;
  getContext?(kind: "2d"): { font: string; measureText(text: string): { readonly width: number } } | null;
  closest(selector: string): PageElement | null;
  contains(other: PageElement | null): boolean;
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
  getBoundingClientRect(): PageRect;
  querySelectorAll(selector: string): Iterable<PageElement>;
  scrollIntoView(options: { block: "nearest" }): void;
  checkVisibility(options: { visibilityProperty: boolean }): boolean;
}

/** A piece of text. */
export interface PageText {
  nodeValue: string | null;
  readonly parentElement: PageElement | null;
}

/** A component of ExtJS, as far as 6.2 and 7.0 agree. */
export interface ExtComponent {
  readonly id: string;
  readonly itemId?: string;
  readonly reference?: string;
  readonly xtype: string;
  readonly $className: string;
  readonly name?: string;
  readonly title?: string;
  readonly text?: string;
  readonly fieldLabel?: string;
  readonly boxLabel?: string;
  readonly inputType?: string;
  readonly formBind?: boolean;
  readonly disabled?: boolean;
  readonly rendered?: boolean;
  readonly isFormField?: boolean;
  readonly store?: ExtStore;
  readonly rstore?: ExtStore;
  readonly statusStore?: ExtStore;
  readonly items?: { getCount(): number; indexOf?(item: ExtComponent): number };
  readonly el?: { readonly dom: PageElement };
  readonly inputEl?: { readonly dom: PageElement };
  readonly bodyEl?: { readonly dom: PageElement };
  /** Of a column: the key of the records' data. */
  readonly dataIndex?: string;
  readonly flex?: number | null;
  minWidth?: number | null;
  suspendCheckChange?: number;
  getWidth?(): number;
  setWidth?(width: number | null): void;
  updateLayout?(): void;
  isVisible(deep: boolean): boolean;
  isXType(type: string): boolean;
  isMasked?(): boolean;
  up(query: string): ExtComponent | undefined;
  down(query: string): ExtComponent | undefined;
  hide(): void;
  show(): void;
  close(): void;
  getLayout?(): { getActiveItem?(): ExtComponent | null };
  getStore?(): ExtStore;
  getView?(): ExtView;
  getSelection?(): readonly ExtRecord[] | ExtRecord | null;
  getVisibleColumns?(): readonly ExtComponent[];
  getRootNode?(): ExtNode;
  getName?(): string;
  getValue?(): unknown;
  getRawValue?(): unknown;
  setValue?(value: unknown): void;
  getErrors?(value?: unknown): readonly string[];
  isValid?(): boolean;
}

export interface ExtRecord {
  readonly data: Readonly<Record<string, unknown>>;
}

export interface ExtNode {
  readonly childNodes: readonly ExtNode[];
  isExpanded(): boolean;
  collapse(deep: boolean): void;
}

export interface ExtStore {
  readonly storeId?: string;
  readonly isStore?: boolean;
  readonly loadCount?: number;
  load?(): void;
  isLoaded?(): boolean;
  isLoading?(): boolean;
  getProxy?(): unknown;
  getRange(): readonly ExtRecord[];
}

export interface ExtView {
  readonly el?: { readonly dom: PageElement };
  getStore(): ExtStore;
  getNode(record: ExtRecord): PageElement | null;
}

/** A question to the API that is not answered yet; a store's own carries its operation. */
export interface ExtRequest {
  readonly options?: { readonly operation?: unknown };
  readonly requestOptions?: { readonly method?: string; readonly url?: string };
}

export interface ExtGlobal {
  readonly isReady: boolean;
  getCmp(id: string): ExtComponent | undefined;
  readonly ComponentQuery: { query(query: string, root?: ExtComponent): readonly ExtComponent[] };
  readonly WindowManager: { readonly mask?: { readonly dom: PageElement } };
  readonly data: { readonly proxy: { readonly Server: new (...args: never[]) => object } };
  readonly Ajax?: { readonly requests?: Readonly<Record<string, ExtRequest>> };
  readonly fx: { readonly Manager: { readonly items: { getCount(): number } } };
  readonly draw?: { readonly Animator?: { readonly animations: readonly unknown[] } };
}

export interface PageRect {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Everything a screen of the lab can show; the drawing is elsewhere. */
export type ScreenContent =
  | { readonly type: "off" }
  /** A text mode of 80 columns and more. */
  | { readonly type: "text"; readonly lines: readonly string[]; readonly cursor: boolean }
  /** A menu of the server's firmware. */
  | {
      readonly type: "menu";
      readonly title: string;
      readonly path: readonly string[];
      readonly items: readonly string[];
      readonly selected: number;
      readonly details: readonly string[];
    }
  | InstallerScreen;

/** A page of the graphical installer. */
export interface InstallerScreen {
  readonly type: "installer";
  readonly title: string;
  /** Left column; a paragraph a text, `**bold**` inside. */
  readonly left: readonly string[];
  /** Right column: bullets. */
  readonly right: readonly { readonly head: string; readonly text: string }[];
  readonly centred?: boolean | undefined;
  /** A frame of text in the middle (the licence). */
  readonly frame?: readonly string[] | undefined;
  readonly table?: readonly (readonly [string, string])[] | undefined;
  readonly fields: readonly InstallerField[];
  readonly progress?: { readonly text: string; readonly percent: number } | undefined;
  readonly buttons: { readonly abort: boolean; readonly previous: "on" | "off" | "none"; readonly next: string };
  /** A message on top, with one OK button. */
  readonly message?: string | undefined;
}

export type InstallerField =
  | {
      readonly type: "text" | "password";
      readonly label: string;
      readonly value: string;
      readonly focused: boolean;
      /** A second, small field behind a slash. */
      readonly suffix?: { readonly value: string; readonly focused: boolean } | undefined;
    }
  | {
      readonly type: "choice";
      readonly label: string;
      readonly value: string;
      readonly focused: boolean;
      /** A button beside it. */
      readonly button?: string | undefined;
      readonly dot?: boolean | undefined;
    }
  | { readonly type: "check"; readonly label: string; readonly checked: boolean; readonly button?: string | undefined };

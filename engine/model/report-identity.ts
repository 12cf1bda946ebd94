/** What the report says of itself: `rapport.yaml`, titles already in the typography of the language. */
export interface Identity {
  readonly title: string;
  readonly subtitle: string | null;
  readonly reference: string | null;
  readonly version: string;
  readonly confidentiality: string | null;
  readonly client: string | null;
  readonly authors: readonly string[];
  /** Who answers for the document, in the order of their signatures; dates as the author wrote them. */
  readonly people: readonly {
    readonly role: string;
    readonly name: string;
    readonly duty: string;
    readonly date: string;
  }[];
  readonly distribution: readonly string[];
  /** Oldest first; empty when the author keeps no history. */
  readonly versions: readonly {
    readonly version: string;
    readonly date: string;
    readonly author: string;
    readonly subject: string;
    /** SHA-256 of the report that it replaces. */
    readonly replaces: string | null;
  }[];
  /** Six hexadecimal digits with `#`. */
  readonly colour: string | null;
  /** A picture of the run folder, by its path below `data/`. */
  readonly logo: { readonly path: string; readonly mediaType: string } | null;
}

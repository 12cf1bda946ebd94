import type { Dialect } from "../state/dialect.ts";

/** A request that is not for the API. */
export interface UiRequest {
  /** Path and query. */
  readonly url: string;
  readonly method: string;
  readonly headers: {
    readonly cookie?: string | undefined;
    readonly "user-agent"?: string | undefined;
    readonly "accept-language"?: string | undefined;
  };
}

/** What the index page writes into itself for a browser with a valid cookie. */
export interface UiSession {
  readonly user: string;
  readonly csrf: string;
}

export interface UiContext {
  readonly node: string;
  readonly dialect: Dialect;
  /** "9.2.11" */
  readonly version: string;
  /** Datacenter option `language`, when set. */
  readonly language?: string | undefined;
  /** Datacenter option `consent-text` as it is kept: Base64. It stands before the login window. */
  readonly consent?: string | undefined;
}

export interface UiAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | string;
}

/** Serves the web interface; undefined means there is no such page. */
export type ServeUi = (
  request: UiRequest,
  session: UiSession | undefined,
  context: UiContext,
) => Promise<UiAnswer | undefined>;

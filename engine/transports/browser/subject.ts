import type { Page } from "puppeteer-core";
import type { Json } from "../../base/json.ts";
import type { Judgement } from "../../model/expectation.ts";
import type { PageReading, Want } from "./page/page-types.ts";
import type { ApiAnswer } from "./pve-session.ts";

/** A page that is ready to be photographed. */
export interface Subject {
  readonly page: Page;
  readonly want: Want;
  /** `Interface web de Proxmox VE 9.2 sur pve1`. */
  readonly name: string;
  /** What is kept beside the rows: version, view, dialog. */
  readonly facts: Readonly<Record<string, Json>>;
  /** Values that must show on no picture. */
  secrets(): readonly string[];
  /** Asks the API that backs the picture. */
  ask(path: string): Promise<ApiAnswer>;
  /** Compares what the page shows with what the API, asked at once, says of it; judgements of what differs. */
  compare(reading: Promise<PageReading>, ask: Subject["ask"]): Promise<readonly Judgement[]>;
}

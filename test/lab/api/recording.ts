import { readFileSync } from "node:fs";
import { join } from "node:path";

/** One call of a recording and what a real node answered. */
export interface Exchange {
  /** "9/api/misc.txt #3" */
  readonly id: string;
  readonly file: string;
  readonly method: string;
  /** "/cluster/status", without prefix and query. */
  readonly path: string;
  readonly query: string;
  readonly flavour: "json" | "extjs";
  /** Form fields as they were sent; percent-encoding not done yet. */
  readonly fields: Readonly<Record<string, string>>;
  /** "PVEAuthCookie=garbage", where one was given by hand. */
  readonly cookie: string | undefined;
  /** Another user than root, or the token that acted, where one did. */
  readonly user: string | undefined;
  /** Address of the node that was asked. */
  readonly host: string;
  readonly status: number;
  readonly reason: string;
  readonly connection: readonly string[];
  /** Undefined when the answer had no body. */
  readonly body: unknown;
}

const FOLDER = join(import.meta.dirname, "..", "..", "fixtures", "pve-outputs");

/** Reads the exchanges of a recording below test/fixtures/pve-outputs. */
export function readRecording(file: string): Exchange[] {
  const text = readFileSync(join(FOLDER, file), "utf8");
  return text
    .split(/^> /m)
    .slice(1)
    .flatMap((chunk, index) => parseExchange(`${file} #${index + 1}`, file, chunk) ?? []);
}

/** The text of any recording. */
export function readFixture(file: string): string {
  return readFileSync(join(FOLDER, file), "utf8");
}

function parseExchange(id: string, file: string, chunk: string): Exchange | undefined {
  const [requestLine = "", ...rest] = chunk.split("\n");
  const status = /^HTTP\/1\.1 (\d+) (.*)$/.exec(rest[0] ?? "");
  const target = /\/api2\/(json|extjs)(\/[^\s?]*)(?:\?(\S*))?/.exec(requestLine);
  if (!status || !target) return undefined;
  const blank = rest.indexOf("");
  const headers = rest.slice(1, blank);
  const bodyLine = rest.slice(blank + 1).find((line) => line.startsWith("{"));
  const fields = Object.fromEntries(
    [...requestLine.matchAll(/(?:-d|--data-urlencode) ([^\s=]+)=(\S*)/g)].map(([, name = "", value = ""]) => [
      name,
      value,
    ]),
  );
  const isPost = /^curl .*-d /.test(requestLine) || /-X POST/.test(requestLine);
  return {
    id,
    file,
    method: /^(GET|POST|PUT|DELETE) /.exec(requestLine)?.[1] ?? (isPost ? "POST" : "GET"),
    path: target[2] ?? "",
    query: target[3] ?? "",
    flavour: target[1] === "extjs" ? "extjs" : "json",
    fields,
    cookie: /-b (PVEAuthCookie=\S+)/.exec(requestLine)?.[1],
    user: /PVEAPIToken=(\S+)|username=(tester@\S+)/.exec(requestLine)?.[0],
    host: /10\.10\.10\.1\d/.exec(requestLine)?.[0] ?? "10.10.10.11",
    status: Number(status[1]),
    reason: status[2] ?? "",
    connection: headers
      .filter((line) => line.startsWith("Connection:"))
      .map((line) => line.slice("Connection: ".length)),
    body: bodyLine === undefined ? undefined : JSON.parse(bodyLine),
  };
}

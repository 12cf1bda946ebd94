import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { serveUi } from "../../../lab/ui/server.ts";
import { answerApi } from "./fixture-api.ts";
import type { FixtureState } from "./fixture-data.ts";

export interface FixtureServer {
  readonly origin: string;
  readonly state: FixtureState;
  close(): Promise<void>;
}

/** The lab's pages on loopback (which browsers trust with Secure cookies), in front of answers made by hand; `state` may be changed while it runs. */
export async function startFixtureServer(state: FixtureState): Promise<FixtureServer> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", async () => {
      const url = request.url ?? "/";
      const cookie = request.headers.cookie ?? "";
      const session = cookie.includes("PVEAuthCookie=PVE%3Aroot%40pam")
        ? { user: "root@pam", csrf: "token" }
        : undefined;
      const ui = await serveUi({ url, method: request.method ?? "GET", headers: request.headers }, session, {
        node: "pve1",
        dialect: state.dialect,
        version: state.dialect === "9" ? "9.2.11" : "8.4.21",
        language: state.language,
      });
      const answer =
        ui ??
        (await answerApi(state, request.method ?? "GET", url, Buffer.concat(chunks).toString(), session !== undefined));
      response.writeHead(answer.status, answer.headers).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    state,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

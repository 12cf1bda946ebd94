// @peculiar/x509 leans on tsyringe, which refuses to load without this; imports run in order.
import "reflect-metadata";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { Socket } from "node:net";
import { cryptoProvider, PemConverter, X509CertificateGenerator } from "@peculiar/x509";

/** A request as the server saw it, body included. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** An HTTPS server on a loopback port with a self-signed certificate of its own. */
export interface HttpsServer {
  readonly port: number;
  readonly certificate: string;
  /** Requests in the order in which they came. */
  readonly seen: SeenRequest[];
  close(): Promise<void>;
}

/** A new key with a self-signed certificate, both PEM. */
export async function selfSigned(name: string): Promise<{ readonly key: string; readonly certificate: string }> {
  cryptoProvider.set(crypto);
  const signingAlgorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  const keys = await crypto.subtle.generateKey(signingAlgorithm, true, ["sign", "verify"]);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: `CN=${name}`,
    notBefore: new Date("2026-01-01T00:00:00Z"),
    notAfter: new Date("2036-01-01T00:00:00Z"),
    keys,
    signingAlgorithm,
  });
  const key = PemConverter.encode(await crypto.subtle.exportKey("pkcs8", keys.privateKey), "PRIVATE KEY");
  return { key, certificate: certificate.toString("pem") };
}

/** Starts the server. Close it in a `finally` or an `afterEach`. */
export async function startHttpsServer(
  answer: (request: SeenRequest, response: ServerResponse, socket: Socket) => void,
): Promise<HttpsServer> {
  const { key, certificate } = await selfSigned("pve1");
  const seen: SeenRequest[] = [];
  const sockets = new Set<Socket>();
  const server = createServer({ key, cert: certificate }, (incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      const { method = "", url = "", headers } = incoming;
      const request = { method, url, headers, body: Buffer.concat(chunks).toString("utf8") };
      seen.push(request);
      answer(request, response, incoming.socket);
    });
  });
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    port: address.port,
    certificate,
    seen,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

import type { BmcAccess } from "../../model/inventory.ts";
import type { Guard } from "../guard.ts";
import { handshake } from "../http-connectors.ts";
import { openSocket } from "../open-socket.ts";
import { serverName, spkiSha256 } from "../tls-certificate.ts";
import { mismatch } from "./bmc-door.ts";
import type { BmcNode, BmcPins } from "./bmc-pins.ts";

/** The address that a browser shows for a controller's pages, without path. */
export function bmcOrigin({ endpoint }: BmcAccess): string {
  return new URL(`https://${endpoint.host}:${endpoint.port}/`).origin;
}

/** The key (base64) that a browser may trust for a controller: that of the pinned certificate. Throws BMC_PIN_MISMATCH for any other. */
export async function controllerKey(node: BmcNode, pins: BmcPins, guard: Guard, signal: AbortSignal): Promise<string> {
  const { endpoint, connect } = node.bmc;
  const socket = await openSocket(
    guard,
    "HTTP",
    { use: "contrôleur de gestion", node: node.name },
    connect ?? endpoint,
    signal,
  );
  try {
    const secure = await handshake(socket, serverName(endpoint.host), false, signal);
    const certificate = secure.getPeerX509Certificate();
    secure.destroy();
    const shown = certificate?.fingerprint256 ?? "aucun certificat";
    const pin = pins.expected(node);
    if (certificate === undefined || (pin !== undefined && pin !== shown)) {
      throw mismatch(node, pin ?? "", shown);
    }
    if (pin === undefined) pins.keep(node, shown);
    return spkiSha256(certificate.raw);
  } finally {
    socket.destroy();
  }
}

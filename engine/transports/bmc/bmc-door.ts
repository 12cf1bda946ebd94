import { Pool } from "undici";
import { ProblemError } from "../../base/problem.ts";
import type { Guard } from "../guard.ts";
import { type Connector, handshake, PinMismatch } from "../http-connectors.ts";
import { exchange, type WireRequest } from "../http-door.ts";
import { openSocket } from "../open-socket.ts";
import type { HttpAnswer } from "../port.ts";
import { serverName } from "../tls-certificate.ts";
import type { BmcNode, BmcPins } from "./bmc-pins.ts";

/** Connections to management controllers, each behind its pinned certificate. */
export interface BmcDoor {
  /** Throws ProblemError BMC_PIN_MISMATCH before a byte is sent to a stranger; HTTP_… and TLS_… when nothing answered. */
  request(node: BmcNode, request: WireRequest): Promise<HttpAnswer>;
  /** Closes a controller's connections. */
  forget(node: BmcNode): Promise<void>;
  close(): Promise<void>;
}

/** Opens the door. Every socket passes the guard. */
export function createBmcDoor(guard: Guard, pins: BmcPins): BmcDoor {
  const pools = new Map<string, Pool>();
  const closing = new AbortController();
  const poolOf = (node: BmcNode): Pool => {
    const kept = pools.get(node.name);
    if (kept !== undefined) return kept;
    const { host, port } = node.bmc.endpoint;
    const pool = new Pool(`https://${host}:${port}`, {
      headersTimeout: 0,
      bodyTimeout: 0,
      // Weak controllers answer one request at a time and hang on kept connections.
      connections: 1,
      pipelining: 0,
      connect: connectorTo(guard, node, pins, closing.signal),
    });
    pools.set(node.name, pool);
    return pool;
  };
  return {
    request: async (node, request) => {
      try {
        return await exchange(request, `le contrôleur de gestion de ${node.name}`, (options) =>
          poolOf(node).request(options),
        );
      } catch (error) {
        if (error instanceof PinMismatch) throw mismatch(node, pins.expected(node) ?? "", error.shown);
        throw error;
      }
    },
    forget: async (node) => {
      const pool = pools.get(node.name);
      pools.delete(node.name);
      await pool?.destroy();
    },
    close: async () => {
      closing.abort(new Error("closed"));
      await Promise.all([...pools.values()].map((pool) => pool.destroy()));
      pools.clear();
    },
  };
}

function connectorTo(guard: Guard, node: BmcNode, pins: BmcPins, signal: AbortSignal): Connector {
  const open = async () => {
    const { endpoint, connect } = node.bmc;
    const purpose = { use: "contrôleur de gestion", node: node.name };
    const socket = await openSocket(guard, "HTTP", purpose, connect ?? endpoint, signal);
    const secure = await handshake(socket, serverName(endpoint.host), false, signal);
    const shown = secure.getPeerX509Certificate()?.fingerprint256 ?? "aucun certificat";
    const pin = pins.expected(node);
    if (pin === undefined) pins.keep(node, shown);
    else if (shown !== pin) {
      secure.destroy();
      throw new PinMismatch(shown);
    }
    return secure;
  };
  return (_options, callback) => {
    open().then(
      (socket) => callback(null, socket),
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), null),
    );
  };
}

/** The refusal of a stranger in a controller’s place. */
export function mismatch(node: BmcNode, pin: string, shown: string): ProblemError {
  return new ProblemError(
    "BMC_PIN_MISMATCH",
    `Le contrôleur de gestion de ${node.name} montre un autre certificat que celui attendu : attendu ${pin}, montré ${shown}. Rien ne lui a été envoyé.`,
    {
      scope: "environment",
      hint: "Un retour aux réglages d’usine change ce certificat : comparez l’empreinte avec celle que montre la machine, puis corrigez `bmc.fingerprint` dans l’inventaire ; sinon, quelqu’un d’autre répond à cette adresse.",
    },
  );
}

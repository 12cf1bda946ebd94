import type { Clock } from "../../base/clock.ts";
import { ProblemError } from "../../base/problem.ts";
import type { InventoryNode, PveAccess } from "../../model/inventory.ts";
import { withSignal } from "../browser/with-signal.ts";
import { StreamEnded } from "./rfb/byte-reader.ts";
import { connectRfb, type RfbClient } from "./rfb/rfb-client.ts";
import { RfbError } from "./rfb/rfb-error.ts";
import type { Screen } from "./screen.ts";
import { openVncStream, type VncAccess as StreamAccess } from "./vnc-stream.ts";

export interface VncAccess extends StreamAccess {
  readonly clock: Clock;
}

/** QEMU holds each key for a tenth of a second, and takes the next one then. */
const BETWEEN_KEYS_MS = 120;
/** The last key is still on its way to the machine when it was sent. */
const AFTER_KEYS_MS = 200;

/**
 * The screen of a virtual machine through the VNC of its node's API: no root, no ssh. Throws ProblemError CONSOLE_REFUSED,
 * CONSOLE_UNREACHABLE, CONSOLE_KEY; PVE_…, TLS_…, HTTP_… as requests do.
 */
export async function openVncScreen(
  access: VncAccess,
  node: InventoryNode & { readonly pve: PveAccess },
  vmid: number,
  signal: AbortSignal,
): Promise<Screen> {
  const { stream, password } = await openVncStream(access, node, vmid, signal);
  const close = async () => {
    stream.destroy();
  };
  const explained = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw broken(error, node, vmid);
    }
  };
  let client: RfbClient;
  try {
    client = await explained(() => connectRfb(stream, password, signal));
  } catch (error) {
    await close();
    throw error;
  }
  return {
    grab: async (within) => await explained(() => withSignal(client.grab(within), within)),
    press: async (keys, within) => {
      for (const key of keys) {
        within.throwIfAborted();
        await pressKey(access, node, vmid, key, within);
        await access.clock.sleep(BETWEEN_KEYS_MS, within);
      }
      await access.clock.sleep(AFTER_KEYS_MS, within);
    },
    close,
  };
}

function broken(error: unknown, node: InventoryNode, vmid: number): unknown {
  const whose = `L’écran de la machine ${vmid} sur ${node.name}`;
  if (error instanceof StreamEnded) {
    return new ProblemError("CONSOLE_UNREACHABLE", `${whose} s’est fermé avant d’avoir tout montré.`, {
      scope: "environment",
      hint: "Vérifiez que la machine est démarrée et qu’elle a un écran (vga), puis relancez.",
      cause: error,
    });
  }
  if (!(error instanceof RfbError)) return error;
  return new ProblemError("CONSOLE_UNREACHABLE", `${whose} ne peut pas être lu par VNC : ${error.message}.`, {
    scope: "environment",
    hint: "Vérifiez que la machine a un écran de QEMU (vga autre que none), puis relancez.",
    cause: error,
  });
}

/** By its place, as QEMU names it: what a key of RFB means depends on the keyboard that QEMU was given (`keyboard` of the machine or site). */
async function pressKey(
  { http }: StreamAccess,
  node: InventoryNode,
  vmid: number,
  key: string,
  signal: AbortSignal,
): Promise<void> {
  const answer = await http.request(node, {
    method: "PUT",
    url: `/nodes/${encodeURIComponent(node.hostname)}/qemu/${vmid}/sendkey`,
    headers: { "content-type": "application/x-www-form-urlencoded", accept: "application/json" },
    body: new URLSearchParams({ key }).toString(),
    signal,
  });
  if (answer.status === 200) return;
  throw new ProblemError(
    "CONSOLE_KEY",
    `La machine ${vmid} sur ${node.name} n’a pas reçu toutes ses touches : HTTP ${answer.status} ${answer.reason}.`,
    { scope: "environment", hint: "Vérifiez le nom des touches (ceux de QEMU) et l’état de la machine." },
  );
}

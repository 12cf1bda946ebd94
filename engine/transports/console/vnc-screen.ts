import type { Clock } from "../../base/clock.ts";
import { ProblemError } from "../../base/problem.ts";
import type { InventoryNode, PveAccess } from "../../model/inventory.ts";
import { withSignal } from "../browser/with-signal.ts";
import { StreamEnded } from "./rfb/byte-reader.ts";
import { strokeOf } from "./rfb/key-codes.ts";
import { connectRfb, type RfbClient } from "./rfb/rfb-client.ts";
import { RfbError } from "./rfb/rfb-error.ts";
import type { Screen } from "./screen.ts";
import { openVncStream, type VncAccess as StreamAccess } from "./vnc-stream.ts";

export interface VncAccess extends StreamAccess {
  readonly clock: Clock;
}

/** QEMU takes keys one by one; a machine that polls its keyboard must see each. */
const BETWEEN_KEYS_MS = 40;
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
  // Whoever reads the stream hears of it there; unheard, it would end the process.
  stream.on("error", () => {});
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
        const stroke = strokeOf(key);
        if (stroke === undefined) throw unknownKey(key, node, vmid);
        client.stroke(stroke);
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

function unknownKey(key: string, node: InventoryNode, vmid: number): ProblemError {
  return new ProblemError(
    "CONSOLE_KEY",
    `« ${key} » n’est pas une touche que la machine ${vmid} (${node.name}) puisse recevoir.`,
    {
      scope: "author",
      hint: "Écrivez les touches comme QEMU les nomme : ret, esc, f2, ctrl-alt-f2, shift-a.",
    },
  );
}

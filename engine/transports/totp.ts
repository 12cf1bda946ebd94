import { Secret, TOTP, URI } from "otpauth";
import { ProblemError } from "../base/problem.ts";

/** A one-time code, and which period of time it belongs to: the server takes each once. */
export interface OneTimeCode {
  readonly code: string;
  readonly step: number;
  /** Milliseconds until the next one. */
  readonly remainingMs: number;
}

/** The code of this moment, from a key in base 32 or an `otpauth://totp/…` address. Throws PVE_TOTP_INVALID, which repeats nothing of it. */
export function oneTimeCode(key: string, name: string, now: Date): OneTimeCode {
  const generator = read(key.trim(), name);
  const timestamp = now.getTime();
  return {
    code: generator.generate({ timestamp }),
    step: generator.counter({ timestamp }),
    remainingMs: generator.remaining({ timestamp }),
  };
}

function read(key: string, name: string): TOTP {
  try {
    const found = key.startsWith("otpauth:")
      ? URI.parse(key)
      : new TOTP({ secret: Secret.fromBase32(key.replace(/[\s-]/g, "")) });
    if (found instanceof TOTP) return found;
  } catch {
    // The library's message repeats the key.
  }
  throw new ProblemError(
    "PVE_TOTP_INVALID",
    `Le secret « ${name} » n’est pas une clé de codes à usage unique (TOTP).`,
    {
      scope: "environment",
      hint: "Donner la clé en base 32, ou l’adresse otpauth://totp/… que Proxmox montre sous forme de QR code.",
    },
  );
}

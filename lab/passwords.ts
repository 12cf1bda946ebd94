import { randomBytes } from "node:crypto";
import { TOTP } from "otpauth";

/** Every password of a lab by the name of its secret. */
export interface LabPasswords {
  readonly root_password: string;
  /** What the operator wants for the controller's own account. */
  readonly bmc_password: string;
  /** What was handed down with the server; it is wrong. */
  readonly bmc_origine: string;
  /** Of the service account that still works. */
  readonly bmc_secours: string;
  /** Printed on the controller's tag. */
  readonly bmc_usine: string;
  /** What root's one-time codes are made from, where the lab asks for a second factor. */
  readonly root_totp?: string;
}

/** Makes them up; with an address of one-time codes when root has some. */
export function labPasswords(root: string, secondFactor: boolean): LabPasswords {
  const password = () => randomBytes(12).toString("base64url");
  return {
    root_password: root,
    bmc_password: password(),
    bmc_origine: password(),
    bmc_secours: password(),
    bmc_usine: password(),
    ...(secondFactor ? { root_totp: new TOTP({ issuer: "Proxmox VE", label: "root@pam" }).toString() } : {}),
  };
}

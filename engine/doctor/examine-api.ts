import { z } from "zod";
import { shortName } from "../base/short-name.ts";
import type { ClockReading } from "../model/clock-reading.ts";
import type { InventoryNode } from "../model/inventory.ts";
import type { HttpAnswer } from "../transports/port.ts";
import type { DoctorDoors } from "./doors.ts";
import { examineWebLogin } from "./examine-web-login.ts";
import { judgeAnswer } from "./judge-answer.ts";
import { judgeCertificate } from "./judge-certificate.ts";
import { judgePrivileges } from "./judge-privileges.ts";
import { type Look, looked } from "./looked.ts";
import type { Observation, Subject } from "./observation.ts";

/** What the API of a node answered to an examination. */
export interface ApiSeen {
  readonly observations: readonly Observation[];
  /** Proxmox VE's release as the API gives it (`9.2.11`). */
  readonly version?: string | undefined;
  readonly clock?: ClockReading | undefined;
}

const versionAnswer = z.object({ data: z.object({ version: z.string() }) });
const timeAnswer = z.object({ data: z.object({ time: z.number() }) });
const permissionsAnswer = z.object({ data: z.record(z.string(), z.record(z.string(), z.unknown())) });

/** Logs in, asks for version, time and permissions, and looks at the certificate. */
export async function examineApi(node: InventoryNode, doors: DoctorDoors, look: Look): Promise<ApiSeen> {
  const subject: Subject = { type: "node", name: node.name };
  const get = async (url: string, signal: AbortSignal): Promise<HttpAnswer> =>
    await doors.http.request(node, { method: "GET", url, headers: { accept: "application/json" }, signal });

  const how = node.pve?.fingerprint === undefined ? "lu par ssh" : "épinglé";
  const [opened, certificate] = await Promise.all([
    looked(subject, "api", look, async (signal) => await get("/version", signal)),
    looked(subject, "certificate", look, async (signal) =>
      judgeCertificate(subject, await doors.certificate(node, "pve", signal), doors.clock.now(), how),
    ),
  ]);
  // When nobody answers, the certificate has nothing to add.
  const shown = certificate.status === "seen" ? [certificate.value] : [];
  if (opened.status === "failed") return { observations: [opened.observation, ...shown] };
  shown.unshift(...(await examineWebLogin(node, doors, look)));
  const refusal = judgeAnswer(node, opened.value, doors.redact);
  if (refusal !== undefined) return { observations: [refusal, ...shown] };

  const own = `/nodes/${encodeURIComponent(shortName(node.hostname))}/time`;
  const sent = doors.clock.monotonic();
  const relayed = await looked(subject, "api", look, async (signal) => await get(own, signal));
  const withinMs = (doors.clock.monotonic() - sent) / 2;
  const answered = relayed.status === "seen" ? judgeAnswer(node, relayed.value, doors.redact) : relayed.observation;
  const rights = await looked(subject, "api-privileges", look, async (signal) => {
    const answer = await get("/access/permissions", signal);
    return judgePrivileges(node, read(permissionsAnswer, answer)?.data, answer);
  });
  const version = read(versionAnswer, opened.value)?.data.version;
  const time = relayed.status === "seen" ? read(timeAnswer, relayed.value)?.data.time : undefined;
  return {
    observations: [
      answered ?? { subject, check: "api", status: "ok", text: entered(node) },
      ...shown,
      rights.status === "seen" ? rights.value : rights.observation,
    ],
    version,
    // The API gives whole seconds: half of one more is not known.
    ...(time !== undefined && {
      clock: {
        aheadMs: time * 1_000 + 500 - (doors.clock.now().getTime() - withinMs),
        withinMs: withinMs + 500,
        method: `GET ${own}`,
      },
    }),
  };
}

function entered({ pve }: InventoryNode): string {
  return pve?.token === undefined ? `session de ${pve?.user ?? ""} ouverte` : `jeton ${pve.token.id} accepté`;
}

function read<T>(schema: z.ZodType<T>, answer: HttpAnswer): T | undefined {
  if (answer.status !== 200) return undefined;
  try {
    return schema.safeParse(JSON.parse(answer.body.toString("utf8"))).data;
  } catch {
    return undefined;
  }
}

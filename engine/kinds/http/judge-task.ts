import type { Judgement } from "../../model/expectation.ts";
import type { TaskEnd } from "../../model/task-end.ts";
import { parseUpid } from "../../model/upid.ts";

/** Lines of a log that a message repeats: enough for the cause, which most often stands last. */
const TAIL = 3;

/** A task's end: warnings do not fail it and are told; a failure is told with the end of its log. */
export function judgeTask({ upid, exitStatus, log }: TaskEnd): Judgement {
  const { node = "", type = "" } = parseUpid(upid) ?? {};
  const expected = "une tâche Proxmox qui finit par OK";
  const task = `tâche ${type} sur ${node}`;
  if (exitStatus === "OK") return { ok: true, expected, obtained: "tâche finie : OK" };
  if (/^WARNINGS(?::|$)/.test(exitStatus)) {
    const warnings = log.filter((line) => /^WARN(?:ING)?S?\b/i.test(line));
    const words = warnings.length === 0 ? "" : ` : ${warnings.join(" / ")}`;
    return { ok: true, expected, obtained: `tâche finie avec avertissements (${exitStatus})${words}` };
  }
  const tail = log.filter((line) => line.trim() !== "" && line !== `TASK ERROR: ${exitStatus}`).slice(-TAIL);
  const end = tail.length === 0 ? "" : ` ; fin du journal : ${tail.map((line) => line.trim()).join(" / ")}`;
  const why =
    exitStatus === "unexpected status"
      ? "interrompue sans état de fin (unexpected status) : le nœud a redémarré, ou le processus a été tué"
      : `finie en échec : ${exitStatus}`;
  return { ok: false, expected, obtained: `${task} ${why}${end}` };
}

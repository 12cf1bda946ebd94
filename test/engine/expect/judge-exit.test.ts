import { expect, test } from "vitest";
import { judgeExit, type ScriptEnd } from "../../../engine/expect/index.ts";

const code = (value: number): ScriptEnd => ({ status: "exited", code: value });

const cases: readonly (readonly [readonly number[] | undefined, ScriptEnd, boolean, string, string])[] = [
  [undefined, code(0), true, "code de sortie 0", "code 0"],
  [[], code(0), true, "code de sortie 0", "code 0"],
  [undefined, code(1), false, "code de sortie 0", "code 1"],
  [
    [0, 255],
    code(255),
    true,
    "code de sortie parmi 0, 255",
    "code 255 (erreur générale ; Proxmox et ssh sortent ainsi quand ils refusent)",
  ],
  [[2], code(0), false, "code de sortie 2", "code 0"],
  [undefined, code(126), false, "code de sortie 0", "code 126 (commande trouvée, mais non exécutable)"],
  [undefined, code(127), false, "code de sortie 0", "code 127 (commande introuvable)"],
  [undefined, code(130), false, "code de sortie 0", "code 130 (signal INT : interrompu au clavier)"],
  [undefined, code(137), false, "code de sortie 0", "code 137 (signal KILL : tué, souvent par manque de mémoire)"],
  [undefined, code(143), false, "code de sortie 0", "code 143 (signal TERM : arrêt demandé de l’extérieur)"],
  [
    undefined,
    { status: "signalled", signal: "SIGTERM" },
    false,
    "code de sortie 0",
    "signal TERM (arrêt demandé de l’extérieur)",
  ],
  [undefined, { status: "signalled", signal: "XCPU" }, false, "code de sortie 0", "signal XCPU"],
  [[0], { status: "stopped" }, false, "code de sortie 0", "arrêté avant sa fin"],
  [
    [0],
    { status: "lost", reason: "connexion coupée" },
    false,
    "code de sortie 0",
    "liaison perdue avant la fin : connexion coupée",
  ],
];

test.each(cases)("judgeExit(%j, %j) is %s", (allowed, end, ok, expected, obtained) => {
  expect(judgeExit(allowed, end)).toEqual({ ok, expected, obtained });
});

import { writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { expect, test } from "vitest";
import { startSshd } from "../../../support/sshd.ts";
import { RUN, steppedProject } from "../../../support/stepped-project.ts";

test("several nodes stand side by side while they are wide enough, and the live lines follow the window", async () => {
  const sshd = await startSshd();
  try {
    const node = (name: string, last: number): string =>
      `  ${name}: { address: 192.0.2.${last}, hostname: ${hostname()}, ssh: { user: ${sshd.user}, connect: "127.0.0.1:${sshd.port}", host-key: "${sshd.hostKey}", identity: "${sshd.identity}" } }\n`;
    const inventory = `nom: trois\nguard: loopback\nnodes:\n${node("pve1", 1)}${node("pve2", 2)}${node("pve3", 3)}groups:\n  noeuds: [pve1, pve2, pve3]\n`;
    const gate = `${sshd.folder}/go`;
    const blocks = `\`\`\`bash {#lire .check on=@noeuds}
for i in $(seq 1 12); do echo "ligne $i"; done
printf 'déjà 40 %%\\r'
while ! test -e ${gate}; do sleep 0.1; done
\`\`\`

\`\`\`bash {#attendre .check on=@noeuds}
#| until: { every: 1s, within: 50s }
#| expect: pret
test -e ${gate}2 && echo pret || echo "3 tâches restent"
\`\`\`
`;
    const project = await steppedProject(blocks, { columns: 160, rows: 50 }, inventory);
    const { terminal: t } = project;
    t.enter(`${RUN} --no-seal; echo "code $?"`);
    await t.shows(/#lire — contrôle sur pve1, pve2, pve3[\s\S]*q quitter/);
    t.press("Enter");
    const wide = await t.shows(
      /pve1 – en cours +│ pve2 – en cours +│ pve3 – en cours[^│]*ligne 6(.*ligne 6){2}[\s\S]*déjà 40 %.*déjà 40 %.*déjà 40 %/,
    );
    expect(wide.match(/Ctrl-C arrêter l’étape/g)).toHaveLength(1);
    t.resize(80, 24);
    await t.shows(/pve1 – en cours {10}│ pve2 – en cours {10}│ pve3[\s\S]*au plus 1 min/);
    t.resize(60, 20);
    await t.shows(/pve1 │ déjà 40 %\s+pve2 │ déjà 40 %\s+pve3 │ déjà 40 %/);
    t.resize(120, 40);
    writeFileSync(gate, "");
    const menu = await t.shows(/OK {6}#lire[\s\S]*── .2.2. #attendre[\s\S]*q quitter/);
    expect(menu).toMatch(/pve1 │ … \d+ lignes avant[\s\S]*pve2 │ … \d+ lignes avant[\s\S]*pve3 │ ligne 12/);
    t.resize(60, 20);
    const narrow = await t.shows(/a aller à\nj jusqu’à/);
    for (const line of narrow.split("\n")) expect(line.length).toBeLessThanOrEqual(60);
    t.resize(120, 40);
    await t.shows(/q quitter/);
    t.press("Enter");
    await t.shows(/(pas encore \(essai.*){3}[\s\S]*au plus 50 s/);
    writeFileSync(`${gate}2`, "");
    await t.shows(/OK {6}#attendre[\s\S]*code 0/);
    t.enter(`clear; ${RUN} --no-seal; echo "code $?"`);
    await t.shows(/#lire — contrôle sur pve1[\s\S]*q quitter/);
    t.press("f");
    await t.shows(/code 0/);
  } finally {
    await sshd.stop();
  }
}, 180_000);

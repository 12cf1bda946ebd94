import { ProblemError } from "../../base/problem.ts";
import type { FigureGiven } from "../../model/event.ts";
import { openConversation } from "../conversation.ts";
import type { Terminal } from "../terminal.ts";
import type { ChosenPicture } from "./chosen-pictures.ts";

type Attestation = FigureGiven["attestation"];

const SENTENCE = "Cette image montre ce que dit sa légende, vient d’où je le dis, et n’est pas retouchée.";

/**
 * What the person attests of all these pictures: asked at the terminal, accepted beforehand by `--yes`. Undefined when they decline. Throws
 * CAPTURE_ATTEST where nobody can be asked: nothing is attested in anyone's place.
 */
export async function attest(
  chosen: readonly ChosenPicture[],
  yes: boolean,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<Attestation | undefined> {
  if (yes) return { text: SENTENCE, how: "option" };
  const conversation = openConversation(terminal);
  if (conversation === undefined)
    throw new ProblemError(
      "CAPTURE_ATTEST",
      "Une image donnée demande l’attestation d’une personne, et il n’y a pas de terminal.",
      {
        scope: "author",
        hint: `Relancez depuis un terminal, ou avec --yes, par lequel vous attestez : « ${SENTENCE} »`,
      },
    );
  for (const { path, place } of chosen) conversation.say(`  n° ${place.number}, « ${place.caption} » : ${path}\n`);
  conversation.say(`Vous attestez${chosen.length === 1 ? "" : " pour chacune"} : « ${SENTENCE} »\n`);
  const answer = (await conversation.question("Oui (Entrée), non (n), ou votre propre phrase : ", signal)).trim();
  if (/^(?:n|non|no)$/i.test(answer)) return undefined;
  const accepted = answer === "" || /^(?:o|oui|y|yes)$/i.test(answer);
  return accepted ? { text: SENTENCE, how: "accepted" } : { text: answer, how: "typed" };
}

import type { Artefact } from "../../model/event.ts";
import type { Shot } from "../../transports/port.ts";
import type { Recorder } from "../kind.ts";

/** How the report names what was covered on a picture. */
const MASKED = "masque de l’image";
const SECRET = "secret de l’inventaire sur l’image";

/** Keeps a picture with all that backs it: the one without frames and notes, text, rows, the API's answers. Gives the picture's own file. */
export async function keepShot({ png, original, evidence, covered }: Shot, recorder: Recorder): Promise<Artefact> {
  recorder.covered(MASKED, covered?.masks ?? 0);
  recorder.covered(SECRET, covered?.secrets ?? 0);
  const picture = await recorder.attach("picture", png, "image/png");
  if (original !== undefined) await recorder.attach("original", original, "image/png");
  await recorder.attach("dom-text", evidence.text, "text/plain");
  await recorder.attach("rows", JSON.stringify(evidence.rows, null, 1), "application/json");
  if (Object.keys(evidence.api).length > 0)
    await recorder.attach("api", JSON.stringify(evidence.api, null, 1), "application/json");
  return picture;
}

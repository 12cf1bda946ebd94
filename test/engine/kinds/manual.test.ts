import { describe, expect, it } from "vitest";
import { manual } from "../../../engine/kinds/manual.ts";
import type { OperatorAnswer, OperatorRequest } from "../../../engine/transports/port.ts";
import { blockOf, KeptRecorder, portsOf, taskOf } from "../../support/kind-task.ts";
import { cameraExif, RED_WHITE, withSegments } from "../../support/test-jpeg.ts";
import { testPng } from "../../support/test-png.ts";

const WHO = { user: "camille", host: "poste" };

type Answered = Partial<Extract<OperatorAnswer, { status: "answered" }>>;

async function ask(fence: string, answer: Answered | { readonly declined: string }, values = {}, figure = true) {
  const requests: OperatorRequest[] = [];
  const recorder = new KeptRecorder();
  const operator = {
    available: () => true,
    ask: async (request: OperatorRequest): Promise<OperatorAnswer> => {
      requests.push(request);
      if ("declined" in answer) return { status: "declined", reason: answer.declined };
      const attestation = { text: request.attestation, how: "accepted" } as const;
      return { status: "answered", operator: WHO, picture: undefined, note: undefined, attestation, ...answer };
    },
  };
  const result = await manual.execute(taskOf(blockOf(fence), values, figure), { ...portsOf({}), operator }, recorder);
  return { ...result, request: requests[0], recorder };
}

const PICTURE = "```text {#baie .manual}\n#| capture: la baie\nPhotographier {{quoi}}.\n```\n\n[ Capture : la baie ]";
const NOTE = "```text {#note .manual}\nLire le compteur.\n```";

describe("manual.execute()", () => {
  it("asks for a picture with the author's words, keeps it with who attested what, and makes it the figure", async () => {
    const bytes = testPng(40, 30);
    const { outcome, figure, request, recorder, answer } = await ask(
      PICTURE,
      { picture: { bytes, name: "p.png" } },
      { quoi: "la baie" },
    );
    expect(request).toMatchObject({
      instructions: "Photographier la baie.",
      caption: "la baie",
      wants: { picture: true, note: false },
    });
    expect(outcome.status).toBe("passed");
    expect(answer).toBe("camille@poste");
    expect(figure).toMatchObject({
      type: "picture",
      width: 40,
      height: 30,
      url: "image donnée par camille@poste (p.png)",
    });
    expect(recorder.attached.map(({ role, mediaType }) => `${role} ${mediaType}`)).toEqual([
      "attestation application/json",
      "picture image/png",
    ]);
    const kept = JSON.parse(recorder.attached[0]?.text ?? "{}");
    expect(kept).toMatchObject({
      operator: WHO,
      attestation: { how: "accepted" },
      picture: { name: "p.png", bytes: bytes.length },
    });
    expect(kept.picture.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it("says of a picture that lay ready that nobody attested it", async () => {
    const attestation = { text: "image fournie par fichier", how: "file" } as const;
    const { figure, answer } = await ask(
      PICTURE,
      { picture: { bytes: RED_WHITE, name: "la baie.jpg" }, attestation },
      { quoi: "x" },
    );
    expect(answer).toBe("par fichier");
    expect(figure).toMatchObject({ width: 16, height: 8, url: "image fournie par fichier (la baie.jpg)" });
  });

  it("keeps a photograph upright and without its metadata, and says so in the evidence", async () => {
    const bytes = withSegments(RED_WHITE, cameraExif(6));
    const { outcome, figure, recorder } = await ask(PICTURE, { picture: { bytes, name: "p.jpg" } }, { quoi: "x" });
    expect(outcome).toMatchObject({
      status: "passed",
      judgements: [{ obtained: expect.stringContaining("EXIF, position GPS") }],
    });
    expect(figure).toMatchObject({ width: 8, height: 16 });
    const { picture } = JSON.parse(recorder.attached[0]?.text ?? "{}");
    expect(picture).toMatchObject({ bytes: bytes.length, kept: { removed: ["EXIF", "position GPS"], orientation: 6 } });
    expect(picture.kept.sha256).not.toBe(picture.sha256);
    expect(recorder.attached[1]?.text).not.toContain("MarqueLumi");
  });

  it("fails with the reason when a picture that lay ready is cut, and lets a person be asked again", async () => {
    const picture = { bytes: testPng(70, 90).subarray(0, 60), name: "p.png" };
    const attestation = { text: "image fournie par fichier", how: "file" } as const;
    const { outcome, figure, request } = await ask(PICTURE, { picture, attestation }, { quoi: "x" });
    expect(outcome).toMatchObject({ status: "failed", reason: expect.stringContaining("p.png est incomplet") });
    expect(figure).toBeNull();
    expect(await request?.refusal?.(picture)).toContain("incomplet");
    expect(await request?.refusal?.({ bytes: testPng(7, 9), name: "p.png" })).toBeUndefined();
  });

  it("believes the bytes of a picture, not its name", async () => {
    const picture = { bytes: Buffer.from("GIF89a not a picture that we take"), name: "p.png" };
    const { outcome, figure } = await ask(PICTURE, { picture }, { quoi: "x" });
    expect(outcome).toMatchObject({ status: "failed", reason: expect.stringMatching(/ni un PNG ni un JPEG/) });
    expect(figure).toBeNull();
  });

  it("asks for a note when it serves no caption, and fails without one", async () => {
    const given = await ask(NOTE, { note: "42 kWh" });
    expect(given.request?.wants).toEqual({ picture: false, note: true });
    expect(given.outcome.status).toBe("passed");
    expect((await ask(NOTE, { note: " " })).outcome.status).toBe("failed");
  });

  it("is declined when the person says no", async () => {
    const { outcome } = await ask(NOTE, { declined: "L’opérateur n’a pas attesté." });
    expect(outcome).toMatchObject({ status: "skipped", because: "declined" });
  });
});

describe("manual.inspect()", () => {
  it("refuses settings that are a machine's", () => {
    const fence = "```text {.manual session=a}\n#| expect: oui\nFaire.\n```";
    expect(manual.inspect(blockOf(fence)).map(({ reason }) => reason)).toEqual([
      expect.stringContaining("expect"),
      expect.stringContaining("session"),
    ]);
  });

  it("refuses a capture for which no picture is asked", () => {
    const fence = "```text {.manual asks=note}\n#| capture: la baie\nFaire.\n```\n\n[ Capture : la baie ]";
    expect(manual.inspect(blockOf(fence))).toMatchObject([{ reason: expect.stringContaining("une image") }]);
  });
});

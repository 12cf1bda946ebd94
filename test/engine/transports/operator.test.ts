import { truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Conversation, createOperatorTransport } from "../../../engine/transports/operator.ts";
import type { OperatorRequest } from "../../../engine/transports/port.ts";
import { tempFolder } from "../../support/temp-folder.ts";
import { testPng } from "../../support/test-png.ts";

const who = { user: "camille", host: "poste" };

function request(changes: Partial<OperatorRequest> = {}): OperatorRequest {
  return {
    step: "baie",
    instructions: "Photographier la baie.",
    caption: "la baie",
    wants: { picture: true, note: false },
    attestation: "Je l’ai fait.",
    signal: new AbortController().signal,
    ...changes,
  };
}

/** A person who gives these answers in order; what was said and asked is kept. */
function person(...answers: readonly string[]): Conversation & { readonly heard: string[] } {
  const left = [...answers];
  const heard: string[] = [];
  return {
    heard,
    say: (text) => heard.push(text),
    question: async (text) => {
      heard.push(text);
      const answer = left.shift();
      if (answer === undefined) throw new Error(`one question too many: ${text}`);
      return answer;
    },
  };
}

async function pictures(...names: readonly string[]): Promise<string> {
  const folder = await tempFolder();
  for (const name of names) await writeFile(join(folder, name), testPng(4, 3));
  return folder;
}

describe("createOperatorTransport()", () => {
  it("asks for the picture, asks again when it cannot be read, and takes Enter for the proposed sentence", async () => {
    const folder = await pictures("photo.png");
    const conversation = person("/nulle/part.png", `'${join(folder, "photo.png")}'`, "");
    const operator = await createOperatorTransport({ who, conversation, pictures: undefined });
    expect(await operator.ask(request())).toMatchObject({
      status: "answered",
      operator: who,
      picture: { name: "photo.png" },
      attestation: { text: "Je l’ai fait.", how: "accepted" },
    });
    expect(conversation.heard.join("")).toContain("Photographier la baie.");
    expect(conversation.heard.join("")).toContain("ne se lit pas");
  });

  it("asks again when the picture cannot be kept, and refuses a huge file unread", async () => {
    const folder = await pictures("une.png", "deux.png", "trop.png");
    await truncate(join(folder, "trop.png"), 33 * 1024 * 1024);
    const paths = ["trop.png", "une.png", "deux.png"].map((name) => join(folder, name));
    const conversation = person(...paths, "");
    const refusal = async ({ name }: { readonly name: string }) => (name === "une.png" ? "est incomplet" : undefined);
    const operator = await createOperatorTransport({ who, conversation, pictures: undefined });
    expect(await operator.ask(request({ refusal }))).toMatchObject({ picture: { name: "deux.png" } });
    expect(conversation.heard.join("")).toMatch(/trop\.png pèse 33.Mo[\s\S]*une\.png est incomplet/);
  });

  it.each<[string, readonly string[], unknown]>([
    [
      "a sentence of one's own",
      ["vu", "Vu de mes yeux."],
      { note: "vu", attestation: { text: "Vu de mes yeux.", how: "typed" } },
    ],
    ["yes", ["vu", "oui"], { attestation: { how: "accepted" } }],
    ["no", ["vu", "n"], { status: "declined" }],
  ])("takes %s for an attestation", async (_, answers, answer) => {
    const operator = await createOperatorTransport({ who, conversation: person(...answers), pictures: undefined });
    expect(await operator.ask(request({ caption: undefined, wants: { picture: false, note: true } }))).toMatchObject(
      answer as object,
    );
  });

  it("is declined when no picture is given", async () => {
    const operator = await createOperatorTransport({ who, conversation: person(""), pictures: undefined });
    expect(await operator.ask(request())).toMatchObject({ status: "declined" });
  });

  it("is declined when the terminal closes before the answer", async () => {
    const conversation = {
      say: () => {},
      question: async () => {
        throw new DOMException("closed", "AbortError");
      },
    };
    const operator = await createOperatorTransport({ who, conversation, pictures: undefined });
    expect(await operator.ask(request())).toMatchObject({ status: "declined" });
  });

  it("asks one question at a time", async () => {
    const wants = { picture: false, note: true };
    const conversation = person("un", "", "deux", "");
    const operator = await createOperatorTransport({ who, conversation, pictures: undefined });
    const both = await Promise.all([operator.ask(request({ wants })), operator.ask(request({ wants }))]);
    expect(both).toMatchObject([{ note: "un" }, { note: "deux" }]);
  });

  it("refuses without a terminal, never guesses", async () => {
    const operator = await createOperatorTransport({ who, conversation: undefined, pictures: undefined });
    expect(operator.available("la baie", request().wants)).toBe(false);
    await expect(operator.ask(request())).rejects.toMatchObject({ code: "OPERATOR_NEEDED" });
  });

  it.each(["la baie.png", "La  Baie.PNG", "la-baie.png"])(
    "answers with %s that lies ready, and asks nobody",
    async (name) => {
      const operator = await createOperatorTransport({
        who,
        conversation: undefined,
        pictures: await pictures(name, "autre.png"),
      });
      expect(operator.available("la baie", request().wants)).toBe(true);
      expect(await operator.ask(request())).toMatchObject({
        picture: { name },
        attestation: { text: "image fournie par fichier", how: "file" },
      });
    },
  );

  it("does not take a picture for what is no picture, nor another caption's", async () => {
    const operator = await createOperatorTransport({
      who,
      conversation: undefined,
      pictures: await pictures("la baie.png"),
    });
    expect(operator.available("la baie", { picture: false, note: true })).toBe(false);
    expect(operator.available("le câblage", { picture: true, note: false })).toBe(false);
  });

  it("refuses two pictures for one caption, and a folder that is not there", async () => {
    const operator = await createOperatorTransport({
      who,
      conversation: undefined,
      pictures: await pictures("la baie.png", "La Baie.jpg"),
    });
    await expect(operator.ask(request())).rejects.toMatchObject({ code: "PICTURE_TWICE" });
    await expect(
      createOperatorTransport({ who, conversation: undefined, pictures: "/nulle/part" }),
    ).rejects.toMatchObject({
      code: "PICTURE_FOLDER",
    });
  });
});

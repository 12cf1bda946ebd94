import { expect, it } from "vitest";
import { evidenceUrl } from "../../../../engine/transports/browser/evidence-url.ts";

it.each([
  [
    "https://10.202.4.31:8006/#v1:=server:=root::::::::=cluster",
    "https://10.202.4.31:8006/#v1:=server:=root::::::::=cluster",
  ],
  ["https://root:secret@example.test/", "https://example.test/"],
  ["https://example.test/?vncticket=PVE%3Aabc&vmid=100", "https://example.test/?vncticket=%E2%80%A6&vmid=100"],
  ["https://example.test/#access_token=abc", "https://example.test/"],
  ["no address", ""],
])("evidenceUrl() keeps %s as %s", (address, kept) => {
  expect(evidenceUrl(address)).toBe(kept);
});

import { expect, test } from "vitest";
import { captionKey } from "../../../engine/runbook/index.ts";

test.each([
  ["commande d’ajout", "commande d'ajout"],
  ["Statut COROSYNC", "statut corosync"],
  ["état du\u00a0cluster", "état  du\ncluster"],
  ["e‑mail", "e-mail"],
  ["avant – après", "avant - après"],
  ["e\u0301tat", "état"],
])("captionKey() takes %j and %j for the same caption", (one, other) => {
  expect(captionKey(one)).toBe(captionKey(other));
});

test.each([
  ["pve1", "pve2"],
  ["etat", "état"],
  ["a/b", "a b"],
])("captionKey() keeps %j and %j apart", (one, other) => {
  expect(captionKey(one)).not.toBe(captionKey(other));
});

import { expect, test } from "vitest";
import { findSecrets } from "../../../../engine/runbook/lint/secret-patterns.ts";

test.each([
  ["password=exemple1", 1],
  ["  root_password: Exemple1", 3],
  ["commande --password exemple1", 10],
  ["commande --password='exemple 1'", 10],
  ["PGPASSWORD=exemple1 psql", 1],
  ['{ "token": "exemple1" }', 4],
  ["API_KEY=exemple1", 1],
  ["username=a&password=exemple1", 12],
  ["-----BEGIN RSA PRIVATE KEY-----", 1],
  ["PVEAPIToken=root@pam!a=exemple1", 1],
  ["Authorization: Bearer exemple1", 1],
  ["authorization: basic exemple1", 1],
  ["voir https://root:exemple1@pve1/", 6],
  ["sshpass -p exemple1 ssh pve2", 1],
  ["echo 'root:exemple1' | chpasswd", 1],
  ["Mot de passe : exemple1", 1],
  ["mot de passe\u00a0: « exemple1 »", 1],
  ["le mot de passe root est exemple1.", 4],
  ["Mot de passe : azerty", 1],
  ["connexion (mot de passe exemple1)", 11],
  ["Mot de passe : celui de l’installation. (exemple1)", 1],
])("findSecrets() finds the secret of %j at column %i", (line, column) => {
  expect(findSecrets(line).map((found) => found.column)).toEqual([column]);
});

test.each([
  "password=$motdepasse",
  'password="$1"',
  "password=$(cat /run/x)",
  "password={{jeton}}",
  "password=********",
  "password=<à remplir>",
  "mot de passe : ********",
  "mot de passe : <votre mot de passe>",
  '#|   - { prompt: "password for .*:", secret: root_password }',
  "La commande demande le mot de passe de pve1 ; l’empreinte est vérifiée.",
  "Mot de passe : à demander à l’exploitant.",
  "Définition du mot de passe root et de l’adresse",
  "[ Capture : écran de configuration du mot de passe root et de l’e‑mail ]",
  "if [ $password = x ]; then",
  "--password-file /run/x",
  '#|   - { prompt: "Password: ", secret: "root_password" }',
  "Elle demande le mot de passe de pve1 ; adresse : 10.202.4.31",
  "PASSWORD_FILE=/run/x",
  "https://pve1:8006/#v1:0",
  "Le jeton (token) expire après deux heures.",
  "token: true",
])("findSecrets() leaves %j alone", (line) => {
  expect(findSecrets(line)).toEqual([]);
});

test("findSecrets() never repeats what it found", () => {
  expect(JSON.stringify(findSecrets("password=Exemple-42"))).not.toContain("Exemple-42");
});

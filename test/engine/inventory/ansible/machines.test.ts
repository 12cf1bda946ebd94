import { describe, expect, test } from "vitest";
import { importText } from "./read.ts";

describe("importAnsible(), the machines", () => {
  test("keeps machines apart that Ansible tells by name, and ours would not", () => {
    const { inventory, said } = importText(
      "pve-1\npve_1\nlocal\na.example.org\na.example.net\nx ansible_host=nat ansible_port=1\ny ansible_host=nat ansible_port=2\n[x]\ny\n",
      "ini",
    );
    expect(
      inventory?.nodes.map(({ name, address, hostname, ssh }) =>
        [name, address, hostname, ssh?.endpoint.host, ssh?.endpoint.port].join(" "),
      ),
    ).toEqual([
      "pve-1 pve-1 pve-1 pve-1 22",
      "pve_1_2 pve_1 pve_1_2 pve_1 22",
      "local_2 local local local 22",
      "a a.example.org a a.example.org 22",
      "a_2 a.example.net a a.example.net 22",
      "x x x nat 1",
      "y y y nat 2",
    ]);
    expect(inventory?.groups).toEqual({ noeuds: ["pve-1", "pve_1_2", "local_2", "a", "a_2", "x", "y"], x_2: ["y"] });
    expect(said.filter((line) => line.includes("s’appelle ici")).length).toBe(4);
  });

  test("weighs connection settings as Ansible does: the inner group over the outer one, the machine over both", () => {
    const text =
      "[in]\na\nb ansible_user=own\n[out:children]\nin\n[out:vars]\nansible_user=outer\nansible_port=1\n[in:vars]\nansible_user=inner\n[all:vars]\nansible_port=9\nansible_user=all\n";
    const { inventory } = importText(text, "ini");
    expect(inventory?.nodes.map(({ ssh }) => `${ssh?.user}:${ssh?.endpoint.port}`)).toEqual(["inner:1", "own:1"]);
  });

  test("takes ten thousand machines", () => {
    const { inventory } = importText(
      "[rack]\nn[0001:5000] ansible_user=root\n[salle]\nm[0001:5000]\n[site:children]\nrack\nsalle\n[site:vars]\nx=1\n",
      "ini",
    );
    expect(inventory?.nodes.length).toBe(10_000);
    expect(inventory?.nodes.every(({ vars }) => vars["x"] === "1")).toBe(true);
  });
});

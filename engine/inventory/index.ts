/** Inventory files → the machines of one site. */
export { type AnsibleFormat, importAnsible } from "./ansible/import-ansible.ts";
export type { AnsibleVariablesFile } from "./ansible/variables-beside.ts";
export { inventoryJsonSchema } from "./inventory-schema.ts";
export { inventoryText } from "./inventory-text.ts";
export { extendsOf, parseInventory } from "./parse-inventory.ts";

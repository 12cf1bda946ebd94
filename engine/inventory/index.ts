/** Inventory files → the machines of one site. */
export { inventoryJsonSchema } from "./inventory-schema.ts";
export { extendsOf, parseInventory } from "./parse-inventory.ts";

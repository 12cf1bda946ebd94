/** The code of a block that wanted to change something where nothing may be changed: it did not. */
export const READ_ONLY = "READ_ONLY";

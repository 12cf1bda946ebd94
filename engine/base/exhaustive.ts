/** Ends a switch: the compiler refuses it while a member of the union is unanswered. */
export function exhaustive(value: never): never {
  throw new Error(`Unanswered case: ${JSON.stringify(value)}`);
}

/** The server said something that the protocol does not allow, or refused. The message is a French clause without a full stop. */
export class RfbError extends Error {
  override readonly name = "RfbError";
}

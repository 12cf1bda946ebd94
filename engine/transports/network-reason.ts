const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "connexion refusée, rien n’écoute sur ce port",
  ECONNRESET: "connexion coupée par l’autre côté",
  EHOSTUNREACH: "machine injoignable",
  ENETUNREACH: "réseau injoignable",
  ETIMEDOUT: "délai dépassé",
  ENOTFOUND: "nom inconnu",
  EAI_AGAIN: "serveur de noms injoignable",
  EPIPE: "connexion fermée par l’autre côté",
  UND_ERR_SOCKET: "connexion fermée par l’autre côté sans réponse",
  UND_ERR_HEADERS_TIMEOUT: "aucune réponse dans le délai",
  UND_ERR_BODY_TIMEOUT: "réponse interrompue",
};

/** Why a connection failed, in French, from the system's or the library's error code. */
export function networkReason(error: unknown): string {
  const code = codeOf(error);
  const known = code === undefined ? undefined : REASONS[code];
  if (known !== undefined) return known;
  // What AbortSignal.timeout() says, in English.
  if (error instanceof Error && error.name === "TimeoutError") return "délai dépassé";
  return error instanceof Error ? error.message : String(error);
}

/** The `code` of a system error, or of the first error that an AggregateError gathers. */
export function codeOf(error: unknown): string | undefined {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

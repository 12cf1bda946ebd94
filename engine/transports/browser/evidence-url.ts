const SECRET_NAME = /ticket|token|pass|secret|session|sid|auth|key|code|csrf|signature/i;

/** A page's address as it may be kept: without user, password and the values of query parameters that look secret. */
export function evidenceUrl(address: string): string {
  if (!URL.canParse(address)) return "";
  const url = new URL(address);
  url.username = "";
  url.password = "";
  for (const name of [...url.searchParams.keys()]) {
    if (SECRET_NAME.test(name)) url.searchParams.set(name, "…");
  }
  if (SECRET_NAME.test(url.hash) && /[=&]/.test(url.hash) && !url.hash.startsWith("#v1:")) url.hash = "";
  return url.href;
}

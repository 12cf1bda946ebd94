import type { PhysicalServer } from "../../state/server.ts";

/** The login page of a controller: ours, without any maker's mark. */
export function loginPage({ bmc, node }: PhysicalServer): string {
  const generation = bmc.dialect === "ilo5" ? "iLO 5" : "iLO 6";
  const { address } = bmc.network;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${generation} (LAB): ${address}</title>
<style>
  body { margin: 0; min-height: 100vh; display: grid; grid-template-columns: 5fr 4fr; font: 16px/1.5 "DejaVu Sans", sans-serif; color: #23282d; }
  .side { background: #26303a; color: #eef1f3; padding: 12vh 4vw; }
  .side h1 { font-size: 44px; margin: 0 0 8px; font-weight: 400; }
  .lab { display: inline-block; border: 2px solid #9fb0bd; padding: 2px 12px; letter-spacing: 4px; margin-bottom: 40px; }
  dl { display: grid; grid-template-columns: max-content auto; gap: 6px 20px; } dt { color: #9fb0bd; } dd { margin: 0; }
  form { padding: 16vh 4vw; max-width: 380px; display: grid; gap: 8px; align-content: start; }
  input { font: inherit; padding: 9px; border: 1px solid #8d99a3; border-radius: 3px; }
  button { font: inherit; margin-top: 18px; padding: 10px; border: 0; border-radius: 3px; background: #00776a; color: #fff; }
  #said { color: #a3211b; min-height: 1.5em; }
</style></head><body>
<div class="side"><div class="lab">LAB</div><h1>${generation}</h1><p>Remote management</p>
<dl><dt>Controller</dt><dd>bmc-${node}</dd><dt>Address</dt><dd>${address}</dd><dt>Firmware</dt><dd>${bmc.dialect === "ilo5" ? "3.09" : "1.70"}</dd></dl></div>
<form id="login"><h2>Local login</h2>
<label for="username">Login name</label><input id="username" name="username" autocomplete="off">
<label for="password">Password</label><input id="password" name="password" type="password" autocomplete="off">
<button id="login-button">Log In</button><p id="said" role="alert"></p></form>
<script>
document.getElementById("login").addEventListener("submit", async (event) => {
  event.preventDefault();
  const value = (id) => document.getElementById(id).value;
  const body = JSON.stringify({ method: "login", user_login: value("username"), password: value("password") });
  const answer = await fetch("/json/login_session", { method: "POST", body });
  if (answer.ok) location.href = "/irc.html";
  else document.getElementById("said").textContent = "Login failed: unauthorized.";
});
</script></body></html>`;
}

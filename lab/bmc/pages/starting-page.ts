/** What a controller shows while its web interface is not up yet; it asks again by itself. */
export function startingPage(): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>LAB: starting</title>
<style>body { font: 16px "DejaVu Sans", sans-serif; margin: 20vh 10vw; color: #23282d; }</style></head>
<body><h1>LAB</h1><p>The management processor is starting. Please wait.</p>
<script>setInterval(async () => {
  const answer = await fetch("/").catch(() => undefined);
  if ((await answer?.text())?.includes('type="password"')) location.reload();
}, 1000);</script></body></html>`;
}

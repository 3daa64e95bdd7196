import type { Mail } from "./store.ts";

const STYLE = `
:root{color-scheme:light dark;--ground:#faf8f5;--card:#fff;--ink:#1f1c18;--soft:#6f675d;--line:#e7e1d8;--accent:#9a4f2b;font:15px/1.5 system-ui,sans-serif}
@media(prefers-color-scheme:dark){:root{--ground:#171512;--card:#201d19;--ink:#f1ece4;--soft:#a79d90;--line:#37322b;--accent:#e2a27f}}
*{box-sizing:border-box}body{margin:0;background:var(--ground);color:var(--ink)}
main{display:grid;grid-template-columns:minmax(16rem,24rem) 1fr;min-height:100vh}
nav{border-right:1px solid var(--line);overflow:auto;max-height:100vh;position:sticky;top:0}
header{padding:24px 24px 16px}h1{font-size:18px;margin:0}header p{margin:4px 0 12px;color:var(--soft);font-size:13px}
input{width:100%;padding:8px 12px;border:1px solid var(--line);border-radius:10px;background:var(--card);color:inherit;font:inherit}
ol{list-style:none;margin:0;padding:0 12px 24px}li a{display:block;padding:12px;border-radius:10px;color:inherit;text-decoration:none}
li a:hover,li a[aria-current]{background:var(--card);box-shadow:0 0 0 1px var(--line)}
a:focus-visible,input:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
b{display:block;font-weight:600;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}small{color:var(--soft);font-size:13px}
article{padding:32px;display:flex;flex-direction:column;gap:16px;min-width:0}h2{margin:0;font-size:22px}
dl{display:grid;grid-template-columns:auto 1fr;gap:2px 16px;margin:0;color:var(--soft);font-size:13px}dd{margin:0;color:var(--ink)}
iframe,pre{flex:1;min-height:60vh;width:100%;border:1px solid var(--line);border-radius:10px;background:#fff;color:#1f1c18;margin:0}
pre{padding:24px;white-space:pre-wrap;overflow-wrap:anywhere}.empty{margin:auto;text-align:center;color:var(--soft);max-width:36ch}
@media(max-width:720px){main{grid-template-columns:1fr}nav{position:static;max-height:40vh;border-right:0;border-bottom:1px solid var(--line)}}`;

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function when(iso: string): string {
  return new Date(iso).toLocaleString("en-GB", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
}

function row(mail: Mail, query: string, current?: Mail): string {
  const here = mail.id === current?.id ? ' aria-current="page"' : "";
  return `<li><a href="/messages/${mail.id}${query}"${here}><b>${escape(mail.subject)}</b><small>${escape(mail.to.join(", "))} · ${when(mail.receivedAt)}</small></a></li>`;
}

function reading(mail: Mail | undefined): string {
  if (!mail) return `<p class="empty">No mail here yet. Whatever Sidecar sends, a sign-in code for example, appears on this page.</p>`;
  // The frame is sandboxed: what a mail contains can't run scripts or reach this page.
  const body = mail.html
    ? `<iframe title="Message" sandbox="allow-popups allow-popups-to-escape-sandbox" src="/messages/${mail.id}/html"></iframe>`
    : `<pre>${escape(mail.text)}</pre>`;
  return `<h2>${escape(mail.subject)}</h2><dl><dt>From</dt><dd>${escape(mail.from)}</dd><dt>To</dt><dd>${escape(mail.to.join(", "))}</dd><dt>Received</dt><dd>${when(mail.receivedAt)}</dd></dl>${body}`;
}

/**
 * The inbox with one mail open.
 * @param filter the address that the list is narrowed to, as typed
 */
export function inboxPage(mails: Mail[], current: Mail | undefined, filter: string): string {
  const query = filter ? `?to=${encodeURIComponent(filter)}` : "";
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Mailbox</title>
<link rel="icon" href="data:,"><style>${STYLE}</style></head><body><main><nav aria-label="Messages"><header><h1>Mailbox</h1>
<p>Mail that Sidecar sent on this machine. Nothing leaves it.</p>
<form action="/"><input type="search" name="to" value="${escape(filter)}" placeholder="Filter by address" aria-label="Filter by address"></form></header>
<ol>${mails.map((mail) => row(mail, query, current)).join("")}</ol></nav><article>${reading(current)}</article></main>
<script>const newest=${JSON.stringify(mails[0]?.id ?? "")};setInterval(async()=>{const r=await fetch("/api/messages?limit=1&to="+encodeURIComponent(${JSON.stringify(filter).replace(/</g, "\\u003c")})).catch(()=>null);
if(r&&r.ok){const[m]=await r.json();if((m?m.id:"")!==newest)location.reload()}},2000)</script></body></html>`;
}

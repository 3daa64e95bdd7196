"use client";
import { fontVariables } from "@/app/fonts/geist";
import { ErrorNotice } from "@/components/shell/error-notice";
import "./globals.css";

/** Stands in for the whole document when the root layout itself failed. Always light: what sets the theme failed too. */
export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en-GB" className={fontVariables}>
      <body>
        <title>This page could not be shown · Sidecar</title>
        <main className="container-page py-24">
          <ErrorNotice error={error} retry={retry} />
        </main>
      </body>
    </html>
  );
}

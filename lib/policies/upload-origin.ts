export type UploadOriginRules = {
  /** The app's own address */
  appUrl: string;
  /** Refuses http://localhost */
  production: boolean;
  /** Narrows *.vercel.app to `<prefix>.vercel.app` and `<prefix>-*.vercel.app`; empty means every preview */
  previewPrefix: string;
  /** Host names served over https, e.g. sidecaronboarding.com */
  allowedDomains: readonly string[];
};

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** One label of a host name, as browsers send it: no dots, so that nothing can be put in front of the domain. */
const label = "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?";

function patterns(rules: UploadOriginRules): RegExp[] {
  const prefix = escaped(rules.previewPrefix.toLowerCase());
  const preview = prefix ? `${prefix}(?:-[a-z0-9-]*[a-z0-9])?` : label;
  return [
    ...(rules.production ? [] : [/^http:\/\/localhost:\d{1,5}$/]),
    new RegExp(`^https://${preview}\\.vercel\\.app$`),
    ...rules.allowedDomains.filter(Boolean).map((domain) => new RegExp(`^https://${escaped(domain.toLowerCase())}$`)),
    new RegExp(`^${escaped(new URL(rules.appUrl).origin)}$`),
  ];
}

/**
 * May a page of this origin ask for an upload address? The bucket itself takes every origin, so this is the gate; the session is
 * still required. A missing origin, or the "null" of sandboxes and local files, is nobody's.
 */
export function isUploadOriginAllowed(origin: string | null, rules: UploadOriginRules): boolean {
  if (!origin || origin === "null") return false;
  const folded = origin.toLowerCase();
  return patterns(rules).some((pattern) => pattern.test(folded));
}

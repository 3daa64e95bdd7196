export type PolicyInput = {
  nonce: string;
  /** Where the browser uploads to and plays from */
  storageOrigins: string[];
  /** Hot reload needs eval */
  development: boolean;
  /** Served over https */
  secure: boolean;
};

/**
 * The Content-Security-Policy of one response (CSP Level 3). Scripts need the nonce; style attributes can't carry one, hence
 * 'unsafe-inline' for styles alone.
 */
export function contentSecurityPolicy({ nonce, storageOrigins, development, secure }: PolicyInput): string {
  const storage = [...new Set(storageOrigins)].join(" ");
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    `img-src 'self' blob: data: ${storage}`,
    `media-src 'self' blob: ${storage}`,
    `connect-src 'self' ${storage}${development ? " ws:" : ""}`,
    "font-src 'self'",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(secure ? ["upgrade-insecure-requests"] : []),
  ].join("; ");
}

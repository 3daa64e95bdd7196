const units = ["bytes", "KB", "MB", "GB", "TB"] as const;

/** Bytes for people, in steps of 1024: "0 bytes", "1 byte", "1.5 MB", "12 GB". Takes bigint, as the ledger does. */
export function formatBytes(bytes: number | bigint): string {
  const value = Number(bytes);
  if (value === 1) return "1 byte";
  let scaled = value;
  let step = 0;
  while (Math.abs(scaled) >= 1024 && step < units.length - 1) {
    scaled /= 1024;
    step += 1;
  }
  const digits = step === 0 || Math.abs(scaled) >= 10 ? 0 : 1;
  return `${scaled.toFixed(digits).replace(/\.0$/, "")} ${units[step]}`;
}

/** A spreadsheet would run these as a formula. */
const FORMULA = /^[=+\-@\t\r]/;

function cell(value: string | null): string {
  if (value === null) return "";
  const plain = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n']/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

/** One line of a CSV file (RFC 4180), its end included. Null is an empty cell; what a spreadsheet would run is disarmed. */
export function csvLine(values: readonly (string | null)[]): string {
  return `${values.map(cell).join(",")}\r\n`;
}

const numbers = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

/** How long until `end`, for a sentence: "seven days", "one hour", "less than an hour". Whole days are rounded to the nearest. */
export function expiryInWords(end: Date, now: Date): string {
  const hours = (end.getTime() - now.getTime()) / 3_600_000;
  const [count, unit] = hours >= 36 ? [Math.round(hours / 24), "day"] : [Math.floor(hours), "hour"];
  if (count < 1) return "less than an hour";
  return `${numbers[count] ?? count} ${unit}${count === 1 ? "" : "s"}`;
}

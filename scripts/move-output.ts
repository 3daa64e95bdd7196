import { createWriteStream } from "node:fs";
import { once } from "node:events";
import { formatBytes } from "@/lib/core/bytes";
import { csvLine } from "@/lib/core/csv";
import { AppError } from "@/lib/core/app-error";
import type { MoveCounts, MoveLine } from "@/lib/schemas/storage-move";
import type { MoveOptions, MoveResult } from "@/lib/services/storage-move-service";

const MIB = 1024 ** 2;
const columns = ["outcome", "key", "bytes", "file", "organization", "detail"];

function toLine({ outcome, fileKey, bytes, mediaFileId, organizationId, detail }: MoveLine): string {
  return csvLine([outcome, fileKey, String(bytes), mediaFileId, organizationId, detail]);
}

function progress({ done, files, readBytes, outcomes }: MoveCounts): string {
  const parts = Object.entries(outcomes).map(([outcome, count]) => `${outcome} ${count}`);
  return [`${done} of ${files}`, `${formatBytes(readBytes)} read`, ...parts].join(", ");
}

/** MiB per second as a person types it, in bytes; null without. */
function parseRate(text: string | undefined): number | null {
  if (text === undefined) return null;
  const rate = Number(text);
  if (!(rate > 0)) throw new AppError("INVALID_INPUT", "--rate takes MiB per second, such as 20 or 0.5.");
  return rate * MIB;
}

/**
 * Runs a move for a command line: where it stands each second on stderr, every file in the CSV of `report`, a JSON object as the last
 * line. Ends the process: 0 when nothing is left to look at, else 1.
 */
export async function runForTerminal(
  { rate, report }: { rate: string | undefined; report: string | undefined },
  move: (options: MoveOptions) => Promise<MoveResult>,
): Promise<never> {
  const csv = report === undefined ? null : createWriteStream(report);
  csv?.write(csvLine(columns));
  let latest: MoveCounts | null = null;
  const timer = setInterval(() => latest && console.error(progress(latest)), 1000);
  let code = 1;
  try {
    const { id, counts, problems } = await move({
      rate: parseRate(rate),
      report: (line) => csv?.write(toLine(line)),
      onChange: (counts) => (latest = counts),
    });
    console.error(progress(counts));
    const { outcomes, ...figures } = counts;
    console.log(JSON.stringify({ move: id, ...figures, ...outcomes, problems }));
    code = problems === 0 ? 0 : 1;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    console.error(error.message);
  } finally {
    clearInterval(timer);
    if (csv) await once(csv.end(), "close");
  }
  process.exit(code);
}

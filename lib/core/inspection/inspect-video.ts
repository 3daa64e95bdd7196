import "server-only";
import { CustomSource, EncodedPacketSink, Input, MATROSKA, MP4, QTFF, WEBM, type InputTrack, type InputVideoTrack } from "mediabunny";
import { refuse, type ByteSource, type Inspection } from "./inspection";

/** Bytes that finding the first and last frames may cost; an index of many hours stays far below. */
const READ_BUDGET = 96 * 1024 ** 2;
const MAX_SIDE = 8192;
/** Seconds that a file may end before the duration that it claims; streams of one file differ by some frames. */
const MISSING_END = 2;

const playableVideo = new Set<string | null>(["avc", "vp8", "vp9", "av1"]);
const playableAudio = new Set<string | null>(["aac", "mp3", "opus", "vorbis", "flac"]);
/** H.264 profiles with 10 bits or full colour (High 10, 4:2:2, 4:4:4), which browsers do not decode. ITU-T H.264, annex A.2. */
const unplayableProfiles = /^avc[13]\.(6e|7a|f4|2c)/i;

const exportAgain = "Export it again as MP4 with H.264 video and AAC sound, and upload that.";
const incomplete = refuse(
  "DAMAGED",
  "This video is incomplete: the file ends before the video does. Copy or export it again, and upload the new file.",
);

class ReadBudgetSpent extends Error {}
class SourceFailed extends Error {}

/** Whatever the storage throws is kept apart from what the container's reader throws. */
function meteredSource(source: ByteSource): CustomSource {
  let spent = 0;
  return new CustomSource({
    getSize: () => source.size,
    prefetchProfile: "network",
    handleUnhandledError: () => undefined,
    read: async (start, end) => {
      spent += end - start;
      if (spent > READ_BUDGET) throw new ReadBudgetSpent();
      try {
        return await source.read(start, end);
      } catch (cause) {
        throw new SourceFailed("the file could not be read", { cause });
      }
    },
  });
}

async function checkVideoTrack(track: InputVideoTrack): Promise<Inspection | null> {
  const codec = await track.getCodec();
  const parameters = (await track.getCodecParameterString()) ?? "";
  if (!playableVideo.has(codec) || unplayableProfiles.test(parameters)) {
    const name = codec === "hevc" ? "HEVC (H.265)" : codec === "avc" ? "a variant of H.264" : (codec?.toUpperCase() ?? "an unknown codec");
    return refuse("CODEC_UNSUPPORTED", `This video is encoded as ${name}, which most browsers can't play. ${exportAgain}`);
  }
  const [width, height] = [await track.getDisplayWidth(), await track.getDisplayHeight()];
  if (width > MAX_SIDE || height > MAX_SIDE) {
    return refuse("TOO_MANY_PIXELS", `This video measures ${width} by ${height} pixels. Use at most ${MAX_SIDE} a side.`);
  }
  return null;
}

/** Reads a track's first and last packet; its end in seconds, or null when their bytes are not in the file. */
async function endOfTrack(track: InputTrack): Promise<number | null> {
  const sink = new EncodedPacketSink(track);
  const first = await sink.getFirstPacket();
  const last = await sink.getPacket(Number.POSITIVE_INFINITY);
  return first && last ? last.timestamp + last.duration : null;
}

async function inspectInput(input: Input, verifiedType: string): Promise<Inspection> {
  const format = await input.getFormat();
  // file-type can't tell Matroska's profiles apart in all cases, and browsers take only WebM of them.
  if (format === MATROSKA)
    return refuse("CODEC_UNSUPPORTED", `This is a Matroska video (.mkv), which most browsers can't play. ${exportAgain}`);
  const video = await input.getPrimaryVideoTrack();
  if (!video) {
    const sound = await input.getPrimaryAudioTrack();
    return sound ? refuse("CONTENT_DIFFERS", "This file has sound but no picture. Choose a video.") : incomplete;
  }
  const refusal = await checkVideoTrack(video);
  if (refusal) return refusal;
  const audio = await input.getPrimaryAudioTrack();
  const audioCodec = audio && (await audio.getCodec());
  if (audio && !playableAudio.has(audioCodec)) {
    return refuse("CODEC_UNSUPPORTED", `The sound of this video is in a format that most browsers can't play. ${exportAgain}`);
  }
  const ends = await Promise.all([video, ...(audio ? [audio] : [])].map(endOfTrack));
  const end = Math.max(...ends.map((seconds) => seconds ?? 0));
  const claimed = (await input.getDurationFromMetadata()) ?? end;
  if (ends.includes(null) || end <= 0 || end + MISSING_END < claimed) return incomplete;
  const [width, height] = [await video.getDisplayWidth(), await video.getDisplayHeight()];
  return { ok: true, verifiedType, width, height, durationMs: Math.round(end * 1000) };
}

/**
 * Opens a video's container and reads its first and last frames through ranged reads: duration, size, whether browsers play it and
 * whether all of it is there.
 */
export async function inspectVideo(source: ByteSource, verifiedType: string): Promise<Inspection> {
  const input = new Input({ formats: [MP4, QTFF, WEBM, MATROSKA], source: meteredSource(source) });
  try {
    return await inspectInput(input, verifiedType);
  } catch (error) {
    if (error instanceof SourceFailed) throw error.cause;
    if (error instanceof ReadBudgetSpent) {
      return refuse("NO_INDEX", `This video has no index, so nobody could seek in it. ${exportAgain}`);
    }
    // The reader throws plain errors of many kinds for a malformed container.
    return incomplete;
  } finally {
    input.dispose();
  }
}

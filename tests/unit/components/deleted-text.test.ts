import { expect, test } from "vitest";
import { refillText, restoreNotes, undoSentence, whatWent } from "@/components/deleted-content/deleted-text";

const report = { title: "Welcome", courseId: "c", lostFiles: [], movedTo: null, newSlug: null };
const counts = { lessons: 0, learners: 0, files: 0, bytes: 0 };

test("the time to undo is told in hours, and from two whole days on in days", () => {
  expect([1, 24, 36, 48].map(undoSentence)).toEqual([
    "It can be restored for 1 hour.",
    "It can be restored for 24 hours.",
    "It can be restored for 36 hours.",
    "It can be restored for 2 days.",
  ]);
});

test("what went with something is counted, and what did not go is not mentioned", () => {
  expect(whatWent({ kind: "LESSON", counts: { ...counts, lessons: 1 } })).toBe("Lesson");
  expect(whatWent({ kind: "COURSE", counts: { lessons: 3, learners: 1, files: 2, bytes: 2048 } })).toBe(
    "Course, 3 lessons, 2 files (2 KB), the progress of 1 learner",
  );
});

test("a restoration has nothing to add when all is as it was, and else says what is not", () => {
  expect(restoreNotes(report)).toBeUndefined();
  expect(restoreNotes({ ...report, movedTo: "Start", newSlug: "welcome-2", lostFiles: ["a.mp4", "b.pdf"] })).toBe(
    "Its chapter is gone, so it is at the end of “Start”. Its address was taken meanwhile; the new one is welcome-2. Deleted for good meanwhile: a.mp4, b.pdf.",
  );
});

test("an emptying that was taken back says how many places have their file, and how many have not", () => {
  expect(refillText({ restored: 12, left: 0 })).toBe("Files are back in 12 places.");
  expect(refillText({ restored: 1, left: 2 })).toBe("Files are back in 1 place. 2 places have another file by now, or are gone.");
  expect(refillText({ restored: 0, left: 1 })).toBe("No place was free for a file. 1 place has another file by now, or is gone.");
});

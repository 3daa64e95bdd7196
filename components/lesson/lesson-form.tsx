"use client";
import { editLessonPath } from "@/components/course/author-paths";
import { ConflictDialog } from "@/components/course/conflict-dialog";
import { LeaveGuard } from "@/components/course/leave-guard";
import { mediaIdentity } from "@/components/course/media-identity";
import type { MemberAction } from "@/components/course/member-action";
import { RemovedFiles } from "@/components/deleted-content/removed-files";
import { saySaved } from "@/components/deleted-content/say-saved";
import { FileUploader } from "@/components/file-uploader/file-uploader";
import { RichTextEditor } from "@/components/rich-text/rich-text-editor";
import { Card, CardBody } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { UnsavedBar } from "@/components/ui/unsaved-bar";
import { useLatest } from "@/hooks/use-latest";
import { useVersionedForm, type Versioned } from "@/hooks/use-versioned-form";
import type { ActionResult } from "@/lib/core/result";
import { MAX_ATTACHMENTS, type LessonDetails } from "@/lib/schemas/lesson";
import type { MediaView } from "@/lib/schemas/media";
import { richTextExcerpt, type RichTextDocument } from "@/lib/schemas/rich-text";
import type { UploadLimits } from "@/lib/schemas/upload";
import { LessonAttachmentsField } from "./lesson-attachments-field";
import { LessonPosterField } from "./lesson-poster-field";

type Values = Pick<LessonDetails, "title" | "body" | "video" | "poster" | "attachments">;
type LessonKey = { courseId: string; lessonId: string };
type SaveInput = LessonKey & {
  version: number;
  title: string;
  body: RichTextDocument | null;
  videoId: string | null;
  posterId: string | null;
  attachmentIds: string[];
};

/** Props of `LessonForm`. */
export interface LessonFormProps {
  org: string;
  courseId: string;
  lesson: LessonDetails;
  limits: { video: UploadLimits; poster: UploadLimits; attachment: UploadLimits };
  save: MemberAction<SaveInput, LessonDetails>;
  read: MemberAction<LessonKey, LessonDetails>;
}

const labels: Record<keyof Values, string> = {
  title: "Title",
  body: "Text",
  video: "Video",
  poster: "Poster",
  attachments: "Attachments",
};

function toVersioned({ version, editedAt, editedBy, ...lesson }: LessonDetails): Versioned<Values> {
  const { title, body, video, poster, attachments } = lesson;
  return { version, editedAt, editedBy, values: { title, body, video, poster, attachments } };
}
const idsOf = (...files: (MediaView | null)[]): string[] => files.flatMap((file) => (file ? [file.id] : []));
const versioned = (result: ActionResult<LessonDetails>): ActionResult<Versioned<Values>> =>
  result.ok ? { ok: true, data: toVersioned(result.data) } : result;

function describe(key: keyof Values, values: Values): string {
  if (key === "body") return richTextExcerpt(values.body) || "Empty";
  if (key === "video" || key === "poster") return values[key]?.fileName ?? "None";
  if (key === "attachments") return values.attachments.map((file) => file.fileName).join(", ") || "None";
  return values.title;
}

/** A lesson's title, text, video with its poster, and attachments, with an explicit save and a choice when somebody else saved first. */
export function LessonForm({ org, courseId, lesson, limits, save, read }: LessonFormProps) {
  const key = { org, courseId, lessonId: lesson.id };
  const undoSave = (before: Values, went: readonly string[]) => {
    const { base, saveWith } = latest.current;
    const wentWith = (...files: (MediaView | null)[]) => idsOf(...files).some((id) => went.includes(id));
    const earlier = idsOf(...before.attachments);
    const later = base.values.attachments.filter(({ id }) => !earlier.includes(id));
    void saveWith({
      ...(wentWith(before.video) ? { video: before.video } : {}),
      ...(wentWith(before.poster) ? { poster: before.poster } : {}),
      ...(wentWith(...before.attachments) ? { attachments: [...before.attachments, ...later] } : {}),
    });
  };
  const form = useVersionedForm<Values>({
    saved: toVersioned(lesson),
    identify: mediaIdentity,
    save: async ({ title, body, video, poster, attachments }, version) => {
      const files = { videoId: video?.id ?? null, posterId: poster?.id ?? null, attachmentIds: idsOf(...attachments) };
      const before = latest.current.base.values;
      const result = await save({ ...key, version, title, body, ...files });
      if (result.ok) {
        const { removed } = result.data;
        const ids = idsOf(before.video, before.poster, ...before.attachments);
        saySaved({ text: "Lesson saved", removed, before: ids, undo: (went) => undoSave(before, went) });
      }
      return versioned(result);
    },
    read: async () => versioned(await read(key)),
  });
  const latest = useLatest(form);
  const { values, set, fieldErrors } = form;
  const saved = form.base.values;
  const destination = (part: string) => ({ href: editLessonPath(org, courseId, lesson.id), label: `${part} of ${lesson.title}` });
  const inForm = idsOf(values.video, values.poster, ...values.attachments);
  const failure = form.error && form.error.code !== "CONFLICT" ? form.error.message : undefined;
  return (
    <>
      <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <Card>
          <CardBody className="grid grid-cols-1 gap-6">
            <Field label={labels.title} error={fieldErrors.title}>
              <Input value={values.title} onChange={(event) => set({ title: event.target.value })} maxLength={120} autoComplete="off" />
            </Field>
            <Field label={labels.body} error={fieldErrors.body}>
              <RichTextEditor key={form.revision} label={labels.body} tall value={values.body} onChange={(body) => set({ body })} />
            </Field>
          </CardBody>
        </Card>
        <Card>
          <CardBody className="grid grid-cols-1 gap-8">
            <div data-focus-home className="grid grid-cols-1 gap-3">
              <FileUploader
                org={org}
                kind="VIDEO"
                label={labels.video}
                destination={destination("Video")}
                optional
                value={values.video}
                saved={idsOf(saved.video)}
                onChange={(video) => set({ video })}
                limits={limits.video}
                error={fieldErrors.videoId}
              />
              <RemovedFiles files={lesson.removed} kind="VIDEO" inPlace={inForm} onPutBack={(video) => set({ video })} />
            </div>
            <div data-focus-home className="grid grid-cols-1 gap-3 empty:hidden">
              <LessonPosterField
                org={org}
                destination={destination("Poster")}
                video={values.video}
                value={values.poster}
                saved={idsOf(saved.poster)}
                onChange={(poster) => set({ poster })}
                limits={limits.poster}
                error={fieldErrors.posterId}
              />
              <RemovedFiles files={lesson.removed} kind="POSTER" inPlace={inForm} onPutBack={(poster) => set({ poster })} />
            </div>
            <div data-focus-home className="grid grid-cols-1 gap-3">
              <LessonAttachmentsField
                org={org}
                destination={destination("Attachment")}
                value={values.attachments}
                saved={idsOf(...saved.attachments)}
                onChange={(change) => form.update((current) => ({ attachments: change(current.attachments) }))}
                limits={limits.attachment}
                error={fieldErrors.attachmentIds}
              />
              <RemovedFiles
                files={lesson.removed}
                kind="ATTACHMENT"
                inPlace={inForm}
                disabled={values.attachments.length >= MAX_ATTACHMENTS}
                onPutBack={(file) =>
                  form.update((current) => ({ attachments: [...current.attachments.filter(({ id }) => id !== file.id), file] }))
                }
              />
            </div>
          </CardBody>
        </Card>
      </div>
      <UnsavedBar dirty={form.dirty} pending={form.pending} error={failure} onSave={() => void form.save()} onDiscard={form.discard} />
      <LeaveGuard dirty={form.dirty} />
      <ConflictDialog
        noun="lesson"
        theirs={form.conflict}
        mine={values}
        differences={form.differences}
        labels={labels}
        describe={describe}
        pending={form.pending}
        onTakeTheirs={form.takeTheirs}
        onKeepMine={() => void form.keepMine()}
        onPostpone={form.postpone}
      />
    </>
  );
}

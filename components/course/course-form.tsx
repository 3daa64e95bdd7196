"use client";
import { RemovedFiles } from "@/components/deleted-content/removed-files";
import { saySaved } from "@/components/deleted-content/say-saved";
import { FileUploader } from "@/components/file-uploader/file-uploader";
import { RichTextEditor } from "@/components/rich-text/rich-text-editor";
import { Card, CardBody } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { NativeSelect } from "@/components/ui/native-select";
import { Textarea } from "@/components/ui/textarea";
import { UnsavedBar } from "@/components/ui/unsaved-bar";
import { useLatest } from "@/hooks/use-latest";
import { useVersionedForm, type Versioned } from "@/hooks/use-versioned-form";
import type { ActionResult } from "@/lib/core/result";
import { courseLevels, levelLabels, type CourseDetails } from "@/lib/schemas/course";
import { richTextExcerpt, type RichTextDocument } from "@/lib/schemas/rich-text";
import type { UploadLimits } from "@/lib/schemas/upload";
import { editCoursePath } from "./author-paths";
import { ConflictDialog } from "./conflict-dialog";
import { LeaveGuard } from "./leave-guard";
import { mediaIdentity } from "./media-identity";
import type { MemberAction } from "./member-action";

type Values = Pick<CourseDetails, "title" | "slug" | "summary" | "description" | "level" | "category" | "thumbnail">;
type SaveInput = Omit<Values, "thumbnail"> & { courseId: string; version: number; thumbnailId: string | null };

/** Props of `CourseForm`. */
export interface CourseFormProps {
  org: string;
  course: CourseDetails;
  /** Categories in use, as suggestions. */
  categories: readonly string[];
  limits: UploadLimits;
  save: MemberAction<SaveInput, CourseDetails>;
  read: MemberAction<{ courseId: string }, CourseDetails>;
}

const labels: Record<keyof Values, string> = {
  title: "Title",
  slug: "Address",
  summary: "Summary",
  description: "Description",
  level: "Level",
  category: "Category",
  thumbnail: "Thumbnail",
};

function toVersioned({ version, editedAt, editedBy, ...course }: CourseDetails): Versioned<Values> {
  const { title, slug, summary, description, level, category, thumbnail } = course;
  return { version, editedAt, editedBy, values: { title, slug, summary, description, level, category, thumbnail } };
}
const versioned = (result: ActionResult<CourseDetails>): ActionResult<Versioned<Values>> =>
  result.ok ? { ok: true, data: toVersioned(result.data) } : result;

function describe(key: keyof Values, values: Values): string {
  if (key === "description") return richTextExcerpt(values.description) || "Empty";
  if (key === "thumbnail") return values.thumbnail?.fileName ?? "None";
  if (key === "level") return levelLabels[values.level];
  return values[key] || "Empty";
}

/** The details of a course, with an explicit save and a choice when somebody else saved first. */
export function CourseForm({ org, course, categories, limits, save, read }: CourseFormProps) {
  const form = useVersionedForm<Values>({
    saved: toVersioned(course),
    identify: mediaIdentity,
    save: async ({ thumbnail, ...values }, version) => {
      const before = latest.current.base.values.thumbnail;
      const result = await save({ ...values, org, courseId: course.id, version, thumbnailId: thumbnail?.id ?? null });
      if (result.ok) {
        const undo = () => void latest.current.saveWith({ thumbnail: before });
        saySaved({ text: "Details saved", removed: result.data.removed, before: before ? [before.id] : [], undo });
      }
      return versioned(result);
    },
    read: async () => versioned(await read({ org, courseId: course.id })),
  });
  const latest = useLatest(form);
  const { values, set, fieldErrors } = form;
  const failure = form.error && form.error.code !== "CONFLICT" ? form.error.message : undefined;
  return (
    <>
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <Card>
          <CardBody className="grid grid-cols-1 gap-6">
            <Field label={labels.title} error={fieldErrors.title}>
              <Input value={values.title} onChange={(event) => set({ title: event.target.value })} maxLength={120} autoComplete="off" />
            </Field>
            <Field
              label={labels.summary}
              hint={`One or two sentences for the catalogue. ${values.summary.length} of 280 characters.`}
              error={fieldErrors.summary}
            >
              <Textarea value={values.summary} onChange={(event) => set({ summary: event.target.value })} maxLength={280} rows={2} />
            </Field>
            <Field label={labels.description} hint="What learners will be able to do, and for whom it is." error={fieldErrors.description}>
              <RichTextEditor
                key={form.revision}
                label={labels.description}
                value={values.description}
                onChange={(description: RichTextDocument | null) => set({ description })}
              />
            </Field>
          </CardBody>
        </Card>
        <Card>
          <CardBody className="grid grid-cols-1 gap-6">
            <div className="grid grid-cols-1 gap-3">
              <FileUploader
                org={org}
                kind="THUMBNAIL"
                label={labels.thumbnail}
                destination={{ href: editCoursePath(org, course.id), label: `Thumbnail of ${course.title}` }}
                optional
                value={values.thumbnail}
                saved={form.base.values.thumbnail ? [form.base.values.thumbnail.id] : []}
                onChange={(thumbnail) => set({ thumbnail })}
                limits={limits}
                error={fieldErrors.thumbnailId}
              />
              <RemovedFiles
                files={course.removed}
                kind="THUMBNAIL"
                inPlace={values.thumbnail ? [values.thumbnail.id] : []}
                onPutBack={(thumbnail) => set({ thumbnail })}
              />
            </div>
            <Field label={labels.slug} hint="Links that people have saved break when it changes." error={fieldErrors.slug}>
              <Input
                value={values.slug}
                onChange={(event) => set({ slug: event.target.value })}
                maxLength={60}
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                className="font-mono"
              />
            </Field>
            <Field label={labels.level} error={fieldErrors.level}>
              <NativeSelect
                value={values.level}
                onChange={(event) => set({ level: courseLevels.find((level) => level === event.target.value) ?? values.level })}
              >
                {courseLevels.map((level) => (
                  <option key={level} value={level}>
                    {levelLabels[level]}
                  </option>
                ))}
              </NativeSelect>
            </Field>
            <Field label={labels.category} optional error={fieldErrors.category}>
              <Input
                value={values.category}
                onChange={(event) => set({ category: event.target.value })}
                maxLength={60}
                list="course-categories"
                autoComplete="off"
              />
            </Field>
            <datalist id="course-categories">
              {categories.map((category) => (
                <option key={category} value={category} />
              ))}
            </datalist>
          </CardBody>
        </Card>
      </div>
      <UnsavedBar dirty={form.dirty} pending={form.pending} error={failure} onSave={() => void form.save()} onDiscard={form.discard} />
      <LeaveGuard dirty={form.dirty} />
      <ConflictDialog
        noun="course"
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

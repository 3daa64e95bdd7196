import type { Permission } from "@/lib/policies/permission";

/** Ids of one tenant's rows. */
export type Rows = {
  organizationId: string;
  courseId: string;
  courseSlug: string;
  chapterId: string;
  lessonId: string;
  videoId: string;
  pendingFileId: string;
  memberId: string;
  invitationId: string;
  deletedItemId: string;
  exportId: string;
  importId: string;
  /** Of the platform, not of a tenant */
  sweepId: string;
};

export type Line = {
  /** Who passes: everybody, anybody signed in, the platform's staff, the scheduler, or members whose role has the permission */
  access: "public" | "user" | "platform" | "cron" | Permission;
  /** What names rows: asked with another tenant's, the answer is "not found". Left out where the entry names none. */
  rows?: (rows: Rows) => Record<string, unknown>;
  /** What asking with another tenant's rows answers, where it is not NOT_FOUND */
  foreign?: "FORBIDDEN";
};

const learn = "app/o/[org]/(learn)/courses/[course]";
const course = "app/o/[org]/admin/courses/[courseId]";
const transfer = "app/o/[org]/admin/storage/transfer/actions.ts";
const people = "app/o/[org]/admin/people/actions.ts";

/** Every way into the application and who may take it. A new page, route or action without a line here fails the matrix. */
export const entries: Record<string, Line> = {
  // Pages
  "/": { access: "public" },
  "/sign-in": { access: "public" },
  "/invitations/[id]": { access: "public" },
  "/start": { access: "user" },
  "/account": { access: "user" },
  "/o/[org]": { access: "course.learn" },
  "/o/[org]/courses": { access: "course.learn" },
  "/o/[org]/courses/[course]": { access: "course.learn", rows: ({ courseSlug }) => ({ course: courseSlug }) },
  "/o/[org]/courses/[course]/lessons/[lesson]": {
    access: "course.learn",
    rows: ({ courseSlug, lessonId }) => ({ course: courseSlug, lesson: lessonId }),
  },
  "/o/[org]/admin": { access: "admin.view" },
  "/o/[org]/admin/courses": { access: "course.author" },
  "/o/[org]/admin/courses/new": { access: "course.author" },
  "/o/[org]/admin/courses/[courseId]": { access: "course.author", rows: ({ courseId }) => ({ courseId }) },
  "/o/[org]/admin/courses/[courseId]/curriculum": { access: "course.author", rows: ({ courseId }) => ({ courseId }) },
  "/o/[org]/admin/courses/[courseId]/lessons/[lessonId]": {
    access: "course.author",
    rows: ({ courseId, lessonId }) => ({ courseId, lessonId }),
  },
  "/o/[org]/admin/people": { access: "member.view" },
  "/o/[org]/admin/people/invitations": { access: "member.view" },
  "/o/[org]/admin/settings": { access: "organization.update" },
  "/o/[org]/admin/storage": { access: "storage.view" },
  "/o/[org]/admin/storage/files": { access: "storage.view" },
  "/o/[org]/admin/storage/transfer": { access: "storage.manage" },
  "/o/[org]/admin/courses/[courseId]/learners": { access: "progress.view", rows: ({ courseId }) => ({ courseId }) },
  "/platform/admin": { access: "platform" },
  "/platform/admin/audit": { access: "platform" },
  "/platform/admin/jobs": { access: "platform" },
  "/platform/admin/storage": { access: "platform" },
  "/platform/admin/storage/trash": { access: "platform" },
  "/platform/admin/storage/organizations": { access: "platform" },
  "/platform/admin/storage/moves": { access: "platform" },
  "/platform/admin/storage/[id]": { access: "platform", rows: ({ sweepId }) => ({ id: sweepId }) },
  "/platform/admin/storage/replica": { access: "platform" },
  "/platform/admin/organizations": { access: "platform" },
  "/platform/admin/organizations/new": { access: "platform" },
  "/platform/admin/organizations/[id]": { access: "platform", rows: ({ organizationId }) => ({ id: organizationId }) },

  // Route handlers
  "GET /api/health": { access: "public" },
  "GET /api/cron/run-jobs": { access: "cron" },
  "GET /api/cron/cleanup-storage": { access: "cron" },
  "GET /api/cron/archive-storage": { access: "cron" },
  "GET /api/cron/reconcile-storage": { access: "cron" },
  "GET /api/cron/tidy-transfers": { access: "cron" },
  // The link is the right: tests/integration/transfer proves what a wrong one gets.
  "GET /api/exports/[id]/[secret]": { access: "public" },
  "GET /api/cron/replicate-storage": { access: "cron" },
  "GET /api/cron/compare-replica": { access: "cron" },
  "GET /platform/admin/storage/[id]/csv": { access: "platform", rows: ({ sweepId }) => ({ id: sweepId }) },
  "POST /api/s3/upload": { access: "media.upload" },
  "OPTIONS /api/s3/upload": { access: "public" },
  "POST /api/s3/sign": {
    access: "media.upload",
    rows: ({ pendingFileId }) => ({ mediaFileId: pendingFileId, parts: [{ partNumber: 1, sha256: `${"A".repeat(43)}=` }] }),
  },
  "OPTIONS /api/s3/sign": { access: "public" },
  "POST /api/s3/status": { access: "media.upload", rows: ({ pendingFileId }) => ({ mediaFileId: pendingFileId }) },
  "OPTIONS /api/s3/status": { access: "public" },
  "GET /api/s3/uploads": { access: "media.upload" },
  "POST /api/s3/complete": { access: "media.upload", rows: ({ pendingFileId }) => ({ mediaFileId: pendingFileId }) },
  "OPTIONS /api/s3/complete": { access: "public" },
  "POST /api/s3/cancel": { access: "media.upload", rows: ({ pendingFileId }) => ({ mediaFileId: pendingFileId }) },
  "OPTIONS /api/s3/cancel": { access: "public" },
  "GET /api/media/[id]": { access: "course.learn", rows: ({ videoId }) => ({ id: videoId }) },
  "POST /api/progress": {
    access: "course.learn",
    rows: ({ lessonId, videoId }) => ({
      lessonId,
      mediaFileId: videoId,
      viewId: "0197b2a4-7c1e-4f7a-9d3e-2b6a1c9e8f01",
      sequence: 0,
      ranges: [[0, 1000]],
      positionMs: 1000,
    }),
  },

  // Server actions
  "app/account/actions.ts#saveOwnName": { access: "user" },
  "app/account/actions.ts#signOutOthers": { access: "user" },
  "app/account/actions.ts#signOutDevice": { access: "user" },
  // Who has an invitation's address may read it: signed in as somebody else, one is told so.
  "app/(site)/invitations/[id]/actions.ts#accept": { access: "user", rows: ({ invitationId }) => ({ invitationId }), foreign: "FORBIDDEN" },
  "app/(site)/invitations/[id]/actions.ts#decline": {
    access: "user",
    rows: ({ invitationId }) => ({ invitationId }),
    foreign: "FORBIDDEN",
  },
  [`${learn}/actions.ts#enrolInCourse`]: { access: "course.learn", rows: ({ courseId }) => ({ courseId }) },
  [`${learn}/lessons/[lesson]/actions.ts#markLessonDone`]: { access: "course.learn", rows: ({ lessonId }) => ({ lessonId, done: true }) },
  "app/o/[org]/admin/courses/new/actions.ts#create": { access: "course.author" },
  [`${course}/actions.ts#read`]: { access: "course.author", rows: ({ courseId }) => ({ courseId }) },
  [`${course}/actions.ts#save`]: {
    access: "course.author",
    rows: ({ courseId }) => ({
      courseId,
      version: 1,
      title: "Taken over",
      slug: "taken-over",
      summary: "",
      description: null,
      level: "BEGINNER",
      category: "",
      thumbnailId: null,
    }),
  },
  [`${course}/course-actions.ts#move`]: { access: "course.author", rows: ({ courseId }) => ({ courseId, move: "archive" }) },
  [`${course}/cold-actions.ts#cool`]: { access: "storage.manage", rows: ({ courseId }) => ({ courseId }) },
  [`${course}/cold-actions.ts#recall`]: { access: "storage.manage", rows: ({ courseId }) => ({ courseId }) },
  [`${course}/course-actions.ts#remove`]: { access: "course.delete", rows: ({ courseId }) => ({ courseId, title: "Course" }) },
  [`${course}/curriculum/actions.ts#read`]: { access: "course.author", rows: ({ courseId }) => ({ courseId }) },
  [`${course}/curriculum/actions.ts#arrange`]: {
    access: "course.author",
    rows: ({ courseId, chapterId, lessonId }) => ({ courseId, version: 1, chapters: [{ id: chapterId, lessonIds: [lessonId] }] }),
  },
  [`${course}/curriculum/actions.ts#addChapter`]: { access: "course.author", rows: ({ courseId }) => ({ courseId, title: "Ours" }) },
  [`${course}/curriculum/actions.ts#renameChapter`]: {
    access: "course.author",
    rows: ({ courseId, chapterId }) => ({ courseId, chapterId, from: "Theirs", title: "Ours" }),
  },
  [`${course}/curriculum/actions.ts#deleteChapter`]: {
    access: "course.author",
    rows: ({ courseId, chapterId }) => ({ courseId, chapterId }),
  },
  [`${course}/curriculum/actions.ts#addLesson`]: {
    access: "course.author",
    rows: ({ courseId, chapterId }) => ({ courseId, chapterId, title: "Ours" }),
  },
  [`${course}/curriculum/actions.ts#renameLesson`]: {
    access: "course.author",
    rows: ({ courseId, lessonId }) => ({ courseId, lessonId, from: "Theirs", title: "Ours" }),
  },
  [`${course}/curriculum/actions.ts#deleteLesson`]: { access: "course.author", rows: ({ courseId, lessonId }) => ({ courseId, lessonId }) },
  [`${course}/curriculum/actions.ts#restore`]: {
    access: "course.author",
    rows: ({ courseId, deletedItemId }) => ({ courseId, deletedItemId }),
  },
  "app/o/[org]/admin/courses/actions.ts#restore": { access: "course.delete", rows: ({ deletedItemId }) => ({ deletedItemId }) },
  "app/o/[org]/admin/storage/actions.ts#empty": { access: "storage.empty" },
  "app/o/[org]/admin/storage/actions.ts#refill": { access: "storage.empty", rows: ({ deletedItemId }) => ({ deletedItemId }) },
  [`${course}/lessons/[lessonId]/actions.ts#read`]: { access: "course.author", rows: ({ courseId, lessonId }) => ({ courseId, lessonId }) },
  [`${course}/lessons/[lessonId]/actions.ts#save`]: {
    access: "course.author",
    rows: ({ courseId, lessonId }) => ({
      courseId,
      lessonId,
      version: 1,
      title: "Ours",
      body: null,
      videoId: null,
      posterId: null,
      attachmentIds: [],
    }),
  },
  [`${transfer}#startExport`]: { access: "storage.manage" },
  [`${transfer}#cancelExport`]: { access: "storage.manage", rows: ({ exportId }) => ({ exportId }) },
  [`${transfer}#deleteExport`]: { access: "storage.manage", rows: ({ exportId }) => ({ exportId }) },
  [`${transfer}#startImport`]: { access: "storage.manage" },
  [`${transfer}#cancelImport`]: { access: "storage.manage", rows: ({ importId }) => ({ importId }) },
  "app/o/[org]/admin/settings/actions.ts#saveOrganization": { access: "organization.update" },
  [`${people}#invite`]: { access: "member.manage" },
  [`${people}#resend`]: { access: "member.manage", rows: ({ invitationId }) => ({ invitationId }) },
  [`${people}#cancel`]: { access: "member.manage", rows: ({ invitationId }) => ({ invitationId }) },
  [`${people}#changeRole`]: { access: "member.manage", rows: ({ memberId }) => ({ memberId, role: "learner" }) },
  [`${people}#remove`]: { access: "member.manage", rows: ({ memberId }) => ({ memberId }) },
  [`${people}#leave`]: { access: "course.learn" },
  "app/platform/admin/organizations/actions.ts#create": { access: "platform" },
  "app/platform/admin/organizations/actions.ts#inviteOneOwner": { access: "platform" },
  "app/platform/admin/organizations/actions.ts#setLimits": { access: "platform" },
  "app/platform/admin/storage/actions.ts#start": { access: "platform" },
  "app/platform/admin/storage/actions.ts#restore": { access: "platform" },
  "app/platform/admin/storage/replica/actions.ts#compare": { access: "platform" },
  "app/platform/admin/storage/replica/actions.ts#retry": { access: "platform" },
};

-- DropIndex
DROP INDEX "AuditEvent_organizationId_createdAt_idx";

-- DropIndex
DROP INDEX "AuditEvent_createdAt_idx";

-- CreateIndex
CREATE INDEX "AuditEvent_organizationId_id_idx" ON "AuditEvent"("organizationId", "id");

-- By hand from here: Prisma has no checks.
-- Addresses are stored in lower case, so that equality is enough everywhere.
ALTER TABLE "User" ADD CONSTRAINT "User_email_lower_case" CHECK ("email" = lower("email"));
ALTER TABLE "Invitation" ADD CONSTRAINT "Invitation_email_lower_case" CHECK ("email" = lower("email"));

-- Closed sets that the sign-in library keeps as text.
ALTER TABLE "Member" ADD CONSTRAINT "Member_role_known" CHECK ("role" IN ('owner', 'admin', 'instructor', 'learner'));
ALTER TABLE "Invitation" ADD CONSTRAINT "Invitation_status_known" CHECK ("status" IN ('pending', 'accepted', 'rejected', 'canceled'));
ALTER TABLE "Organization" ADD CONSTRAINT "Organization_accent_is_hex" CHECK ("accentColor" IS NULL OR "accentColor" ~ '^#[0-9a-f]{6}$');

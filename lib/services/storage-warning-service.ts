import "server-only";
import { createElement } from "react";
import { render } from "react-email";
import { sendMail } from "../clients/mailer";
import { formatBytes } from "../core/bytes";
import { logger } from "../core/logger";
import { listPeopleWithRoles } from "../data/member";
import { findWarnedAccount, followWarningLevel } from "../data/storage-account";
import type { Db, TenantScope } from "../data/transaction";
import { env } from "../env";
import { enqueue } from "../jobs/enqueue";
import { StorageWarningMail } from "../mails/storage-warning";
import { rolesWith } from "../policies/permission";

const readers = rolesWith("storage.view");

/**
 * Call it in the transaction that changes how many bytes are used. When they crossed 80 or 95 % of the limit, everybody who may see the
 * storage is mailed, once; when they fell below, the next crossing is told again.
 */
export async function watchStorageLevel(tx: Db, { organizationId }: TenantScope): Promise<void> {
  const percent = await followWarningLevel({ organizationId }, tx);
  if (percent === null) return;
  for (const { id } of await listPeopleWithRoles({ organizationId }, readers, tx)) {
    await enqueue(tx, "send-storage-warning", { organizationId, userId: id, percent });
  }
}

/**
 * Mails one person of the organization, unless its level has changed or they may no longer see the storage.
 *
 * @throws what the mail server answers; the job is then tried again
 */
export async function mailStorageWarning(input: { organizationId: string; userId: string; percent: number }): Promise<void> {
  const { organizationId, userId, percent } = input;
  const [account, people] = await Promise.all([findWarnedAccount({ organizationId }), listPeopleWithRoles({ organizationId }, readers)]);
  const person = people.find(({ id }) => id === userId);
  if (!account || account.warnedPercent !== percent || !person) {
    logger.info(input, "storage warning is out of date; no mail");
    return;
  }
  const { name, slug } = account.organization;
  const message = createElement(StorageWarningMail, {
    organization: name,
    percent,
    used: formatBytes(account.usedBytes),
    limit: formatBytes(account.limitBytes),
    link: new URL(`/o/${slug}/admin/storage`, env.BETTER_AUTH_URL).href,
  });
  await sendMail({
    to: person.email,
    subject: `Storage of ${name} is ${percent}% full`,
    html: await render(message),
    text: await render(message, { plainText: true }),
  });
}

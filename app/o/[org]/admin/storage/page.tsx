import { ChartNoAxesColumn, HardDrive } from "lucide-react";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { coursesPath } from "@/components/course/author-paths";
import { CourseUsageTable } from "@/components/storage/course-usage-table";
import { EmptiedNotice } from "@/components/storage/emptied-notice";
import { EmptyStorage } from "@/components/storage/empty-storage";
import { Growth } from "@/components/storage/growth";
import { KindTable } from "@/components/storage/kind-table";
import { SavingsList } from "@/components/storage/savings-list";
import { StorageHeader } from "@/components/storage/storage-header";
import { StorageMeter } from "@/components/storage/storage-meter";
import { storagePath } from "@/components/storage/storage-paths";
import { StorageSection } from "@/components/storage/storage-section";
import { AppLink } from "@/components/ui/app-link";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Pagination } from "@/components/ui/pagination";
import { toRoute } from "@/components/ui/route";
import { pageSummary } from "@/lib/core/page";
import { hrefFromPastTheEnd, pageHrefs } from "@/lib/core/page-href";
import { findMember, pageMember } from "@/lib/gates/require-actor";
import { can } from "@/lib/policies/access-policy";
import { storageOverviewSchema } from "@/lib/schemas/storage";
import { listEmptyings, undoHours } from "@/lib/services/deleted-content-service";
import { getEmptyingSum } from "@/lib/services/storage-emptying-service";
import { getStorageOverview } from "@/lib/services/storage-usage-service";
import { empty, refill } from "./actions";

export async function generateMetadata({ params }: PageProps<"/o/[org]/admin/storage">): Promise<Metadata> {
  const actor = await findMember((await params).org);
  return { title: actor ? `Storage · ${actor.organization.name}` : "Storage" };
}

export default async function StoragePage({ params, searchParams }: PageProps<"/o/[org]/admin/storage">) {
  const { org } = await params;
  const actor = await pageMember(org, "storage.view");
  const { page } = storageOverviewSchema.parse(await searchParams);
  const mayEmpty = can(actor, "storage.empty");
  const [overview, emptyings, sum] = await Promise.all([
    getStorageOverview(actor, { page }),
    listEmptyings(actor),
    mayEmpty ? getEmptyingSum(actor) : null,
  ]);
  const { level, cold, total, kinds, courses, savings, growth, cost } = overview;
  const lastPage = hrefFromPastTheEnd(storagePath(org), {}, courses);
  if (lastPage) redirect(toRoute(lastPage));
  const notices = emptyings.map((emptying) => (
    <EmptiedNotice key={emptying.id} org={org} emptying={emptying} mayUndo={mayEmpty} refill={refill} />
  ));
  if (total.files === 0) {
    return (
      <div className="grid grid-cols-1 gap-6">
        <StorageHeader org={org} />
        {notices}
        <StorageMeter level={level} cold={cold} cost={cost} />
        <EmptyState
          icon={HardDrive}
          title="No files yet"
          action={
            <Button asChild>
              <AppLink href={coursesPath(org)}>Go to the courses</AppLink>
            </Button>
          }
        >
          Videos, thumbnails and downloads that authors upload are counted here.
        </EmptyState>
      </div>
    );
  }
  return (
    <div className="grid grid-cols-1 gap-8">
      <StorageHeader org={org} />
      {notices}
      <StorageMeter level={level} cold={cold} cost={cost} />
      <StorageSection id="growth" title="Growth">
        {growth.length > 1 ? (
          <Growth points={growth} />
        ) : (
          <EmptyState icon={ChartNoAxesColumn} title="Nothing to compare yet" level={3}>
            What the files take is written down every night. The first day shows here tomorrow.
          </EmptyState>
        )}
      </StorageSection>
      <StorageSection id="savings" title="What could go">
        <SavingsList org={org} savings={savings} />
      </StorageSection>
      <StorageSection id="kinds" title="By kind">
        <KindTable kinds={kinds} total={total} />
      </StorageSection>
      {courses.total > 0 ? (
        <StorageSection id="courses" title="By course" about="A file that several courses use counts in each of them.">
          <CourseUsageTable org={org} courses={courses.items} />
          <Pagination {...pageHrefs(storagePath(org), {}, courses)} summary={pageSummary(courses)} />
        </StorageSection>
      ) : null}
      {sum ? (
        <EmptyStorage org={org} name={actor.organization.name} sum={sum} undoHours={undoHours()} empty={empty} refill={refill} />
      ) : null}
    </div>
  );
}

import type { Metadata } from "next";
import { NameForm } from "@/components/account/name-form";
import { SessionList } from "@/components/account/session-list";
import { SignOutButton } from "@/components/account/sign-out-button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { pageUser, requireSessionId } from "@/lib/gates/require-actor";
import { listOwnSessions } from "@/lib/services/user-service";
import { saveOwnName, signOutDevice, signOutOthers } from "./actions";

export const metadata: Metadata = { title: "Account" };

export default async function AccountPage() {
  const actor = await pageUser();
  const sessions = await listOwnSessions(actor, await requireSessionId());
  return (
    <div className="grid gap-8">
      <PageHeader title="Account" description={`You sign in as ${actor.email}.`} actions={<SignOutButton />} />
      <Card>
        <CardHeader title="Name" />
        <CardBody>
          <NameForm key={actor.name} name={actor.name} action={saveOwnName} submitLabel="Save name" savedMessage="Your name was saved." />
        </CardBody>
      </Card>
      <Card>
        <CardHeader title="Where you are signed in" description="A device that you don't use for 30 days is signed out by itself." />
        <CardBody>
          <SessionList sessions={sessions} endSession={signOutDevice} endOthers={signOutOthers} />
        </CardBody>
      </Card>
    </div>
  );
}

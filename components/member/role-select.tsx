"use client";
import { useState } from "react";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { NativeSelect } from "@/components/ui/native-select";
import { toast } from "@/components/ui/toast";
import { useAction } from "@/hooks/use-action";
import { isRole, type Role } from "@/lib/policies/permission";
import { roleNames, type MemberView } from "@/lib/schemas/member";
import type { MemberActions } from "./member-actions";

/** Props of `RoleSelect`. */
export interface RoleSelectProps {
  org: string;
  member: MemberView;
  changeRole: MemberActions["changeRole"];
}

/** A member's role, saved as soon as it is chosen. Changing one's own asks first: the way back may be closed. */
export function RoleSelect({ org, member, changeRole }: RoleSelectProps) {
  const name = member.name || member.email;
  const [asked, setAsked] = useState<Role | null>(null);
  const [chosen, setChosen] = useState<Role | null>(null);
  const { run, pending, error } = useAction(changeRole, {
    // One's own role is asked for in a dialog, which says itself what went wrong.
    onError: (failure) => {
      if (!member.self) toast.error(failure.message);
    },
  });
  const save = async (role: Role): Promise<boolean> => {
    setChosen(role);
    const { ok } = await run({ org, memberId: member.id, role });
    setChosen(null);
    if (ok) toast.success(`${member.self ? "You are" : `${name} is`} now ${roleNames[role].article}.`);
    return ok;
  };
  const choose = (value: string) => {
    if (!isRole(value) || value === member.role) return;
    if (member.self) setAsked(value);
    else void save(value);
  };
  return (
    <>
      <NativeSelect
        aria-label={`Role of ${name}`}
        aria-busy={pending}
        disabled={pending}
        value={chosen ?? member.role}
        onChange={(event) => choose(event.target.value)}
        className="w-32 sm:w-36"
      >
        {member.may.roles.map((role) => (
          <option key={role} value={role}>
            {roleNames[role].label}
          </option>
        ))}
      </NativeSelect>
      <ConfirmDialog
        open={asked !== null}
        onOpenChange={(open) => {
          if (!open) setAsked(null);
        }}
        title="Change your own role?"
        description={
          asked
            ? `As ${roleNames[asked].article} you may do this: ${roleNames[asked].hint.toLowerCase()}. Only somebody with a higher role can change it back.`
            : ""
        }
        confirmLabel="Change my role"
        error={error?.message}
        onConfirm={() => (asked ? save(asked) : true)}
      />
    </>
  );
}

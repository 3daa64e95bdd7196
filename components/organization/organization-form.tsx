"use client";
import { useState } from "react";
import type { MemberAction } from "@/components/course/member-action";
import { RemovedFiles } from "@/components/deleted-content/removed-files";
import { saySaved } from "@/components/deleted-content/say-saved";
import { FileUploader } from "@/components/file-uploader/file-uploader";
import { Card, CardBody } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { UnsavedBar } from "@/components/ui/unsaved-bar";
import { useAction } from "@/hooks/use-action";
import type { OrganizationSettings } from "@/lib/schemas/organization";
import type { UploadLimits } from "@/lib/schemas/upload";
import { AccentField } from "./accent-field";

/** Props of `OrganizationForm`. */
export interface OrganizationFormProps {
  org: string;
  saved: OrganizationSettings;
  /** Of the logo's upload. */
  limits: UploadLimits;
  save: MemberAction<{ name: string; accentColor: string | null; logoId: string | null }, OrganizationSettings>;
}

/** Name, logo and accent of an organization. */
export function OrganizationForm({ org, saved, limits, save }: OrganizationFormProps) {
  const [name, setName] = useState(saved.name);
  const [accent, setAccent] = useState(saved.accentColor ?? "");
  const [logo, setLogo] = useState(saved.logo);
  const { run, pending, error, fieldErrors, reset } = useAction(save, {
    onSuccess: ({ removed, ...now }) => {
      const undo = () => void run({ org, name: now.name, accentColor: now.accentColor, logoId: saved.logo?.id ?? null });
      saySaved({ text: "The settings were saved.", removed, before: saved.logo ? [saved.logo.id] : [], undo });
    },
  });
  const dirty = name.trim() !== saved.name || accent !== (saved.accentColor ?? "") || logo?.id !== saved.logo?.id;
  const submit = () => void run({ org, name, accentColor: accent, logoId: logo?.id ?? null });
  return (
    <Form
      onSubmit={(event) => {
        event.preventDefault();
        if (dirty) submit();
      }}
      noValidate
    >
      <Card>
        <CardBody className="grid max-w-xl gap-6">
          <Field label="Name" error={fieldErrors.name}>
            <Input name="name" maxLength={80} value={name} onChange={(event) => setName(event.target.value)} />
          </Field>
          <div className="grid grid-cols-1 gap-3">
            <FileUploader
              org={org}
              kind="AVATAR"
              label="Logo"
              optional
              value={logo}
              saved={saved.logo ? [saved.logo.id] : []}
              onChange={setLogo}
              limits={limits}
              error={fieldErrors.logoId}
              destination={{ href: `/o/${org}/admin/settings`, label: "Logo" }}
            />
            <RemovedFiles files={saved.removed} kind="AVATAR" inPlace={logo ? [logo.id] : []} onPutBack={setLogo} />
          </div>
          <AccentField value={accent} onChange={setAccent} error={fieldErrors.accentColor} />
          <Field label="Address" hint="Links and invitations lead here, so it stays as it is.">
            <Input readOnly value={`/o/${saved.slug}`} className="font-mono" />
          </Field>
        </CardBody>
      </Card>
      <UnsavedBar
        dirty={dirty}
        pending={pending}
        error={error?.message}
        onSave={submit}
        onDiscard={() => {
          setName(saved.name);
          setAccent(saved.accentColor ?? "");
          setLogo(saved.logo);
          reset();
        }}
      />
    </Form>
  );
}

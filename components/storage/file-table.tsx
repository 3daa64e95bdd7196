import { AppLink } from "@/components/ui/app-link";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { Time } from "@/components/ui/time";
import { formatBytes } from "@/lib/core/bytes";
import type { StorageFile } from "@/lib/schemas/storage";
import { fileUseHref, lastUseHref } from "./storage-paths";
import { kindLabels, putBackText } from "./storage-text";

function Uses({ org, file }: { org: string; file: StorageFile }) {
  const [use, ...others] = file.uses;
  if (file.purgeAfter) {
    return (
      <>
        {file.lastUse ? (
          <p className="truncate">
            <AppLink href={lastUseHref(org, file.lastUse)} className="hover:underline" title={putBackText(file.lastUse)}>
              {putBackText(file.lastUse)}
            </AppLink>
          </p>
        ) : null}
        <p className="text-muted">
          Kept until <Time value={file.purgeAfter} format="datetime" />
        </p>
      </>
    );
  }
  if (!use) return <p className="text-muted">Not in use</p>;
  return (
    <p className="truncate">
      <AppLink href={fileUseHref(org, use)} className="hover:underline" title={use.label}>
        {use.label}
      </AppLink>
      {others.length > 0 ? <span className="text-muted"> and elsewhere</span> : null}
    </p>
  );
}

/** Files with what they take and where they are used. `org` is the organization's slug. */
export function FileTable({ org, files }: { org: string; files: readonly StorageFile[] }) {
  return (
    <Table label="Files">
      <TableHead>
        <tr>
          <TableHeader>File</TableHeader>
          <TableHeader className="max-md:hidden">Where</TableHeader>
          <TableHeader className="max-lg:hidden">Uploaded</TableHeader>
          <TableHeader numeric>Size</TableHeader>
        </tr>
      </TableHead>
      <TableBody>
        {files.map((file) => (
          <TableRow key={file.id}>
            <TableCell className="max-w-0 max-md:w-full md:w-1/2">
              <p className="truncate font-medium" title={file.fileName}>
                {file.fileName}
              </p>
              <p className="truncate text-xs text-muted">
                {kindLabels[file.kind].one}
                {file.uploadedBy ? `, by ${file.uploadedBy}` : ""}
              </p>
              <div className="text-xs md:hidden">
                <Uses org={org} file={file} />
              </div>
            </TableCell>
            <TableCell className="max-w-0 max-md:hidden md:w-1/2">
              <Uses org={org} file={file} />
            </TableCell>
            <TableCell className="whitespace-nowrap text-muted max-lg:hidden">
              {file.readyAt ? <Time value={file.readyAt} format="date" /> : null}
            </TableCell>
            <TableCell numeric>{formatBytes(file.bytes)}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

import type { ComponentProps } from "react";

/** Props of `Form`: those of `<form>` but the method. */
export type FormProps = Omit<ComponentProps<"form">, "method">;

/**
 * A form that its `onSubmit` answers. Until the page's script is there nobody does, and a plain form would reload the page, put what was
 * typed into the address and lose it. With the method "dialog" and no `<dialog>` around it the browser does nothing instead (HTML
 * standard, form submission algorithm), without any script for the policy to allow.
 */
export function Form(props: FormProps) {
  return <form {...props} method="dialog" />;
}

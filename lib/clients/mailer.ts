import "server-only";
import { createTransport, type Transporter } from "nodemailer";
import { env } from "../env";

export type Mail = { to: string; subject: string; html: string; text: string };

let transport: Transporter | undefined;

/** Hands one mail to the SMTP server. Resolves once the server has taken it; throws what nodemailer throws. */
export async function sendMail(mail: Mail): Promise<void> {
  transport ??= createTransport({ url: env.SMTP_URL, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 });
  await transport.sendMail({ from: env.MAIL_FROM, ...mail });
}

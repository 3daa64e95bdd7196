import type { Metadata } from "next";
import { headers } from "next/headers";
import { AppLink } from "@/components/ui/app-link";
import { Button } from "@/components/ui/button";
import { findUserActor } from "@/lib/gates/require-actor";
import { AcademyIllustration } from "./academy-illustration";
import { sections } from "./landing-copy";

const title = "Sidecar, the academy that rides along with your client";
const description = "Short video courses under your agency's own name, and progress that both sides can see.";

/** The picture needs an absolute address, and the one this page was asked at is right on every deployment and preview. */
export async function generateMetadata(): Promise<Metadata> {
  const request = await headers();
  const host = request.get("host") ?? "localhost";
  const protocol = request.get("x-forwarded-proto")?.split(",")[0] ?? "http";
  const images = [{ url: `${protocol}://${host}/og.png`, width: 1200, height: 630, alt: "A lesson in a Sidecar academy" }];
  return { title: { absolute: title }, description, openGraph: { title, description, images }, twitter: { card: "summary_large_image" } };
}

/** What Sidecar is, for the agency that would use it and the client who was sent here. */
export default async function LandingPage() {
  const signedIn = (await findUserActor()) !== null;
  return (
    <>
      <section className="container-page grid items-center gap-x-12 gap-y-12 pt-10 pb-20 sm:pt-16 lg:grid-cols-[minmax(0,9fr)_minmax(0,13fr)] lg:pt-20 lg:pb-32">
        <div className="grid justify-items-start gap-6">
          <h1 className="text-4xl sm:text-5xl">Explain it once. Onboard every client with it.</h1>
          <p className="max-w-xl text-lg leading-8 text-pretty text-muted">
            Sidecar is the academy an agency gives to its clients: short video courses under your own name, and progress that both sides can
            see.
          </p>
          <div className="mt-2 flex flex-wrap items-center gap-x-6 gap-y-3">
            <Button asChild size="lg">
              {signedIn ? <AppLink href="/start">Open your academy</AppLink> : <AppLink href="/sign-in">Sign in to your academy</AppLink>}
            </Button>
            {signedIn ? null : <p className="text-sm text-muted">With a code by email. No password to remember.</p>}
          </div>
        </div>
        <AcademyIllustration />
      </section>

      {sections.map((section) => (
        <section key={section.title} aria-labelledby={section.id} className="border-t border-line">
          <div className="container-page grid gap-x-16 gap-y-8 py-16 lg:grid-cols-[minmax(0,5fr)_minmax(0,7fr)] lg:py-24">
            <div className="grid content-start gap-3">
              <p className="text-sm font-medium text-accent-text">{section.eyebrow}</p>
              <h2 id={section.id} className="text-2xl sm:text-3xl">
                {section.title}
              </h2>
              <p className="max-w-md leading-7 text-muted">{section.text}</p>
            </div>
            <dl className="grid gap-x-10 gap-y-8 sm:grid-cols-2">
              {section.points.map(({ icon: Icon, term, text }) => (
                <div key={term} className="grid content-start gap-1.5">
                  <dt className="flex items-center gap-2.5 font-medium">
                    <Icon aria-hidden strokeWidth={1.75} className="size-5 text-accent-text" />
                    {term}
                  </dt>
                  <dd className="text-sm leading-6 text-pretty text-muted">{text}</dd>
                </div>
              ))}
            </dl>
          </div>
        </section>
      ))}

      {signedIn ? null : (
        <section aria-labelledby="begin" className="container-page">
          <div className="grid justify-items-start gap-4 rounded-xl bg-accent px-6 py-10 text-on-accent sm:px-12 sm:py-12">
            <h2 id="begin" className="max-w-xl text-2xl sm:text-3xl">
              Were you invited to an academy?
            </h2>
            <p className="max-w-xl leading-7">
              Sign in with the address the invitation came to. We send a six-digit code, and you are at your first lesson.
            </p>
            <Button asChild variant="secondary" size="lg" className="mt-2 border-transparent">
              <AppLink href="/sign-in">Sign in</AppLink>
            </Button>
          </div>
        </section>
      )}
    </>
  );
}

import { isRole } from "@/lib/policies/permission";
import people from "../demo-people.json" with { type: "json" };
import { crmBasics } from "./crm-basics";
import { firstCampaign } from "./first-campaign";
import { booking, enquiries, welcome } from "./harbour-pine-courses";
import { readingReports, reviews } from "./northwind-more";
import type { SeedOrganization } from "./seed-types";

const membersOf = (organization: string): SeedOrganization["members"] =>
  people.flatMap((person) =>
    person.organization === organization && isRole(person.role) ? [{ email: person.email, role: person.role }] : [],
  );

export const organizations: SeedOrganization[] = [
  {
    slug: "northwind",
    name: "Northwind Academy",
    accentColor: "#1d5b50",
    members: membersOf("Northwind Academy"),
    courses: [crmBasics, firstCampaign, readingReports, reviews],
    progress: [
      { email: "tom@sidecar.test", course: crmBasics.slug, done: 8, daysAgo: 6 },
      { email: "tom@sidecar.test", course: firstCampaign.slug, done: 4, daysAgo: 1 },
      { email: "elena@sidecar.test", course: crmBasics.slug, done: 5, daysAgo: 2 },
      { email: "elena@sidecar.test", course: readingReports.slug, done: 0, watchedShare: 0.45, daysAgo: 0 },
      { email: "kofi@sidecar.test", course: crmBasics.slug, done: 0, watchedShare: 0.7, daysAgo: 1 },
      { email: "ruth@sidecar.test", course: firstCampaign.slug, done: 1, daysAgo: 22 },
    ],
  },
  {
    slug: "harbour-pine",
    name: "Harbour & Pine",
    accentColor: "#9a4a26",
    members: membersOf("Harbour & Pine"),
    courses: [welcome, booking, enquiries],
    progress: [
      { email: "lucas@sidecar.test", course: welcome.slug, done: 5, daysAgo: 9 },
      { email: "lucas@sidecar.test", course: booking.slug, done: 2, daysAgo: 3 },
      { email: "ines@sidecar.test", course: welcome.slug, done: 3, daysAgo: 1 },
      { email: "priya@sidecar.test", course: enquiries.slug, done: 2, daysAgo: 4 },
    ],
  },
];

export const platformAdmin = people.find(({ role }) => role === "platform admin");
export const everybody = [...new Map(people.map((person) => [person.email, person])).values()];

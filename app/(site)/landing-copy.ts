import {
  BookOpen,
  Building2,
  CloudUpload,
  Gauge,
  History,
  ListChecks,
  Palette,
  ScrollText,
  ShieldCheck,
  Smartphone,
  Trash2,
  Users,
  type LucideIcon,
} from "lucide-react";

interface LandingSection {
  id: string;
  eyebrow: string;
  title: string;
  text: string;
  points: readonly { icon: LucideIcon; term: string; text: string }[];
}

/** The sections of the landing page. They promise only what the product does. */
export const sections: readonly LandingSection[] = [
  {
    id: "agencies",
    eyebrow: "For the agency",
    title: "Your method, recorded once",
    text: "Write chapters and lessons, add a video, invite the client. What you used to explain on every kick-off call is there when they need it.",
    points: [
      {
        icon: BookOpen,
        term: "Courses that are easy to keep",
        text: "Drag chapters into order, edit in place, and see a course as a learner before it is published.",
      },
      {
        icon: Palette,
        term: "Under your name",
        text: "Your name and your colour, in light and dark, with legible contrast whatever the colour is.",
      },
      { icon: Users, term: "Who is stuck, and where", text: "Each learner's progress by lesson, so you call the one client who needs it." },
      {
        icon: Building2,
        term: "One academy for each client",
        text: "Organizations are kept apart. What belongs to one is invisible to another.",
      },
    ],
  },
  {
    id: "learners",
    eyebrow: "For the learner",
    title: "Open, watch, carry on",
    text: "People learn between two meetings, on a phone as often as not. Sidecar opens at the next lesson and remembers the second they stopped.",
    points: [
      { icon: Smartphone, term: "At home on a phone", text: "Made for the small screen first, and for keyboard and screen reader too." },
      { icon: History, term: "Picks up where you left", text: "The video resumes at the moment it was closed, on any device." },
      {
        icon: Gauge,
        term: "Progress that can be explained",
        text: "Counted from what was watched, and right even after lessons are added or removed.",
      },
      { icon: ListChecks, term: "Always the next step", text: "Home shows the lesson to open next and how much of the course is left." },
    ],
  },
  {
    id: "operations",
    eyebrow: "For the one who runs it",
    title: "Nothing left lying about",
    text: "Video is the expensive part of an academy. Sidecar accounts for every byte of it, and writes down who changed what.",
    points: [
      {
        icon: ScrollText,
        term: "Every change has a name",
        text: "Who published, invited, removed or replaced, when, and what it was before.",
      },
      {
        icon: CloudUpload,
        term: "Uploads that are checked",
        text: "Files go straight to storage, and a file that is not what it says it is never reaches a lesson.",
      },
      { icon: Trash2, term: "Replaced files are removed", text: "After a window to undo, the space is given back to the plan." },
      {
        icon: ShieldCheck,
        term: "Private by default",
        text: "Lesson videos are delivered by short-lived links to people who are entitled to them.",
      },
    ],
  },
];

import { closeWorker, workJobs } from "@/lib/jobs/run";

const stop = new AbortController();
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(name, () => stop.abort());

console.log("Worker started.");
await workJobs(stop.signal);
await closeWorker();
console.log("Worker stopped.");

import { spawn } from "node:child_process";
import { takeRunLock } from "../../../../scripts/local/run-lock.ts";

// Takes the lock of a directory, with one child, and holds it until it is killed. Prints the child's pid when it is ready.
const [, , dir = "", url = ""] = process.argv;
const lock = await takeRunLock(dir, url);
const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { detached: true, stdio: "ignore" });
lock.addChild("worker", child.pid ?? 0);
console.info(JSON.stringify({ child: child.pid }));
setInterval(() => undefined, 1000);

import { registerHooks } from "node:module";

// The package "server-only" throws outside a React server build; its own empty.js is what such a build gets. Scripts run the same
// server code, so they get that one too. (--conditions=react-server would do it as well, but breaks react-dom/server for the mails.)
const marker = import.meta.resolve("server-only");

registerHooks({
  resolve(specifier, context, next) {
    if (specifier === "server-only") return { url: new URL("./empty.js", marker).href, shortCircuit: true };
    return next(specifier, context);
  },
});

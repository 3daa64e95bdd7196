import next from "eslint-config-next/core-web-vitals";
import tseslint from "typescript-eslint";
import { floorsRule } from "./tests/architecture/floors-rule.mjs";

const typescript = ["**/*.ts", "**/*.tsx", "**/*.mts"];

export default tseslint.config(
  {
    ignores: [
      ".next*/**",
      ".local/**",
      "node_modules/**",
      "prisma/generated/**",
      "next-env.d.ts",
      "test-results/**",
      "playwright-report/**",
    ],
  },
  ...next,
  {
    files: typescript,
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/require-await": "off",
      "@typescript-eslint/only-throw-error": ["error", { allowRethrowing: true }],
    },
  },
  {
    files: ["**/*.{ts,tsx,mts,mjs}"],
    plugins: { house: { rules: { floors: floorsRule } } },
    rules: {
      "house/floors": "error",
      "no-console": "error",
      eqeqeq: "error",
      "max-lines": ["error", { max: 250, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ["lib/**", "app/**", "components/**", "hooks/**", "proxy.ts", "prisma/seed*"],
    ignores: ["lib/env.ts", "lib/env-client.ts"],
    rules: {
      "no-restricted-properties": [
        "error",
        { object: "process", property: "env", message: "Only lib/env.ts and lib/env-client.ts read the environment." },
      ],
    },
  },
  {
    files: ["app/**/*.tsx", "components/**/*.tsx"],
    ignores: ["components/ui/form.tsx"],
    rules: {
      "react/forbid-elements": [
        "error",
        { forbid: [{ element: "form", message: "Use Form of components/ui/form: a plain form reloads the page before hydration." }] },
      ],
    },
  },
  // What runs in a terminal talks to its user there.
  { files: ["scripts/**", "prisma/seed*", "tests/**"], rules: { "no-console": "off" } },
);

import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** Libs get time, randomness and I/O as parameters; each message names what to use instead. */
const IMPURE_GLOBALS = ['process', 'Buffer', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'fetch', 'performance', 'crypto', 'console', 'window', 'document', 'localStorage'].map(
  (name) => ({ name, message: `Libs are pure: take what \`${name}\` gives as a parameter.` }),
);

export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**', '.faultline/**'] },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.base],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error', noInlineConfig: true },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/ban-ts-comment': 'error',
      'no-empty': 'error',
      'prefer-const': 'error',
      'no-var': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 80, skipBlankLines: true, skipComments: true }],
      complexity: ['error', 15],
      'max-params': ['error', 4],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportAllDeclaration', message: 'Name what is exported: `export *` hides the surface.' },
        { selector: 'ExportDefaultDeclaration', message: 'Named exports only: a default export has a new name in every file.' },
      ],
      'no-restricted-imports': ['error', { paths: [{ name: 'node:child_process', importNames: ['exec', 'execSync'], message: 'No shell strings: use execFile or spawn with an argv array.' }] }],
    },
  },
  {
    files: ['libs/**/*.ts'],
    ignores: ['**/*.spec.ts'],
    rules: {
      'no-restricted-globals': ['error', ...IMPURE_GLOBALS],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Libs are pure: take `nowMs` as a parameter.' },
        { object: 'Math', property: 'random', message: 'Libs are pure: take `random` as a parameter.' },
      ],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportAllDeclaration', message: 'Name what is exported: `export *` hides the surface.' },
        { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Libs are pure: take `nowMs` as a parameter.' },
      ],
    },
  },
  // Nest hands constructors their dependencies by position: the count is the number of collaborators, not of arguments anyone writes.
  { files: ['apps/server/src/**/*.ts'], rules: { 'max-params': ['error', 8] } },
  { files: ['apps/web/**/*.{ts,tsx}'], extends: [reactHooks.configs.flat.recommended] },
  // A component's JSX is one expression; a test's describe block is a list. Length there says nothing about ideas.
  { files: ['apps/web/**/*.tsx'], rules: { 'max-lines-per-function': ['error', { max: 150, skipBlankLines: true, skipComments: true }] } },
  { files: ['**/*.spec.{ts,tsx}', 'test/**/*.ts'], rules: { 'max-lines-per-function': 'off', complexity: 'off' } },
  { files: ['**/*.config.ts'], rules: { 'no-restricted-syntax': 'off' } },
);

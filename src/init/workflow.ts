import type { DetectedSite } from './detect-site.js'
import type { Setup } from './propose-setup.js'
import type { Workspace } from './workspace.js'

/** How each package manager is had, what installs exactly what its lock file says, and what runs a command of a package. */
const managers: Readonly<
  Record<Workspace['manager'], (isPinned: boolean) => { before: readonly string[]; cache?: string; install: string; run: string }>
> = {
  npm: () => ({ before: [], cache: 'npm', install: 'npm ci', run: 'npx' }),
  pnpm: isPinned => ({
    before: ['- uses: pnpm/action-setup@v4', ...(isPinned ? [] : ['  with:', '    version: latest'])],
    cache: 'pnpm',
    install: 'pnpm install --frozen-lockfile',
    run: 'pnpm exec',
  }),
  yarn: isPinned => ({
    before: isPinned ? ['- run: corepack enable'] : [],
    cache: 'yarn',
    install: isPinned ? 'yarn install --immutable' : 'yarn install --frozen-lockfile',
    run: 'yarn run',
  }),
  bun: () => ({ before: ['- uses: oven-sh/setup-bun@v2'], install: 'bun install --frozen-lockfile', run: 'bunx' }),
}

const lockNames: Readonly<Record<Workspace['manager'], string>> = {
  npm: 'package-lock.json',
  pnpm: 'pnpm-lock.yaml',
  yarn: 'yarn.lock',
  bun: 'bun.lock',
}

/**
 * Fetches and builds on pushes and once a day, and keeps what it got in git. It works beside any deployment: feeds of a site
 * whose tool copies the output folder are committed with the store; those in a folder that the tool makes are built by the deployment.
 */
export function writeWorkflow(
  { output }: Pick<Setup, 'output'>,
  { generator }: Pick<DetectedSite, 'generator'>,
  workspace: Workspace,
): string {
  const { manager, isPinned, below } = workspace
  const { before, cache, install, run } = managers[manager](isPinned)
  const isLost = generator.writes === 'before' && workspace.isIgnored(output)
  const isBefore = generator.writes === 'before' && !isLost
  const add = `for folder in .weekloom${isBefore ? ` '${output}'` : ''}; do if [ -d "$folder" ]; then git add "$folder"; fi; done`
  const lines = [
    'name: weekloom',
    `# Fetches the articles that new issues recommend, ${isBefore ? 'writes the feeds, and commits both' : 'and commits them'}.`,
    'on:',
    '  push:',
    '    branches: [main, master]',
    '  schedule:',
    "    - cron: '17 3 * * *'",
    '  workflow_dispatch:',
    'permissions:',
    '  contents: write',
    'concurrency:',
    '  group: weekloom',
    ...(below === '' ? [] : ['defaults:', '  run:', `    working-directory: ${below.replace(/\/$/, '')}`]),
    'jobs:',
    '  feeds:',
    '    runs-on: ubuntu-latest',
    '    steps:',
    '      - uses: actions/checkout@v5',
    '        with:',
    '          # What an earlier run has pushed since is part of it.',
    `          ref: \${{ github.ref_name }}`,
    ...before.map(line => `      ${line}`),
    '      - uses: actions/setup-node@v5',
    '        with:',
    '          node-version: 22',
    ...(cache === undefined ? [] : [`          cache: ${cache}`]),
    ...(cache === undefined || below === '' ? [] : [`          cache-dependency-path: ${below}${lockNames[manager]}`]),
    `      - run: ${install}`,
    `      - run: ${run} weekloom ${isBefore ? 'build' : 'update'}`,
    '      - name: Keep what was fetched',
    '        if: success() || failure()',
    '        run: |',
    "          git config user.name 'github-actions[bot]'",
    "          git config user.email '41898282+github-actions[bot]@users.noreply.github.com'",
    `          ${add}`,
    '          git diff --cached --quiet && exit 0',
    "          git commit -m 'Update feeds'",
    '          git push && exit 0',
    `          # Somebody pushed meanwhile: put it on top of that${isBefore ? ', and write the feeds of both' : ''}.`,
    '          git pull --rebase --autostash -X theirs',
    ...(isBefore
      ? [
          `          ${run} weekloom build --frozen`,
          `          ${add}`,
          "          git diff --cached --quiet || git commit -m 'Update feeds'",
        ]
      : []),
    '          git push',
    ...(isBefore
      ? [
          '# A push by this workflow starts no other workflow. Where another one deploys the site, give it this trigger:',
          '#   on: { workflow_run: { workflows: [weekloom], types: [completed] } }',
          generator.name === 'no site generator'
            ? `# or run \`${run} weekloom build --frozen\` in it, before the site is published.`
            : `# or run \`${run} weekloom build --frozen\` in it, before ${generator.name} builds.`,
        ]
      : [
          isLost
            ? `# Git ignores ${output}, so the deployment writes the feeds, before the site is built or published:`
            : `# The folder that ${generator.name} makes is built by the deployment, which therefore writes the feeds too, after the site:`,
          `#   - run: ${run} weekloom build --frozen`,
        ]),
  ]
  return `${lines.join('\n')}\n`
}

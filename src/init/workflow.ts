import type { DetectedSite } from './detect-site.js'
import { isPlain } from './generators.js'
import type { Setup } from './propose-setup.js'
import type { Workspace } from './workspace.js'

/**
 * Fetches and builds on pushes and once a day, and keeps what it got in git. It works beside any deployment: feeds of a site
 * whose tool copies the output folder are committed with the store; those in a folder that the tool makes are built by the deployment.
 */
export function writeWorkflow(
  { output }: Pick<Setup, 'output'>,
  { generator }: Pick<DetectedSite, 'generator'>,
  workspace: Workspace,
): string {
  const { manager, lock, isPinned, below } = workspace
  const { run } = manager
  const { before, cache, install } = manager.workflow(isPinned)
  const isLost = generator.writes === 'before' && workspace.isIgnored(output)
  const isBefore = generator.writes === 'before' && !isLost
  const add = `for folder in .weekloom${isBefore ? ` '${output}'` : ''}; do if [ -d "$folder" ]; then git add "$folder"; fi; done`
  const lines = [
    'name: weekloom',
    `# Fetches the articles that new issues recommend, ${isBefore ? 'writes the feeds, and commits both' : 'and commits them'}.`,
    'on:',
    '  push:',
    `    branches: [${[...new Set(['main', 'master', workspace.branch ?? 'main'])].join(', ')}]`,
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
    ...(cache === undefined || !lock.includes('/') ? [] : [`          cache-dependency-path: ${lock}`]),
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
          `# or run \`${run} weekloom build --frozen\` in it, before ${isPlain(generator) ? 'the site is published' : `${generator.name} builds`}.`,
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

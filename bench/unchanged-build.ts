// How long the command takes when there is nothing to do, beside a Node that does nothing at all: medians of one run, side by side.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const cwd = mkdtempSync(join(tmpdir(), 'weekloom-bench-'))
const text = readFileSync(join(root, 'fixtures/weekly/content/zh/blog/loom-weekly-20220107/index.md'), 'utf8')
mkdirSync(join(cwd, 'posts'))
for (let issue = 1; issue <= 200; issue++)
  writeFileSync(join(cwd, `posts/weekly-${issue}.md`), text.replace(/^title:.*$/m, `title: Weekly ${issue}`))
writeFileSync(
  join(cwd, 'weekloom.config.ts'),
  "import { weekly } from 'weekloom'\nexport default { site: { title: 'A', url: 'https://a.example/' }, sources: [weekly('posts/*.md')] }\n",
)

const cli = join(root, 'dist/cli.js')
const cases: Record<string, string[]> = {
  'node -e 0': ['-e', '0'],
  '--version': [cli, '--version'],
  'build --frozen, unchanged': [cli, 'build', '--frozen'],
}
const run = (args: string[]) => {
  const begun = performance.now()
  spawnSync(process.execPath, args, { cwd, stdio: 'ignore' })
  return performance.now() - begun
}
run([cli, 'build', '--frozen'])
run([cli, 'build', '--frozen'])
const times: Record<string, number[]> = Object.fromEntries(Object.keys(cases).map(name => [name, []]))
for (let round = 0; round < 11; round++) for (const [name, args] of Object.entries(cases)) times[name]?.push(run(args))
const median = (name: string) => times[name]?.sort((a, b) => a - b)[5] ?? 0
for (const name of Object.keys(cases)) console.log(`${name.padEnd(28)} ${(median(name) / median('node -e 0')).toFixed(2)} × bare Node`)
rmSync(cwd, { recursive: true })

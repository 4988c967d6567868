// npm run bench: how fast weekloom is beside others, each bench by itself or one by name: npm run bench -- write-feeds
import { readdirSync, rmSync } from 'node:fs'
import { build } from './build.mjs'
import { run } from './installed.mjs'

await build()
const { buildSync } = await import('esbuild')
const wanted = process.argv[2]
const benches = [
  'whole-way',
  ...readdirSync('bench')
    .filter(file => file.endsWith('.ts') && !file.startsWith('whole-way'))
    .map(file => file.slice(0, -3)),
]
for (const name of benches.filter(name => wanted === undefined || name === wanted)) {
  console.log(`\n## ${name}`)
  run(process.execPath, ['--expose-gc', compile(name), ...process.argv.slice(3)])
}

/** The bench with all of weekloom as one file of plain JavaScript: what a loader makes of TypeScript while it runs is several times as slow. */
function compile(name) {
  const outfile = `bench/${name}.compiled.mjs`
  process.on('exit', () => rmSync(outfile, { force: true }))
  buildSync({
    entryPoints: [`bench/${name}.ts`],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
  })
  return outfile
}

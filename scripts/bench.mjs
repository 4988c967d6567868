// npm run bench: how fast weekloom is beside others, each bench by itself or one by name: npm run bench -- write-feeds
import { readdirSync } from 'node:fs'
import { build } from './build.mjs'
import { run } from './installed.mjs'

await build()
const wanted = process.argv[2]
const benches = [
  'whole-way',
  ...readdirSync('bench')
    .filter(file => file.endsWith('.ts') && !file.startsWith('whole-way'))
    .map(file => file.slice(0, -3)),
]
for (const name of benches.filter(name => wanted === undefined || name === wanted)) {
  console.log(`\n## ${name}`)
  run(process.execPath, ['--expose-gc', '--import', 'jiti/register', `bench/${name}.ts`])
}

// npm run demo: real feeds from the fixtures, without a network. Run it twice: the second time nothing changes.
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { build } from './build.mjs'
import { spawnNode } from './installed.mjs'

await build()
const { createJiti } = await import('jiti')
const { startPageServer } = await createJiti(import.meta.url).import('../fixtures/page-server.ts')
const server = await startPageServer()

console.log('\nThe posts in fixtures/weekly link to articles that a server on this machine plays, so no network is needed.')
console.log('$ weekloom build --config examples/demo/weekloom.config.ts\n')
const status = await spawnNode(['dist/cli.js', 'build', '--config', 'examples/demo/weekloom.config.ts'], {
  WEEKLOOM_DEMO_PAGES: server.origin,
})
await server.close()
if (status !== 0) process.exit(status)

console.log('\nThe same once more without any server, from the store alone, as a build on a CI machine does it:')
console.log('$ weekloom build --frozen --config examples/demo/weekloom.config.ts\n')
const frozen = await spawnNode(['dist/cli.js', 'build', '--frozen', '--config', 'examples/demo/weekloom.config.ts'])
if (frozen !== 0) process.exit(frozen)

const folder = 'demo/public/feeds'
console.log('\nMade:')
for (const path of listFiles(folder)) console.log(`  ${String(Math.ceil(statSync(path).size / 1000)).padStart(4)} kB  ${path}`)
console.log('\nOpen one of them in a feed reader, or look at the text. The fetched articles and the ledger of ids are in demo/.weekloom;')
console.log('run the demo again and see that nothing is fetched and nothing changes.')

function listFiles(at) {
  if (!existsSync(at)) return []
  return readdirSync(at, { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile() && !entry.name.startsWith('.'))
    .map(entry => relative('.', join(entry.parentPath, entry.name)))
    .sort()
}

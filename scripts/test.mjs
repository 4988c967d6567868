// npm test: all that needs nothing but Node. With --real: what needs a real part (a reader, a browser, a server).
import { build } from './build.mjs'
import { runBin } from './installed.mjs'

await build()
if (process.argv.includes('--real')) runBin('vitest', 'run', '--config', 'vitest.real.config.ts')
else {
  runBin('tsc', '-p', '.')
  runBin('biome', 'check', '.')
  runBin('vitest', 'run')
}

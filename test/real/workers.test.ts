import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { askOver, conformance, feeds, handlerOptions } from '../serve/conformance.js'

/** The program that Cloudflare runs Workers in: 155 MB, so it is installed where it is tried and nowhere else. */
const workerd = 'workerd@1.20261117.1'

const source = `import { createHandler } from './handler'
const handler = createHandler(${JSON.stringify(feeds)}, ${JSON.stringify(handlerOptions)})
export default { fetch: request => handler(request) }`

/** It tells the port that it found free on the third pipe. */
const config = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .worker)],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")]
);
const worker :Workerd.Worker = (modules = [(name = "worker", esModule = embed "worker.mjs")], compatibilityDate = "2026-10-01");`

describe('a handler in the runtime of Cloudflare Workers', () => {
  let cwd: string
  let child: ChildProcess | undefined
  let port = 0
  beforeAll(async () => {
    cwd = mkdtempSync(join(tmpdir(), 'weekloom-workers-'))
    writeFileSync(join(cwd, 'package.json'), '{"private":true}')
    execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', workerd], { cwd })
    await build({
      stdin: { contents: source, resolveDir: 'src' },
      bundle: true,
      format: 'esm',
      platform: 'neutral',
      mainFields: ['module', 'main'],
      conditions: ['workerd', 'worker', 'browser'],
      outfile: join(cwd, 'worker.mjs'),
      logLevel: 'silent',
    })
    writeFileSync(join(cwd, 'config.capnp'), config)
    const program = join(
      cwd,
      'node_modules/@cloudflare',
      `workerd-${process.platform}-${process.arch === 'x64' ? '64' : process.arch}`,
      'bin/workerd',
    )
    child = spawn(program, ['serve', '--control-fd=3', 'config.capnp'], { cwd, stdio: ['ignore', 'inherit', 'inherit', 'pipe'] })
    port = await new Promise<number>((resolve, reject) => {
      child?.stdio[3]?.on('data', data => {
        const found = /"port":(\d+)/.exec(String(data))?.[1]
        if (found !== undefined) resolve(Number(found))
      })
      child?.once('error', reject)
      child?.once('exit', status => reject(new Error(`workerd ended with ${status}`)))
    })
    expect(port).toBeGreaterThan(0)
  })
  afterAll(async () => {
    if (child?.exitCode === null) {
      const ended = new Promise(resolve => child?.once('exit', resolve))
      child.kill()
      await ended
    }
    rmSync(cwd, { recursive: true, force: true })
  })

  conformance(askOver(() => port))
})

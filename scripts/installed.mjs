// Installs the packages when they are missing or older than the lock file, so that every script works on a fresh clone.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'

const marker = 'node_modules/.package-lock.json'

/** Runs a command with its output shown; ends this process when it fails. */
export function run(command, args, env = {}) {
  const { status, error } = spawnSync(command, args, {
    stdio: 'inherit',
    env: { ...process.env, ...env },
    shell: process.platform === 'win32',
  })
  if (error) console.error(error.message)
  if (status !== 0) process.exit(status ?? 1)
}

/** Runs Node while this process goes on serving; gives the exit status. */
export function spawnNode(args, env = {}) {
  return new Promise(resolve => {
    spawn(process.execPath, args, { stdio: 'inherit', env: { ...process.env, ...env } }).on('exit', status => resolve(status ?? 1))
  })
}

/** Installs the packages of the lock file unless they are there. */
export function install() {
  if (existsSync(marker) && statSync(marker).mtimeMs >= statSync('package-lock.json').mtimeMs) return
  console.error('Installing packages …')
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'])
}

/** Runs a program of node_modules. */
export function runBin(name, ...args) {
  run(process.execPath, [`node_modules/${bins[name]}`, ...args])
}

const bins = {
  tsup: 'tsup/dist/cli-default.js',
  tsc: 'typescript/bin/tsc',
  biome: '@biomejs/biome/bin/biome',
  vitest: 'vitest/vitest.mjs',
}

import { expect, it } from 'vitest'
import { readHeldHosts, writeHeldHost } from '../../src/store/held-hosts.js'
import { memoryStore } from '../../src/store/memory-store.js'
import { collect } from './conformance.js'

it('a host is left alone until its time comes, and never for longer than 30 days: a clock that was a year ahead does not hold it for a year', async () => {
  const store = memoryStore()
  const now = new Date()
  const after = (hours: number) => new Date(now.getTime() + hours * 3_600_000).toISOString()
  const hosts = [
    { host: 'soon.example', until: after(24) },
    { host: 'over.example', until: after(-1) },
    { host: 'next-year.example', until: after(365 * 24) },
  ]
  for (const host of hosts) await writeHeldHost(store, host)
  const held = await readHeldHosts(store, now.toISOString(), problem => expect.fail(problem.message))
  expect(held).toEqual(hosts.slice(0, 1))
  expect(await collect(store.keys(''))).toHaveLength(1)
})

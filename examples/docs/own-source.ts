import { aggregate, type Entry, memoryStore, type Source } from 'weekloom'

/** Entries from anywhere: here one, made up. */
const changelog: Source = {
  name: 'changelog',
  // It reads no file of this machine, so an unchanged build may be answered at once.
  files: [],
  async *read({ signal }) {
    signal.throwIfAborted()
    const entry: Entry = {
      id: 'https://example.org/changes/1',
      keys: ['https://example.org/changes/1'],
      url: 'https://example.org/changes/1',
      title: 'Version 1',
      published: '2024-05-31T00:00:00.000Z',
      authors: [],
      tags: ['release'],
      kind: 'item',
      state: 'full',
      html: '<p>The first one.</p>',
      origins: [{ source: 'changelog', kind: 'feed' }],
    }
    yield { entry }
  },
}

const { feeds } = await aggregate({
  site: { title: 'Example', url: 'https://example.org/' },
  sources: [changelog],
  store: memoryStore(),
})
console.log(feeds['feed']?.entries.map(entry => entry.title))

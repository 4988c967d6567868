import { aggregate, type Store } from 'weekloom'

/** Keeps texts under keys: here in a map; a database or a bucket is the same four functions. */
const texts = new Map<string, string>()
const store: Store = {
  get: async key => texts.get(key),
  set: async (key, value) => void texts.set(key, value),
  remove: async key => void texts.delete(key),
  async *keys(prefix) {
    yield* [...texts.keys()].filter(key => key.startsWith(prefix)).sort()
  },
}

const { report } = await aggregate({
  site: { title: 'Example', url: 'https://example.org/' },
  sources: [{ name: 'nothing', async *read() {} }],
  store,
})
console.log(report.problems.length)

import type { Problem } from '../problems.js'
import type { SourceItem, SourceTools } from '../types.js'

/** So many are under way at a time. Far more than are asked for at once, so that many of one host, which come one by one, keep no other waiting. */
const atOnce = 32

/**
 * Reads several things side by side, and gives what they give in their order, with their problems, as if they had been read one by one: hundreds of feeds take as long as the
 * slowest host, not as all together. The first that throws ends it, when its turn comes.
 */
export async function* readAhead<T>(
  things: readonly T[],
  read: (thing: T, tools: SourceTools) => AsyncIterable<SourceItem>,
  tools: SourceTools,
): AsyncGenerator<SourceItem> {
  const begun: Promise<Heard>[] = []
  for (const index of things.keys()) {
    for (const thing of things.slice(begun.length, index + atOnce)) begun.push(hear(thing, read, tools))
    const { items, problems, failure } = (await begun[index]) ?? { items: [], problems: [] }
    delete begun[index]
    problems.forEach(tools.report)
    yield* items
    if (failure) throw failure.reason
  }
}

interface Heard {
  items: SourceItem[]
  problems: Problem[]
  failure?: { reason: unknown }
}

/** All that one gives. Never rejects: nobody may be waiting for it yet. */
async function hear<T>(thing: T, read: (thing: T, tools: SourceTools) => AsyncIterable<SourceItem>, tools: SourceTools): Promise<Heard> {
  const heard: Heard = { items: [], problems: [] }
  try {
    const own = { ...tools, report: (problem: Problem) => void heard.problems.push(problem) }
    for await (const item of read(thing, own)) heard.items.push(item)
  } catch (reason) {
    heard.failure = { reason }
  }
  return heard
}

import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** What a reader understood of an entry. */
export interface ReadEntry {
  id: string
  title: string
  url: string
  /** Seconds since 1970. */
  date: number
  author: string
  html: string
  /** Absent where the program keeps none. */
  tags?: string[]
  attachments?: string[]
}

/** A reader with a profile of its own, subscribed to one feed. */
export interface Reader {
  poll(): Promise<void>
  entries(): Promise<ReadEntry[]>
  /** Ids of what nobody has read; absent where the program has no idea of that. */
  unread?(): Promise<string[]>
  markRead?(): Promise<void>
}

// The server that they ask runs in this process, so nothing may wait for them.
const execute = promisify(execFile)

function profile(home: string, name: string) {
  const folder = join(home, name)
  mkdirSync(folder, { recursive: true })
  return {
    folder,
    write: (file: string, text: string) => writeFileSync(join(folder, file), text),
    run: async (program: string, args: readonly string[]) =>
      (
        await execute(program, args, {
          cwd: folder,
          timeout: 60_000,
          maxBuffer: 2 ** 26,
          env: { ...process.env, HOME: folder, TZ: 'UTC', LANG: 'C.UTF-8' },
        })
      ).stdout,
  }
}

const newsboatRows = `import json, sqlite3
rows = sqlite3.connect('cache.db').execute('select guid, title, url, pubDate, author, content from rss_item where deleted = 0')
print(json.dumps([dict(zip(['id', 'title', 'url', 'date', 'author', 'html'], row)) for row in rows]))`

/** newsboat: what it knows stands in its database, which Python can read. */
export function newsboat(home: string, name: string, url: string): Reader {
  const { write, run } = profile(home, `newsboat-${name}`)
  write('urls', `${url}\n`)
  write('config', '')
  const python = async (script: string) => JSON.parse(await run('/usr/bin/python3', ['-c', script]))
  return {
    poll: async () => void (await run('newsboat', ['-u', 'urls', '-c', 'cache.db', '-C', 'config', '-x', 'reload'])),
    entries: () => python(newsboatRows),
    unread: () =>
      python(
        "import json, sqlite3\nprint(json.dumps([row[0] for row in sqlite3.connect('cache.db').execute('select guid from rss_item where unread = 1 and deleted = 0')]))",
      ),
    markRead: () =>
      python("import sqlite3\ndb = sqlite3.connect('cache.db')\ndb.execute('update rss_item set unread = 0')\ndb.commit()\nprint('null')"),
  }
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', '\\': '\\' }

/** sfeed: a line an entry, fields with tabs between them. */
export function sfeed(home: string, name: string, url: string): Reader {
  const { folder, write, run } = profile(home, `sfeed-${name}`)
  write('sfeedrc', `sfeedpath="${folder}/feeds"\nfeeds() {\n  feed "feed" "${url}"\n}\n`)
  return {
    poll: async () => void (await run('sfeed_update', ['./sfeedrc'])),
    async entries() {
      const lines = readFileSync(join(folder, 'feeds/feed'), 'utf8').trimEnd().split('\n')
      return lines.map(line => {
        const [date = '', title = '', url = '', content = '', , id = '', author = ''] = line.split('\t')
        const html = content.replace(/\\([nt\\])/g, (_, letter: string) => escapes[letter] ?? '')
        return { id, title, url, date: Number(date), author, html }
      })
    },
  }
}

const feedparserScript = `import calendar, feedparser, json, sys
state = json.load(open('state.json'))
feed = feedparser.parse(sys.argv[1], etag=state.get('etag'), modified=state.get('modified'))
if feed.status == 200:
    assert not feed.bozo, feed.bozo_exception
    state = {'etag': feed.get('etag'), 'modified': feed.get('modified'), 'entries': [{
        'id': e.id, 'title': e.title, 'url': e.link, 'date': calendar.timegm(e.published_parsed), 'author': e.authors[0].get('name', '') if e.get('authors') else '',
        'tags': [t.term for t in e.get('tags', [])], 'attachments': [x.href for x in e.get('enclosures', [])] + [x['url'] for x in e.get('media_content', []) if x.get('medium') != 'image'],
        'html': e.content[0].value if e.get('content') else e.get('summary', '')} for e in feed.entries]}
json.dump(state, open('state.json', 'w'))`

/** feedparser: a library, asked with the marks of its last answer as readers that are built on it do. */
export function feedparser(home: string, name: string, url: string): Reader {
  const { folder, write, run } = profile(home, `feedparser-${name}`)
  write('state.json', '{}')
  write('poll.py', feedparserScript)
  return {
    poll: async () => void (await run('/usr/bin/python3', ['poll.py', url])),
    entries: async () => JSON.parse(readFileSync(join(folder, 'state.json'), 'utf8')).entries,
  }
}

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'

/** What Chromium answers or tells: the DevTools protocol, of which a few words are used here. */
type Message = Record<string, unknown>

/** What the network gives: a picture for every picture but those of `gone.example`, and nothing else. */
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

export interface OpenOptions {
  width: number
  height?: number
  theme?: 'light' | 'dark'
  /** @default true */
  script?: boolean
  /** Run in the page before its own scripts. */
  before?: string
}

/** A page that stands in Chromium. */
export interface OpenPage {
  /** What went wrong in the page: messages of its console at level error, exceptions, what its policy refused. */
  errors: string[]
  /** What it asked for but itself: type and address. */
  requests: { type: string; url: string }[]
  /** The value of an expression in the page, as JSON; also where the page's own scripts are off. */
  evaluate(expression: string): Promise<unknown>
  press(key: 'Tab' | 'Enter' | 'Escape'): Promise<void>
  /** Writes into what has the focus. */
  type(text: string): Promise<void>
  /** Shows the page as it is printed from now on. */
  print(): Promise<void>
  /** The page as PNG: so many pixels from its top on. */
  screenshot(from?: number, height?: number): Promise<Buffer>
}

export interface Browser {
  open(url: string, options: OpenOptions): Promise<OpenPage>
  close(): Promise<void>
}

/** Starts Debian's Chromium without a window and speaks with it over two pipes: no port, no package. */
export async function openBrowser(): Promise<Browser> {
  const folder = mkdtempSync(join(tmpdir(), 'weekloom-chromium-'))
  const flags = [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--no-first-run',
    '--disable-background-networking',
    '--remote-debugging-pipe',
  ]
  const chromium = spawn('chromium', [...flags, `--user-data-dir=${folder}`, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  })
  const connection = connect(chromium.stdio[3] as Writable, chromium.stdio[4] as Readable)
  return {
    open: (url, options) => openPage(connection, url, options),
    async close() {
      const ended = once(chromium, 'exit')
      await connection.send('Browser.close')
      await ended
      rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
    },
  }
}

interface Connection {
  send(method: string, params?: Message, session?: string): Promise<Message>
  listen(session: string, listener: (method: string, params: Message) => void): void
}

/** Messages are JSON with a NUL behind each. */
function connect(to: Writable, from: Readable): Connection {
  const waiting = new Map<number, { resolve: (result: Message) => void; reject: (error: Error) => void }>()
  const listeners = new Map<string, (method: string, params: Message) => void>()
  let last = 0
  let rest = ''
  from.setEncoding('utf8')
  from.on('data', (text: string) => {
    const messages = (rest + text).split('\0')
    rest = messages.pop() ?? ''
    for (const message of messages) take(JSON.parse(message))
  })
  function take({ id, result, error, method, params, sessionId }: Message): void {
    if (typeof id !== 'number') return void listeners.get(String(sessionId))?.(String(method), (params ?? {}) as Message)
    if (error === undefined) waiting.get(id)?.resolve((result ?? {}) as Message)
    else waiting.get(id)?.reject(new Error(JSON.stringify(error)))
    waiting.delete(id)
  }
  return {
    send: (method, params = {}, sessionId) =>
      new Promise((resolve, reject) => {
        last++
        waiting.set(last, { resolve, reject })
        to.write(`${JSON.stringify({ id: last, method, params, sessionId })}\0`)
      }),
    listen: (session, listener) => listeners.set(session, listener),
  }
}

async function openPage({ send, listen }: Connection, url: string, options: OpenOptions): Promise<OpenPage> {
  const { width, height = 900, theme = 'light', script = true, before } = options
  const { targetId } = await send('Target.createTarget', { url: 'about:blank' })
  const { sessionId } = await send('Target.attachToTarget', { targetId, flatten: true })
  const session = String(sessionId)
  const call = (method: string, params: Message = {}) => send(method, params, session)
  const page: Pick<OpenPage, 'errors' | 'requests'> = { errors: [], requests: [] }
  const loaded = new Promise<void>(resolve => {
    listen(session, (method, params) => {
      if (method === 'Page.loadEventFired') resolve()
      const problem = problemOf(method, params)
      if (problem !== undefined) page.errors.push(problem)
      if (method === 'Fetch.requestPaused') answer(params)
    })
  })
  /** A page that has been closed meanwhile needs no answer; one that lacks it does not load. */
  const reply = (method: string, params: Message) => call(method, params).catch(() => {})
  /** Nothing leaves this machine. */
  function answer({ requestId, resourceType, request }: Message): void {
    const asked = (request as { url: string }).url
    if (asked.split('#', 1)[0] === url.split('#', 1)[0]) return void reply('Fetch.continueRequest', { requestId })
    page.requests.push({ type: String(resourceType), url: asked })
    if (resourceType !== 'Image' || asked.includes('//gone.example/'))
      return void reply('Fetch.failRequest', { requestId, errorReason: 'AccessDenied' })
    const responseHeaders = [{ name: 'content-type', value: 'image/png' }]
    void reply('Fetch.fulfillRequest', { requestId, responseCode: 200, responseHeaders, body: PIXEL })
  }
  for (const domain of ['Page', 'Runtime', 'Log', 'Audits', 'Network']) await call(`${domain}.enable`)
  await call('Fetch.enable', { patterns: [{ urlPattern: 'http*' }] })
  await call('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: width < 600 })
  await call('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: theme }] })
  if (!script) await call('Emulation.setScriptExecutionDisabled', { value: true })
  if (before !== undefined) await call('Page.addScriptToEvaluateOnNewDocument', { source: before })
  await call('Page.navigate', { url })
  await loaded
  return {
    ...page,
    async evaluate(expression) {
      const answered = await call('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true, userGesture: true })
      if (answered['exceptionDetails'] !== undefined) throw new Error(JSON.stringify(answered['exceptionDetails']))
      return (answered['result'] as { value?: unknown }).value
    },
    async press(key) {
      const codes = { Tab: 9, Enter: 13, Escape: 27 }
      const event = { key, code: key, windowsVirtualKeyCode: codes[key], ...(key === 'Enter' ? { text: '\r' } : {}) }
      await call('Input.dispatchKeyEvent', { type: 'keyDown', ...event })
      await call('Input.dispatchKeyEvent', { type: 'keyUp', ...event })
    },
    async type(text) {
      await call('Input.insertText', { text })
    },
    async print() {
      await call('Emulation.setEmulatedMedia', { media: 'print' })
    },
    async screenshot(y = 0, tall = height) {
      const clip = { x: 0, y, width, height: tall, scale: 1 }
      const { data } = await call('Page.captureScreenshot', { captureBeyondViewport: true, clip })
      return Buffer.from(String(data), 'base64')
    },
  }
}

function problemOf(method: string, params: Message): string | undefined {
  if (method === 'Runtime.exceptionThrown') return JSON.stringify(params['exceptionDetails'])
  if (method === 'Runtime.consoleAPICalled') return params['type'] === 'error' ? JSON.stringify(params['args']) : undefined
  if (method === 'Audits.issueAdded') {
    const { code } = params['issue'] as { code: string }
    return code === 'ContentSecurityPolicyIssue' ? JSON.stringify(params['issue']) : undefined
  }
  if (method !== 'Log.entryAdded') return undefined
  const { level, text, url } = params['entry'] as { level: string; text: string; url?: string }
  return level === 'error' ? `${text} ${url ?? ''}` : undefined
}

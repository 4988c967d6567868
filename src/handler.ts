/**
 * Serves feeds over HTTP: a function from `Request` to `Response`. Needs nothing of Node, so it runs in Workers too.
 *
 * @module
 */
export { createHandler, type HandlerOptions } from './serve/create-handler.js'
export type { Served, ServedFile } from './serve/served-files.js'

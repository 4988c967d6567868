/**
 * The script of the page, whole. What it needs to say stands in attributes of `body`, so it is the same in every page and the page's
 * `Content-Security-Policy` can name it by its hash. Without it nothing is missing but search, copying and the choice of dark.
 *
 * What it bears with: covers that are gone, which leave the cloth behind them; storage that is full, forbidden or absent; half a word of an input
 * method, which is not asked for yet. The search finds what any issue says of an article, and is left by the contents of the page.
 */
export const pageScript = `(() => {
  'use strict'
  const root = document.documentElement
  const key = 'weekloom-theme'
  const read = () => { try { return localStorage.getItem(key) } catch { return null } }
  const keep = theme => { try { localStorage.setItem(key, theme) } catch {} }
  const chosen = read()
  if (chosen === 'dark' || chosen === 'light') root.dataset.theme = chosen
  addEventListener('error', ({ target }) => { if (target.matches?.('.cover img')) target.remove() }, true)

  addEventListener('DOMContentLoaded', () => {
    const find = selector => document.querySelector(selector)
    const all = selector => [...document.querySelectorAll(selector)]
    const says = document.body.dataset
    const status = find('#status')
    for (const element of all('[data-script]')) element.hidden = false

    const theme = find('#theme')
    const system = matchMedia('(prefers-color-scheme: dark)')
    const isDark = () => root.dataset.theme ? root.dataset.theme === 'dark' : system.matches
    const show = () => theme.setAttribute('aria-pressed', String(isDark()))
    theme.addEventListener('click', () => {
      root.dataset.theme = isDark() ? 'light' : 'dark'
      keep(root.dataset.theme)
      show()
    })
    system.addEventListener('change', show)
    show()

    const select = text => {
      const range = document.createRange()
      range.selectNodeContents(text)
      getSelection().removeAllRanges()
      getSelection().addRange(range)
    }
    const copy = async (text, address) => {
      try {
        await navigator.clipboard.writeText(address)
        return true
      } catch {
        select(text)
        try { return document.execCommand('copy') } catch { return false }
      }
    }
    for (const button of all('button[data-copies]')) {
      const label = button.firstElementChild
      const before = label.textContent
      button.addEventListener('click', async () => {
        const link = document.getElementById(button.dataset.copies)
        const done = await copy(link, link.href)
        const said = document.getElementById(button.dataset.copies + '-said')
        said.textContent = done ? says.copied : says.copyFailed
        said.classList.toggle('unseen', done)
        label.textContent = done ? says.copied : before
        button.classList.toggle('done', done)
        setTimeout(() => {
          label.textContent = before
          button.classList.remove('done')
          if (done) said.textContent = ''
        }, 2500)
      })
    }

    const field = find('#q')
    const shown = find('#all')
    const results = find('#results')
    const list = find('#found')
    const most = 100
    const plain = text => text.normalize('NFKC').toLowerCase()
    let index
    const build = () => {
      const lines = new Map()
      for (const item of all('#all .item')) {
        const name = item.querySelector('a')?.href ?? item.textContent
        const line = lines.get(name) ?? { item, text: '' }
        line.text += ' ' + plain(item.textContent)
        lines.set(name, line)
      }
      return [...lines.values()]
    }
    const search = () => {
      const words = plain(field.value).split(/\\s+/).filter(Boolean)
      const isAsked = words.length > 0
      shown.hidden = isAsked
      results.hidden = !isAsked
      if (!isAsked) {
        list.replaceChildren()
        status.textContent = ''
        return
      }
      index ??= build()
      const hits = index.filter(({ text }) => words.every(word => text.includes(word)))
      list.replaceChildren(...hits.slice(0, most).map(({ item }) => {
        const line = document.createElement('li')
        line.className = 'item'
        for (const child of item.children) line.append(child.cloneNode(true))
        return line
      }))
      const text = hits.length > most ? says.foundMany : hits.length > 0 ? says.found : says.foundNone
      status.textContent = text.replace('{n}', hits.length).replace('{most}', most)
    }
    field.addEventListener('input', event => { if (!event.isComposing) search() })
    field.addEventListener('compositionend', search)
    field.form.addEventListener('submit', event => {
      event.preventDefault()
      search()
    })
    field.addEventListener('keydown', event => {
      if (event.key !== 'Escape' || event.isComposing) return
      field.value = ''
      search()
    })
    for (const link of all('nav a')) link.addEventListener('click', () => {
      field.value = ''
      search()
    })
    const asked = new URLSearchParams(location.search).get('q')
    if (asked) field.value = asked
    search()
  })
})()
`

/** The hash by which the page's policy admits {@link pageScript}; a test compares the two. */
export const pageScriptHash = 'sha256-QnoGRY9LuMOVSOqAMGsQnG1oUXf7fatDJaYWvenFljU='

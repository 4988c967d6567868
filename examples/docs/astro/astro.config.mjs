import { defineConfig } from 'astro/config'
import weekloom from 'weekloom/astro'

export default defineConfig({ site: 'https://example.org', integrations: [weekloom()] })

import { defineConfig } from 'vite'
import weekloom from 'weekloom/vite'

export default defineConfig({ plugins: [weekloom()] })

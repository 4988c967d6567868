import { memoryStore } from '../../src/store/memory-store.js'
import { testStore } from './conformance.js'

testStore('memoryStore', memoryStore)

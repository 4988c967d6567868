// What the options are, read from the interfaces that declare them: the JSON schema for editors and the reference in docs/options.md.
import ts from 'typescript'

/** The interfaces of options, in the order of the reference; a source's stand beside the function that takes them. */
const interfaces = [
  ['Options', 'src/run/options.ts', 'The config'],
  ['ExtendingConfig', 'src/run/options.ts', 'A config that starts from others'],
  ['SiteOptions', 'src/run/site-options.ts', '`site`'],
  ['FeedOptions', 'src/run/options.ts', 'A feed of `feeds`'],
  ['FetchOptions', 'src/run/request-options.ts', '`fetch`'],
  ['EntryFilters', 'src/sources/filter-items.ts', 'Filters of `articles()`, `feeds()` and `opml()`'],
  ['WeeklyOptions', 'src/sources/weekly.ts', '`weekly(files, options)`'],
  ['ArticlesOptions', 'src/sources/articles.ts', '`articles(pages, options)`'],
  ['FeedsOptions', 'src/sources/feeds.ts', '`feeds(urls, options)`'],
  ['OpmlOptions', 'src/sources/opml.ts', '`opml(lists, options)`'],
]
const sources = { weekly: 'WeeklyOptions', articles: 'ArticlesOptions', feeds: 'FeedsOptions', opml: 'OpmlOptions' }

/** Options that a config file never sets: the run is given them by who calls it. */
const ofCallers = new Set(['signal', 'onProgress', 'now'])

export function describeOptions() {
  const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile)
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, '.')
  const program = ts.createProgram([...new Set(interfaces.map(([, file]) => file))], { ...options, noEmit: true })
  const checker = program.getTypeChecker()
  const described = interfaces.map(([name, file, heading]) => {
    const source = program.getSourceFile(file)
    const node = source?.statements.find(each => ts.isInterfaceDeclaration(each) && each.name.text === name)
    if (!node) throw new Error(`${file} declares no interface ${name}.`)
    const own = node.members.filter(ts.isPropertySignature).map(member => describeMember(member, checker))
    return { name, file, heading, doc: docOf(node, checker), type: checker.getTypeAtLocation(node), members: own }
  })
  return { checker, described }
}

function docOf(node, checker) {
  return ts.displayPartsToString(checker.getSymbolAtLocation(node.name)?.getDocumentationComment(checker) ?? [])
}

function describeMember(member, checker) {
  const symbol = checker.getSymbolAtLocation(member.name)
  const tags = symbol.getJsDocTags(checker)
  const texts = name => tags.filter(tag => tag.name === name).map(tag => ts.displayPartsToString(tag.text))
  return {
    name: member.name.text,
    optional: member.questionToken !== undefined,
    type: member.type.getText().replace(/\s+/g, ' ').replace(' | (string & {})', ' | string'),
    doc: ts.displayPartsToString(symbol.getDocumentationComment(checker)).replace(/\s+/g, ' ').trim(),
    default: texts('default')[0],
    examples: texts('example'),
  }
}

/** What stands before the names of the options of each interface; filters stand with each source that takes them. */
const prefixes = {
  Options: '',
  ExtendingConfig: '',
  SiteOptions: 'site.',
  FeedOptions: 'feed.',
  FetchOptions: 'fetch.',
  WeeklyOptions: 'weekly().',
  ArticlesOptions: 'articles().',
  FeedsOptions: 'feeds().',
  OpmlOptions: 'opml().',
}

/** The name of every option, `budget.requests` for what stands in a table of its own, and `images=copy` for each value that has a name. */
export function optionNames() {
  const { checker, described } = describeOptions()
  const names = Object.entries(prefixes).flatMap(([name, prefix]) =>
    namesIn(described.find(each => each.name === name).type, prefix, checker),
  )
  return [...new Set(names)]
}

function namesIn(type, prefix, checker) {
  return checker.getPropertiesOfType(type).flatMap(symbol => {
    const option = prefix + symbol.name
    const parts = partsOf(checker.getNonNullableType(checker.getTypeOfSymbol(symbol)), checker)
    return [
      option,
      ...parts.filter(part => part.symbol?.declarations?.some(ts.isTypeLiteralNode)).flatMap(part => namesIn(part, `${option}.`, checker)),
      ...parts.filter(part => part.isStringLiteral()).map(part => `${option}=${part.value}`),
    ]
  })
}

/** What a value may be, also within a list or as the values of a table. */
function partsOf(type, checker) {
  if (type.isUnion()) return type.types.flatMap(each => partsOf(each, checker))
  const inner = checker.isArrayType(type) ? checker.getTypeArguments(type)[0] : checker.getIndexTypeOfType(type, ts.IndexKind.String)
  if (inner && !(type.flags & ts.TypeFlags.StringLike)) return partsOf(inner, checker)
  return type.getCallSignatures().length > 0 ? [] : [type]
}

/** The reference as Markdown. */
export function optionsReference() {
  const { described } = describeOptions()
  const parts = described.map(({ heading, doc, file, members }) => {
    const rows = members.map(member => {
      const facts = [
        `\`${member.type}\``,
        member.optional ? `default: ${asCode(member.default)}` : 'required',
        ...member.examples.map(example => `example: ${asCode(example)}`),
      ]
      return `### \`${member.name}\`\n\n${member.doc}\n\n${facts.map(fact => `- ${fact}`).join('\n')}\n`
    })
    return `## ${heading}\n\n${doc ? `${doc.replace(/\s+/g, ' ')}\n\n` : ''}Declared in \`${file}\`.\n\n${rows.join('\n')}`
  })
  return `# Options\n\nEvery option as the code declares it. This page is made from the declarations; a test refuses one that differs.\nAn editor shows the same: in TypeScript by \`defineConfig\`, in JSON by \`"$schema": "./node_modules/weekloom/dist/schema.json"\`.\n\n${parts.join('\n')}`
}

/** A default or an example is code, unless it is a sentence; code that stands in backquotes already stays as it is. */
function asCode(text = 'none') {
  const plain = text.replace(/\s+/g, ' ').trim()
  const isCode = /^['"[{(\d]|^(true|false)$|=>/.test(plain)
  return isCode && !plain.includes('`') ? `\`${plain}\`` : isCode ? `\`\` ${plain} \`\`` : plain
}

/** The JSON schema of `weekloom.config.json`: what JSON can say of the options. */
export function optionsSchema() {
  const { checker, described } = describeOptions()
  const typeOf = name => described.find(each => each.name === name).type
  const definitions = {}
  const config = tableSchema(typeOf('Options'), { checker, definitions, skip: ofCallers })
  const extending = tableSchema(typeOf('ExtendingConfig'), { checker, definitions, skip: ofCallers })
  const sourceSchemas = Object.entries(sources).map(([name, options]) => {
    const schema = tableSchema(typeOf(options), { checker, definitions, skip: new Set() })
    const list = { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] }
    return { ...schema, properties: { [name]: list, ...schema.properties }, required: [name, ...(schema.required ?? [])] }
  })
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'weekloom.config.json',
    type: 'object',
    properties: {
      $schema: { type: 'string' },
      ...config.properties,
      sources: { ...config.properties.sources, type: 'array', minItems: 1, items: { anyOf: sourceSchemas } },
      extends: extending.properties.extends,
    },
    // What a config extends may have the rest.
    anyOf: [{ required: ['extends'] }, { required: config.required }],
    additionalProperties: false,
    definitions,
  }
}

function tableSchema(type, context) {
  const properties = {}
  const required = []
  for (const symbol of context.checker.getPropertiesOfType(type)) {
    if (context.skip.has(symbol.name)) continue
    const schema = schemaOf(context.checker.getTypeOfSymbol(symbol), { ...context, skip: new Set() })
    if (schema === undefined && symbol.name !== 'sources') continue
    const tags = symbol.getJsDocTags(context.checker)
    const text = [
      ts.displayPartsToString(symbol.getDocumentationComment(context.checker)),
      ...tags.filter(tag => tag.name === 'default').map(tag => `Default: ${ts.displayPartsToString(tag.text)}`),
    ]
    properties[symbol.name] = {
      description: text
        .join('\n\n')
        .replace(/\n(?!\n)/g, ' ')
        .trim(),
      ...schema,
    }
    if (!(symbol.flags & ts.SymbolFlags.Optional)) required.push(symbol.name)
  }
  return { type: 'object', properties, ...(required.length > 0 ? { required } : {}), additionalProperties: false }
}

/** What JSON can hold of a type; nothing for functions, expressions, sources, stores, extractors and outputs. */
function schemaOf(type, context) {
  const { checker, definitions } = context
  if (type.isUnion()) return unionSchema(type.types, context)
  if (type.isIntersection()) return { type: 'string' }
  if (type.flags & ts.TypeFlags.StringLiteral || type.flags & ts.TypeFlags.NumberLiteral) return { const: type.value }
  if (type.flags & ts.TypeFlags.BooleanLiteral) return { const: checker.typeToString(type) === 'true' }
  if (type.flags & ts.TypeFlags.String) return { type: 'string' }
  if (type.flags & ts.TypeFlags.Number) return { type: 'number' }
  if (type.flags & ts.TypeFlags.Boolean) return { type: 'boolean' }
  if (type.getCallSignatures().length > 0) return undefined
  if (checker.isArrayType(type)) {
    const items = schemaOf(checker.getTypeArguments(type)[0], context)
    return items && { type: 'array', items }
  }
  const values = checker.getIndexTypeOfType(type, ts.IndexKind.String)
  if (values) {
    const additionalProperties = schemaOf(values, context)
    return additionalProperties && { type: 'object', additionalProperties }
  }
  const name = type.aliasSymbol?.name ?? type.symbol?.name
  if (['Source', 'Store', 'Extractor', 'Output', 'RegExp', 'AbortSignal'].includes(name) || !(type.flags & ts.TypeFlags.Object))
    return undefined
  if (name === '__type') return tableSchema(type, context)
  definitions[name] ??= {}
  if (Object.keys(definitions[name]).length === 0) definitions[name] = tableSchema(type, context)
  return { $ref: `#/definitions/${name}` }
}

function unionSchema(types, context) {
  const known = types.filter(each => !(each.flags & ts.TypeFlags.Undefined))
  const texts = known.filter(each => each.flags & ts.TypeFlags.StringLiteral).map(each => each.value)
  const isOpen = known.some(each => each.isIntersection())
  const others = known.filter(each => !(each.flags & ts.TypeFlags.StringLiteral)).flatMap(each => schemaOf(each, context) ?? [])
  const booleans = others.filter(each => typeof each.const === 'boolean')
  const rest = booleans.length === 2 ? [{ type: 'boolean' }, ...others.filter(each => typeof each.const !== 'boolean')] : others
  const all = [
    ...(texts.length > 0 ? [isOpen ? { type: 'string', examples: texts } : { enum: texts }] : []),
    ...(isOpen ? rest.filter(each => each.type !== 'string') : rest),
  ]
  const distinct = [...new Map(all.map(each => [JSON.stringify(each), each])).values()]
  return distinct.length === 0 ? undefined : distinct.length === 1 ? distinct[0] : { anyOf: distinct }
}
